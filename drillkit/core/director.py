"""What each thing of a drill leads to, and when to look again. Pure: no clock, no dice, no disk.

Each of these is asked for one thing; core.agenda asks them all, in order, when it is worth it.
"""

from collections.abc import Iterable, Iterator, Sequence

from drillkit.core.clocks import limit_on_story_clock, script_time
from drillkit.core.conditions import Condition, value_of
from drillkit.core.injects import answers_expected
from drillkit.core.script import Script
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
from drillkit.model.scenario import Effect, Inject, Milestone, Move, Need, Outcome, Phase

# -- time alone ------------------------------------------------------------------------------------


def begun(phases: Sequence[Phase], state: State, at: Millis) -> Iterator[PhaseBegun]:
    """The next phase, once its time has come."""
    phase = _next_phase(phases, state)
    if phase is not None and phase.at <= script_time(state, at):
        yield phase_begun(phase)


def phase_wakes(phases: Sequence[Phase], state: State) -> Iterator[Millis]:
    """When the next phase begins."""
    if phase := _next_phase(phases, state):
        yield phase.at - state.skipped


def arrivals(state: State, at: Millis) -> Iterator[SuppliesArrived]:
    """The shipments that are there by now."""
    for shipment in state.ledger.transit.values():
        if shipment.arrives_at <= at:
            yield SuppliesArrived(shipment=shipment.shipment)


def arrival_times(state: State, _: Millis) -> Iterator[Millis]:
    """When what is under way arrives."""
    for shipment in state.ledger.transit.values():
        yield shipment.arrives_at


def overdue(state: State, at: Millis) -> Iterator[AnswerOverdue]:
    """The expected answers whose limit has passed."""
    for record in state.injects.values():
        if record.event is not None:
            for deadline in record.event.due:
                if (
                    deadline.limit_at <= at
                    and deadline.role not in record.overdue
                    and deadline.role not in record.responses
                ):
                    yield AnswerOverdue(inject=record.id, role=deadline.role)


def deadlines(state: State, _: Millis) -> Iterator[Millis]:
    """The limits of the answers that are still awaited."""
    for record in state.injects.values():
        if record.event is not None:
            for deadline in record.event.due:
                if deadline.role not in record.responses and deadline.role not in record.overdue:
                    yield deadline.limit_at


def late_reports(state: State, at: Millis) -> Iterator[ReportOverdue]:
    """The due reports whose limit has passed."""
    for id, report in state.due.items():
        if not report.filed and report.overdue is None and report.event.limit_at <= at:
            yield ReportOverdue(due=id)


def report_limits(state: State, _: Millis) -> Iterator[Millis]:
    """The limits of the reports that are still owed."""
    for report in state.due.values():
        if not report.filed and report.overdue is None:
            yield report.event.limit_at


# -- injects ---------------------------------------------------------------------------------------


def planned_at(state: State, inject: Inject) -> Millis | None:
    """The script time at which the inject is planned, deferral included."""
    record = state.injects.get(inject.id)
    if record is not None and record.deferred_to is not None:
        return record.deferred_to
    return inject.at


def releasing(
    script: Script, inject: Inject, condition: Condition | None, state: State, at: Millis
) -> Iterable[Event]:
    """The release of the inject and what it starts, if it is time."""
    if _may_release(state, inject) and _is_time(planned_at(state, inject), condition, state, at):
        return release(script, state, inject, at)
    return ()


def inject_wakes(
    inject: Inject, condition: Condition | None, state: State, at: Millis
) -> Iterator[Millis]:
    """When the inject may come to be released by time alone."""
    if _may_release(state, inject):
        planned = planned_at(state, inject)
        if planned is not None:
            yield planned - state.skipped
        if condition is not None:
            yield from condition.wakes(state, at)


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


def _next_phase(phases: Sequence[Phase], state: State) -> Phase | None:
    begun = -1 if state.phase is None else state.phase.script
    return next((phase for phase in phases if phase.at > begun), None)


def phase_begun(phase: Phase) -> PhaseBegun:
    """The event of a phase of the scenario."""
    return PhaseBegun(
        phase=phase.id,
        title=phase.title,
        clock=phase.clock,
        ratio=phase.ratio,
        script=phase.at,
    )


def reached(
    milestone: Milestone, condition: Condition, state: State, at: Millis
) -> Iterator[MilestoneReached]:
    """The milestone, once its condition holds."""
    if milestone.id not in state.milestones and condition.holds(state, at):
        yield MilestoneReached(
            milestone=milestone.id,
            title=milestone.title,
            harm=milestone.harm,
            fatal=milestone.fatal,
        )


def arising(
    script: Script, need: Need, condition: Condition | None, state: State, at: Millis
) -> Iterator[NeedArose]:
    """The need, if it is time."""
    if need.id not in state.needs and _is_time(need.at, condition, state, at):
        yield _arose(script, need, at)


def need_wakes(
    need: Need, condition: Condition | None, state: State, at: Millis
) -> Iterator[Millis]:
    """When the need may arise by time alone."""
    if need.id not in state.needs:
        if need.at is not None:
            yield need.at - state.skipped
        if condition is not None:
            yield from condition.wakes(state, at)


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


def moved(
    outcome: Outcome, moves: Sequence[tuple[Move, Condition]], state: State, at: Millis
) -> Iterator[OutcomeMoved]:
    """The outcome variable, if it leaps or another rate begins."""
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
