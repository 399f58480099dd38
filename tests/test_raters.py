"""Agreement of raters and weights from comparisons, against published numbers."""

import pytest
from worlds_result import Drill

from drillkit.words import say
from scoring.result.raters import agreement, alpha, priorities, verdict

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


def _rated(tasks: int) -> Drill:
    drill = Drill()
    for n in range(tasks):
        drill.rate(5, f"task-{n}", "PSMU"[n % 4], "a")
        drill.rate(6, f"task-{n}", "PSMU"[n % 4], "b")
    return drill.rate(7, "task-0", "not-observed", "c").rate(7, "lonely", "P", "a")


def test_the_agreement_of_a_drill_is_shown_from_ten_tasks_rated_twice():
    assert agreement(Drill().state()) is None
    assert agreement(_rated(9).state()) is None
    found = agreement(_rated(10).state())
    assert found.alpha == 1.0
    assert say("en", found.words) == "The raters agree reliably"
