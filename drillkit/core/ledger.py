"""Supplies: what is in store, under way, at a site and used. Every quantity is conserved."""

from collections import Counter
from dataclasses import dataclass, field

from drillkit.model.base import Millis
from drillkit.model.events import SuppliesDispatched
from drillkit.model.plan import Plan, Vehicle


@dataclass(slots=True)
class Ledger:
    """Quantities by (place, item), in whole units of the item."""

    stock: Counter[tuple[str, str]] = field(default_factory=Counter)
    opening: dict[tuple[str, str], int] = field(default_factory=dict)
    changed: Counter[str] = field(default_factory=Counter)
    changes: list[tuple[Millis, str, str, int]] = field(default_factory=list)
    """What the scenario added or took: (at, depot, item, by) in order."""
    reroutes: list[tuple[Millis, str, str, Millis | None]] = field(default_factory=list)
    """Routes that changed: (at, depot, site, travel time, None when closed) in order."""
    transit: dict[str, SuppliesDispatched] = field(default_factory=dict)
    at_site: Counter[tuple[str, str]] = field(default_factory=Counter)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    routes: dict[tuple[str, str], Millis | None] = field(default_factory=dict)
    vehicles: dict[str, tuple[str, Vehicle]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    back_at: dict[str, Millis] = field(default_factory=dict)

    def open(self, plan: Plan) -> None:
        """Take over the plan's depots, vehicles and routes."""
        for depot in plan.depots:
            for stock in depot.stock:
                self.stock[depot.id, stock.item] += stock.quantity
            for vehicle in depot.vehicles:
                self.vehicles[vehicle.id] = (depot.id, vehicle)
        self.opening = dict(self.stock)
        for route in plan.routes:
            self.routes[route.depot, route.site] = route.time

    def dispatch(self, event: SuppliesDispatched) -> None:
        self.stock[event.depot, event.item] -= event.quantity
        self.transit[event.shipment] = event
        if event.vehicle:
            self.back_at[event.vehicle] = event.back_at

    def arrive(self, shipment: str) -> SuppliesDispatched | None:
        """Book the shipment in at its site; None when this ledger never saw it leave."""
        event = self.transit.pop(shipment, None)
        if event is not None:
            self.at_site[event.site, event.item] += event.quantity
        return event

    def use(self, site: str, item: str, quantity: int) -> None:
        self.at_site[site, item] -= quantity
        self.used[site, item] += quantity

    def change(self, depot: str, item: str, by: int) -> None:
        """Add to the stock of a depot, or take from it what is there."""
        self.stock[depot, item] += by
        self.changed[item] += by

    def free_vehicles(self, depot: str, at: Millis) -> list[Vehicle]:
        """The vehicles that stand at the depot, the smallest first."""
        here = (
            vehicle
            for home, vehicle in self.vehicles.values()
            if home == depot
            and vehicle.id not in self.lost
            and self.back_at.get(vehicle.id, 0) <= at
        )
        return sorted(here, key=lambda vehicle: (vehicle.capacity, vehicle.id))

    def total(self, item: str) -> int:
        """All of the item that exists anywhere or was used; it equals `expected_total`."""
        return sum(
            quantity
            for place in (self.stock, self.at_site, self.used)
            for (_, kind), quantity in place.items()
            if kind == item
        ) + sum(event.quantity for event in self.transit.values() if event.item == item)

    def expected_total(self, item: str) -> int:
        """What was in store at the opening and what the scenario added or took since."""
        opening = sum(quantity for (_, kind), quantity in self.opening.items() if kind == item)
        return opening + self.changed[item]
