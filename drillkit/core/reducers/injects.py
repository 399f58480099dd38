"""What became of the injects."""

from drillkit.core.records import Mark, Response
from drillkit.core.reducers.table import learn, on
from drillkit.core.state import State
from drillkit.model import events as ev


@on(ev.InjectReleased)
def _inject_released(state: State, mark: Mark, event: ev.InjectReleased) -> None:
    record = state.inject(event.inject)
    record.released, record.event = mark, event
    learn(state, mark, event.to, event.facts, event.inject)


@on(ev.InjectHeld)
def _inject_held(state: State, mark: Mark, event: ev.InjectHeld) -> None:
    record = state.inject(event.inject)
    record.held, record.why = mark, event.why


@on(ev.InjectFreed)
def _inject_freed(state: State, mark: Mark, event: ev.InjectFreed) -> None:
    record = state.inject(event.inject)
    record.held, record.why = None, ""


@on(ev.InjectSkipped)
def _inject_skipped(state: State, mark: Mark, event: ev.InjectSkipped) -> None:
    record = state.inject(event.inject)
    record.skipped, record.why = mark, event.why


@on(ev.InjectDeferred)
def _inject_deferred(state: State, mark: Mark, event: ev.InjectDeferred) -> None:
    record = state.inject(event.inject)
    record.deferred_to, record.why = event.script, event.why


@on(ev.InjectOpened)
def _inject_opened(state: State, mark: Mark, event: ev.InjectOpened) -> None:
    state.inject(event.inject).opened.setdefault(event.role, mark)


@on(ev.ResponseGiven)
def _response_given(state: State, mark: Mark, event: ev.ResponseGiven) -> None:
    responses = state.inject(event.inject).responses
    responses.setdefault(event.role, []).append(Response(mark, event.options, event.text))


@on(ev.AnswerOverdue)
def _answer_overdue(state: State, mark: Mark, event: ev.AnswerOverdue) -> None:
    state.inject(event.inject).overdue[event.role] = mark


@on(ev.BroadcastMade)
def _broadcast_made(state: State, mark: Mark, event: ev.BroadcastMade) -> None:
    state.broadcasts.append((mark, event))
