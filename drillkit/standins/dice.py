"""Chance for stand-ins: one stream a decision, drawn by random() alone, the same on any machine."""

from collections.abc import Sequence
from math import exp, log, sqrt
from random import Random

from drillkit.model.base import SECOND, Millis


class Dice:
    """The dice of one decision.

    Its stream depends on the seed, the role and what is decided, and on nothing else: one
    decision more or fewer elsewhere leaves it as it is. Only random() is used, because the other
    draws of the standard library may change between versions of Python.
    """

    def __init__(self, seed: int, role: str, thing: str) -> None:
        self._random = Random(f"{seed}:{role}:{thing}").random

    def share(self) -> float:
        """Anything from 0 to below 1, evenly."""
        return self._random()

    def chance(self, probability: float) -> bool:
        return self._random() < probability

    def lasts(self, median: Millis, spread: float) -> Millis:
        """A log-normal duration in ms: half are shorter than `median`; at least a second."""
        return max(SECOND, round(median * exp(spread * normal(self._random()))))

    def one_of(self, weights: Sequence[float]) -> int:
        """The place of one of the weights, each as likely as it weighs."""
        point = self._random() * sum(weights)
        for place, weight in enumerate(weights):
            point -= weight
            if point < 0:
                return place
        return len(weights) - 1


def normal(probability: float) -> float:
    """The standard normal quantile, |error| < 4.5e-4: Abramowitz and Stegun (1964), 26.2.23."""
    tail = min(max(min(probability, 1 - probability), 1e-9), 0.5)
    t = sqrt(-2 * log(tail))
    above = 2.515517 + t * (0.802853 + t * 0.010328)
    below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    size = t - above / below
    return -size if probability < 0.5 else size
