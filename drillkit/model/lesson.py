"""A lesson of an organisation: what was found, what is to be done, and how far it has come."""

from typing import Literal

from pydantic import Field

from drillkit.model.base import Duration, Id, Line, Prose, Quantity, Text, Title, Value

Status = Literal["identified", "agreed", "implemented", "verified", "rejected"]
"""Verified is what others call learned."""
LessonLevel = Literal["deficiency", "corrective", "improvement", "strength"]
LEVELS: tuple[LessonLevel, ...] = ("deficiency", "corrective", "improvement", "strength")
"""From what endangers life to what went well."""
Element = Literal["planning", "organization", "equipment", "training", "exercise"]
"""POETE: what has to change."""
Kind = Literal["role", "group", "report", "customer", "inject", "fact", "need"]
OF_PLAN: frozenset[Kind] = frozenset({"role", "group", "report", "customer"})
"""Kinds that the plan names; the others belong to one scenario."""


class Subject(Value):
    """What a lesson is about."""

    kind: Kind
    id: Id
    title: Title


class Shortfall(Value):
    """What a need asked for and got by its limit, in the item's unit."""

    item: Id
    site: Id
    asked: Quantity
    got: int = Field(ge=0)


class Sighting(Value):
    """A drill in which a lesson was seen."""

    session: Line
    began: Line = Field(description='When the drill began, in UTC: "2027-01-01 09:30".')
    scenario: Id
    seen: Text
    entries: tuple[int, ...] = Field(default=(), description="What it rests on in the journal.")
    took: Duration | None = Field(default=None, description="How long it took, where it was late.")
    short: Shortfall | None = None


class Step(Value):
    """One step of a lesson's way; "assigned" changes its owner or due date, not its status."""

    to: Status | Literal["assigned"]
    on: Line = Field(description='The day, "2027-01-15".')
    by: Line
    why: Prose = Prose()
    session: Line = Field(default=Line(), description="The drill that verifies it.")
    entries: tuple[int, ...] = ()


class Moved(Value):
    """A mean difference over pairs of simulated drills, with its 95 % interval."""

    by: float
    lo: float
    hi: float
    pairs: int = Field(ge=1)


class Gain(Value):
    """What a revised plan gained over the old one, in simulated drills by one team.

    `points` are of the combined score, `chance` of keeping the limit `number` a share (0..1),
    `seconds` the time taken where it was done both ways.
    """

    on: Line = Field(description='The day, "2027-01-15".')
    old: Line = Field(description="The file of the old plan.")
    new: Line = Field(description="The file of the revised plan.")
    scenario: Id
    team: Line
    seed: int
    runs: int = Field(ge=1)
    points: Moved
    number: Line = Field(default=Line(), description="What of the lesson's subject is measured.")
    limit_moved: bool = Field(default=False, description="The two plans set it differently.")
    chance: Moved | None = None
    seconds: Moved | None = None


class Lesson(Value):
    """One file of an organisation's register. `tasks` belong to the scenario of its sightings."""

    id: Id
    level: LessonLevel
    title: Title
    text: Text = Field(description="What is to be done.")
    rule: Line = Field(default=Line(), description='The rule that found it; "" for a person.')
    subject: Subject | None = None
    tasks: tuple[Id, ...] = ()
    capabilities: tuple[Title, ...] = Field(default=(), alias="capability")
    element: Element = "planning"
    clause: Id | None = Field(default=None, description="The plan's clause that it touches.")
    owner: Line = Field(default=Line(), description="A role of the plan, or a post.")
    due: Line = Field(default=Line(), description='The day, "2027-02-01".')
    revision: Text | None = Field(default=None, description="The change to the plan it proposes.")
    drills: tuple[Sighting, ...] = Field(default=(), alias="drill")
    steps: tuple[Step, ...] = Field(alias="step", min_length=1)
    gains: tuple[Gain, ...] = Field(
        default=(), alias="gain", description="What its revision gained in simulated drills."
    )

    @property
    def status(self) -> Status:
        return next((step.to for step in self.steps[::-1] if step.to != "assigned"), "identified")

    @property
    def is_open(self) -> bool:
        return self.status not in ("verified", "rejected")

    def since(self, status: Status = "identified") -> str:
        """The day on which it last came to this status, "" if it never did."""
        return next((step.on for step in self.steps[::-1] if step.to == status), "")


class OpenLesson(Value):
    """What a briefing says of an open lesson, without anything of the story to come.

    Not even its id: that may be made of an inject's.
    """

    level: LessonLevel
    title: Title
    about: Title | None = None
    owner: Title | None = None
    since: Line = Line()
