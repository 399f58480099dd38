"""What facilitators may do: run the clock, steer the injects, speak to everybody, correct."""

from typing import assert_never

from drillkit.core.clocks import script_time
from drillkit.core.decide.assignments import assign_tasks, name_lead
from drillkit.core.decide.settlement import must_be_unsigned
from drillkit.core.decide.terminals import decline_seat, move_seat
from drillkit.core.director import phase_begun, planned_at, release
from drillkit.core.records import InjectRecord
from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.base import STAFF, Millis, Text, Title
from drillkit.model.commands import (
    AddInject,
    AssignTasks,
    Broadcast,
    CallOut,
    ChangeDoor,
    DeclineSeat,
    DeferInject,
    EndDrill,
    FacilitatorCommand,
    FreeInject,
    HoldInject,
    JumpToNext,
    MoveSeat,
    NameLead,
    PauseDrill,
    ReleaseInject,
    ResumeDrill,
    SetSpeed,
    SkipInject,
    StartDrill,
    VoidEntry,
)
from drillkit.model.events import (
    BroadcastMade,
    DoorChanged,
    DrillEnded,
    DrillPaused,
    DrillResumed,
    DrillStarted,
    Due,
    EntryVoided,
    Event,
    FormHandedOut,
    InjectDeferred,
    InjectFreed,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    RoleCalled,
    ScriptJumped,
    SpeedSet,
)
from drillkit.model.text import Line, Prose

SLOWEST, FASTEST = 0.1, 3600.0


def decide_facilitator(
    script: Script, state: State, command: FacilitatorCommand, at: Millis
) -> list[Event]:
    """The events that the facilitator's command leads to; raises Refused."""
    match command:
        case StartDrill():
            if state.stage != "briefing":
                raise Refused("already-started")
            called = [RoleCalled(role=role) for role in script.players]
            return [DrillStarted(), phase_begun(script.scenario.phases[0]), *called]
        case VoidEntry():
            return [_void(state, command)]
        case SetSpeed():
            if not SLOWEST <= command.speed <= FASTEST:
                raise Refused("speed", slowest=SLOWEST, fastest=FASTEST)
            return [SpeedSet(speed=command.speed)]
        case EndDrill():
            _must_be_open(state)
            ended = DrillEnded(why=command.why, aborted=command.aborted)
            forms = state.opened.forms if state.opened else ()
            return [
                ended,
                *(FormHandedOut(form=form) for form in forms if form.audience == "participant"),
            ]
        case Broadcast():
            if not command.text:
                raise Refused("empty")
            return [BroadcastMade(text=command.text)]
        case MoveSeat():
            return move_seat(script, state, command)
        case DeclineSeat():
            return decline_seat(state, command)
        case ChangeDoor():
            if command.seat not in STAFF:
                script.role(command.seat)
            return [DoorChanged(seat=command.seat, change=command.change)]
        case AssignTasks():
            return assign_tasks(script, state, command)
        case NameLead():
            return name_lead(state, command)
        case PauseDrill():
            _must_be_open(state)
            if state.stage == "paused":
                raise Refused("already-paused")
            return [DrillPaused(why=command.why)]
        case ResumeDrill():
            _must_be_open(state)
            if state.stage == "running":
                raise Refused("already-running")
            return [DrillResumed()]
        case JumpToNext():
            _must_be_open(state)
            return [_jump(script, state, at)]
        case CallOut():
            _must_be_open(state)
            return _call_out(script, state, command)
        case AddInject():
            _must_be_open(state)
            return [_ad_hoc(script, state, command, at)]
        case ReleaseInject():
            _must_be_open(state)
            _unreleased(script, state, command.inject)
            return list(release(script, state, script.inject(command.inject), at))
        case HoldInject():
            record = _unreleased(script, state, command.inject)
            if record.held:
                raise Refused("already-held")
            return [InjectHeld(inject=command.inject, why=_reason(command.why))]
        case FreeInject():
            if not _unreleased(script, state, command.inject).held:
                raise Refused("not-held")
            return [InjectFreed(inject=command.inject)]
        case SkipInject():
            _unreleased(script, state, command.inject)
            return [InjectSkipped(inject=command.inject, why=_reason(command.why))]
        case DeferInject():
            return [_defer(script, state, command, at)]
        case never:
            assert_never(never)


def _must_be_open(state: State) -> None:
    if state.stage == "ended":
        raise Refused("ended")
    if not state.is_open:
        raise Refused("not-started")


def _reason(why: Line) -> Line:
    if not why:
        raise Refused("reason-needed")
    return why


def _unreleased(script: Script, state: State, inject: str) -> InjectRecord:
    script.inject(inject)
    record = state.injects.get(inject, InjectRecord(inject))
    if record.released:
        raise Refused("already-released")
    if record.skipped:
        raise Refused("already-skipped")
    return record


def _void(state: State, command: VoidEntry) -> EntryVoided:
    must_be_unsigned(state)
    if command.entry in state.voided:
        raise Refused("already-voided", entry=command.entry)
    if command.entry not in state.correctable:
        raise Refused("not-correctable", entry=command.entry)
    return EntryVoided(entry=command.entry, why=_reason(command.why))


def _jump(script: Script, state: State, at: Millis) -> ScriptJumped:
    now = script_time(state, at)
    ahead: list[Millis] = []
    for inject in script.scenario.injects:
        record = state.injects.get(inject.id, InjectRecord(inject.id))
        planned = planned_at(state, inject)
        waits = not (record.released or record.held or record.skipped)
        if waits and planned is not None and planned > now:
            ahead.append(planned)
    if not ahead:
        raise Refused("nothing-ahead")
    return ScriptJumped(by=min(ahead) - now)


def _defer(script: Script, state: State, command: DeferInject, at: Millis) -> InjectDeferred:
    _unreleased(script, state, command.inject)
    if command.by <= 0:
        raise Refused("defer-by")
    planned = planned_at(state, script.inject(command.inject))
    start = max(script_time(state, at), planned or 0)
    return InjectDeferred(
        inject=command.inject, script=start + command.by, why=_reason(command.why)
    )


def _call_out(script: Script, state: State, command: CallOut) -> list[Event]:
    for role in command.roles:
        script.role(role)
    wanted = command.roles or script.players
    called = [role for role in wanted if state.presence[role].called is None]
    if not called:
        raise Refused("all-called")
    return [RoleCalled(role=role) for role in called]


def _ad_hoc(script: Script, state: State, command: AddInject, at: Millis) -> InjectReleased:
    if not command.title or not command.body:
        raise Refused("empty")
    if not command.to:
        raise Refused("no-recipient")
    for role in (command.sender, *command.to):
        script.role(role)
    limit_at = at + command.limit
    due = tuple(Due(role, limit_at, limit_at) for role in command.to) if command.limit else ()
    return InjectReleased(
        inject=f"ad-hoc-{state.seq + 1}",
        type="ad-hoc",
        title=Title(en=command.title, zh=command.title),
        body=Text(en=Prose(command.body), zh=Prose(command.body)),
        sender=command.sender,
        to=command.to,
        means=command.means,
        due=due,
    )
