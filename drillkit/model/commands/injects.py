"""What is asked of injects, by their facilitator and by whom they reach."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import Millis
from drillkit.model.scenario import Means
from drillkit.model.text import Line, Prose


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
