"""A scenario and a plan made ready to be played: what refers to what, found once."""

from collections import defaultdict
from collections.abc import Iterator

from drillkit.core.conditions import Condition, ready
from drillkit.model import events as ev
from drillkit.model.plan import Customer, Plan, ReportingRule, Role
from drillkit.model.scenario import (
    AtRisk,
    Expect,
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

_ALWAYS: frozenset[type] = frozenset(
    (
        ev.SessionOpened,
        ev.BriefingGiven,
        ev.DrillStarted,
        ev.DrillPaused,
        ev.DrillResumed,
        ev.DrillEnded,
        ev.ScriptJumped,
        ev.PhaseBegun,
        ev.EntryVoided,
        ev.InjectReleased,
        ev.InjectHeld,
        ev.InjectFreed,
        ev.InjectSkipped,
        ev.InjectDeferred,
        ev.ResponseGiven,
        ev.AnswerOverdue,
        ev.ReportFellDue,
        ev.ReportOverdue,
        ev.ReportFiled,
        ev.NeedArose,
        ev.SuppliesDispatched,
        ev.SuppliesArrived,
        ev.MilestoneReached,
        ev.OutcomeMoved,
    )
)
"""Kinds of event after which something else may be due, whatever the scenario says."""


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
        self.timed_milestones = [
            (one, condition) for one, condition in self.milestones if condition.is_timed
        ]
        self.timed_moves = [
            condition for _, moves in self.moves for _, condition in moves if condition.is_timed
        ]
        self._stirring = _ALWAYS.union(*(one.stirred_by for one in self._conditions()))

    def stirs(self, event: ev.Event) -> bool:
        """Whether anything else can be due, or due at another time, because this happened."""
        return type(event) in self._stirring

    def _ready(self, when: When | None) -> Condition | None:
        return None if when is None else ready(when, self.outcomes)

    def _conditions(self) -> Iterator[Condition]:
        for _, condition in (*self.milestones, *self.needs, *self.planned):
            if condition is not None:
                yield condition
        for _, moves in self.moves:
            for _, condition in moves:
                yield condition

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


def answers_expected(inject: Inject) -> list[Expect]:
    """The expected actions that are answers to this very inject."""
    return [expect for expect in inject.expect if expect.action == "respond"]
