"""Claim 3: the share of weight draws that keep the grade is what the report says it is.

The report's share comes from a short generator over the upper levels of the combined measure. Here
other dice draw whole weight sets, and the drill is scored anew from its evidence with each: caps,
terms that drop out and coverage included.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from random import Random
from statistics import fmean

from drillkit.core.state import State
from drillkit.model.weights import WeightSet
from scoring.assess import assess
from scoring.grading import grade
from scoring.result.robustness import SPREAD
from tests.validity.drills import Drill, Scored, played

BINS = (0.0, 0.6, 0.75, 0.9, 0.97, 1.0)
MOST_OFF = 0.03
"""So far the mean claim of all drills may lie from what is found, and of each bin twice as far."""
_TERMS = {
    "arrival": ("on_time", "acknowledged", "established", "duties"),
    "supplies": ("fill", "timeliness", "fairness", "thrift", "procedure"),
    "information": ("reached", "reports", "complete", "accurate", "closed_loop", "discipline"),
    "result": ("objectives", "outcomes", "recovery", "compliance"),
    "process": ("arrival", "supplies", "information"),
    "combined": ("process", "result"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """The share that is claimed for a drill, and the share that is found."""

    claimed: float
    found: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The drills whose claimed share lies between two bounds."""

    lo: float
    hi: float
    checks: Sequence[Check]

    @property
    def claimed(self) -> float:
        return fmean(check.claimed for check in self.checks)

    @property
    def found(self) -> float:
        return fmean(check.found for check in self.checks)

    @property
    def holds(self) -> bool:
        return abs(self.claimed - self.found) <= 2 * MOST_OFF


def drawn(weights: WeightSet, dice: Random) -> WeightSet:
    """Each weight of a sum times something from 0.7 to 1.3."""
    tables = {}
    for name, terms in _TERMS.items():
        table = getattr(weights, name)
        tables[name] = table.model_copy(
            update={
                term: getattr(table, term) * dice.uniform(1 - SPREAD, 1 + SPREAD) for term in terms
            }
        )
    return weights.model_copy(update=tables)


def check(drill: Drill, draws: int) -> Check:
    """What is claimed for the drill, beside `draws` scorings of it."""
    state = played(drill)
    whole = assess(state)
    assert whole.robustness is not None
    dice = Random(drill.seed)
    standing = _grade(state, whole.weights)
    kept = sum(_grade(state, drawn(whole.weights, dice)) == standing for _ in range(draws))
    return Check(whole.robustness, kept / draws)


def _grade(state: State, weights: WeightSet) -> str:
    points = assess(state, weights=weights, thorough=False).combined.final
    assert points is not None
    return grade(points, weights.cutoffs)


def chosen(scored: Mapping[Drill, Scored], drills: int) -> list[Drill]:
    """Half of them the uncapped drills that lie nearest to a cut-off, half of any kind."""
    cutoffs = (60.0, 75.0, 90.0)
    near = sorted(
        (one for one, got in scored.items() if got.raw["combined"] == got.final["combined"]),
        key=lambda one: min(abs(scored[one].raw["combined"] - cutoff) for cutoff in cutoffs),
    )[: drills // 2]
    others = [one for one in scored if one not in near]
    left = drills - len(near)
    return near + others[:: max(1, len(others) // left)][:left]


def checks(drills: Iterable[Drill], draws: int, executor: Executor | None = None) -> list[Check]:
    """The claim of each drill beside what is found."""
    work = partial(check, draws=draws)
    each = list(drills)
    return list(map(work, each) if executor is None else executor.map(work, each, chunksize=3))


def bins(found: Iterable[Check]) -> list[Bin]:
    each = list(found)
    parts = [
        Bin(lo, hi, [one for one in each if lo <= one.claimed < hi or one.claimed == hi == 1.0])
        for lo, hi in pairwise(BINS)
    ]
    return [part for part in parts if part.checks]


def holds(found: Sequence[Check]) -> bool:
    """All drills together are close to the claim, and so is each bin of more than a few."""
    off = abs(fmean(one.claimed - one.found for one in found))
    return off <= MOST_OFF and all(part.holds for part in bins(found) if len(part.checks) >= 5)
