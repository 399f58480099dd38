"""Notes, ratings and verdicts of evaluators."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.events.parts import Answer, Duty, Rating
from drillkit.model.form import Form
from drillkit.model.text import Line, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksAssigned:
    """An evaluator watches these tasks from now on; none means that nothing is assigned to them."""

    kind: Literal["tasks_assigned"] = "tasks_assigned"
    evaluator: Line
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadNamed:
    """Who leads the evaluators; an empty name means nobody any more."""

    kind: Literal["lead_named"] = "lead_named"
    name: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMade:
    """An evaluator or the facilitator wrote an observation, tied to a task and to entries."""

    kind: Literal["note_made"] = "note_made"
    note: str
    text: Prose
    task: str = ""
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRated:
    """An evaluator rated a critical task; a later rating by the same evaluator replaces it."""

    kind: Literal["task_rated"] = "task_rated"
    task: str
    rater: Line
    rating: Rating
    why: Prose = Prose()
    harmed: bool = False
    unsafe: bool = False
    noncompliant: bool = False
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRated:
    """An evaluator rated how a role knew and did its duties."""

    kind: Literal["duty_rated"] = "duty_rated"
    role: str
    rater: Line
    duty: Duty
    why: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAdjudicated:
    """A measured value was set by adjudication, None to "not observed"; the raw value stays."""

    kind: Literal["value_adjudicated"] = "value_adjudicated"
    measure: str
    value: float | None
    why: Line
    decider: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRestored:
    """What was set by adjudication was taken back: what was measured counts again."""

    kind: Literal["value_restored"] = "value_restored"
    measure: str
    why: Line
    decider: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReviewed:
    """The verdict on the plan itself: can it be carried out, does it suffice?"""

    kind: Literal["plan_reviewed"] = "plan_reviewed"
    suitability: Literal["full", "partly", "unsuitable"]
    sufficiency: Literal["full", "mostly", "insufficient"]
    why: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsSubmitted:
    """An evaluator has handed in all ratings; from now on they see what the others gave."""

    kind: Literal["ratings_submitted"] = "ratings_submitted"
    rater: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSettled:
    """The evaluators' meeting gave a task its final letter; the raw ratings stay."""

    kind: Literal["task_settled"] = "task_settled"
    task: str
    rating: Rating
    why: Line
    settler: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySettled:
    """The evaluators' meeting settled how a role knew and did its duties; raw ratings stay."""

    kind: Literal["duty_settled"] = "duty_settled"
    role: str
    duty: Duty
    why: Line
    settler: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingClosed:
    """The evaluators' meeting is over: who was there, and what was said of what they differ in.

    `left` says why they left points open, where they did.
    """

    kind: Literal["meeting_closed"] = "meeting_closed"
    present: tuple[Line, ...]
    why: Prose = Prose()
    left: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSigned:
    """The director, or the lead evaluator, stands for the report; with both it is final."""

    kind: Literal["report_signed"] = "report_signed"
    office: Literal["director", "lead"]
    name: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReopened:
    """The signatures of `void` count no more: something is to be changed after all.

    With `meeting` the evaluators' meeting, which was closed, is open again too.
    """

    kind: Literal["report_reopened"] = "report_reopened"
    why: Line
    void: tuple[Line, ...] = ()
    meeting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHandedOut:
    """Everybody may fill in this form now."""

    kind: Literal["form_handed_out"] = "form_handed_out"
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFilled:
    """Somebody filled in a form; a later one by the same hand replaces it.

    `filler` is empty for an anonymous one: then each counts for itself.
    """

    kind: Literal["form_filled"] = "form_filled"
    form: str
    filler: Line = Line()
    role: str = ""
    answers: tuple[Answer, ...]
