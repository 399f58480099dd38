"""Drills of an organisation side by side: scores, tasks that keep failing, lessons again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from drillkit.lessons.standing import Standing
from drillkit.model.base import Lang, Title
from drillkit.model.events import Rating
from drillkit.report.before import differences, kind
from drillkit.report.drill import Drill
from drillkit.words import say
from scoring.assessment import Level, Score
from scoring.result.lessons import Evidence, problems
from scoring.result.scene import scene

VERSION = 1
_WEAK: tuple[Rating, ...] = ("M", "U")
"""Letters of a task that did not go well enough."""


@dataclass(frozen=True, slots=True)
class TaskTrend:
    """One critical task over the drills that have it; None where a drill has not."""

    scenario: str
    task: str
    text: str
    letters: tuple[Rating | None, ...]

    @property
    def keeps_failing(self) -> bool:
        """It went badly the last two times that it was observed."""
        seen = [
            one for one in self.letters if one and one not in ("not-observed", "not-applicable")
        ]
        return len(seen) > 1 and all(one in _WEAK for one in seen[-2:])

    @property
    def is_weak(self) -> bool:
        """It went badly at least once."""
        return any(one in _WEAK for one in self.letters)


@dataclass(frozen=True, slots=True)
class LessonTrend:
    """One lesson, by its rule and what it is about: in which drills it was seen (their places).

    `days` passed from the first of them to the last; `still` when the latest drill shows it.
    """

    rule: str
    title: str
    level: Level
    seen: tuple[int, ...]
    days: int
    still: bool


class Trend:
    """Drills in the order in which they began. A line joins only those that compare."""

    def __init__(self, drills: Sequence[Drill], register: Standing | None = None) -> None:
        """Raises ValueError without any drill; they are all in one language.

        `register` is what stands in the organisation's register of lessons.
        """
        if not drills:
            raise ValueError("a trend needs a drill")
        self.drills = tuple(sorted(drills, key=lambda drill: (drill.entries[0].wall, drill.seal)))
        self.register = register

    @property
    def lang(self) -> Lang:
        return self.drills[0].lang

    def say(self, key: str, **values: object) -> str:
        """The sentence `trend.<key>`."""
        return say(self.lang, f"trend.{key}", **values)

    def label(self, place: int) -> str:
        """What the drill at this place is called in tables and pictures."""
        return f"{self.drills[place].began:%Y-%m-%d}"

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The places of the drills that compare with each other, in order of the first of each."""
        found: dict[tuple[object, ...], list[int]] = {}
        for place, drill in enumerate(self.drills):
            found.setdefault(kind(drill), []).append(place)
        return tuple(map(tuple, found.values()))

    def scores(self, name: str) -> tuple[Score, ...]:
        """The score of this name ("combined") in each drill."""
        return tuple(getattr(drill.assessment, name) for drill in self.drills)

    def apart(self) -> list[str]:
        """Which drills do not compare with the one before them, and why."""
        return [
            self.say(
                "apart",
                drill=self.label(place),
                before=self.label(place - 1),
                why=say(self.lang, "list.separator").join(differences(before, after, self.lang)),
            )
            for place, (before, after) in enumerate(pairwise(self.drills), 1)
            if kind(before) != kind(after)
        ]

    @cached_property
    def tasks(self) -> tuple[TaskTrend, ...]:
        """Every critical task of every scenario, those that keep failing first."""
        letters: dict[tuple[str, str], dict[int, Rating]] = {}
        texts: dict[tuple[str, str], str] = {}
        for place, drill in enumerate(self.drills):
            for objective in drill.assessment.objectives:
                for one in objective.tasks:
                    key = drill.state.scenario.id, one.task
                    letters.setdefault(key, {})[place] = one.rating
                    texts[key] = drill.names.task(one.task, self.lang)
        found = [
            TaskTrend(
                scenario, task, texts[scenario, task], tuple(map(row.get, range(len(self.drills))))
            )
            for (scenario, task), row in letters.items()
        ]
        return tuple(sorted(found, key=lambda one: (not one.keeps_failing, not one.is_weak)))

    @cached_property
    def lessons(self) -> tuple[LessonTrend, ...]:
        """What was to be corrected or improved, one a rule and subject, the most frequent first."""
        seen: dict[tuple[str, Title], dict[int, Level]] = {}
        for place, drill in enumerate(self.drills):
            said = drill.assessment
            view = scene(drill.state, drill.state.at)
            for one in problems(Evidence(view, said.arrival, said.supplies, said.information)):
                key = one.rule.name, one.seen.subject
                seen.setdefault(key, {}).setdefault(place, one.seen.level)
        found = [self._lesson(rule, subject, places) for (rule, subject), places in seen.items()]
        return tuple(sorted(found, key=lambda one: (-len(one.seen), not one.still, one.rule)))

    def _lesson(self, rule: str, subject: Title, places: Mapping[int, Level]) -> LessonTrend:
        title = say(self.lang, f"lessons.{rule}.title")
        first, last = min(places), max(places)
        passed = self.drills[last].began - self.drills[first].began
        return LessonTrend(
            rule=rule,
            title=self.say("about", title=title, subject=subject.in_(self.lang)),
            level=places[last],
            seen=tuple(sorted(places)),
            days=passed.days,
            still=last == len(self.drills) - 1,
        )


SCORES = ("combined", "process", "result", "arrival", "supplies", "information")
"""The published scores, the whole before its parts."""


def trend_json(trend: Trend) -> dict[str, Any]:
    """All of the trend; drills are named by their place in `drills`."""
    return {
        "version": VERSION,
        "language": trend.lang,
        "drills": [
            {
                "session": drill.state.opened.session if drill.state.opened else "",
                "began": f"{drill.began:%Y-%m-%dT%H:%M:%SZ}",
                "seal": drill.seal,
                "scenario": drill.state.scenario.id,
                "title": drill.state.scenario.title.in_(trend.lang),
                "family": drill.state.scenario.family,
                "weights": {
                    "id": drill.assessment.weights.id,
                    "version": drill.assessment.weights.version,
                },
                "aborted": drill.state.aborted,
                **{name: _score(getattr(drill.assessment, name)) for name in SCORES},
            }
            for drill in trend.drills
        ],
        "comparable": [list(group) for group in trend.groups],
        "apart": trend.apart(),
        "tasks": [
            {
                "scenario": one.scenario,
                "id": one.task,
                "text": one.text,
                "letters": list(one.letters),
                "keeps_failing": one.keeps_failing,
            }
            for one in trend.tasks
        ],
        "lessons": [
            {
                "rule": one.rule,
                "title": one.title,
                "level": one.level,
                "seen": list(one.seen),
                "days": one.days,
                "still": one.still,
            }
            for one in trend.lessons
        ],
        "register": _register(trend, trend.register) if trend.register else None,
    }


def _register(trend: Trend, found: Standing) -> dict[str, Any]:
    pace = found.pace
    return {
        "on": found.on,
        "counts": dict(found.counts),
        "overdue": found.overdue,
        "open": [
            {
                "id": one.lesson.id,
                "title": one.lesson.title.in_(trend.lang),
                "level": one.lesson.level,
                "status": one.lesson.status,
                "identified": one.lesson.since(),
                "days": one.days,
                "due": one.lesson.due or None,
                "overdue": one.is_overdue,
            }
            for one in found.waiting
        ],
        "closed": [
            {
                "id": one.lesson.id,
                "identified": one.lesson.since(),
                "verified": one.lesson.since("verified"),
                "days": one.days,
            }
            for one in found.learned
        ],
        "days_to_close": pace._asdict() if pace else None,
        "course": [one._asdict() for one in found.course],
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "final": None if score.final is None else round(score.final, 6),
        "lo": round(score.lo, 6),
        "hi": round(score.hi, 6),
        "coverage": round(score.coverage, 6),
        "grade": score.grade,
        "footing": score.footing,
    }
