"""From measures to scores: points, grade, footing and caps; parts joined; values adjudicated.

Scoring model 4.0 (4, 6) for publication, 4.5 for the cut-offs and caps, 4.6 for adjudication.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from drillkit.core.state import State
from drillkit.model.weights import Cutoffs, WeightSet
from scoring.assessment import Cap, Footing, Grade, Score
from scoring.measure import Measure, not_observed, total, value


def grade(points: float, cutoffs: Cutoffs) -> Grade:
    """The grade of 0..100 points, judged at the one decimal that people are shown."""
    shown = round(points, 1)
    if shown >= cutoffs.excellent:
        return "excellent"
    if shown >= cutoffs.good:
        return "good"
    return "fair" if shown >= cutoffs.fair else "poor"


def footing(coverage: float, cutoffs: Cutoffs) -> Footing:
    """Whether this coverage (0..1) carries a grade, scoring model 4.0 (4)."""
    # Sums of weights such as .45 + .35 fall a hair short of the .80 that they mean.
    steady = round(coverage, 6)
    if steady >= cutoffs.graded_from:
        return "graded"
    return "provisional" if steady >= cutoffs.provisional_from else "insufficient"


def score(
    id: str,
    measure: Measure,
    weights: WeightSet,
    *,
    caps: Sequence[Cap] = (),
    bucket: str = "",
    diagnostics: Mapping[str, float | str] | None = None,
) -> Score:
    """Publish a measure (0..1) as a score (0..100); the lowest cap holds, all are shown."""
    ceiling = min((cap.ceiling for cap in caps), default=100.0)
    point = None if measure.point is None else 100 * measure.point
    lo, hi = 100 * measure.lo, 100 * measure.hi
    final = None if point is None else min(point, ceiling)
    ground = footing(measure.coverage, weights.cutoffs)
    earned = None if final is None or ground == "insufficient" else grade(final, weights.cutoffs)
    return Score(
        id=id,
        measure=measure,
        point=point,
        lo=lo,
        hi=hi,
        coverage=measure.coverage,
        final=final,
        grade=earned,
        grade_lo=grade(min(lo, ceiling), weights.cutoffs),
        grade_hi=grade(min(hi, ceiling), weights.cutoffs),
        footing=ground,
        caps=tuple(sorted(caps, key=lambda cap: (cap.ceiling, cap.words, cap.entries))),
        bucket=bucket,
        diagnostics=diagnostics or {},
    )


def join(
    id: str,
    words: str,
    parts: Sequence[tuple[Score, float]],
    weights: WeightSet,
    *,
    caps: Sequence[Cap] = (),
) -> Score:
    """The weighted sum of scores, scoring model 4.5.

    The measure joins what was measured; a part that was capped lowers the whole by a cap of its
    own (the weighted mean of the final points), so nothing is lowered silently.
    """
    measure = total(id, words, [part.measure.weighing(weight) for part, weight in parts])
    capped = [part for part, _ in parts if part.final is not None and part.final != part.point]
    if capped:
        counted = [
            (weight * part.coverage, part.final) for part, weight in parts if part.final is not None
        ]
        whole = sum(share for share, _ in counted)
        ceiling = sum(share * final for share, final in counted) / whole if whole else 100.0
        entries = {seq for part in capped for cap in part.caps for seq in cap.entries}
        inherited = Cap(ceiling, "score.cap-parts", {}, tuple(sorted(entries)))
        caps = (*caps, inherited)
    return score(id, measure, weights, caps=caps)


def settled(measure: Measure, state: State) -> Measure:
    """The measure with each adjudicated leaf's value in place of the raw one.

    An adjudication without a value says that the leaf was not observed. The raw value can be had
    by folding without the adjudication; its entry is named by the leaf.
    """
    if not state.adjudicated:
        return measure
    if measure.children:
        children = [settled(child, state) for child in measure.children]
        if all(new is old for new, old in zip(children, measure.children, strict=True)):
            return measure
        return total(
            measure.id, measure.words, children, weight=measure.weight, about=measure.about
        )
    return adjudicated(measure, state)


def adjudicated(measure: Measure, state: State) -> Measure:
    """The measure as a ruling on it says, if there is one; its children stay to be seen."""
    ruling = state.adjudicated.get(measure.id)
    if ruling is None:
        return measure
    mark, event = ruling
    if event.value is None:
        ruled = not_observed(measure.id, measure.words, weight=measure.weight, about=measure.about)
    else:
        ruled = value(
            measure.id, measure.words, event.value, weight=measure.weight, about=measure.about
        )
    return replace(
        ruled,
        evidence="adjudicated",
        own=(*measure.own, mark.seq),
        children=measure.children,
    )
