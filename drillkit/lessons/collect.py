"""What a scored drill teaches, as lessons; and how they join those that are known already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from drillkit.core.state import State
from drillkit.lessons.fault import LessonFault
from drillkit.lessons.steps import stepped
from drillkit.model.base import LANGS, Lang, Line, Prose, Text, Title
from drillkit.model.lesson import LEVELS, OF_PLAN, Kind, Lesson, Shortfall, Sighting, Step, Subject
from drillkit.model.scenario import Scenario
from drillkit.words import say
from scoring.assessment import Assessment, Finding
from scoring.result.lessons import Evidence, findings, problems
from scoring.result.lessons.evidence import Noted
from scoring.result.scene import scene

KINDS: Mapping[str, Kind] = {
    "late-key-role": "role",
    "absent-key-role": "role",
    "late-role": "role",
    "absent-role": "role",
    "no-alternate": "role",
    "quorum-late": "group",
    "quorum-missing": "group",
    "silent-role": "role",
    "deadline-missed": "inject",
    "wrong-option": "inject",
    "repeated-correction": "inject",
    "ppe-missing": "need",
    "report-late": "report",
    "report-omitted": "report",
    "report-incomplete": "report",
    "customer-late": "customer",
    "fact-unreached": "fact",
    "fact-late": "fact",
    "unsupported-claim": "fact",
    "false-confirmed": "fact",
    "unapproved-release": "role",
    "unacknowledged": "role",
    "bottleneck": "role",
    "unmet-need": "need",
    "life-critical-late": "need",
    "idle-stock": "need",
    "over-delivery": "need",
}
"""What each rule speaks of."""
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Played:
    """A drill that was played and scored; `began` is UTC, as in Sighting, "" while it is played."""

    state: State
    assessment: Assessment
    began: str = ""

    @property
    def session(self) -> str:
        return self.state.opened.session if self.state.opened else ""

    def evidence(self) -> Evidence:
        said = self.assessment
        view = scene(self.state, self.state.at)
        return Evidence(view, said.arrival, said.supplies, said.information)


class Collected(NamedTuple):
    """What a drill brought: lessons that are new, and known ones that were seen once more."""

    new: list[Lesson]
    again: list[Lesson]


def found(played: Played, *, on: str, by: str) -> list[Lesson]:
    """The lessons of one drill, one a rule and subject; `on` is the day they are identified."""
    if on < played.began[:10]:
        raise LessonFault("drill-later", on=on, began=played.began)
    step = Step(to="identified", on=Line(on), by=Line(by), session=Line(played.session))
    by_key: dict[tuple[str, str], Lesson] = {}
    evidence = played.evidence()
    for noted in problems(evidence):
        [finding] = findings(evidence.scene, [noted])
        subject = subject_of(played.state, noted)
        lesson = _lesson(played, noted, finding, subject, step)
        key = (noted.rule.name, subject.id if subject else "")
        known = by_key.get(key)
        by_key[key] = _both(known, lesson) if known else lesson
    return list(by_key.values())


def subject_of(state: State, noted: Noted) -> Subject | None:
    """What was found fault with, by its id in the plan or the scenario."""
    kind = KINDS.get(noted.rule.name)
    things = _things(state, kind) if kind else {}
    title = noted.seen.subject
    id = next((id for id, named in things.items() if named == title), None)
    return Subject(kind=kind, id=id, title=title) if kind and id else None


def _things(state: State, kind: Kind) -> dict[str, Title]:
    plan, scenario = state.plan, state.scenario
    match kind:
        case "role":
            return {one.id: one.title for one in plan.roles}
        case "group":
            return {one.id: one.title for one in plan.groups}
        case "report":
            return {one.id: one.title for one in plan.reports}
        case "customer":
            return {one.id: one.title for one in plan.customers}
        case "inject":
            return {one.id: one.title for one in scenario.injects}
        case "fact":
            return {one.id: one.title for one in scenario.facts}
        case "need":
            return {id: record.event.title for id, record in state.needs.items()}


def _lesson(
    played: Played, noted: Noted, finding: Finding, subject: Subject | None, step: Step
) -> Lesson:
    def title(lang: Lang) -> Line:
        named = say(lang, f"lessons.{finding.rule}.title")
        if subject is None:
            return Line(named)
        about = subject.title.in_(lang)
        return Line(say(lang, "register.title", title=named, subject=about)[: Line.LIMIT])

    def part(lang: Lang, name: str) -> Prose:
        return Prose(say(lang, f"lessons.{finding.rule}.{name}", **finding.values))

    def both(*names: str) -> Text:
        en, zh = ("\n".join(part(lang, name) for name in names) for lang in LANGS)
        return Text(en=Prose(en), zh=Prose(zh))

    day = played.began[:10]
    scenario = played.state.scenario
    sighting = Sighting(
        session=Line(played.session),
        began=Line(played.began),
        scenario=scenario.id,
        seen=both("seen", "cause"),
        entries=finding.entries,
        took=noted.seen.times.get("time"),
        short=_shortfall(played.state, subject),
    )
    return Lesson(
        id=_id(finding.rule, subject),
        level=finding.level,
        title=Title(en=title("en"), zh=title("zh")),
        text=both("action"),
        rule=Line(finding.rule),
        subject=subject,
        tasks=noted.seen.tasks,
        capabilities=capabilities(scenario, noted.seen.tasks),
        element=finding.poete,
        clause=finding.clause or None,
        owner=Line(finding.owner),
        due=Line((date.fromisoformat(day) + timedelta(finding.due_days)).isoformat()),
        drills=(sighting,),
        steps=(step,),
    )


def _shortfall(state: State, subject: Subject | None) -> Shortfall | None:
    record = state.needs.get(subject.id) if subject and subject.kind == "need" else None
    if record is None:
        return None
    event = record.event
    return Shortfall(item=event.item, site=event.site, asked=event.quantity, got=record.filled)


def capabilities(scenario: Scenario, tasks: Iterable[str]) -> tuple[Title, ...]:
    """The capabilities that these tasks show."""
    targets = {target.id: target.capability for target in scenario.targets}
    of_task = {task.id: targets[task.target] for task in scenario.tasks if task.target in targets}
    return tuple(dict.fromkeys(of_task[task] for task in tasks if task in of_task))


def _id(rule: str, subject: Subject | None) -> str:
    """A name that two people who collect the same drill both give."""
    return (f"{rule}-{subject.id}" if subject else rule)[:_LONGEST_ID].rstrip("-")


def _both(known: Lesson, more: Lesson) -> Lesson:
    """One lesson of two that one drill gave about the same thing."""
    [one], [other] = known.drills, more.drills
    entries = tuple(sorted({*one.entries, *other.entries}))
    tasks = tuple(dict.fromkeys((*known.tasks, *more.tasks)))
    update = {"entries": entries, "took": max(one.took or 0, other.took or 0) or None}
    return known.model_copy(
        update={
            "tasks": tasks,
            "capabilities": tuple(dict.fromkeys((*known.capabilities, *more.capabilities))),
            "level": min(known.level, more.level, key=LEVELS.index),
            "drills": (one.model_copy(update=update),),
        }
    )


def is_same(known: Lesson, new: Lesson) -> bool:
    """Whether both are about the same thing; what is no part of the plan is a scenario's own."""
    if (known.rule, known.subject and known.subject.id) != (
        new.rule,
        new.subject and new.subject.id,
    ):
        return False
    if new.subject is None or new.subject.kind in OF_PLAN:
        return True
    return {one.scenario for one in known.drills} >= {one.scenario for one in new.drills}


def joined(known: Sequence[Lesson], new: Iterable[Lesson]) -> Collected:
    """The new lessons under names of their own, and the known ones that have changed by them."""
    taken = {lesson.id for lesson in known}
    collected = Collected([], [])
    for lesson in new:
        old = next((one for one in known if is_same(one, lesson)), None)
        if old is None:
            id = next(name for name in _names(lesson.id) if name not in taken)
            taken.add(id)
            collected.new.append(lesson.model_copy(update={"id": id}))
        elif (again := _seen_again(old, lesson)) != old:
            collected.again.append(again)
    return collected


def _names(id: str) -> Iterable[str]:
    yield id
    yield from (f"{id}-{number}" for number in range(2, 1000))


def _seen_again(known: Lesson, new: Lesson) -> Lesson:
    """The known lesson with the drill of the new one; what people wrote into it stays."""
    [drill] = new.drills
    if any((one.session, one.began) == (drill.session, drill.began) for one in known.drills):
        return known
    drills = tuple(sorted((*known.drills, drill), key=lambda one: one.began))
    lesson = known.model_copy(
        update={
            "drills": drills,
            "tasks": tuple(dict.fromkeys((*known.tasks, *new.tasks))),
            "level": min(known.level, new.level, key=LEVELS.index),
        }
    )
    if known.status == "verified" and drill.began[:10] >= known.since("verified"):
        # What was learned once and was not there when it counted has to be learned again.
        return stepped(lesson, new.steps[0])
    return lesson
