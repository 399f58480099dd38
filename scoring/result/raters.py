"""How far raters agree, and weights from pairwise comparisons. Pure arithmetic."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

Scale = Literal["nominal", "ordinal"]
RELIABLE = 0.80
TENTATIVE = 0.667
ENOUGH = 10
"""Tasks rated twice, below which an alpha says too little to be shown."""
_RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45}
_ROUNDS = 200


class Priorities(NamedTuple):
    """Weights that sum to 1, and the consistency ratio (below 0.10 is acceptable)."""

    weights: tuple[float, ...]
    ratio: float


def alpha(raters: Sequence[Sequence[float | None]], scale: Scale = "ordinal") -> float | None:
    """Krippendorff's alpha of rows of ratings, one row a rater, one column a unit; None: missing.

    alpha = 1 - (n - 1) sum(o d2) / sum(n_c n_k d2) over the coincidences o of values c, k within
    units (Hayes & Krippendorff 2007). 1 is agreement, 0 is chance. None where no unit was rated
    twice, or where all ratings are the same, so that nothing can be said.
    """
    units = [
        [rating for rating in column if rating is not None] for column in zip(*raters, strict=True)
    ]
    pairable = [unit for unit in units if len(unit) >= 2]
    together: dict[tuple[float, float], float] = defaultdict(float)
    for unit in pairable:
        share = 1.0 / (len(unit) - 1)
        for i, c in enumerate(unit):
            for j, k in enumerate(unit):
                if i != j:
                    together[c, k] += share
    counts = Counter(rating for unit in pairable for rating in unit)
    apart = _ordinal(counts) if scale == "ordinal" else _nominal
    expected = sum(
        n * m * apart(c, k) for c, n in counts.items() for k, m in counts.items() if c != k
    )
    if expected == 0:
        return None
    observed = sum(share * apart(c, k) for (c, k), share in together.items())
    return 1.0 - (counts.total() - 1) * observed / expected


def kappa(first: Sequence[float | None], second: Sequence[float | None]) -> float | None:
    """Cohen's kappa of two raters' ordered ratings, weighted by the squared distance.

    None stands for a missing rating. kappa = 1 - sum((c - k)^2 o) / sum((c - k)^2 e) over the
    units that both rated, with o the observed shares and e those expected from each rater's own
    (Cohen 1968). 1 is agreement, 0 is chance. None where no unit was rated by both, or where both
    gave one and the same rating.
    """
    pairs = [(c, k) for c, k in zip(first, second, strict=True) if c is not None and k is not None]
    expected = sum((c - k) ** 2 for c, _ in pairs for _, k in pairs)
    if expected == 0:
        return None
    return 1.0 - len(pairs) * sum((c - k) ** 2 for c, k in pairs) / expected


def icc(units: Sequence[Sequence[float]]) -> float | None:
    """ICC(2,1) of rows of points, one row a unit, one column a rater; none may be missing.

    (BMS - EMS) / (BMS + (k - 1) EMS + k (JMS - EMS) / n), from the mean squares between units,
    between raters, and of what is left: two-way random effects, absolute agreement, one rater
    (Shrout & Fleiss 1979). None for fewer than two units or two raters, or where nothing varies.
    """
    n, k = len(units), len(units[0]) if units else 0
    if n < 2 or k < 2:
        return None
    mean = sum(map(sum, units)) / (n * k)
    between = sum((sum(row) / k - mean) ** 2 for row in units) * k
    judges = sum((sum(column) / n - mean) ** 2 for column in zip(*units, strict=True)) * n
    whole = sum((x - mean) ** 2 for row in units for x in row)
    bms, jms = between / (n - 1), judges / (k - 1)
    ems = max(0.0, whole - between - judges) / ((n - 1) * (k - 1))
    spread = bms + (k - 1) * ems + k * (jms - ems) / n
    return None if spread <= 0 else (bms - ems) / spread


def _nominal(c: float, k: float) -> float:
    return float(c != k)


def _ordinal(counts: Mapping[float, int]) -> Callable[[float, float], float]:
    """The squared ordinal distance: the ratings between two values, half of both ends."""
    values = sorted(counts)

    def apart(c: float, k: float) -> float:
        low, high = min(c, k), max(c, k)
        between = sum(counts[value] for value in values if low <= value <= high)
        return (between - (counts[low] + counts[high]) / 2) ** 2 if c != k else 0.0

    return apart


def verdict(agreement: float) -> Literal["reliable", "tentative", "insufficient"]:
    """What an alpha means, scoring model 4.6."""
    if agreement >= RELIABLE:
        return "reliable"
    return "tentative" if agreement >= TENTATIVE else "insufficient"


def priorities(matrix: Sequence[Sequence[float]]) -> Priorities:
    """AHP weights: the principal eigenvector of a reciprocal matrix, by power iteration.

    CR = ((lambda_max - n) / (n - 1)) / RI(n), Saaty; 0 for fewer than three criteria.
    Raises ValueError for a matrix that is not square, positive and reciprocal, or beyond 9 x 9.
    """
    n = len(matrix)
    if not 1 <= n <= 9 or any(len(row) != n for row in matrix):
        raise ValueError("the comparisons must be a square of 1 to 9 criteria")
    if any(
        matrix[i][j] <= 0 or abs(matrix[i][j] * matrix[j][i] - 1.0) > 1e-6
        for i in range(n)
        for j in range(n)
    ):
        raise ValueError("a comparison and its mirror must be positive and each other's reciprocal")
    weights = [1.0 / n] * n
    for _ in range(_ROUNDS):
        grown = [sum(a * w for a, w in zip(row, weights, strict=True)) for row in matrix]
        whole = sum(grown)
        weights = [w / whole for w in grown]
    if n < 3:
        return Priorities(tuple(weights), 0.0)
    largest = sum(sum(a * w for a, w in zip(row, weights, strict=True)) for row in matrix)
    ratio = max(0.0, (largest - n) / (n - 1)) / _RANDOM_INDEX[n]
    return Priorities(tuple(weights), ratio)
