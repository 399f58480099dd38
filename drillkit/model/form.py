"""Forms that people fill in: score sheets, record forms, feedback. Data, with id and version."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillkit.model.base import Id, Line, Share, Title, Value

Audience = Literal["evaluator", "participant"]
Checked = Literal["yes", "no"]
NOT_APPLICABLE = "not-applicable"
NOT_OBSERVED = "not-observed"
UNRATED = (NOT_OBSERVED, NOT_APPLICABLE)
"""What may be said of every item that is rated, in place of a value; neither is a zero."""


class Evidence(Value):
    """What proposes an answer: the points of a measure, and from how many on each option holds."""

    measure: Line = Field(
        description='A score or one of its terms, such as "arrival" or "supplies.fill".'
    )
    at_least: tuple[Annotated[float, Field(ge=0, le=100)], ...] = Field(
        min_length=1,
        description="Points from which the first option holds, the second, and so on; below the "
        "last of them the last option holds. Falling.",
    )

    @model_validator(mode="after")
    def _falling(self) -> Self:
        if any(a <= b for a, b in zip(self.at_least, self.at_least[1:], strict=False)):
            raise PydanticCustomError("falling", "the points of at_least must fall")
        return self


class Option(Value):
    """One answer of several; the order in the form is from best to worst."""

    id: Id
    title: Title
    value: Share | None = Field(default=None, description="What it counts, 0 to 1; none: nothing.")


class _Item(Value):
    id: Id
    title: Title


class ChoiceItem(_Item):
    """One of ordered options, kept by id and never by place."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2)
    evidence: Evidence | None = None

    @model_validator(mode="after")
    def _matches(self) -> Self:
        if self.evidence and len(self.evidence.at_least) != len(self.options) - 1:
            raise PydanticCustomError(
                "one-less", "at_least needs one number less than there are options"
            )
        return self


class PointsItem(_Item):
    """Points from 0 to `most` in steps; what is taken off needs its reason."""

    kind: Literal["points"]
    most: float = Field(gt=0, le=1000)
    step: float = Field(default=0.5, gt=0)
    optional: bool = Field(default=False, description="May be marked as not applicable.")
    evidence: Line = Field(default=Line(), description="The measure that proposes the points.")


class CheckItem(_Item):
    """Yes or no."""

    kind: Literal["check"]
    evidence: Evidence | None = None


class DeductItem(_Item):
    """So many points off for each occurrence, `most` at the most."""

    kind: Literal["deduct"]
    each: float = Field(gt=0, le=1000)
    most: float = Field(gt=0, le=1000)


class ScaleItem(_Item):
    """Agreement from 1 (strongly disagree) to 5 (strongly agree)."""

    kind: Literal["scale"]


class WordsItem(_Item):
    """Free words."""

    kind: Literal["words"]


Item = Annotated[
    ChoiceItem | PointsItem | CheckItem | DeductItem | ScaleItem | WordsItem,
    Field(discriminator="kind"),
]


class Section(Value):
    """Items under one heading."""

    id: Id
    title: Title
    items: tuple[Item, ...] = Field(alias="item", min_length=1)


class Form(Value):
    """A form; an answer names its items by id, so a title may be corrected later."""

    id: Id
    version: Line
    title: Title
    audience: Audience
    sections: tuple[Section, ...] = Field(alias="section", min_length=1)

    def items(self) -> Iterator[Item]:
        """Every item, in order."""
        for section in self.sections:
            yield from section.items

    def item(self, id: str) -> Item | None:
        """The item with this id."""
        return next((item for item in self.items() if item.id == id), None)

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        seen = set[str]()
        for item in self.items():
            if item.id in seen:
                raise PydanticCustomError(
                    "twice", 'the item "{item}" stands twice', {"item": item.id}
                )
            seen.add(item.id)
        return self
