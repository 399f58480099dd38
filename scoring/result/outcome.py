"""The result of a drill: objectives, outcome variables, recovery and harm, scoring model 4.4."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from drillkit.core.records import Mark
from drillkit.model.base import MINUTE
from drillkit.model.events import TaskRated, TaskSettled
from drillkit.model.scenario import Objective, Outcome, Recovery, Task
from drillkit.model.weights import Anchors, ResultWeights
from scoring.grading import adjudicated
from scoring.measure import (
    Measure,
    hard_limit,
    not_applicable,
    not_observed,
    total,
    utility,
    value,
)
from scoring.process.windows import missing
from scoring.result.actions import action, due_report
from scoring.result.harm import harms
from scoring.result.scene import Scene

APART = 0.25
"""Further apart than this, evidence and judgement of a task are to be talked over."""
Ratings = Sequence[tuple[Mark, TaskRated]]


def ratings_by_task(scene: Scene) -> Mapping[str, Ratings]:
    """What the evaluators gave each task, in the order of their names."""
    found: dict[str, list[tuple[Mark, TaskRated]]] = defaultdict(list)
    for (task, _), rated in sorted(scene.state.ratings.items()):
        found[task].append(rated)
    return found


def anchor(rating: str, anchors: Anchors) -> float | None:
    """The value (0..1) that stands for a letter; None for the two that say nothing was judged."""
    points = {
        "P": anchors.performed,
        "S": anchors.some_challenges,
        "M": anchors.major_challenges,
        "U": anchors.unable,
    }.get(rating)
    return None if points is None else points / 100


def task_measures(scene: Scene, anchors: Anchors) -> dict[str, Measure]:
    """Each task's measure: evidence and judgement mixed by its lambda, scoring model 4.6."""
    ratings = ratings_by_task(scene)
    return {
        task.id: _task(scene, task, ratings.get(task.id, ()), anchors)
        for task in scene.scenario.tasks
    }


def _task(scene: Scene, task: Task, ratings: Ratings, anchors: Anchors) -> Measure:
    id, words = f"result.task.{task.id}", "result.task"
    auto = total(
        f"{id}.auto",
        "result.auto",
        [
            *(
                action(scene, inject, expect, closed=task.closed)
                for inject, expect in scene.expected.get(task.id, ())
            ),
            *(due_report(scene, due, closed=task.closed) for due in scene.owed.get(task.id, ())),
        ],
    )
    human = _human(f"{id}.human", ratings, scene.state.settled.get(task.id), anchors)
    if human is not None and human.point is not None:
        share = task.share_auto if auto.point is not None else 0.0
        parts = [auto.weighing(share), human.weighing(1.0 - share)]
        measure = total(id, words, parts, weight=task.weight, about=task.id)
    elif human is not None and not human.is_applicable:
        measure = not_applicable(id, words, weight=task.weight, about=task.id)
    elif auto.children:
        measure = replace(auto, id=id, words=words, weight=task.weight, about=task.id)
    else:
        measure = not_observed(id, words, weight=task.weight, about=task.id)
    return adjudicated(measure, scene.state)


def _human(
    id: str, ratings: Ratings, agreed: tuple[Mark, TaskSettled] | None, anchors: Anchors
) -> Measure | None:
    """What people say of a task; None where nobody said anything.

    That is what their meeting agreed on; else the median of the raters, with their spread as its
    interval.
    """
    entries = [mark.seq for mark, _ in ratings]
    if agreed is not None:
        mark, settled = agreed
        x = anchor(settled.rating, anchors)
        if x is not None:
            entries.append(mark.seq)
            return value(id, "result.human", x, evidence="adjudicated", entries=entries)
        if settled.rating == "not-applicable":
            return not_applicable(id, "result.human")
        return not_observed(id, "result.human")
    if not ratings:
        return None
    seen = [
        (x, mark.seq) for mark, event in ratings if (x := anchor(event.rating, anchors)) is not None
    ]
    if seen:
        given = [x for x, _ in seen]
        leaf = value(
            id,
            "result.human",
            median(given),
            evidence="evaluator",
            entries=(seq for _, seq in seen),
        )
        return replace(leaf, lo=min(given), hi=max(given))
    if all(event.rating == "not-applicable" for _, event in ratings):
        return not_applicable(id, "result.human")
    return not_observed(id, "result.human")


def discrepancies(tasks: Mapping[str, Measure]) -> tuple[str, ...]:
    """The tasks whose evidence and judgement lie too far apart, for the evaluators' meeting."""
    found: list[str] = []
    for id, measure in tasks.items():
        points = [
            child.point
            for child in measure.children
            if child.words in ("result.auto", "result.human") and child.point is not None
        ]
        if len(points) == 2 and abs(points[0] - points[1]) > APART:
            found.append(id)
    return tuple(found)


def objective_measure(scene: Scene, objective: Objective, tasks: Mapping[str, Measure]) -> Measure:
    """An objective as the weighted sum of its targets; a target weighs what its tasks weigh."""
    targets: list[Measure] = []
    for target in scene.scenario.targets:
        if target.objective == objective.id:
            parts = [tasks[task.id] for task in scene.scenario.tasks if task.target == target.id]
            weight = sum(part.weight for part in parts if part.is_applicable)
            targets.append(
                total(
                    f"result.target.{target.id}",
                    "result.target",
                    parts,
                    weight=weight,
                    about=target.id,
                )
            )
    return total(
        f"result.objective.{objective.id}",
        "result.objective",
        targets,
        weight=objective.weight,
        about=objective.id,
    )


def result_measure(scene: Scene, objectives: Sequence[Measure], weights: ResultWeights) -> Measure:
    """R, scoring model 4.4, from the objectives' measures and what the state says."""
    return total(
        "result",
        "result.result",
        [
            total("result.objectives", "result.objectives", objectives, weight=weights.objectives),
            total(
                "result.outcomes",
                "result.outcomes",
                [_outcome(scene, outcome) for outcome in scene.scenario.outcomes],
                weight=weights.outcomes,
            ),
            total(
                "result.recovery",
                "result.recovery",
                [_recovery(scene, recovery) for recovery in scene.scenario.recoveries],
                weight=weights.recovery,
            ),
            _compliance(scene, weights.compliance),
        ],
    )


def outcome_value(scene: Scene, outcome: Outcome) -> float:
    """The outcome variable as it stands now, within its bounds."""
    record = scene.state.outcomes[outcome.id]
    minutes = max(0, scene.now - record.since.at) / MINUTE
    reached = record.value + record.rate * minutes
    if outcome.low is not None:
        reached = max(outcome.low, reached)
    return reached if outcome.high is None else min(outcome.high, reached)


def _outcome(scene: Scene, outcome: Outcome) -> Measure:
    id, words = f"result.outcome.{outcome.id}", "result.outcome"
    span = outcome.reference - outcome.null
    if span == 0:
        return not_applicable(id, words, weight=outcome.weight, about=outcome.id)
    if scene.state.started is None:
        return not_observed(id, words, weight=outcome.weight, about=outcome.id)
    return value(
        id,
        words,
        (outcome_value(scene, outcome) - outcome.null) / span,
        weight=outcome.weight,
        evidence="simulated",
        entries=(scene.state.outcomes[outcome.id].since.seq,),
        about=outcome.id,
    )


def _recovery(scene: Scene, recovery: Recovery) -> Measure:
    id, words = f"result.recovery.{recovery.id}", "result.recovered"
    start = scene.state.started
    if recovery.after is not None:
        inject = scene.state.injects.get(recovery.after)
        start = inject.released if inject else None
    if start is None:
        return not_applicable(id, words, weight=recovery.weight, about=recovery.id)
    reached, _ = scene.state.milestones.get(recovery.milestone, (None, None))
    if reached is None:
        return missing(
            id,
            words,
            limit_at=start.at + hard_limit(recovery.target, recovery.limit),
            now=scene.now,
            weight=recovery.weight,
            entries=(start.seq,),
            about=recovery.id,
        )
    return value(
        id,
        words,
        utility(reached.at - start.at, recovery.target, recovery.limit),
        weight=recovery.weight,
        entries=(start.seq, reached.seq),
        about=recovery.id,
    )


def _compliance(scene: Scene, weight: float) -> Measure:
    id = words = "result.compliance"
    if scene.state.started is None:
        return not_observed(id, words, weight=weight)
    found = harms(scene)
    done = 1.0 - sum(harm.severity for harm in found)
    return value(id, words, done, weight=weight, entries=(harm.entry for harm in found))
