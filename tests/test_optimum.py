"""What could have been delivered is found exactly, and deprivation in closed form."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_scoring import HOUR, a_plan, both, named

from drillkit.core.ledger import Ledger
from drillkit.model.base import MINUTE
from drillkit.model.plan import Plan
from scoring.process.deprivation import deprivation, gini, shared_credit
from scoring.process.optimum import Demand, Source, Travel, assign, sources, travels


def the_plan(*, stock: int = 20) -> Plan:
    return a_plan(
        items=[named("kit", unit=both("piece"))],
        sites=[named("north"), named("south")],
        depots=[named("store", stock=[{"item": "kit", "quantity": stock}])],
        routes=[
            {"depot": "store", "site": site, "time": 10 * MINUTE} for site in ("north", "south")
        ],
    )


# -- the optimum -----------------------------------------------------------------------------------

lots = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.integers(0, 6)), max_size=3)
wants = st.lists(
    st.tuples(
        st.sampled_from("xy"),
        st.integers(1, 4),
        st.integers(0, 5),
        st.integers(1, 10),
        st.sampled_from([1, 3, 5]),
    ),
    min_size=1,
    max_size=3,
)
legs = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.integers(0, 5), st.integers(1, 6)),
    max_size=5,
)


def brute_force(
    stock: tuple[Source, ...], demands: tuple[Demand, ...], ways: tuple[Travel, ...]
) -> float:
    """The greatest weighted fill, by trying every way to hand out every lot."""

    def reaches(lot: Source, demand: Demand) -> bool:
        return any(
            way.depot == lot.depot
            and way.site == demand.site
            and max(lot.since, demand.arose, way.since) + way.time <= demand.limit_at
            and (way.until is None or max(lot.since, demand.arose, way.since) < way.until)
            for way in ways
        )

    def best(lot: int, left: tuple[int, ...]) -> float:
        if lot == len(stock):
            return 0.0
        return max(
            sum(demand.urgency * units for demand, units in zip(demands, given_, strict=True))
            + best(lot + 1, tuple(a - b for a, b in zip(left, given_, strict=True)))
            for given_ in hand_out(stock[lot], left)
        )

    def hand_out(lot: Source, left: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        def share(place: int, units: int) -> Iterator[tuple[int, ...]]:
            if place == len(demands):
                yield ()
                return
            most = min(units, left[place]) if reaches(lot, demands[place]) else 0
            for mine in range(most + 1):
                for rest in share(place + 1, units - mine):
                    yield (mine, *rest)

        yield from share(0, lot.quantity)

    return best(0, tuple(demand.quantity for demand in demands))


@given(lots, wants, legs)
def test_the_assignment_is_as_good_as_any(lots, wants, legs):
    stock = tuple(Source(depot, "kit", units, since) for depot, units, since in lots)
    demands = tuple(
        Demand(f"n{place}", site, "kit", units, arose, arose + within, urgency)
        for place, (site, units, arose, within, urgency) in enumerate(wants)
    )
    ways = tuple(Travel(depot, site, since, since + 4, time) for depot, site, since, time in legs)
    best = assign(stock, demands, ways)
    reached = sum(
        demand.urgency * sum(part.quantity for part in best[demand.need]) for demand in demands
    )
    assert reached == brute_force(stock, demands, ways)
    for demand in demands:
        assert sum(part.quantity for part in best[demand.need]) <= demand.quantity
        assert all(demand.arose < part.at <= demand.limit_at for part in best[demand.need])


def test_a_less_urgent_need_gives_way_to_a_route_of_its_own():
    stock = (Source("a", "kit", 5), Source("b", "kit", 5))
    demands = (Demand("low", "x", "kit", 5, 0, 9, 1), Demand("high", "y", "kit", 5, 0, 9, 5))
    ways = (
        Travel("a", "x", 0, None, 1),
        Travel("a", "y", 0, None, 1),
        Travel("b", "x", 0, None, 2),
    )
    best = assign(stock, demands, ways)
    assert best == {"high": ((1, 5),), "low": ((2, 5),)}


def test_an_earlier_assignment_is_rerouted_where_that_frees_a_unit():
    stock = (Source("a", "kit", 5), Source("b", "kit", 5))
    demands = (Demand("low", "x", "kit", 5, 0, 9, 1), Demand("high", "y", "kit", 5, 0, 9, 5))
    ways = (
        Travel("a", "x", 0, None, 1),
        Travel("a", "y", 0, None, 1),
        Travel("b", "y", 0, None, 2),
    )
    best = assign(stock, demands, ways)
    assert best == {"high": ((2, 5),), "low": ((1, 5),)}


def test_stock_that_was_lost_could_have_left_before():
    ledger = Ledger()
    ledger.open(the_plan(stock=10))
    ledger.changes = [(5, "store", "kit", 4), (8, "store", "kit", -6)]
    assert sources(ledger) == (
        Source("store", "kit", 8),
        Source("store", "kit", 2, 0, 8),
        Source("store", "kit", 4, 5, 8),
    )


def test_a_route_holds_until_it_changes():
    plan, ledger = the_plan(), Ledger()
    ledger.open(plan)
    ledger.reroutes = [(5, "store", "north", None), (9, "store", "north", 7)]
    assert set(travels(plan, ledger)) == {
        Travel("store", "south", 0, None, 10 * MINUTE),
        Travel("store", "north", 0, 5, 10 * MINUTE),
        Travel("store", "north", 9, None, 7),
    }


# -- the arithmetic --------------------------------------------------------------------------------

steps = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 8)), max_size=4).map(sorted)


def lacking(quantity: int, arrivals, minute: int) -> int:
    there = sum(units for came, units in arrivals if came <= minute)
    return max(0, quantity - there)


@given(steps, st.integers(0, 30), st.integers(1, 10), st.integers(30, 100))
def test_linear_deprivation_is_the_sum_over_minutes(arrivals, arose, quantity, until):
    arrivals = [(max(arose, came), units) for came, units in arrivals]
    expected = sum(lacking(quantity, arrivals, minute) for minute in range(arose, until))
    got = deprivation(
        3.0,
        quantity,
        arose * MINUTE,
        [(came * MINUTE, units) for came, units in arrivals],
        until=until * MINUTE,
    )
    assert got == pytest.approx(3 * expected)


@given(steps, st.integers(1, 10), st.integers(2, 60))
def test_convex_deprivation_is_the_integral_of_a_doubling(arrivals, quantity, half_life):
    until, fine = 100, 20
    expected = sum(
        lacking(quantity, arrivals, point // fine)
        * 2 ** min(10, (point + 0.5) / fine / half_life)
        / fine
        for point in range(until * fine)
    )
    got = deprivation(
        1.0,
        quantity,
        0,
        [(came * MINUTE, units) for came, units in arrivals],
        until=until * MINUTE,
        half_life=half_life * MINUTE,
    )
    assert got == pytest.approx(expected, rel=2e-3)


def test_convex_deprivation_of_a_day_with_a_short_half_life_is_finite():
    assert deprivation(1, 1, 0, (), until=24 * HOUR, half_life=1000) < 1e7


parts = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=6)


@given(parts)
def test_shared_credit_adds_up_to_what_was_got(parts):
    got, best = [got for got, _ in parts], [best for _, best in parts]
    credit = shared_credit(got, best)
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in credit)
    earned = sum(share * part for share, part in zip(credit, best, strict=True))
    assert earned == pytest.approx(min(sum(got), sum(best)), abs=1e-9)


def test_equal_fill_has_no_inequality():
    assert gini([(0.3, 0.5), (0.7, 0.5)]) == 0


def test_the_worked_deprivations_come_out():
    rows = [(3.0, 100, 70, 40, 60, 25), (5.0, 60, 60, 30, 60, 20), (5.0, 40, 20, 70, 40, 25)]
    until = 120 * MINUTE

    def whole(sent) -> float:
        return sum(deprivation(w, d, 0, arrivals, until=until) for w, d, arrivals in sent)

    assert whole((w, d, ()) for w, d, *_ in rows) == 96_000
    assert whole((w, d, [(at * MINUTE, x)]) for w, d, x, at, _, _ in rows) == 47_200
    assert whole((w, d, [(at * MINUTE, x)]) for w, d, _, _, x, at in rows) == 29_900
