"""One drill by two weight sets: what changes, term by term, and why. The journal stays as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from drillkit.model.weights import WeightSet
from drillkit.report.drill import Drill
from drillkit.report.score_json import score_json
from drillkit.report.terms import subject
from drillkit.words import say
from scoring.grading import grade
from scoring.measure import Measure

VERSION = 1
_NEAR = 1e-9

Why = Literal["weight", "worth", "parts", "caps", "coverage", "cutoffs"]
"""The weight differs; the same evidence is worth more or less; parts changed; the ceilings did;
the observed share carries another kind of grade; the grade's cut-offs differ."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that differs between the weight sets, by its keys in the file ("arrival.duties")."""

    key: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Change:
    """One term before and after; points 0 to 100 or None, `depth` 0 for the combined score."""

    id: str
    name: str
    depth: int
    is_leaf: bool
    weight: tuple[float, float]
    point: tuple[float | None, float | None]
    span: tuple[tuple[float, float], tuple[float, float]]
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One published score before and after: final points, interval, grade."""

    id: str
    title: str
    final: tuple[float | None, float | None]
    span: tuple[tuple[float, float], tuple[float, float]]
    grade: tuple[str | None, str | None]
    why: tuple[Why, ...]


def settings(old: WeightSet, new: WeightSet) -> list[Setting]:
    """The values that differ, in the order of the file."""
    before, after = dict(_flat(old.model_dump())), dict(_flat(new.model_dump()))
    return [Setting(key, before[key], after[key]) for key in before if before[key] != after[key]]


def _flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, float]]:
    for name, inner in table.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{above}{name}.")
        elif isinstance(inner, float):
            yield f"{above}{name}", inner


def score_changes(old: Drill, new: Drill) -> list[ScoreChange]:
    """The six scores, combined last; `why` says what a difference comes from."""
    before, after = old.assessment, new.assessment
    found: list[ScoreChange] = []
    for was, now in zip(before.scores(), after.scores(), strict=True):
        why: list[Why] = []
        if _differs(was.point, now.point) or (was.lo, was.hi) != (now.lo, now.hi):
            why.append("parts")
        if was.caps != now.caps:
            why.append("caps")
        if was.footing != now.footing:
            why.append("coverage")
        elif (
            now.final is not None
            and now.grade
            and now.grade != grade(now.final, before.weights.cutoffs)
        ):
            why.append("cutoffs")
        found.append(
            ScoreChange(
                id=now.id,
                title=say(new.lang, now.measure.words),
                final=(was.final, now.final),
                span=((was.lo, was.hi), (now.lo, now.hi)),
                grade=(was.grade, now.grade),
                why=tuple(why),
            )
        )
    return found


def changes(old: Drill, new: Drill) -> list[Change]:
    """All terms in reading order, from the combined score down to the leaves."""
    return list(_changes(new, old.assessment.combined.measure, new.assessment.combined.measure, 0))


def _changes(drill: Drill, was: Measure, now: Measure, depth: int) -> Iterator[Change]:
    why: list[Why] = []
    if _differs(was.weight, now.weight):
        why.append("weight")
    if (was.lo, was.hi) != (now.lo, now.hi) or _differs(was.point, now.point):
        why.append("parts" if now.children else "worth")
    about = subject(drill, now)
    title = say(drill.lang, now.words)
    yield Change(
        id=now.id,
        name=drill.say("titled", title=title, subject=about) if about else title,
        depth=depth,
        is_leaf=not now.children,
        weight=(was.weight, now.weight),
        point=(_points(was.point), _points(now.point)),
        span=((100 * was.lo, 100 * was.hi), (100 * now.lo, 100 * now.hi)),
        why=tuple(why),
    )
    # The evidence is the same: so are the terms, and in the same order.
    for before, after in zip(was.children, now.children, strict=True):
        yield from _changes(drill, before, after, depth + 1)


def _points(x: float | None) -> float | None:
    return None if x is None else 100 * x


def _differs(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is not b
    return abs(a - b) > _NEAR


def told(why: Sequence[Why], lang: str) -> str:
    """Why something changed, in words; "" when it did not."""
    return say(lang, "list.separator").join(say(lang, f"rescore.why-{one}") for one in why)


def rescore_json(old: Drill, new: Drill) -> dict[str, Any]:
    """Both score sets whole, and between them every setting and term that differs."""
    sets = (old.assessment.weights, new.assessment.weights)
    return {
        "version": VERSION,
        "language": new.lang,
        "weights": {
            "old": {"id": sets[0].id, "version": sets[0].version},
            "new": {"id": sets[1].id, "version": sets[1].version},
        },
        "settings": [{"key": s.key, "old": s.old, "new": s.new} for s in settings(*sets)],
        "scores": [
            {
                "id": one.id,
                "title": one.title,
                "final": _pair(one.final),
                "interval": {
                    "old": list(map(_number, one.span[0])),
                    "new": list(map(_number, one.span[1])),
                },
                "grade": {"old": one.grade[0], "new": one.grade[1]},
                "why": list(one.why),
            }
            for one in score_changes(old, new)
        ],
        "terms": [
            {
                "id": one.id,
                "name": one.name,
                "weight": _pair(one.weight),
                "point": _pair(one.point),
                "why": list(one.why),
            }
            for one in changes(old, new)
            if one.why
        ],
        "old": score_json(old),
        "new": score_json(new),
    }


def _pair(values: tuple[float | None, float | None]) -> dict[str, float | None]:
    return {"old": _number(values[0]), "new": _number(values[1])}


def _number(x: float | None) -> float | None:
    return None if x is None else round(x, 6)
