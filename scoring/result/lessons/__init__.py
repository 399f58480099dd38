"""Lessons: findings by named rules, merged, numbered and tied to entries, plan and owner."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from drillkit.model.base import Title
from scoring.assessment import Finding, Level, Values
from scoring.result.lessons import answers, arrival, information, reports, supplies
from scoring.result.lessons.evidence import Evidence, Noted, Rule, Seen
from scoring.result.scene import Scene
from scoring.result.titles import minutes, together

__all__ = ["RULES", "STRENGTHS", "Evidence", "findings", "problems", "strengths"]

_AREAS = (arrival, answers, reports, information, supplies)
RULES: tuple[Rule, ...] = tuple(rule for area in _AREAS for rule in area.RULES)
STRENGTHS: tuple[Rule, ...] = tuple(rule for area in _AREAS for rule in area.STRENGTHS)

LEVELS: tuple[Level, ...] = ("deficiency", "corrective", "improvement", "strength")
DUE_DAYS: dict[Level, int] = {"deficiency": 7, "corrective": 30, "improvement": 90, "strength": 0}
MOST_SUBJECTS = 4
"""Beyond this one finding lists all subjects of a rule."""
DASH = "\N{EN DASH}"


def problems(evidence: Evidence) -> list[Noted]:
    """What is to be corrected or improved."""
    return [Noted(rule, seen) for rule in RULES for seen in rule.see(evidence)]


def strengths(evidence: Evidence) -> list[Noted]:
    """What went well; one of the rules reads the letters."""
    return [Noted(rule, seen) for rule in STRENGTHS for seen in rule.see(evidence)]


def findings(scene: Scene, noted: Iterable[Noted]) -> tuple[Finding, ...]:
    """The findings in order of level and rule, one a subject or one for many subjects."""
    ordered = sorted(noted, key=lambda one: (LEVELS.index(one.seen.level), one.rule.name))
    found: list[Finding] = []
    for _, group in groupby(ordered, key=lambda one: (one.seen.level, one.rule.name)):
        ones = list(group)
        for seen in _merged([one.seen for one in ones]):
            found.append(_finding(scene, f"L{len(found) + 1:02d}", ones[0].rule, seen))
    return tuple(found)


def _merged(seen: Sequence[Seen]) -> list[list[Seen]]:
    """What makes one finding each: the same subject, or all of them where they are many."""
    by_subject: dict[Title, list[Seen]] = {}
    for one in seen:
        by_subject.setdefault(one.subject, []).append(one)
    groups = sorted(by_subject.values(), key=lambda ones: min(one.entries[0] for one in ones))
    return groups if len(groups) <= MOST_SUBJECTS else [[one for ones in groups for one in ones]]


def _finding(scene: Scene, id: str, rule: Rule, seen: Sequence[Seen]) -> Finding:
    first = seen[0]
    due = DUE_DAYS[first.level]
    owner = scene.plan.role(first.owner)
    task = next((task for one in seen for task in one.tasks), "")
    return Finding(
        id=id,
        rule=rule.name,
        level=first.level,
        values={
            **_values(seen),
            "owner": owner.title if owner else first.owner,
            "due": due,
        },
        entries=tuple(sorted({entry for one in seen for entry in one.entries})),
        task=task,
        clause=_clause(scene, rule, task),
        poete=rule.poete,
        owner=first.owner,
        due_days=due,
    )


def _values(seen: Sequence[Seen]) -> Values:
    """What the sentences name: titles listed, times and numbers as a span where they differ."""
    values: dict[str, str | int | float | Title] = {
        "subject": together([one.subject for one in seen])
    }
    first = seen[0]
    for name in first.titles:
        values[name] = together([title for one in seen for title in _each(one.titles[name])])
    for name in first.times:
        times = [one.times[name] for one in seen]
        low, high = minutes(min(times)), minutes(max(times))
        values[name] = low if low == high else f"{low}{DASH}{high}"
    for name in first.numbers:
        numbers = [one.numbers[name] for one in seen]
        low_n, high_n = min(numbers), max(numbers)
        values[name] = low_n if low_n == high_n else f"{low_n}{DASH}{high_n}"
    return values


def _each(titles: Title | tuple[Title, ...]) -> tuple[Title, ...]:
    return titles if isinstance(titles, tuple) else (titles,)


def _clause(scene: Scene, rule: Rule, task: str) -> str:
    """The clause that the task tests, else the first of the plan about the rule's matter."""
    tests = next((one.clause for one in scene.scenario.tasks if one.id == task), None)
    about = (clause.id for clause in scene.plan.clauses if clause.about == rule.about)
    return tests or next(about, "")
