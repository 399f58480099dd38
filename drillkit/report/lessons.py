"""Findings as rows: what was seen, why it may be, what to do, who and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from drillkit.report.drill import Drill
from drillkit.words import say
from scoring.assessment import Finding, Level

LEVELS: tuple[Level, ...] = ("deficiency", "corrective", "improvement", "strength")
"""From what endangers life to what went well."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A finding in words; `due` is a date, "" for a strength, which needs no action."""

    finding: Finding
    title: str
    seen: str
    cause: str
    action: str
    level: str
    task: str
    clause: str
    poete: str
    owner: str
    due: str
    capability: str
    contact: str


def lessons(drill: Drill, *levels: Level) -> list[Lesson]:
    """The findings of these levels in order of level; all without any."""
    wanted = levels or LEVELS
    found = sorted(drill.assessment.findings, key=lambda finding: LEVELS.index(finding.level))
    return [_lesson(drill, finding) for finding in found if finding.level in wanted]


def _lesson(drill: Drill, finding: Finding) -> Lesson:
    names, lang = drill.names, drill.lang

    def part(name: str) -> str:
        return say(lang, f"lessons.{finding.rule}.{name}", **finding.values)

    needs_action = finding.level != "strength"
    due = drill.began + timedelta(days=finding.due_days)
    return Lesson(
        finding=finding,
        title=part("title"),
        seen=part("seen"),
        cause=part("cause"),
        action=part("action"),
        level=drill.say(f"level.{finding.level}"),
        task=names.task(finding.task, lang) if finding.task else "",
        clause=clause(drill, finding.clause),
        poete=drill.say(f"poete.{finding.poete}"),
        owner=names.role(finding.owner, lang) if finding.owner else "",
        due=f"{due:%Y-%m-%d}" if needs_action else "",
        capability=_capability(drill, finding.task),
        contact=_contact(drill, finding.owner),
    )


def _capability(drill: Drill, task: str) -> str:
    """The capability whose target the task serves; "" without a task."""
    scenario = drill.state.scenario
    target = next((one.target for one in scenario.tasks if one.id == task), "")
    capability = next((one.capability for one in scenario.targets if one.id == target), None)
    return capability.in_(drill.lang) if capability else ""


def _contact(drill: Drill, owner: str) -> str:
    """The post that is reached for the role that is responsible; never a person."""
    role = drill.state.plan.role(owner)
    return role.contact.post.in_(drill.lang) if role and role.contact else ""


def foremost(found: Sequence[Lesson]) -> list[Lesson]:
    """Three for a summary: the first of each rule, so that one rule does not hide the others."""
    return list({lesson.finding.rule: lesson for lesson in reversed(found)}.values())[::-1][:3]


def clause(drill: Drill, id: str) -> str:
    """A clause of the plan by its number and title."""
    number = next((clause.number for clause in drill.state.plan.clauses if clause.id == id), "")
    return f"{number} {drill.names.clause(id, drill.lang)}".strip() if id else ""
