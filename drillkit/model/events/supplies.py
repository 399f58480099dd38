"""Needs, requests, shipments and stock."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import Millis, Title
from drillkit.model.text import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedArose:
    """A site needs supplies by `limit_at`; `known_to` roles see it."""

    kind: Literal["need_arose"] = "need_arose"
    need: str
    title: Title
    site: str
    item: str
    quantity: int
    limit_at: Millis
    urgency: float
    life_critical: bool
    known_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliesRequested:
    """A role asked for supplies."""

    kind: Literal["supplies_requested"] = "supplies_requested"
    order: str
    role: str
    site: str
    item: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestApproved:
    """The request was approved."""

    kind: Literal["request_approved"] = "request_approved"
    order: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDeclined:
    """The request was declined."""

    kind: Literal["request_declined"] = "request_declined"
    order: str
    role: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliesDispatched:
    """Supplies left a depot; they arrive at `arrives_at` ms of exercise time."""

    kind: Literal["supplies_dispatched"] = "supplies_dispatched"
    shipment: str
    role: str
    depot: str
    site: str
    item: str
    quantity: int
    vehicle: str
    arrives_at: Millis
    back_at: Millis
    need: str = ""
    order: str = ""
    authorised: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliesArrived:
    """The shipment is at its site."""

    kind: Literal["supplies_arrived"] = "supplies_arrived"
    shipment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliesReceived:
    """The receipt of the shipment was confirmed."""

    kind: Literal["supplies_received"] = "supplies_received"
    shipment: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliesUsed:
    """Supplies at a site were used up."""

    kind: Literal["supplies_used"] = "supplies_used"
    role: str
    site: str
    item: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockChanged:
    """The scenario added to or took from a depot's stock."""

    kind: Literal["stock_changed"] = "stock_changed"
    depot: str
    item: str
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteChanged:
    """A route takes `time` ms from now on; None: it is closed."""

    kind: Literal["route_changed"] = "route_changed"
    depot: str
    site: str
    time: Millis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleLost:
    """A vehicle can no longer be used."""

    kind: Literal["vehicle_lost"] = "vehicle_lost"
    depot: str
    vehicle: str
