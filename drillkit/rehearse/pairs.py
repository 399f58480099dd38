"""Two versions of a pack played with the same seeds, and their differences pair by pair.

A pair is one seed played with both. Every draw depends on the seed, the role and the thing, so
what the change does not touch goes the same way in both, and even a small difference shows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from math import sqrt

from drillkit.rehearse.limits import limits
from drillkit.rehearse.many import CHUNK, MOST, Job, Progress, dealt, play_one
from drillkit.rehearse.numbers import Numbers
from drillkit.rehearse.tally import Z95, Count, Crash
from drillkit.session import RestlessScenario
from drillkit.standins import StandInCrashed

IN_TIME = "in-time/"
"""Before the name of what has a limit: 1 where it was kept, 0 where it was not."""
HAPPENS = "happens/"
"""Before the name of a branch or milestone: 1 where it came, 0 where it did not."""

_EVENTS = ("branch/", "milestone/")


def marks(numbers: Numbers, within: Mapping[str, int]) -> Numbers:
    """The numbers of a run, and with them whether limits (s, by name) were kept and what came."""
    told: Numbers = dict(numbers)
    for name, seconds in within.items():
        if name in numbers:
            took = numbers[name]
            told[IN_TIME + name] = int(took is not None and took <= seconds)
    for name, at in numbers.items():
        if name.startswith(_EVENTS):
            told[HAPPENS + name] = int(at is not None)
    return told


@dataclass(slots=True)
class Paired:
    """One number over the pairs in which both versions have it.

    `by` counts the differences, the second less the first; `before` is the sum of the first.
    """

    by: Count = field(default_factory=Count)
    before: int = 0

    def add(self, first: int, second: int) -> None:
        self.by.add(second - first)
        self.before += first

    def merge(self, other: "Paired") -> None:
        self.by.merge(other.by)
        self.before += other.before

    @property
    def n(self) -> int:
        return self.by.happened

    @property
    def differing(self) -> int:
        """The pairs in which the two are not the same."""
        return self.n - self.by.values[0]


@dataclass(slots=True)
class Pairs:
    """Pairs added up, in whole numbers: the sum is the same in whatever order it is made.

    A pair of which one run broke off is no pair; `crashes` says so.
    """

    pairs: int = 0
    numbers: dict[str, Paired] = field(default_factory=dict)
    crashes: list[Crash] = field(default_factory=list)

    def add(self, first: Numbers, second: Numbers) -> None:
        self.pairs += 1
        for name, before in first.items():
            after = second.get(name)
            if before is not None and after is not None:
                paired = self.numbers.get(name)
                if paired is None:
                    paired = self.numbers[name] = Paired()
                paired.add(before, after)

    def merge(self, other: "Pairs") -> None:
        self.pairs += other.pairs
        for name, paired in other.numbers.items():
            self.numbers.setdefault(name, Paired()).merge(paired)
        self.crashes = sorted([*self.crashes, *other.crashes])

    def of(self, name: str) -> Paired:
        """The number of this name, empty where no pair had it."""
        return self.numbers.get(name, Paired())


# -- intervals -------------------------------------------------------------------------------------


def mean_within(count: Count) -> tuple[float, float] | None:
    """The 95 % interval of a mean difference, by Student's t; None with fewer than two."""
    mean, deviation, n = count.mean(), count.deviation(), count.happened
    if mean is None or deviation is None:
        return None
    margin = _student(n - 1) * deviation / sqrt(n)
    return mean - margin, mean + margin


def _student(freedom: int) -> float:
    """The 97.5 % quantile of Student's t; Abramowitz and Stegun (1964), 26.7.5."""
    z, v = Z95, float(freedom)
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


def share_within(count: Count) -> tuple[float, float]:
    """The 95 % interval of the difference of two shares in pairs, from differences of -1, 0, 1.

    Agresti and Min (2005): half an observation more in each of the four cells. The plain interval
    would call four pairs out of any number a proof.
    """
    up, down = count.values[1] + 0.5, count.values[-1] + 0.5
    n = count.happened + 2.0
    middle = (up - down) / n
    margin = Z95 * sqrt(max(0.0, up + down - (up - down) ** 2 / n)) / n
    return max(-1.0, middle - margin), min(1.0, middle + margin)


# -- playing ---------------------------------------------------------------------------------------


def side_by_side(
    jobs: Sequence[Job],
    runs: int,
    executor: Executor | None = None,
    *,
    progress: Progress | None = None,
) -> list[Pairs]:
    """Play the same `runs` seeds with every job; the pairs of the first with each of the others.

    On a KeyboardInterrupt they are what is done so far. Raises ValueError for a bad number.
    """
    if not 1 <= runs <= MOST or len(jobs) < 2:
        raise ValueError(f"two jobs or more, and 1 to {MOST} runs, not {len(jobs)} and {runs}")
    whole = [Pairs() for _ in jobs[1:]]
    with_progress = progress or (lambda _done, _all: None)
    done = 0
    try:
        for count, parts in _parts(tuple(jobs), runs, executor):
            for pairs, part in zip(whole, parts, strict=True):
                pairs.merge(part)
            done += count
            with_progress(done, runs)
    except KeyboardInterrupt:
        if not done:
            raise
    return whole


def _parts(
    jobs: tuple[Job, ...], runs: int, executor: Executor | None
) -> Iterator[tuple[int, list[Pairs]]]:
    size = max(1, CHUNK // len(jobs))
    chunks = ((first, min(size, runs - first)) for first in range(0, runs, size))
    works: Iterator[Callable[[], tuple[int, list[Pairs]]]] = (
        partial(play_pairs, jobs, first, count) for first, count in chunks
    )
    return (work() for work in works) if executor is None else dealt(executor, works)


def play_pairs(jobs: tuple[Job, ...], first: int, count: int) -> tuple[int, list[Pairs]]:
    """Play `count` seeds from place `first` on with every job; `count`, and the pairs."""
    whole = [Pairs() for _ in jobs[1:]]
    within = [
        {limit.name: limit.seconds for limit in limits(job.scenario, job.plan)} for job in jobs
    ]
    for index in range(first, first + count):
        base = _played(jobs[0], index, within[0])
        for pairs, job, seconds in zip(whole, jobs[1:], within[1:], strict=True):
            other = base if isinstance(base, Crash) else _played(job, index, seconds)
            if isinstance(base, Crash):
                pairs.crashes.append(base)
            elif isinstance(other, Crash):
                pairs.crashes.append(other)
            else:
                pairs.add(base, other)
    return count, whole


def _played(job: Job, index: int, within: Mapping[str, int]) -> Numbers | Crash:
    seed = job.seed + index
    try:
        return marks(play_one(job, seed).numbers, within)
    except (StandInCrashed, RestlessScenario) as problem:
        return Crash(index, seed, str(problem))
