"""What a command leads to: events, or a refusal with a sentence for whoever asked. Pure."""

from typing import cast

from drillkit.core.decide.evaluators import decide_evaluator
from drillkit.core.decide.facilitator import decide_facilitator
from drillkit.core.decide.forms import decide_form
from drillkit.core.decide.players import decide_player
from drillkit.core.decide.terminals import decide_seat
from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR, FACILITATOR, Millis
from drillkit.model.commands import (
    EVALUATOR_COMMANDS,
    FACILITATOR_COMMANDS,
    SEAT_COMMANDS,
    Command,
    EvaluatorCommand,
    FacilitatorCommand,
    FillForm,
    PlayerCommand,
    SeatCommand,
)
from drillkit.model.events import Event

__all__ = ["Refused", "decide"]


def decide(script: Script, state: State, by: str, command: Command, at: Millis) -> list[Event]:
    """The events that `by` (a role or a staff seat) brings about by the command at `at`.

    Raises Refused with a sentence for the person.
    """
    if isinstance(command, FACILITATOR_COMMANDS):
        if by != FACILITATOR:
            raise Refused("facilitator-only")
        return decide_facilitator(script, state, cast("FacilitatorCommand", command), at)
    if isinstance(command, EVALUATOR_COMMANDS):
        if by not in (EVALUATOR, FACILITATOR):
            raise Refused("evaluator-only")
        return decide_evaluator(script, state, by, cast("EvaluatorCommand", command))
    if isinstance(command, SEAT_COMMANDS):
        return decide_seat(script, state, by, cast("SeatCommand", command))
    if isinstance(command, FillForm):
        return list(decide_form(state, by, command))
    if by not in script.roles:
        raise Refused("not-a-player")
    return decide_player(script, state, by, cast("PlayerCommand", command), at)
