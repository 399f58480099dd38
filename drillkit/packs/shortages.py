"""What the stores and roads of a plan cannot bring to a scenario's needs, as advice."""

from collections.abc import Iterator

from drillkit.model.plan import Plan
from drillkit.model.scenario import Need, Scenario
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.duration import written
from drillkit.packs.means import quickest_ways
from drillkit.packs.source import Source


def shortages(source: Source, scenario: Scenario, plan: Plan) -> Iterator[Diagnostic]:
    """A diagnostic in the plan's file for each need that cannot be met, or not whole, or late.

    An item that no store holds is one diagnostic, whatever the number of needs.
    """
    held: dict[tuple[str, str], int] = {}
    for item, depot, quantity in stocks(scenario, plan):
        held[item, depot] = held.get((item, depot), 0) + quantity
    ways = quickest_ways(scenario, plan)
    unheld: dict[str, list[str]] = {}
    for need in scenario.needs:
        stores = {depot: n for (item, depot), n in held.items() if item == need.item}
        if not any(stores.values()):
            unheld.setdefault(need.item, []).append(need.id)
            continue
        times = [ways[depot, need.site] for depot in stores if (depot, need.site) in ways]
        if lack := _lack(need, sum(stores.values()), times):
            key, values = lack
            named = {"need": need.id, "item": need.item, "site": need.site}
            yield source.fault(f"packs.poorer-{key}", ("id",), "key", **named, **values)
    for item, needs in unheld.items():
        values = {"item": item, "needs": ", ".join(needs)}
        yield source.fault("packs.poorer-stock", ("id",), "key", **values)


def stocks(scenario: Scenario, plan: Plan) -> Iterator[tuple[str, str, int]]:
    """All that ever lies in a store: item, depot, quantity."""
    for depot in plan.depots:
        for stock in depot.stock:
            yield stock.item, depot.id, stock.quantity
    for inject in scenario.injects:
        for effect in inject.effects:
            if effect.kind == "stock" and effect.item is not None and effect.quantity > 0:
                yield effect.item, effect.depot, effect.quantity


def _lack(need: Need, held: int, times: list[int]) -> tuple[str, dict[str, object]] | None:
    """Which sentence tells of it, with its values; `times` are the ways from the stores, in ms."""
    if not times:
        return "route", {}
    if min(times) > need.within:
        return "far", {"quickest": written(min(times)), "within": written(need.within)}
    if held < need.quantity:
        return "quantity", {"held": held, "quantity": need.quantity}
    return None
