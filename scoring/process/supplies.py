"""Supply allocation: what could be filled and was, how late, how fairly, how thriftily, how duly.

Scoring model 4.2. Needs count from the moment they arose.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from drillkit.core.records import NeedRecord, ShipmentRecord
from drillkit.core.state import State
from drillkit.model.base import MINUTE, Millis
from drillkit.model.events import NeedArose, SuppliesDispatched
from drillkit.model.plan import Item
from drillkit.model.weights import WeightSet
from scoring.assessment import Score
from scoring.grading import score, settled
from scoring.measure import Measure, not_applicable, not_observed, total, value
from scoring.process.deprivation import deprivation, gini, shared_credit
from scoring.process.optimum import Delivery, Demand, assign, sources, travels
from scoring.process.protection import Exposure, cap, exposures, protection_bucket
from scoring.process.windows import play_time

RECEIPT_WITHIN: Millis = 10 * MINUTE
SPARE = 4 / 3
"""A third more than was asked for passes as prudence."""


@dataclass(frozen=True, slots=True)
class Served:
    """A need with what it got and what the best assignment would have brought, and when."""

    event: NeedArose
    arose: Millis
    arrivals: Sequence[tuple[Millis, int]]
    best: Sequence[Delivery]
    half_life: Millis | None
    usual: float
    """What needs of this item ask for on average."""
    is_decided: bool
    entries: tuple[int, ...]

    @property
    def worth(self) -> float:
        """What one unit weighs."""
        return self.event.urgency / self.usual

    @property
    def received(self) -> int:
        return sum(units for _, units in self.arrivals)

    @property
    def fill(self) -> float:
        """Share of the need that came, sooner or later; 0..1."""
        return min(1.0, self.received / self.event.quantity)

    def filled_by(self, at: Millis) -> int:
        return min(self.event.quantity, sum(units for came, units in self.arrivals if came <= at))


def supplies(state: State, now: Millis, weights: WeightSet) -> Score:
    """Score supply allocation as it stands at exercise time `now` (ms)."""
    at = play_time(state, now)
    terms = weights.supplies
    served = _served(state, at)
    measure = total(
        "supplies",
        "score.supplies",
        [
            total("supplies.fill", "score.fill", list(_fill(served)), weight=terms.fill),
            total(
                "supplies.timeliness",
                "score.timeliness",
                list(_timeliness(served, at)),
                weight=terms.timeliness,
            ),
            total(
                "supplies.fairness",
                "score.fairness",
                list(_fairness(served)),
                weight=terms.fairness,
            ),
            _thrift(state, served).weighing(terms.thrift),
            total(
                "supplies.procedure",
                "score.procedure",
                [_procedure(state, record, at) for record in state.shipments.values()],
                weight=terms.procedure,
            ),
        ],
    )
    measure = settled(measure, state)
    sent = list(exposures(state))
    return score(
        "supplies",
        measure,
        weights,
        caps=[cap(group) for group in sent if group.equipped < group.persons],
        bucket=_bucket(measure.children[0], served, weights),
        diagnostics=_diagnostics(served, sent),
    )


def _served(state: State, at: Millis) -> list[Served]:
    if not state.needs:
        return []
    demands = tuple(_demand(record) for record in state.needs.values())
    best = assign(sources(state.ledger), demands, travels(state.plan, state.ledger))
    half_lives = {need.id: need.half_life for need in state.scenario.needs}
    asked: dict[str, list[int]] = defaultdict(list)
    for demand in demands:
        asked[demand.item].append(demand.quantity)
    return [
        Served(
            event=record.event,
            arose=record.arose.at,
            arrivals=[(came, units) for came, units, _ in record.arrivals],
            best=best[id],
            half_life=half_lives.get(id),
            usual=fmean(asked[record.event.item]),
            is_decided=record.is_met or at >= record.event.limit_at,
            entries=(record.arose.seq, *_arrival_entries(state, record)),
        )
        for id, record in state.needs.items()
    ]


def _demand(record: NeedRecord) -> Demand:
    need = record.event
    return Demand(
        need.need,
        need.site,
        need.item,
        need.quantity,
        record.arose.at,
        need.limit_at,
        need.urgency,
    )


def _arrival_entries(state: State, record: NeedRecord) -> Iterator[int]:
    for _, _, shipment in record.arrivals:
        arrived = state.shipments[shipment].arrived
        if arrived is not None:
            yield arrived.seq


# -- S1 and S2: how much of what could be had, and how soon ----------------------------------------


# A thousand sandbags must not outweigh five ventilators: quantities count in needs of the usual
# size for their item. With one item this scales V, V* and all deprivations alike.


def _fill(served: Sequence[Served]) -> Iterator[Measure]:
    """Leaves whose weighted mean is V / V*: each weighs what the best assignment brings it."""
    got = [need.worth * need.filled_by(need.event.limit_at) for need in served]
    best = [need.worth * sum(part.quantity for part in need.best) for need in served]
    yield from _leaves("fill", served, got, best)


def _timeliness(served: Sequence[Served], at: Millis) -> Iterator[Measure]:
    """Leaves whose weighted mean is (null - Dep) / (null - reference).

    A need whose deprivation grows with time weighs no more than one where it does not.
    """
    got: list[float] = []
    best: list[float] = []
    for need in served:
        nothing, was, could = deprivations(need, at)
        minutes = (max(at, need.event.limit_at) - need.arose) / MINUTE
        stake = need.worth * need.event.quantity * minutes / nothing if nothing else 0.0
        got.append(stake * (nothing - was))
        best.append(stake * (nothing - could))
    yield from _leaves("timeliness", served, got, best)


def deprivations(need: Served, at: Millis) -> tuple[float, float, float]:
    """Deprivation when nothing is sent, as it was, and under the best assignment.

    Up to `at`, and at least up to the deadline: a need that is met stays met.
    """
    event, until = need.event, max(at, need.event.limit_at)

    def of(arrivals: Sequence[tuple[Millis, int]]) -> float:
        return deprivation(
            event.urgency,
            event.quantity,
            need.arose,
            arrivals,
            until=until,
            half_life=need.half_life,
        )

    return of(()), of(need.arrivals), of(need.best)


def _leaves(
    term: str, served: Sequence[Served], got: Sequence[float], best: Sequence[float]
) -> Iterator[Measure]:
    decided = [place for place, need in enumerate(served) if need.is_decided]
    earned = dict(
        zip(
            decided,
            shared_credit([got[place] for place in decided], [best[place] for place in decided]),
            strict=True,
        )
    )
    for place, need in enumerate(served):
        id, words, about = f"supplies.{term}.{need.event.need}", f"score.{term}", need.event.need
        if best[place] <= 0:
            # Even the best assignment brings it nothing in time: nobody is to blame.
            yield not_applicable(id, words, about=about)
        elif place in earned:
            yield value(
                id, words, earned[place], weight=best[place], entries=need.entries, about=about
            )
        else:
            yield not_observed(id, words, weight=best[place], about=about)


# -- S3 and S4: fairness, thrift and the reserve ---------------------------------------------------


def _fairness(served: Sequence[Served]) -> Iterator[Measure]:
    """A leaf for each item that several needs compete for; units of two items do not add up."""
    competing: dict[str, list[Served]] = defaultdict(list)
    for need in served:
        competing[need.event.item].append(need)
    for item, needs in competing.items():
        id, words = f"supplies.fairness.{item}", "score.fairness"
        weight = sum(need.event.urgency for need in needs)
        if len(needs) == 1:
            yield not_applicable(id, words, weight=weight, about=item)
        elif not all(need.is_decided for need in needs):
            yield not_observed(id, words, weight=weight, about=item)
        elif not any(need.received for need in needs):
            yield not_applicable(id, words, weight=weight, about=item)
        else:
            demand = sum(need.event.quantity for need in needs)
            points = [(need.event.quantity / demand, need.fill) for need in needs]
            entries = [seq for need in needs for seq in need.entries]
            yield value(id, words, 1 - gini(points), weight=weight, entries=entries, about=item)


def _thrift(state: State, served: Sequence[Served]) -> Measure:
    useful: dict[str, int] = defaultdict(int)
    for need in served:
        useful[need.event.item] += min(need.received, need.event.quantity)
    arrived: dict[str, int] = defaultdict(int)
    entries: dict[str, list[int]] = defaultdict(list)
    for record in state.shipments.values():
        if record.arrived is not None:
            arrived[record.event.item] += record.event.quantity
            entries[record.event.item].append(record.arrived.seq)
    moved = {need.event.item for need in served}
    moved.update(record.event.item for record in state.shipments.values())
    items = [item for item in state.plan.items if item.id in moved]
    return total(
        "supplies.thrift",
        "score.thrift",
        [
            total(
                "supplies.thrift.excess",
                "score.excess",
                [
                    _excess(state, item, arrived[item.id], useful[item.id], entries[item.id])
                    for item in items
                ],
            ),
            total(
                "supplies.thrift.reserve",
                "score.reserve",
                [_reserve(state, item, entries[item.id]) for item in items],
            ),
        ],
    )


def _excess(state: State, item: Item, arrived: int, useful: int, entries: Sequence[int]) -> Measure:
    """1 less the share of what arrived that nobody needed."""
    id, words = f"supplies.thrift.excess.{item.id}", "score.excess"
    if arrived:
        return value(id, words, useful / arrived, entries=entries, about=item.id)
    if state.ended is None:
        return not_observed(id, words, about=item.id)
    return not_applicable(id, words, about=item.id)


def _reserve(state: State, item: Item, entries: Sequence[int]) -> Measure:
    """The part of the reserve that is left in store; what the scenario took is not asked for."""
    id, words = f"supplies.thrift.reserve.{item.id}", "score.reserve"
    floor = min(item.floor, state.ledger.expected_total(item.id))
    if floor <= 0:
        return not_applicable(id, words, about=item.id)
    if state.ended is None:
        return not_observed(id, words, about=item.id)
    left = sum(units for (_, kind), units in state.ledger.stock.items() if kind == item.id)
    entries = (*entries, state.ended.seq)
    return value(id, words, left / floor, entries=entries, about=item.id)


# -- S5: as the rules have it ----------------------------------------------------------------------


def _procedure(state: State, record: ShipmentRecord, at: Millis) -> Measure:
    """1 when the shipment passes every check that applies, else 0.

    One check more than scoring model 4.2 names: it brings no more than was still asked for. Else
    whoever sends all there is to the first who asks gains more by haste than S4 takes for waste.
    """
    event = record.event
    id, words = f"supplies.procedure.{event.shipment}", "score.procedure"
    depot = next((depot for depot in state.plan.depots if depot.id == event.depot), None)
    needs_vehicle = depot is not None and bool(depot.vehicles)
    in_order = (
        event.authorised
        and _is_registered(state, event)
        and (bool(event.vehicle) or not needs_vehicle)
        and not _is_beyond(state, record)
    )
    entries = [record.dispatched.seq]
    if in_order and not record.received:
        if record.arrived is None or at < record.arrived.at + RECEIPT_WITHIN:
            return not_observed(id, words, about=event.shipment)
        entries.append(record.arrived.seq)
    if record.received and record.arrived:
        entries.append(record.received.seq)
        in_order = in_order and record.received.at <= record.arrived.at + RECEIPT_WITHIN
    earned = 1.0 if in_order and record.received else 0.0
    return value(id, words, earned, entries=entries, about=event.shipment)


def _is_beyond(state: State, record: ShipmentRecord) -> bool:
    """What went out before it for the same purpose left less to ask for than it carries."""
    event = record.event
    if order := state.orders.get(event.order):
        asked = order.event.quantity
    elif need := state.needs.get(event.need):
        asked = need.event.quantity
    else:
        return False
    sent = sum(
        other.event.quantity
        for other in state.shipments.values()
        if other.dispatched.seq <= record.dispatched.seq
        and (other.event.order == event.order if event.order else other.event.need == event.need)
    )
    return sent > asked * SPARE


def _is_registered(state: State, event: SuppliesDispatched) -> bool:
    """It serves a request that nobody declined, or a need that the drill has on record."""
    order = state.orders.get(event.order)
    if order is None:
        return event.need in state.needs
    return order.declined is None


# -- what the record form says, and what is shown beside -------------------------------------------


def _bucket(fill: Measure, served: Sequence[Served], weights: WeightSet) -> str:
    """The option of the record form, scoring model 4.2; "" while the evidence is thin."""
    critical = [need.fill for need in served if need.event.life_critical and need.is_decided]
    if any(share < 0.5 for share in critical):
        return "score.bucket-supplies-lacking"
    if fill.point is None or fill.coverage < weights.cutoffs.graded_from:
        return ""
    if fill.point < 0.6:
        return "score.bucket-supplies-lacking"
    if fill.point >= 0.95 and all(share >= 1 for share in critical):
        return "score.bucket-supplies-ample"
    return "score.bucket-supplies-short"


def _diagnostics(served: Sequence[Served], sent: Sequence[Exposure]) -> dict[str, float | str]:
    shown: dict[str, float | str] = {}
    fills = [need.fill for need in served if need.is_decided]
    if fills:
        shown["min-fill"] = min(fills)
    if sent:
        share = sum(group.equipped for group in sent) / sum(group.persons for group in sent)
        shown["protected"] = share
        shown["protection"] = protection_bucket(share)
    return shown
