"""Who is called out, comes and goes, and who sits at which terminal."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.events.parts import DoorChange
from drillkit.model.text import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOut:
    """Call these roles out; none: all who are not called yet."""

    kind: Literal["call_out"] = "call_out"
    roles: tuple[str, ...] = ()


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
