"""Who was called out, came, stood in and left."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.events.parts import DoorChange
from drillkit.model.text import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCalled:
    """The call-out reached for this role."""

    kind: Literal["role_called"] = "role_called"
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAcknowledged:
    """The role confirmed the call-out."""

    kind: Literal["call_acknowledged"] = "call_acknowledged"
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleArrived:
    """The role is at its post; `substitute` is the role that stands in for it."""

    kind: Literal["role_arrived"] = "role_arrived"
    role: str
    evidence: Literal["actual", "simulated", "declared"]
    substitute: str = ""
    alternate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLeft:
    """The role left its post."""

    kind: Literal["role_left"] = "role_left"
    role: str
    why: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEstablished:
    """The quorum of the group is present at once, for the first time."""

    kind: Literal["group_established"] = "group_established"
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken:
    """A person sat down at a terminal of their own; `line` tells terminals apart."""

    kind: Literal["seat_taken"] = "seat_taken"
    line: str
    role: str
    person: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReady:
    """The person has read the briefing and is ready to begin."""

    kind: Literal["seat_ready"] = "seat_ready"
    line: str
    role: str
    person: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLost:
    """The person's connection broke; that is no departure yet."""

    kind: Literal["seat_lost"] = "seat_lost"
    line: str
    role: str
    person: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRegained:
    """The person is back at the seat, on the same terminal or another."""

    kind: Literal["seat_regained"] = "seat_regained"
    line: str
    role: str
    person: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLeft:
    """The person gave up the seat: by leaving, or by staying away too long."""

    kind: Literal["seat_left"] = "seat_left"
    line: str
    role: str
    person: Line
    why: Line = Line()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAsked:
    """The person would rather sit in another role's seat."""

    kind: Literal["seat_asked"] = "seat_asked"
    line: str
    role: str
    person: Line
    wanted: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatDeclined:
    """The facilitator lets the person stay in the seat that they have."""

    kind: Literal["seat_declined"] = "seat_declined"
    line: str
    role: str
    person: Line
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatMoved:
    """With the facilitator's consent the person sits in another role's seat now."""

    kind: Literal["seat_moved"] = "seat_moved"
    line: str
    role: str
    person: Line
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorChanged:
    """The facilitator changed who may come in as `seat`; a code itself never stands here."""

    kind: Literal["door_changed"] = "door_changed"
    seat: str
    change: DoorChange
