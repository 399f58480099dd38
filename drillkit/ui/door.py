"""What a facilitator's screen may know and do about the terminals that others sit at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class LineNow:
    """A terminal: who sits there, whence, and how long (seconds) nothing has been typed."""

    line: str
    role: str
    person: str
    address: str
    idle: float
    is_typing: bool = False
    is_stalled: bool = False


@dataclass(frozen=True, slots=True)
class AttemptNow:
    """Somebody at the door `ago` seconds ago."""

    ago: float
    address: str
    seat: str
    outcome: Literal["right", "wrong", "barred", "revoked", "no-such-seat"]


class Door(Protocol):
    """The door of this session. Codes are told once, when they are made."""

    def lines(self) -> Sequence[LineNow]: ...

    def attempts(self) -> Sequence[AttemptNow]:
        """The latest, newest first."""
        ...

    def barred(self) -> frozenset[str]:
        """The seats that nobody is let into."""
        ...

    def revoked(self) -> frozenset[str]:
        """The seats whose code was revoked and not renewed."""
        ...

    def invitation(self, seat: str) -> str:
        """The one line to type for this seat."""
        ...

    def renew(self, seat: str) -> str:
        """A new code for the seat; the old one opens nothing from now on."""
        ...

    def revoke(self, seat: str) -> None:
        """No code opens the seat until it is renewed."""
        ...

    def bar(self, seat: str, barred: bool, /) -> None: ...

    def drop(self, line: str) -> None:
        """End this terminal's connection."""
        ...
