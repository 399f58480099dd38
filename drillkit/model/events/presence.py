"""Who was called out, came, stood in and left."""

from dataclasses import dataclass
from typing import Literal

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
