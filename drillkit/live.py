"""The clock and the due-loop under asyncio: the wall clock drives a session and its stand-ins."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from drillkit.core.clocks import script_time
from drillkit.model.base import DIRECTOR, FACILITATOR, SECOND, Millis
from drillkit.model.commands import Command, EndDrill, PauseDrill
from drillkit.model.events import ClockMarked, Entry
from drillkit.model.text import Line
from drillkit.session import Session

MARK_EVERY: Millis = 10 * SECOND
"""How much exercise time a crash may lose; marked at most once a second of the wall clock."""

_LONGEST_SLEEP = 1.0
"""Seconds; the loop looks up at least so often, to mark the clock."""


class Company(Protocol):
    """Simulated people who act on exercise time."""

    @property
    def roles(self) -> Collection[str]: ...

    def peek(self) -> Millis | None: ...

    def advance(self, now: Millis) -> None: ...

    def look_back(self) -> None:
        """The drill is over: say what they think of it."""
        ...

    def relieve(self, role: str) -> Callable[[], None]:
        """Let the role's rest until the answer is called."""
        ...


class LiveClock:
    """Exercise time from a monotonic clock: it runs while the drill runs, at the drill's speed.

    A change of speed holds from now on and never rescales the past; a pause takes no exercise time.
    """

    def __init__(
        self, session: Session, monotonic: Callable[[], float], wall: Callable[[], int]
    ) -> None:
        """`monotonic` gives seconds, `wall` ms since 1970."""
        self._session = session
        self._monotonic = monotonic
        self._wall = wall
        self._stir: Callable[[], None] = lambda: None
        self._from = session.state.at
        self._since = monotonic()
        # A drill found running lost its host: it stands still until it is paused and gone on with.
        self._rate = 0.0
        self.stop = session.listen(self._hear)

    def now(self) -> Millis:
        passed = (self._monotonic() - self._since) * SECOND * self._rate
        return self._from + int(passed)

    def wall(self) -> int:
        return self._wall()

    def speed(self) -> float:
        """Exercise seconds in a second of the wall clock; 0 while the clock stands still."""
        state = self._session.state
        return state.speed if state.stage == "running" else 0.0

    def stir(self) -> None:
        self._stir()

    def on_stir(self, stir: Callable[[], None]) -> None:
        """Call this when something may have become due."""
        self._stir = stir

    def _hear(self, entries: Sequence[Entry]) -> None:
        if self.speed() != self._rate:
            # Anchored at the entry that changed it, so the journal and the clock agree.
            self._from, self._since, self._rate = entries[-1].at, self._monotonic(), self.speed()


class Live:
    """Runs a session on the wall clock until it ends. Sleeps until something is due; no polling."""

    def __init__(
        self,
        session: Session,
        clock: LiveClock,
        *,
        ends_itself: bool = False,
        looks_back: bool = False,
    ) -> None:
        """`ends_itself`: without a facilitator the drill ends when its script does.

        `looks_back`: then the simulated people give their feedback, which is no real person's.
        """
        self.session = session
        self.clock = clock
        self._ends_itself = ends_itself
        self._looks_back = looks_back
        self._companies: list[Company] = []
        self._wake = asyncio.Event()
        self._commands = 0
        self._name = session.name_desk("live")
        clock.on_stir(self._wake.set)
        self._stop = session.listen(lambda _: self._wake.set())

    def add(self, companies: Iterable[Company]) -> None:
        """Let these simulated people take part."""
        self._companies.extend(companies)
        self._wake.set()

    @property
    def simulated(self) -> Collection[str]:
        """The roles that stand-ins play where no person comes."""
        return [role for company in self._companies for role in company.roles]

    def relieve(self, role: str) -> Callable[[], None]:
        """Somebody sits in the role's place: its stand-in rests until the answer is called."""
        ends = [company.relieve(role) for company in self._companies]
        self._wake.set()

        def rise() -> None:
            for end in ends:
                end()
            self._wake.set()

        return rise

    def send(self, command: Command) -> None:
        """As the facilitator, for what the host itself does: start, pause after a crash, end."""
        self._commands += 1
        self.session.ask(
            FACILITATOR,
            command,
            at=self.clock.now(),
            wall=self.clock.wall(),
            id=f"{self._name}.{self._commands}",
            via=Line("host"),
        )

    async def run(self) -> None:
        """Bring about what is due, each at its time, until the drill has ended."""
        try:
            while self.session.state.stage != "ended":
                self._wake.clear()
                self.step()
                if self.session.state.stage == "ended":
                    break
                try:
                    await asyncio.wait_for(self._wake.wait(), self._sleep())
                except TimeoutError:
                    continue
            if self._looks_back:
                for company in self._companies:
                    company.look_back()
        finally:
            self._stop()
            self.clock.stop()

    def step(self) -> None:
        """All that is due now, once."""
        session, now, wall = self.session, self.clock.now(), self.clock.wall()
        session.tick(now, wall)
        for company in self._companies:
            company.advance(now)
        state = session.state
        if state.stage == "running" and now - state.at >= max(MARK_EVERY, SECOND * state.speed):
            session.note(DIRECTOR, ClockMarked(), at=now, wall=wall)
        over = script_time(state, now) >= state.scenario.length
        if self._ends_itself and state.stage == "running" and over:
            self.send(EndDrill())

    def _sleep(self) -> float | None:
        """Seconds until something is due; None while the clock stands still."""
        speed = self.clock.speed()
        if speed == 0:
            return None
        now = self.clock.now()
        times = [self.session.next_due(now), *(company.peek() for company in self._companies)]
        if self._ends_itself:
            times.append(self.session.state.scenario.length - self.session.state.skipped)
        soonest = min((time for time in times if time is not None), default=None)
        if soonest is None:
            return _LONGEST_SLEEP
        return min(_LONGEST_SLEEP, max(0.0, (soonest - now) / SECOND / speed))


def come_back(live: Live) -> None:
    """After a crash the drill stands where its journal ends, paused, until somebody goes on."""
    if live.session.state.stage == "running":
        live.send(PauseDrill())
