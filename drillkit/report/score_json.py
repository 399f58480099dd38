"""The assessment as one JSON document, and the published schema that it keeps to."""

import json
from importlib.resources import files
from typing import Any

from drillkit.report.before import last_json
from drillkit.report.drill import Drill
from drillkit.report.evaluation_json import evaluation_json
from drillkit.report.lessons import Lesson, clause, lessons
from drillkit.report.terms import subject
from drillkit.words import say
from scoring.assessment import Cap, ObjectiveLetter, Score
from scoring.measure import Measure
from scoring.result.letters import MEETING

VERSION = 1
_NO_NAMES = ("rule", MEETING)
_DECIMALS = 6
"""Enough that hi - lo = 100 (1 - coverage) still holds in what is written."""


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `score_json` gives."""
    text = files("drillkit.report").joinpath("score.schema.json").read_text(encoding="utf-8")
    return json.loads(text)


def score_json(drill: Drill) -> dict[str, Any]:
    """The whole assessment: points from 0 to 100, shares from 0 to 1, entries by number."""
    state, said, lang = drill.state, drill.assessment, drill.lang
    opened = state.opened
    assert opened is not None
    scenario, plan, weights = opened.scenario, opened.plan, said.weights
    return {
        "version": VERSION,
        "language": lang,
        "session": opened.session,
        "scenario": {
            "id": scenario.id,
            "version": scenario.version,
            "title": scenario.title.in_(lang),
            "family": scenario.family,
        },
        "plan": {"id": plan.id, "version": plan.version, "title": plan.title.in_(lang)},
        "weights": {"id": weights.id, "version": weights.version},
        "seed": opened.seed,
        "short": opened.short,
        "stage": state.stage,
        "aborted": state.aborted,
        "ended_at": drill.end_at,
        "seal": drill.seal,
        **{score.id: _score(drill, score) for score in said.scores()},
        "objectives": [_objective(drill, one) for one in said.objectives],
        "evaluation": evaluation_json(drill),
        "lessons": [_lesson(drill, lesson) for lesson in lessons(drill)],
        "fuzzy": _fuzzy(drill),
        "robustness": _number(said.robustness),
        "last": last_json(drill),
        # Simulated teams are asked only by `drillkit score --among`, which puts them here.
        "among": None,
    }


def _number(x: float | None) -> float | None:
    return None if x is None else round(float(x), _DECIMALS)


def _points(x: float | None) -> float | None:
    return None if x is None else _number(100 * x)


def _score(drill: Drill, score: Score) -> dict[str, Any]:
    return {
        "title": say(drill.lang, score.measure.words),
        "point": _number(score.point),
        "final": _number(score.final),
        "lo": _number(score.lo),
        "hi": _number(score.hi),
        "coverage": _number(score.coverage),
        "grade": score.grade,
        "grade_lo": score.grade_lo,
        "grade_hi": score.grade_hi,
        "footing": score.footing,
        "caps": [_cap(drill, cap) for cap in score.caps],
        "bucket": say(drill.lang, score.bucket) if score.bucket else None,
        "diagnostics": {
            name: x if isinstance(x, str) else _number(x)
            for name, x in sorted(score.diagnostics.items())
        },
        "terms": [_term(drill, child) for child in score.measure.children],
    }


def _cap(drill: Drill, cap: Cap) -> dict[str, Any]:
    return {
        "ceiling": _number(cap.ceiling),
        "why": say(drill.lang, cap.words, **cap.values),
        "by": cap.by,
        "entries": list(cap.entries),
    }


def _term(drill: Drill, measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "title": say(drill.lang, measure.words),
        "about": subject(drill, measure),
        "weight": _number(measure.weight),
        "standing": measure.standing,
        "point": _points(measure.point),
        "lo": _points(measure.lo),
        "hi": _points(measure.hi),
        "coverage": _number(measure.coverage),
        "evidence": measure.evidence,
        "entries": list(measure.entries),
        "terms": [_term(drill, child) for child in measure.children],
    }


def _objective(drill: Drill, letter: ObjectiveLetter) -> dict[str, Any]:
    return {
        "id": letter.objective,
        "text": drill.names.objective(letter.objective, drill.lang),
        "rating": letter.rating,
        "point": _points(letter.measure.point),
        "lo": _points(letter.measure.lo),
        "hi": _points(letter.measure.hi),
        "coverage": _number(letter.measure.coverage),
        "tasks": [
            {
                "id": task.task,
                "text": drill.names.task(task.task, drill.lang),
                "point": _points(task.x),
                "coverage": _number(task.coverage),
                "suggested": task.suggested,
                "rating": task.rating,
                "by": "kept-back" if drill.kept_back and task.by not in _NO_NAMES else task.by,
                "why": [say(drill.lang, key) for key in task.why],
                "entries": list(task.entries),
            }
            for task in letter.tasks
        ],
    }


def _lesson(drill: Drill, lesson: Lesson) -> dict[str, Any]:
    finding = lesson.finding
    return {
        "id": finding.id,
        "rule": finding.rule,
        "level": finding.level,
        "title": lesson.title,
        "seen": lesson.seen,
        "cause": lesson.cause,
        "action": lesson.action,
        "entries": list(finding.entries),
        "task": finding.task or None,
        "clause": clause(drill, finding.clause) or None,
        "poete": finding.poete,
        "owner": finding.owner or None,
        "due_days": finding.due_days,
    }


def _fuzzy(drill: Drill) -> dict[str, Any] | None:
    view = drill.assessment.fuzzy
    if view is None:
        return None
    grades = ("excellent", "good", "fair", "poor")
    return {
        "memberships": dict(zip(grades, map(_number, view.memberships), strict=True)),
        "grade": view.grade,
        "points": _number(view.points),
        "validity": _number(view.validity),
    }
