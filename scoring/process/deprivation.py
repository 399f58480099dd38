"""How long how much was missing: the deprivation integral, and credit shared between needs.

Scoring model 4.2, S1 and S2. Pure arithmetic on step functions: closed form, no grid.
"""

from collections.abc import Iterable, Sequence
from math import expm1, log

from drillkit.model.base import MINUTE, Millis

MOST_DOUBLINGS = 10
"""Convex deprivation stops growing at a thousandfold: beyond that nothing gets worse."""


def deprivation(
    urgency: float,
    quantity: int,
    arose: Millis,
    arrivals: Iterable[tuple[Millis, int]],
    *,
    until: Millis,
    half_life: Millis | None = None,
) -> float:
    """Urgency * D * the integral from `arose` to `until` of max(0, 1 - X(t)/D) g(t - arose) dt.

    In units of supply times minutes. X(t) is what `arrivals` (at, units; in order) amount to by t;
    g = 1, or 2 ** (s / half_life) where a half-life (ms) is given.
    """
    whole, since, there = 0.0, arose, 0
    for at, units in arrivals:
        if at >= until or there >= quantity:
            break
        whole += (quantity - there) * _pressure(since - arose, at - arose, half_life)
        since, there = max(since, at), there + units
    if there < quantity:
        whole += (quantity - there) * _pressure(since - arose, until - arose, half_life)
    return urgency * whole


def _pressure(start: Millis, end: Millis, half_life: Millis | None) -> float:
    """The integral of g from `start` to `end` (ms after the need arose), in minutes."""
    if end <= start:
        return 0.0
    if half_life is None:
        return (end - start) / MINUTE
    most = MOST_DOUBLINGS * half_life
    growing_from, growing_to = min(start, most), min(end, most)
    rate = log(2) / half_life
    # e^(rate a) (e^(rate (b - a)) - 1) / rate, exact also where the stretch is short.
    grown = 2.0 ** (growing_from / half_life) * expm1(rate * (growing_to - growing_from)) / rate
    level = 2.0**MOST_DOUBLINGS * ((end - growing_to) - (start - growing_from))
    return (grown + level) / MINUTE


def shared_credit(got: Sequence[float], best: Sequence[float]) -> list[float]:
    """The share (0..1) of its best that each need is credited with.

    sum(best * credit) = min(sum(got), sum(best)): what one need got beyond its part of the best
    assignment makes up, pro rata, for what others lack.
    """
    beyond = sum(max(0.0, have - part) for have, part in zip(got, best, strict=True))
    lack = [max(0.0, part - have) for have, part in zip(got, best, strict=True)]
    whole = sum(lack)
    unspared = 1.0 - min(1.0, beyond / whole) if whole else 0.0
    return [
        1.0 - short * unspared / part if part > 0 else 0.0
        for short, part in zip(lack, best, strict=True)
    ]


def gini(points: Sequence[tuple[float, float]]) -> float:
    """Inequality of fill over (share of demand, fill); the shares sum to 1, some fill is not 0."""
    mean = sum(share * fill for share, fill in points)
    apart = sum(p * q * abs(f - g) for p, f in points for q, g in points)
    return apart / (2 * mean)
