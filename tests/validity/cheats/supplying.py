"""Cheats over supplies: all to one place, twice of all, requests without end."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import MINUTE
from drillkit.standins.person import Person
from tests.validity.cheats.cheat import Cheat


def _all_of(me: Person, item: str, site: str, need: str = "") -> Iterator[do.DispatchSupplies]:
    """As much from every store as its largest vehicle carries."""
    for depot in me.plan.depots:
        most = max((vehicle.capacity for vehicle in depot.vehicles), default=10**6)
        if stock := me.state.ledger.stock[depot.id, item]:
            yield do.DispatchSupplies(
                depot=depot.id, site=site, item=item, quantity=min(stock, most), need=need
            )


class SwampsTheFirst(Cheat):
    """Sends all there is of an item, from every store, to whoever is served first."""

    name, attacks = "swamps-the-first", ("supplies",)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        sent: tuple[ev.Entry, ...] = ()
        if isinstance(command, do.DispatchSupplies):
            for all_of in _all_of(self.me, command.item, command.site, command.need):
                sent += self.tries(all_of)
        return sent or self.desk.say(command)


class AllToOneSite(Cheat):
    """Sends all there is of everything to the site of the first need, and nothing elsewhere."""

    name, attacks, every = "all-to-one-site", ("supplies",), MINUTE

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        return () if isinstance(command, do.DispatchSupplies) else self.desk.say(command)

    def again(self) -> Iterable[do.Command]:
        first = next(iter(self.me.state.needs.values()), None)
        if first is not None and "supply" in self.me.spec(self.seat).may:
            for item in self.me.plan.items:
                yield from _all_of(self.me, item.id, first.event.site)


class SendsDouble(Cheat):
    """Sends twice what is asked for, wherever the store and the vehicle allow it."""

    name, attacks = "sends-double", ("supplies",)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        if isinstance(command, do.DispatchSupplies) and (
            sent := self.tries(replace(command, quantity=2 * command.quantity))
        ):
            return sent
        return self.desk.say(command)


class AsksWithoutEnd(Cheat):
    """Asks for some of everything for every site, one request a minute, whatever is needed."""

    name, attacks, every = "asks-without-end", ("supplies",), MINUTE

    def again(self) -> Iterable[do.Command]:
        if "supply" in self.me.spec(self.seat).may:
            return
        wants = list(product(self.me.plan.items, self.me.plan.sites))
        item, site = wants[self.me.now // self.every % len(wants)]
        yield do.RequestSupplies(site=site.id, item=item.id, quantity=5)


class ConfirmsBlindly(Cheat):
    """Confirms the receipt of every shipment the moment it is said to be there."""

    name, attacks = "confirms-receipts", ("supplies",)
    sees = (ev.SuppliesArrived,)

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        assert isinstance(event, ev.SuppliesArrived)
        yield do.ReceiveSupplies(shipment=event.shipment)
