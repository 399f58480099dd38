"""How a drill opens, runs, pauses and ends."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import Millis, Text, Title
from drillkit.model.form import Form
from drillkit.model.lesson import Lesson, OpenLesson
from drillkit.model.plan import Plan
from drillkit.model.scenario import Family, Scenario
from drillkit.model.text import Line
from drillkit.model.weights import WeightSet


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened:
    """The drill exists: what is played, by which plan, with which dice and weights."""

    kind: Literal["session_opened"] = "session_opened"
    session: str
    scenario: Scenario
    plan: Plan
    weights: WeightSet
    seed: int
    short: bool = False
    forms: tuple[Form, ...] = ()
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingGiven:
    """What everybody may know before the start: the situation and the organisation's plan."""

    kind: Literal["briefing_given"] = "briefing_given"
    title: Title
    family: Family
    grade: int
    briefing: Text
    length: Millis
    plan: Plan
    lessons: tuple[OpenLesson, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillStarted:
    """STARTEX: play begins."""

    kind: Literal["drill_started"] = "drill_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillPaused:
    """The exercise clock stands still."""

    kind: Literal["drill_paused"] = "drill_paused"
    why: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillResumed:
    """The exercise clock goes on."""

    kind: Literal["drill_resumed"] = "drill_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedSet:
    """From now on the exercise clock runs `speed` times as fast as the wall clock."""

    kind: Literal["speed_set"] = "speed_set"
    speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptJumped:
    """The script was brought forward by `by` ms; open deadlines keep their time."""

    kind: Literal["script_jumped"] = "script_jumped"
    by: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMarked:
    """The clock stood here while nothing else happened; a crash loses no more than this."""

    kind: Literal["clock_marked"] = "clock_marked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegun:
    """A phase of the story begins; `clock` is its date and time."""

    kind: Literal["phase_begun"] = "phase_begun"
    phase: str
    title: Title
    clock: str
    ratio: float
    script: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillEnded:
    """ENDEX: play is over; `aborted` when it was broken off."""

    kind: Literal["drill_ended"] = "drill_ended"
    why: Line = Line()
    aborted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryVoided:
    """An earlier entry was a mistake; it counts no more, and stays readable."""

    kind: Literal["entry_voided"] = "entry_voided"
    entry: int
    why: Line
