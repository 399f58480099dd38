"""Whether the plan gives the scenario what it takes: entitled roles, members, stock and ways."""

from collections.abc import Iterator, Mapping

from drillkit.model.base import Millis
from drillkit.model.plan import Plan
from drillkit.model.scenario import Effect, Expect, Inject, Scenario
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.duration import written
from drillkit.packs.sense import every
from drillkit.packs.source import Source


def _entitlement_faults(source: Source, scenario: Scenario, plan: Plan) -> Iterator[Diagnostic]:
    """Actions expected of a role that is not asked, or that the plan does not let do them."""
    may = {role.id: set(role.may) for role in plan.roles}
    senders = {rule.id: rule.sender for rule in plan.reports}
    rules = {report.id: report.rule for report in scenario.reports}
    for where, value in every(scenario):
        if isinstance(value, Inject):
            for place, expect in enumerate(value.expect):
                if expect.action == "respond" and expect.role not in value.to:
                    here = (*where, "expect", place, "role")
                    yield source.fault("packs.expect-not-addressed", here, role=expect.role)
        if not isinstance(value, Expect):
            continue
        role, here = value.role, (*where, "role")
        match value.action:
            case "dispatch" if may[role].isdisjoint({"supply", "command"}):
                yield source.fault("packs.not-entitled", here, role=role, permission="supply")
            case "report" if value.report and "report" not in may[role]:
                if senders[rules[value.report]] != role:
                    yield source.fault("packs.not-entitled", here, role=role, permission="report")
            case "state" if plan.release is None:
                yield source.fault("packs.never-released", (*where, "action"))
            case _:
                pass


def quorum_faults(source: Source, plan: Plan) -> Iterator[Diagnostic]:
    """Groups that can never stand, because they have too few members."""
    for place, group in enumerate(plan.groups):
        members = sum(role.group == group.id for role in plan.roles)
        if group.quorum > members:
            at = ("group", place, "quorum")
            named = at if at in source.spans else ("group", place, "id")
            yield source.fault("packs.quorum", named, quorum=group.quorum, members=members)


def quickest_ways(scenario: Scenario, plan: Plan) -> Mapping[tuple[str, str], Millis]:
    """The quickest way there ever is from a depot to a site."""
    times = [(route.depot, route.site, route.time) for route in plan.routes]
    for inject in scenario.injects:
        times += (
            (effect.depot, effect.site, effect.time)
            for effect in inject.effects
            if effect.kind == "route" and effect.site is not None and effect.time is not None
        )
    quickest: dict[tuple[str, str], Millis] = {}
    for depot, site, time in times:
        quickest[depot, site] = min(time, quickest.get((depot, site), time))
    return quickest


def _vehicle_faults(source: Source, scenario: Scenario, plan: Plan) -> Iterator[Diagnostic]:
    vehicles = {(depot.id, vehicle.id) for depot in plan.depots for vehicle in depot.vehicles}
    for where, value in every(scenario):
        match value:
            case Effect(depot=depot, vehicle=str(name)) if (depot, name) not in vehicles:
                yield source.fault("packs.unknown-vehicle", (*where, "vehicle"), name=name)
            case _:
                pass


def _supply_faults(source: Source, scenario: Scenario, plan: Plan) -> Iterator[Diagnostic]:
    held = {(stock.item, depot.id) for depot in plan.depots for stock in depot.stock}
    held |= {
        (effect.item, effect.depot)
        for inject in scenario.injects
        for effect in inject.effects
        if effect.kind == "stock" and effect.item is not None and effect.quantity > 0
    }
    routes = quickest_ways(scenario, plan)
    for place, need in enumerate(scenario.needs):
        depots = [depot for item, depot in held if item == need.item]
        times = [routes[depot, need.site] for depot in depots if (depot, need.site) in routes]
        where = ("need", place)
        if not depots:
            yield source.fault("packs.no-stock", (*where, "item"), item=need.item)
        elif not times:
            yield source.fault("packs.no-route", (*where, "site"), item=need.item, site=need.site)
        elif min(times) > need.within:
            quickest = written(min(times))
            yield source.fault("packs.too-far", (*where, "within"), quickest=quickest)


def means_faults(
    source: Source, scenario: Scenario, plan_source: Source, plan: Plan
) -> Iterator[Diagnostic]:
    """What cannot be done or met under this plan. Every name in both must be known."""
    yield from quorum_faults(plan_source, plan)
    yield from _entitlement_faults(source, scenario, plan)
    yield from _vehicle_faults(source, scenario, plan)
    yield from _supply_faults(source, scenario, plan)
