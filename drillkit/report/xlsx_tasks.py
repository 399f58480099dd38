"""What the evaluation guide holds: each critical task of a capability, with its evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drillkit.core.assignments import watchers
from drillkit.core.clocks import face
from drillkit.model.base import Lang
from drillkit.model.events import Rating
from drillkit.model.scenario import Expect, Inject, Objective, ReportDue, Target, Task
from drillkit.report.drill import Drill, moment, percent
from drillkit.words import listing, say
from scoring.measure import Measure, hard_limit
from scoring.result.actions import action, due_report
from scoring.result.scene import Scene, scene


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One critical task as its evaluator sees it; `number` is its place, such as "2.3".

    `expected`, `trigger` and `found` have one line for each expected action, in the same order.
    `entries` are those that the automatic measures rest on.
    """

    task: str
    number: str
    title: str
    expected: str
    trigger: str
    found: str
    notes: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One capability under one objective: what an evaluator gets as one form."""

    title: str
    objective: str
    targets: str
    sources: str
    lines: tuple[TaskLine, ...]


def pages(drill: Drill) -> list[Page]:
    """The forms of the guide, in the order of the scenario; a capability without tasks has none."""
    view = scene(drill.state, drill.end_at)
    found: list[Page] = []
    for objective in view.scenario.objectives:
        for targets in _capabilities(view, objective).values():
            if page := _page(drill, view, objective, targets, len(found) + 1):
                found.append(page)
    return found


def _capabilities(view: Scene, objective: Objective) -> Mapping[str, list[Target]]:
    found: dict[str, list[Target]] = {}
    for target in view.scenario.targets:
        if target.objective == objective.id:
            found.setdefault(target.capability.en, []).append(target)
    return found


def _page(
    drill: Drill, view: Scene, objective: Objective, targets: list[Target], number: int
) -> Page | None:
    lang, ids = drill.lang, {target.id for target in targets}
    tasks = [task for task in view.scenario.tasks if task.target in ids]
    if not tasks:
        return None
    return Page(
        title=targets[0].capability.in_(lang),
        objective=objective.text.in_(lang),
        targets="\n".join(target.threshold.in_(lang) for target in targets),
        sources=listing(lang, [target.source for target in targets if target.source]),
        lines=tuple(
            _line(drill, view, task, f"{number}.{place}") for place, task in enumerate(tasks, 1)
        ),
    )


def _line(drill: Drill, view: Scene, task: Task, number: str) -> TaskLine:
    happened = list(_happened(drill, view, task))
    parts = [task.text.in_(drill.lang), task.standard.in_(drill.lang)]
    if task.roles:
        parts.append(drill.names.roles(task.roles, drill.lang))
    if names := watchers(drill.state, task.id):
        parts.append(say(drill.lang, "evaluation.assigned", names=listing(drill.lang, names)))
    if task.critical:
        parts.append(say(drill.lang, "sheet.critical"))
    notes = [
        say(drill.lang, "sheet.note", at=moment(mark.at), text=note.text, entry=mark.seq)
        for mark, note in drill.state.notes.values()
        if note.task == task.id
    ]
    return TaskLine(
        task=task.id,
        number=number,
        title="\n".join(parts),
        expected=_numbered([asked for asked, _, _ in happened]),
        trigger=_numbered([trigger for _, trigger, _ in happened]),
        found=_numbered([_found(drill, measure) for _, _, measure in happened]),
        notes="\n".join(notes),
        entries=tuple(sorted({seq for _, _, measure in happened for seq in measure.entries})),
    )


def _numbered(lines: list[str]) -> str:
    """The lines, with numbers where there are several, so that columns can be read across."""
    if len(lines) < 2:
        return "".join(lines)
    return "\n".join(f"({number}) {line}" for number, line in enumerate(lines, 1))


def _happened(drill: Drill, view: Scene, task: Task) -> Iterator[tuple[str, str, Measure]]:
    """What was expected, what triggers it, and the measure of what became of it."""
    for inject, expect in view.expected.get(task.id, ()):
        measure = action(view, inject, expect, closed=task.closed)
        yield _expected(drill, expect), _inject(drill, inject), measure
    for due in view.owed.get(task.id, ()):
        measure = due_report(view, due, closed=task.closed)
        yield _due(drill, due), drill.names.inject(due.after, drill.lang), measure


def _expected(drill: Drill, expect: Expect) -> str:
    return say(
        drill.lang,
        "sheet.expected",
        role=drill.names.role(expect.role, drill.lang),
        text=expect.text.in_(drill.lang),
        target=face(expect.target),
        limit=face(hard_limit(expect.target, expect.limit)),
    )


def _due(drill: Drill, due: ReportDue) -> str:
    rule = next(rule for rule in drill.state.plan.reports if rule.id == due.rule)
    return say(
        drill.lang,
        "sheet.report-due",
        role=drill.names.role(rule.sender, drill.lang),
        report=rule.title.in_(drill.lang),
        limit=face(rule.limit),
    )


def _inject(drill: Drill, inject: Inject) -> str:
    """The inject by its title, with when it came, or when the script has it."""
    title = inject.title.in_(drill.lang)
    record = drill.state.injects.get(inject.id)
    if record is not None and record.released is not None:
        return say(drill.lang, "sheet.released", title=title, at=moment(record.released.at))
    if inject.at is not None:
        return say(drill.lang, "sheet.planned", title=title, at=face(inject.at))
    return title


def _found(drill: Drill, measure: Measure) -> str:
    """What the journal says became of it."""
    if measure.standing != "value" or measure.point is None:
        return drill.say(f"standing.{measure.standing}")
    last = max((seq for seq in measure.entries if seq < len(drill.entries)), default=None)
    at = moment(None if last is None else drill.entries[last].at)
    if not measure.point:
        return say(drill.lang, "sheet.not-done", at=at)
    return say(drill.lang, "sheet.done", at=at, share=percent(measure.point))


def labels(lang: Lang) -> dict[Rating, str]:
    """How each rating is written in a guide of this language."""
    return {rating: say(lang, f"sheet.rating.{rating}") for rating in RATINGS}


RATINGS: tuple[Rating, ...] = ("P", "S", "M", "U", "not-observed", "not-applicable")
