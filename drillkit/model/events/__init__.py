"""What happened: one frozen class a kind of event, and the entry that the journal keeps of it."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, get_args

from pydantic import Field, TypeAdapter

from drillkit.model.base import Millis
from drillkit.model.events.evaluation import (
    DutyRated,
    DutySettled,
    FormFilled,
    FormHandedOut,
    LeadNamed,
    MeetingClosed,
    NoteMade,
    PlanReviewed,
    RatingsSubmitted,
    ReportReopened,
    ReportSigned,
    TaskRated,
    TasksAssigned,
    TaskSettled,
    ValueAdjudicated,
    ValueRestored,
)
from drillkit.model.events.information import (
    ConductJudged,
    CustomerAtRisk,
    CustomerNotified,
    MessageAcknowledged,
    MessageSent,
    ReportFellDue,
    ReportFiled,
    ReportOverdue,
    StatementApproved,
    StatementDrafted,
    StatementIssued,
    StatementReturned,
)
from drillkit.model.events.injects import (
    AnswerOverdue,
    BroadcastMade,
    InjectDeferred,
    InjectFreed,
    InjectHeld,
    InjectOpened,
    InjectReleased,
    InjectSkipped,
    ResponseGiven,
)
from drillkit.model.events.parts import Answer, Choice, DoorChange, Due, Duty, FactRef, Rating
from drillkit.model.events.presence import (
    CallAcknowledged,
    DoorChanged,
    GroupEstablished,
    RoleArrived,
    RoleCalled,
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
from drillkit.model.events.session import (
    BriefingGiven,
    ClockMarked,
    DrillEnded,
    DrillPaused,
    DrillResumed,
    DrillStarted,
    EntryVoided,
    PhaseBegun,
    ScriptJumped,
    SessionOpened,
    SpeedSet,
)
from drillkit.model.events.story import (
    MilestoneReached,
    OutcomeMoved,
)
from drillkit.model.events.supplies import (
    NeedArose,
    RequestApproved,
    RequestDeclined,
    RouteChanged,
    StockChanged,
    SuppliesArrived,
    SuppliesDispatched,
    SuppliesReceived,
    SuppliesRequested,
    SuppliesUsed,
    VehicleLost,
)
from drillkit.model.text import Line

Event = Annotated[
    SessionOpened
    | BriefingGiven
    | DrillStarted
    | DrillPaused
    | DrillResumed
    | SpeedSet
    | ScriptJumped
    | ClockMarked
    | PhaseBegun
    | DrillEnded
    | EntryVoided
    | RoleCalled
    | CallAcknowledged
    | RoleArrived
    | RoleLeft
    | GroupEstablished
    | SeatTaken
    | SeatReady
    | SeatLost
    | SeatRegained
    | SeatLeft
    | SeatAsked
    | SeatDeclined
    | SeatMoved
    | DoorChanged
    | InjectReleased
    | InjectHeld
    | InjectFreed
    | InjectSkipped
    | InjectDeferred
    | InjectOpened
    | ResponseGiven
    | AnswerOverdue
    | BroadcastMade
    | MessageSent
    | MessageAcknowledged
    | ReportFellDue
    | ReportOverdue
    | ReportFiled
    | ConductJudged
    | StatementDrafted
    | StatementApproved
    | StatementReturned
    | StatementIssued
    | CustomerAtRisk
    | CustomerNotified
    | NeedArose
    | SuppliesRequested
    | RequestApproved
    | RequestDeclined
    | SuppliesDispatched
    | SuppliesArrived
    | SuppliesReceived
    | SuppliesUsed
    | StockChanged
    | RouteChanged
    | VehicleLost
    | MilestoneReached
    | OutcomeMoved
    | TasksAssigned
    | LeadNamed
    | NoteMade
    | TaskRated
    | DutyRated
    | ValueAdjudicated
    | ValueRestored
    | PlanReviewed
    | RatingsSubmitted
    | TaskSettled
    | DutySettled
    | MeetingClosed
    | ReportSigned
    | ReportReopened
    | FormHandedOut
    | FormFilled,
    Field(discriminator="kind"),
]

EVENT_TYPES: tuple[type, ...] = get_args(get_args(Event)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal.

    `seq` counts from 0 without gaps; `at` is exercise time in ms; `wall` is ms since 1970 and is
    never scored; `by` is the role or staff seat that acted; `via` says who sat there ("" the role
    itself, "stand-in", "facilitator", or a person's name); `command` is the sender's id of the
    command whose decision this entry belongs to.
    """

    seq: int
    at: Millis
    wall: int
    by: str
    via: Line
    command: str
    event: Event


@cache
def entry_adapter() -> TypeAdapter[Entry]:
    """The one codec of entries; built once, when first needed."""
    return TypeAdapter(Entry)


__all__ = [
    "EVENT_TYPES",
    "Answer",
    "AnswerOverdue",
    "BriefingGiven",
    "BroadcastMade",
    "CallAcknowledged",
    "Choice",
    "ClockMarked",
    "ConductJudged",
    "CustomerAtRisk",
    "CustomerNotified",
    "DoorChange",
    "DoorChanged",
    "DrillEnded",
    "DrillPaused",
    "DrillResumed",
    "DrillStarted",
    "Due",
    "Duty",
    "DutyRated",
    "DutySettled",
    "Entry",
    "EntryVoided",
    "Event",
    "FactRef",
    "FormFilled",
    "FormHandedOut",
    "GroupEstablished",
    "InjectDeferred",
    "InjectFreed",
    "InjectHeld",
    "InjectOpened",
    "InjectReleased",
    "InjectSkipped",
    "LeadNamed",
    "MeetingClosed",
    "MessageAcknowledged",
    "MessageSent",
    "MilestoneReached",
    "NeedArose",
    "NoteMade",
    "OutcomeMoved",
    "PhaseBegun",
    "PlanReviewed",
    "Rating",
    "RatingsSubmitted",
    "ReportFellDue",
    "ReportFiled",
    "ReportOverdue",
    "ReportReopened",
    "ReportSigned",
    "RequestApproved",
    "RequestDeclined",
    "ResponseGiven",
    "RoleArrived",
    "RoleCalled",
    "RoleLeft",
    "RouteChanged",
    "ScriptJumped",
    "SeatAsked",
    "SeatDeclined",
    "SeatLeft",
    "SeatLost",
    "SeatMoved",
    "SeatReady",
    "SeatRegained",
    "SeatTaken",
    "SessionOpened",
    "SpeedSet",
    "StatementApproved",
    "StatementDrafted",
    "StatementIssued",
    "StatementReturned",
    "StockChanged",
    "SuppliesArrived",
    "SuppliesDispatched",
    "SuppliesReceived",
    "SuppliesRequested",
    "SuppliesUsed",
    "TaskRated",
    "TaskSettled",
    "TasksAssigned",
    "ValueAdjudicated",
    "ValueRestored",
    "VehicleLost",
    "entry_adapter",
]
