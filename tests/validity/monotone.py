"""Claim 1: who is more able scores more. Skill on eleven steps, many seeds a step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from drillkit.standins import skilled
from tests.validity.drills import PROCESS, SCORES, Drill, Scored
from tests.validity.figures import spearman

STEPS = tuple(step / 10 for step in range(11))
LEAST = 0.95
JUDGED = (*PROCESS, "process", "combined")
"""The claim is made for these; the result is shown beside them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A score over the steps of skill: each step's median and middle half, and the correlations."""

    pack: str
    score: str
    steps: Sequence[float]
    medians: Sequence[float]
    means: Sequence[float]
    quarters: Sequence[tuple[float, float]]
    rho: float
    """Spearman's, between skill and the medians of the steps."""
    rho_all: float
    """Spearman's, over all single drills."""

    @property
    def holds(self) -> bool:
        return self.score not in JUDGED or self.rho >= LEAST


def drills(packs: Sequence[str], seeds: Sequence[int], steps: Sequence[float]) -> list[Drill]:
    return [Drill(pack, skilled(step), seed) for pack in packs for step in steps for seed in seeds]


def lines(
    scored: Mapping[Drill, Scored],
    packs: Sequence[str],
    seeds: Sequence[int],
    steps: Sequence[float],
) -> list[Line]:
    """Published points, after caps: what people are shown."""
    found: list[Line] = []
    for pack in packs:
        for score in SCORES:
            points = [
                sorted(
                    scored[Drill(pack, skilled(step), seed)].final.get(score, 0.0) for seed in seeds
                )
                for step in steps
            ]
            medians = [median(one) for one in points]
            found.append(
                Line(
                    pack,
                    score,
                    steps,
                    medians,
                    [fmean(one) for one in points],
                    [(one[len(one) // 4], one[(3 * len(one)) // 4]) for one in points],
                    spearman(steps, medians),
                    spearman(
                        [step for step, one in zip(steps, points, strict=True) for _ in one],
                        [point for one in points for point in one],
                    ),
                )
            )
    return found
