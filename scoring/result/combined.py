"""The result score and the combined score, with the vetoes that nobody may miss, 4.4 and 4.5."""

from collections.abc import Sequence

from drillkit.core.names import named
from drillkit.core.records import Mark
from drillkit.model.plan import Role
from drillkit.model.weights import Cutoffs, WeightSet
from scoring.assessment import Cap, FuzzyView, ObjectiveLetter, Score
from scoring.grading import join, score
from scoring.measure import hard_limit
from scoring.result.fuzzy import fuzzy_view
from scoring.result.outcome import result_measure
from scoring.result.scene import Scene
from scoring.result.titles import headline

SEVERE = 59.0
GRAVE = 74.0
_MET = 85.0
_AGAIN = 60.0


def result(scene: Scene, objectives: Sequence[ObjectiveLetter], weights: WeightSet) -> Score:
    """R, with the option of the record form that it suggests."""
    measure = result_measure(scene, [one.measure for one in objectives], weights.result)
    scored = score("result", measure, weights)
    if scored.grade is None or scored.point is None:
        return scored
    return score(
        "result", measure, weights, bucket=bucket(scored.point, _critical(scene, objectives))
    )


def bucket(points: float, critical: Sequence[str]) -> str:
    """The record form's verdict (a words key) from R and the letters of critical objectives."""
    shown = round(points, 1)
    if shown < _AGAIN or "U" in critical:
        return "result.bucket-again"
    if shown >= _MET and "M" not in critical:
        return "result.bucket-met"
    return "result.bucket-partly"


def combined(
    scene: Scene,
    process: Score,
    result: Score,
    objectives: Sequence[ObjectiveLetter],
    weights: WeightSet,
) -> Score:
    """Z, capped by each veto that applies; every cap says why and names its entries."""
    return join(
        "combined",
        "result.combined",
        [(process, weights.combined.process), (result, weights.combined.result)],
        weights,
        caps=vetoes(scene, objectives, weights.cutoffs),
    )


def fuzzy(process: Score, result: Score, weights: WeightSet) -> FuzzyView | None:
    """The fuzzy view of process and result, as far as they are observed."""
    parts = [
        (weight, part.point)
        for part, weight in (
            (process, weights.combined.process),
            (result, weights.combined.result),
        )
        if part.point is not None
    ]
    return fuzzy_view(parts, weights.cutoffs, weights.anchors)


def vetoes(scene: Scene, objectives: Sequence[ObjectiveLetter], cutoffs: Cutoffs) -> list[Cap]:
    """The veto list (a) to (e) of the scoring model, 4.5."""
    return [
        *_conduct(scene),
        *_without_command(scene),
        *_objectives(scene, objectives),
        *_lives(scene),
        *_aborted(scene, cutoffs),
    ]


def _critical(scene: Scene, objectives: Sequence[ObjectiveLetter]) -> list[str]:
    critical = {objective.id for objective in scene.scenario.objectives if objective.critical}
    return [one.rating for one in objectives if one.objective in critical]


def _conduct(scene: Scene) -> list[Cap]:
    rules = {rule.id: rule.title for rule in scene.plan.reports}
    return [
        Cap(
            SEVERE,
            f"result.veto-{event.conduct}",
            {"report": rules.get(event.rule, event.rule)},
            tuple(sorted({mark.seq, *event.entries})),
            named(mark) or mark.by,
        )
        for mark, event in scene.state.conducts
        if event.conduct in ("false", "concealed")
    ]


def _without_command(scene: Scene) -> list[Cap]:
    """Nobody held the command function when the time for it was up."""
    called = [
        (role, presence.called)
        for role in scene.plan.players()
        if role.commander and (presence := scene.state.presence.get(role.id)) and presence.called
    ]
    if not called or any(_held(scene, role, call) is not False for role, call in called):
        return []
    entries = tuple(sorted(call.seq for _, call in called))
    return [Cap(SEVERE, "result.veto-command", {"role": called[0][0].title}, entries)]


def _held(scene: Scene, role: Role, call: Mark) -> bool | None:
    """Whether the post was held at its hard limit; None while that is still ahead."""
    by = call.at + hard_limit(role.arrive_target, role.arrive_limit)
    stays = scene.state.presence[role.id].stays
    if any(stay.came.at < by and (stay.left is None or stay.left.at >= by) for stay in stays):
        return True
    return False if scene.now >= by else None


def _objectives(scene: Scene, objectives: Sequence[ObjectiveLetter]) -> list[Cap]:
    texts = {
        objective.id: objective.text
        for objective in scene.scenario.objectives
        if objective.critical
    }
    failed = [one for one in objectives if one.objective in texts and one.rating == "U"]
    ceiling = GRAVE if len(failed) == 1 else SEVERE
    return [
        Cap(
            ceiling,
            "result.veto-objective",
            {"objective": headline(texts[one.objective])},
            tuple(sorted({seq for task in one.tasks for seq in task.entries})),
        )
        for one in failed
    ]


def _lives(scene: Scene) -> list[Cap]:
    titles = {milestone.id: milestone.title for milestone in scene.scenario.milestones}
    deaths = [
        Cap(
            GRAVE,
            "result.veto-fatal",
            {"milestone": titles.get(event.milestone, event.title)},
            (mark.seq,),
        )
        for mark, event in scene.state.milestones.values()
        if event.fatal
    ]
    sent_out = [
        Cap(
            GRAVE,
            "result.veto-unprotected",
            {
                "need": exposure.need.title,
                "equipped": exposure.equipped,
                "persons": exposure.persons,
            },
            (exposure.answered.seq,),
        )
        for _, exposure in scene.unprotected
    ]
    return deaths + sent_out


def _aborted(scene: Scene, cutoffs: Cutoffs) -> list[Cap]:
    ended = scene.state.ended
    if ended is None or not scene.state.aborted:
        return []
    return [Cap(min(SEVERE, cutoffs.fair - 1), "result.veto-aborted", {}, (ended.seq,), ended.by)]
