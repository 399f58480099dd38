"""Requests for supplies, and what becomes of them."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.text import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSupplies:
    """Ask for supplies at a site."""

    kind: Literal["request_supplies"] = "request_supplies"
    site: str
    item: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRequest:
    """Approve a request for supplies."""

    kind: Literal["approve_request"] = "approve_request"
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRequest:
    """Decline a request for supplies."""

    kind: Literal["decline_request"] = "decline_request"
    order: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchSupplies:
    """Send supplies from a depot to a site; "" as vehicle: the fittest free one."""

    kind: Literal["dispatch_supplies"] = "dispatch_supplies"
    depot: str
    site: str
    item: str
    quantity: int
    vehicle: str = ""
    need: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveSupplies:
    """Confirm the receipt of a shipment."""

    kind: Literal["receive_supplies"] = "receive_supplies"
    shipment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSupplies:
    """Use supplies at a site."""

    kind: Literal["use_supplies"] = "use_supplies"
    site: str
    item: str
    quantity: int
