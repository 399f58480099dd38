"""Needs, orders, shipments and stock."""

from drillkit.core.records import Mark, NeedRecord, OrderRecord, ShipmentRecord
from drillkit.core.reducers.table import on
from drillkit.core.state import State
from drillkit.model import events as ev


@on(ev.NeedArose)
def _need_arose(state: State, mark: Mark, event: ev.NeedArose) -> None:
    state.needs[event.need] = NeedRecord(mark, event)


@on(ev.SuppliesRequested)
def _supplies_requested(state: State, mark: Mark, event: ev.SuppliesRequested) -> None:
    state.orders[event.order] = OrderRecord(mark, event)


@on(ev.RequestApproved)
def _request_approved(state: State, mark: Mark, event: ev.RequestApproved) -> None:
    if order := state.orders.get(event.order):
        order.approved, order.declined = mark, None


@on(ev.RequestDeclined)
def _request_declined(state: State, mark: Mark, event: ev.RequestDeclined) -> None:
    if order := state.orders.get(event.order):
        order.approved, order.declined = None, mark


@on(ev.SuppliesDispatched)
def _supplies_dispatched(state: State, mark: Mark, event: ev.SuppliesDispatched) -> None:
    state.shipments[event.shipment] = ShipmentRecord(mark, event)
    state.ledger.dispatch(event)
    if order := state.orders.get(event.order):
        order.shipments.append(event.shipment)


@on(ev.SuppliesArrived)
def _supplies_arrived(state: State, mark: Mark, event: ev.SuppliesArrived) -> None:
    dispatched = state.ledger.arrive(event.shipment)
    if dispatched is None:
        return
    state.shipments[event.shipment].arrived = mark
    if need := state.needs.get(dispatched.need):
        need.arrivals.append((mark.at, dispatched.quantity, event.shipment))


@on(ev.SuppliesReceived)
def _supplies_received(state: State, mark: Mark, event: ev.SuppliesReceived) -> None:
    if shipment := state.shipments.get(event.shipment):
        shipment.received = shipment.received or mark


@on(ev.SuppliesUsed)
def _supplies_used(state: State, mark: Mark, event: ev.SuppliesUsed) -> None:
    state.ledger.use(event.site, event.item, event.quantity)


@on(ev.StockChanged)
def _stock_changed(state: State, mark: Mark, event: ev.StockChanged) -> None:
    state.ledger.change(event.depot, event.item, event.by)
    state.ledger.changes.append((mark.at, event.depot, event.item, event.by))


@on(ev.RouteChanged)
def _route_changed(state: State, mark: Mark, event: ev.RouteChanged) -> None:
    state.ledger.routes[event.depot, event.site] = event.time
    state.ledger.reroutes.append((mark.at, event.depot, event.site, event.time))


@on(ev.VehicleLost)
def _vehicle_lost(state: State, mark: Mark, event: ev.VehicleLost) -> None:
    state.ledger.lost.add(event.vehicle)
