"""What is asked: one frozen class a kind of command. Its sender is the desk's."""

from typing import get_args

from drillkit.model.commands.evaluation import (
    Adjudicate,
    AssignTasks,
    CloseMeeting,
    FillForm,
    JudgeConduct,
    MakeNote,
    NameLead,
    RateDuty,
    RateTask,
    ReopenReport,
    RestoreValue,
    ReviewPlan,
    SettleDuty,
    SettleTask,
    SignReport,
    SubmitRatings,
)
from drillkit.model.commands.information import (
    AcknowledgeMessage,
    ApproveStatement,
    DraftStatement,
    FileReport,
    IssueStatement,
    NotifyCustomer,
    ReturnStatement,
    SendMessage,
)
from drillkit.model.commands.injects import (
    AddInject,
    DeferInject,
    FreeInject,
    GiveResponse,
    HoldInject,
    OpenInject,
    ReleaseInject,
    SkipInject,
)
from drillkit.model.commands.presence import (
    AcknowledgeCall,
    Arrive,
    AskSeat,
    CallOut,
    ChangeDoor,
    DeclineSeat,
    Leave,
    LeaveSeat,
    LoseSeat,
    MoveSeat,
    ReportReady,
    TakeSeat,
)
from drillkit.model.commands.session import (
    Broadcast,
    EndDrill,
    JumpToNext,
    PauseDrill,
    ResumeDrill,
    SetSpeed,
    StartDrill,
    VoidEntry,
)
from drillkit.model.commands.supplies import (
    ApproveRequest,
    DeclineRequest,
    DispatchSupplies,
    ReceiveSupplies,
    RequestSupplies,
    UseSupplies,
)

FacilitatorCommand = (
    StartDrill
    | PauseDrill
    | ResumeDrill
    | SetSpeed
    | JumpToNext
    | EndDrill
    | VoidEntry
    | CallOut
    | ReleaseInject
    | HoldInject
    | FreeInject
    | SkipInject
    | DeferInject
    | AddInject
    | Broadcast
    | MoveSeat
    | DeclineSeat
    | ChangeDoor
    | AssignTasks
    | NameLead
)
PlayerCommand = (
    AcknowledgeCall
    | Arrive
    | Leave
    | OpenInject
    | GiveResponse
    | SendMessage
    | AcknowledgeMessage
    | FileReport
    | DraftStatement
    | ApproveStatement
    | ReturnStatement
    | IssueStatement
    | NotifyCustomer
    | RequestSupplies
    | ApproveRequest
    | DeclineRequest
    | DispatchSupplies
    | ReceiveSupplies
    | UseSupplies
)
EvaluatorCommand = (
    MakeNote
    | RateTask
    | RateDuty
    | Adjudicate
    | RestoreValue
    | JudgeConduct
    | ReviewPlan
    | SubmitRatings
    | SettleTask
    | SettleDuty
    | CloseMeeting
    | SignReport
    | ReopenReport
)
SeatCommand = TakeSeat | ReportReady | LoseSeat | LeaveSeat | AskSeat
Command = FacilitatorCommand | PlayerCommand | SeatCommand | EvaluatorCommand | FillForm

FACILITATOR_COMMANDS: tuple[type, ...] = get_args(FacilitatorCommand)
SEAT_COMMANDS: tuple[type, ...] = get_args(SeatCommand)
EVALUATOR_COMMANDS: tuple[type, ...] = get_args(EvaluatorCommand)

__all__ = [
    "EVALUATOR_COMMANDS",
    "FACILITATOR_COMMANDS",
    "SEAT_COMMANDS",
    "AcknowledgeCall",
    "AcknowledgeMessage",
    "AddInject",
    "Adjudicate",
    "ApproveRequest",
    "ApproveStatement",
    "Arrive",
    "AskSeat",
    "AssignTasks",
    "Broadcast",
    "CallOut",
    "ChangeDoor",
    "CloseMeeting",
    "Command",
    "DeclineRequest",
    "DeclineSeat",
    "DeferInject",
    "DispatchSupplies",
    "DraftStatement",
    "EndDrill",
    "EvaluatorCommand",
    "FacilitatorCommand",
    "FileReport",
    "FillForm",
    "FreeInject",
    "GiveResponse",
    "HoldInject",
    "IssueStatement",
    "JudgeConduct",
    "JumpToNext",
    "Leave",
    "LeaveSeat",
    "LoseSeat",
    "MakeNote",
    "MoveSeat",
    "NameLead",
    "NotifyCustomer",
    "OpenInject",
    "PauseDrill",
    "PlayerCommand",
    "RateDuty",
    "RateTask",
    "ReceiveSupplies",
    "ReleaseInject",
    "ReopenReport",
    "ReportReady",
    "RequestSupplies",
    "RestoreValue",
    "ResumeDrill",
    "ReturnStatement",
    "ReviewPlan",
    "SeatCommand",
    "SendMessage",
    "SetSpeed",
    "SettleDuty",
    "SettleTask",
    "SignReport",
    "SkipInject",
    "StartDrill",
    "SubmitRatings",
    "TakeSeat",
    "UseSupplies",
    "VoidEntry",
]
