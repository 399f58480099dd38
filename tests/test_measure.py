"""Measures add up as the scoring model says; scores are published, capped and adjudicated openly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_scoring import Log, title, weights

from scoring.assessment import Cap
from scoring.grading import footing, grade, join, score, settled
from scoring.measure import Measure, not_applicable, not_observed, total, utility, value

CUTOFFS = weights().cutoffs

leaves = st.one_of(
    st.builds(
        lambda x, w: value("leaf", "score.fill", x, weight=w),
        st.floats(0, 1),
        st.floats(0.1, 10),
    ),
    st.builds(lambda w: not_observed("leaf", "score.fill", weight=w), st.floats(0.1, 10)),
    st.builds(lambda w: not_applicable("leaf", "score.fill", weight=w), st.floats(0.1, 10)),
)
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda children, w: total("sum", "score.fill", children, weight=w),
        st.lists(inner, max_size=5),
        st.floats(0.1, 10),
    ),
    max_leaves=25,
)


@given(trees)
def test_the_interval_is_as_wide_as_what_was_not_seen(tree: Measure):
    if tree.is_applicable:
        assert tree.hi - tree.lo == pytest.approx(1 - tree.coverage, abs=1e-9)


@given(trees)
def test_the_point_lies_within_the_interval(tree: Measure):
    assert -1e-9 <= tree.lo <= tree.hi <= 1 + 1e-9
    if tree.point is not None:
        assert tree.lo - 1e-9 <= tree.point <= tree.hi + 1e-9


@given(st.lists(leaves, min_size=1, max_size=8))
def test_a_flat_sum_is_the_formula_of_the_scoring_model(children: list[Measure]):
    whole = total("sum", "score.fill", children)
    applying = sum(child.weight for child in children if child.standing != "not-applicable")
    observed = [child for child in children if child.standing == "value"]
    seen = sum(child.weight for child in observed)
    got = sum(child.weight * (child.point or 0) for child in observed)
    if not applying:
        assert not whole.is_applicable
        return
    assert whole.lo == pytest.approx(got / applying)
    assert whole.hi == pytest.approx((got + applying - seen) / applying)
    assert whole.point == (pytest.approx(got / seen) if seen else None)


def test_what_does_not_apply_gives_its_weight_to_its_siblings():
    children = [value("a", "score.fill", 0.4), not_applicable("b", "score.fill", weight=9)]
    whole = total("sum", "score.fill", children)
    assert (whole.point, whole.lo, whole.hi, whole.coverage) == (0.4, 0.4, 0.4, 1.0)


def test_a_sum_names_the_entries_of_all_its_leaves_once():
    children = [
        value("a", "score.fill", 1, entries=(7, 3)),
        value("b", "score.fill", 0, entries=(3, 5)),
    ]
    assert total("sum", "score.fill", children).entries == (3, 5, 7)


@pytest.mark.parametrize(
    ("elapsed", "limit", "earned"),
    [(0, None, 1), (60, None, 1), (90, None, 0.5), (120, None, 0), (61, 60, 0), (60, 60, 1)],
)
def test_latency_earns_all_up_to_the_target_and_nothing_from_the_limit(elapsed, limit, earned):
    assert utility(elapsed, 60, limit) == earned


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 200), st.integers(0, 200))
def test_being_earlier_never_earns_less(one: int, other: int, target: int, slack: int):
    early, late = sorted((one, other))
    assert utility(early, target, target + slack) >= utility(late, target, target + slack)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (90.0, "excellent"),
        (89.96, "excellent"),
        (89.94, "good"),
        (75, "good"),
        (60, "fair"),
        (59.9, "poor"),
    ],
)
def test_the_grade_fits_the_number_that_is_shown(points, expected):
    assert grade(points, CUTOFFS) == expected


def test_too_little_coverage_carries_no_grade():
    assert footing(0.45 + 0.35, CUTOFFS) == "graded"
    assert footing(0.79, CUTOFFS) == "provisional"
    thin = total(
        "sum",
        "score.fill",
        [value("a", "score.fill", 1, weight=5), not_observed("b", "score.fill", weight=5)],
    )
    published = score("sum", thin, weights())
    assert (published.footing, published.grade, published.point) == ("insufficient", None, 100)
    assert (published.grade_lo, published.grade_hi) == ("poor", "excellent")


def test_the_lowest_cap_holds_and_the_measured_points_stay_visible():
    caps = [
        Cap(74, "score.cap-late", {"report": title("r")}, (4,)),
        Cap(59, "score.cap-omitted", {"report": title("r")}, (2,)),
    ]
    published = score("a", value("a", "score.fill", 0.95), weights(), caps=caps)
    assert (published.point, published.final, published.grade) == (95, 59, "poor")
    assert [cap.ceiling for cap in published.caps] == [59, 74]


def test_a_capped_part_lowers_the_whole_by_a_cap_that_says_so():
    capped = score(
        "a", value("a", "score.fill", 1.0), weights(), caps=[Cap(50, "score.cap-late", {}, (9,))]
    )
    free = score("b", value("b", "score.fill", 1.0), weights())
    joined = join("sum", "score.process", [(capped, 0.25), (free, 0.75)], weights())
    assert (joined.point, joined.final) == (100, 87.5)
    assert [(cap.words, cap.entries) for cap in joined.caps] == [("score.cap-parts", (9,))]


def test_a_part_without_evidence_does_not_lower_the_whole():
    blank = score("a", not_observed("a", "score.fill"), weights())
    full = score("b", value("b", "score.fill", 1.0), weights())
    joined = join("sum", "score.process", [(blank, 0.5), (full, 0.5)], weights())
    assert (joined.point, joined.lo, joined.hi, joined.coverage) == (100, 50, 100, 0.5)


def test_adjudication_replaces_leaves_by_their_id_and_names_its_entry():
    log = Log()
    ruling = log.adjudicate(5, "t.a", 0.5)
    silence = log.adjudicate(6, "t.b", None)
    tree = total(
        "t",
        "score.fill",
        [
            value("t.a", "score.fill", 1.0, weight=3, entries=(1,)),
            value("t.b", "score.fill", 0.0),
            value("t.c", "score.fill", 1.0),
        ],
    )
    ruled = settled(tree, log.state())
    first, second, third = ruled.children
    assert (first.point, first.weight, first.evidence) == (0.5, 3, "adjudicated")
    assert first.entries == (1, ruling)
    assert second.standing == "not-observed"
    assert second.entries == (silence,)
    assert third is tree.children[2]
    assert ruled.point == pytest.approx(2.5 / 4)


def test_without_adjudication_the_measure_is_the_very_same():
    tree = total("t", "score.fill", [value("t.a", "score.fill", 1.0)])
    assert settled(tree, Log().state()) is tree
    log = Log()
    log.adjudicate(5, "elsewhere", 0.5)
    assert settled(tree, log.state()) is tree
