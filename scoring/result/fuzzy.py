"""The fuzzy second opinion on the same data, scoring model 4.5."""

from collections.abc import Sequence

from drillkit.model.weights import Anchors, Cutoffs
from scoring.assessment import FuzzyView, Grade
from scoring.grading import grade

GRADES: tuple[Grade, Grade, Grade, Grade] = ("excellent", "good", "fair", "poor")
HALF_OVERLAP = 2.5
"""Points on each side of a cut-off within which two grades overlap."""
CERTAIN = 10.0
"""The validity given when one grade holds all of the membership."""

Memberships = tuple[float, float, float, float]


def memberships(points: float, cutoffs: Cutoffs) -> Memberships:
    """How far `points` (0..100) belong to excellent, good, fair and poor; they sum to 1."""
    excellent, good, fair = (
        min(1.0, max(0.0, (points - (cut - HALF_OVERLAP)) / (2 * HALF_OVERLAP)))
        for cut in (cutoffs.excellent, cutoffs.good, cutoffs.fair)
    )
    return excellent, good - excellent, fair - good, 1.0 - fair


def fuzzy_view(
    parts: Sequence[tuple[float, float]], cutoffs: Cutoffs, anchors: Anchors
) -> FuzzyView | None:
    """The view of weighted points: (weight, points); None without any weight.

    B = sum(w mu(x)) / sum(w); defuzzified with the letters' anchors. The grade of the largest
    membership stands where its validity (n b - 1) / (2 g (n - 1)) is at least .5, b and g the
    largest and second largest membership, n = 4; else the grade of the points.
    """
    whole = sum(weight for weight, _ in parts)
    if whole <= 0:
        return None
    each = [(weight / whole, memberships(points, cutoffs)) for weight, points in parts]
    a, b, c, d = (sum(weight * mu[k] for weight, mu in each) for k in range(4))
    points = (
        a * anchors.performed
        + b * anchors.some_challenges
        + c * anchors.major_challenges
        + d * anchors.unable
    )
    largest, second = sorted((a, b, c, d), reverse=True)[:2]
    validity = CERTAIN
    if second > 0:
        validity = min(CERTAIN, (4 * largest - 1) / (2 * second * 3))
    strongest = GRADES[(a, b, c, d).index(largest)]
    return FuzzyView(
        (a, b, c, d),
        strongest if validity >= 0.5 else grade(points, cutoffs),
        points,
        validity,
    )
