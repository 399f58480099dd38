"""Simulated teams beside a drill that goes on: forecasts of it, and where it stands among them."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor
from pathlib import Path
from typing import TypeVar

from drillkit.core.script import Refused
from drillkit.desk import Clock
from drillkit.model.base import Title
from drillkit.packs.profiles import PROFILES, profile
from drillkit.rehearse.among import Among, among, reference
from drillkit.rehearse.background import Juncture, Unwanted, forecast_from
from drillkit.rehearse.forecast import RUNS, Forecast
from drillkit.rehearse.many import Job, Progress
from drillkit.rehearse.workers import beside
from drillkit.session import Session
from drillkit.ui.foresight import Told
from scoring.assessment import Assessment

TEAMS = 200
"""Simulated teams of each kind that a drill is placed among on the screen."""
_SEED = 1

T = TypeVar("T")


class SimulatedTeams:
    """What the screens ask, answered from the session's journal; see ui.foresight.Foresight."""

    def __init__(self, session: Session, clock: Clock, path: Path) -> None:
        self._session = session
        self._clock = clock
        self._path = path

    def profiles(self) -> Sequence[tuple[str, Title]]:
        found = ((name, profile(name).title) for name in PROFILES)
        return [(name, title) for name, title in found if title is not None]

    async def forecast(self, team: str, told: Told) -> Forecast:
        state = self._session.state
        juncture = Juncture(self._path, state.seq, max(state.at, self._clock.now()))

        def work(executor: Executor, progress: Progress) -> Forecast:
            return forecast_from(juncture, profile(team), RUNS, executor, progress)

        return await _beside(work, told)

    async def among(self, assessment: Assessment, told: Told) -> Among:
        state = self._session.state

        def work(executor: Executor, progress: Progress) -> Among:
            teams = tuple(map(profile, PROFILES))
            job = Job(state.scenario, state.plan, assessment.weights, teams[0], _SEED)
            tallies = reference(job, teams, TEAMS, executor, progress)
            return among(assessment, _SEED, teams, tallies)

        return await _beside(work, told)


async def _beside(work: Callable[[Executor, Progress], T], told: Told) -> T:
    """Do it in a thread that waits for processes which give way; cancelling ends them all."""
    loop = asyncio.get_running_loop()
    unwanted = threading.Event()

    def progress(done: int, of: int) -> None:
        if unwanted.is_set():
            raise Unwanted
        loop.call_soon_threadsafe(told, done, of)

    def wait() -> T:
        with beside() as executor:
            return work(executor, progress)

    try:
        return await asyncio.to_thread(wait)
    except asyncio.CancelledError:
        unwanted.set()
        raise
    except BrokenExecutor as problem:
        raise Refused("simulation-lost") from problem
