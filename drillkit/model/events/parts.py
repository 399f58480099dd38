"""What events are partly made of: facts, choices and deadlines as people may see them."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import Id, Millis, Title
from drillkit.model.text import Prose

Rating = Literal["P", "S", "M", "U", "not-observed", "not-applicable"]
"""Performed without challenges, with some, with major challenges, unable to be performed."""
Duty = Literal["skilled", "adequate", "unclear", "not-observed", "not-applicable"]
"""Duties clear and carried out with skill, with less skill; duties not clear."""
DoorChange = Literal["revoked", "renewed", "barred", "opened", "dropped"]
"""What was done about a seat's code or, where one was dropped, about a terminal there."""


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact as whoever knows it can cite it."""

    id: Id
    title: Title


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of an inject as players see it: without credit or consequence."""

    id: Id
    title: Title


@dataclass(frozen=True, slots=True)
class Due:
    """By when a role should answer, in ms of exercise time; no credit from `limit_at` on."""

    role: Id
    target_at: Millis
    limit_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody put down for one item of a form.

    `choice` is an option's id, "yes" or "no", or one of form.UNRATED; `number` the points, the
    occurrences or the place on the scale. An item without an answer was left empty.
    """

    item: Id
    choice: str = ""
    number: float | None = None
    text: Prose = Prose()
    why: Prose = Prose()
