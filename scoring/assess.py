"""The one way from a drill's evidence to its assessment."""

from collections.abc import Iterable
from dataclasses import replace

from drillkit.core.fold import fold
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.events import Entry
from drillkit.model.weights import WeightSet
from scoring.assessment import Assessment, Score
from scoring.process.arrival import arrival
from scoring.process.information import information
from scoring.process.process import process
from scoring.process.supplies import supplies
from scoring.result.combined import combined, fuzzy, result
from scoring.result.lessons import Evidence, findings, problems, strengths
from scoring.result.letters import objective_letters
from scoring.result.outcome import task_measures
from scoring.result.robustness import robustness
from scoring.result.scene import scene
from scoring.result.settlement import NEEDED, needs_meeting


def assess(
    state: State,
    *,
    now: Millis | None = None,
    weights: WeightSet | None = None,
    thorough: bool = True,
) -> Assessment:
    """Score a drill as it stands at exercise time `now` (ms; the state's own by default).

    The weights are those the drill was opened with unless others are given. Without `thorough`
    there are no findings, no robustness and no bottleneck: what a live view needs, in a few ms.
    Raises ValueError for a state that was folded without the scenario.
    """
    if state.opened is None:
        raise ValueError("only a state that holds the scenario can be scored")
    at = state.at if now is None else now
    chosen = weights or state.opened.weights
    view = scene(state, at)
    came = arrival(state, at, chosen)
    supplied = supplies(state, at, chosen)
    informed = information(state, at, chosen, thorough=thorough)
    whole = process(came, supplied, informed, chosen)
    tasks = task_measures(view, chosen.anchors)
    noted = problems(Evidence(view, came, supplied, informed)) if thorough else []
    open_tasks: dict[str, bool] = {}
    for one in noted:
        for task in one.seen.tasks:
            open_tasks[task] = open_tasks.get(task, False) or one.seen.level == "deficiency"
    letters = objective_letters(view, tasks, open_tasks)
    if thorough:
        noted += strengths(Evidence(view, came, supplied, informed, letters))
    achieved = result(view, letters, chosen)
    joined = combined(view, whole, achieved, letters, chosen)
    pending = NEEDED if needs_meeting(state) else ""
    if pending:
        achieved, joined = _provisional(achieved), _provisional(joined)
    ceiling = min((cap.ceiling for cap in joined.caps), default=100.0)
    return Assessment(
        weights=chosen,
        arrival=came,
        supplies=supplied,
        information=informed,
        process=whole,
        result=achieved,
        combined=joined,
        objectives=letters,
        findings=findings(view, noted),
        fuzzy=fuzzy(whole, achieved, chosen),
        robustness=robustness(joined.measure, chosen.cutoffs, ceiling=ceiling)
        if thorough
        else None,
        pending=pending,
    )


def _provisional(scored: Score) -> Score:
    """The score, whose grade is not final."""
    return replace(scored, footing="provisional") if scored.footing == "graded" else scored


def assess_entries(entries: Iterable[Entry]) -> Assessment:
    """Score a journal, with the weights that it was opened with."""
    return assess(fold(entries))
