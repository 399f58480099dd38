"""What is asked: one frozen class a kind of command. Its sender is the desk's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from drillkit.model.base import Millis
from drillkit.model.events.parts import Answer, DoorChange, Rating
from drillkit.model.scenario import Means
from drillkit.model.text import Line, Prose

# -- what facilitators ask ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDrill:
    """STARTEX."""

    kind: Literal["start_drill"] = "start_drill"


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseDrill:
    """Stop the exercise clock."""

    kind: Literal["pause_drill"] = "pause_drill"
    why: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeDrill:
    """Let the exercise clock go on."""

    kind: Literal["resume_drill"] = "resume_drill"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSpeed:
    """Let the exercise clock run `speed` times as fast as the wall clock, 0.1 to 3600."""

    kind: Literal["set_speed"] = "set_speed"
    speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpToNext:
    """Bring the script forward to the next planned inject."""

    kind: Literal["jump_to_next"] = "jump_to_next"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDrill:
    """ENDEX; `aborted` breaks it off."""

    kind: Literal["end_drill"] = "end_drill"
    why: Line = Line()
    aborted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidEntry:
    """Let an earlier entry count no more."""

    kind: Literal["void_entry"] = "void_entry"
    entry: int
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOut:
    """Call these roles out; none: all who are not called yet."""

    kind: Literal["call_out"] = "call_out"
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInject:
    """Release an inject now."""

    kind: Literal["release_inject"] = "release_inject"
    inject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldInject:
    """Keep an inject back."""

    kind: Literal["hold_inject"] = "hold_inject"
    inject: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeInject:
    """Let a held inject go its way again."""

    kind: Literal["free_inject"] = "free_inject"
    inject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipInject:
    """Never play this inject."""

    kind: Literal["skip_inject"] = "skip_inject"
    inject: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferInject:
    """Plan an inject `by` ms later than it stands."""

    kind: Literal["defer_inject"] = "defer_inject"
    inject: str
    by: Millis
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class AddInject:
    """An ad hoc inject, released at once."""

    kind: Literal["add_inject"] = "add_inject"
    title: Line
    body: Prose
    sender: str
    to: tuple[str, ...]
    means: Means = "phone"
    limit: Millis = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """Say something to everybody."""

    kind: Literal["broadcast"] = "broadcast"
    text: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSeat:
    """Let the person at this terminal sit in another role's seat."""

    kind: Literal["move_seat"] = "move_seat"
    line: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineSeat:
    """Let the person at this terminal stay where they sit, though they asked for another seat."""

    kind: Literal["decline_seat"] = "decline_seat"
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDoor:
    """Note what was done at the door: to a seat's code, or to a terminal there."""

    kind: Literal["change_door"] = "change_door"
    seat: str
    change: DoorChange


# -- what participants ask ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeCall:
    """Confirm the call-out."""

    kind: Literal["acknowledge_call"] = "acknowledge_call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive:
    """Be at the post, oneself or as the substitute for `instead_of`."""

    kind: Literal["arrive"] = "arrive"
    instead_of: str = ""
    evidence: Literal["actual", "simulated", "declared"] = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Leave the post."""

    kind: Literal["leave"] = "leave"
    why: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInject:
    """Look at an inject."""

    kind: Literal["open_inject"] = "open_inject"
    inject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveResponse:
    """Answer an inject."""

    kind: Literal["give_response"] = "give_response"
    inject: str
    options: tuple[str, ...] = ()
    text: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """Tell other roles or outside partners something."""

    kind: Literal["send_message"] = "send_message"
    to: tuple[str, ...]
    text: Prose
    facts: tuple[str, ...] = ()
    means: Means = "phone"
    confirmed: bool = True
    ack: bool = False
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeMessage:
    """Confirm a message."""

    kind: Literal["acknowledge_message"] = "acknowledge_message"
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """File a formal report under a rule of the plan."""

    kind: Literal["file_report"] = "file_report"
    rule: str
    elements: Mapping[str, Prose]
    facts: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStatement:
    """Draft a public statement."""

    kind: Literal["draft_statement"] = "draft_statement"
    text: Prose
    facts: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveStatement:
    """Approve a drafted statement."""

    kind: Literal["approve_statement"] = "approve_statement"
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnStatement:
    """Send a drafted statement back."""

    kind: Literal["return_statement"] = "return_statement"
    statement: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStatement:
    """Make a statement public."""

    kind: Literal["issue_statement"] = "issue_statement"
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyCustomer:
    """Tell a customer at risk."""

    kind: Literal["notify_customer"] = "notify_customer"
    customer: str
    text: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSupplies:
    """Ask for supplies at a site."""

    kind: Literal["request_supplies"] = "request_supplies"
    site: str
    item: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRequest:
    """Approve a request for supplies."""

    kind: Literal["approve_request"] = "approve_request"
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRequest:
    """Decline a request for supplies."""

    kind: Literal["decline_request"] = "decline_request"
    order: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchSupplies:
    """Send supplies from a depot to a site; "" as vehicle: the fittest free one."""

    kind: Literal["dispatch_supplies"] = "dispatch_supplies"
    depot: str
    site: str
    item: str
    quantity: int
    vehicle: str = ""
    need: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveSupplies:
    """Confirm the receipt of a shipment."""

    kind: Literal["receive_supplies"] = "receive_supplies"
    shipment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSupplies:
    """Use supplies at a site."""

    kind: Literal["use_supplies"] = "use_supplies"
    site: str
    item: str
    quantity: int


# -- what a host asks for whoever sits at a terminal -----------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeat:
    """Sit down at a terminal, or come back to the seat that the line was lost from."""

    kind: Literal["take_seat"] = "take_seat"
    line: str
    person: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReady:
    """The person has read the briefing."""

    kind: Literal["report_ready"] = "report_ready"
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoseSeat:
    """The connection broke."""

    kind: Literal["lose_seat"] = "lose_seat"
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveSeat:
    """Give up the seat; the last one to go leaves the post, too."""

    kind: Literal["leave_seat"] = "leave_seat"
    line: str
    why: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSeat:
    """Ask the facilitator for another role's seat."""

    kind: Literal["ask_seat"] = "ask_seat"
    line: str
    role: str
    why: Line


# -- what evaluators ask -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeNote:
    """Write an observation."""

    kind: Literal["make_note"] = "make_note"
    text: Prose
    task: str = ""
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTask:
    """Rate a critical task."""

    kind: Literal["rate_task"] = "rate_task"
    task: str
    rater: Line
    rating: Rating
    why: Prose = Prose()
    harmed: bool = False
    unsafe: bool = False
    noncompliant: bool = False
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDuty:
    """Rate how a role knew and did its duties."""

    kind: Literal["rate_duty"] = "rate_duty"
    role: str
    rater: Line
    duty: Literal["skilled", "adequate", "unclear", "not-observed", "not-applicable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudicate:
    """Set a measured value, 0 to 1; None says that it was not observed."""

    kind: Literal["adjudicate"] = "adjudicate"
    measure: str
    value: float | None
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeConduct:
    """Judge a reporting conduct."""

    kind: Literal["judge_conduct"] = "judge_conduct"
    rule: str
    conduct: Literal["late", "omitted", "false", "concealed"]
    why: Line
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlan:
    """Give the verdict on the plan itself."""

    kind: Literal["review_plan"] = "review_plan"
    suitability: Literal["full", "partly", "unsuitable"]
    sufficiency: Literal["full", "mostly", "insufficient"]
    why: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitRatings:
    """Hand in all ratings; they stand from then on, and the others' can be seen."""

    kind: Literal["submit_ratings"] = "submit_ratings"
    rater: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleTask:
    """Give a task the letter that the evaluators' meeting agreed on."""

    kind: Literal["settle_task"] = "settle_task"
    task: str
    rating: Rating
    why: Line
    settler: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseMeeting:
    """The evaluators' meeting is over."""

    kind: Literal["close_meeting"] = "close_meeting"
    present: tuple[Line, ...]
    why: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignReport:
    """Stand for the report: the facilitator as director, an evaluator as lead."""

    kind: Literal["sign_report"] = "sign_report"
    name: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenReport:
    """Void the signatures, so that something may be changed."""

    kind: Literal["reopen_report"] = "reopen_report"
    why: Line


# -- what everybody may ask --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FillForm:
    """Hand in a form; without `filler` it is anonymous."""

    kind: Literal["fill_form"] = "fill_form"
    form: str
    answers: tuple[Answer, ...]
    filler: Line = Line()
    role: str = ""


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
    | JudgeConduct
    | ReviewPlan
    | SubmitRatings
    | SettleTask
    | CloseMeeting
    | SignReport
    | ReopenReport
)
SeatCommand = TakeSeat | ReportReady | LoseSeat | LeaveSeat | AskSeat
Command = FacilitatorCommand | PlayerCommand | SeatCommand | EvaluatorCommand | FillForm

FACILITATOR_COMMANDS: tuple[type, ...] = get_args(FacilitatorCommand)
SEAT_COMMANDS: tuple[type, ...] = get_args(SeatCommand)
EVALUATOR_COMMANDS: tuple[type, ...] = get_args(EvaluatorCommand)
