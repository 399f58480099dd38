"""A scenario: what happens, who must learn of it, what is needed, and what good play looks like."""

from typing import Literal

from pydantic import Field

from drillkit.model.base import (
    Duration,
    Id,
    Lang,
    Line,
    Quantity,
    Share,
    Text,
    Title,
    Value,
    Weight,
)
from drillkit.model.when import When

Family = Literal["natural_disaster", "technical_failure", "sabotage"]
Means = Literal["phone", "radio", "email", "face", "document", "media", "alarm"]


class Phase(Value):
    """A stretch of play; it maps the exercise clock to the story's."""

    id: Id
    title: Title
    at: Duration = Field(description="Begins at this time of the script.")
    clock: Line = Field(
        pattern=r"^\d{4}-\d\d-\d\d \d\d:\d\d$",
        description='The story\'s date and time when it begins, "2026-07-20 13:00".',
    )
    ratio: float = Field(
        default=1.0, gt=0, le=1440, description="Story minutes that pass in a minute of play."
    )


class Recipient(Value):
    """Who must know a fact, and by when after it is released."""

    role: Id
    target: Duration
    limit: Duration | None = Field(default=None, description="No credit after this; 2x target.")
    weight: Weight = 1.0


class Fact(Value):
    """A piece of knowledge that injects bring to some roles and messages carry to others."""

    id: Id
    title: Title = Field(description="What whoever knows it can cite, in one line.")
    true: bool = Field(default=True, description="False for a rumour or a first number that errs.")
    severity: Literal[1, 3] = Field(default=1, description="3 when decisions hang on it.")
    corrects: Id | None = Field(
        default=None, description="The earlier fact that this one replaces."
    )
    recipients: tuple[Recipient, ...] = Field(default=(), alias="recipient")
    closed: bool = Field(
        default=True, description="True when all telling passes through drillkit, so silence is 0."
    )


class Option(Value):
    """A possible answer. Credit and consequences are never shown to players."""

    id: Id
    title: Title
    credit: Share = Field(default=1.0, description="How far it meets what the inject expects.")
    harm: Share = Field(default=0.0, description="Severity of secondary harm or a safety breach.")
    exposes: Id | None = Field(
        default=None, description="The need whose protective equipment those sent out must have."
    )


class Expect(Value):
    """An expected action: who should do what after this inject, by when."""

    id: Id
    role: Id
    text: Text = Field(description="What evaluators look for.")
    action: Literal["respond", "tell", "report", "dispatch", "state", "notify"] = "respond"
    to: tuple[Id, ...] = Field(default=(), description="tell: the roles to be told.")
    fact: Id | None = Field(default=None, description="tell, state: the fact to cite.")
    report: Id | None = Field(default=None, description="report: the due report.")
    need: Id | None = Field(default=None, description="dispatch: the need to be served.")
    customer: Id | None = Field(default=None, description="notify: the customer at risk.")
    target: Duration
    limit: Duration | None = Field(default=None, description="No credit after this; 2x target.")
    weight: Weight = 1.0
    tasks: tuple[Id, ...] = Field(default=(), description="Critical tasks it is evidence for.")


class Effect(Value):
    """What the release of an inject does to the world of supplies."""

    kind: Literal["stock", "route", "route-closed", "vehicle-lost"]
    depot: Id
    site: Id | None = None
    item: Id | None = None
    vehicle: Id | None = None
    quantity: int = Field(default=0, ge=-10_000_000, le=10_000_000)
    time: Duration | None = Field(default=None, description="route: the new travel time.")


class Inject(Value):
    """One scripted message or event, delivered to named roles."""

    id: Id
    kind: Literal["contextual", "expected-action", "contingency"] = "expected-action"
    title: Title
    body: Text
    at: Duration | None = Field(default=None, description="Planned at this time of the script.")
    when: When | None = Field(
        default=None, description="Released when this holds, and not before `at`."
    )
    sender: Id = Field(description="The role or outside partner it comes from.")
    to: tuple[Id, ...] = Field(min_length=1)
    means: Means = "phone"
    facts: tuple[Id, ...] = Field(default=(), description="What its readers know from then on.")
    options: tuple[Option, ...] = Field(default=(), alias="option")
    several: bool = Field(default=False, description="More than one option may be chosen.")
    words: bool = Field(default=True, description="The answer may be in the player's own words.")
    revise: bool = Field(default=True, description="A later answer replaces an earlier one.")
    expect: tuple[Expect, ...] = ()
    decide: Duration | None = Field(
        default=None, description="How long an expert thinks over the answer, for rehearsals; 45 s."
    )
    effects: tuple[Effect, ...] = Field(default=(), alias="effect")
    notes: Text | None = Field(default=None, description="For controllers; never shown to players.")
    short: bool = Field(default=True, description="Part of the short form of the drill.")


class Need(Value):
    """A demand for supplies at a site, with an urgency and a deadline."""

    id: Id
    title: Title
    site: Id
    item: Id
    quantity: Quantity
    at: Duration | None = Field(default=None, description="Arises at this time of the script.")
    when: When | None = Field(default=None, description="Arises when this holds.")
    within: Duration = Field(description="To be met within this time of arising.")
    urgency: Weight = Field(default=1.0, description="5 life-critical, 3 serious, 1 useful.")
    life_critical: bool = False
    protects: int = Field(default=0, ge=0, description="Persons who need it as protection.")
    half_life: Duration | None = Field(
        default=None, description="Deprivation doubles in this time; linear without it."
    )
    known_to: tuple[Id, ...] = Field(
        default=(), description="Roles that see it; without any, all with the supply permission."
    )


class ReportDue(Value):
    """A report that the plan's rule makes due at some point of this scenario."""

    id: Id
    rule: Id
    after: Id = Field(description="The inject whose release starts the limit.")
    facts: tuple[Id, ...] = Field(default=(), description="What it should cite.")
    tasks: tuple[Id, ...] = ()


class AtRisk(Value):
    """A customer of the plan's register whom the scenario puts at risk."""

    customer: Id
    after: Id = Field(description="The inject whose release starts the limit.")


class Milestone(Value):
    """A state of the story that conditions can ask for."""

    id: Id
    title: Title
    when: When
    harm: Share = Field(default=0.0, description="Severity of secondary harm when it is reached.")
    fatal: bool = Field(default=False, description="A simulated death that could be avoided.")


class Move(Value):
    """What moves an outcome variable: once, or by the minute while the condition holds."""

    when: When
    change: float = 0.0
    per_minute: float = 0.0


class Outcome(Value):
    """An outcome variable: people safe, customers restored, hours lost."""

    id: Id
    title: Title
    unit: Title
    start: float = 0.0
    null: float = Field(description="Its value when nothing is done.")
    reference: float = Field(description="Its value under expert play.")
    low: float | None = Field(default=None, description="It never falls below.")
    high: float | None = Field(default=None, description="It never rises above.")
    weight: Weight = 1.0
    moves: tuple[Move, ...] = Field(default=(), alias="move")


class Recovery(Value):
    """How fast the incident should be under control."""

    id: Id
    title: Title
    milestone: Id
    after: Id | None = Field(default=None, description="The inject that starts the clock.")
    target: Duration
    limit: Duration | None = None
    weight: Weight = 1.0


class Objective(Value):
    """A SMART objective of the drill."""

    id: Id
    text: Text
    weight: Weight = 1.0
    critical: bool = False


class Target(Value):
    """A capability target: the measurable threshold of a capability under an objective."""

    id: Id
    objective: Id
    capability: Title
    threshold: Text
    source: Line | None = Field(default=None, description="The plan's clause or a standard.")


class Task(Value):
    """A critical task: the distinct action that is evaluated."""

    id: Id
    target: Id
    text: Text
    standard: Text
    roles: tuple[Id, ...] = ()
    critical: bool = False
    weight: Weight = 1.0
    closed: bool = Field(default=True, description="All its evidence passes through drillkit.")
    share_auto: Share = Field(
        default=1.0, description="Lambda: 1 timing or quantity, 0.5 mixed, 0 judgement."
    )
    clause: Id | None = Field(default=None, description="The plan's clause that it tests.")


class Scenario(Value):
    """One scripted drill."""

    id: Id
    lang: Lang | None = Field(
        default=None, description="The one language the file is written in; without it, both."
    )
    version: Line = Line("1")
    family: Family
    grade: Literal[1, 2, 3, 4] = Field(description="Incident grade, 1 is the gravest.")
    title: Title
    summary: Text
    briefing: Text
    length: Duration = Field(description="Play ends at this time of the script.")
    phases: tuple[Phase, ...] = Field(alias="phase", min_length=1)
    facts: tuple[Fact, ...] = Field(default=(), alias="fact")
    injects: tuple[Inject, ...] = Field(alias="inject", min_length=1)
    needs: tuple[Need, ...] = Field(default=(), alias="need")
    reports: tuple[ReportDue, ...] = Field(default=(), alias="report")
    at_risk: tuple[AtRisk, ...] = ()
    milestones: tuple[Milestone, ...] = Field(default=(), alias="milestone")
    outcomes: tuple[Outcome, ...] = Field(default=(), alias="outcome")
    recoveries: tuple[Recovery, ...] = Field(default=(), alias="recovery")
    objectives: tuple[Objective, ...] = Field(alias="objective", min_length=1)
    targets: tuple[Target, ...] = Field(default=(), alias="target")
    tasks: tuple[Task, ...] = Field(default=(), alias="task")
    sources: tuple[Line, ...] = Field(
        default=(), alias="source", description="Where its facts come from; see SOURCES.md."
    )
