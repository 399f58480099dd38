"""What participants may do: come, answer, tell, report, state in public. Supplies are next door."""

from collections.abc import Iterable
from typing import assert_never

from drillkit.core.decide.seats import (
    acting_as,
    entitled,
    must_be_here,
    must_be_running,
    posts_of,
)
from drillkit.core.decide.supplies import decide_supplies
from drillkit.core.records import InjectRecord, StatementRecord
from drillkit.core.repeats import repeats
from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.commands import (
    AcknowledgeCall,
    AcknowledgeMessage,
    ApproveRequest,
    ApproveStatement,
    Arrive,
    DeclineRequest,
    DispatchSupplies,
    DraftStatement,
    FileReport,
    GiveResponse,
    IssueStatement,
    Leave,
    NotifyCustomer,
    OpenInject,
    PlayerCommand,
    ReceiveSupplies,
    RequestSupplies,
    ReturnStatement,
    SendMessage,
    UseSupplies,
)
from drillkit.model.events import (
    CallAcknowledged,
    CustomerNotified,
    Event,
    FactRef,
    GroupEstablished,
    InjectOpened,
    MessageAcknowledged,
    MessageSent,
    ReportFiled,
    ResponseGiven,
    RoleArrived,
    RoleLeft,
    StatementApproved,
    StatementDrafted,
    StatementIssued,
    StatementReturned,
)


def decide_player(
    script: Script, state: State, by: str, command: PlayerCommand, at: Millis
) -> list[Event]:
    """The events that a role's command leads to; raises Refused."""
    if isinstance(command, OpenInject):
        return _open(state, by, command)
    must_be_running(state)
    match command:
        case AcknowledgeCall():
            presence = state.presence[by]
            if presence.called is None:
                raise Refused("not-called")
            if presence.acknowledged is not None:
                raise Refused("already-acknowledged")
            return [CallAcknowledged(role=by)]
        case Arrive():
            return _arrive(script, state, by, command)
        case Leave():
            posts = posts_of(state, by)
            if not posts:
                raise Refused("not-here")
            # A substitute goes from the posts held for others, too.
            return [RoleLeft(role=post, why=command.why) for post in posts]
        case GiveResponse():
            return [_respond(script, state, by, command)]
        case SendMessage():
            return _send(script, state, by, command)
        case AcknowledgeMessage():
            return [_acknowledge(state, by, command)]
        case FileReport():
            return [_report(script, state, by, command)]
        case DraftStatement():
            must_be_here(script, state, by)
            if not command.text:
                raise Refused("empty")
            known, unsupported = _cited(script, state, by, command.facts)
            return [
                StatementDrafted(
                    statement=f"s{state.seq + 1}",
                    role=by,
                    text=command.text,
                    facts=known,
                    unsupported=unsupported,
                    confirmed=command.confirmed,
                )
            ]
        case ApproveStatement():
            _statement(state, command.statement)
            _must_approve(script, state, by)
            return [StatementApproved(statement=command.statement, role=by)]
        case ReturnStatement():
            _statement(state, command.statement)
            _must_approve(script, state, by)
            return [StatementReturned(statement=command.statement, role=by, why=command.why)]
        case IssueStatement():
            must_be_here(script, state, by)
            draft = _statement(state, command.statement).event
            return [
                StatementIssued(
                    statement=command.statement,
                    role=by,
                    text=draft.text,
                    facts=draft.facts,
                    confirmed=draft.confirmed,
                )
            ]
        case NotifyCustomer():
            must_be_here(script, state, by)
            if command.customer not in script.customers:
                raise Refused("unknown-customer", customer=command.customer)
            if state.customers[command.customer].notified is not None:
                raise Refused("already-notified")
            return [CustomerNotified(customer=command.customer, role=by, text=command.text)]
        case (
            RequestSupplies()
            | ApproveRequest()
            | DeclineRequest()
            | DispatchSupplies()
            | ReceiveSupplies()
            | UseSupplies()
        ):
            must_be_here(script, state, by)
            return [decide_supplies(script, state, by, command, at)]
        case never:
            assert_never(never)


# -- injects and presence --------------------------------------------------------------------------


def _addressed(state: State, by: str, inject: str) -> tuple[str, InjectRecord]:
    """The role, of those that `by` acts as, to whom the inject was addressed."""
    record = state.injects.get(inject)
    if record is not None and record.event is not None:
        for role in acting_as(state, by):
            if role in record.event.to:
                return role, record
    raise Refused("not-addressed")


def _open(state: State, by: str, command: OpenInject) -> list[Event]:
    role, record = _addressed(state, by, command.inject)
    return [] if role in record.opened else [InjectOpened(inject=command.inject, role=role)]


def _respond(script: Script, state: State, by: str, command: GiveResponse) -> ResponseGiven:
    role, record = _addressed(state, by, command.inject)
    # Whoever holds several of the posts addressed answers first for the one still awaited.
    role = next((hat for hat in acting_as(state, by) if hat in record.awaited), role)
    must_be_here(script, state, by)
    released = record.event
    assert released is not None
    if role in record.responses and not released.revise:
        raise Refused("one-answer")
    offered = {option.id for option in released.options}
    chosen = tuple(dict.fromkeys(command.options))
    for option in chosen:
        if option not in offered:
            raise Refused("unknown-option", option=option)
    if len(chosen) > 1 and not released.several:
        raise Refused("one-option")
    if not chosen and not command.text:
        raise Refused("no-answer")
    if command.text and not released.words:
        raise Refused("options-only")
    return ResponseGiven(inject=command.inject, role=role, options=chosen, text=command.text)


def _arrive(script: Script, state: State, by: str, command: Arrive) -> list[Event]:
    post = command.instead_of or by
    role = script.role(post)
    if role.outside:
        raise Refused("outside-post")
    presence = state.presence[post]
    if presence.is_here and (by != post or not presence.stays[-1].substitute):
        raise Refused("already-here")
    # The holder who comes late relieves the substitute.
    relieved = [RoleLeft(role=post)] if presence.is_here else []
    substitute = by if command.instead_of and command.instead_of != by else ""
    arrived = RoleArrived(
        role=post,
        evidence=command.evidence,
        substitute=substitute,
        alternate=substitute in role.alternates,
    )
    return [*relieved, arrived, *_established(script, state, post)]


def _established(script: Script, state: State, post: str) -> Iterable[GroupEstablished]:
    """The groups whose quorum this arrival makes up: all key roles, and enough members."""
    for group in script.plan.groups:
        members = [role for role in script.plan.roles if role.group == group.id]
        if group.id in state.established or all(role.id != post for role in members):
            continue
        here = {role.id for role in members if role.id == post or state.presence[role.id].is_here}
        if len(here) >= group.quorum and all(role.id in here for role in members if role.key):
            yield GroupEstablished(group=group.id)


# -- information -----------------------------------------------------------------------------------


def _cited(
    script: Script, state: State, by: str, facts: Iterable[str]
) -> tuple[tuple[FactRef, ...], tuple[str, ...]]:
    """The cited facts that the sender knows, and the ids of those it does not."""
    hats = acting_as(state, by)
    known: list[FactRef] = []
    unsupported: list[str] = []
    for fact in dict.fromkeys(facts):
        if fact in script.facts and any(state.knows_fact(hat, fact) for hat in hats):
            known.append(FactRef(fact, script.facts[fact].title))
        else:
            unsupported.append(fact)
    return tuple(known), tuple(unsupported)


def _send(script: Script, state: State, by: str, command: SendMessage) -> list[Event]:
    if not command.text:
        raise Refused("empty")
    to = tuple(dict.fromkeys(command.to))
    if not to or to == (by,):
        raise Refused("no-recipient")
    for role in to:
        script.role(role)
    known, unsupported = _cited(script, state, by, command.facts)
    sent = MessageSent(
        message=f"m{state.seq + 1}",
        sender=by,
        to=to,
        means=command.means,
        text=command.text,
        facts=known,
        unsupported=unsupported,
        confirmed=command.confirmed,
        ack=command.ack,
        reply_to=command.reply_to,
    )
    answered = state.messages.get(command.reply_to)
    if answered is None:
        return [sent]
    role = next((hat for hat in acting_as(state, by) if hat in answered.event.to), None)
    if role is None or role in answered.acknowledged:
        return [sent]
    # An answer closes the loop as well as an acknowledgement does.
    return [sent, MessageAcknowledged(message=command.reply_to, role=role)]


def _acknowledge(state: State, by: str, command: AcknowledgeMessage) -> MessageAcknowledged:
    message = state.messages.get(command.message)
    if message is None:
        raise Refused("unknown-message")
    for role in acting_as(state, by):
        if role in message.event.to:
            if role in message.acknowledged:
                raise Refused("already-acknowledged")
            return MessageAcknowledged(message=command.message, role=role)
    raise Refused("unknown-message")


def _report(script: Script, state: State, by: str, command: FileReport) -> ReportFiled:
    rule = script.rules.get(command.rule)
    if rule is None:
        raise Refused("unknown-report", report=command.rule)
    must_be_here(script, state, by)
    if rule.sender not in acting_as(state, by) and not entitled(script, state, by, "report"):
        raise Refused("may-not-report")
    elements = {element.id for element in rule.elements}
    for element in command.elements:
        if element not in elements:
            raise Refused("unknown-element", element=element)
    known, unsupported = _cited(script, state, by, command.facts)
    said = (fact.id for fact in known)
    is_new = not repeats(state.reports.values(), rule.id, command.elements, said)
    due = next(
        (
            id
            for id, record in state.due.items()
            if record.event.rule == rule.id and not record.filed and is_new
        ),
        "",
    )
    return ReportFiled(
        report=f"r{state.seq + 1}",
        rule=rule.id,
        stage=rule.stage,
        sender=by,
        to=rule.to,
        elements=dict(command.elements),
        facts=known,
        unsupported=unsupported,
        confirmed=command.confirmed,
        due=due,
    )


def _statement(state: State, id: str) -> StatementRecord:
    statement = state.statements.get(id)
    if statement is None:
        raise Refused("unknown-statement")
    if statement.issued is not None:
        raise Refused("already-issued")
    return statement


def _must_approve(script: Script, state: State, by: str) -> None:
    must_be_here(script, state, by)
    rule = script.plan.release
    approvers = rule.approvers if rule else ()
    if not any(hat in approvers for hat in acting_as(state, by)):
        raise Refused("may-not-approve")
