"""All that a terminal, a stand-in or a test ever sees: send commands, follow the entries."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from drillkit.core.decide.seats import acting_as
from drillkit.core.script import Refused
from drillkit.core.sight import horizon, shown
from drillkit.journal import JournalFault
from drillkit.model.base import STAFF, Millis
from drillkit.model.commands import Command
from drillkit.model.events import Entry
from drillkit.model.text import Line
from drillkit.session import Session


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries in order; `fresh` when they are all there are, and what was folded before is void."""

    entries: tuple[Entry, ...]
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Pulse:
    """Where the exercise clock stands: `at` ms, running at `speed` or standing still (0)."""

    at: Millis
    speed: float


class Unwritten(Refused):
    """The journal could not take it: nothing happened, and it may be tried again."""

    def __init__(self, fault: JournalFault) -> None:
        super().__init__("unwritten")
        self.key = fault.key
        self.values = dict(fault.values)


class Desk(Protocol):
    """A seat at the drill."""

    @property
    def seat(self) -> str:
        """The role, or one of the staff seats."""
        ...

    async def send(self, command: Command) -> tuple[Entry, ...]:
        """Ask for this; returns when it is on disk. Raises Refused, and then writes nothing."""
        ...

    def follow(self) -> AsyncIterator[Batch]:
        """All entries that the seat may see, from the first on, then each as it comes."""
        ...

    def pulse(self) -> Pulse:
        """The exercise clock now."""
        ...


class Clock(Protocol):
    """Where the drill's time comes from: the live loop, or the simulation."""

    def now(self) -> Millis: ...

    def wall(self) -> int: ...

    def speed(self) -> float: ...

    def stir(self) -> None:
        """Something was appended: look again at what is due."""
        ...


class LocalDesk:
    """A desk in the session's own process."""

    def __init__(self, session: Session, seat: str, clock: Clock, via: str = "") -> None:
        """`via` says who really sits here: "stand-in", "facilitator", a person's name."""
        if seat not in STAFF and seat not in session.script.roles:
            raise ValueError(f"the plan has no role {seat!r}")
        self._session = session
        self._seat = seat
        self._clock = clock
        self._via = Line(via)
        self._sent = 0
        self._name = session.name_desk(seat)

    @property
    def seat(self) -> str:
        return self._seat

    def pulse(self) -> Pulse:
        return Pulse(self._clock.now(), self._clock.speed())

    async def send(self, command: Command) -> tuple[Entry, ...]:
        return self.say(command)

    def say(self, command: Command, id: str = "") -> tuple[Entry, ...]:
        """As `send`, for callers that do not await: stand-ins on the simulation's own clock.

        With an `id` of their own, what they say again does nothing and gives the first outcome.
        """
        self._sent += 1
        try:
            entries = self._session.ask(
                self._seat,
                command,
                at=self._clock.now(),
                wall=self._clock.wall(),
                id=id or f"{self._name}.{self._sent}",
                via=self._via,
            )
        except JournalFault as fault:
            raise Unwritten(fault) from fault
        self._clock.stir()
        return entries

    def seats(self) -> tuple[str, ...]:
        """The seat, and the posts that it holds as a substitute."""
        if self._seat in STAFF:
            return (self._seat,)
        return acting_as(self._session.state, self._seat)

    def _sight(self) -> tuple[tuple[str, ...], tuple[bool, tuple[str, ...]]]:
        """What decides which of the past entries may be seen."""
        seats = self.seats()
        return seats, horizon(self._session.state, seats, self._via)

    def visible(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The entries as the seat may see them, without those that it may not."""
        session, seats = self._session, self.seats()
        seen = (
            shown(session.script, session.state, seats, entry, session.entries, person=self._via)
            for entry in entries
        )
        return tuple(entry for entry in seen if entry is not None)

    def hear(self, listener: Callable[[tuple[Entry, ...]], None]) -> Callable[[], None]:
        """Call the listener with what the seat may see of each append; the answer ends that."""

        def tell(entries: Sequence[Entry]) -> None:
            if seen := self.visible(entries):
                listener(seen)

        return self._session.listen(tell)

    async def follow(self) -> AsyncIterator[Batch]:
        """See Desk.follow. Taking over a post begins afresh: it brings that post's past with it.

        So does handing in one's ratings: it brings those of the others who have.
        """
        sight = self._sight()
        told = len(self._session.entries)
        yield Batch(self.visible(self._session.entries), fresh=True)
        wake = asyncio.Event()
        stop = self._session.listen(lambda _: self._session.turns.wake(wake))
        try:
            while True:
                if told == len(self._session.entries):
                    await wake.wait()
                wake.clear()
                entries = self._session.entries
                new, told = entries[told:], len(entries)
                if self._sight() != sight:
                    sight = self._sight()
                    yield Batch(self.visible(entries), fresh=True)
                elif seen := self.visible(new):
                    yield Batch(seen)
        finally:
            with suppress(ValueError):
                stop()
