"""Advice on a pack that can be played: what would make a better drill, and no fault."""

from collections.abc import Iterator

from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.lint.calendar import Calendar
from drillkit.packs.lint.coverage import coverage_advice
from drillkit.packs.lint.glyphs import glyph_advice
from drillkit.packs.lint.halves import halves_advice
from drillkit.packs.lint.pacing import pacing_advice
from drillkit.packs.lint.punctuation import punctuation_advice
from drillkit.packs.lint.reading import reading_advice
from drillkit.packs.lint.texts import texts
from drillkit.packs.lint.values import values_advice
from drillkit.packs.lint.width import width_advice
from drillkit.packs.source import Source

__all__ = ["advice"]


def advice(
    source: Source, scenario: Scenario, plan_source: Source, plan: Plan
) -> Iterator[Diagnostic]:
    """All advice on a scenario and its plan, which must be without faults; in no order."""
    calendar = Calendar(scenario)
    yield from reading_advice(source, scenario, plan, calendar)
    yield from pacing_advice(source, scenario, plan_source, plan, calendar)
    yield from coverage_advice(source, scenario)
    yield from values_advice(source, scenario, plan_source, plan)
    for pair in (*texts(source, scenario), *texts(plan_source, plan)):
        yield from halves_advice(pair)
        yield from punctuation_advice(pair)
        yield from width_advice(pair)
        yield from glyph_advice(pair)
