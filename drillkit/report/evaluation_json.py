"""How the evaluators came to their verdict, for the JSON document: raw letters to signatures."""

from datetime import UTC, datetime
from typing import Any

from drillkit.core.measured import measure
from drillkit.core.records import Mark
from drillkit.report.drill import Drill
from drillkit.report.pages import decided_by, standing
from scoring.result.settlement import (
    Figure,
    Reliability,
    duty_verdicts,
    needs_meeting,
    reliability,
    verdicts,
)

_DECIMALS = 6


def evaluation_json(drill: Drill) -> dict[str, Any]:
    """What each evaluator gave, how far they agree, what was decided, and who stands for it.

    Ratings that were not handed in are left out, and whose they are is said.
    """
    state, lang = drill.state, drill.lang
    found = [*verdicts(state, drill.assessment), *duty_verdicts(state)]
    return {
        "status": standing(drill),
        "needs_meeting": needs_meeting(state),
        "lead": state.lead[1].name if state.lead else None,
        "submitted": [
            {"rater": rater, **_mark(drill, mark)} for rater, mark in state.submitted.items()
        ],
        "kept_back": list(drill.kept_back),
        "agreement": _agreement(drill),
        "ratings": _ratings(drill),
        "duties": _duties(drill),
        "open": [
            {"id": one.measure, "title": measure(drill.names, one.measure, lang)}
            for one in found
            if one.is_open
        ],
        "settled": _settled(drill),
        "adjudicated": _adjudicated(drill),
        "meeting": _meeting(drill),
        "signatures": [
            {"office": office, "name": event.name, **_mark(drill, mark)}
            for office, (mark, event) in state.signed.items()
        ],
        "reopened": [
            {
                "by": drill.names.person(mark, lang),
                "why": event.why,
                "void": list(event.void),
                **_mark(drill, mark),
            }
            for mark, event in state.reopened
        ],
    }


def _mark(drill: Drill, mark: Mark) -> dict[str, Any]:
    """In which entry, and when by the wall."""
    wall = drill.entries[mark.seq].wall / 1000
    return {"entry": mark.seq, "wall": f"{datetime.fromtimestamp(wall, UTC):%Y-%m-%dT%H:%M:%SZ}"}


def _agreement(drill: Drill) -> dict[str, Any]:
    state = drill.state
    settled = {**state.settled, **state.settled_duties}
    return {
        **_figures(reliability(state)),
        # So by construction: it says what was settled, not how far raters agreed.
        "after_settling": _figures(reliability(state, settled=True)) if settled else None,
    }


def _figures(found: Reliability) -> dict[str, Any]:
    return {
        "alpha": _figure(found.alpha),
        "duties": _figure(found.duties),
        "kappa": _figure(found.kappa),
        "icc": _figure(found.icc),
    }


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    value = None if figure.value is None else round(float(figure.value), _DECIMALS)
    return {"value": value, "n": figure.n}


def _ratings(drill: Drill) -> list[dict[str, Any]]:
    return [
        {
            "task": task,
            "rater": rater,
            "rating": rated.rating,
            "why": rated.why,
            "harmed": rated.harmed,
            "unsafe": rated.unsafe,
            "noncompliant": rated.noncompliant,
            "entries": list(rated.entries),
            **_mark(drill, mark),
        }
        for (task, rater), (mark, rated) in sorted(drill.state.ratings.items())
    ]


def _duties(drill: Drill) -> list[dict[str, Any]]:
    return [
        {
            "role": role,
            "rater": rater,
            "duty": rated.duty,
            "why": rated.why,
            **_mark(drill, mark),
        }
        for (role, rater), (mark, rated) in sorted(drill.state.duties.items())
    ]


def _settled(drill: Drill) -> list[dict[str, Any]]:
    tasks = [
        (f"result.task.{task}", event.rating, mark, event)
        for task, (mark, event) in drill.state.settled.items()
    ]
    duties = [
        (f"arrival.duties.{role}", event.duty, mark, event)
        for role, (mark, event) in drill.state.settled_duties.items()
    ]
    return [
        {
            "id": id,
            "title": measure(drill.names, id, drill.lang),
            "rating": rating,
            "why": event.why,
            "by": event.settler,
            **_mark(drill, mark),
        }
        for id, rating, mark, event in (*tasks, *duties)
    ]


def _adjudicated(drill: Drill) -> list[dict[str, Any]]:
    return [
        {
            "id": id,
            "title": measure(drill.names, id, drill.lang),
            "measured": _points(drill.undecided.get(id)),
            "value": _points(ruling.value),
            "why": ruling.why,
            "by": decided_by(drill, mark, ruling),
            **_mark(drill, mark),
        }
        for id, (mark, ruling) in drill.state.adjudicated.items()
    ]


def _meeting(drill: Drill) -> dict[str, Any] | None:
    if drill.state.meeting is None:
        return None
    mark, closed = drill.state.meeting
    return {
        "present": list(closed.present),
        "why": closed.why,
        "left": closed.left,
        **_mark(drill, mark),
    }


def _points(x: float | None) -> float | None:
    return None if x is None else round(100 * x, _DECIMALS)
