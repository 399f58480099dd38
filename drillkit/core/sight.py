"""Who may know what: which entries reach which seat. What is not named here reaches staff only."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, cast, get_args

from drillkit.core.decide.settlement import missing
from drillkit.core.differences import DUTIES, TASK
from drillkit.core.script import Script
from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.model.base import DIRECTOR, EVALUATOR, FACILITATOR, OBSERVER, Text, Title
from drillkit.model.text import Line, Prose

# Everybody may see these: they happen in the open.
_OPEN: frozenset[type] = frozenset(
    (
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
        ev.FormHandedOut,
    )
)
# The supply board is one for the whole organisation.
_BOARD: frozenset[type] = frozenset(
    (
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
)

# What the evaluators' meeting said; like ratings, kept from whoever must judge unmoved by it.
_AGREED = (ev.TaskSettled, ev.DutySettled, ev.MeetingClosed)
_JUDGED = (TASK, DUTIES)
"""The measures whose adjudication tells of ratings."""

_UNTITLED = Title(en=Line("-"), zh=Line("-"))
_UNTOLD = Text(en=Prose("-"), zh=Prose("-"))


def shown(
    script: Script,
    state: State,
    seats: Collection[str],
    entry: ev.Entry,
    entries: Sequence[ev.Entry],
    *,
    person: str = "",
) -> ev.Entry | None:
    """The entry as `person`, who holds these seats, may see it; None when they may not at all.

    Observers sit where everybody reads along: they are shown how much is open, overdue and met,
    and nothing of what it is about. The arguments are those of `sees`.
    """
    if OBSERVER not in seats:
        return entry if sees(script, state, seats, entry, entries, person=person) else None
    event = _counted(state, entry, entries)
    return None if event is None else replace(entry, event=event)


def _counted(state: State, entry: ev.Entry, entries: Sequence[ev.Entry]) -> ev.Event | None:
    """What is left of the event when only counting it is allowed; None when nothing is."""
    event = entry.event
    match event:
        case ev.StatementIssued():
            return replace(event, facts=())
        case ev.InjectReleased():
            return ev.InjectReleased(
                inject=f"i{entry.seq}",
                type="contextual",
                title=_UNTITLED,
                body=_UNTOLD,
                sender=DIRECTOR,
                to=event.to,
                means="phone",
                due=event.due,
            )
        case ev.InjectOpened() | ev.AnswerOverdue():
            return replace(event, inject=_number(state, event.inject))
        case ev.ResponseGiven():
            inject = _number(state, event.inject)
            return ev.ResponseGiven(inject=inject, role=event.role)
        case ev.NeedArose():
            return replace(
                event,
                need=f"n{entry.seq}",
                title=_UNTITLED,
                site="-",
                item="-",
                urgency=1.0,
                life_critical=False,
                known_to=(),
            )
        case ev.SuppliesDispatched() if need := state.needs.get(event.need):
            number = f"n{need.arose.seq}"
            return replace(event, need=number, depot="-", site="-", item="-", vehicle="", order="")
        case ev.SuppliesArrived():
            shipment = state.shipments.get(event.shipment)
            return event if shipment and shipment.event.need in state.needs else None
        case ev.EntryVoided():
            voided = _counted(state, entries[event.entry], entries)
            return None if voided is None else replace(event, why=Line())
    return event if type(event) in _OPEN else None


def _number(state: State, inject: str) -> str:
    """What the inject is called by those who may not know which one it is."""
    released = state.injects[inject].released
    return f"i{released.seq}" if released else "i"


def sees(
    script: Script,
    state: State,
    seats: Collection[str],
    entry: ev.Entry,
    entries: Sequence[ev.Entry],
    *,
    person: str = "",
) -> bool:
    """Whether `person`, who holds these seats, may see the entry.

    `state` and `entries` are the whole drill's so far. A role that stands in for another holds
    both seats.
    """
    if FACILITATOR in seats or EVALUATOR in seats:
        if is_blind(state, seats, person):
            return not _tells(seats, entry, entries, person)
        return not (FACILITATOR not in seats and _is_not_in(state, entry, entries, person))
    if OBSERVER in seats:
        return type(entry.event) in _OPEN
    return not readers(script, state, entry, entries).isdisjoint(seats)


def readers(
    script: Script, state: State, entry: ev.Entry, entries: Sequence[ev.Entry]
) -> frozenset[str]:
    """The roles and partners that may see the entry; see `sees`."""
    event = entry.event
    kind = type(event)
    if kind in _OPEN:
        return script.everybody
    if concerned := _CONCERNED.get(kind):
        return concerned(state, event)
    if kind in _BOARD:
        return script.insiders
    if kind in _DRAFTS:
        return _drafters_and_deciders(script, state, cast("_Draft", event).statement)
    if isinstance(event, ev.EntryVoided):
        return readers(script, state, entries[event.entry], entries)
    return frozenset()


_Draft = ev.StatementDrafted | ev.StatementApproved | ev.StatementReturned
_DRAFTS = frozenset(get_args(_Draft))


def _addressed(_: State, event: ev.InjectReleased) -> frozenset[str]:
    return frozenset(event.to)


def _own(
    _: State,
    event: ev.InjectOpened | ev.ResponseGiven | ev.AnswerOverdue | ev.SeatAsked | ev.SeatDeclined,
) -> frozenset[str]:
    return frozenset((event.role,))


def _both_ends(_: State, event: ev.MessageSent | ev.ReportFiled) -> frozenset[str]:
    return frozenset((event.sender, *event.to))


def _acknowledged(state: State, event: ev.MessageAcknowledged) -> frozenset[str]:
    message = state.messages.get(event.message)
    return frozenset((event.role, message.event.sender) if message else (event.role,))


def _knowing(_: State, event: ev.NeedArose) -> frozenset[str]:
    return frozenset(event.known_to)


_CONCERNED: dict[type, Callable[[State, Any], frozenset[str]]] = {
    ev.InjectReleased: _addressed,
    ev.InjectOpened: _own,
    ev.ResponseGiven: _own,
    ev.AnswerOverdue: _own,
    ev.MessageSent: _both_ends,
    ev.ReportFiled: _both_ends,
    ev.MessageAcknowledged: _acknowledged,
    ev.NeedArose: _knowing,
    ev.SeatAsked: _own,
    ev.SeatDeclined: _own,
}
"""The roles that an event is for, by its kind."""


def is_blind(state: State, seats: Collection[str], person: str) -> bool:
    """Whether the ratings of others are kept from this member of the staff.

    From an evaluator, until they have handed in their own; from the facilitator, whose screen is
    often one for the whole room, as long as anybody who has rated has not handed in. Who is no
    longer blind still sees nothing of those who have not handed in; see `horizon`.
    """
    if FACILITATOR in seats:
        return bool(missing(state))
    return EVALUATOR in seats and person not in state.submitted


def horizon(state: State, seats: Collection[str], person: str) -> tuple[bool, tuple[str, ...]]:
    """What decides which past ratings this member of the staff sees: another is another sight."""
    blind = is_blind(state, seats, person)
    return blind, tuple(state.submitted) if EVALUATOR in seats and not blind else ()


def kept_back(state: State, entries: Sequence[ev.Entry]) -> frozenset[int]:
    """The entries that tell of ratings which have not been handed in: nobody else is told."""
    return frozenset(entry.seq for entry in entries if _is_not_in(state, entry, entries, ""))


def _is_not_in(state: State, entry: ev.Entry, entries: Sequence[ev.Entry], person: str) -> bool:
    """Whether the entry tells what somebody else has rated and not handed in."""
    event = entry.event
    match event:
        case ev.EntryVoided():
            return _is_not_in(state, entries[event.entry], entries, person)
        case ev.TaskRated() | ev.DutyRated():
            return event.rater not in (*state.submitted, person)
        case ev.FormFilled() if entry.by == EVALUATOR:
            return event.filler != person and event.filler in missing(state)
    return False


def _tells(
    seats: Collection[str], entry: ev.Entry, entries: Sequence[ev.Entry], person: str
) -> bool:
    """Whether the entry tells of ratings that are not this person's own."""
    event: Any = entry.event
    own = FACILITATOR in seats and entry.by == FACILITATOR
    match event:
        case ev.EntryVoided():
            return _tells(seats, entries[event.entry], entries, person)
        case ev.ValueAdjudicated() | ev.ValueRestored():
            return event.measure.startswith(_JUDGED) and not own
        case ev.FormFilled():
            given = entry.by in (EVALUATOR, FACILITATOR)
            return given and event.filler != person and not own
        case ev.TaskRated() | ev.DutyRated():
            return event.rater != person and not own
    return isinstance(event, _AGREED)


def _drafters_and_deciders(script: Script, state: State, statement: str) -> frozenset[str]:
    rule, record = script.plan.release, state.statements.get(statement)
    deciders = (rule.spokesperson, *rule.approvers) if rule else ()
    return frozenset((*deciders, record.event.role) if record else deciders)
