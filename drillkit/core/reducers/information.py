"""Messages, reports, statements, customers at risk: who told whom what."""

from drillkit.core.records import (
    Citation,
    DueRecord,
    Known,
    Mark,
    MessageRecord,
    Receipt,
    ReportRecord,
    StatementRecord,
    Telling,
)
from drillkit.core.reducers.table import learn, on
from drillkit.core.state import State
from drillkit.model import events as ev


def _cite(state: State, mark: Mark, event: ev.MessageSent | ev.ReportFiled) -> None:
    for fact in event.facts:
        state.told[event.sender, fact.id].append(Telling(mark, event.to))
        state.cited[Citation(event.sender, fact.id, event.confirmed, True)].append(mark.seq)
    for id in event.unsupported:
        state.cited[Citation(event.sender, id, event.confirmed, False)].append(mark.seq)


@on(ev.MessageSent)
def _message_sent(state: State, mark: Mark, event: ev.MessageSent) -> None:
    state.messages[event.message] = MessageRecord(mark, event)
    state.sent[event.sender, event.to].append(mark.seq)
    if event.ack:
        for role in event.to:
            state.unconfirmed[event.message, role] = mark
    _cite(state, mark, event)
    learn(state, mark, event.to, event.facts, event.message)


@on(ev.MessageAcknowledged)
def _message_acknowledged(state: State, mark: Mark, event: ev.MessageAcknowledged) -> None:
    if message := state.messages.get(event.message):
        message.acknowledged.setdefault(event.role, mark)
    if sent := state.unconfirmed.pop((event.message, event.role), None):
        receipt = Receipt(event.message, mark.at - sent.at, sent.seq, mark.seq)
        state.receipts[event.role].append(receipt)


@on(ev.ReportFellDue)
def _report_fell_due(state: State, mark: Mark, event: ev.ReportFellDue) -> None:
    state.due[event.due] = DueRecord(mark, event)


@on(ev.ReportOverdue)
def _report_overdue(state: State, mark: Mark, event: ev.ReportOverdue) -> None:
    if due := state.due.get(event.due):
        due.overdue = mark


@on(ev.ReportFiled)
def _report_filed(state: State, mark: Mark, event: ev.ReportFiled) -> None:
    state.reports[event.report] = ReportRecord(mark, event)
    due = state.due.get(event.due)
    if due and not due.filed:
        due.filed = event.report
    _cite(state, mark, event)
    learn(state, mark, event.to, event.facts, event.report)


@on(ev.ConductJudged)
def _conduct_judged(state: State, mark: Mark, event: ev.ConductJudged) -> None:
    state.conducts.append((mark, event))


@on(ev.StatementDrafted)
def _statement_drafted(state: State, mark: Mark, event: ev.StatementDrafted) -> None:
    state.statements[event.statement] = StatementRecord(mark, event)


@on(ev.StatementApproved)
def _statement_approved(state: State, mark: Mark, event: ev.StatementApproved) -> None:
    if statement := state.statements.get(event.statement):
        statement.approved, statement.returned = mark, None


@on(ev.StatementReturned)
def _statement_returned(state: State, mark: Mark, event: ev.StatementReturned) -> None:
    if statement := state.statements.get(event.statement):
        statement.approved, statement.returned = None, mark


@on(ev.StatementIssued)
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
    learn(state, mark, (), event.facts, event.statement)
    for fact in event.facts:
        state.public.setdefault(fact.id, Known(mark.at, mark.seq, event.statement))


@on(ev.CustomerAtRisk)
def _customer_at_risk(state: State, mark: Mark, event: ev.CustomerAtRisk) -> None:
    customer = state.customers[event.customer]
    customer.event, customer.at_risk = event, mark
    # Now there is something to tell, and it has to be told again.
    customer.early, customer.notified = customer.notified, None


@on(ev.CustomerNotified)
def _customer_notified(state: State, mark: Mark, event: ev.CustomerNotified) -> None:
    customer = state.customers[event.customer]
    customer.notified = customer.notified or mark
