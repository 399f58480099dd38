"""Everything of a pack that has a limit: whose it is, how long there is, its name in a run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import SECOND, Millis, Text, Title
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from scoring.measure import hard_limit

Kind = Literal[
    "arrive",
    "answer",
    "tell",
    "report",
    "report-story",
    "dispatch",
    "state",
    "notify",
    "met",
    "know",
]
"""What has to be done: the action of an expected action, coming, a need met, a fact known.

A "report-story" is a report whose rule counts on the story's clock: so do its seconds.
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit. `name` is that of its number in a run; `seconds` there are, of which `target` are
    worth in full; `about` is what it is about, `inject` the one it follows ("" for none).
    """

    name: str
    kind: Kind
    role: str
    about: Title | Text
    target: int
    seconds: int
    inject: str = ""


def limits(scenario: Scenario, plan: Plan) -> tuple[Limit, ...]:
    """All limits of the pack, in the order of its files."""
    return tuple(_limits(scenario, plan))


def _limits(scenario: Scenario, plan: Plan) -> Iterator[Limit]:
    for role in plan.players():
        yield Limit(
            f"arrive/{role.id}",
            "arrive",
            role.id,
            role.title,
            *_seconds(role.arrive_target, role.arrive_limit),
        )
    for inject in scenario.injects:
        for expect in inject.expect:
            yield Limit(
                f"answer/{inject.id}/{expect.id}",
                "answer" if expect.action == "respond" else expect.action,
                expect.role,
                inject.title,
                *_seconds(expect.target, expect.limit),
                inject.id,
            )
    rules = {rule.id: rule for rule in plan.reports}
    for due in scenario.reports:
        rule = rules[due.rule]
        kind: Kind = "report" if rule.clock == "exercise" else "report-story"
        seconds = rule.limit // SECOND
        name = f"report/{due.id}"
        yield Limit(name, kind, rule.sender, rule.title, seconds, seconds, due.after)
    owners = {customer.id: customer for customer in plan.customers}
    for at_risk in scenario.at_risk:
        customer = owners[at_risk.customer]
        seconds = customer.notify_within // SECOND
        name = f"notify/{customer.id}"
        yield Limit(name, "notify", customer.owner, customer.title, seconds, seconds, at_risk.after)
    for need in scenario.needs:
        seconds = need.within // SECOND
        yield Limit(f"met/{need.id}", "met", "", need.title, seconds, seconds)
    for fact in scenario.facts:
        for one in fact.recipients:
            name = f"know/{fact.id}/{one.role}"
            target, limit = _seconds(one.target, one.limit)
            yield Limit(name, "know", one.role, fact.title, target, limit)


def _seconds(target: Millis, limit: Millis | None) -> tuple[int, int]:
    return target // SECOND, hard_limit(target, limit) // SECOND


def roles(plan: Plan) -> Mapping[str, Title]:
    """The titles of all roles, by id."""
    return {role.id: role.title for role in plan.roles}
