"""Who evaluates, from a file: checked against the scenario, and said as the journal says it."""

from collections.abc import Iterator
from pathlib import Path

from drillkit.core.assignments import key_of, tasks_below
from drillkit.model.evaluators import Evaluators
from drillkit.model.events import LeadNamed, TasksAssigned
from drillkit.model.scenario import Scenario
from drillkit.packs.diagnostic import Diagnostic, PackFaults, nearest
from drillkit.packs.shape import model_of
from drillkit.packs.source import Source, read


def prepared(path: Path, scenario: Scenario) -> tuple[TasksAssigned | LeadNamed, ...]:
    """What the file at `path` says of who watches what and who leads.

    Raises PackFaults with all that is wrong with it.
    """
    source = read(path)
    value, faults = model_of(source, Evaluators)
    if value is None:
        raise PackFaults(tuple(faults))
    if wrong := sorted(_faults(source, value, scenario), key=lambda one: (one.line, one.col)):
        raise PackFaults(tuple(wrong))
    return tuple(_events(value, scenario))


def _events(value: Evaluators, scenario: Scenario) -> Iterator[TasksAssigned | LeadNamed]:
    for one in value.evaluators:
        named = {task for id in one.watches for task in tasks_below(scenario, id)}
        if tasks := tuple(task.id for task in scenario.tasks if task.id in named):
            yield TasksAssigned(evaluator=one.name, tasks=tasks)
    for one in value.evaluators:
        if one.leads:
            yield LeadNamed(name=one.name)


def _faults(source: Source, value: Evaluators, scenario: Scenario) -> Iterator[Diagnostic]:
    parts = (*scenario.objectives, *scenario.targets, *scenario.tasks)
    known = {part.id for part in parts}
    lines, lead = dict[str, int](), ""
    for place, one in enumerate(value.evaluators):
        here = ("evaluator", place)
        if before := lines.get(key_of(one.name)):
            where = (*here, "name")
            yield source.fault("packs.evaluators-twice", where, name=one.name, line=before)
        lines.setdefault(key_of(one.name), source.line_of((*here, "name")))
        for nth, id in enumerate(one.watches):
            if id not in known:
                where, close = (*here, "watches", nth), nearest(id, known)
                yield source.fault("packs.evaluators-unknown", where, name=id, nearest=close)
        if one.leads and lead:
            yield source.fault("packs.evaluators-two-leads", (*here, "leads"), name=lead)
        lead = one.name if one.leads else lead
