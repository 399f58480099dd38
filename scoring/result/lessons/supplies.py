"""Lessons about supplies: needs not met, stock that stood idle, and too much of a good thing."""

from collections.abc import Iterator

from drillkit.core.records import NeedRecord
from drillkit.model.base import Millis
from scoring.result.lessons.evidence import Evidence, Rule, Seen
from scoring.result.titles import together


def _met_at(record: NeedRecord) -> Millis | None:
    came = 0
    for at, quantity, _ in record.arrivals:
        came += quantity
        if came >= record.event.quantity:
            return at
    return None


def _arrivals(evidence: Evidence, record: NeedRecord) -> tuple[int, ...]:
    marks = (evidence.state.shipments[shipment].arrived for _, _, shipment in record.arrivals)
    return tuple(mark.seq for mark in marks if mark)


def _is_unmet(evidence: Evidence, record: NeedRecord) -> bool:
    return not record.is_met and evidence.now >= record.event.limit_at


def unmet_need(evidence: Evidence) -> Iterator[Seen]:
    """A need that has not been met though its time is up."""
    for record in evidence.state.needs.values():
        if _is_unmet(evidence, record):
            yield Seen(
                "deficiency" if record.event.life_critical else "corrective",
                record.event.title,
                (record.arose.seq, *_arrivals(evidence, record)),
                evidence.holder("supply"),
                times={"limit": record.event.limit_at - record.arose.at},
                numbers={"got": record.filled, "asked": record.event.quantity},
            )


def life_critical_late(evidence: Evidence) -> Iterator[Seen]:
    """A life-critical need that was met after its limit."""
    for record in evidence.state.needs.values():
        met_at = _met_at(record)
        if record.event.life_critical and met_at is not None and met_at > record.event.limit_at:
            yield Seen(
                "deficiency",
                record.event.title,
                (record.arose.seq, *_arrivals(evidence, record)),
                evidence.holder("supply"),
                times={
                    "time": met_at - record.arose.at,
                    "limit": record.event.limit_at - record.arose.at,
                },
            )


def idle_stock(evidence: Evidence) -> Iterator[Seen]:
    """A need was not met although a depot with an open way to it still held what it lacked."""
    ledger = evidence.state.ledger
    depots = {depot.id: depot.title for depot in evidence.plan.depots}
    floors = {item.id: item.floor for item in evidence.plan.items}
    for record in evidence.state.needs.values():
        event = record.event
        if not _is_unmet(evidence, record):
            continue
        idle = [
            (depot, held)
            for depot in depots
            if ledger.routes.get((depot, event.site)) is not None
            and (held := ledger.stock.get((depot, event.item), 0)) > 0
        ]
        # The reserve is meant to stay, unless lives hang on it.
        spare = sum(held for _, held in idle)
        spare -= 0 if event.life_critical else floors.get(event.item, 0)
        if idle and spare > 0:
            yield Seen(
                "corrective",
                event.title,
                (record.arose.seq,),
                evidence.holder("supply"),
                titles={"depot": depots[max(idle, key=lambda pair: pair[1])[0]]},
                numbers={"idle": spare, "lacked": event.quantity - record.filled},
            )


def over_delivery(evidence: Evidence) -> Iterator[Seen]:
    """More was delivered than the need asked for."""
    for record in evidence.state.needs.values():
        if record.filled > record.event.quantity:
            yield Seen(
                "improvement",
                record.event.title,
                (record.arose.seq, *_arrivals(evidence, record)),
                evidence.holder("supply"),
                numbers={"got": record.filled, "asked": record.event.quantity},
            )


def lives_supplied(evidence: Evidence) -> Iterator[Seen]:
    """Every life-critical need was met in time."""
    records = [record for record in evidence.state.needs.values() if record.event.life_critical]
    in_time = [
        record
        for record in records
        if (met_at := _met_at(record)) is not None and met_at <= record.event.limit_at
    ]
    if records and len(in_time) == len(records):
        entries = {seq for record in records for seq in _arrivals(evidence, record)}
        yield Seen(
            "strength",
            together([record.event.title for record in records]),
            tuple(sorted(entries | {record.arose.seq for record in records})),
            evidence.holder("supply"),
            numbers={"n": len(records)},
        )


RULES = (
    Rule("unmet-need", "supplies", "equipment", unmet_need),
    Rule("life-critical-late", "supplies", "planning", life_critical_late),
    Rule("idle-stock", "supplies", "organization", idle_stock),
    Rule("over-delivery", "supplies", "training", over_delivery),
)
STRENGTHS = (Rule("lives-supplied", "supplies", "equipment", lives_supplied),)
