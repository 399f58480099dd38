"""Supplies asked for, approved, sent, received and used; nothing leaves that is not there."""

from typing import assert_never

from drillkit.core.decide.seats import entitled
from drillkit.core.records import OrderRecord
from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.commands import (
    ApproveRequest,
    DeclineRequest,
    DispatchSupplies,
    ReceiveSupplies,
    RequestSupplies,
    UseSupplies,
)
from drillkit.model.events import (
    Event,
    RequestApproved,
    RequestDeclined,
    SuppliesDispatched,
    SuppliesReceived,
    SuppliesRequested,
    SuppliesUsed,
)
from drillkit.model.plan import Vehicle

SupplyCommand = (
    RequestSupplies
    | ApproveRequest
    | DeclineRequest
    | DispatchSupplies
    | ReceiveSupplies
    | UseSupplies
)


def decide_supplies(
    script: Script, state: State, by: str, command: SupplyCommand, at: Millis
) -> Event:
    """The event that a supply command leads to; raises Refused."""
    match command:
        case RequestSupplies():
            _known(script, command.site, command.item, command.quantity)
            return SuppliesRequested(
                order=f"o{state.seq + 1}",
                role=by,
                site=command.site,
                item=command.item,
                quantity=command.quantity,
            )
        case ApproveRequest():
            order = _order(script, state, by, command.order)
            if order.approved:
                raise Refused("already-approved")
            return RequestApproved(order=command.order, role=by)
        case DeclineRequest():
            _order(script, state, by, command.order)
            return RequestDeclined(order=command.order, role=by, why=command.why)
        case DispatchSupplies():
            return _dispatch(script, state, by, command, at)
        case ReceiveSupplies():
            shipment = state.shipments.get(command.shipment)
            if shipment is None or shipment.arrived is None:
                raise Refused("not-arrived")
            if shipment.received is not None:
                raise Refused("already-received")
            return SuppliesReceived(shipment=command.shipment, role=by)
        case UseSupplies():
            _known(script, command.site, command.item, command.quantity)
            there = state.ledger.at_site[command.site, command.item]
            if command.quantity > there:
                raise Refused(
                    "beyond-site",
                    there=there,
                    item=script.items[command.item].title,
                    site=script.sites[command.site].title,
                )
            return SuppliesUsed(
                role=by, site=command.site, item=command.item, quantity=command.quantity
            )
        case never:
            assert_never(never)


def _known(script: Script, site: str, item: str, quantity: int) -> None:
    if item not in script.items:
        raise Refused("unknown-item", item=item)
    if site not in script.sites:
        raise Refused("unknown-site", site=site)
    if quantity <= 0:
        raise Refused("quantity")


def _order(script: Script, state: State, by: str, id: str) -> OrderRecord:
    order = state.orders.get(id)
    if order is None:
        raise Refused("unknown-order", order=id)
    if not (entitled(script, state, by, "command") or entitled(script, state, by, "supply")):
        raise Refused("may-not-supply")
    if order.shipments:
        raise Refused("already-sent")
    return order


def _dispatch(
    script: Script, state: State, by: str, command: DispatchSupplies, at: Millis
) -> SuppliesDispatched:
    _known(script, command.site, command.item, command.quantity)
    depot = script.depots.get(command.depot)
    if depot is None:
        raise Refused("unknown-depot", depot=command.depot)
    site = script.sites[command.site]
    there = max(0, state.ledger.stock[command.depot, command.item])
    if command.quantity > there:
        raise Refused(
            "beyond-stock",
            there=there,
            asked=command.quantity,
            item=script.items[command.item].title,
            depot=depot.title,
        )
    route = (command.depot, command.site)
    if route not in state.ledger.routes:
        raise Refused("no-route", depot=depot.title, site=site.title)
    time = state.ledger.routes[route]
    if time is None:
        raise Refused("route-closed", depot=depot.title, site=site.title)
    if command.order and command.order not in state.orders:
        raise Refused("unknown-order", order=command.order)
    vehicle = _vehicle(state, command, at) if depot.vehicles else None
    return SuppliesDispatched(
        shipment=f"d{state.seq + 1}",
        role=by,
        depot=command.depot,
        site=command.site,
        item=command.item,
        quantity=command.quantity,
        vehicle=vehicle.id if vehicle else "",
        arrives_at=at + time,
        back_at=at + 2 * time,
        need=_need(state, command),
        order=command.order,
        authorised=entitled(script, state, by, "supply") or entitled(script, state, by, "command"),
    )


def _vehicle(state: State, command: DispatchSupplies, at: Millis) -> Vehicle:
    free = state.ledger.free_vehicles(command.depot, at)
    if command.vehicle:
        free = [vehicle for vehicle in free if vehicle.id == command.vehicle]
    if not free:
        raise Refused("no-vehicle")
    fit = next((vehicle for vehicle in free if vehicle.capacity >= command.quantity), None)
    if fit is None:
        raise Refused("too-much", capacity=free[-1].capacity, vehicle=free[-1].title)
    return fit


def _need(state: State, command: DispatchSupplies) -> str:
    """The need that the shipment serves: the one named, else the most pressing one of its kind."""
    same = [
        record
        for record in state.needs.values()
        if (record.event.site, record.event.item) == (command.site, command.item)
    ]
    if command.need:
        if all(record.event.need != command.need for record in same):
            raise Refused("wrong-need", need=command.need)
        return command.need
    unmet = [record for record in same if not record.is_met] or same
    pressing = min(unmet, key=lambda record: record.event.limit_at, default=None)
    return pressing.event.need if pressing else ""
