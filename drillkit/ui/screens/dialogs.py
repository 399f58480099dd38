"""Small forms over a screen: a reason, a number of minutes, an ad hoc inject, a rating."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from drillkit.model.text import Line, Prose, TextTooLong
from drillkit.ui.keys import key
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.dialog import Dialog
from drillkit.ui.widgets.fields import Choices, Options, Picker, Words
from drillkit.ui.widgets.key_line import KeyLine


@dataclass(frozen=True, slots=True)
class LineField:
    """One line of text."""

    id: str
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class ProseField:
    """Text of several lines."""

    id: str
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class OneField:
    """One of several values."""

    id: str
    label: str
    options: Options
    value: str = ""


@dataclass(frozen=True, slots=True)
class SeveralField:
    """Any of several values; the label may be ""."""

    id: str
    label: str
    options: Options
    value: Sequence[str] = ()


Field = LineField | ProseField | OneField | SeveralField


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in, by the ids of its fields."""

    lines: Mapping[str, Line]
    proses: Mapping[str, Prose]
    ones: Mapping[str, str]
    several: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a filled form: the words key `said`, about the field `id`."""

    id: str
    said: str
    values: Mapping[str, object] | None = None


_OF_ANY_FIELD = ("refused.empty", "refused.no-recipient", "control.too-long")
"""Sentences before which the field has to be named."""

Check = Callable[[Filled], Fault | None]
"""What is wrong with a filled form, if anything."""


class Form(Dialog[Filled | None]):
    """Asks for a few values; leaving it answers None, and asks first when something is written.

    `title` and the fields' labels are words keys; `about` is whatever the form is about, as text
    of people.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s",
            "confirm",
            "control.key-confirm",
            id="form.confirm",
            tooltip="control.key-confirm-tip",
            priority=True,
        ),
        key("escape", "leave", "control.key-cancel", id="form.cancel", show=True),
    ]
    DEFAULT_CSS = """
    Form #form-head { dock: top; height: auto; }
    Form #form-title { text-style: bold; }
    Form #form-about { color: $text-muted; }
    Form #form-fault { color: $text-error; display: none; }
    Form #form-fault.-shown { display: block; }
    Form Picker, Form Choices { margin-top: 1; }
    """
    ABOUT = "control.about-form"

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        about: str = "",
        check: Check | None = None,
        **values: object,
    ) -> None:
        super().__init__()
        self._title_key = title
        self._fields = fields
        self._about = about
        self._check = check
        self._values = values

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -wide"):
            # Docked: a form may be taller than the terminal, and what is wrong must be in sight.
            with Vertical(id="form-head"):
                yield Static(Content(self.say(self._title_key, **self._values)), id="form-title")
                yield Static(id="form-fault", markup=False)
            with VerticalScroll(can_focus=False):
                if self._about:
                    yield Static(Content(self._about), id="form-about")
                for field in self._fields:
                    yield from self._composed(field)
            yield KeyLine(self)

    def _composed(self, field: Field) -> ComposeResult:
        match field:
            case LineField():
                # A number that stands there is typed over; words are gone on with.
                is_number = field.value.replace(".", "", 1).isdecimal()
                line = Input(field.value, id=field.id, select_on_focus=is_number)
                line.cursor_blink = False
                line.border_title = Content(self.say(field.label))
                yield line
            case ProseField():
                yield Words(field.label, text=field.value, id=field.id)
            case OneField():
                picker = Picker(field.label, id=field.id)
                yield picker
                picker.offer(field.options, field.value or None)
            case SeveralField():
                choices = Choices(several=True, label=field.label, id=field.id)
                yield choices
                choices.offer(field.options, field.value)

    def on_mount(self) -> None:
        if self._fields:
            self.query_one(f"#{self._fields[0].id}").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field, and confirms after the last."""
        if self._fields and event.input.id == self._fields[-1].id:
            self.action_confirm()
        else:
            self.focus_next()

    @property
    def has_unsent(self) -> bool:
        """Words are written here, beyond those that it opened with."""
        return any(
            self.query_one(f"#{field.id}", Input).value != field.value
            for field in self._fields
            if isinstance(field, LineField)
        ) or any(
            self.query_one(f"#{field.id}", Words).text != field.value
            for field in self._fields
            if isinstance(field, ProseField)
        )

    @work(group="ask", exclusive=True)
    async def action_leave(self) -> None:
        if not self.has_unsent or await self.app.push_screen_wait(AskScreen("ui.discard")):
            self.dismiss(None)

    def action_confirm(self) -> None:
        found = self._filled()
        fault = found if isinstance(found, Fault) else self._check(found) if self._check else None
        if fault is not None:
            self._complain(fault)
        elif isinstance(found, Filled):
            self.dismiss(found)

    def _complain(self, fault: Fault) -> None:
        """Name the field and what is wrong with it, and go there."""
        sentence = self.say(fault.said, **(fault.values or {}))
        if fault.said in _OF_ANY_FIELD:
            label = next(field.label for field in self._fields if field.id == fault.id)
            sentence = self.say("ui.fault", field=self.say(label), fault=sentence)
        line = self.query_one("#form-fault", Static)
        line.update(Content(sentence))
        line.add_class("-shown")
        self.query_one(f"#{fault.id}").focus()

    def _filled(self) -> Filled | Fault:
        """What is filled in, or the first text that is too long."""
        lines, proses, ones = dict[str, Line](), dict[str, Prose](), dict[str, str]()
        several = dict[str, tuple[str, ...]]()
        for field in self._fields:
            where = f"#{field.id}"
            try:
                match field:
                    case LineField():
                        lines[field.id] = Line(self.query_one(where, Input).value)
                    case ProseField():
                        proses[field.id] = Prose(self.query_one(where, Words).text)
                    case OneField():
                        ones[field.id] = self.query_one(where, Picker).value
                    case SeveralField():
                        several[field.id] = self.query_one(where, Choices).chosen
            except TextTooLong as long:
                sizes = {"n": long.length, "limit": long.limit}
                return Fault(field.id, "control.too-long", sizes)
        return Filled(lines, proses, ones, several)


def needs_reason(filled: Filled) -> Fault | None:
    """A check: the field `why` holds something."""
    return None if filled.lines["why"] else Fault("why", "refused.reason-needed")


def reason(title: str, about: str, **values: object) -> Form:
    """A form that asks for nothing but a reason."""
    why = LineField("why", "control.why")
    return Form(title, [why], about=about, check=needs_reason, **values)
