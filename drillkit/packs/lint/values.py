"""Advice on values that say something else than their author may think."""

from collections.abc import Iterator
from typing import Final

from drillkit.model.base import Value
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.duration import on_a_clock
from drillkit.packs.sense import every
from drillkit.packs.shortages import stocks
from drillkit.packs.source import Source

_LEAST_URGENT: Final = 1
_MOST_URGENT: Final = 5
"""The scale of a need's urgency: useful, serious (3), life-critical."""


def values_advice(
    source: Source, scenario: Scenario, plan_source: Source, plan: Plan
) -> Iterator[Diagnostic]:
    """Durations with colons, urgencies off the scale, and needs that the stores cannot meet."""
    yield from _clocks(source, scenario)
    yield from _clocks(plan_source, plan)
    held: dict[str, int] = {}
    for item, _, quantity in stocks(scenario, plan):
        held[item] = held.get(item, 0) + quantity
    for place, need in enumerate(scenario.needs):
        if not _LEAST_URGENT <= need.urgency <= _MOST_URGENT:
            where = ("need", place, "urgency")
            bounds = {"least": _LEAST_URGENT, "most": _MOST_URGENT}
            yield source.fault("packs.urgency", where, name=need.urgency, **bounds)
        if need.quantity > (most := held.get(need.item, 0)):
            where = ("need", place, "quantity")
            yield source.fault("packs.need-beyond-stock", where, held=most, item=need.item)


def _clocks(source: Source, root: Value) -> Iterator[Diagnostic]:
    """Screens show 11:00 for eleven minutes, and a pack means eleven hours by it."""
    for where, value in every(root):
        for name, field in type(value).model_fields.items():
            place = (*where, field.alias or name)
            if isinstance(getattr(value, name), int):
                written = source.value_at(place)
                if clock := on_a_clock(written):
                    read, meant = clock
                    key = "packs.clock-duration" if read != meant else "packs.clock-plain"
                    yield source.fault(key, place, name=written, read=read, meant=meant)
