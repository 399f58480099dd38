"""Who sits in which seat: the people at terminals, by role, as lists and lines show them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from textual.content import Content

from drillkit.core.names import Names
from drillkit.core.records import Seat
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER, Lang
from drillkit.model.events import Entry
from drillkit.ui.door import LineNow
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
    "typing": ("»", "unread"),
    "idle": ("~", "time"),
    "stalled": ("!", "warning"),
    "asks": ("?", "warning"),
    "stand-in": ("◆", "time"),
    "facilitator": ("◎", "warning"),
}
"""The sign and the tone of each standing; the sign alone tells it without colour."""

MINUTE = 60.0
"""Seconds; who has typed nothing for so long is idle."""


def standing(seat: Seat | None) -> str:
    """How far the person is, as a key of LOOKS."""
    if seat is None or seat.left is not None:
        return "nobody"
    if seat.lost is not None:
        return "lost"
    return "ready" if seat.ready is not None else "connected"


def doing(seat: Seat | None, now: LineNow | None) -> str:
    """What the person does, as a key of LOOKS: as `standing`, and what the terminal tells."""
    how = standing(seat)
    if now is None or how == "lost":
        return how
    if now.is_stalled:
        return "stalled"
    if now.is_typing:
        return "typing"
    if now.idle >= MINUTE:
        return "idle"
    return "connected" if how == "nobody" else how


def in_words(how: str, now: LineNow | None, lang: Lang) -> str:
    """A key of LOOKS in words; whole minutes: seconds would be sent out anew each second."""
    match how:
        case "typing" | "stalled":
            return say(lang, f"door.{how}")
        case "idle":
            return say(lang, "door.idle", n=int(now.idle // MINUTE) if now else 1)
    return say(lang, f"lobby.{how}")


HOLDERS = ("stand-in", "facilitator")
"""Who, besides people at terminals, may have acted for a role, as entries put it."""


def holders(entries: Iterable[Entry], simulated: Collection[str] = ()) -> dict[str, str]:
    """Role -> which of HOLDERS acted for it last; not the roles in which a person did.

    In the `simulated` ones it is a stand-in, as long as nobody has done anything.
    """
    last = dict.fromkeys(simulated, "stand-in") | {one.by: str(one.via) for one in entries}
    return {role: via for role, via in last.items() if via in HOLDERS}


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
        if standing(seat) == "lost":
            sign, tone = LOOKS["lost"]
            pieces.append((f"  {sign} {said_of(seat.person, 'lost', lang)}", tone))
        else:
            pieces.append((f"  {seat.person}", "dim"))
    return pieces


def said_of(person: str, how: str, lang: Lang) -> str:
    """The person, and what is to be said of them: a key of LOOKS that needs no terminal."""
    return say(lang, "lobby.said-of", person=person, how=in_words(how, None, lang))


def at_work(
    seats: Iterable[tuple[str, Seat]], lines: Mapping[str, LineNow], names: Names, lang: Lang
) -> list[Piece]:
    """As `named`, for (line, seat) each: with what the terminals tell, and what is asked for.

    There is little room beside a role: typing and being idle have their signs alone.
    """
    pieces = list[Piece]()
    for line, seat in seats:
        now = lines.get(line)
        how = doing(seat, now)
        sign, tone = ("", "dim") if how in ("ready", "connected") else LOOKS[how]
        told = said_of(seat.person, how, lang) if how in ("lost", "stalled") else seat.person
        pieces.append((f"  {sign} {told}" if sign else f"  {told}", tone))
        if seat.asked:
            sign, tone = LOOKS["asks"]
            pieces.append((f"  {sign} → {names.role(seat.wanted, lang)}", tone))
    return pieces


def told_of_people(
    seats: Iterable[tuple[str, Seat]], lines: Mapping[str, LineNow], names: Names, lang: Lang
) -> Content:
    """The same in full sentences, a line for each person, each after a line break."""
    parts = list[tuple[str, str]]()
    for line, seat in seats:
        now = lines.get(line)
        how = doing(seat, now)
        parts.append((f"\n{LOOKS[how][0]} {seat.person}: {in_words(how, now, lang)}", ""))
        if seat.asked:
            wanted = names.role(seat.wanted, lang)
            said = say(lang, "door.asks-why", wanted=wanted, why=seat.why)
            parts.append((f"\n{LOOKS['asks'][0]} {said}", "$warning"))
    return Content.assemble(*parts)


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person in a role's seat, a stand-in, or nobody."""

    role: str
    person: str
    standing: str
    is_first: bool = True


class Attendance(Feed[Sitter]):
    """Who is there, role by role, and how far each is."""

    def __init__(self, simulated: Collection[str] = ()) -> None:
        """`simulated` are the roles that stand-ins play where no person comes."""
        super().__init__(self._row, id="attendance")
        self._moment = Moment()
        self._simulated = simulated

    def draw_moment(self, moment: Moment) -> None:
        """Show who is there now; the briefing has been given."""
        self._moment = moment
        self.show(list(_sitters(moment.state, self._simulated)))

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


def _sitters(state: State, simulated: Collection[str]) -> Iterator[Sitter]:
    for role in seated(state):
        there = list(sitting(state, role))
        for nth, (_, seat) in enumerate(there):
            yield Sitter(role, seat.person, standing(seat), nth == 0)
        if not there:
            # The facilitator's own terminal is none of those that people come in at.
            nobody = "stand-in" if role in simulated else "nobody"
            yield Sitter(role, "", "facilitator" if role == FACILITATOR else nobody)
