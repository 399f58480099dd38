"""What becomes of the session as a whole."""

from drillkit.core.records import CustomerRecord, Mark, OutcomeRecord, Presence
from drillkit.core.reducers.table import on
from drillkit.core.state import State
from drillkit.model import events as ev


@on(ev.SessionOpened)
def _session_opened(state: State, mark: Mark, event: ev.SessionOpened) -> None:
    state.opened = event
    state.forms = {form.id: form for form in event.forms if form.audience == "evaluator"}
    state.stage = "briefing"
    for outcome in event.scenario.outcomes:
        state.outcomes[outcome.id] = OutcomeRecord(
            outcome.start, 0.0, mark, history=[(0, outcome.start)]
        )


@on(ev.BriefingGiven)
def _briefing_given(state: State, mark: Mark, event: ev.BriefingGiven) -> None:
    state.briefing = event
    state.stage = "briefing"
    state.ledger.open(event.plan)
    # All there is from the start on: who only looks must not change the state.
    for role in event.plan.roles:
        state.presence[role.id] = Presence()
        state.knows[role.id] = {}
    for customer in event.plan.customers:
        state.customers[customer.id] = CustomerRecord()


@on(ev.DrillStarted)
def _drill_started(state: State, mark: Mark, event: ev.DrillStarted) -> None:
    state.stage = "running"
    state.started = mark


@on(ev.DrillPaused)
def _drill_paused(state: State, mark: Mark, event: ev.DrillPaused) -> None:
    state.stage = "paused"


@on(ev.DrillResumed)
def _drill_resumed(state: State, mark: Mark, event: ev.DrillResumed) -> None:
    state.stage = "running"


@on(ev.SpeedSet)
def _speed_set(state: State, mark: Mark, event: ev.SpeedSet) -> None:
    state.speed = event.speed


@on(ev.ScriptJumped)
def _script_jumped(state: State, mark: Mark, event: ev.ScriptJumped) -> None:
    state.skipped += event.by


@on(ev.ClockMarked)
def _clock_marked(state: State, mark: Mark, event: ev.ClockMarked) -> None:
    """Every entry moves the state's clock; this one does nothing else."""


@on(ev.PhaseBegun)
def _phase_begun(state: State, mark: Mark, event: ev.PhaseBegun) -> None:
    state.phase = event


@on(ev.DrillEnded)
def _drill_ended(state: State, mark: Mark, event: ev.DrillEnded) -> None:
    state.stage = "ended"
    state.ended = mark
    state.aborted = event.aborted


@on(ev.EntryVoided)
def _entry_voided(state: State, mark: Mark, event: ev.EntryVoided) -> None:
    state.voided[event.entry] = (mark, event)
