"""A scenario and a plan made ready to be played: what refers to what, found once."""

from collections import defaultdict

from drillkit.core.conditions import Condition, ready
from drillkit.model.plan import Customer, Plan, ReportingRule, Role
from drillkit.model.scenario import (
    AtRisk,
    Fact,
    Inject,
    Milestone,
    Move,
    Need,
    Outcome,
    ReportDue,
    Scenario,
)
from drillkit.model.when import When


class Refused(Exception):
    """The director will not do that; `key` and `values` name the sentence for whoever asked."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = f"refused.{key}"
        self.values = values


class Script:
    """Look-ups over one scenario and one plan. Nothing here changes during play."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.scenario = scenario
        self.plan = plan
        self.roles: dict[str, Role] = {role.id: role for role in plan.roles}
        self.players: tuple[str, ...] = tuple(role.id for role in plan.players())
        self.everybody: frozenset[str] = frozenset(self.roles)
        self.insiders: frozenset[str] = frozenset(self.players)
        self.injects: dict[str, Inject] = {inject.id: inject for inject in scenario.injects}
        self.facts: dict[str, Fact] = {fact.id: fact for fact in scenario.facts}
        self.rules: dict[str, ReportingRule] = {rule.id: rule for rule in plan.reports}
        self.customers: dict[str, Customer] = {customer.id: customer for customer in plan.customers}
        self.items = {item.id: item for item in plan.items}
        self.sites = {site.id: site for site in plan.sites}
        self.depots = {depot.id: depot for depot in plan.depots}
        self.tasks = {task.id: task for task in scenario.tasks}
        self.reports_after: dict[str, list[ReportDue]] = defaultdict(list)
        for report in scenario.reports:
            self.reports_after[report.after].append(report)
        self.at_risk_after: dict[str, list[AtRisk]] = defaultdict(list)
        for at_risk in scenario.at_risk:
            self.at_risk_after[at_risk.after].append(at_risk)
        self.suppliers: tuple[str, ...] = tuple(
            role.id for role in plan.players() if "supply" in role.may
        )
        self.outcomes: dict[str, Outcome] = {one.id: one for one in scenario.outcomes}
        self.milestones: list[tuple[Milestone, Condition]] = [
            (one, ready(one.when, self.outcomes)) for one in scenario.milestones
        ]
        self.moves: list[tuple[Outcome, list[tuple[Move, Condition]]]] = [
            (outcome, [(move, ready(move.when, self.outcomes)) for move in outcome.moves])
            for outcome in scenario.outcomes
        ]
        self.needs: list[tuple[Need, Condition | None]] = [
            (need, self._ready(need.when)) for need in scenario.needs
        ]
        self.planned: list[tuple[Inject, Condition | None]] = [
            (inject, self._ready(inject.when)) for inject in scenario.injects
        ]

    def _ready(self, when: When | None) -> Condition | None:
        return None if when is None else ready(when, self.outcomes)

    def role(self, id: str) -> Role:
        role = self.roles.get(id)
        if role is None:
            raise Refused("unknown-role", role=id)
        return role

    def inject(self, id: str) -> Inject:
        inject = self.injects.get(id)
        if inject is None:
            raise Refused("unknown-inject", inject=id)
        return inject
