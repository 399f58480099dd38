"""What a stand-in does about supplies: ask, approve, send by the trip, confirm the receipt."""

from functools import partial

from simpy import Event

from drillkit.model.base import MINUTE, SECOND, Millis
from drillkit.model.commands import (
    ApproveRequest,
    DispatchSupplies,
    ReceiveSupplies,
    RequestSupplies,
)
from drillkit.model.events import NeedArose, SuppliesDispatched, SuppliesRequested
from drillkit.model.profile import Supplying
from drillkit.standins.dice import Dice
from drillkit.standins.person import Person, Work
from drillkit.standins.stores import Wanted, next_load, outstanding

_LOOK_AGAIN = 2 * MINUTE
_GIVE_UP = 15 * MINUTE
"""So long after the deadline nobody waits for stock any more."""


def _handles(me: Person, dice: Dice, expert: Millis) -> Event:
    """The time that this person takes over supplies for what takes an expert `expert` ms."""
    return me.spends(dice, round(expert * me.habits.profile.supply_pace))


def request(me: Person, need: NeedArose) -> Work:
    """Ask those who may supply for what a need that they do not see takes."""
    dice = me.dice(f"request:{need.need}")
    if dice.chance(me.habits.remembers):
        yield _handles(me, dice, 25 * SECOND)
        me.does(RequestSupplies(site=need.site, item=need.item, quantity=need.quantity))


def approve_request(me: Person, order: SuppliesRequested) -> Work:
    """Approve what somebody asked for, if it comes to mind."""
    record = me.state.orders.get(order.order)
    if record and record.approved and me.has_seen(record.approved.at):
        return
    dice = me.dice(f"approve:{order.site}:{order.item}")
    if dice.chance(me.habits.remembers):
        yield _handles(me, dice, 20 * SECOND)
        me.does(ApproveRequest(order=order.order))


def serve_need(me: Person, need: NeedArose) -> Work:
    """Take a need up: how much it takes, and whether to look for the soonest way."""
    dice = me.dice(f"need:{need.need}")
    exact = Wanted(need.site, need.item, need.quantity, need.limit_at, need=need.need)
    if me.has_seen(me.state.needs[need.need].arose.at) and outstanding(me.state, exact) <= 0:
        return
    if not dice.chance(me.habits.remembers):
        return
    careful = dice.chance(me.habits.judges)
    # Who does not count sends a third more, to be safe.
    much = need.quantity if careful else -(-need.quantity * 4 // 3)
    wanted = Wanted(need.site, need.item, much, need.limit_at, need=need.need)
    yield _handles(me, dice, 25 * SECOND)
    yield from _send(me, wanted, 1, _way(me, careful=careful))


def serve_order(me: Person, order: str) -> Work:
    """Send what an approved request asks for."""
    record = me.state.orders.get(order)
    if record is None:
        return
    event = record.event
    dice = me.dice(f"order:{event.site}:{event.item}")
    wanted = Wanted(event.site, event.item, event.quantity, me.now + _GIVE_UP, order=order)
    if me.has_seen(record.requested.at) and outstanding(me.state, wanted) <= 0:
        return
    yield _handles(me, dice, 20 * SECOND)
    yield from _send(me, wanted, 1, _way(me, careful=dice.chance(me.habits.judges)))


def _way(me: Person, *, careful: bool) -> Supplying:
    return me.habits.profile.supplying or ("soonest" if careful else "first-depot")


def _send(me: Person, wanted: Wanted, trip: int, way: Supplying) -> Work:
    """Send one trip after the other; wait for vehicles and stock without giving it attention."""
    while (left := outstanding(me.state, wanted)) > 0:
        load = next_load(me.plan, me.state.ledger, wanted, left, me.now, way=way)
        if load is None or load.ready_at > me.now:
            again_at = load.ready_at if load else me.now + _LOOK_AGAIN
            if again_at <= wanted.limit_at + _GIVE_UP:
                again = partial(_send, me, wanted, trip + 1, way)
                name = f"send:{wanted.name}{wanted.order}:{trip}"
                me.plans_later(name, again_at, again, f"send:{wanted.name}:{trip}")
            return
        dice = me.dice(f"send:{wanted.name}:{trip}")
        yield _handles(me, dice, 15 * SECOND)
        dispatched = me.does(
            DispatchSupplies(
                depot=load.depot,
                site=wanted.site,
                item=wanted.item,
                quantity=load.quantity,
                need=wanted.need,
                order=wanted.order,
            )
        )
        trip += 1
        # Its own shipment comes back as news, without which the board would show it as not sent:
        # live at the real time, which has gone on. Or somebody was faster with the vehicle or the
        # stock, or the way has just been closed.
        seen_at = dispatched[-1].at if dispatched else me.now + 30 * SECOND
        yield me.waits(max(0, seen_at - me.now))


def sent(shipment: SuppliesDispatched) -> str:
    """What a shipment is about, the same in every run."""
    return f"{shipment.need or shipment.site}:{shipment.depot}:{shipment.quantity}"


def receive(me: Person, shipment: SuppliesDispatched) -> Work:
    """Confirm the receipt of one's own shipment, if it comes to mind."""
    record = me.state.shipments.get(shipment.shipment)
    if record and record.received and me.has_seen(record.received.at):
        return
    dice = me.dice(f"receive:{sent(shipment)}")
    if dice.chance(me.habits.remembers):
        yield _handles(me, dice, 10 * SECOND)
        me.does(ReceiveSupplies(shipment=shipment.shipment))
