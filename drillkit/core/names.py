"""What things are called: the titles that a state knows, found by id."""

from collections.abc import Iterable, Iterator
from typing import Any

from drillkit.core.records import Mark
from drillkit.core.state import State
from drillkit.model.base import STAFF, Lang, Text, Title
from drillkit.model.form import Form
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.words import listing, say, units

SEATED = ("stand-in", "facilitator", "host")
"""Who may sit at a desk without a name of their own."""
_HEADLINE = 60
"""Characters of a text that stand for it in a sentence."""


class Names:
    """What things are called, as far as a state knows; an id that it does not know stays one.

    It reads the state where it stands, so one `Names` serves for as long as the state does.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self._source: object = None
        self._titles: dict[tuple[str, str], Title | Text] = {}

    def role(self, id: str, lang: Lang) -> str:
        """A role, an outside partner, or a seat of the staff."""
        return say(lang, f"log.seat.{id}") if id in STAFF else self._of("role", id, lang)

    def roles(self, ids: Iterable[str], lang: Lang) -> str:
        return listing(lang, [self.role(id, lang) for id in ids])

    def person(self, mark: Mark, lang: Lang) -> str:
        """Who acted: by name where the desk knew it, else the seat."""
        return named(mark) or self.role(mark.by, lang)

    def inject(self, id: str, lang: Lang) -> str:
        record = self.state.injects.get(id)
        if record is not None and record.event is not None:
            return record.event.title.in_(lang)
        return self._of("inject", id, lang)

    def options(self, inject: str, ids: Iterable[str], lang: Lang) -> list[str]:
        """The titles of options of the inject."""
        record = self.state.injects.get(inject)
        offered = record.event.options if record is not None and record.event is not None else ()
        titles = {option.id: option.title.in_(lang) for option in offered}
        return [titles.get(id, id) for id in ids]

    def fact(self, id: str, lang: Lang) -> str:
        known = self.state.fact_refs.get(id)
        return known.title.in_(lang) if known is not None else self._of("fact", id, lang)

    def need(self, id: str, lang: Lang) -> str:
        need = self.state.needs.get(id)
        return need.event.title.in_(lang) if need is not None else self._of("need", id, lang)

    def goods(self, item: str, quantity: int, lang: Lang) -> str:
        """So many of an item, with its unit."""
        name, unit = self.item(item, lang), self._of("unit", item, lang, "")
        return units.goods(lang, name, quantity, unit)

    def form(self, form: Form | str, lang: Lang) -> str:
        """A form, or the one with this id."""
        known = self.state.forms.get(form) if isinstance(form, str) else form
        return known.title.in_(lang) if known is not None else str(form)

    def due(self, id: str, lang: Lang) -> str:
        """A due report, by the name of the rule that requires it."""
        due = self.state.due.get(id)
        return self.rule(due.event.rule, lang) if due is not None else id

    def order(self, id: str, lang: Lang) -> str:
        order = self.state.orders.get(id)
        return self.goods(order.event.item, order.event.quantity, lang) if order else id

    def shipment(self, id: str, lang: Lang) -> str:
        shipment = self.state.shipments.get(id)
        if shipment is None:
            return id
        sent = shipment.event
        goods, site = self.goods(sent.item, sent.quantity, lang), self.site(sent.site, lang)
        return say(lang, "log.consignment", goods=goods, site=site)

    def message(self, id: str, lang: Lang) -> str:
        """A message, by its sender and its first words."""
        message = self.state.messages.get(id)
        if message is None:
            return id
        sender, text = self.role(message.event.sender, lang), headline(message.event.text)
        return say(lang, "log.said", sender=sender, text=text)

    def statement(self, id: str) -> str:
        """A public statement, by its first words."""
        statement = self.state.statements.get(id)
        return headline(statement.event.text) if statement is not None else id

    def group(self, id: str, lang: Lang) -> str:
        return self._of("group", id, lang)

    def rule(self, id: str, lang: Lang) -> str:
        return self._of("rule", id, lang)

    def element(self, rule: str, id: str, lang: Lang) -> str:
        return self._of(f"element of {rule}", id, lang)

    def item(self, id: str, lang: Lang) -> str:
        return self._of("item", id, lang)

    def site(self, id: str, lang: Lang) -> str:
        return self._of("site", id, lang)

    def depot(self, id: str, lang: Lang) -> str:
        return self._of("depot", id, lang)

    def vehicle(self, id: str, lang: Lang) -> str:
        return self._of("vehicle", id, lang)

    def customer(self, id: str, lang: Lang) -> str:
        return self._of("customer", id, lang)

    def outcome(self, id: str, lang: Lang) -> str:
        return self._of("outcome", id, lang)

    def amount(self, outcome: str, value: str, lang: Lang) -> str:
        """So much of an outcome variable, with its unit."""
        unit = self._of("unit of outcome", outcome, lang, "")
        return say(lang, "log.amount", value=value, unit=unit).strip()

    def task(self, id: str, lang: Lang) -> str:
        return self._of("task", id, lang)

    def objective(self, id: str, lang: Lang) -> str:
        return self._of("objective", id, lang)

    def clause(self, id: str, lang: Lang) -> str:
        return self._of("clause", id, lang)

    def about(self, id: str, lang: Lang) -> str:
        """Whatever has this id: a measure says what it is about, but not of which kind that is."""
        state = self.state
        if id in state.due:
            return self.due(id, lang)
        if id in state.reports:
            return self.rule(state.reports[id].event.rule, lang)
        if id in state.shipments:
            return self.shipment(id, lang)
        if id in state.statements:
            return self.statement(id)
        kind = next((kind for kind in _KINDS if self._of(kind, id, lang, "")), "inject")
        return self.inject(id, lang) if kind == "inject" else self._of(kind, id, lang)

    def _of(self, kind: str, id: str, lang: Lang, otherwise: str | None = None) -> str:
        self._read()
        title = self._titles.get((kind, id))
        if title is None:
            return id if otherwise is None else otherwise
        return headline(title.in_(lang), 200)

    def _read(self) -> None:
        source = self.state.opened or self.state.briefing
        if source is not self._source and source is not None:
            self._source = source
            self._titles = dict(_of_plan(source.plan))
            if self.state.opened is not None:
                self._titles |= _of_scenario(self.state.opened.scenario)


_KINDS = (
    "role",
    "group",
    "need",
    "rule",
    "customer",
    "task",
    "objective",
    "target",
    "outcome",
    "recovery",
    "milestone",
    "fact",
    "expect",
    "item",
    "site",
    "depot",
)


def _of_plan(plan: Plan) -> Iterator[tuple[tuple[str, str], Title | Text]]:
    kinds: tuple[tuple[str, Iterable[Any]], ...] = (
        ("role", plan.roles),
        ("group", plan.groups),
        ("rule", plan.reports),
        ("item", plan.items),
        ("site", plan.sites),
        ("depot", plan.depots),
        ("customer", plan.customers),
        ("clause", plan.clauses),
    )
    for kind, things in kinds:
        for thing in things:
            yield (kind, thing.id), thing.title
    for item in plan.items:
        yield ("unit", item.id), item.unit
    for depot in plan.depots:
        for vehicle in depot.vehicles:
            yield ("vehicle", vehicle.id), vehicle.title
    for rule in plan.reports:
        for element in rule.elements:
            yield (f"element of {rule.id}", element.id), element.title


def _of_scenario(scenario: Scenario) -> dict[tuple[str, str], Title | Text]:
    kinds: tuple[tuple[str, Iterable[Any]], ...] = (
        ("inject", scenario.injects),
        ("fact", scenario.facts),
        ("need", scenario.needs),
        ("milestone", scenario.milestones),
        ("outcome", scenario.outcomes),
        ("recovery", scenario.recoveries),
    )
    titles: dict[tuple[str, str], Title | Text] = {
        (kind, thing.id): thing.title for kind, things in kinds for thing in things
    }
    titles |= {("unit of outcome", outcome.id): outcome.unit for outcome in scenario.outcomes}
    titles |= {("objective", objective.id): objective.text for objective in scenario.objectives}
    titles |= {("target", target.id): target.capability for target in scenario.targets}
    titles |= {("task", task.id): task.text for task in scenario.tasks}
    titles |= {
        ("expect", expect.id): expect.text
        for inject in scenario.injects
        for expect in inject.expect
    }
    return titles


def named(mark: Mark) -> str:
    """The name of who acted, where the desk knew it; "" for a mere seat."""
    return "" if mark.via in SEATED else mark.via


def headline(text: str, most: int = _HEADLINE) -> str:
    """The first line of a text, cut after `most` characters."""
    first = text.strip().partition("\n")[0]
    return first if len(first) <= most else first[: most - 1] + "…"
