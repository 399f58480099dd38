"""What each kind of event does to the state: one small function a kind, found by table."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from drillkit.core.records import (
    Citation,
    CustomerRecord,
    DueRecord,
    Known,
    Mark,
    MessageRecord,
    NeedRecord,
    OrderRecord,
    OutcomeRecord,
    Presence,
    Receipt,
    ReportRecord,
    Response,
    Seat,
    ShipmentRecord,
    StatementRecord,
    Stay,
    Telling,
)
from drillkit.core.state import State
from drillkit.model import events as ev

REDUCERS: dict[type, Callable[[State, Mark, Any], None]] = {}
_E = TypeVar("_E")


def _on(
    kind: type[_E],
) -> Callable[[Callable[[State, Mark, _E], None]], Callable[[State, Mark, _E], None]]:
    def keep(
        reducer: Callable[[State, Mark, _E], None],
    ) -> Callable[[State, Mark, _E], None]:
        REDUCERS[kind] = reducer
        return reducer

    return keep


def _learn(
    state: State, mark: Mark, roles: Iterable[str], facts: Iterable[ev.FactRef], source: str
) -> None:
    known = Known(mark.at, mark.seq, source)
    for fact in facts:
        state.facts.setdefault(fact.id, known)
        state.fact_refs[fact.id] = fact
        for role in roles:
            state.knows[role].setdefault(fact.id, known)


def _cite(state: State, mark: Mark, event: ev.MessageSent | ev.ReportFiled) -> None:
    for fact in event.facts:
        state.told[event.sender, fact.id].append(Telling(mark, event.to))
        state.cited[Citation(event.sender, fact.id, event.confirmed, True)].append(mark.seq)
    for id in event.unsupported:
        state.cited[Citation(event.sender, id, event.confirmed, False)].append(mark.seq)


# -- the session -----------------------------------------------------------------------------------


@_on(ev.SessionOpened)
def _session_opened(state: State, mark: Mark, event: ev.SessionOpened) -> None:
    state.opened = event
    state.forms = {form.id: form for form in event.forms if form.audience == "evaluator"}
    state.stage = "briefing"
    for outcome in event.scenario.outcomes:
        state.outcomes[outcome.id] = OutcomeRecord(
            outcome.start, 0.0, mark, history=[(0, outcome.start)]
        )


@_on(ev.BriefingGiven)
def _briefing_given(state: State, mark: Mark, event: ev.BriefingGiven) -> None:
    state.briefing = event
    state.stage = "briefing"
    state.ledger.open(event.plan)
    # All there is from the start on: who only looks must not change the state.
    for role in event.plan.roles:
        state.presence[role.id] = Presence()
        state.knows[role.id] = {}
    for customer in event.plan.customers:
        state.customers[customer.id] = CustomerRecord()


@_on(ev.DrillStarted)
def _drill_started(state: State, mark: Mark, event: ev.DrillStarted) -> None:
    state.stage = "running"
    state.started = mark


@_on(ev.DrillPaused)
def _drill_paused(state: State, mark: Mark, event: ev.DrillPaused) -> None:
    state.stage = "paused"


@_on(ev.DrillResumed)
def _drill_resumed(state: State, mark: Mark, event: ev.DrillResumed) -> None:
    state.stage = "running"


@_on(ev.SpeedSet)
def _speed_set(state: State, mark: Mark, event: ev.SpeedSet) -> None:
    state.speed = event.speed


@_on(ev.ScriptJumped)
def _script_jumped(state: State, mark: Mark, event: ev.ScriptJumped) -> None:
    state.skipped += event.by


@_on(ev.ClockMarked)
def _clock_marked(state: State, mark: Mark, event: ev.ClockMarked) -> None:
    """Every entry moves the state's clock; this one does nothing else."""


@_on(ev.PhaseBegun)
def _phase_begun(state: State, mark: Mark, event: ev.PhaseBegun) -> None:
    state.phase = event


@_on(ev.DrillEnded)
def _drill_ended(state: State, mark: Mark, event: ev.DrillEnded) -> None:
    state.stage = "ended"
    state.ended = mark
    state.aborted = event.aborted


@_on(ev.EntryVoided)
def _entry_voided(state: State, mark: Mark, event: ev.EntryVoided) -> None:
    state.voided[event.entry] = (mark, event)


# -- presence --------------------------------------------------------------------------------------


@_on(ev.RoleCalled)
def _role_called(state: State, mark: Mark, event: ev.RoleCalled) -> None:
    presence = state.presence[event.role]
    presence.called = presence.called or mark


@_on(ev.CallAcknowledged)
def _call_acknowledged(state: State, mark: Mark, event: ev.CallAcknowledged) -> None:
    presence = state.presence[event.role]
    presence.acknowledged = presence.acknowledged or mark


@_on(ev.RoleArrived)
def _role_arrived(state: State, mark: Mark, event: ev.RoleArrived) -> None:
    state.presence[event.role].stays.append(
        Stay(mark, event.evidence, event.substitute, event.alternate)
    )


@_on(ev.RoleLeft)
def _role_left(state: State, mark: Mark, event: ev.RoleLeft) -> None:
    presence = state.presence[event.role]
    if presence.is_here:
        presence.stays[-1].left = mark


@_on(ev.GroupEstablished)
def _group_established(state: State, mark: Mark, event: ev.GroupEstablished) -> None:
    state.established.setdefault(event.group, mark)


@_on(ev.SeatTaken)
def _seat_taken(state: State, mark: Mark, event: ev.SeatTaken) -> None:
    state.seats[event.line] = Seat(event.role, event.person, mark)


@_on(ev.SeatReady)
def _seat_ready(state: State, mark: Mark, event: ev.SeatReady) -> None:
    if seat := state.seats.get(event.line):
        seat.ready = mark


@_on(ev.SeatLost)
def _seat_lost(state: State, mark: Mark, event: ev.SeatLost) -> None:
    if seat := state.seats.get(event.line):
        seat.lost = mark


@_on(ev.SeatRegained)
def _seat_regained(state: State, mark: Mark, event: ev.SeatRegained) -> None:
    if seat := state.seats.get(event.line):
        seat.lost = None


@_on(ev.SeatLeft)
def _seat_left(state: State, mark: Mark, event: ev.SeatLeft) -> None:
    if seat := state.seats.get(event.line):
        seat.left = mark


@_on(ev.SeatAsked)
def _seat_asked(state: State, mark: Mark, event: ev.SeatAsked) -> None:
    if seat := state.seats.get(event.line):
        seat.wanted, seat.why = event.wanted, event.why
        seat.asked, seat.declined = mark, None


@_on(ev.SeatDeclined)
def _seat_declined(state: State, mark: Mark, event: ev.SeatDeclined) -> None:
    if seat := state.seats.get(event.line):
        seat.asked, seat.declined = None, mark


@_on(ev.DoorChanged)
def _door_changed(state: State, mark: Mark, event: ev.DoorChanged) -> None:
    """The host keeps the door; the journal only tells of it."""


@_on(ev.SeatMoved)
def _seat_moved(state: State, mark: Mark, event: ev.SeatMoved) -> None:
    if seat := state.seats.get(event.line):
        seat.role = event.role
        seat.wanted, seat.why, seat.asked, seat.declined = "", "", None, None


# -- injects ---------------------------------------------------------------------------------------


@_on(ev.InjectReleased)
def _inject_released(state: State, mark: Mark, event: ev.InjectReleased) -> None:
    record = state.inject(event.inject)
    record.released, record.event = mark, event
    _learn(state, mark, event.to, event.facts, event.inject)


@_on(ev.InjectHeld)
def _inject_held(state: State, mark: Mark, event: ev.InjectHeld) -> None:
    record = state.inject(event.inject)
    record.held, record.why = mark, event.why


@_on(ev.InjectFreed)
def _inject_freed(state: State, mark: Mark, event: ev.InjectFreed) -> None:
    record = state.inject(event.inject)
    record.held, record.why = None, ""


@_on(ev.InjectSkipped)
def _inject_skipped(state: State, mark: Mark, event: ev.InjectSkipped) -> None:
    record = state.inject(event.inject)
    record.skipped, record.why = mark, event.why


@_on(ev.InjectDeferred)
def _inject_deferred(state: State, mark: Mark, event: ev.InjectDeferred) -> None:
    record = state.inject(event.inject)
    record.deferred_to, record.why = event.script, event.why


@_on(ev.InjectOpened)
def _inject_opened(state: State, mark: Mark, event: ev.InjectOpened) -> None:
    state.inject(event.inject).opened.setdefault(event.role, mark)


@_on(ev.ResponseGiven)
def _response_given(state: State, mark: Mark, event: ev.ResponseGiven) -> None:
    responses = state.inject(event.inject).responses
    responses.setdefault(event.role, []).append(Response(mark, event.options, event.text))


@_on(ev.AnswerOverdue)
def _answer_overdue(state: State, mark: Mark, event: ev.AnswerOverdue) -> None:
    state.inject(event.inject).overdue[event.role] = mark


@_on(ev.BroadcastMade)
def _broadcast_made(state: State, mark: Mark, event: ev.BroadcastMade) -> None:
    state.broadcasts.append((mark, event))


# -- information -----------------------------------------------------------------------------------


@_on(ev.MessageSent)
def _message_sent(state: State, mark: Mark, event: ev.MessageSent) -> None:
    state.messages[event.message] = MessageRecord(mark, event)
    state.sent[event.sender, event.to].append(mark.seq)
    if event.ack:
        for role in event.to:
            state.unconfirmed[event.message, role] = mark
    _cite(state, mark, event)
    _learn(state, mark, event.to, event.facts, event.message)


@_on(ev.MessageAcknowledged)
def _message_acknowledged(state: State, mark: Mark, event: ev.MessageAcknowledged) -> None:
    if message := state.messages.get(event.message):
        message.acknowledged.setdefault(event.role, mark)
    if sent := state.unconfirmed.pop((event.message, event.role), None):
        state.receipts[event.role].append(Receipt(mark.at - sent.at, sent.seq, mark.seq))


@_on(ev.ReportFellDue)
def _report_fell_due(state: State, mark: Mark, event: ev.ReportFellDue) -> None:
    state.due[event.due] = DueRecord(mark, event)


@_on(ev.ReportOverdue)
def _report_overdue(state: State, mark: Mark, event: ev.ReportOverdue) -> None:
    if due := state.due.get(event.due):
        due.overdue = mark


@_on(ev.ReportFiled)
def _report_filed(state: State, mark: Mark, event: ev.ReportFiled) -> None:
    state.reports[event.report] = ReportRecord(mark, event)
    due = state.due.get(event.due)
    if due and not due.filed:
        due.filed = event.report
    _cite(state, mark, event)
    _learn(state, mark, event.to, event.facts, event.report)


@_on(ev.ConductJudged)
def _conduct_judged(state: State, mark: Mark, event: ev.ConductJudged) -> None:
    state.conducts.append((mark, event))


@_on(ev.StatementDrafted)
def _statement_drafted(state: State, mark: Mark, event: ev.StatementDrafted) -> None:
    state.statements[event.statement] = StatementRecord(mark, event)


@_on(ev.StatementApproved)
def _statement_approved(state: State, mark: Mark, event: ev.StatementApproved) -> None:
    if statement := state.statements.get(event.statement):
        statement.approved, statement.returned = mark, None


@_on(ev.StatementReturned)
def _statement_returned(state: State, mark: Mark, event: ev.StatementReturned) -> None:
    if statement := state.statements.get(event.statement):
        statement.approved, statement.returned = None, mark


@_on(ev.StatementIssued)
def _statement_issued(state: State, mark: Mark, event: ev.StatementIssued) -> None:
    statement = state.statements.get(event.statement)
    if statement is None:
        # Whoever did not see it drafted sees it now for the first time.
        draft = ev.StatementDrafted(
            statement=event.statement,
            role=event.role,
            text=event.text,
            facts=event.facts,
            confirmed=event.confirmed,
        )
        statement = state.statements[event.statement] = StatementRecord(mark, draft)
    statement.issued = mark
    statement.was_approved = statement.approved is not None
    _learn(state, mark, (), event.facts, event.statement)
    for fact in event.facts:
        state.public.setdefault(fact.id, Known(mark.at, mark.seq, event.statement))


@_on(ev.CustomerAtRisk)
def _customer_at_risk(state: State, mark: Mark, event: ev.CustomerAtRisk) -> None:
    customer = state.customers[event.customer]
    customer.event, customer.at_risk = event, mark


@_on(ev.CustomerNotified)
def _customer_notified(state: State, mark: Mark, event: ev.CustomerNotified) -> None:
    customer = state.customers[event.customer]
    customer.notified = customer.notified or mark


# -- supplies --------------------------------------------------------------------------------------


@_on(ev.NeedArose)
def _need_arose(state: State, mark: Mark, event: ev.NeedArose) -> None:
    state.needs[event.need] = NeedRecord(mark, event)


@_on(ev.SuppliesRequested)
def _supplies_requested(state: State, mark: Mark, event: ev.SuppliesRequested) -> None:
    state.orders[event.order] = OrderRecord(mark, event)


@_on(ev.RequestApproved)
def _request_approved(state: State, mark: Mark, event: ev.RequestApproved) -> None:
    if order := state.orders.get(event.order):
        order.approved, order.declined = mark, None


@_on(ev.RequestDeclined)
def _request_declined(state: State, mark: Mark, event: ev.RequestDeclined) -> None:
    if order := state.orders.get(event.order):
        order.approved, order.declined = None, mark


@_on(ev.SuppliesDispatched)
def _supplies_dispatched(state: State, mark: Mark, event: ev.SuppliesDispatched) -> None:
    state.shipments[event.shipment] = ShipmentRecord(mark, event)
    state.ledger.dispatch(event)
    if order := state.orders.get(event.order):
        order.shipments.append(event.shipment)


@_on(ev.SuppliesArrived)
def _supplies_arrived(state: State, mark: Mark, event: ev.SuppliesArrived) -> None:
    dispatched = state.ledger.arrive(event.shipment)
    if dispatched is None:
        return
    state.shipments[event.shipment].arrived = mark
    if need := state.needs.get(dispatched.need):
        need.arrivals.append((mark.at, dispatched.quantity, event.shipment))


@_on(ev.SuppliesReceived)
def _supplies_received(state: State, mark: Mark, event: ev.SuppliesReceived) -> None:
    if shipment := state.shipments.get(event.shipment):
        shipment.received = shipment.received or mark


@_on(ev.SuppliesUsed)
def _supplies_used(state: State, mark: Mark, event: ev.SuppliesUsed) -> None:
    state.ledger.use(event.site, event.item, event.quantity)


@_on(ev.StockChanged)
def _stock_changed(state: State, mark: Mark, event: ev.StockChanged) -> None:
    state.ledger.change(event.depot, event.item, event.by)
    state.ledger.changes.append((mark.at, event.depot, event.item, event.by))


@_on(ev.RouteChanged)
def _route_changed(state: State, mark: Mark, event: ev.RouteChanged) -> None:
    state.ledger.routes[event.depot, event.site] = event.time
    state.ledger.reroutes.append((mark.at, event.depot, event.site, event.time))


@_on(ev.VehicleLost)
def _vehicle_lost(state: State, mark: Mark, event: ev.VehicleLost) -> None:
    state.ledger.lost.add(event.vehicle)


# -- the story and its evaluation ------------------------------------------------------------------


@_on(ev.MilestoneReached)
def _milestone_reached(state: State, mark: Mark, event: ev.MilestoneReached) -> None:
    state.milestones.setdefault(event.milestone, (mark, event))


@_on(ev.OutcomeMoved)
def _outcome_moved(state: State, mark: Mark, event: ev.OutcomeMoved) -> None:
    before = state.outcomes.get(event.outcome)
    history = before.history if before else []
    history.append((mark.at, event.value))
    state.outcomes[event.outcome] = OutcomeRecord(
        event.value, event.rate, mark, event.moves, history
    )


@_on(ev.NoteMade)
def _note_made(state: State, mark: Mark, event: ev.NoteMade) -> None:
    state.notes[event.note] = (mark, event)


@_on(ev.TaskRated)
def _task_rated(state: State, mark: Mark, event: ev.TaskRated) -> None:
    state.ratings[event.task, event.rater] = (mark, event)


@_on(ev.DutyRated)
def _duty_rated(state: State, mark: Mark, event: ev.DutyRated) -> None:
    state.duties[event.role, event.rater] = (mark, event)


@_on(ev.ValueAdjudicated)
def _value_adjudicated(state: State, mark: Mark, event: ev.ValueAdjudicated) -> None:
    state.adjudicated[event.measure] = (mark, event)


@_on(ev.PlanReviewed)
def _plan_reviewed(state: State, mark: Mark, event: ev.PlanReviewed) -> None:
    state.review = (mark, event)


@_on(ev.RatingsSubmitted)
def _ratings_submitted(state: State, mark: Mark, event: ev.RatingsSubmitted) -> None:
    state.submitted[event.rater] = mark


@_on(ev.TaskSettled)
def _task_settled(state: State, mark: Mark, event: ev.TaskSettled) -> None:
    state.settled[event.task] = (mark, event)


@_on(ev.MeetingClosed)
def _meeting_closed(state: State, mark: Mark, event: ev.MeetingClosed) -> None:
    state.meeting = (mark, event)


@_on(ev.ReportSigned)
def _report_signed(state: State, mark: Mark, event: ev.ReportSigned) -> None:
    state.signed[event.office] = (mark, event)


@_on(ev.ReportReopened)
def _report_reopened(state: State, mark: Mark, event: ev.ReportReopened) -> None:
    state.signed.clear()


@_on(ev.FormHandedOut)
def _form_handed_out(state: State, mark: Mark, event: ev.FormHandedOut) -> None:
    state.forms[event.form.id] = event.form


@_on(ev.FormFilled)
def _form_filled(state: State, mark: Mark, event: ev.FormFilled) -> None:
    hand = f"{event.role}/{event.filler}" if event.filler else f"#{mark.seq}"
    state.filled[event.form, hand] = (mark, event)
