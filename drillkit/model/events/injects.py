"""What became of injects, and what was answered."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import Millis, Text, Title
from drillkit.model.events.parts import Choice, Due, FactRef
from drillkit.model.scenario import Means
from drillkit.model.text import Line, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectReleased:
    """The inject is on its recipients' desks, with all they need to read and answer it."""

    kind: Literal["inject_released"] = "inject_released"
    inject: str
    type: Literal["contextual", "expected-action", "contingency", "ad-hoc"]
    title: Title
    body: Text
    sender: str
    to: tuple[str, ...]
    means: Means
    facts: tuple[FactRef, ...] = ()
    options: tuple[Choice, ...] = ()
    several: bool = False
    words: bool = True
    revise: bool = True
    due: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectHeld:
    """The facilitator holds the inject back until it is freed."""

    kind: Literal["inject_held"] = "inject_held"
    inject: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectFreed:
    """A held inject is planned again."""

    kind: Literal["inject_freed"] = "inject_freed"
    inject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectSkipped:
    """The inject will not be played."""

    kind: Literal["inject_skipped"] = "inject_skipped"
    inject: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectDeferred:
    """The inject is planned anew, at `script` ms of the script."""

    kind: Literal["inject_deferred"] = "inject_deferred"
    inject: str
    script: Millis
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectOpened:
    """The role looked at the inject."""

    kind: Literal["inject_opened"] = "inject_opened"
    inject: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseGiven:
    """The role answered; a later answer replaces an earlier one."""

    kind: Literal["response_given"] = "response_given"
    inject: str
    role: str
    options: tuple[str, ...] = ()
    text: Prose = Prose()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOverdue:
    """The role's expected answer passed its limit without coming."""

    kind: Literal["answer_overdue"] = "answer_overdue"
    inject: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastMade:
    """The facilitator said something to everybody."""

    kind: Literal["broadcast_made"] = "broadcast_made"
    text: Prose
