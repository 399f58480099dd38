"""The room: each person at a line gets an app of their own, at a desk of the one session."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextvars import Context

from textual.screen import Screen

from drillkit.core.script import Refused
from drillkit.desk import Clock, Desk, LocalDesk
from drillkit.host.admission import Admission
from drillkit.host.invitations import ssh_line
from drillkit.host.litter import Litter
from drillkit.host.ssh import Line
from drillkit.host.terminal import ChannelTerminal
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER, Lang, Title
from drillkit.model.commands import ChangeDoor, LeaveSeat, LoseSeat
from drillkit.model.events import DoorChange, SeatLeft, SeatMoved
from drillkit.session import Session
from drillkit.ui.door import AttemptNow, LineNow
from drillkit.ui.drafts import Drafts
from drillkit.ui.foresight import Foresight
from drillkit.ui.relief import NoStandIns, Relief
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.evaluation import EvaluationScreen
from drillkit.ui.screens.lobby import LobbyScreen
from drillkit.ui.screens.own_desk import OwnDesk
from drillkit.ui.screens.rating import Rater
from drillkit.ui.screens.wallboard import WallboardScreen
from drillkit.words import say

LOG = logging.getLogger("drillkit.host")

GRACE = 120.0
"""Seconds that a lost connection may take to come back before it counts as a departure."""

_BASE = 2
"""Textual's own empty screen, and the one that somebody works at."""
_TYPING = 3.0
_ATTEMPTS = 200

STAFF_SEATS = (FACILITATOR, EVALUATOR, OBSERVER)


class RemoteTerminal(ChannelTerminal):
    """A terminal at the far end of somebody's line."""

    def __init__(self, first: Screen[None], lang: Lang, line: Line) -> None:
        super().__init__(first, lang, line)
        self.counts_seconds = line.seat in STAFF_SEATS

    def sit_at(self, screen: Screen[None], role: Title) -> None:
        """Show this in place of all that is open: help and questions belong to the old seat."""
        while len(self.screen_stack) > _BASE:
            self.pop_screen()
        self.switch_screen(screen)
        self.remark("desk.seat-moved", role=role.in_(self.lang))


class Room:
    """Who sits where, over SSH."""

    def __init__(
        self,
        session: Session,
        clock: Clock,
        lang: Lang,
        admission: Admission,
        keep_codes: Callable[[], None],
    ) -> None:
        """`keep_codes` writes the codes' hashes where a resumed host finds them."""
        self.session = session
        self.clock = clock
        self.lang = lang
        self.admission = admission
        self.keep_codes = keep_codes
        self.address = ("127.0.0.1", 0)
        self.foresight: Foresight | None = None
        """Given where a facilitator at a terminal may ask simulated teams."""
        self.stand_ins: Relief = NoStandIns()
        self._drafts: dict[tuple[str, str], Drafts] = defaultdict(Drafts)
        # One for all: a desk made for somebody would tell by its number when they sat down.
        self._nobody = LocalDesk(session, OBSERVER, clock)
        self._lines: dict[str, Line] = {}
        self._apps: dict[str, RemoteTerminal] = {}
        self._grace: dict[str, asyncio.TimerHandle] = {}
        self._litter = Litter(lambda: session.state.stage != "running" or not self._lines)
        session.listen(self._hear)

    @property
    def seats(self) -> tuple[str, ...]:
        """Every seat that a code may open: the plan's roles, partners too, and the staff."""
        return (*self.session.script.roles, *STAFF_SEATS)

    def lines(self) -> Mapping[str, Line]:
        """The lines that somebody sits at now, by id."""
        return self._lines

    # -- serving -----------------------------------------------------------------------------------

    async def serve(self, line: Line) -> None:
        """Show screens on the line until its person leaves or the connection breaks."""
        role = line.seat
        id, person = self._place(role)
        line.id = id
        self._lines[id] = line
        if timer := self._grace.pop(id, None):
            timer.cancel()
        lobby = LobbyScreen(
            id,
            role,
            lambda name: LocalDesk(self.session, role, self.clock, via=name),
            LocalDesk(self.session, role, self.clock),
            lambda _: self._screen(role, id, self._desk_of(id)),
            person=person,
            simulated=self.stand_ins.simulated,
        )
        app = RemoteTerminal(lobby, self._language(line.environment), line)
        self._apps[id] = app
        line.on_lost = app.exit
        line.on_flow = lambda: app.call_later(app.refresh)
        LOG.info("%s: a terminal was opened from %s", role, line.address)
        try:
            await app.run_async(size=line.size)
            if app.return_code:
                LOG.error("%s: a terminal failed", role, exc_info=app._exception)  # noqa: SLF001
        finally:
            self._apps.pop(id, None)
            self._lines.pop(id, None)
            self._ended(id, line)
            self._litter.add()

    def _place(self, role: str) -> tuple[str, str]:
        """A line's id and person: the one whose line broke, where nobody else shares the seat.

        Where several do, everybody is asked for their name; the same name takes its seat up again.
        """
        here = {
            id: seat
            for id, seat in self.session.state.seats.items()
            if seat.role == role and not seat.left
        }
        if len(here) == 1:
            (id, seat), *_ = here.items()
            if seat.lost and id not in self._lines:
                return id, seat.person
        return f"{role}-{self.session.state.seq + 1}-{len(self._lines) + 1}", ""

    def _desk_of(self, id: str) -> Desk:
        """The desk of the person at this line, by the name that their seat has them under."""
        seat = self.session.state.seats[id]
        return LocalDesk(self.session, seat.role, self.clock, via=seat.person)

    def _screen(self, role: str, id: str, desk: Desk) -> Screen[None]:
        if app := self._apps.get(id):
            app.drafts = self._drafts_at(role, id)
        match role:
            case "facilitator":
                door = HostDoor(self)
                return ControlScreen(desk, self.take_seat, door, self.foresight, self.stand_ins)
            case "evaluator":
                seat = self.session.state.seats.get(id)
                rater = Rater(seat.person, is_known=True) if seat else Rater()
                return EvaluationScreen(desk, rater)
            case "observer":
                return WallboardScreen(desk)
        return OwnDesk(desk, id, self._drafts_at(role, id), self._nobody)

    def _drafts_at(self, role: str, id: str) -> Drafts:
        """What the person at this line has written in this seat and not sent."""
        seat = self.session.state.seats.get(id)
        return self._drafts[role, seat.person if seat else ""]

    def take_seat(self, role: str) -> Desk:
        """The facilitator sits down in somebody's seat."""
        return LocalDesk(self.session, role, self.clock, via=FACILITATOR)

    def _language(self, environment: Mapping[str, str]) -> Lang:
        said = next(
            (environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)),
            "",
        )
        if said.lower().startswith("zh"):
            return "zh"
        return "en" if said[:2].lower() == "en" else self.lang

    # -- lost and left -----------------------------------------------------------------------------

    def await_the_lost(self) -> None:
        """After a restart everybody's line is lost: give them as long as ever to come back."""
        for id, seat in tuple(self.session.state.seats.items()):
            if seat.left is None and id not in self._lines and not self._is_discreet(seat.role):
                self._lose(id, seat.role)

    def _is_discreet(self, role: str) -> bool:
        """Nobody is told that somebody leaves this seat now.

        Whoever has handed in a form without a name goes: that entry stood beside this one.
        """
        state = self.session.state
        asked = any(form.audience == "participant" for form in state.forms.values())
        return state.stage == "ended" and asked and role in self.session.script.roles

    def _ended(self, id: str, line: Line) -> None:
        seat = self.session.state.seats.get(id)
        if seat is None or seat.left is not None or self._is_discreet(seat.role):
            return
        if line.is_lost:
            self._lose(id, seat.role)
        else:
            self._say(seat.role, LeaveSeat(line=id))

    def _lose(self, id: str, role: str) -> None:
        self._say(role, LoseSeat(line=id))
        loop = asyncio.get_running_loop()
        # A context of its own: this one would hold the closed app for as long.
        self._grace[id] = loop.call_later(GRACE, self._give_up, id, context=Context())

    def _give_up(self, id: str) -> None:
        self._grace.pop(id, None)
        seat = self.session.state.seats.get(id)
        if seat is not None and seat.lost and not seat.left:
            self._say(seat.role, LeaveSeat(line=id))

    def _say(self, role: str, command: LoseSeat | LeaveSeat) -> None:
        try:
            LocalDesk(self.session, role, self.clock, via="host").say(command)
        except Refused as refusal:
            LOG.warning("%s: %s", role, refusal.key)

    def _hear(self, entries: Sequence[object]) -> None:
        for entry in entries:
            event = getattr(entry, "event", None)
            if isinstance(event, SeatLeft) and (app := self._apps.get(event.line)):
                # Its person sits at another terminal now; whoever leaves is not among the apps.
                self._lines[event.line].say_goodbye(say(app.lang, "host.taken-over"))
                app.exit()
            if isinstance(event, SeatMoved) and (app := self._apps.get(event.line)):
                screen = self._screen(event.role, event.line, self._desk_of(event.line))
                self._lines[event.line].seat = event.role
                app.call_later(app.sit_at, screen, self.session.script.role(event.role).title)


class HostDoor:
    """The facilitator's hand on the door. See ui.door.Door."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._desk = LocalDesk(room.session, FACILITATOR, room.clock)

    def lines(self) -> list[LineNow]:
        now, seats = time.monotonic(), self._room.session.state.seats
        found: list[LineNow] = []
        for id, line in self._room.lines().items():
            idle = now - line.last_input
            person = seats[id].person if id in seats else ""
            found.append(
                LineNow(id, line.seat, person, line.address, idle, idle < _TYPING, line.is_stalled)
            )
        return found

    def attempts(self) -> list[AttemptNow]:
        admission = self._room.admission
        now = admission.clock()
        return [
            AttemptNow(now - one.at, one.address, one.seat, one.outcome)
            for one in reversed(admission.attempts[-_ATTEMPTS:])
        ]

    def barred(self) -> frozenset[str]:
        return self._room.admission.barred

    def revoked(self) -> frozenset[str]:
        return self._room.admission.revoked

    def invitation(self, seat: str) -> str:
        return ssh_line(seat, *self._room.address)

    def renew(self, seat: str) -> str:
        code = self._room.admission.issue([seat])[seat]
        self._room.keep_codes()
        self._tell(seat, "renewed")
        return code

    def revoke(self, seat: str) -> None:
        self._room.admission.revoke(seat)
        self._room.keep_codes()
        self._tell(seat, "revoked")

    def bar(self, seat: str, barred: bool, /) -> None:
        self._room.admission.bar(seat, barred=barred)
        self._tell(seat, "barred" if barred else "opened")

    def drop(self, line: str) -> None:
        if found := self._room.lines().get(line):
            found.hang_up()
            self._tell(found.seat, "dropped")

    def _tell(self, seat: str, change: DoorChange) -> None:
        """Let the journal tell it, afterwards: a full disk must not keep the door open."""
        try:
            self._desk.say(ChangeDoor(seat=seat, change=change))
        except Refused as refusal:
            LOG.warning("%s was %s, but: %s", seat, change, refusal.key)
