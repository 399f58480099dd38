"""The driver that does not wait: a session played from start to end on a simulated clock."""

from collections.abc import Callable

from drillkit.desk import LocalDesk
from drillkit.model.base import FACILITATOR, Millis
from drillkit.model.commands import EndDrill, ResumeDrill, StartDrill
from drillkit.session import Session
from drillkit.standins import Company

EPOCH = 1_798_761_600_000
"""The wall time (ms since 1970) of a rehearsal's start, 2027-01-01: the same whenever it runs."""

Progress = Callable[[Millis, Millis], None]
"""Told where play stands (`at`) and where it ends (`length`), both in ms."""


class SimClock:
    """A clock that stands where its driver puts it."""

    def __init__(self, at: Millis, wall: int) -> None:
        """`wall` is the wall time (ms since 1970) of exercise time 0."""
        self.at = at
        self._wall = wall

    def now(self) -> Millis:
        return self.at

    def wall(self) -> int:
        return self._wall + self.at

    def speed(self) -> float:
        return 1.0

    def stir(self) -> None:
        """The driver asks what comes next anyway."""


def play(
    session: Session,
    company_of: Callable[[SimClock], Company],
    *,
    wall: int = EPOCH,
    until: Millis | None = None,
    progress: Progress | None = None,
) -> None:
    """Start the drill, let the company play it, and end it when the script's time is up.

    With `until` (ms of exercise time) it stops there and leaves the drill running. A drill that
    has begun is gone on with. Same session, seed and company: same journal, byte for byte.
    """
    clock = SimClock(session.state.at, wall)
    facilitator = LocalDesk(session, FACILITATOR, clock)
    company = company_of(clock)
    try:
        if session.state.stage == "briefing":
            facilitator.say(StartDrill())
        elif session.state.stage == "paused":
            facilitator.say(ResumeDrill())
        while session.state.is_open:
            end = session.script.scenario.length - session.state.skipped
            last = end if until is None else min(end, until)
            clock.at = max(clock.at, min(_next(session, company, clock.at), last))
            company.advance(clock.at)
            if progress is not None:
                progress(clock.at, end)
            if clock.at >= last:
                if last == end:
                    facilitator.say(EndDrill())
                    company.look_back()
                return
    finally:
        company.close()


def _next(session: Session, company: Company, now: Millis) -> Millis:
    """When something happens next; far beyond any drill when nothing will."""
    times = (company.peek(), session.next_due(now))
    return min((time for time in times if time is not None), default=2**53)
