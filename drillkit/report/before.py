"""The drill before: whether it compares with this one, and what it scored then."""

from collections.abc import Mapping
from typing import Any

from drillkit.model.base import Lang
from drillkit.report.drill import Drill
from drillkit.words import say

_KINDS = ("organisation", "family", "form", "weights")


def kind(drill: Drill) -> tuple[object, ...]:
    """What must be the same for numbers to compare: whose drill, of what family and form, by
    which weight set.
    """
    opened, weights = drill.state.opened, drill.assessment.weights
    assert opened is not None
    whose = opened.plan.organisation
    return (whose.en, whose.zh), opened.scenario.family, opened.short, (weights.id, weights.version)


def differences(before: Drill, after: Drill, lang: Lang) -> list[str]:
    """Why two drills do not compare; nothing where they do."""
    pairs = zip(_KINDS, kind(before), kind(after), strict=True)
    return [say(lang, f"trend.other-{name}") for name, old, new in pairs if old != new]


def marks(drill: Drill) -> Mapping[str, float | None]:
    """The final points of the drill before, by the scores' ids; empty where none compares."""
    last = drill.last
    if last is None or kind(last) != kind(drill):
        return {}
    return {score.id: score.final for score in last.assessment.scores()}


def told(drill: Drill) -> str:
    """Which drill the marks are of, or why there are none; "" where no drill was named."""
    last = drill.last
    if last is None:
        return ""
    opened, why = last.state.opened, differences(last, drill, drill.lang)
    return drill.say(
        "last-apart" if why else "last-marked",
        title=last.state.scenario.title.in_(drill.lang),
        date=f"{last.began:%Y-%m-%d}",
        session=opened.session if opened else "",
        why=say(drill.lang, "list.separator").join(why),
    )


def last_json(drill: Drill) -> dict[str, Any] | None:
    """The drill before for programs; its scores stand there only where they compare."""
    last = drill.last
    if last is None:
        return None
    opened = last.state.opened
    shown = marks(drill)
    return {
        "session": opened.session if opened else "",
        "scenario": last.state.scenario.id,
        "title": last.state.scenario.title.in_(drill.lang),
        "began": f"{last.began:%Y-%m-%dT%H:%M:%SZ}",
        "seal": last.seal,
        "comparable": bool(shown),
        "why_not": differences(last, drill, drill.lang),
        "final": {id: None if x is None else round(x, 6) for id, x in shown.items()},
    }
