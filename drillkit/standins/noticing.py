"""From what a stand-in sees to what it has in mind: which entry is a reason to do what."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from drillkit.model import events as ev
from drillkit.model.base import MINUTE
from drillkit.standins import informing, moving
from drillkit.standins.person import VIA, Person

_Notice = Callable[[Person, Any], None]
_NOTICES: dict[type, _Notice] = {}
_F = TypeVar("_F", bound=Callable[..., None])


def notice(me: Person, entry: ev.Entry) -> None:
    """Let one entry that the seat may see give the person something to do."""
    event = entry.event
    if isinstance(event, ev.MessageSent):
        _message(me, event, from_person=entry.via != VIA)
    elif act := _NOTICES.get(type(event)):
        act(me, event)


def _on(kind: type) -> Callable[[_F], _F]:
    def keep(act: _F) -> _F:
        _NOTICES[kind] = act
        return act

    return keep


# -- information -----------------------------------------------------------------------------------


@_on(ev.InjectReleased)
def _inject(me: Person, event: ev.InjectReleased) -> None:
    mine = [due.target_at for due in event.due if due.role in me.seats]
    within = min(mine) - me.now if mine else 5 * MINUTE
    act = partial(informing.read_inject, me, event)
    if reached_at := me.cut_off_until(event.means):
        me.plans_later(f"read:{event.inject}", reached_at, act)
    else:
        me.plans(f"read:{event.inject}", within, act)


def _message(me: Person, event: ev.MessageSent, *, from_person: bool) -> None:
    if event.sender != me.role:
        act = partial(informing.read_message, me, event, from_person=from_person)
        name, about = f"read:{event.message}", informing.heard(event)
        if reached_at := me.cut_off_until(event.means):
            me.plans_later(name, reached_at, act, about)
        else:
            me.plans(name, 2 * MINUTE, act, about)


@_on(ev.ReportFiled)
def _report(me: Person, event: ev.ReportFiled) -> None:
    if event.sender != me.role:
        act = partial(informing.read_report, me, event)
        me.plans(f"read:{event.report}", 3 * MINUTE, act, f"hear:{event.rule}")


@_on(ev.StatementDrafted)
def _drafted(me: Person, event: ev.StatementDrafted) -> None:
    rule = me.plan.release
    if rule is None or (event.role == me.role and set(rule.approvers) != {me.role}):
        return  # two pairs of eyes, where the plan has them
    here = [role for role in rule.approvers if me.state.presence[role].is_here]
    if here and here[0] in me.seats:
        act = partial(informing.approve, me, event)
        about = f"approve:{informing.cited(event.facts)}"
        me.plans(f"approve:{event.statement}", 2 * MINUTE, act, about)


@_on(ev.StatementApproved)
def _approved(me: Person, event: ev.StatementApproved) -> None:
    rule = me.plan.release
    draft = me.state.statements.get(event.statement)
    if rule is not None and draft is not None and rule.spokesperson in me.seats:
        act = partial(informing.issue, me, draft.event)
        about = f"issue:{informing.cited(draft.event.facts)}"
        me.plans(f"issue:{event.statement}", MINUTE, act, about)


# -- supplies --------------------------------------------------------------------------------------


@_on(ev.NeedArose)
def _need(me: Person, event: ev.NeedArose) -> None:
    suppliers = [role for role in event.known_to if "supply" in me.spec(role).may]
    # One moves it; where nobody who may supply sees the need, one of those who do asks for it.
    if (suppliers or event.known_to)[0] not in me.seats:
        return
    act = moving.serve_need if suppliers else moving.request
    # The most urgent first: every point of urgency counts like two minutes.
    within = max(0, event.limit_at - me.now) // 4 - round(event.urgency * 2 * MINUTE)
    me.plans(f"need:{event.need}", within, partial(act, me, event))


@_on(ev.SuppliesRequested)
def _requested(me: Person, event: ev.SuppliesRequested) -> None:
    if event.role != me.role and _is_first(me, "command"):
        act = partial(moving.approve_request, me, event)
        about = f"approve:{event.site}:{event.item}"
        me.plans(f"approve:{event.order}", 3 * MINUTE, act, about)


@_on(ev.RequestApproved)
def _order(me: Person, event: ev.RequestApproved) -> None:
    if _is_first(me, "supply"):
        act = partial(moving.serve_order, me, event.order)
        order = me.state.orders.get(event.order)
        about = f"order:{order.event.site}:{order.event.item}" if order else None
        me.plans(f"order:{event.order}", 2 * MINUTE, act, about)


@_on(ev.SuppliesArrived)
def _arrived(me: Person, event: ev.SuppliesArrived) -> None:
    shipment = me.state.shipments.get(event.shipment)
    if shipment is not None and shipment.event.role == me.role:
        act = partial(moving.receive, me, shipment.event)
        about = f"receive:{moving.sent(shipment.event)}"
        me.plans(f"receive:{event.shipment}", 5 * MINUTE, act, about)


def _is_first(me: Person, permission: str) -> bool:
    """Of those present whom the plan entitles, this one is named first."""
    for role in me.plan.players():
        if permission in role.may and me.state.presence[role.id].is_here:
            return role.id in me.seats
    return False
