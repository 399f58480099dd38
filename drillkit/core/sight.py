"""Who may know what: which entries reach which seat. What is not named here reaches staff only."""

from collections.abc import Collection, Sequence
from typing import Any

from drillkit.core.script import Script
from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER

# Everybody may see these: they happen in the open.
_OPEN = (
    ev.BriefingGiven,
    ev.DrillStarted,
    ev.DrillPaused,
    ev.DrillResumed,
    ev.SpeedSet,
    ev.ScriptJumped,
    ev.PhaseBegun,
    ev.DrillEnded,
    ev.BroadcastMade,
    ev.RoleCalled,
    ev.CallAcknowledged,
    ev.RoleArrived,
    ev.RoleLeft,
    ev.GroupEstablished,
    ev.SeatTaken,
    ev.SeatReady,
    ev.SeatLost,
    ev.SeatRegained,
    ev.SeatLeft,
    ev.SeatMoved,
    ev.StatementIssued,
)
# The supply board is one for the whole organisation.
_BOARD = (
    ev.SuppliesRequested,
    ev.RequestApproved,
    ev.RequestDeclined,
    ev.SuppliesDispatched,
    ev.SuppliesArrived,
    ev.SuppliesReceived,
    ev.SuppliesUsed,
    ev.StockChanged,
    ev.RouteChanged,
    ev.VehicleLost,
    ev.CustomerNotified,
)


def sees(
    script: Script,
    state: State,
    seats: Collection[str],
    entry: ev.Entry,
    entries: Sequence[ev.Entry],
) -> bool:
    """Whether somebody who holds these seats may see the entry.

    `state` and `entries` are the whole drill's so far. A role that stands in for another holds
    both seats.
    """
    if FACILITATOR in seats or EVALUATOR in seats:
        return True
    event: Any = entry.event
    if isinstance(event, _OPEN):
        return True
    if OBSERVER in seats:
        return False
    match event:
        case ev.StatementDrafted() | ev.StatementApproved() | ev.StatementReturned():
            return _drafts_or_decides(script, state, seats, event.statement)
        case ev.InjectReleased():
            return any(role in seats for role in event.to)
        case ev.InjectOpened() | ev.ResponseGiven() | ev.AnswerOverdue():
            return event.role in seats
        case ev.MessageSent():
            return event.sender in seats or any(role in seats for role in event.to)
        case ev.MessageAcknowledged():
            message = state.messages.get(event.message)
            return event.role in seats or (message is not None and message.event.sender in seats)
        case ev.ReportFiled():
            return event.sender in seats or any(role in seats for role in event.to)
        case ev.NeedArose():
            return any(role in seats for role in event.known_to)
        case ev.EntryVoided():
            return sees(script, state, seats, entries[event.entry], entries)
    inside = any(role in script.roles and not script.roles[role].outside for role in seats)
    return inside and isinstance(event, _BOARD)


def _drafts_or_decides(
    script: Script, state: State, seats: Collection[str], statement: str
) -> bool:
    rule = script.plan.release
    if rule and any(seat == rule.spokesperson or seat in rule.approvers for seat in seats):
        return True
    record = state.statements.get(statement)
    return record is not None and record.event.role in seats
