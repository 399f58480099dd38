"""Whether a pack is worth thirty people's afternoon: what a rehearsal by three teams must show.

A branch that all take, or none, is no branch; a limit that the practised miss, or the untrained
keep, tells nobody anything; whoever sits idle or drowns learns nothing; and a score that does not
part the practised from the untrained is no score.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from drillkit.packs.profiles import PROFILES
from drillkit.rehearse.limits import limits
from drillkit.rehearse.rehearsal import Rehearsal
from drillkit.rehearse.tally import Tally

RARE, USUAL = 0.05, 0.95
"""A branch of the average team fires in a share of runs between these."""
KEPT = 0.60
"""The least share of runs in which a practised team keeps a limit."""
MISSED = 0.20
"""The least share of runs in which an untrained team is not done by the target, for full credit."""
IDLE = 25 * 60
"""Seconds without anything to do, median of the average team."""
BUSY = 0.90
"""Share of a quarter of an hour spent on something."""
APART = 20.0
"""Points between the medians of the practised and the untrained, combined score."""
FEW = 20
"""Runs below which a share says nothing."""
_WINDOW = 3
"""Bins of a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Where a pack falls short: by which rule, of what, and the figure."""

    rule: str
    what: str
    figure: float


@dataclass(frozen=True, slots=True)
class Worth:
    """The figures of a pack that the rules look at, and where it falls short."""

    apart: float
    branches: tuple[float, ...]
    kept: float
    missed: float
    idle: int
    busy: float
    lacks: tuple[Lack, ...]


def worth(found: Rehearsal) -> Worth:
    """Judge a rehearsal by the three shipped teams. Raises KeyError where one did not play."""
    practised, average, untrained = (found.tallies[name] for name in PROFILES)
    apart = (_median(practised) - _median(untrained)) / 100
    branches = dict(_branches(found, average))
    kept = dict(_done(found, practised, by_target=False))
    in_full = dict(_done(found, untrained, by_target=True))
    idle = dict(_idle(found, average))
    busy = {
        f"{role} ({name})": share
        for name in PROFILES
        for role, share in _busy(found, found.tallies[name])
    }
    lacks = [
        *(
            Lack("branch", id, share)
            for id, share in branches.items()
            if not RARE <= share <= USUAL
        ),
        *(Lack("kept", name, share) for name, share in kept.items() if share < KEPT),
        *(Lack("missed", name, 1 - share) for name, share in in_full.items() if 1 - share < MISSED),
        *(Lack("idle", role, seconds) for role, seconds in idle.items() if seconds > IDLE),
        *(Lack("busy", role, share) for role, share in busy.items() if share > BUSY),
    ]
    if apart < APART:
        lacks.append(Lack("apart", "combined", apart))
    return Worth(
        apart,
        tuple(sorted(branches.values())),
        min(kept.values(), default=1.0),
        1 - max(in_full.values(), default=0.0),
        max(idle.values(), default=0),
        max(busy.values(), default=0.0),
        tuple(lacks),
    )


def _median(tally: Tally) -> int:
    return tally.count("score/combined").quantile(0.5) or 0


def _branches(found: Rehearsal, tally: Tally) -> Iterator[tuple[str, float]]:
    for inject in found.job.scenario.injects:
        count = tally.count(f"branch/{inject.id}")
        if inject.when is not None and inject.kind != "contingency" and count.runs:
            yield inject.id, count.happened / count.runs


def _done(found: Rehearsal, tally: Tally, *, by_target: bool) -> Iterator[tuple[str, float]]:
    for limit in limits(found.job.scenario, found.job.plan):
        count = tally.count(limit.name)
        if count.runs >= FEW and not _is_told_with_the_inject(found, limit.name):
            by = limit.target if by_target else limit.seconds
            yield limit.name, count.at_most(by) / count.runs


def _is_told_with_the_inject(found: Rehearsal, name: str) -> bool:
    """Whoever must know is a recipient of the inject that brings the fact: no limit at all."""
    kind, _, rest = name.partition("/")
    fact, _, role = rest.partition("/")
    return kind == "know" and any(
        fact in inject.facts and role in inject.to for inject in found.job.scenario.injects
    )


def _idle(found: Rehearsal, tally: Tally) -> Iterator[tuple[str, int]]:
    for role in found.job.plan.players():
        median = tally.count(f"idle/{role.id}").quantile(0.5)
        if median is not None:
            yield role.id, median


def _busy(found: Rehearsal, tally: Tally) -> Iterator[tuple[str, float]]:
    for role in found.job.plan.players():
        if sums := tally.courses.get(f"busy/{role.id}"):
            means = sums.means()
            windows = [
                sum(means[step : step + _WINDOW]) / _WINDOW
                for step in range(len(means) - _WINDOW + 1)
            ]
            yield role.id, max(windows, default=0.0) / 1000
