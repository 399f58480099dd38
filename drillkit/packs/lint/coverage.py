"""What the scenario brings and nothing uses, and what it wants to see and nothing calls for."""

from collections.abc import Iterator

from drillkit.model.scenario import Scenario
from drillkit.model.when import (
    Answered,
    Knows,
    Overdue,
    Released,
    Stated,
)
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.sense import every
from drillkit.packs.source import Source


def coverage_advice(source: Source, scenario: Scenario) -> Iterator[Diagnostic]:
    """Injects, tasks, facts and outcomes that hang in the air."""
    asked = set(_asked(scenario))
    yield from _injects(source, scenario, asked)
    yield from _tasks(source, scenario)
    yield from _facts(source, scenario, asked)
    for place, outcome in enumerate(scenario.outcomes):
        if not outcome.moves:
            yield source.fault("packs.outcome-unmoved", ("outcome", place, "id"), name=outcome.id)


def _asked(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What conditions ask for: kind and name."""
    for _, value in every(scenario):
        match value:
            case Answered(answered=name) | Released(released=name) | Overdue(overdue=name):
                yield "inject", name
            case Knows(fact=name) | Stated(stated=name):
                yield "fact", name
            case _:
                pass


def _injects(
    source: Source, scenario: Scenario, asked: set[tuple[str, str]]
) -> Iterator[Diagnostic]:
    started = {
        *(report.after for report in scenario.reports),
        *(customer.after for customer in scenario.at_risk),
        *(recovery.after for recovery in scenario.recoveries),
    }
    for place, inject in enumerate(scenario.injects):
        bears = inject.expect or inject.facts or inject.effects or inject.id in started
        if inject.kind == "contextual" or bears or ("inject", inject.id) in asked:
            continue
        yield source.fault("packs.inject-without-action", ("inject", place, "id"), name=inject.id)


def _tasks(source: Source, scenario: Scenario) -> Iterator[Diagnostic]:
    """Critical tasks whose evidence is left to people, and for which nothing in the story calls."""
    called = {role for i in scenario.injects for role in (*i.to, *(e.role for e in i.expect))}
    shown = {task for i in scenario.injects for expect in i.expect for task in expect.tasks}
    shown |= {task for report in scenario.reports for task in report.tasks}
    for place, task in enumerate(scenario.tasks):
        if task.critical and task.id not in shown and called.isdisjoint(task.roles):
            where = ("task", place, "id")
            yield source.fault("packs.task-unexercised", where, name=task.id)


def _facts(source: Source, scenario: Scenario, asked: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    """A rumour, or a first number that a later one corrects, need not be known by anybody."""
    cited = {expect.fact for inject in scenario.injects for expect in inject.expect}
    cited |= {fact for report in scenario.reports for fact in report.facts}
    for place, fact in enumerate(scenario.facts):
        if not (fact.recipients or fact.id in cited or ("fact", fact.id) in asked) and fact.true:
            yield source.fault("packs.fact-for-nobody", ("fact", place, "id"), name=fact.id)
