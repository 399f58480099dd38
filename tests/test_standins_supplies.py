"""What stand-ins do about supplies."""

from collections import Counter

import worlds
from worlds_standins import FLOOD, flooded, played

from drillkit import packs
from drillkit.desk import LocalDesk
from drillkit.journal import MemoryJournal
from drillkit.model.base import FACILITATOR, MINUTE, SECOND
from drillkit.model.commands import StartDrill
from drillkit.rehearse.play import SimClock
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled
from drillkit.standins.stores import Wanted, next_load, outstanding


def test_the_careful_send_from_where_it_is_soonest_there_and_others_from_the_first() -> None:
    play = worlds.Play()
    ledger, plan = play.session.state.ledger, play.session.state.plan
    wanted = Wanted("gate", "bag", 60, 20 * MINUTE, need="bags-gate")
    careful = next_load(plan, ledger, wanted, 60, 0, way="soonest")
    first = next_load(plan, ledger, wanted, 60, 0, way="first-depot")
    assert careful
    assert (careful.depot, careful.quantity) == ("south", 50)
    assert first
    assert (first.depot, first.quantity) == ("north", 60)
    assert (
        next_load(plan, ledger, Wanted("ward", "bag", 9, 0), 9, 0, way="soonest").depot == "north"
    )
    assert next_load(plan, ledger, Wanted("gate", "boat", 9, 0), 9, 0, way="soonest") is None


def test_a_big_need_is_split_by_what_the_vehicles_carry_and_nothing_is_sent_twice() -> None:
    need = {**worlds.SCENARIO["need"][0], "quantity": 120}
    session = played(scenario=worlds.a_scenario(need=[need]))
    sent = [record.event for record in session.state.shipments.values()]
    assert len(sent) == 2
    assert sum(shipment.quantity for shipment in sent) == 120
    wanted = Wanted("gate", "bag", 120, 0, need="bags-gate")
    assert outstanding(session.state, wanted) == 0


def test_who_sees_a_need_but_may_not_send_asks_and_the_commander_approves() -> None:
    need = {**worlds.SCENARIO["need"][0], "known_to": ["liaison"]}
    session = played(scenario=worlds.a_scenario(need=[need]))
    (order,) = session.state.orders.values()
    assert (order.requested.by, order.approved.by) == ("liaison", "commander")
    assert order.shipments
    assert session.state.needs["bags-gate"].is_met


def test_who_hoards_never_sends_more_than_half_of_what_was_in_store() -> None:
    play = worlds.Play()
    ledger, plan = play.session.state.ledger, play.session.state.plan
    wanted = Wanted("gate", "bag", 60, 20 * MINUTE, need="bags-gate")
    load = next_load(plan, ledger, wanted, 60, 0, way="nearest-half")
    assert load
    half = ledger.opening[load.depot, "bag"] // 2
    assert load.quantity == min(60, half)
    ledger.stock[load.depot, "bag"] -= load.quantity
    more = next_load(plan, ledger, wanted, 60 - half, 0, way="nearest-half")
    assert more is None or more.depot != load.depot


def test_what_was_sent_is_seen_before_the_next_trip_is_planned_also_where_vehicles_are_free() -> (
    None
):
    state = flooded(1.0, 1).state
    sent = Counter[str]()
    for record in state.shipments.values():
        sent[record.event.need] += record.event.quantity
    asked = {id: record.event.quantity for id, record in state.needs.items()}
    assert {need for need, quantity in sent.items() if quantity > asked[need]} == set()


def test_nothing_is_sent_twice_where_the_clock_has_run_ahead_of_the_hands() -> None:
    """As live: what a stand-in does is written down at the real time, which has gone on."""
    pack = packs.load(packs.find(FLOOD))
    opening = Opening("f", pack.scenario, pack.plan, worlds.the_weights(), 1)
    session = Session.open(MemoryJournal(), opening, wall=0)
    clock = SimClock(0, 0)
    company = Company(session, clock, session.script.players, profile=skilled(1.0), seed=1)
    LocalDesk(session, FACILITATOR, clock).say(StartDrill())
    for now in range(0, pack.scenario.length, 30 * SECOND):
        clock.at = now
        company.advance(now)
    sent = Counter[str]()
    for record in session.state.shipments.values():
        sent[record.event.need] += record.event.quantity
    needs = session.state.needs
    assert {id for id, record in needs.items() if sent[id] > record.event.quantity} == set()
