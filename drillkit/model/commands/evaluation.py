"""Notes, ratings, their settlement, forms and signatures."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.events.parts import Answer, Duty, Rating
from drillkit.model.text import Line, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTasks:
    """Say which tasks an evaluator watches, in place of what was said before; none clears it."""

    kind: Literal["assign_tasks"] = "assign_tasks"
    evaluator: Line
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLead:
    """Say who leads the evaluators; an empty name takes it back."""

    kind: Literal["name_lead"] = "name_lead"
    name: Line = Line()


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
    duty: Duty
    why: Prose = Prose()
    on_paper: bool = False
    """It comes from an evaluation guide, which has no place for a reason beside a duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjudicate:
    """Set a measured value, 0 to 1; None says that it was not observed."""

    kind: Literal["adjudicate"] = "adjudicate"
    measure: str
    value: float | None
    why: Line
    decider: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreValue:
    """Take back what was set by adjudication: what was measured counts again."""

    kind: Literal["restore_value"] = "restore_value"
    measure: str
    why: Line
    decider: Line = Line()


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
class SettleDuty:
    """Settle how a role knew and did its duties, as the evaluators' meeting agreed."""

    kind: Literal["settle_duty"] = "settle_duty"
    role: str
    duty: Duty
    why: Line
    settler: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseMeeting:
    """The evaluators' meeting is over; `left` says why they leave points open that they do."""

    kind: Literal["close_meeting"] = "close_meeting"
    present: tuple[Line, ...]
    why: Prose = Prose()
    left: Prose = Prose()
    closer: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignReport:
    """Stand for the report: the facilitator as director, an evaluator as lead."""

    kind: Literal["sign_report"] = "sign_report"
    name: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenReport:
    """Void the signatures and open the meeting again, so that something may be changed."""

    kind: Literal["reopen_report"] = "reopen_report"
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class FillForm:
    """Hand in a form; without `filler` it is anonymous."""

    kind: Literal["fill_form"] = "fill_form"
    form: str
    answers: tuple[Answer, ...]
    filler: Line = Line()
    role: str = ""
