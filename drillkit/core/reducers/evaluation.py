"""The story, and what evaluators say of it."""

from drillkit.core.assignments import key_of
from drillkit.core.records import Mark, OutcomeRecord
from drillkit.core.reducers.table import on
from drillkit.core.state import State
from drillkit.model import events as ev


@on(ev.MilestoneReached)
def _milestone_reached(state: State, mark: Mark, event: ev.MilestoneReached) -> None:
    state.milestones.setdefault(event.milestone, (mark, event))


@on(ev.OutcomeMoved)
def _outcome_moved(state: State, mark: Mark, event: ev.OutcomeMoved) -> None:
    before = state.outcomes.get(event.outcome)
    history = before.history if before else []
    history.append((mark.at, event.value))
    state.outcomes[event.outcome] = OutcomeRecord(
        event.value, event.rate, mark, event.moves, history
    )


@on(ev.TasksAssigned)
def _tasks_assigned(state: State, mark: Mark, event: ev.TasksAssigned) -> None:
    if event.tasks:
        state.assigned[key_of(event.evaluator)] = (mark, event)
    else:
        state.assigned.pop(key_of(event.evaluator), None)


@on(ev.LeadNamed)
def _lead_named(state: State, mark: Mark, event: ev.LeadNamed) -> None:
    state.lead = (mark, event) if event.name else None


@on(ev.NoteMade)
def _note_made(state: State, mark: Mark, event: ev.NoteMade) -> None:
    state.notes[event.note] = (mark, event)


@on(ev.TaskRated)
def _task_rated(state: State, mark: Mark, event: ev.TaskRated) -> None:
    state.ratings[event.task, event.rater] = (mark, event)


@on(ev.DutyRated)
def _duty_rated(state: State, mark: Mark, event: ev.DutyRated) -> None:
    state.duties[event.role, event.rater] = (mark, event)


@on(ev.ValueAdjudicated)
def _value_adjudicated(state: State, mark: Mark, event: ev.ValueAdjudicated) -> None:
    state.adjudicated[event.measure] = (mark, event)


@on(ev.ValueRestored)
def _value_restored(state: State, mark: Mark, event: ev.ValueRestored) -> None:
    state.adjudicated.pop(event.measure, None)


@on(ev.PlanReviewed)
def _plan_reviewed(state: State, mark: Mark, event: ev.PlanReviewed) -> None:
    state.review = (mark, event)


@on(ev.RatingsSubmitted)
def _ratings_submitted(state: State, mark: Mark, event: ev.RatingsSubmitted) -> None:
    state.submitted[event.rater] = mark


@on(ev.TaskSettled)
def _task_settled(state: State, mark: Mark, event: ev.TaskSettled) -> None:
    state.settled[event.task] = (mark, event)


@on(ev.DutySettled)
def _duty_settled(state: State, mark: Mark, event: ev.DutySettled) -> None:
    state.settled_duties[event.role] = (mark, event)


@on(ev.MeetingClosed)
def _meeting_closed(state: State, mark: Mark, event: ev.MeetingClosed) -> None:
    state.meeting = (mark, event)


@on(ev.ReportSigned)
def _report_signed(state: State, mark: Mark, event: ev.ReportSigned) -> None:
    state.signed[event.office] = (mark, event)


@on(ev.ReportReopened)
def _report_reopened(state: State, mark: Mark, event: ev.ReportReopened) -> None:
    state.signed.clear()
    state.reopened.append((mark, event))
    if event.meeting:
        state.meeting = None


@on(ev.FormHandedOut)
def _form_handed_out(state: State, mark: Mark, event: ev.FormHandedOut) -> None:
    state.forms[event.form.id] = event.form


@on(ev.FormFilled)
def _form_filled(state: State, mark: Mark, event: ev.FormFilled) -> None:
    hand = f"{event.role}/{event.filler}" if event.filler else f"#{mark.seq}"
    state.filled[event.form, hand] = (mark, event)
