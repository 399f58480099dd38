"""Which seat the facilitator takes: any role of the plan, outside partners included."""

from collections.abc import Collection
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from drillkit.core.book import Book
from drillkit.model.plan import Role
from drillkit.ui.keys import key
from drillkit.ui.moment import Moment
from drillkit.ui.screens.dialog import Dialog
from drillkit.ui.widgets.attendance import LOOKS, holders, said_of, sitting, standing
from drillkit.ui.widgets.feed import Cells, Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.words import listing


class SeatsScreen(Dialog[str]):
    """Answers the role that was chosen, "" for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "space,enter",
            "take",
            "control.key-take",
            id="seats.take",
            show=True,
            shown_as="enter",
        ),
        key("escape", "leave", "control.key-cancel", id="seats.cancel", show=True),
    ]
    DEFAULT_CSS = """
    SeatsScreen Feed { height: auto; max-height: 16; min-height: 8; }
    """
    ABOUT = "control.about-seats"

    def __init__(self, book: Book, moment: Moment, simulated: Collection[str] = ()) -> None:
        """`moment` says who sits where and acts for whom; `simulated` has stand-ins beside that."""
        super().__init__()
        self._book = book
        self._state = moment.state
        self._held = holders(moment.entries, simulated)
        self._roles = Feed(self._drawn, id="roles")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -wide"):
            yield Static(Content.styled(self.say("control.seats-title"), "bold"))
            yield self._roles
            yield KeyLine(self)

    def on_mount(self) -> None:
        self._roles.show(self._book.script.plan.roles)
        self._roles.focus()

    def _drawn(self, role: Role) -> Row:
        how, who = self._holder(role)
        sign, tone = LOOKS[how]
        presence = self._state.presence.get(role.id)
        substitute = presence.stays[-1].substitute if presence and presence.is_here else ""
        right: Cells = ((who, tone),)
        if substitute:
            held = self.say("control.post.substituted", who=self._book("role", substitute))
            right = ((held, "warning"), (" · ", "dim"), *right)
        return Row((((f" {sign} ", tone), (self._book("role", role.id), "strong")),), (right,))

    def _holder(self, role: Role) -> tuple[str, str]:
        """Who acts for the role, as a key of LOOKS and in words."""
        there = list(sitting(self._state, role.id))
        if there:
            lost = all(seat.lost for _, seat in there)
            how = "lost" if lost else next(standing(seat) for _, seat in there if not seat.lost)
            people = listing(self.lang, [seat.person for _, seat in there])
            return how, said_of(people, "lost", self.lang) if lost else people
        held = self._held.get(role.id)
        if held is None and role.outside:
            return "facilitator", self.say("control.outside")
        if held is None:
            return "nobody", self.say("lobby.nobody")
        return held, self.say(f"control.held-{held}")

    def on_feed_opened(self, event: Feed.Opened) -> None:
        self.dismiss(event.thing.id)

    def action_take(self) -> None:
        self.dismiss(self._roles.chosen.id if self._roles.chosen else "")

    def action_leave(self) -> None:
        self.dismiss("")
