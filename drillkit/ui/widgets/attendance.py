"""Who sits in which seat: the people at terminals, by role, as lists and lines show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drillkit.core.records import Seat
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER, Lang
from drillkit.ui.moment import Moment
from drillkit.ui.widgets.columns import Piece, fit
from drillkit.ui.widgets.feed import Cells, Feed, Row
from drillkit.words import say

DESKS = (FACILITATOR, EVALUATOR, OBSERVER)
"""The seats of the staff that people sit in."""

LOOKS: dict[str, Piece] = {
    "ready": ("✓", "done"),
    "connected": ("●", "unread"),
    "lost": ("✗", "late"),
    "nobody": ("○", "quiet"),
}
"""The sign and the tone of each standing; the sign alone tells it without colour."""


def standing(seat: Seat | None) -> str:
    """How far the person is, as a key of LOOKS."""
    if seat is None or seat.left is not None:
        return "nobody"
    if seat.lost is not None:
        return "lost"
    return "ready" if seat.ready is not None else "connected"


def sitting(state: State, role: str) -> Iterator[tuple[str, Seat]]:
    """(line, seat) of all who sit in the role's seat, in the order in which they came."""
    for line, seat in state.seats.items():
        if seat.role == role and seat.left is None:
            yield line, seat


def seated(state: State) -> tuple[str, ...]:
    """The seats that people may take, in the plan's order, the staff's last.

    An outside partner's is among them while somebody sits there.
    """
    taken = {seat.role for seat in state.seats.values() if seat.left is None}
    roles = [role.id for role in state.plan.roles if not role.outside or role.id in taken]
    return (*roles, *DESKS)


def named(seats: Iterable[Seat], lang: Lang) -> list[Piece]:
    """The people of these seats, with a sign and a word where the line is lost."""
    pieces = list[Piece]()
    for seat in seats:
        lost = standing(seat) == "lost"
        sign = f"{LOOKS['lost'][0]} " if lost else ""
        word = f" ({say(lang, 'lobby.lost')})" if lost else ""
        pieces.append((f"  {sign}{seat.person}{word}", "late" if lost else "dim"))
    return pieces


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person in a role's seat, or nobody."""

    role: str
    person: str
    standing: str
    is_first: bool = True


class Attendance(Feed[Sitter]):
    """Who is there, role by role, and how far each is."""

    def __init__(self) -> None:
        super().__init__(self._row, id="attendance")
        self._moment = Moment()

    def draw_moment(self, moment: Moment) -> None:
        """Show who is there now; the briefing has been given."""
        self._moment = moment
        self.show(list(_sitters(moment.state)))

    def _row(self, sitter: Sitter) -> Row:
        names, lang = self._moment.names, self._moment.lang
        assert names is not None
        sign, tone = LOOKS[sitter.standing]
        role = names.role(sitter.role, lang) if sitter.is_first else ""
        left: Cells = ((f" {sign} ", tone), (role, ""))
        if sitter.person:
            # Names in a column of their own, beside as much of the role as leaves them room.
            column = fit(role, max(12, self.size.width * 2 // 5))
            left = (left[0], column, (f" {sitter.person}", "strong"))
        return Row((left,), (((self.say(f"lobby.{sitter.standing}"), tone),),))


def _sitters(state: State) -> Iterator[Sitter]:
    for role in seated(state):
        there = list(sitting(state, role))
        for nth, (_, seat) in enumerate(there):
            yield Sitter(role, seat.person, standing(seat), nth == 0)
        if not there:
            yield Sitter(role, "", "nobody")
