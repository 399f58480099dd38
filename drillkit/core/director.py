"""What must happen now, and when to look again. Pure: no clock, no dice, no disk."""

from collections.abc import Iterator, Sequence

from drillkit.core.clocks import limit_on_story_clock, script_time
from drillkit.core.conditions import Condition, value_of
from drillkit.core.script import Script, answers_expected
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.events import (
    AnswerOverdue,
    Choice,
    CustomerAtRisk,
    Due,
    Event,
    FactRef,
    InjectReleased,
    MilestoneReached,
    NeedArose,
    OutcomeMoved,
    PhaseBegun,
    ReportFellDue,
    ReportOverdue,
    RouteChanged,
    StockChanged,
    SuppliesArrived,
    VehicleLost,
)
from drillkit.model.scenario import Effect, Inject, Move, Need, Outcome, Phase


def due(script: Script, state: State, at: Millis) -> list[Event]:
    """What time and the state themselves bring about at exercise time `at`, in order.

    Call again after the events have been applied, until nothing comes: one may lead to another.
    """
    if state.stage != "running":
        return []
    return list(_due(script, state, at))


def _due(script: Script, state: State, at: Millis) -> Iterator[Event]:
    now = script_time(state, at)
    phase = _next_phase(script, state)
    if phase is not None and phase.at <= now:
        yield phase_begun(phase)
    for shipment in state.ledger.transit.values():
        if shipment.arrives_at <= at:
            yield SuppliesArrived(shipment=shipment.shipment)
    for record in state.injects.values():
        if record.event is not None:
            for deadline in record.event.due:
                if (
                    deadline.limit_at <= at
                    and deadline.role not in record.overdue
                    and deadline.role not in record.responses
                ):
                    yield AnswerOverdue(inject=record.id, role=deadline.role)
    for id, report in state.due.items():
        if not report.filed and report.overdue is None and report.event.limit_at <= at:
            yield ReportOverdue(due=id)
    for milestone, condition in script.milestones:
        if milestone.id not in state.milestones and condition.holds(state, at):
            yield MilestoneReached(
                milestone=milestone.id,
                title=milestone.title,
                harm=milestone.harm,
                fatal=milestone.fatal,
            )
    for outcome, moves in script.moves:
        yield from _moved(outcome, moves, state, at)
    for need, condition in script.needs:
        if need.id not in state.needs and _is_time(need.at, condition, state, at):
            yield _arose(script, need, at)
    for inject, condition in script.planned:
        if _may_release(state, inject) and _is_time(
            planned_at(state, inject), condition, state, at
        ):
            yield from release(script, state, inject, at)


def next_due(script: Script, state: State, at: Millis) -> Millis | None:
    """The exercise time after `at` at which to ask again, if nobody acts before; None: never."""
    if state.stage != "running":
        return None
    return min((wake for wake in _wakes(script, state, at) if wake > at), default=None)


def _wakes(script: Script, state: State, at: Millis) -> Iterator[Millis]:
    skipped = state.skipped
    if phase := _next_phase(script, state):
        yield phase.at - skipped
    for shipment in state.ledger.transit.values():
        yield shipment.arrives_at
    for record in state.injects.values():
        if record.event is not None:
            for deadline in record.event.due:
                if deadline.role not in record.responses and deadline.role not in record.overdue:
                    yield deadline.limit_at
    for report in state.due.values():
        if not report.filed and report.overdue is None:
            yield report.event.limit_at
    for milestone, condition in script.timed_milestones:
        if milestone.id not in state.milestones:
            yield from condition.wakes(state, at)
    for condition in script.timed_moves:
        yield from condition.wakes(state, at)
    for need, condition in script.needs:
        if need.id not in state.needs:
            if need.at is not None:
                yield need.at - skipped
            if condition is not None:
                yield from condition.wakes(state, at)
    for inject, condition in script.planned:
        if _may_release(state, inject):
            planned = planned_at(state, inject)
            if planned is not None:
                yield planned - skipped
            if condition is not None:
                yield from condition.wakes(state, at)


# -- injects ---------------------------------------------------------------------------------------


def planned_at(state: State, inject: Inject) -> Millis | None:
    """The script time at which the inject is planned, deferral included."""
    record = state.injects.get(inject.id)
    if record is not None and record.deferred_to is not None:
        return record.deferred_to
    return inject.at


def _may_release(state: State, inject: Inject) -> bool:
    record = state.injects.get(inject.id)
    return record is None or (
        record.released is None and record.held is None and record.skipped is None
    )


def _is_time(planned: Millis | None, condition: Condition | None, state: State, at: Millis) -> bool:
    if planned is None and condition is None:
        return False
    if planned is not None and planned > script_time(state, at):
        return False
    return condition is None or condition.holds(state, at)


def release(script: Script, state: State, inject: Inject, at: Millis) -> Iterator[Event]:
    """The inject on its recipients' desks, and all that its release starts."""
    yield InjectReleased(
        inject=inject.id,
        type=inject.kind,
        title=inject.title,
        body=inject.body,
        sender=inject.sender,
        to=inject.to,
        means=inject.means,
        facts=tuple(FactRef(fact, script.facts[fact].title) for fact in inject.facts),
        options=tuple(Choice(option.id, option.title) for option in inject.options),
        several=inject.several,
        words=inject.words,
        revise=inject.revise,
        due=_deadlines(inject, at),
    )
    for effect in inject.effects:
        yield _effect(state, effect)
    for report in script.reports_after.get(inject.id, ()):
        rule = script.rules[report.rule]
        limit_at = at + rule.limit
        if rule.clock == "scenario":
            limit_at = limit_on_story_clock(script.scenario, state, at, rule.limit)
        yield ReportFellDue(due=report.id, rule=rule.id, sender=rule.sender, limit_at=limit_at)
    for at_risk in script.at_risk_after.get(inject.id, ()):
        customer = script.customers[at_risk.customer]
        yield CustomerAtRisk(customer=customer.id, limit_at=at + customer.notify_within)


def _deadlines(inject: Inject, at: Millis) -> tuple[Due, ...]:
    """One deadline a role: the latest limit of the answers expected of it."""
    latest: dict[str, Due] = {}
    for expect in answers_expected(inject):
        limit = 2 * expect.target if expect.limit is None else expect.limit
        deadline = Due(expect.role, at + expect.target, at + limit)
        before = latest.get(expect.role)
        if before is None or before.limit_at < deadline.limit_at:
            latest[expect.role] = deadline
    return tuple(latest.values())


def _effect(state: State, effect: Effect) -> Event:
    match effect.kind:
        case "stock":
            item = effect.item or ""
            # What is not there cannot be lost.
            by = max(effect.quantity, -state.ledger.stock[effect.depot, item])
            return StockChanged(depot=effect.depot, item=item, by=by)
        case "route":
            return RouteChanged(depot=effect.depot, site=effect.site or "", time=effect.time)
        case "route-closed":
            return RouteChanged(depot=effect.depot, site=effect.site or "", time=None)
        case "vehicle-lost":
            return VehicleLost(depot=effect.depot, vehicle=effect.vehicle or "")


# -- the story -------------------------------------------------------------------------------------


def _next_phase(script: Script, state: State) -> Phase | None:
    begun = -1 if state.phase is None else state.phase.script
    return next((phase for phase in script.scenario.phases if phase.at > begun), None)


def phase_begun(phase: Phase) -> PhaseBegun:
    """The event of a phase of the scenario."""
    return PhaseBegun(
        phase=phase.id,
        title=phase.title,
        clock=phase.clock,
        ratio=phase.ratio,
        script=phase.at,
    )


def _arose(script: Script, need: Need, at: Millis) -> NeedArose:
    return NeedArose(
        need=need.id,
        title=need.title,
        site=need.site,
        item=need.item,
        quantity=need.quantity,
        limit_at=at + need.within,
        urgency=need.urgency,
        life_critical=need.life_critical,
        known_to=need.known_to or script.suppliers,
    )


def _moved(
    outcome: Outcome, moves: Sequence[tuple[Move, Condition]], state: State, at: Millis
) -> Iterator[OutcomeMoved]:
    record = state.outcomes[outcome.id]
    fired, rate, jumped = list(record.fired), 0.0, 0.0
    for index, (move, condition) in enumerate(moves):
        if condition.holds(state, at):
            rate += move.per_minute
            if move.change and index not in fired:
                fired.append(index)
                jumped += move.change
    if jumped or rate != record.rate:
        value = value_of(outcome, state, at) + jumped
        if outcome.low is not None:
            value = max(outcome.low, value)
        if outcome.high is not None:
            value = min(outcome.high, value)
        yield OutcomeMoved(outcome=outcome.id, value=value, rate=rate, moves=tuple(fired))
