"""Many runs added up. All are whole numbers: the sum is the same in whatever order it is made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil, sqrt

from drillkit.rehearse.numbers import Course, Run, Title

Z95 = 1.959964
"""The normal quantile of a two-sided interval of 95 %."""


@dataclass(slots=True)
class Count:
    """How often a number had each value, and in how many runs what it tells of did not happen."""

    values: Counter[int] = field(default_factory=Counter)
    missing: int = 0

    def add(self, value: int | None) -> None:
        if value is None:
            self.missing += 1
        else:
            self.values[value] += 1

    def merge(self, other: "Count") -> None:
        self.values.update(other.values)
        self.missing += other.missing

    @property
    def happened(self) -> int:
        return self.values.total()

    @property
    def runs(self) -> int:
        """The runs to which the number applied."""
        return self.happened + self.missing

    def mean(self) -> float | None:
        """The mean over the runs in which it happened."""
        n = self.happened
        return sum(value * times for value, times in self.values.items()) / n if n else None

    def deviation(self) -> float | None:
        """The standard deviation of a sample; None with fewer than two."""
        n = self.happened
        if n < 2:
            return None
        total = sum(value * times for value, times in self.values.items())
        squares = sum(value * value * times for value, times in self.values.items())
        return sqrt(max(0, n * squares - total * total) / (n * (n - 1)))

    def mean_within(self) -> tuple[float, float] | None:
        """The 95 % interval of the mean, by the normal approximation; None with fewer than two."""
        mean, deviation = self.mean(), self.deviation()
        if mean is None or deviation is None:
            return None
        margin = Z95 * deviation / sqrt(self.happened)
        return mean - margin, mean + margin

    def quantile(self, share: float) -> int | None:
        """The least value that at least this share (0..1) of those that happened do not exceed."""
        wanted, so_far = max(1, ceil(share * self.happened)), 0
        for value in sorted(self.values):
            so_far += self.values[value]
            if so_far >= wanted:
                return value
        return None

    def at_most(self, limit: int) -> int:
        """In how many runs it happened and was no more than `limit`."""
        return sum(times for value, times in self.values.items() if value <= limit)


@dataclass(slots=True)
class Sums:
    """Courses over time added up, bin by bin; `runs` counts those that reach each bin."""

    sums: list[int] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)

    def add(self, course: Course) -> None:
        self._grow(len(course))
        for step, value in enumerate(course):
            self.sums[step] += value
            self.runs[step] += 1

    def merge(self, other: "Sums") -> None:
        self._grow(len(other.sums))
        for step, (value, runs) in enumerate(zip(other.sums, other.runs, strict=True)):
            self.sums[step] += value
            self.runs[step] += runs

    def means(self) -> list[float]:
        return [value / runs for value, runs in zip(self.sums, self.runs, strict=True)]

    def _grow(self, length: int) -> None:
        lacking = length - len(self.sums)
        self.sums += [0] * lacking
        self.runs += [0] * lacking


@dataclass(frozen=True, slots=True, order=True)
class Crash:
    """A run that broke off: its place, the seed that shows it again, and over what."""

    index: int
    seed: int
    what: str


@dataclass(slots=True)
class Tally:
    """Everything that is kept of many runs; its size does not grow with their number."""

    runs: int = 0
    counts: dict[str, Count] = field(default_factory=dict)
    courses: dict[str, Sums] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    crashes: list[Crash] = field(default_factory=list)

    def add(self, run: Run) -> None:
        self.runs += 1
        for name, value in run.numbers.items():
            count = self.counts.get(name)
            if count is None:
                count = self.counts[name] = Count()
            count.add(value)
        for name, course in run.courses.items():
            sums = self.courses.get(name)
            if sums is None:
                sums = self.courses[name] = Sums()
            sums.add(course)
        self.titles.update(run.titles)

    def merge(self, other: "Tally") -> None:
        self.runs += other.runs
        for name, count in other.counts.items():
            self.counts.setdefault(name, Count()).merge(count)
        for name, sums in other.courses.items():
            self.courses.setdefault(name, Sums()).merge(sums)
        self.titles.update(other.titles)
        self.crashes = sorted([*self.crashes, *other.crashes])

    def count(self, name: str) -> Count:
        """The count of this name, empty where no run had it."""
        return self.counts.get(name, Count())

    def named(self, kind: str) -> list[tuple[str, Count]]:
        """What follows KIND/ in the names that begin so, with its count, in order."""
        start = f"{kind}/"
        return sorted(
            (name.removeprefix(start), count)
            for name, count in self.counts.items()
            if name.startswith(start)
        )


def merged(tallies: Iterable[Tally]) -> Tally:
    """All of them in one."""
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return whole


def wilson(hits: float, runs: int) -> tuple[float, float]:
    """The 95 % interval of a chance that showed `hits` times in `runs`; Wilson (1927)."""
    if runs == 0:
        return 0.0, 1.0
    share, z2 = hits / runs, Z95 * Z95
    middle = share + z2 / (2 * runs)
    margin = Z95 * sqrt(share * (1 - share) / runs + z2 / (4 * runs * runs))
    whole = 1 + z2 / runs
    return max(0.0, (middle - margin) / whole), min(1.0, (middle + margin) / whole)
