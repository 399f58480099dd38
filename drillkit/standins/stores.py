"""Which depot sends how much next: the reckoning of whoever moves supplies."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drillkit.core.ledger import Ledger
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.plan import Depot, Plan
from drillkit.model.profile import Supplying


@dataclass(frozen=True, slots=True)
class Wanted:
    """Supplies that a need or an approved request asks for at a site."""

    site: str
    item: str
    quantity: int
    limit_at: Millis
    need: str = ""
    order: str = ""

    @property
    def name(self) -> str:
        """What it is about, the same in every run."""
        return self.need or f"{self.site}:{self.item}"


@dataclass(frozen=True, slots=True)
class Load:
    """One trip: what leaves the depot, and at what exercise time its vehicle is there."""

    depot: str
    quantity: int
    ready_at: Millis
    time: Millis


def outstanding(state: State, wanted: Wanted) -> int:
    """What has not been sent yet, as far as the board shows."""
    sent = sum(
        shipment.event.quantity
        for shipment in state.shipments.values()
        if (wanted.need and shipment.event.need == wanted.need)
        or (wanted.order and shipment.event.order == wanted.order)
    )
    return wanted.quantity - sent


def next_load(
    plan: Plan, ledger: Ledger, wanted: Wanted, left: int, at: Millis, *, way: Supplying
) -> Load | None:
    """The next trip; None while nothing of the item can get there.

    The careful send what is soonest there, and of that the most; others take the first depot
    that has any, or keep half of what the soonest holds.
    """
    loads = _loads(plan, ledger, wanted, left, at)
    if way == "first-depot":
        return next(loads, None)
    load = min(loads, key=lambda load: (load.ready_at + load.time, -load.quantity), default=None)
    if load is None or way == "soonest":
        return load
    free = (
        ledger.stock[load.depot, wanted.item]
        - ledger.opening.get((load.depot, wanted.item), 0) // 2
    )
    return replace(load, quantity=min(load.quantity, free)) if free > 0 else None


def _loads(plan: Plan, ledger: Ledger, wanted: Wanted, left: int, at: Millis) -> Iterator[Load]:
    for depot in plan.depots:
        stock = ledger.stock.get((depot.id, wanted.item), 0)
        time = ledger.routes.get((depot.id, wanted.site))
        if stock <= 0 or time is None:
            continue
        room = _room(depot, ledger, at)
        if room is not None:
            ready_at, capacity = room
            quantity = min(left, stock, capacity or left)
            yield Load(depot.id, quantity, ready_at, time)


def _room(depot: Depot, ledger: Ledger, at: Millis) -> tuple[Millis, int] | None:
    """When the depot can send next, and how much on one trip (0: no limit)."""
    if not depot.vehicles:
        return at, 0
    if free := ledger.free_vehicles(depot.id, at):
        return at, free[-1].capacity
    coming = [
        (ledger.back_at[vehicle.id], vehicle.capacity)
        for vehicle in depot.vehicles
        if vehicle.id not in ledger.lost
    ]
    return min(coming, default=None)
