"""Plan against plan: what a change makes better, what worse, and what is noise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Literal

from drillkit.model.base import Text, Title
from drillkit.model.plan import Plan
from drillkit.model.profile import Profile
from drillkit.model.scenario import Scenario
from drillkit.rehearse.limits import Limit, limits
from drillkit.rehearse.many import Job
from drillkit.rehearse.pairs import (
    HAPPENS,
    IN_TIME,
    Paired,
    Pairs,
    mean_within,
    share_within,
    side_by_side,
)

ENOUGH = 6
"""Pairs that must differ before anything is concluded: five of one sign come by chance in one of
sixteen (sign test)."""
SCORES = ("combined", "process", "result", "arrival", "supplies", "information")

Kind = Literal["score", "outcome", "chance", "time", "fires"]
Verdict = Literal["better", "worse", "different", "noise", "same"]
"""`different` has no better or worse; `same` differs in no pair at all."""


@dataclass(frozen=True, slots=True)
class Change:
    """One number in both versions, in its unit: points, the outcome's unit, shares (0..1) or s.

    `way` is 1 where more is better, -1 where less is, 0 where neither. Of `pairs` pairs
    `differing` are not the same; `by` is the mean difference, `lo` to `hi` its 95 % interval.
    """

    name: str
    kind: Kind
    id: str
    way: int
    pairs: int
    differing: int
    before: float
    by: float
    lo: float
    hi: float
    limit: Limit | None = None

    @property
    def after(self) -> float:
        return self.before + self.by

    @property
    def verdict(self) -> Verdict:
        if not self.differing:
            return "same"
        if self.lo <= 0 <= self.hi or self.differing < ENOUGH:
            return "noise"
        if not self.way:
            return "different"
        return "better" if self.by * self.way > 0 else "worse"

    @property
    def sureness(self) -> float:
        """How many times its margin the difference is away from nothing."""
        margin = (self.hi - self.lo) / 2
        return abs(self.by) / margin if margin else abs(self.by) * 1e9


@dataclass(frozen=True, slots=True)
class Lonely:
    """Something that only one version has; a stock has its depot for a `place`."""

    kind: Literal["role", "limit", "stock"]
    in_second: bool
    title: Title | Text
    place: Title | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Shifted:
    """A limit that is not the same in both: being in time does not mean the same either."""

    limit: Limit
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first version against the second, by each team; `names` say what they are.

    `given` are the settings that both were tried with.
    """

    first: Job
    second: Job
    names: tuple[str, str]
    runs: int
    profiles: tuple[Profile, ...]
    pairs: Mapping[str, Pairs]
    given: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """Pairs played to their end, of all teams."""
        return sum(pairs.pairs for pairs in self.pairs.values())

    @property
    def is_whole(self) -> bool:
        """Nothing was stopped before its time."""
        return len(self.pairs) == len(self.profiles) and all(
            pairs.pairs + len(pairs.crashes) == self.runs for pairs in self.pairs.values()
        )


def compared(
    first: Job,
    second: Job,
    profiles: Sequence[Profile],
    runs: int,
    executor: Executor | None = None,
    *,
    names: tuple[str, str] = ("", ""),
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Let each team play `runs` seeds of both versions; see pairs.side_by_side."""
    found: dict[str, Pairs] = {}
    for id, sides in by_team([first, second], profiles, runs, executor, progress=progress):
        found[id] = sides[0]
    return Comparison(first, second, names, runs, tuple(profiles), found)


def by_team(
    jobs: Sequence[Job],
    profiles: Sequence[Profile],
    runs: int,
    executor: Executor | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, list[Pairs]]]:
    """The pairs of each team in turn by its id; what was stopped early is the last."""
    for place, profile in enumerate(profiles):
        before = place * runs

        def tell(done: int, _all: int, before: int = before) -> None:
            if progress is not None:
                progress(before + done, runs * len(profiles))

        own = [replace(job, profile=profile) for job in jobs]
        try:
            sides = side_by_side(own, runs, executor, progress=tell)
        except KeyboardInterrupt:
            if not place:
                raise
            return
        yield profile.id, sides
        if any(pairs.pairs + len(pairs.crashes) < runs for pairs in sides):
            return


# -- reading ---------------------------------------------------------------------------------------


def changes(pairs: Pairs, first: Job, second: Job) -> tuple[Change, ...]:
    """Every number that the two versions share, scores first; those of no pair are left out."""
    told = (_change(pairs, asked) for asked in _asked(first, second))
    return tuple(change for change in told if change is not None)


@dataclass(frozen=True, slots=True)
class _Asked:
    name: str
    kind: Kind
    id: str
    way: int
    unit: float = 1.0
    limit: Limit | None = None


def _asked(first: Job, second: Job) -> Iterator[_Asked]:
    yield from _scores()
    yield from _story(second.scenario)
    yield from _limits(first, second)


def _scores() -> Iterator[_Asked]:
    for id in SCORES:
        yield _Asked(f"score/{id}", "score", id, 1, 100.0)


def _story(scenario: Scenario) -> Iterator[_Asked]:
    for outcome in scenario.outcomes:
        way = 1 if outcome.reference > outcome.null else -1
        yield _Asked(f"outcome/{outcome.id}", "outcome", outcome.id, way, 1000.0)
    for milestone in scenario.milestones:
        name, way = f"milestone/{milestone.id}", -1 if milestone.harm or milestone.fatal else 0
        yield _Asked(HAPPENS + name, "fires", milestone.id, way)
    for inject in scenario.injects:
        if inject.when is not None:
            yield _Asked(f"{HAPPENS}branch/{inject.id}", "fires", inject.id, 0)


def _limits(first: Job, second: Job) -> Iterator[_Asked]:
    before = {limit.name for limit in limits(first.scenario, first.plan)}
    for limit in limits(second.scenario, second.plan):
        if limit.name in before:
            yield _Asked(IN_TIME + limit.name, "chance", limit.name, 1, limit=limit)
            yield _Asked(limit.name, "time", limit.name, -1, limit=limit)


def _change(pairs: Pairs, asked: _Asked) -> Change | None:
    paired = pairs.of(asked.name)
    mean, within = paired.by.mean(), _interval(asked.kind, paired)
    if mean is None or within is None:
        return None
    unit = asked.unit
    return Change(
        asked.name,
        asked.kind,
        asked.id,
        asked.way,
        paired.n,
        paired.differing,
        paired.before / paired.n / unit,
        mean / unit,
        within[0] / unit,
        within[1] / unit,
        asked.limit,
    )


def _interval(kind: Kind, paired: Paired) -> tuple[float, float] | None:
    if not paired.differing:
        return (0.0, 0.0) if paired.n else None
    return share_within(paired.by) if kind in ("chance", "fires") else mean_within(paired.by)


def by_chance(found: Sequence[Change]) -> float:
    """How many of these would lie outside their interval if nothing were behind any of them."""
    return 0.05 * sum(change.differing >= ENOUGH for change in found)


# -- what does not compare -------------------------------------------------------------------------


def lonely(first: Job, second: Job) -> tuple[Lonely, ...]:
    """Roles, stocks and limits that only one of the two has."""
    return tuple(
        one
        for mine, other, in_second in ((first, second, False), (second, first, True))
        for one in _alone(mine, other, in_second=in_second)
    )


def _alone(mine: Job, other: Job, *, in_second: bool) -> Iterator[Lonely]:
    for role in mine.plan.roles:
        if other.plan.role(role.id) is None:
            yield Lonely("role", in_second, role.title)
    titles = {item.id: item.title for item in mine.plan.items}
    shelves = _shelves(other.plan)
    for shelf, depot in _shelves(mine.plan).items():
        if shelf not in shelves:
            yield Lonely("stock", in_second, titles[shelf[1]], depot)
    known = {limit.name for limit in limits(other.scenario, other.plan)}
    for limit in limits(mine.scenario, mine.plan):
        if limit.name not in known and limit.kind != "arrive":
            yield Lonely("limit", in_second, limit.about, limit=limit)


def _shelves(plan: Plan) -> dict[tuple[str, str], Title]:
    return {(depot.id, one.item): depot.title for depot in plan.depots for one in depot.stock}


def shifted(first: Job, second: Job) -> tuple[Shifted, ...]:
    """The limits that differ between the two."""
    before = {limit.name: limit.seconds for limit in limits(first.scenario, first.plan)}
    return tuple(
        Shifted(limit, before[limit.name], limit.seconds)
        for limit in limits(second.scenario, second.plan)
        if before.get(limit.name, limit.seconds) != limit.seconds
    )
