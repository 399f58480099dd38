"""Letters P, S, M, U: a decision tree on each task, not a band of its number, scoring model 4.7."""

from collections.abc import Collection, Mapping, Sequence

from drillkit.model.events import Rating
from drillkit.model.scenario import Task
from scoring.assessment import ObjectiveLetter, TaskLetter
from scoring.measure import Measure
from scoring.result.outcome import Ratings, objective_measure, ratings_by_task
from scoring.result.scene import Scene

ACHIEVED = 0.60
"""Below this the objective of a task is not achieved."""
CLEAN = 0.90
"""From here on nothing is left to improve."""
LEAD = "lead"
"""The rater whose letter stands as long as the evaluators have not met."""
MEETING = "meeting"
"""Who gave a letter that the evaluators' meeting settled on."""
_NONE: Mapping[str, bool] = {}
_ORDER: tuple[Rating, ...] = ("P", "S", "M", "U")


def letter(
    x: float | None,
    *,
    applicable: bool = True,
    harm: bool = False,
    unsafe: bool = False,
    noncompliant: bool = False,
    findings: bool = False,
) -> tuple[Rating, tuple[str, ...]]:
    """The suggested letter of a task of value `x` (0..1), and why (words keys)."""
    if not applicable:
        return "not-applicable", ("result.why-not-applicable",)
    if x is None:
        return "not-observed", ("result.why-not-observed",)
    # Judged at the one decimal of the points that people are shown.
    x = round(x, 3)
    if x < ACHIEVED:
        return "U", ("result.why-not-achieved",)
    major = {
        "result.why-harm": harm,
        "result.why-unsafe": unsafe,
        "result.why-noncompliant": noncompliant,
    }
    if any(major.values()):
        return "M", tuple(key for key, holds in major.items() if holds)
    minor = {"result.why-finding": findings, "result.why-improvable": x < CLEAN}
    if any(minor.values()):
        return "S", tuple(key for key, holds in minor.items() if holds)
    return "P", ("result.why-clean",)


def rolled_up(ratings: Sequence[tuple[Rating, bool]]) -> Rating:
    """The letter of several (letter, is critical): the worst critical one, else the lower median.

    Without any that applies it does not apply; without any observed it is not observed.
    """
    apply = [pair for pair in ratings if pair[0] != "not-applicable"]
    if not apply:
        return "not-applicable"
    critical = [pair for pair in apply if pair[1]]
    seen = sorted(
        (rating for rating, _ in critical or apply if rating != "not-observed"), key=_ORDER.index
    )
    if not seen:
        return "not-observed"
    return seen[-1] if critical else seen[len(seen) // 2]


def objective_letters(
    scene: Scene, measures: Mapping[str, Measure], open_tasks: Mapping[str, bool] = _NONE
) -> tuple[ObjectiveLetter, ...]:
    """The letters of all objectives; `open_tasks` have an open finding (True: a deficiency)."""
    ratings = ratings_by_task(scene)
    exposed = {inject.id for inject, _ in scene.unprotected}
    found: list[ObjectiveLetter] = []
    for objective in scene.scenario.objectives:
        targets = {
            target.id for target in scene.scenario.targets if target.objective == objective.id
        }
        tasks = [task for task in scene.scenario.tasks if task.target in targets]
        letters = tuple(
            _of_task(
                scene,
                task,
                objective=objective.id,
                measure=measures[task.id],
                ratings=ratings.get(task.id, ()),
                exposed=exposed,
                finding=open_tasks.get(task.id),
            )
            for task in tasks
        )
        pairs = [(one.rating, task.critical) for one, task in zip(letters, tasks, strict=True)]
        measure = objective_measure(scene, objective, measures)
        found.append(ObjectiveLetter(objective.id, measure, rolled_up(pairs), letters))
    return tuple(found)


def _of_task(
    scene: Scene,
    task: Task,
    *,
    objective: str,
    measure: Measure,
    ratings: Ratings,
    exposed: Collection[str],
    finding: bool | None,
) -> TaskLetter:
    injects = {inject.id for inject, _ in scene.expected.get(task.id, ())}
    harmful = [
        choice for choice in scene.choices if choice.inject.id in injects and choice.option.harm > 0
    ]
    breaches = _breaches(scene, task)
    suggested, why = letter(
        measure.point,
        applicable=measure.is_applicable,
        harm=bool(harmful) or any(event.harmed for _, event in ratings),
        unsafe=not injects.isdisjoint(exposed) or any(event.unsafe for _, event in ratings),
        noncompliant=bool(breaches) or any(event.noncompliant for _, event in ratings),
        findings=finding is not None,
    )
    agreed = scene.state.settled.get(task.id)
    met = (agreed[1].rating, MEETING) if agreed else None
    rating, by = met or _by_people(ratings) or (suggested, "rule")
    if rating == "P" and finding:
        rating, why = "S", (*why, "result.why-deficiency")
    entries = {
        *measure.entries,
        *(choice.given.seq for choice in harmful),
        *breaches,
        *(mark.seq for mark, _ in ratings),
        *([agreed[0].seq] if agreed else []),
    }
    return TaskLetter(
        task.id,
        objective,
        measure.point,
        measure.coverage,
        suggested,
        rating,
        by,
        why,
        tuple(sorted(entries)),
    )


def _by_people(ratings: Ratings) -> tuple[Rating, str] | None:
    """The lead's letter, else the lower median of the raters; None where nobody judged."""
    judged = [event for _, event in ratings if event.rating != "not-observed"]
    lead = next((event for event in judged if event.rater.casefold() == LEAD), None)
    if lead is not None:
        return lead.rating, lead.rater
    if not judged:
        return None
    names = ", ".join(event.rater for event in judged)
    return rolled_up([(event.rating, False) for event in judged]), names


def _breaches(scene: Scene, task: Task) -> list[int]:
    """Entries that show a breach of a reporting law among the reports of this task."""
    statutory = {rule.id for rule in scene.plan.reports if rule.statutory}
    reports = {due.id for due in scene.owed.get(task.id, ())}
    reports |= {expect.report for _, expect in scene.expected.get(task.id, ()) if expect.report}
    found: list[int] = []
    for id in sorted(reports):
        record = scene.state.due.get(id)
        if record is None or record.event.rule not in statutory:
            continue
        filed = scene.state.reports.get(record.filed)
        if filed is not None and filed.filed.at > record.event.limit_at:
            found.append(filed.filed.seq)
        elif filed is None and scene.now >= record.event.limit_at:
            found.append((record.overdue or record.due).seq)
        found += [
            mark.seq for mark, event in scene.state.conducts if event.rule == record.event.rule
        ]
    return found
