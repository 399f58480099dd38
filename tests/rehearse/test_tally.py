"""Many runs added up: the same in any order, exact, and small."""

import pickle
from random import Random
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillkit.rehearse.numbers import Run
from drillkit.rehearse.tally import Count, Crash, Sums, Tally, merged, wilson

numbers = st.dictionaries(
    st.sampled_from(["score/combined", "met/bags", "busy/medic"]),
    st.one_of(st.none(), st.integers(-(10**6), 10**6)),
)
courses = st.dictionaries(
    st.sampled_from(["busy/medic", "stock/north/bag"]), st.lists(st.integers(0, 1000), max_size=5)
)
runs = st.lists(st.builds(Run, numbers, courses), max_size=12)


def tallied(some: list[Run]) -> Tally:
    tally = Tally()
    for run in some:
        tally.add(run)
    return tally


@given(runs, st.integers(0, 2**32), st.integers(1, 5))
def test_the_sum_is_the_same_however_the_runs_are_dealt_out(some, seed, parts) -> None:
    whole = tallied(some)
    dealt: list[list[Run]] = [[] for _ in range(parts)]
    dice = Random(seed)
    for run in some:
        dealt[dice.randrange(parts)].append(run)
    dice.shuffle(dealt)
    assert merged(tallied(part) for part in dealt) == whole


@given(st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=40))
def test_mean_deviation_and_quantiles_are_those_of_the_values(values) -> None:
    count = Count()
    for value in values:
        count.add(value)
    assert count.mean() == pytest.approx(mean(values))
    assert count.deviation() == pytest.approx(stdev(values), abs=1e-6)
    ordered = sorted(values)
    assert count.quantile(0.0) == ordered[0]
    assert count.quantile(1.0) == ordered[-1]
    assert count.quantile(0.5) == ordered[(len(ordered) + 1) // 2 - 1]
    low, high = count.mean_within() or (0, 0)
    assert low <= mean(values) <= high


def test_what_did_not_happen_is_counted_and_never_a_value() -> None:
    count = Count()
    for value in (5, None, 9, None, None):
        count.add(value)
    assert (count.runs, count.happened, count.missing) == (5, 2, 3)
    assert count.mean() == 7
    assert count.at_most(5) == 1
    assert Count().mean() is None
    assert Count().quantile(0.5) is None
    assert Count().deviation() is None


def test_courses_of_unequal_length_have_a_mean_where_there_is_one() -> None:
    sums = Sums()
    sums.add([2, 4])
    sums.add([4])
    assert sums.means() == [3.0, 4.0]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_chance_is_wilsons(hits, of, low, high) -> None:
    assert wilson(hits, of) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_without_a_run_a_chance_is_anything() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_crashes_stand_in_the_order_of_their_runs() -> None:
    first, last = Tally(crashes=[Crash(9, 10, "b")]), Tally(crashes=[Crash(2, 3, "a")])
    assert [crash.index for crash in merged([first, last]).crashes] == [2, 9]


def test_a_tally_does_not_grow_with_the_number_of_runs() -> None:
    def of(count: int) -> int:
        dice, tally = Random(1), Tally()
        for _ in range(count):
            tally.add(Run({"score/combined": dice.randrange(500)}, {"busy/a": [1, 2, 3]}))
        return len(pickle.dumps(tally))

    assert of(20_000) < 1.2 * of(4_000)
