"""Whether the grade hangs on the weights: many draws of +-30 %, scoring model 4.5."""

from collections.abc import Sequence

from drillkit.model.weights import Cutoffs
from scoring.grading import grade
from scoring.measure import Measure

DRAWS = 5_000
SPREAD = 0.30
_MODULUS = 2**31 - 1
_MULTIPLIER = 48_271
"""The MINSTD generator (Park, Miller & Stockmeyer 1993): scoring may not throw real dice."""

# (weight, coverage, point) of a leaf, (weight, parts) of a sum.
_Leaf = tuple[float, float, float]
_Sum = tuple[float, list[_Leaf]]


def robustness(
    combined: Measure,
    cutoffs: Cutoffs,
    *,
    ceiling: float = 100.0,
    draws: int = DRAWS,
    seed: int = 20_260_720,
) -> float | None:
    """The share (0..1) of weight draws that leave the grade of `combined` as it is.

    Perturbed are the weights of its parts, of the parts of the process, and of all their terms;
    each by a factor from 0.7 to 1.3. None where the measure has no point.
    """
    if combined.point is None:
        return None
    groups = _groups(combined)
    standing = grade(min(ceiling, 100 * combined.point), cutoffs)
    dice = seed % _MODULUS or 1
    scale, base = 2 * SPREAD / _MODULUS, 1.0 - SPREAD
    kept = 0
    for _ in range(draws):
        got = seen = 0.0
        for outer, scores in groups:
            dice = dice * _MULTIPLIER % _MODULUS
            factor = outer * (base + scale * dice)
            part_whole = part_seen = part_got = 0.0
            for weight, terms in scores:
                dice = dice * _MULTIPLIER % _MODULUS
                inner = weight * (base + scale * dice)
                whole = term_seen = term_got = 0.0
                for term, coverage, point in terms:
                    dice = dice * _MULTIPLIER % _MODULUS
                    drawn = term * (base + scale * dice)
                    whole += drawn
                    drawn *= coverage
                    term_seen += drawn
                    term_got += drawn * point
                part_whole += inner
                part_seen += inner * term_seen / whole
                part_got += inner * term_got / whole
            seen += factor * part_seen / part_whole
            got += factor * part_got / part_whole
        kept += grade(min(ceiling, 100 * got / seen), cutoffs) == standing
    return kept / draws


def _groups(combined: Measure) -> list[tuple[float, list[_Sum]]]:
    """The two upper levels and the terms; a part without such levels stands for itself."""
    return [
        (part.weight, [(score.weight, _terms(score)) for score in _scores(part)])
        for part in _applying(combined)
    ]


def _scores(part: Measure) -> Sequence[Measure]:
    return (_applying(part) if part.id == "process" else []) or [part]


def _terms(score: Measure) -> list[_Leaf]:
    return [(term.weight, term.coverage, term.point or 0.0) for term in _applying(score) or [score]]


def _applying(measure: Measure) -> list[Measure]:
    return [part for part in measure.children if part.is_applicable and part.weight > 0]
