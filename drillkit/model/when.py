"""Conditions as data: each is a table with one telling key, and the key picks the class."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from drillkit.model.base import Duration, Id, Share, Value


class AllOf(Value):
    """Holds when every part holds."""

    all: tuple["When", ...] = Field(min_length=1)


class AnyOf(Value):
    """Holds when one part holds."""

    any: tuple["When", ...] = Field(min_length=1)


class NoneOf(Value):
    """Holds while no part holds."""

    none: tuple["When", ...] = Field(min_length=1)


class AtLeast(Value):
    """Holds when at least `at_least` of the parts hold."""

    at_least: int = Field(ge=1, le=50)
    of: tuple["When", ...] = Field(min_length=1)


class NotBefore(Value):
    """Holds from this time of the script on."""

    not_before: Duration


class MilestoneReached(Value):
    """Holds once the milestone is reached."""

    milestone: Id


class Answered(Value):
    """Holds when the inject has been answered, by `role` and with `option` where they are given."""

    answered: Id
    option: Id | None = None
    role: Id | None = None


class Released(Value):
    """Holds once the inject has been released."""

    released: Id


class Overdue(Value):
    """Holds when an expected answer to the inject has passed its limit without coming."""

    overdue: Id


class Arrived(Value):
    """Holds while the role is present at its post."""

    arrived: Id


class Knows(Value):
    """Holds when the role knows the fact."""

    knows: Id
    fact: Id


class Delivered(Value):
    """Holds when the need has been met to at least `share`."""

    delivered: Id
    share: Share = 1.0


class Reported(Value):
    """Holds when the due report has been filed."""

    reported: Id


class Stated(Value):
    """Holds when a public statement that cites the fact has been issued."""

    stated: Id


class OutcomeAbove(Value):
    """Holds while the outcome variable is at or above `above`, or at or below `below`."""

    outcome: Id
    above: float | None = None
    below: float | None = None


CONDITIONS: dict[str, type[Value]] = {
    "all": AllOf,
    "any": AnyOf,
    "none": NoneOf,
    "of": AtLeast,
    "not_before": NotBefore,
    "milestone": MilestoneReached,
    "answered": Answered,
    "released": Released,
    "overdue": Overdue,
    "arrived": Arrived,
    "knows": Knows,
    "delivered": Delivered,
    "reported": Reported,
    "stated": Stated,
    "outcome": OutcomeAbove,
}
"""The telling key of each condition. `at_least = n` goes with `of = [...]`."""


def _kind(raw: Any) -> str | None:
    if isinstance(raw, Value):
        return next(key for key, kind in CONDITIONS.items() if isinstance(raw, kind))
    if isinstance(raw, dict):
        return next((key for key in CONDITIONS if key in raw), None)
    return None


When = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[NoneOf, Tag("none")]
    | Annotated[AtLeast, Tag("of")]
    | Annotated[NotBefore, Tag("not_before")]
    | Annotated[MilestoneReached, Tag("milestone")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[Released, Tag("released")]
    | Annotated[Overdue, Tag("overdue")]
    | Annotated[Arrived, Tag("arrived")]
    | Annotated[Knows, Tag("knows")]
    | Annotated[Delivered, Tag("delivered")]
    | Annotated[Reported, Tag("reported")]
    | Annotated[Stated, Tag("stated")]
    | Annotated[OutcomeAbove, Tag("outcome")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message=f"a condition has one of the keys {', '.join(CONDITIONS)}",
    ),
]

for _model in (AllOf, AnyOf, NoneOf, AtLeast):
    _model.model_rebuild()
