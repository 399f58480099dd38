"""An item of a form with the fields that belong to it: of its reason, or of its words."""

from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from drillkit.model.form import Item, WordsItem
from drillkit.model.text import Prose
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.fields import Words
from drillkit.ui.widgets.form_item import ItemFace
from drillkit.ui.widgets.form_put import Put, Slip, put_of, takes_off
from scoring.forms import Proposal


class ItemBox(Speaks, Vertical):
    """Where one item is answered."""

    DEFAULT_CSS = """
    ItemBox { height: auto; margin-bottom: 1; }
    """

    @dataclass
    class Changed(Message):
        """A person has put something else down."""

        box: "ItemBox"

    def __init__(self, item: Item) -> None:
        super().__init__(id=f"item-{item.id}")
        self.item = item
        self.is_touched = False
        """Somebody has changed something here since the form was opened."""

    @property
    def put(self) -> Put:
        """What stands here now."""
        raise NotImplementedError

    @property
    def is_proposed(self) -> bool:
        """What stands here is the evidence's, and nobody has confirmed it."""
        return False

    def complain(self, slip: Slip) -> None:
        """Say what is wrong here, and go there."""
        raise NotImplementedError

    def enter(self) -> None:
        """Put the focus here."""
        raise NotImplementedError

    def changed(self) -> None:
        """A person has done something here."""
        self.is_touched = True
        self.post_message(self.Changed(self))


class RatedBox(ItemBox):
    """An item that is drawn, with the field of its reason once points are taken off."""

    DEFAULT_CSS = """
    RatedBox Input { height: 3; margin-left: 2; border: round $border-blurred; }
    RatedBox Input:focus { border: round $border; }
    """

    def __init__(self, item: Item, put: Put | None, proposal: Proposal | None) -> None:
        """`put` is what a person has put down before; with None the proposal stands there."""
        super().__init__(item)
        self.face = ItemFace(item, proposal)
        self._proposal = proposal
        self._start = put
        self._why = put.why if put else ""
        self._reason: Input | None = None
        """Made when it is needed: a form may have thirty items, and every field costs time."""

    def compose(self) -> ComposeResult:
        yield self.face

    def on_mount(self) -> None:
        if self._start is not None:
            self.face.show(self._start, is_proposed=False)
        elif self._proposal is not None:
            self.face.show(put_of(self._proposal.answer), is_proposed=True)
        self._show_reason()

    def relabel(self) -> None:
        super().relabel()
        if self._reason is not None:
            self._reason.border_title = Content(self.say("form.reason"))

    @property
    def put(self) -> Put:
        return replace(self.face.put, why=self._why)

    @property
    def is_proposed(self) -> bool:
        return self.face.is_proposed

    def complain(self, slip: Slip) -> None:
        self.face.complain(slip)
        field = self._reason if self._reason is not None and self._reason.display else None
        (field or self.face).focus()

    def enter(self) -> None:
        self.face.focus()

    def _show_reason(self) -> None:
        is_wanted = takes_off(self.item, self.face.put) and not self.face.is_proposed
        if is_wanted and self._reason is None:
            self._reason = Input(
                self._why, max_length=Prose.LIMIT, select_on_focus=False, id=f"why-{self.item.id}"
            )
            self._reason.cursor_blink = False
            self.mount(self._reason)
            self.relabel()
        if self._reason is not None:
            self._reason.display = is_wanted

    def on_item_face_changed(self, event: ItemFace.Changed) -> None:
        event.stop()
        proposed = self._proposal.answer.number if self._proposal else None
        if not self._why and proposed is not None and f"{proposed:g}" == event.put.number:
            # What was measured is the reason that comes to mind; a person may say it better.
            self._why = self.face.evidence()
        self._show_reason()
        self.changed()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._why:
            self._why = event.value
            self.changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(ItemFace.Done())


class WordsBox(ItemBox):
    """An item that is answered in words of one's own."""

    DEFAULT_CSS = """
    WordsBox Words { height: 5; }
    WordsBox Static { height: auto; padding: 0 1; }
    WordsBox .item-title { text-style: bold; }
    WordsBox .item-slip { color: $text-error; }
    """

    def __init__(self, item: Item, put: Put | None) -> None:
        super().__init__(item)
        self._kept = put.text if put else ""
        self._words = Words("form.words", text=self._kept, id=f"words-{item.id}")
        self._title = Static(classes="item-title")
        self._slip = Static(classes="item-slip")
        self._slip.display = False

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._words
        yield self._slip

    def relabel(self) -> None:
        super().relabel()
        self._title.update(Content(self.item.title.in_(self.lang)))

    @property
    def put(self) -> Put:
        return Put(text=self._words.text)

    def complain(self, slip: Slip) -> None:
        self._slip.update(Content(self.say(slip.said, **slip.values)))
        self._slip.display = True
        self._words.focus()

    def enter(self) -> None:
        self._words.focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._words.text != self._kept:
            self._kept = self._words.text
            self._slip.display = False
            self.changed()


def box_of(item: Item, put: Put | None, proposal: Proposal | None) -> ItemBox:
    """The box of an item: with what was put down before, or with what is proposed."""
    if isinstance(item, WordsItem):
        return WordsBox(item, put)
    return RatedBox(item, put, proposal)
