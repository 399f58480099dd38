"""Measures and how they add up: values, what was not observed, intervals and coverage.

Scoring model 4.0: a leaf is a value from 0 to 1, or not observed (applicable, no evidence), or not
applicable. Not observed is never 0: it widens the interval instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from drillkit.model.base import Millis

Standing = Literal["value", "not-observed", "not-applicable"]
Evidence = Literal["auto", "declared", "simulated", "evaluator", "adjudicated"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One node of a score: a leaf, or the weighted sum of its children.

    `point` is 0..1 or None; `lo <= point <= hi`; `coverage` is the observed share of the weight.
    `id` is dotted ("arrival.on-time.medical"); `words` names its title ("score.on-time") and
    `about` what it is about (a role, a need, ...) where the title alone does not say it.
    """

    id: str
    words: str
    weight: float
    standing: Standing
    point: float | None
    lo: float
    hi: float
    coverage: float
    evidence: Evidence = "auto"
    own: tuple[int, ...] = ()
    """The entries that it rests on beside those of its children."""
    about: str = ""
    children: "tuple[Measure, ...]" = ()

    @property
    def entries(self) -> tuple[int, ...]:
        """All entries that it rests on, in order; gathered when asked, as few are ever asked."""
        parts = [child.entries for child in self.children if child.is_applicable]
        return tuple(sorted(set(self.own).union(*parts)))

    @property
    def is_applicable(self) -> bool:
        return self.standing != "not-applicable"

    def weighing(self, weight: float) -> "Measure":
        return replace(self, weight=weight)


def value(
    id: str,
    words: str,
    x: float,
    *,
    weight: float = 1.0,
    evidence: Evidence = "auto",
    entries: Iterable[int] = (),
    about: str = "",
) -> Measure:
    """An observed leaf; `x` is held within 0..1."""
    x = min(1.0, max(0.0, x))
    return Measure(id, words, weight, "value", x, x, x, 1.0, evidence, tuple(entries), about)


def not_observed(id: str, words: str, *, weight: float = 1.0, about: str = "") -> Measure:
    """A leaf that applies, without evidence: anything from 0 to 1."""
    return Measure(id, words, weight, "not-observed", None, 0.0, 1.0, 0.0, about=about)


def not_applicable(id: str, words: str, *, weight: float = 1.0, about: str = "") -> Measure:
    """A leaf that drops out; its weight goes to its siblings."""
    return Measure(id, words, weight, "not-applicable", None, 0.0, 1.0, 0.0, about=about)


def total(
    id: str, words: str, children: Sequence[Measure], *, weight: float = 1.0, about: str = ""
) -> Measure:
    """The weighted sum of the children that apply, scoring model 4.0 (4).

    lo, hi and coverage are the weighted means; point = sum(w c x) / sum(w c). So
    hi - lo = 1 - coverage. Without any child that applies the parent does not apply either.
    """
    apply = [child for child in children if child.is_applicable and child.weight > 0]
    if not apply:
        return replace(
            not_applicable(id, words, weight=weight, about=about), children=tuple(children)
        )
    whole = sum(child.weight for child in apply)
    seen = sum(child.weight * child.coverage for child in apply)
    got = sum(child.weight * child.coverage * (child.point or 0.0) for child in apply)
    coverage = seen / whole
    kinds = {child.evidence for child in apply if child.standing == "value"}
    return Measure(
        id,
        words,
        weight,
        "value" if seen > 0 else "not-observed",
        got / seen if seen > 0 else None,
        sum(child.weight * child.lo for child in apply) / whole,
        sum(child.weight * child.hi for child in apply) / whole,
        coverage,
        kinds.pop() if len(kinds) == 1 else "auto",
        (),
        about,
        tuple(children),
    )


def utility(elapsed: Millis, target: Millis, limit: Millis | None) -> float:
    """Latency utility u(t; T, H), scoring model 4.0 (5): 1 up to T, falling to 0 at H.

    `limit` None means 2T; a statutory limit has H = T, which makes it a step.
    """
    hard = 2 * target if limit is None else limit
    if elapsed <= target:
        return 1.0
    if elapsed >= hard:
        return 0.0
    return (hard - elapsed) / (hard - target)


def hard_limit(target: Millis, limit: Millis | None) -> Millis:
    """The time from which on nothing is earned."""
    return 2 * target if limit is None else limit
