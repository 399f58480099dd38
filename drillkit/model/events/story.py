"""Milestones and outcome variables."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import Title


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneReached:
    """The story reached this state."""

    kind: Literal["milestone_reached"] = "milestone_reached"
    milestone: str
    title: Title
    harm: float = 0.0
    fatal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeMoved:
    """An outcome variable is `value` now and moves by `rate` a minute of play."""

    kind: Literal["outcome_moved"] = "outcome_moved"
    outcome: str
    value: float
    rate: float
    moves: tuple[int, ...] = ()
