"""What the state remembers of each thing: when it happened, and in which entry."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from drillkit.model.base import Millis
from drillkit.model.events import (
    CustomerAtRisk,
    InjectReleased,
    MessageSent,
    NeedArose,
    ReportFellDue,
    ReportFiled,
    StatementDrafted,
    SuppliesDispatched,
    SuppliesRequested,
)

InjectStatus = Literal[
    "planned", "held", "skipped", "released", "opened", "answered", "overdue", "complete"
]


class Mark(NamedTuple):
    """When something happened (`at` ms of exercise time), in which entry, and by whom.

    `via` is who sat there, "" where the desk does not say; `wall` ms is wall time.
    """

    at: Millis
    seq: int
    by: str
    via: str = ""
    wall: int = 0


class Known(NamedTuple):
    """Since when a role knows a fact, and by which entry and from whom it learnt it."""

    at: Millis
    seq: int
    source: str


class Telling(NamedTuple):
    """A fact went out to these roles."""

    mark: Mark
    to: tuple[str, ...]


class Receipt(NamedTuple):
    """An acknowledgement that was asked for: of what, after how many ms, and the two entries."""

    message: str
    latency: Millis
    sent: int
    given: int


class Citation(NamedTuple):
    """How somebody cited a fact; `supported` when they knew it."""

    sender: str
    fact: str
    confirmed: bool
    supported: bool


@dataclass(slots=True)
class Stay:
    """One stretch of presence at a post."""

    came: Mark
    evidence: str
    substitute: str = ""
    alternate: bool = False
    left: Mark | None = None


@dataclass(slots=True)
class Presence:
    """Call-out and presence of one role."""

    called: Mark | None = None
    acknowledged: Mark | None = None
    stays: list[Stay] = field(default_factory=list)

    @property
    def is_here(self) -> bool:
        return bool(self.stays) and self.stays[-1].left is None

    @property
    def arrived(self) -> Mark | None:
        return self.stays[0].came if self.stays else None


@dataclass(slots=True)
class Seat:
    """A person at a terminal."""

    role: str
    person: str
    taken: Mark
    ready: Mark | None = None
    lost: Mark | None = None
    left: Mark | None = None
    wanted: str = ""
    """The role whose seat the person asked for last, since they came to this one."""
    why: str = ""
    asked: Mark | None = None
    """Since when the facilitator's answer is awaited."""
    declined: Mark | None = None


@dataclass(slots=True)
class Response:
    """One answer to an inject."""

    given: Mark
    options: tuple[str, ...]
    text: str


@dataclass(slots=True)
class InjectRecord:
    """What has become of one inject."""

    id: str
    released: Mark | None = None
    event: InjectReleased | None = None
    held: Mark | None = None
    skipped: Mark | None = None
    why: str = ""
    deferred_to: Millis | None = None
    opened: dict[str, Mark] = field(default_factory=dict)
    responses: dict[str, list[Response]] = field(default_factory=dict)
    overdue: dict[str, Mark] = field(default_factory=dict)

    @property
    def awaited(self) -> tuple[str, ...]:
        """The roles whose expected answer has not come."""
        if self.event is None:
            return ()
        return tuple(due.role for due in self.event.due if due.role not in self.responses)

    @property
    def status(self) -> InjectStatus:
        if self.skipped:
            return "skipped"
        if self.event is None:
            return "held" if self.held else "planned"
        if not self.awaited:
            return "complete"
        if any(role in self.overdue for role in self.awaited):
            return "overdue"
        if self.responses:
            return "answered"
        return "opened" if self.opened else "released"


@dataclass(slots=True)
class MessageRecord:
    sent: Mark
    event: MessageSent
    acknowledged: dict[str, Mark] = field(default_factory=dict)


@dataclass(slots=True)
class ReportRecord:
    filed: Mark
    event: ReportFiled


@dataclass(slots=True)
class DueRecord:
    """A report that is due; `filed` names the report that answered it first."""

    due: Mark
    event: ReportFellDue
    filed: str = ""
    overdue: Mark | None = None


@dataclass(slots=True)
class StatementRecord:
    drafted: Mark
    event: StatementDrafted
    approved: Mark | None = None
    returned: Mark | None = None
    issued: Mark | None = None
    was_approved: bool = False
    """Approved before it was issued."""


@dataclass(slots=True)
class CustomerRecord:
    event: CustomerAtRisk | None = None
    at_risk: Mark | None = None
    notified: Mark | None = None
    early: Mark | None = None
    """Told before the risk arose: such a notice cannot have said what it is."""


@dataclass(slots=True)
class NeedRecord:
    """A need, and what has arrived for it: (at, quantity, shipment) in order."""

    arose: Mark
    event: NeedArose
    arrivals: list[tuple[Millis, int, str]] = field(default_factory=list)

    @property
    def filled(self) -> int:
        return sum(quantity for _, quantity, _ in self.arrivals)

    @property
    def is_met(self) -> bool:
        return self.filled >= self.event.quantity


@dataclass(slots=True)
class OrderRecord:
    """A request for supplies."""

    requested: Mark
    event: SuppliesRequested
    approved: Mark | None = None
    declined: Mark | None = None
    shipments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ShipmentRecord:
    dispatched: Mark
    event: SuppliesDispatched
    arrived: Mark | None = None
    received: Mark | None = None


@dataclass(slots=True)
class OutcomeRecord:
    """An outcome variable: `value` at `since`, moving by `rate` a minute."""

    value: float
    rate: float
    since: Mark
    fired: tuple[int, ...] = ()
    history: list[tuple[Millis, float]] = field(default_factory=list)
