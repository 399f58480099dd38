"""What evaluators may do: note while it is played, rate and judge when it is over."""

from typing import assert_never

from drillkit.core.decide.settlement import (
    SettlementCommand,
    decide_settlement,
    must_be_unsigned,
    must_decide,
)
from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.commands import (
    Adjudicate,
    EvaluatorCommand,
    JudgeConduct,
    MakeNote,
    RateDuty,
    RateTask,
    RestoreValue,
    ReviewPlan,
)
from drillkit.model.events import (
    ConductJudged,
    Duty,
    DutyRated,
    Event,
    NoteMade,
    PlanReviewed,
    Rating,
    TaskRated,
    ValueAdjudicated,
    ValueRestored,
)

GRAVE: tuple[Rating, ...] = ("M", "U")
"""The letters that are given with a reason."""
GRAVE_DUTIES: tuple[Duty, ...] = ("unclear",)
"""The ratings of duties that are."""


def decide_evaluator(
    script: Script, state: State, by: str, command: EvaluatorCommand
) -> list[Event]:
    """The events that an evaluator's command leads to; raises Refused."""
    if isinstance(command, MakeNote):
        must_be_unsigned(state)
        if not command.text:
            raise Refused("empty")
        _must_exist(state, command.entries)
        if command.task and command.task not in script.tasks:
            raise Refused("unknown-task", task=command.task)
        return [
            NoteMade(
                note=f"n{state.seq + 1}",
                text=command.text,
                task=command.task,
                entries=command.entries,
            )
        ]
    if state.stage != "ended":
        raise Refused("rate-after-end")
    if isinstance(command, SettlementCommand):
        return decide_settlement(script, state, by, command)
    must_be_unsigned(state)
    match command:
        case RateTask():
            _must_not_be_in(state, command.rater)
            if command.task not in script.tasks:
                raise Refused("unknown-task", task=command.task)
            if command.rating in GRAVE and not command.why:
                raise Refused("reason-needed")
            _must_exist(state, command.entries)
            return [
                TaskRated(
                    task=command.task,
                    rater=command.rater,
                    rating=command.rating,
                    why=command.why,
                    harmed=command.harmed,
                    unsafe=command.unsafe,
                    noncompliant=command.noncompliant,
                    entries=command.entries,
                )
            ]
        case RateDuty():
            script.role(command.role)
            _must_not_be_in(state, command.rater)
            if command.duty in GRAVE_DUTIES and not (command.why or command.on_paper):
                raise Refused("reason-needed")
            return [
                DutyRated(
                    role=command.role, rater=command.rater, duty=command.duty, why=command.why
                )
            ]
        case Adjudicate() | RestoreValue():
            must_decide(state, by, command.decider)
            if not command.why:
                raise Refused("reason-needed")
            return [_decided(state, command)]
        case JudgeConduct():
            if command.rule not in script.rules:
                raise Refused("unknown-report", report=command.rule)
            if not command.why:
                raise Refused("reason-needed")
            _must_exist(state, command.entries)
            return [
                ConductJudged(
                    rule=command.rule,
                    conduct=command.conduct,
                    why=command.why,
                    entries=command.entries,
                )
            ]
        case ReviewPlan():
            return [
                PlanReviewed(
                    suitability=command.suitability,
                    sufficiency=command.sufficiency,
                    why=command.why,
                )
            ]
        case never:
            assert_never(never)


def _decided(state: State, command: Adjudicate | RestoreValue) -> ValueAdjudicated | ValueRestored:
    """A value set, or taken back so that what was measured counts again."""
    if isinstance(command, RestoreValue):
        if command.measure not in state.adjudicated:
            raise Refused("nothing-set")
        return ValueRestored(measure=command.measure, why=command.why, decider=command.decider)
    if command.value is not None and not 0 <= command.value <= 1:
        raise Refused("adjudicated-value")
    return ValueAdjudicated(
        measure=command.measure, value=command.value, why=command.why, decider=command.decider
    )


def _must_not_be_in(state: State, rater: str) -> None:
    if rater in state.submitted:
        raise Refused("ratings-submitted")


def _must_exist(state: State, entries: tuple[int, ...]) -> None:
    for entry in entries:
        if not 0 <= entry <= state.seq:
            raise Refused("unknown-entry", entry=entry)
