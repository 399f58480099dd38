"""Conditions made ready: whether one holds now, and when it might begin to hold by itself.

A condition is asked some hundred times a drill and is written once, so it is turned once into
closures that look straight at the state, together with what can change its answer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from drillkit.core.clocks import script_time
from drillkit.core.state import State
from drillkit.model.base import MINUTE, Millis
from drillkit.model.scenario import Outcome
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

Test = Callable[[State, Millis], bool]
"""Whether it holds in this state at that exercise time."""

Key = tuple[str, str]
"""Something that can change: what kind of thing it is, and its id."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the scenario, ready to be asked.

    `times` are script times from which on it may hold, `bounds` outcome variables that it
    compares as they move; beside time, only a change of one of `keys` can change its answer.
    """

    holds: Test
    times: tuple[Millis, ...] = ()
    bounds: tuple[OutcomeAbove, ...] = ()
    keys: frozenset[Key] = frozenset()

    def wakes(self, state: State, at: Millis) -> Iterator[Millis]:
        """The exercise times after `at` at which it might change although nobody acts."""
        for time in self.times:
            if time - state.skipped > at:
                yield time - state.skipped
        for bound in self.bounds:
            yield from _crossings(bound, state, at)


def ready(when: When, outcomes: Mapping[str, Outcome]) -> Condition:
    """The condition made ready; `outcomes` are the scenario's, by id."""
    match when:
        case AllOf():
            parts = [ready(part, outcomes) for part in when.all]
            return _joined(parts, _all(_tests(parts)))
        case AnyOf():
            parts = [ready(part, outcomes) for part in when.any]
            return _joined(parts, _any(_tests(parts)))
        case NoneOf():
            parts = [ready(part, outcomes) for part in when.none]
            holds_one = _any(_tests(parts))
            return _joined(parts, lambda state, at: not holds_one(state, at))
        case AtLeast(at_least=least):
            parts = [ready(part, outcomes) for part in when.of]
            tests = _tests(parts)
            return _joined(parts, lambda state, at: sum(test(state, at) for test in tests) >= least)
        case NotBefore(not_before=time):
            return Condition(lambda state, at: script_time(state, at) >= time, times=(time,))
        case OutcomeAbove():
            spec = outcomes[when.outcome]
            return Condition(
                lambda state, at: _is_beyond(when, value_of(spec, state, at)),
                bounds=(when,),
                keys=frozenset((("outcome", when.outcome),)),
            )
        case _:
            test, key = _happened(when)
            return Condition(test, keys=frozenset((key,)))


def _happened(
    when: MilestoneReached | Answered | Released | Overdue | Arrived | Knows
    | Delivered | Reported | Stated,
) -> tuple[Test, Key]:  # fmt: skip
    """The test of what only an event can change, and what that event changes."""
    match when:
        case MilestoneReached(milestone=milestone):
            return (lambda state, _: milestone in state.milestones), ("milestone", milestone)
        case Answered():
            return (lambda state, _: _is_answered(when, state)), ("answered", when.answered)
        case Released(released=inject):
            return (lambda state, _: _is_released(inject, state)), ("released", inject)
        case Overdue(overdue=inject):
            return (lambda state, _: _is_overdue(inject, state)), ("overdue", inject)
        case Arrived(arrived=role):
            return (lambda state, _: _is_here(role, state)), ("here", role)
        case Knows(knows=role, fact=fact):
            return (lambda state, _: state.knows_fact(role, fact) is not None), ("told", fact)
        case Delivered():
            return (lambda state, _: _is_delivered(when, state)), ("need", when.delivered)
        case Reported(reported=due):
            return (lambda state, _: _is_reported(due, state)), ("reported", due)
        case Stated(stated=fact):
            return (lambda state, _: fact in state.public), ("stated", fact)
        case never:
            assert_never(never)


# -- parts -----------------------------------------------------------------------------------------


def _joined(parts: list[Condition], holds: Test) -> Condition:
    return Condition(
        holds,
        times=tuple(time for part in parts for time in part.times),
        bounds=tuple(bound for part in parts for bound in part.bounds),
        keys=frozenset[Key]().union(*(part.keys for part in parts)),
    )


def _tests(parts: list[Condition]) -> tuple[Test, ...]:
    return tuple(part.holds for part in parts)


def _all(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def holds(state: State, at: Millis) -> bool:
        for test in tests:  # noqa: SIM110  # all() would make a generator each time
            if not test(state, at):
                return False
        return True

    return holds


def _any(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def holds(state: State, at: Millis) -> bool:
        for test in tests:  # noqa: SIM110  # any() would make a generator each time
            if test(state, at):
                return True
        return False

    return holds


# -- what has happened -----------------------------------------------------------------------------


def _is_answered(when: Answered, state: State) -> bool:
    record = state.injects.get(when.answered)
    if record is None or not record.responses:
        return False
    return any(
        when.option is None or when.option in given[-1].options
        for role, given in record.responses.items()
        if when.role is None or when.role == role
    )


def _is_released(inject: str, state: State) -> bool:
    record = state.injects.get(inject)
    return record is not None and record.released is not None


def _is_overdue(inject: str, state: State) -> bool:
    record = state.injects.get(inject)
    return record is not None and bool(record.overdue)


def _is_here(role: str, state: State) -> bool:
    return role in state.presence and state.presence[role].is_here


def _is_delivered(when: Delivered, state: State) -> bool:
    need = state.needs.get(when.delivered)
    return need is not None and need.filled >= when.share * need.event.quantity


def _is_reported(due: str, state: State) -> bool:
    record = state.due.get(due)
    return record is not None and bool(record.filed)


# -- outcome variables -----------------------------------------------------------------------------


def _is_beyond(when: OutcomeAbove, value: float) -> bool:
    return (when.above is None or value >= when.above) and (
        when.below is None or value <= when.below
    )


def value_of(outcome: Outcome, state: State, at: Millis) -> float:
    """The variable at exercise time `at`, within the bounds that the scenario gives it."""
    record = state.outcomes[outcome.id]
    value = record.value + record.rate * (at - record.since.at) / MINUTE
    if outcome.low is not None:
        value = max(outcome.low, value)
    if outcome.high is not None:
        value = min(outcome.high, value)
    return value


def _crossings(when: OutcomeAbove, state: State, at: Millis) -> Iterator[Millis]:
    record = state.outcomes[when.outcome]
    if not record.rate:
        return
    for bound in (when.above, when.below):
        if bound is None:
            continue
        minutes = (bound - record.value) / record.rate
        # Rounded up: a millisecond too early, nobody would look again.
        time = record.since.at - int(-minutes * MINUTE // 1)
        if time > at:
            yield time


def leaves(when: When) -> Iterator[When]:
    """The conditions in it that have no parts."""
    match when:
        case AllOf(all=parts) | AnyOf(any=parts) | NoneOf(none=parts) | AtLeast(of=parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield when
