"""Names: each is given once, and whoever names a thing names one that is there."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from drillkit.model.base import STAFF
from drillkit.model.when import CONDITIONS
from drillkit.packs.diagnostic import Diagnostic, as_name, nearest, only_near
from drillkit.packs.positions import Where
from drillkit.packs.source import Source

_IN_PLAN: Final[Mapping[str, str]] = {
    "role": "role.*.id",
    "group": "group.*.id",
    "item": "item.*.id",
    "site": "site.*.id",
    "depot": "depot.*.id",
    "vehicle": "depot.*.vehicle.*.id",
    "clause": "clause.*.id",
    "rule": "report.*.id",
    "customer": "customer.*.id",
    "support": "support.*.id",
}
_IN_SCENARIO: Final[Mapping[str, str]] = {
    "phase": "phase.*.id",
    "fact": "fact.*.id",
    "inject": "inject.*.id",
    "expect": "inject.*.expect.*.id",
    "need": "need.*.id",
    "report": "report.*.id",
    "milestone": "milestone.*.id",
    "outcome": "outcome.*.id",
    "recovery": "recovery.*.id",
    "objective": "objective.*.id",
    "target": "target.*.id",
    "task": "task.*.id",
}
"""Where each kind of name is given; each name once in the pack."""

_ONCE_IN_PLAN: Final = ("report.*.element.*.id", "depot.*.stock.*.item")
_ONCE_IN_SCENARIO: Final = (
    "inject.*.option.*.id",
    "fact.*.recipient.*.role",
    "at_risk.*.customer",
)
"""Names that come once among their neighbours only."""

_PLAN_NAMES: Final = (
    ("role.*.group", "group"),
    ("role.*.alternates.*", "role"),
    ("channel.*.sender", "role"),
    ("channel.*.to.*", "role"),
    ("report.*.sender", "role"),
    ("report.*.to.*", "role"),
    ("release.drafters.*", "role"),
    ("release.approvers.*", "role"),
    ("release.spokesperson", "role"),
    ("depot.*.stock.*.item", "item"),
    ("route.*.depot", "depot"),
    ("route.*.site", "site"),
    ("training.*.role", "role"),
    ("customer.*.owner", "role"),
)
_SCENARIO_NAMES: Final = (
    ("fact.*.corrects", "fact"),
    ("fact.*.recipient.*.role", "role"),
    ("inject.*.sender", "role"),
    ("inject.*.to.*", "role"),
    ("inject.*.facts.*", "fact"),
    ("inject.*.option.*.exposes", "need"),
    ("inject.*.expect.*.role", "role"),
    ("inject.*.expect.*.to.*", "role"),
    ("inject.*.expect.*.fact", "fact"),
    ("inject.*.expect.*.report", "report"),
    ("inject.*.expect.*.need", "need"),
    ("inject.*.expect.*.customer", "customer"),
    ("inject.*.expect.*.tasks.*", "task"),
    ("inject.*.effect.*.depot", "depot"),
    ("inject.*.effect.*.site", "site"),
    ("inject.*.effect.*.item", "item"),
    ("inject.*.effect.*.vehicle", "vehicle"),
    ("need.*.site", "site"),
    ("need.*.item", "item"),
    ("need.*.known_to.*", "role"),
    ("report.*.rule", "rule"),
    ("report.*.after", "inject"),
    ("report.*.facts.*", "fact"),
    ("report.*.tasks.*", "task"),
    ("at_risk.*.customer", "customer"),
    ("at_risk.*.after", "inject"),
    ("recovery.*.milestone", "milestone"),
    ("recovery.*.after", "inject"),
    ("target.*.objective", "objective"),
    ("task.*.target", "target"),
    ("task.*.roles.*", "role"),
    ("task.*.clause", "clause"),
)
_CONDITION_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "milestone": {"milestone": "milestone"},
    "answered": {"answered": "inject", "role": "role"},
    "released": {"released": "inject"},
    "overdue": {"overdue": "inject"},
    "arrived": {"arrived": "role"},
    "knows": {"knows": "role", "fact": "fact"},
    "delivered": {"delivered": "need"},
    "reported": {"reported": "report"},
    "stated": {"stated": "fact"},
    "outcome": {"outcome": "outcome"},
}
_WHENS: Final = ("inject.*.when", "need.*.when", "milestone.*.when", "outcome.*.move.*.when")
_PARTS: Final = ("all", "any", "none", "of")
_FEW: Final = 12
"""Names that are listed for somebody who wrote another one."""


def each(data: Any, pattern: str) -> Iterator[tuple[Where, Any]]:
    """What stands at `pattern` in parsed data, with its place; "*" is every element of a list."""
    found: list[tuple[Where, Any]] = [((), data)]
    for step in pattern.split("."):
        deeper: list[tuple[Where, Any]] = []
        for where, value in found:
            if step == "*" and isinstance(value, list):
                deeper.extend(((*where, place), part) for place, part in enumerate(value))
            elif isinstance(value, Mapping) and step in value:
                deeper.append(((*where, step), value[step]))
        found = deeper
    yield from found


def _conditions(where: Where, condition: Any) -> Iterator[tuple[Where, str, Mapping[str, Any]]]:
    """The condition and all its parts: place, telling key, table."""
    if not isinstance(condition, Mapping):
        return
    kind = next((key for key in CONDITIONS if key in condition), None)
    if kind is None:
        return
    yield where, kind, condition
    if kind in _PARTS and isinstance(condition[kind], list):
        for place, part in enumerate(condition[kind]):
            yield from _conditions((*where, kind, place), part)


def conditions_in(scenario: Any) -> Iterator[tuple[Where, str, Mapping[str, Any]]]:
    """Every condition of a scenario's data: place, telling key, table."""
    for pattern in _WHENS:
        for place, when in each(scenario, pattern):
            yield from _conditions(place, when)


def names_in(scenario: Any, kind: str) -> Iterator[tuple[Where, str]]:
    """Every place of a scenario's data that names a thing of this kind, with the name."""
    for pattern, named in _SCENARIO_NAMES:
        if named == kind:
            yield from ((where, name) for where, name in each(scenario, pattern) if name)
    for where, key, table in conditions_in(scenario):
        for field, named in _CONDITION_NAMES.get(key, {}).items():
            if named == kind and table.get(field):
                yield (*where, field), table[field]


@dataclass(frozen=True, slots=True)
class _File:
    """A file as far as it could be read, and what is wrong with its shape."""

    source: Source | None
    faults: Collection[Diagnostic]

    def names(self, pattern: str) -> frozenset[str] | None:
        """The names given at `pattern`; None where a fault of shape may hide one."""
        if self.source is None:
            return None
        found = [name for _, name in each(self.source.data, pattern) if isinstance(name, str)]
        if self.faults:
            steps = pattern.split(".")
            misspelt = {fault.values.get("nearest") for fault in self.faults}
            elements = list(each(self.source.data, pattern.rpartition(".")[0]))
            if not elements or len(found) < len(elements) or not misspelt.isdisjoint(steps):
                return None
            meant = [as_name(name) for name in found]  # as those write it who spell it right
            return frozenset([*found, *filter(None, meant)])
        return frozenset(found)


def _unknown(
    source: Source, where: Where, name: object, kind: str, names: frozenset[str] | None
) -> Iterator[Diagnostic]:
    if names is not None and isinstance(name, str) and name not in names:
        if as_name(name) != name:
            return  # it is no name at all, which is a fault of shape
        close = nearest(name, names)
        known = ", ".join(sorted(names)) if not close and len(names) <= _FEW else None
        told = {"name": name, "nearest": close, "known": known or None}
        found = source.fault(f"packs.unknown-{kind}", where, **told)
        yield source.slip(found, where, name, only_near(name, names))


def _twice(source: Source, pattern: str, *, in_parent: bool) -> Iterator[Diagnostic]:
    first: dict[tuple[Where, str], Where] = {}
    for where, name in each(source.data, pattern):
        if isinstance(name, str):
            before = first.setdefault((where[:-2] if in_parent else (), name), where)
            if before != where:
                line = source.line_of(before)
                yield source.fault("packs.twice", where, name=name, line=line)


def _options(source: Source, faults: Collection[Diagnostic]) -> Iterator[Diagnostic]:
    """An option that a condition asks for is one of that inject."""
    if any(fault.values.get("nearest") in {"option", "id"} for fault in faults):
        return
    options: dict[str, frozenset[str]] = {}
    for _, inject in each(source.data, "inject.*"):
        own = frozenset(str(option) for _, option in each(inject, "option.*.id"))
        for _, name in each(inject, "id"):
            options[str(name)] = options.get(str(name), frozenset()) | own
    for where, kind, table in conditions_in(source.data):
        known = options.get(str(table["answered"])) if kind == "answered" else None
        option = table.get("option")
        yield from _unknown(source, (*where, "option"), option, "option", known)


def _of_plan(plan: Source, names: Mapping[str, frozenset[str] | None]) -> Iterator[Diagnostic]:
    for pattern in _IN_PLAN.values():
        yield from _twice(plan, pattern, in_parent=False)
    for pattern in _ONCE_IN_PLAN:
        yield from _twice(plan, pattern, in_parent=True)
    for where, name in each(plan.data, "role.*.id"):
        if str(name) in STAFF:
            yield plan.fault("packs.reserved-role", where, name=name)
    for pattern, kind in _PLAN_NAMES:
        for where, name in each(plan.data, pattern):
            yield from _unknown(plan, where, name, kind, names[kind])


def _of_scenario(
    scenario: Source, names: Mapping[str, frozenset[str] | None]
) -> Iterator[Diagnostic]:
    for pattern in _IN_SCENARIO.values():
        yield from _twice(scenario, pattern, in_parent=False)
    for pattern in _ONCE_IN_SCENARIO:
        yield from _twice(scenario, pattern, in_parent=True)
    for pattern, kind in _SCENARIO_NAMES:
        for where, name in each(scenario.data, pattern):
            yield from _unknown(scenario, where, name, kind, names[kind])
    for where, key, table in conditions_in(scenario.data):
        for field, kind in _CONDITION_NAMES.get(key, {}).items():
            if field in table:
                yield from _unknown(scenario, (*where, field), table[field], kind, names[kind])


def reference_faults(
    scenario: Source | None,
    plan: Source | None,
    scenario_shape: Collection[Diagnostic],
    plan_shape: Collection[Diagnostic],
) -> Iterator[Diagnostic]:
    """Names given twice, taken, or of nothing.

    Works on the parsed data, so it also serves a file whose shape is not right everywhere. What
    the faults of shape may have hidden is not called unknown.
    """
    in_plan, in_scenario = _File(plan, plan_shape), _File(scenario, scenario_shape)
    names = {kind: in_plan.names(pattern) for kind, pattern in _IN_PLAN.items()}
    names |= {kind: in_scenario.names(pattern) for kind, pattern in _IN_SCENARIO.items()}
    if plan is not None:
        yield from _of_plan(plan, names)
    if scenario is not None:
        yield from _of_scenario(scenario, names)
        yield from _options(scenario, scenario_shape)
