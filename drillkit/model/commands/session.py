"""What is asked of the drill as a whole, by its facilitator."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.text import Line, Prose


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
class Broadcast:
    """Say something to everybody."""

    kind: Literal["broadcast"] = "broadcast"
    text: Prose
