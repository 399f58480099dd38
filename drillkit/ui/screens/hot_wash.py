"""The hot wash: a participant says what they think of the drill, by name or without one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.widget import Widget

from drillkit.core.script import Refused
from drillkit.core.state import State
from drillkit.desk import Desk
from drillkit.model.base import Line
from drillkit.model.commands import FillForm
from drillkit.model.events import Answer, FormFilled
from drillkit.model.form import Form
from drillkit.ui.drafts import Drafts
from drillkit.ui.keys import key
from drillkit.ui.screens.form import FormScreen
from drillkit.ui.widgets.fields import Picker

Signed = Literal["by-name", "anonymous"]


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose form it is: the desk of the person, their name, and a desk that is nobody's.

    An entry tells its seat, who sat there, and the desk that sent it, so what is anonymous goes
    through `nobody`: one desk that everybody shares.
    """

    desk: Desk
    person: str
    nobody: Desk


def participant_forms(state: State) -> list[Form]:
    """The forms that have been handed out to everybody."""
    return [form for form in state.forms.values() if form.audience == "participant"]


def handed_in(drafts: Drafts, form: str) -> str:
    """How this person has handed in the form: "by-name", "anonymous", or "" for not at all.

    No entry tells them: participants see no filled forms, and an anonymous one is nobody's.
    """
    done = drafts.get(_done(form))
    return done[0][0] if done else ""


def _done(form: str) -> str:
    return f"form-{form}/done"


class _Signed(Picker):
    """Whose name stands on the form; up and down lead to the items, as they do between those."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "app.focus_previous", "form.key-up", id="signed.up"),
        key("down,enter", "app.focus_next", "form.key-down", id="signed.down", show=True),
    ]


class HotWash(FormScreen):
    """The form, with the choice of a name above it. One without a name is handed in just once."""

    ABOUT = "form.about-hot-wash"
    DEFAULT_CSS = """
    HotWash Picker { margin: 0 1 1 1; }
    """

    def __init__(self, form: Form, hand: Hand, drafts: Drafts) -> None:
        self._hand = hand
        self._is_again = handed_in(drafts, form.id) == "by-name"
        before = FormFilled(form=form.id, answers=()) if self._is_again else None
        super().__init__(form, self._hand_in, drafts, before=before)
        self._signed = _Signed("form.signed", id="form-signed")

    def above(self) -> Iterator[Widget]:
        yield self._signed

    def enter(self) -> None:
        if self._is_again:
            super().enter()
        else:
            self._signed.focus()

    def relabel(self) -> None:
        super().relabel()
        name = ("by-name", self.say("form.by-name", person=self._hand.person))
        anonymous = ("anonymous", self.say("form.anonymous"))
        self._signed.offer([name] if self._is_again else [name, anonymous])

    async def _hand_in(self, answers: tuple[Answer, ...]) -> bool:
        hand, form = self._hand, self.form.id
        try:
            if self._signed.value == "anonymous":
                await hand.nobody.send(FillForm(form=form, answers=answers))
            else:
                filler, role = Line(hand.person), hand.desk.seat
                await hand.desk.send(FillForm(form=form, answers=answers, filler=filler, role=role))
        except Refused as refusal:
            self.notice(refusal.key, **refusal.values)
            return False
        return True

    def handed_in(self) -> None:
        """What has a name on it stays at hand to be replaced; of the rest only that it was."""
        if self._signed.value == "anonymous":
            super().handed_in()
        self._drafts.put(_done(self.form.id), ((self._signed.value,), ""))
