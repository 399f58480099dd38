"""Forms that people fill in: score sheets, record forms, feedback. Data, with id and version."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillkit.model.base import Id, Line, Share, Title, Value

Audience = Literal["evaluator", "participant"]
Checked = Literal["yes", "no"]
NOT_APPLICABLE = "not-applicable"
NOT_OBSERVED = "not-observed"
UNRATED = (NOT_OBSERVED, NOT_APPLICABLE)
"""What may be said of every item that is rated, in place of a value; neither is a zero."""


Verdict = Literal[
    "arrival",
    "supplies",
    "supplies.protection",
    "information",
    "result",
    "review.suitability",
    "review.sufficiency",
]
"""What names an option of the paper record form by itself, scoring model 4.1 to 4.4, and what the
evaluators say of the plan. The option of an item goes by the name of the verdict: the bucket
"score.bucket-key-absent" is the option "key-absent"."""

Measured = Literal[
    "arrival",
    "arrival.on-time",
    "arrival.acknowledged",
    "arrival.established",
    "arrival.duties",
    "supplies",
    "supplies.fill",
    "supplies.timeliness",
    "supplies.fairness",
    "supplies.thrift",
    "supplies.procedure",
    "information",
    "information.reached",
    "information.reports",
    "information.complete",
    "information.accurate",
    "information.closed-loop",
    "information.discipline",
    "process",
    "result",
    "result.objectives",
    "result.outcomes",
    "result.recovery",
    "result.compliance",
    "combined",
]
"""The scores and their terms, in points from 0 to 100."""

VERDICTS: tuple[str, ...] = get_args(Verdict)
MEASURES: tuple[str, ...] = get_args(Measured)


class Evidence(Value):
    """What proposes an answer: a verdict, or from how many points on each option holds."""

    measure: Literal[Measured, Verdict] = Field(
        description='A score or one of its terms, such as "arrival" or "supplies.fill".'
    )
    at_least: tuple[Annotated[float, Field(ge=0, le=100)], ...] = Field(
        default=(),
        description="Points from which the first option holds, the second, and so on; below the "
        "last of them the last option holds. Falling. Without any, the option holds that the "
        "verdict of this name names.",
    )

    @model_validator(mode="after")
    def _proposes(self) -> Self:
        if any(a <= b for a, b in zip(self.at_least, self.at_least[1:], strict=False)):
            raise PydanticCustomError("form-not-falling", "the points of at_least must fall")
        if not self.at_least and self.measure not in VERDICTS:
            raise PydanticCustomError(
                "form-no-points", "{measure} needs at_least", {"measure": self.measure}
            )
        if self.at_least and self.measure not in MEASURES:
            raise PydanticCustomError(
                "form-no-measure", "{measure} has no points", {"measure": self.measure}
            )
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
        ids = [option.id for option in self.options]
        for place, id in enumerate(ids):
            if id in UNRATED:
                raise PydanticCustomError("form-kept-id", "{id} is taken", {"id": id, "at": place})
            if id in ids[:place]:
                raise PydanticCustomError(
                    "form-twice", "{id} stands twice", {"id": id, "at": place}
                )
        points = self.evidence.at_least if self.evidence else ()
        if points and len(points) != len(ids) - 1:
            raise PydanticCustomError(
                "form-one-less", "at_least needs {n} numbers", {"n": len(ids) - 1}
            )
        return self


class PointsItem(_Item):
    """Points from 0 to `most` in steps; what is taken off needs its reason."""

    kind: Literal["points"]
    most: float = Field(gt=0, le=1000)
    step: float = Field(default=0.5, gt=0)
    optional: bool = Field(default=False, description="May be marked as not applicable.")
    evidence: Measured | None = Field(
        default=None, description="The measure that proposes the points."
    )

    @model_validator(mode="after")
    def _reaches(self) -> Self:
        steps = self.most / self.step
        if abs(steps - round(steps)) > 1e-9:
            raise PydanticCustomError("form-steps", "{most} is no step", {"most": f"{self.most:g}"})
        return self


class CheckItem(_Item):
    """Yes or no; with evidence, yes from so many points on."""

    kind: Literal["check"]
    evidence: Evidence | None = None

    @model_validator(mode="after")
    def _matches(self) -> Self:
        if self.evidence and len(self.evidence.at_least) != 1:
            raise PydanticCustomError("form-one-less", "at_least needs {n} number", {"n": 1})
        return self


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
        for at, section in enumerate(self.sections):
            for place, item in enumerate(section.items):
                if item.id in seen:
                    raise PydanticCustomError(
                        "form-item-twice",
                        "the item {id} stands twice",
                        {"id": item.id, "at": at, "place": place},
                    )
                seen.add(item.id)
        return self
