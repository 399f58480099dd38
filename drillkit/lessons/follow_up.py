"""Which open lessons a drill exercises, and which of them held in it: scored, never assumed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drillkit.lessons.collect import Played, subject_of
from drillkit.lessons.steps import StatusWord
from drillkit.lessons.told import by_weight
from drillkit.model.base import LANGS, Line, Title
from drillkit.model.lesson import OF_PLAN, Lesson, OpenLesson, Subject
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.words import say
from scoring.assessment import TaskLetter
from scoring.measure import Measure
from scoring.result.lessons import problems
from scoring.result.letters import letter
from scoring.result.titles import headline

_MEASURES: Mapping[str, tuple[str, ...]] = {
    "late-key-role": ("arrival.on-time.{id}",),
    "absent-key-role": ("arrival.on-time.{id}",),
    "late-role": ("arrival.on-time.{id}",),
    "absent-role": ("arrival.on-time.{id}",),
    "no-alternate": ("arrival.on-time.{id}",),
    "silent-role": ("arrival.duties.{id}",),
    "quorum-late": ("arrival.established.{id}",),
    "quorum-missing": ("arrival.established.{id}",),
    "deadline-missed": ("result.action.{id}.",),
    "wrong-option": ("result.action.{id}.",),
    "repeated-correction": ("result.action.{id}.",),
    "ppe-missing": ("supplies.fill.{id}",),
    "report-late": ("information.reports.{id}",),
    "report-omitted": ("information.reports.{id}",),
    "report-incomplete": ("information.complete.{id}",),
    "customer-late": ("information.reports.customer.{id}",),
    "fact-unreached": ("information.reached.{id}.",),
    "fact-late": ("information.reached.{id}.",),
    "unsupported-claim": ("information.accurate.",),
    "false-confirmed": ("information.accurate.",),
    "unapproved-release": ("information.discipline.releases.",),
    "unacknowledged": ("information.closed-loop.{id}",),
    "bottleneck": ("information.reached.",),
    "unmet-need": ("supplies.fill.{id}",),
    "life-critical-late": ("supplies.timeliness.{id}",),
    "idle-stock": ("supplies.fill.{id}",),
    "over-delivery": ("supplies.fill.{id}",),
}
"""The automatic measures of what a rule speaks of; one that ends in a dot stands for all below."""
_WELL = ("P", "S")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a lesson held in a drill, why (a words key of area register), and where it shows."""

    lesson: Lesson
    held: bool
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    entries: tuple[int, ...] = ()

    def in_(self, lang: str) -> str:
        return say(lang, self.key, **self.values)


# -- before a drill --------------------------------------------------------------------------------


def exercised(lessons: Sequence[Lesson], scenario: Scenario, plan: Plan) -> tuple[Lesson, ...]:
    """The open lessons that this drill puts to the test, the gravest first."""
    shown = (one for one in lessons if one.is_open and is_exercised(one, scenario, plan))
    return tuple(by_weight(shown))


def is_exercised(lesson: Lesson, scenario: Scenario, plan: Plan) -> bool:
    """It has tasks or a capability of this scenario, or what it is about has a part in it."""
    return bool(_tasks(lesson, scenario)) or _has_part(lesson, scenario, plan)


def _is_own(lesson: Lesson, scenario: Scenario) -> bool:
    """It was seen in this scenario."""
    return any(drill.scenario == scenario.id for drill in lesson.drills)


def _tasks(lesson: Lesson, scenario: Scenario) -> list[str]:
    """The tasks that show it: its own, or in another scenario those of the same capability."""
    known = {task.id for task in scenario.tasks}
    if _is_own(lesson, scenario) or not lesson.drills:
        return [task for task in lesson.tasks if task in known]
    named = {capability.en for capability in lesson.capabilities}
    targets = {target.id for target in scenario.targets if target.capability.en in named}
    return [task.id for task in scenario.tasks if task.target in targets]


def _has_part(lesson: Lesson, scenario: Scenario, plan: Plan) -> bool:
    subject = lesson.subject
    if subject is None:
        return False
    match subject.kind:
        case "role":
            return any(role.id == subject.id for role in plan.players())
        case "group":
            return any(role.group == subject.id for role in plan.players())
        case "report":
            return any(due.rule == subject.id for due in scenario.reports)
        case "customer":
            return any(one.customer == subject.id for one in scenario.at_risk)
        case "inject" | "fact" | "need":
            return _is_own(lesson, scenario)


def reminder(lesson: Lesson, plan: Plan) -> OpenLesson:
    """The lesson as the briefing says it: what is a scenario's own stays untold."""
    rule = lesson.rule
    told = lesson.title
    if rule and not _is_of_plan(lesson.subject):
        en, zh = (Line(say(lang, f"lessons.{rule}.title")) for lang in LANGS)
        told = Title(en=en, zh=zh)
    owner = plan.role(lesson.owner)
    about = lesson.capabilities[0] if lesson.capabilities else None
    return OpenLesson(
        level=lesson.level,
        title=told,
        about=about,
        owner=owner.title if owner else None,
        since=Line(lesson.since()),
    )


def _is_of_plan(subject: Subject | None) -> bool:
    return subject is not None and subject.kind in OF_PLAN


# -- after it --------------------------------------------------------------------------------------


def verdicts(lessons: Sequence[Lesson], played: Played) -> list[Verdict]:
    """What the drill says of each of these lessons."""
    return list(_verdicts(lessons, played))


def _verdicts(lessons: Sequence[Lesson], played: Played) -> Iterator[Verdict]:
    seen: dict[tuple[str, str], tuple[int, ...]] = {}
    for noted in problems(played.evidence()):
        about = subject_of(played.state, noted)
        key = (noted.rule.name, about.id if about else "")
        seen[key] = (*seen.get(key, ()), *noted.seen.entries)
    letters = {task.task: task for one in played.assessment.objectives for task in one.tasks}
    measures = list(_leaves(played.assessment.combined.measure))
    for lesson in lessons:
        again = seen.get((lesson.rule, lesson.subject.id if lesson.subject else ""), ())
        if not (_is_of_plan(lesson.subject) or _is_own(lesson, played.state.scenario)):
            again = ()
        yield _verdict(lesson, played, letters, measures, again)


def proofs(lessons: Sequence[Lesson], played: Played) -> list[Verdict]:
    """The verdicts, held only where the drill may also verify the lesson: a later one, after it
    was implemented.
    """
    return [_proof(verdict, played) for verdict in verdicts(lessons, played)]


def _proof(verdict: Verdict, played: Played) -> Verdict:
    lesson = verdict.lesson
    if lesson.status != "implemented":
        values = {"status": StatusWord(lesson.status)}
        return Verdict(lesson, False, "register.not-implemented", values)
    if any(played.began <= drill.began for drill in lesson.drills):
        return Verdict(lesson, False, "register.other-drill")
    if played.began[:10] < lesson.since("implemented"):
        values = {"day": lesson.since("implemented")}
        return Verdict(lesson, False, "register.drill-before", values)
    return verdict


def _verdict(
    lesson: Lesson,
    played: Played,
    letters: Mapping[str, TaskLetter],
    measures: Collection[Measure],
    again: tuple[int, ...],
) -> Verdict:
    scenario, plan = played.state.scenario, played.state.plan
    if not is_exercised(lesson, scenario, plan):
        return Verdict(lesson, False, "register.not-exercised")
    if again and lesson.rule:
        entries = tuple(sorted(set(again)))
        return Verdict(lesson, False, "register.seen-again", entries=entries)
    tasks = _tasks(lesson, scenario)
    if tasks:
        return _by_letters(lesson, [letters[task] for task in tasks], scenario)
    wanted = tuple(_wanted(lesson, scenario))
    return _by_measures(lesson, [one for one in measures if _is_wanted(one.id, wanted)])


def _by_letters(lesson: Lesson, tasks: Sequence[TaskLetter], scenario: Scenario) -> Verdict:
    told = [one for one in tasks if len(one.rating) == 1]
    entries = tuple(sorted({seq for one in told for seq in one.entries}))
    bad = next((one for one in told if one.rating not in _WELL), None)
    if bad is not None:
        title = next(headline(task.text) for task in scenario.tasks if task.id == bad.task)
        values = {"task": title, "letter": bad.rating}
        return Verdict(lesson, False, "register.went-badly", values, bad.entries)
    if len(told) < len(tasks) or not entries:
        return Verdict(lesson, False, "register.not-observed")
    letters = "/".join(sorted({one.rating for one in told}))
    values = {"letter": letters, "n": len(told)}
    return Verdict(lesson, True, "register.held-tasks", values, entries)


def _by_measures(lesson: Lesson, measures: Sequence[Measure]) -> Verdict:
    told = [(one, letter(one.point)[0]) for one in measures if one.point is not None]
    entries = tuple(sorted({seq for one, _ in told for seq in one.entries}))
    if not told or not entries:
        return Verdict(lesson, False, "register.not-observed")
    worst, rating = min(told, key=lambda pair: pair[0].point or 0.0)
    values = {"letter": rating, "points": round(100 * (worst.point or 0.0), 1)}
    if rating not in _WELL:
        return Verdict(lesson, False, "register.measured-badly", values, worst.entries)
    return Verdict(lesson, True, "register.held-measured", values, entries)


def _wanted(lesson: Lesson, scenario: Scenario) -> Iterator[str]:
    """The ids of the measures of what the lesson is about."""
    subject = lesson.subject
    ids = [subject.id] if subject else [""]
    if subject and subject.kind == "report":
        ids = [due.id for due in scenario.reports if due.rule == subject.id]
    for pattern in _MEASURES.get(lesson.rule, ()):
        yield from (pattern.format(id=id) for id in ids)


def _is_wanted(id: str, wanted: Iterable[str]) -> bool:
    return any(id == name or (name.endswith(".") and id.startswith(name)) for name in wanted)


def _leaves(measure: Measure) -> Iterator[Measure]:
    if not measure.children:
        yield measure
    for child in measure.children:
        yield from _leaves(child)
