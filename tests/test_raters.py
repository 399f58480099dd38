"""Agreement of raters and weights from comparisons, against published numbers."""

import pytest

from scoring.result.raters import alpha, icc, kappa, priorities, verdict

REFERENCE = (
    "1 2 3 3 2 1 4 1 2 - - -",
    "1 2 3 3 2 2 4 1 2 5 - 3",
    "- 3 3 3 2 3 4 2 2 5 1 -",
    "1 2 3 3 2 4 4 1 2 5 1 -",
)


def rows(*lines: str) -> list[list[float | None]]:
    return [[None if cell == "-" else float(cell) for cell in line.split()] for line in lines]


@pytest.mark.parametrize(("scale", "published"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_of_the_reference_data_is_the_published_one(scale, published):
    assert round(alpha(rows(*REFERENCE), scale), 3) == published


def test_full_agreement_is_one_and_does_not_need_every_rating():
    assert alpha(rows("1 2 3 4", "1 2 - 4", "- 2 3 4")) == 1.0


def test_systematic_disagreement_is_below_chance():
    assert alpha(rows("1 2 1 2", "2 1 2 1"), "nominal") < 0


@pytest.mark.parametrize("lines", [("1 2 3",), ("1 - 3", "- 2 -"), ("2 2 2", "2 2 2")])
def test_nothing_is_said_without_pairs_or_without_variation(lines):
    assert alpha(rows(*lines)) is None


def test_a_near_miss_costs_less_on_the_ordinal_scale_than_a_far_one():
    near = alpha(rows("1 2 3 4 1 4", "1 2 3 4 1 3"))
    far = alpha(rows("1 2 3 4 1 4", "1 2 3 4 1 1"))
    assert near > far


def test_the_verdict_follows_the_two_thresholds():
    assert [verdict(x) for x in (0.80, 0.79, 0.667, 0.66)] == [
        "reliable",
        "tentative",
        "tentative",
        "insufficient",
    ]


def test_ahp_of_the_process_gives_a_quarter_a_quarter_and_a_half():
    weights, ratio = priorities([[1, 1, 0.5], [1, 1, 0.5], [2, 2, 1]])
    assert [round(weight, 6) for weight in weights] == [0.25, 0.25, 0.5]
    assert ratio == pytest.approx(0.0, abs=1e-9)


def test_contradicting_comparisons_are_inconsistent():
    _, ratio = priorities([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]])
    assert ratio > 0.10


def test_two_criteria_cannot_contradict_each_other():
    weights, ratio = priorities([[1, 3], [1 / 3, 1]])
    assert [round(weight, 6) for weight in weights] == [0.75, 0.25]
    assert ratio == 0.0


@pytest.mark.parametrize(
    "matrix", [[[1, 2]], [[1, 2], [2, 1]], [[1, -1], [-1, 1]], [], [[1] * 10] * 10]
)
def test_comparisons_that_are_no_reciprocal_square_are_refused(matrix):
    with pytest.raises(ValueError):
        priorities(matrix)


def test_icc_of_the_table_of_shrout_and_fleiss_is_the_published_one() -> None:
    judged = rows("9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7")
    assert round(icc(judged), 2) == 0.29


# The data set `anxiety` of the R package irr 0.84.1: 20 subjects, 3 raters, a scale from 1 to 6.
# They are printed in statsmodels, statsmodels/stats/tests/test_inter_rater.py, with what
# irr's kappa2(anxiety[,2:3], "squared") gives: 0.2520325. What kappa2(anxiety[,1:2], "squared"),
# the first example of its manual page, and icc(anxiety, "twoway", "agreement") give is in pyirr,
# tests/test_kappa2.py and tests/test_icc.py: 0.297 and 0.198.
ANXIETY = (
    "3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3",
    "3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4",
    "2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2",
)


def test_weighted_kappa_of_two_raters_of_anxiety_is_the_published_one() -> None:
    first, second, _ = rows(*ANXIETY)
    assert round(kappa(first, second), 3) == 0.297


def test_weighted_kappa_of_the_other_two_is_the_published_one_to_seven_digits() -> None:
    # Neither of the two gave a 5, and irr counts only levels that somebody gave: 6 is next to 4.
    _, second, third = rows(*(line.replace("6", "5") for line in ANXIETY))
    assert round(kappa(second, third), 7) == 0.2520325


def test_icc_of_three_raters_of_anxiety_is_the_published_one() -> None:
    assert round(icc(list(zip(*rows(*ANXIETY), strict=True))), 3) == 0.198


def test_weighted_kappa_can_be_worked_out_by_hand() -> None:
    # The squared distances 0 0 1 1 sum to 2; all against all, 16 pairs, they sum to 32.
    assert kappa(*rows("1 2 3 4", "1 2 2 3")) == pytest.approx(1 - 4 * 2 / 32)


def test_kappa_leaves_out_what_only_one_has_rated() -> None:
    assert kappa(*rows("1 2 3 4 4 -", "1 2 2 3 - 1")) == kappa(*rows("1 2 3 4", "1 2 2 3"))


@pytest.mark.parametrize("lines", [("1 -", "- 2"), ("2 2", "2 2")])
def test_no_kappa_without_pairs_or_without_variation(lines) -> None:
    assert kappa(*rows(*lines)) is None


@pytest.mark.parametrize("lines", [(), ("1 2",), ("1", "2"), ("2 2", "2 2")])
def test_no_icc_without_two_units_two_raters_and_variation(lines) -> None:
    assert icc(rows(*lines)) is None


def test_full_agreement_is_one_by_every_coefficient() -> None:
    assert kappa(*rows("1 2 3", "1 2 3")) == 1.0
    assert icc(rows("1 1", "2 2", "3 3")) == pytest.approx(1.0)


def test_a_rater_who_is_always_two_points_stricter_agrees_less_by_icc() -> None:
    assert icc(rows("3 1", "4 2", "5 3")) < icc(rows("3 2", "4 3", "5 4")) < 1.0
