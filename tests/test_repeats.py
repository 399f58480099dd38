"""Reports filed again and notices given too early: neither answers what comes up later."""

from dataclasses import replace

import worlds
from worlds_standins import played

from drillkit.model.base import MINUTE
from drillkit.model.commands import Arrive, FileReport, NotifyCustomer
from drillkit.model.text import Prose

REPORT = FileReport(
    rule="first-report", elements={"place": Prose("The gate"), "time": Prose("9:00")}
)


def owing_twice():
    once = worlds.SCENARIO["report"][0]
    return worlds.a_scenario(report=[once, {**once, "id": "again", "after": "call"}])


def test_a_report_that_repeats_an_earlier_one_leaves_open_what_fell_due_since() -> None:
    play = worlds.Play(owing_twice()).minutes(3)
    play.do("liaison", Arrive())
    play.do("liaison", REPORT)
    play.minutes(11)
    play.do("liaison", REPORT)
    due = play.session.state.due
    assert (bool(due["tell-office"].filed), bool(due["again"].filed)) == (True, False)
    play.do(
        "liaison", replace(REPORT, elements={"place": Prose("The ward"), "time": Prose("9:08")})
    )
    assert due["again"].filed


def test_stand_ins_say_in_a_later_report_how_it_stands_now() -> None:
    state = played(1.0, scenario=owing_twice()).state
    assert all(record.filed for record in state.due.values())
    first, second = (record.event.elements["place"] for record in state.reports.values())
    assert first != second


def test_who_told_a_customer_before_the_risk_arose_may_tell_again() -> None:
    play = worlds.Play().minutes(1)
    play.do("liaison", Arrive())
    play.do("liaison", NotifyCustomer(customer="clinic", text=Prose("Be prepared.")))
    play.minutes(3)
    customer = play.session.state.customers["clinic"]
    assert customer.early.at == MINUTE
    assert customer.notified is None
    play.do("liaison", NotifyCustomer(customer="clinic", text=Prose("Water at the gate.")))
    assert customer.notified.at == 3 * MINUTE
