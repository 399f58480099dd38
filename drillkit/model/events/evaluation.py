"""Notes, ratings and verdicts of evaluators."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.events.parts import Rating
from drillkit.model.text import Line, Prose


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
    duty: Literal["skilled", "adequate", "unclear", "not-observed", "not-applicable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAdjudicated:
    """A measured value was set by adjudication; the raw value stays."""

    kind: Literal["value_adjudicated"] = "value_adjudicated"
    measure: str
    value: float | None
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReviewed:
    """The verdict on the plan itself: can it be carried out, does it suffice?"""

    kind: Literal["plan_reviewed"] = "plan_reviewed"
    suitability: Literal["full", "partly", "unsuitable"]
    sufficiency: Literal["full", "mostly", "insufficient"]
    why: Prose = Prose()
