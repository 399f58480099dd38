"""Small questions over whatever is on the screen: yes or no, a line, one of several."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from drillkit.model.text import Line, TextTooLong
from drillkit.ui.screens.dialog import Dialog
from drillkit.ui.widgets.fields import Choices, Options
from drillkit.ui.widgets.key_line import KeyLine


class AskScreen(Dialog[bool]):
    """Answers True or False; leaving it means False.

    Enter answers nothing: it is what one presses without having read the question.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "keys.yes", id="ask.yes", tooltip="keys.yes-tip"),
        Binding("n,escape", "answer(False)", "keys.no", id="ask.no", tooltip="keys.no-tip"),
    ]
    ABOUT = "ui.about-ask"

    def __init__(self, question: str, **values: object) -> None:
        """`question` is a words key, `values` what its placeholders stand for."""
        super().__init__()
        self._question = question
        self._values = values
        self._text = Static(id="question")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield self._text
            yield KeyLine(self)

    def relabel(self) -> None:
        super().relabel()
        self._text.update(Content(self.say(self._question, **self._values)))

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)


class LineScreen(Dialog[Line | None]):
    """Asks for one line; None when it is left. What stands there is not thrown away unasked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "keys.close", id="line.leave", tooltip="keys.close-tip"),
        Binding("ctrl+s", "give", "keys.send", id="line.give", tooltip="keys.send-tip"),
    ]
    ABOUT = "ui.about-ask"

    def __init__(self, question: str, **values: object) -> None:
        super().__init__()
        self._question = question
        self._values = values
        self._text = Static(markup=False)
        self._line = Input(select_on_focus=False, id="line")
        self._line.cursor_blink = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield self._text
            yield self._line
            yield KeyLine(self)

    def relabel(self) -> None:
        super().relabel()
        self._text.update(Content(self.say(self._question, **self._values)))

    def on_input_submitted(self) -> None:
        self.action_give()

    def action_give(self) -> None:
        try:
            self.dismiss(Line(self._line.value))
        except TextTooLong as problem:
            self.notice("ui.too-long", length=problem.length, limit=problem.limit)

    @property
    def has_unsent(self) -> bool:
        """Something is written here."""
        return bool(self._line.value.strip())

    @work(group="ask", exclusive=True)
    async def action_leave(self) -> None:
        if not self.has_unsent or await self.app.push_screen_wait(AskScreen("ui.discard")):
            self.dismiss(None)


class ChooseScreen(Dialog[str]):
    """Lets one of several be chosen; "" when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "keys.close", id="choose.leave", tooltip="keys.close-tip")
    ]
    ABOUT = "ui.about-ask"

    def __init__(self, question: str, options: Options) -> None:
        super().__init__()
        self._question = question
        self._text = Static(markup=False)
        self._options = options
        self._choices = Choices(id="choose")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield self._text
            with VerticalScroll(can_focus=False):
                yield self._choices
            yield KeyLine(self)

    def on_mount(self) -> None:
        self._choices.offer(self._options)
        self._choices.focus()

    def relabel(self) -> None:
        super().relabel()
        key = self._question if self._options else "ui.nothing-to-choose"
        self._text.update(Content(self.say(key)))

    def on_choices_changed(self) -> None:
        self.dismiss(self._choices.chosen[0])

    def action_leave(self) -> None:
        self.dismiss("")
