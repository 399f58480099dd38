"""Many seeded drills on all cores. The same seeds give the same tally, however dealt out."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice
from typing import TypeVar

from drillkit.desk import Clock
from drillkit.journal import MemoryJournal
from drillkit.model.plan import Plan
from drillkit.model.profile import Profile
from drillkit.model.scenario import Scenario
from drillkit.model.weights import WeightSet
from drillkit.rehearse.numbers import Run, measured
from drillkit.rehearse.play import EPOCH, play
from drillkit.rehearse.tally import Crash, Tally
from drillkit.session import Opening, RestlessScenario, Session
from drillkit.standins import Company, StandInCrashed
from scoring.assess import assess

CHUNK = 10
"""Runs a worker does between two reports: at some 50 ms each, progress moves twice a second, and
a cluster has something for each of its workers even where few are played."""
MOST = 1_000_000
"""Runs in one rehearsal; a week on one core."""

RUN_FAULTS = (StandInCrashed, RestlessScenario)
"""What breaks off a run, and no more than that run."""

_AHEAD = 64
"""Chunks asked for at once: enough for a cluster's workers, soon over on two cores."""

_T = TypeVar("_T")

Progress = Callable[[int, int], None]
"""Told how many of how many runs are done."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is rehearsed, and by whom.

    In which language the result is told is no part of it: it is the same in each.
    """

    scenario: Scenario
    plan: Plan
    weights: WeightSet
    profile: Profile
    seed: int = 1
    short: bool = False

    def with_plan(self, plan: Plan) -> "Job":
        return replace(self, plan=plan)


def rehearse(
    job: Job,
    runs: int,
    executor: Executor | None = None,
    *,
    progress: Progress | None = None,
) -> Tally:
    """Play seeds `job.seed`, `job.seed` + 1 and so on, `runs` in number (1 to MOST).

    Without an executor they are played here, one after the other. On a KeyboardInterrupt the
    tally is what is done so far. Raises ValueError for another number of runs.
    """
    if not 1 <= runs <= MOST:
        raise ValueError(f"runs are a number from 1 to {MOST}, not {runs}")
    whole = Tally()
    with_progress = progress or (lambda _done, _all: None)
    try:
        for part in _parts(job, runs, executor):
            whole.merge(part)
            with_progress(whole.runs + len(whole.crashes), runs)
    except KeyboardInterrupt:
        if not whole.runs:
            raise
    return whole


def _parts(job: Job, runs: int, executor: Executor | None) -> Iterator[Tally]:
    chunks = ((first, min(CHUNK, runs - first)) for first in range(0, runs, CHUNK))
    if executor is None:
        return (play_some(job, first, count) for first, count in chunks)
    packed = pickle.dumps(job)
    return dealt(executor, (partial(_play_packed, packed, first, count) for first, count in chunks))


def _play_packed(packed: bytes, first: int, count: int) -> Tally:
    return play_some(_unpacked(packed), first, count)


@lru_cache(maxsize=8)
def _unpacked(packed: bytes) -> Job:
    """The job, made once for all its chunks: packing and unpacking cost as much as a run."""
    job: Job = pickle.loads(packed)  # noqa: S301 - of our own making; whoever sends it sends code
    return job


def dealt(executor: Executor, works: Iterable[Callable[[], _T]]) -> Iterator[_T]:
    """What the works give, as it comes. Few are asked for ahead: whoever stops early waits little.

    The caller's thread waits; a work that has not begun when the caller stops is dropped.
    """
    waiting = iter(works)
    under_way = {executor.submit(work) for work in islice(waiting, _AHEAD)}
    try:
        while under_way:
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            under_way |= {executor.submit(work) for work in islice(waiting, len(done))}
            for future in done:
                yield future.result()
    finally:
        for future in under_way:
            future.cancel()


def play_some(job: Job, first: int, count: int) -> Tally:
    """Play `count` runs from place `first` on; a run that breaks off is counted as such."""
    tally = Tally()
    for index in range(first, first + count):
        seed = job.seed + index
        try:
            tally.add(play_one(job, seed))
        except RUN_FAULTS as problem:
            tally.crashes.append(Crash(index, seed, str(problem)))
    return tally


def play_one(job: Job, seed: int) -> Run:
    """One run and its numbers. Raises StandInCrashed and RestlessScenario."""
    session, company = played(job, seed)
    assessment = assess(session.state, thorough=False)
    loads = {person.role: person.load for person in company.people}
    return measured(session.state, assessment, loads)


def played(job: Job, seed: int) -> tuple[Session, Company]:
    """One drill, played to its end in memory."""
    opening = Opening(
        f"rehearsal-{seed}", job.scenario, job.plan, job.weights, seed=seed, short=job.short
    )
    session = Session.open(MemoryJournal(), opening, EPOCH)
    cast: list[Company] = []

    def company_of(clock: Clock) -> Company:
        roles = session.script.players
        company = Company(session, clock, roles, profile=job.profile, seed=seed)
        cast.append(company)
        return company

    play(session, company_of)
    return session, cast[0]
