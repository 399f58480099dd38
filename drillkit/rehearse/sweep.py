"""One thing of a pack at many values, each against the pack as it stands, with the same seeds."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from drillkit.model.profile import Profile
from drillkit.rehearse.compare import Change, by_team, changes
from drillkit.rehearse.many import Job
from drillkit.rehearse.pairs import Pairs

SHOWN = 3
"""Numbers that are shown beside the combined score."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """The pack as it stands, and `jobs` with the thing at `path` at each of the values.

    `given` are the settings that all were tried with.
    """

    base: Job
    path: str
    values: tuple[str, ...]
    jobs: tuple[Job, ...]
    runs: int
    profiles: tuple[Profile, ...]
    pairs: Mapping[str, Sequence[Pairs]]
    given: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """Seeds played to their end with every value, of all teams."""
        return sum(sides[0].pairs for sides in self.pairs.values())

    @property
    def is_whole(self) -> bool:
        """Nothing was stopped before its time."""
        return len(self.pairs) == len(self.profiles) and all(
            one.pairs + len(one.crashes) == self.runs
            for sides in self.pairs.values()
            for one in sides
        )


def sweep(
    base: Job,
    variants: Sequence[tuple[str, Job]],
    profiles: Sequence[Profile],
    runs: int,
    executor: Executor | None = None,
    *,
    path: str,
    progress: Callable[[int, int], None] | None = None,
) -> Sweep:
    """Let each team play `runs` seeds with every variant (its value, its job) and without."""
    values, jobs = tuple(value for value, _ in variants), tuple(job for _, job in variants)
    found = dict(by_team([base, *jobs], profiles, runs, executor, progress=progress))
    return Sweep(base, path, values, jobs, runs, tuple(profiles), found)


def courses(found: Sweep, team: str) -> tuple[tuple[Change | None, ...], ...]:
    """How numbers change over the values: the combined score, then those that move most surely."""
    told = [
        {change.name: change for change in changes(pairs, found.base, job)}
        for pairs, job in zip(found.pairs[team], found.jobs, strict=True)
    ]
    names = ["score/combined", *_moved([one for changed in told for one in changed.values()])]
    return tuple(tuple(changed.get(name) for changed in told) for name in names)


def _moved(told: Sequence[Change]) -> list[str]:
    """The names of what moves most surely at some value; of one limit either chance or time.

    Times come last: they are of those pairs alone in which it happened both ways. What is sent is
    told by the need that it meets.
    """
    sure = sorted(
        (
            one
            for one in told
            if one.kind != "score"
            and one.verdict not in ("same", "noise")
            and not (one.limit and one.limit.kind == "dispatch")
        ),
        key=lambda one: (one.kind == "time", -one.sureness, one.name),
    )
    found: dict[str, str] = {}
    for one in sure:
        if len(found) < SHOWN:
            found.setdefault(one.id, one.name)
    return list(found.values())
