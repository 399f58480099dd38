"""Conditions: whether one holds now, and at which times it might begin to hold by itself."""

from typing import assert_never

from drillkit.core.clocks import script_time
from drillkit.core.records import InjectRecord
from drillkit.core.state import State
from drillkit.model.base import MINUTE, Millis
from drillkit.model.when import (
    AllOf,
    Answered,
    AnyOf,
    Arrived,
    AtLeast,
    Delivered,
    Knows,
    MilestoneReached,
    NoneOf,
    NotBefore,
    OutcomeAbove,
    Overdue,
    Released,
    Reported,
    Stated,
    When,
)


def holds(when: When, state: State, at: Millis) -> bool:
    """Whether the condition holds in this state at exercise time `at`."""
    match when:
        case AllOf():
            return all(holds(part, state, at) for part in when.all)
        case AnyOf():
            return any(holds(part, state, at) for part in when.any)
        case NoneOf():
            return not any(holds(part, state, at) for part in when.none)
        case AtLeast():
            return sum(holds(part, state, at) for part in when.of) >= when.at_least
        case NotBefore():
            return script_time(state, at) >= when.not_before
        case MilestoneReached():
            return when.milestone in state.milestones
        case Answered():
            return _is_answered(when, state.injects.get(when.answered))
        case Released():
            record = state.injects.get(when.released)
            return record is not None and record.released is not None
        case Overdue():
            record = state.injects.get(when.overdue)
            return record is not None and bool(record.overdue)
        case Arrived():
            return when.arrived in state.presence and state.presence[when.arrived].is_here
        case Knows():
            return state.knows_fact(when.knows, when.fact) is not None
        case Delivered():
            need = state.needs.get(when.delivered)
            return need is not None and need.filled >= when.share * need.event.quantity
        case Reported():
            due = state.due.get(when.reported)
            return due is not None and bool(due.filed)
        case Stated():
            return when.stated in state.public
        case OutcomeAbove():
            return _is_beyond(when, outcome_value(state, when.outcome, at))
        case never:
            assert_never(never)


def _is_answered(when: Answered, record: InjectRecord | None) -> bool:
    if record is None:
        return False
    return any(
        when.option is None or when.option in given[-1].options
        for role, given in record.responses.items()
        if when.role is None or when.role == role
    )


def _is_beyond(when: OutcomeAbove, value: float) -> bool:
    return (when.above is None or value >= when.above) and (
        when.below is None or value <= when.below
    )


def outcome_value(state: State, outcome: str, at: Millis) -> float:
    """The variable at exercise time `at`, within the bounds that the scenario gives it."""
    record = state.outcomes[outcome]
    value = record.value + record.rate * (at - record.since.at) / MINUTE
    spec = next(spec for spec in state.scenario.outcomes if spec.id == outcome)
    if spec.low is not None:
        value = max(spec.low, value)
    if spec.high is not None:
        value = min(spec.high, value)
    return value


def wakes(when: When, state: State, at: Millis) -> list[Millis]:
    """The exercise times after `at` at which the condition might change although nobody acts."""
    match when:
        case AllOf():
            return [wake for part in when.all for wake in wakes(part, state, at)]
        case AnyOf():
            return [wake for part in when.any for wake in wakes(part, state, at)]
        case NoneOf():
            return [wake for part in when.none for wake in wakes(part, state, at)]
        case AtLeast():
            return [wake for part in when.of for wake in wakes(part, state, at)]
        case NotBefore():
            wake = when.not_before - state.skipped
            return [wake] if wake > at else []
        case OutcomeAbove():
            return _crossings(when, state, at)
        case _:
            return []


def _crossings(when: OutcomeAbove, state: State, at: Millis) -> list[Millis]:
    record = state.outcomes[when.outcome]
    if not record.rate:
        return []
    times = []
    for bound in (when.above, when.below):
        if bound is None:
            continue
        minutes = (bound - record.value) / record.rate
        # Rounded up: a millisecond too early, nobody would look again.
        time = record.since.at - int(-minutes * MINUTE // 1)
        if time > at:
            times.append(time)
    return times
