"""What could have been delivered: the best assignment of stock to needs, known with hindsight.

Exact without vehicle limits: needs in order of urgency, each filled by augmenting paths that never
take from a more urgent one. Transversal matroid, so the greedy order is optimal; scoring model 4.2.
"""

from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from drillkit.core.ledger import Ledger
from drillkit.model.base import Millis
from drillkit.model.plan import Plan


class Source(NamedTuple):
    """`quantity` units of one item that can leave a depot at or after `since`, before `until`."""

    depot: str
    item: str
    quantity: int
    since: Millis = 0
    until: Millis | None = None


class Demand(NamedTuple):
    """A need as the optimum sees it; times in ms of exercise time."""

    need: str
    site: str
    item: str
    quantity: int
    arose: Millis
    limit_at: Millis
    urgency: float


class Travel(NamedTuple):
    """From `since` to `until` the way from depot to site takes `time`."""

    depot: str
    site: str
    since: Millis
    until: Millis | None
    time: Millis


class Delivery(NamedTuple):
    """Units of the best assignment: when they can be there, and how many."""

    at: Millis
    quantity: int


Assignment = dict[str, tuple[Delivery, ...]]
"""Need -> its deliveries, the earliest first."""


def sources(ledger: Ledger) -> tuple[Source, ...]:
    """Opening stock and what came later; units lost on the way could have left before the loss."""
    lots = [
        Source(depot, item, quantity)
        for (depot, item), quantity in sorted(ledger.opening.items())
        if quantity > 0
    ]
    for at, depot, item, by in ledger.changes:
        if by > 0:
            lots.append(Source(depot, item, by, at))
        else:
            _lose(lots, at, depot, item, -by)
    return tuple(lots)


def _lose(lots: list[Source], at: Millis, depot: str, item: str, quantity: int) -> None:
    """Let `quantity` units be gone from `at` on, the latest arrived first."""
    for place in reversed(range(len(lots))):
        lot = lots[place]
        if (lot.depot, lot.item) != (depot, item) or lot.until is not None or quantity == 0:
            continue
        lost = min(lot.quantity, quantity)
        quantity -= lost
        kept = lot._replace(quantity=lot.quantity - lost)
        gone = lot._replace(quantity=lost, until=at)
        lots[place : place + 1] = [kept, gone] if kept.quantity else [gone]


def travels(plan: Plan, ledger: Ledger) -> tuple[Travel, ...]:
    """The plan's routes, cut where the scenario changed them."""
    open_since: dict[tuple[str, str], tuple[Millis, Millis | None]] = {
        (route.depot, route.site): (0, route.time) for route in plan.routes
    }
    legs: list[Travel] = []
    for at, depot, site, time in ledger.reroutes:
        since, before = open_since.get((depot, site), (0, None))
        if before is not None and since < at:
            legs.append(Travel(depot, site, since, at, before))
        open_since[depot, site] = (at, time)
    legs += [
        Travel(depot, site, since, None, time)
        for (depot, site), (since, time) in open_since.items()
        if time is not None
    ]
    return tuple(legs)


@lru_cache(maxsize=256)
def assign(
    stock: tuple[Source, ...], demands: tuple[Demand, ...], ways: tuple[Travel, ...]
) -> Assignment:
    """The assignment with the greatest urgency-weighted fill by the deadlines.

    Each unit leaves as soon as its need has arisen and it is in store. Every demand is a key of
    the answer. The answer is shared between callers: read it, do not change it.
    """
    best: Assignment = {}
    for item in sorted({demand.item for demand in demands}):
        lots = [source for source in stock if source.item == item]
        wanted = sorted(
            (demand for demand in demands if demand.item == item),
            key=lambda demand: (-demand.urgency, demand.limit_at, demand.need),
        )
        best.update(_assign_item(lots, wanted, ways))
    return best


def _assign_item(
    lots: Sequence[Source], wanted: Sequence[Demand], ways: Sequence[Travel]
) -> Assignment:
    arrivals = [[_arrival(lot, demand, ways) for lot in lots] for demand in wanted]
    # The nearest lot is tried first, so that equal fill comes early.
    reach = [
        sorted(
            (lot for lot, at in enumerate(row) if at is not None and at <= demand.limit_at),
            key=lambda lot, row=row: (row[lot], lot),
        )
        for demand, row in zip(wanted, arrivals, strict=True)
    ]
    left = [lot.quantity for lot in lots]
    flow = [[0] * len(lots) for _ in wanted]
    for place, demand in enumerate(wanted):
        _fill(place, demand.quantity, reach, left, flow)
    return {
        demand.need: tuple(
            sorted(
                Delivery(at, units)
                for units, at in zip(flow[place], arrivals[place], strict=True)
                if units and at is not None
            )
        )
        for place, demand in enumerate(wanted)
    }


def _arrival(lot: Source, demand: Demand, ways: Sequence[Travel]) -> Millis | None:
    """When units of the lot can first be at the site; None: never."""
    ready = max(lot.since, demand.arose)
    arrivals = []
    for way in ways:
        leaves = max(ready, way.since)
        if (
            (way.depot, way.site) == (lot.depot, demand.site)
            and (way.until is None or leaves < way.until)
            and (lot.until is None or leaves < lot.until)
        ):
            arrivals.append(leaves + way.time)
    return min(arrivals, default=None)


def _fill(
    demand: int, missing: int, reach: list[list[int]], left: list[int], flow: list[list[int]]
) -> None:
    """Bring up to `missing` units to the demand, rerouting earlier ones where that frees some."""
    while missing:
        path = _free_path(demand, reach, left, flow)
        if path is None:
            return
        # A path is demand, lot, demand, lot, ...: each takes the lot that the one before gave up.
        takers, lots = path[0::2], path[1::2]
        freed = [flow[giver][lot] for lot, giver in zip(lots[:-1], takers[1:], strict=True)]
        units = min(missing, left[lots[-1]], *freed) if freed else min(missing, left[lots[-1]])
        for taker, lot in zip(takers, lots, strict=True):
            flow[taker][lot] += units
        for giver, lot in zip(takers[1:], lots[:-1], strict=True):
            flow[giver][lot] -= units
        left[lots[-1]] -= units
        missing -= units


def _free_path(
    demand: int, reach: list[list[int]], left: list[int], flow: list[list[int]]
) -> list[int] | None:
    """The shortest augmenting path from the demand to a lot that has units left."""
    queue = deque([[demand]])
    seen: set[int] = set()
    while queue:
        path = queue.popleft()
        for lot in reach[path[-1]]:
            if lot in seen:
                continue
            seen.add(lot)
            if left[lot]:
                return [*path, lot]
            queue.extend([*path, lot, giver] for giver in range(len(flow)) if flow[giver][lot])
    return None
