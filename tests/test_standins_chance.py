"""The dice of stand-ins, and what a skill makes of a person."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillkit.model.base import MINUTE, SECOND
from drillkit.standins.dice import Dice, normal
from drillkit.standins.habits import Habits, skilled


def test_the_normal_quantile_is_close_to_the_tables_and_symmetric() -> None:
    for probability, z in ((0.5, 0.0), (0.8413447, 1.0), (0.975, 1.959964), (0.999, 3.090232)):
        assert normal(probability) == pytest.approx(z, abs=5e-4)
        assert normal(1 - probability) == pytest.approx(-z, abs=5e-4)
    assert normal(0.0) < -5 < 5 < normal(1.0)


def test_durations_scatter_around_their_median_and_take_at_least_a_second() -> None:
    drawn = [Dice(7, "role", f"thing {n}").lasts(60 * SECOND, 0.35) for n in range(400)]
    assert median(drawn) == pytest.approx(60 * SECOND, rel=0.1)
    assert min(drawn) < 45 * SECOND < 80 * SECOND < max(drawn)
    assert Dice(7, "role", "thing").lasts(0, 0.35) == SECOND


def test_a_choice_by_weight_never_takes_what_weighs_nothing() -> None:
    drawn = {Dice(1, "role", str(n)).one_of([0.0, 1.0, 3.0, 0.0]) for n in range(60)}
    assert drawn == {1, 2}


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_skill_is_never_slower_or_less_mindful(one, other) -> None:
    less, more = Habits(skilled(min(one, other))), Habits(skilled(max(one, other)))
    assert more.slowness <= less.slowness
    assert more.remembers >= less.remembers
    assert more.judges >= less.judges
    assert more.answers >= less.answers
    assert more.strays <= less.strays
    assert more.travelling(10 * MINUTE, 0.5) <= less.travelling(10 * MINUTE, 0.5)
    assert 10 * MINUTE <= less.travelling(10 * MINUTE, 1.0) <= 22 * MINUTE


def test_a_text_takes_its_time_in_whatever_language_it_is() -> None:
    expert = Habits(skilled(1.0))
    read = [expert.reading(text) for text in ("", "a" * 150, "水" * 50, "a" * 150 + "水" * 50)]
    assert [round(time / read[0], 2) for time in read] == [1.0, 4.33, 4.33, 7.67]


@pytest.mark.parametrize("skill", [-0.1, 1.01, float("nan")])
def test_a_skill_is_from_0_to_1(skill) -> None:
    with pytest.raises(ValueError, match="skill"):
        skilled(skill)
