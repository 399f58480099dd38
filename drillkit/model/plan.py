"""The emergency plan: who does what, who tells whom by when, what is in store, who is at risk."""

from typing import Literal

from pydantic import Field

from drillkit.model.base import (
    MINUTE,
    Duration,
    Id,
    Lang,
    Line,
    Quantity,
    Text,
    Title,
    Value,
    Weight,
)
from drillkit.model.function import FUNCTIONS, Function

Permission = Literal[
    "command",  # approves supply requests and public releases
    "supply",  # orders and dispatches supplies
    "report",  # files formal reports upward
    "release",  # issues public statements
    "notify",  # notifies customers at risk
]


class Contact(Value):
    """How the holder of a post is reached. Posts, never private persons."""

    post: Title = Field(description="The post that is reached, not a person's name.")
    phone: Line | None = Field(default=None, description='A number or radio channel, "ext. 4410".')
    radio: Line | None = Field(default=None, description='A radio channel, "channel 3".')


class Group(Value):
    """The command post or a working group; it stands when its quorum is present at once."""

    id: Id
    title: Title
    quorum: int = Field(default=1, ge=1, le=50, description="Members present at once.")
    target: Duration = Field(
        default=15 * MINUTE, description="Established within this time of the call-out."
    )
    limit: Duration | None = Field(default=None, description="Worth nothing after this; 2x target.")


class Role(Value):
    """A seat of the organisation, or an outside partner that the facilitator answers for."""

    id: Id
    title: Title
    functions: tuple[Function, ...] = Field(
        default=(),
        description="What the post does, by which any scenario finds it, the first one foremost; "
        "without any, what its id says.",
    )
    plays: tuple[Id, ...] = Field(
        default=(), description="Roles of other packs' scenarios that it takes, whatever they do."
    )
    group: Id | None = Field(default=None, description="The group it belongs to.")
    key: bool = Field(default=False, description="A key position: its absence is its own category.")
    commander: bool = Field(default=False, description="Holds the command function.")
    weight: Weight = Field(
        default=1.0, description="Commander 3, deputy and key posts 2, others 1."
    )
    outside: bool = Field(default=False, description="An external partner, not part of the score.")
    alternates: tuple[Id, ...] = Field(default=(), description="Roles that may take it over.")
    may: tuple[Permission, ...] = Field(default=(), description="What the role is entitled to do.")
    ack_target: Duration = Field(default=MINUTE, description="Acknowledges the call-out by then.")
    ack_limit: Duration = Field(default=3 * MINUTE, description="No credit after this.")
    arrive_target: Duration = Field(default=15 * MINUTE, description="At the post by then.")
    arrive_limit: Duration | None = Field(default=None, description="No credit after; 2x target.")
    travel: Duration = Field(default=0, description="Roster travel time to the post.")
    duties: Text
    contact: Contact | None = None

    def does(self) -> tuple[Function, ...]:
        """Its functions: as written, else as its id and `commander` say."""
        if self.functions or self.outside:
            return self.functions
        named = tuple(function for function in FUNCTIONS if function == self.id)
        return named or (("commander",) if self.commander else ())


class Channel(Value):
    """An authorised path: `sender` may give messages and orders straight to `to`."""

    sender: Id
    to: tuple[Id, ...] = Field(min_length=1)


class Element(Value):
    """One required element of a formal report."""

    id: Id
    title: Title


class ReportingRule(Value):
    """A report that the plan or a law requires: from whom, to whom, by when, with what in it."""

    id: Id
    title: Title
    trigger: Text = Field(description="What makes the report due, in words.")
    sender: Id
    to: tuple[Id, ...] = Field(min_length=1)
    stage: Literal["initial", "follow-up", "final"] = "initial"
    limit: Duration = Field(description="Due within this time of the trigger.")
    clock: Literal["exercise", "scenario"] = Field(
        default="exercise", description="The clock on which the limit runs."
    )
    statutory: bool = Field(default=False, description="A law's limit: late caps the score.")
    elements: tuple[Element, ...] = Field(alias="element", min_length=1)
    source: Line | None = Field(default=None, description="The clause that requires it.")


class ReleaseRule(Value):
    """Who drafts, approves and issues a public statement."""

    drafters: tuple[Id, ...] = Field(min_length=1)
    approvers: tuple[Id, ...] = Field(min_length=1)
    spokesperson: Id


class Item(Value):
    """A kind of supply."""

    id: Id
    title: Title
    unit: Title = Field(description='What one is, "bag", "litre".')
    floor: int = Field(default=0, ge=0, description="The reserve that should stay in store.")


class Stock(Value):
    """What a depot holds of one item."""

    item: Id
    quantity: Quantity
    expires: Line | None = Field(default=None, description='Best before, "2027-03".')


class Vehicle(Value):
    """What carries supplies from its depot."""

    id: Id
    title: Title
    capacity: Quantity = Field(description="Units carried on one trip, whatever the item.")


class Depot(Value):
    """Where stock and vehicles stand."""

    id: Id
    title: Title
    stock: tuple[Stock, ...] = ()
    vehicles: tuple[Vehicle, ...] = Field(default=(), alias="vehicle")


class Site(Value):
    """A place where needs arise."""

    id: Id
    title: Title


class Route(Value):
    """The way from a depot to a site."""

    depot: Id
    site: Id
    time: Duration = Field(description="Travel time on the exercise clock.")


class Training(Value):
    """A training record of a role."""

    role: Id
    course: Title
    done: Line = Field(description='When, "2026-03-18".')
    valid_until: Line | None = None


class Support(Value):
    """Technical support that may be called."""

    id: Id
    title: Title
    covers: Text
    contact: Contact


class Customer(Value):
    """A customer at risk: of what kind, how grave, how treated, and told by when."""

    id: Id
    title: Title
    kind: Literal["credit", "market", "operational", "legal"]
    grade: Literal["low", "medium", "high"]
    treatment: Text
    owner: Id = Field(description="The role that notifies this customer.")
    notify_within: Duration = Field(description="From the moment the scenario puts them at risk.")


class Clause(Value):
    """A numbered clause of the plan that a finding or a task can name."""

    id: Id
    number: Line
    title: Title
    about: Literal["arrival", "supplies", "information", "release", "customers", "command"]


class Plan(Value):
    """An organisation's emergency plan."""

    id: Id
    lang: Lang | None = Field(
        default=None, description="The one language the file is written in; without it, both."
    )
    version: Line = Line("1")
    title: Title
    organisation: Title
    clauses: tuple[Clause, ...] = Field(
        default=(), alias="clause", description="What findings refer to."
    )
    groups: tuple[Group, ...] = Field(default=(), alias="group")
    roles: tuple[Role, ...] = Field(alias="role", min_length=1)
    channels: tuple[Channel, ...] = Field(
        default=(),
        alias="channel",
        description="Authorised paths; without any, every path is authorised.",
    )
    reports: tuple[ReportingRule, ...] = Field(default=(), alias="report")
    release: ReleaseRule | None = None
    items: tuple[Item, ...] = Field(default=(), alias="item")
    sites: tuple[Site, ...] = Field(default=(), alias="site")
    depots: tuple[Depot, ...] = Field(default=(), alias="depot")
    routes: tuple[Route, ...] = Field(default=(), alias="route")
    training: tuple[Training, ...] = ()
    support: tuple[Support, ...] = ()
    customers: tuple[Customer, ...] = Field(default=(), alias="customer")

    def role(self, id: str) -> Role | None:
        return next((role for role in self.roles if role.id == id), None)

    def players(self) -> tuple[Role, ...]:
        """The roles that people or stand-ins play; the facilitator answers for the others."""
        return tuple(role for role in self.roles if not role.outside)
