"""Supply allocation is scored as scoring model 4.2 says, against what could have been delivered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_scoring import (
    HOUR,
    Log,
    a_need,
    a_plan,
    a_scenario,
    an_inject,
    both,
    named,
    role,
    weights,
    worked_supplies,
)

from drillkit.model import events as ev
from drillkit.model.base import MINUTE
from drillkit.model.plan import Plan
from drillkit.model.text import Line
from scoring.assessment import Score
from scoring.measure import Measure
from scoring.process import supplies


def the_plan(*, stock: int = 20, floor: int = 0):
    return a_plan(
        roles=[role("lead"), role("supplies", may=["supply"])],
        items=[named("kit", unit=both("piece"), floor=floor)],
        sites=[named("north"), named("south")],
        depots=[
            named(
                "store",
                stock=[{"item": "kit", "quantity": stock}],
                vehicles=[named("van", capacity=100)],
            )
        ],
        routes=[
            {"depot": "store", "site": site, "time": 10 * MINUTE} for site in ("north", "south")
        ],
    )


def the_log(*, stock: int = 20, floor: int = 0, north=None, south=None) -> Log:
    needs = [a_need("north", **(north or {})), a_need("south", **(south or {}))]
    outfit = {"options": [named("go", exposes="north"), named("wait")]}
    scenario = a_scenario(needs=needs, injects=[an_inject("first", **outfit)])
    log = Log(the_plan(stock=stock, floor=floor), scenario)
    log.need(0, "north", HOUR)
    log.need(0, "south", HOUR)
    return log


def rated(log: Log, now: int = 2 * HOUR) -> Score:
    return supplies(log.state(), now, weights())


def leaf(score: Score, id: str) -> Measure:
    queue = [score.measure]
    while queue:
        node = queue.pop()
        if node.id == id:
            return node
        queue.extend(node.children)
    raise KeyError(id)


def test_the_worked_example_comes_out():
    got = rated_worked()
    terms = {child.id.removeprefix("supplies."): child for child in got.measure.children}
    # Quantities count in needs of the usual size: 200 kits over three needs.
    usual = 200 / 3
    fill, timeliness = terms["fill"], terms["timeliness"]
    assert usual * sum(child.weight for child in fill.children) == pytest.approx(680)
    earned = sum(child.weight * child.point for child in fill.children)
    assert usual * earned == pytest.approx(610)
    assert usual * sum(child.weight for child in timeliness.children) == pytest.approx(
        96_000 - 29_900
    )
    earned = sum(child.weight * child.point for child in timeliness.children)
    assert usual * earned == pytest.approx(96_000 - 47_200)
    assert round(terms["timeliness"].point, 3) == 0.738
    assert round(1 - terms["fairness"].point, 3) == 0.127
    assert (terms["thrift"].point, terms["procedure"].point) == (1.0, 0.8)
    assert (round(got.point, 1), got.coverage) == (85.0, 1.0)
    assert got.bucket == "score.bucket-supplies-short"
    assert got.diagnostics["min-fill"] == 0.5


def rated_worked() -> Score:
    return supplies(worked_supplies(), 2 * HOUR, weights())


def test_a_need_of_many_small_things_weighs_no_more_than_one_of_few_great_things():
    plan = the_plan().model_dump(mode="json")
    plan["item"].append(named("pump", unit=both("piece")))
    plan["depot"][0]["stock"].append({"item": "pump", "quantity": 2})
    needs = [a_need("north") | {"quantity": 20}, a_need("south") | {"quantity": 2, "item": "pump"}]
    log = Log(Plan.model_validate(plan), a_scenario(needs=needs))
    log.need(0, "north", HOUR)
    log.need(0, "south", HOUR)
    log.ship(0, 10 * MINUTE, "s1", "south", 2, item="pump")
    assert leaf(rated(log), "supplies.fill").point == 0.5


def test_a_need_whose_deprivation_grows_weighs_no_more_than_another():
    log = the_log(north={"half_life": 5 * MINUTE})
    log.ship(0, 10 * MINUTE, "s1", "south", 10)
    log.end(HOUR)
    north, south = leaf(rated(log), "supplies.timeliness").children
    # Convex deprivation makes the first minutes matter less, and so the best a little better.
    assert south.weight < north.weight < HOUR / MINUTE


def test_a_need_that_is_due_at_once_harms_no_arithmetic():
    log = the_log()
    log.need(0, "north", 0)
    assert leaf(rated(log, 0), "supplies.fill.north").standing == "not-applicable"


def test_without_needs_nothing_applies():
    assert rated(Log(the_plan(floor=5))).measure.standing == "not-applicable"


# -- windows ---------------------------------------------------------------------------------------


def test_an_unmet_need_is_open_until_its_deadline_and_nothing_from_then_on():
    log = the_log()
    assert leaf(rated(log, HOUR - 1), "supplies.fill.north").standing == "not-observed"
    assert leaf(rated(log, HOUR), "supplies.fill.north").point == 0.0


def test_a_met_need_counts_at_once():
    log = the_log()
    log.ship(0, 10 * MINUTE, "s1", "north", 10)
    got = rated(log, 11 * MINUTE)
    assert leaf(got, "supplies.fill.north").point == 1.0
    assert leaf(got, "supplies.timeliness.north").point == 1.0
    assert leaf(got, "supplies.fill.south").standing == "not-observed"


def test_a_drill_that_ended_early_leaves_its_needs_open():
    log = the_log()
    log.end(30 * MINUTE)
    assert leaf(rated(log), "supplies.fill.north").standing == "not-observed"


def test_what_comes_after_the_deadline_fills_nothing():
    log = the_log()
    log.ship(HOUR, HOUR + 1, "s1", "north", 10)
    assert leaf(rated(log), "supplies.fill.north").point == 0.0


def test_a_need_that_nothing_could_reach_does_not_apply():
    log = the_log()
    log.add(0, ev.RouteChanged(depot="store", site="north", time=None))
    got = rated(log)
    assert leaf(got, "supplies.fill.north").standing == "not-applicable"
    assert leaf(got, "supplies.fill.south").point == 0.0


def test_scarce_stock_is_measured_against_what_could_be_had():
    log = the_log(stock=10, north={"urgency": 5})
    log.ship(0, 10 * MINUTE, "s1", "north", 10)
    got = rated(log)
    assert leaf(got, "supplies.fill").point == 1.0


def test_stock_that_came_later_can_only_leave_later():
    log = the_log(stock=10)
    log.add(55 * MINUTE, ev.StockChanged(depot="store", item="kit", by=10))
    assert leaf(rated(log), "supplies.fill.south").standing == "not-applicable"
    log.add(50 * MINUTE, ev.StockChanged(depot="store", item="kit", by=10))
    assert leaf(rated(log), "supplies.fill.south").standing == "value"


# -- fairness, thrift, reserve ---------------------------------------------------------------------


def test_giving_all_to_one_of_two_equal_points_is_half_unfair():
    log = the_log()
    log.ship(0, 10 * MINUTE, "s1", "north", 10)
    assert leaf(rated(log), "supplies.fairness.kit").point == 0.5


def test_fairness_does_not_apply_when_nothing_came():
    assert leaf(rated(the_log()), "supplies.fairness.kit").standing == "not-applicable"


def test_what_nobody_needed_was_wasted():
    log = the_log(stock=40)
    log.ship(0, 10 * MINUTE, "s1", "north", 15)
    log.ship(0, 10 * MINUTE, "s2", "", 5)
    assert leaf(rated(log), "supplies.thrift.excess.kit").point == 0.5


def test_the_reserve_is_judged_at_the_end():
    log = the_log(stock=20, floor=10)
    log.ship(0, 10 * MINUTE, "s1", "north", 10)
    log.ship(0, 10 * MINUTE, "s2", "south", 5)
    assert leaf(rated(log), "supplies.thrift.reserve.kit").standing == "not-observed"
    log.end(2 * HOUR)
    assert leaf(rated(log), "supplies.thrift.reserve.kit").point == 0.5


def test_a_reserve_that_the_scenario_took_is_not_asked_for():
    log = the_log(stock=20, floor=10)
    log.add(0, ev.StockChanged(depot="store", item="kit", by=-20))
    log.end(2 * HOUR)
    assert leaf(rated(log), "supplies.thrift.reserve.kit").standing == "not-applicable"


# -- procedure -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "earned"),
    [
        ({"received": 15 * MINUTE}, 1.0),
        ({"received": 21 * MINUTE}, 0.0),
        ({}, 0.0),
        ({"received": 15 * MINUTE, "authorised": False}, 0.0),
        ({"received": 15 * MINUTE, "vehicle": ""}, 0.0),
    ],
)
def test_a_shipment_passes_every_check_or_earns_nothing(more, earned):
    log = the_log()
    log.ship(0, 10 * MINUTE, "s1", "north", 10, **more)
    assert leaf(rated(log), "supplies.procedure.s1").point == earned


@pytest.mark.parametrize(("declined", "earned"), [(False, 1.0), (True, 0.0)])
def test_a_shipment_serves_a_need_or_a_request_that_nobody_declined(declined, earned):
    log = the_log()
    request = ev.SuppliesRequested(order="o1", role="lead", site="north", item="kit", quantity=10)
    log.add(0, request, by="lead")
    if declined:
        log.add(0, ev.RequestDeclined(order="o1", role="lead", why=Line("no")), by="lead")
    log.ship(0, 10 * MINUTE, "s1", "north", 10, received=15 * MINUTE, order="o1")
    log.ship(0, 10 * MINUTE, "s2", "", 1, received=15 * MINUTE)
    assert leaf(rated(log), "supplies.procedure.s1").point == earned
    assert leaf(rated(log), "supplies.procedure.s2").point == 0.0


@pytest.mark.parametrize(("share", "earned"), [(1, 1.0), (4 / 3, 1.0), (1.4, 0.0)])
def test_a_shipment_brings_no_more_than_was_still_asked_for_and_a_third(share, earned):
    log = the_log()
    asked = next(need.quantity for need in log.scenario.needs if need.id == "north")
    log.ship(0, 10 * MINUTE, "s1", "north", round(asked * share), received=15 * MINUTE)
    assert leaf(rated(log), "supplies.procedure.s1").point == earned


def test_a_receipt_may_still_come_within_ten_minutes():
    log = the_log()
    log.ship(0, 10 * MINUTE, "s1", "north", 10)
    assert leaf(rated(log, 20 * MINUTE - 1), "supplies.procedure.s1").standing == "not-observed"
    assert leaf(rated(log, 20 * MINUTE), "supplies.procedure.s1").point == 0.0


# -- protection and the record form ----------------------------------------------------------------


@pytest.mark.parametrize(("sent", "bucket"), [(8, None), (7, "most"), (6, "few")])
def test_sending_people_without_protection_caps_the_score(sent, bucket):
    log = the_log(north={"protects": 8})
    log.ship(0, 10 * MINUTE, "s1", "north", sent)
    answer = ev.ResponseGiven(inject="first", role="lead", options=("go",))
    mark = log.add(20 * MINUTE, answer, by="lead")
    got = rated(log)
    expected = [] if bucket is None else [(74.0, "score.cap-unprotected", (mark,))]
    assert [(cap.ceiling, cap.words, cap.entries) for cap in got.caps] == expected
    assert got.diagnostics["protection"] == f"score.bucket-protected-{bucket or 'all'}"


def test_protection_that_comes_after_the_order_comes_too_late():
    log = the_log(north={"protects": 8})
    log.add(5 * MINUTE, ev.ResponseGiven(inject="first", role="lead", options=("go",)), by="lead")
    log.ship(0, 10 * MINUTE, "s1", "north", 10)
    got = rated(log)
    assert [cap.values["equipped"] for cap in got.caps] == [0]


def test_waiting_exposes_nobody():
    log = the_log(north={"protects": 8})
    log.add(5 * MINUTE, ev.ResponseGiven(inject="first", role="lead", options=("wait",)), by="lead")
    assert rated(log).caps == ()


@pytest.mark.parametrize(
    ("north", "south", "bucket"),
    [(10, 10, "ample"), (10, 5, "short"), (5, 5, "lacking"), (4, 10, "lacking")],
)
def test_the_record_form_says_whether_supplies_sufficed(north, south, bucket):
    log = the_log(north={"life_critical": True})
    log.ship(0, 10 * MINUTE, "s1", "north", north)
    log.ship(0, 10 * MINUTE, "s2", "south", south)
    assert rated(log).bucket == f"score.bucket-supplies-{bucket}"


def test_the_record_form_waits_while_needs_are_open():
    assert rated(the_log(), MINUTE).bucket == ""


@given(
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 8)), min_size=1, max_size=4),
    st.integers(0, 40),
    st.integers(30, 120),
)
def test_delivering_earlier_never_scores_less(shipments, earlier, end):
    def points(shift: int) -> Score:
        log = the_log(north={"urgency": 5, "half_life": 20 * MINUTE})
        for place, (minute, units) in enumerate(shipments):
            came = min(end, max(1, minute - shift)) * MINUTE
            site = ("north", "south")[place % 2]
            log.ship(0, came, f"s{place}", site, units, received=came)
        log.end(end * MINUTE)
        return rated(log)

    late, early = points(0), points(earlier)
    assert early.lo >= late.lo - 1e-9
    assert early.hi - early.lo == pytest.approx(100 * (1 - early.coverage))
    for node in (late.measure, *late.measure.children):
        if node.point is not None:
            assert node.lo - 1e-9 <= node.point <= node.hi + 1e-9
