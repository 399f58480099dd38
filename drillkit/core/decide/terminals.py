"""Who sits at which terminal: sitting down, losing the line and coming back, moving, leaving."""

from typing import assert_never

from drillkit.core.assignments import same_name
from drillkit.core.decide.seats import posts_of
from drillkit.core.records import Seat
from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR
from drillkit.model.commands import (
    AskSeat,
    DeclineSeat,
    LeaveSeat,
    LoseSeat,
    MoveSeat,
    ReportReady,
    SeatCommand,
    TakeSeat,
)
from drillkit.model.events import (
    Event,
    RoleLeft,
    SeatAsked,
    SeatDeclined,
    SeatLeft,
    SeatLost,
    SeatMoved,
    SeatReady,
    SeatRegained,
    SeatTaken,
)
from drillkit.model.text import Line


def decide_seat(script: Script, state: State, by: str, command: SeatCommand) -> list[Event]:
    """The events that a host's command for the terminal of `by` leads to; raises Refused."""
    match command:
        case TakeSeat():
            if not command.person:
                raise Refused("name-needed")
            seat = state.seats.get(command.line)
            if seat is None or seat.left is not None:
                _must_be_alone_in_name(state, by, command.person)
                return _sit_down(state, by, command)
            person = Line(seat.person)
            return [SeatRegained(line=command.line, role=by, person=person)] if seat.lost else []
        case ReportReady():
            seat = _seat(state, by, command.line)
            if seat.ready is not None:
                return []
            return [SeatReady(line=command.line, role=by, person=Line(seat.person))]
        case LoseSeat():
            seat = _seat(state, by, command.line)
            if seat.lost is not None:
                return []
            return [SeatLost(line=command.line, role=by, person=Line(seat.person))]
        case LeaveSeat():
            seat = _seat(state, by, command.line)
            person = Line(seat.person)
            left = SeatLeft(line=command.line, role=by, person=person, why=command.why)
            return [left, *_departure(state, by, command.line)]
        case AskSeat():
            return _ask(script, state, by, command)
        case never:
            assert_never(never)


def _sit_down(state: State, by: str, command: TakeSeat) -> list[Event]:
    """Somebody is here; whoever has that seat under that name already moves to this terminal."""
    for line, seat in state.seats.items():
        if seat.role == by and seat.left is None and same_name(seat.person, command.person):
            person = Line(seat.person)
            left = SeatLeft(line=line, role=by, person=person)
            taken = SeatTaken(line=command.line, role=by, person=person)
            ready = SeatReady(line=command.line, role=by, person=person)
            return [left, taken, ready] if seat.ready else [left, taken]
    return [SeatTaken(line=command.line, role=by, person=command.person)]


def _must_be_alone_in_name(state: State, by: str, person: str) -> None:
    """Evaluators are told apart by their names alone: whose ratings are whose hangs on them."""
    names = {
        seat.person.casefold()
        for seat in state.seats.values()
        if seat.role == EVALUATOR and seat.left is None and seat.lost is None
    }
    if by == EVALUATOR and person.casefold() in names:
        raise Refused("name-taken", name=person)


def _ask(script: Script, state: State, by: str, command: AskSeat) -> list[Event]:
    seat = _seat(state, by, command.line)
    if by not in script.roles:
        raise Refused("not-a-player")
    if state.stage == "ended":
        raise Refused("ended")
    script.role(command.role)
    if command.role == by:
        raise Refused("already-there")
    if not command.why:
        raise Refused("reason-needed")
    if seat.asked and (seat.wanted, seat.why) == (command.role, command.why):
        return []
    person = Line(seat.person)
    wanted, why = command.role, command.why
    return [SeatAsked(line=command.line, role=by, person=person, wanted=wanted, why=why)]


def decline_seat(state: State, command: DeclineSeat) -> list[Event]:
    """The facilitator lets a person who asked for another seat stay where they are."""
    seat = state.seats.get(command.line)
    if seat is None or seat.left is not None or seat.asked is None:
        raise Refused("nobody-asked")
    person = Line(seat.person)
    return [SeatDeclined(line=command.line, role=seat.role, person=person, wanted=seat.wanted)]


def move_seat(script: Script, state: State, command: MoveSeat) -> list[Event]:
    """The facilitator lets a person change roles."""
    script.role(command.role)
    seat = state.seats.get(command.line)
    if seat is None or seat.left is not None:
        raise Refused("unknown-seat")
    if seat.role == command.role:
        raise Refused("already-there")
    moved = SeatMoved(line=command.line, role=command.role, person=Line(seat.person), was=seat.role)
    return [moved, *_departure(state, seat.role, command.line)]


def _seat(state: State, by: str, line: str) -> Seat:
    seat = state.seats.get(line)
    if seat is None or seat.left is not None or seat.role != by:
        raise Refused("unknown-seat")
    return seat


def _departure(state: State, role: str, line: str) -> list[Event]:
    """The role leaves all its posts when the last person who sat there has gone."""
    others = any(
        seat.role == role and seat.left is None and id != line for id, seat in state.seats.items()
    )
    if others or not state.is_open:
        return []
    return [RoleLeft(role=post) for post in posts_of(state, role)]
