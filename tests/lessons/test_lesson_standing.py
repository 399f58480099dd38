"""How a register stands on a day: counts, ages, what is overdue, how long the closed ones took."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_lessons import a_lesson, a_step

from drillkit.lessons.standing import STATUSES, stand
from drillkit.lessons.steps import stepped
from drillkit.model.lesson import Lesson, Status


def learned(id: str, begun: str, done: str) -> Lesson:
    """A lesson that was identified and verified on these days."""
    lesson = a_lesson(id=id, step=[{"to": "identified", "on": begun, "by": "Safety"}])
    for to in ("agreed", "implemented", "verified"):
        lesson = stepped(lesson, a_step(to, done))
    return lesson


def test_each_state_is_counted_and_one_that_none_is_in_counts_nothing() -> None:
    lessons = [a_lesson(id="a"), a_lesson("agreed", id="b"), a_lesson("rejected", id="c")]
    assert stand(lessons, "2027-03-01").counts == {
        "identified": 1,
        "agreed": 1,
        "implemented": 0,
        "verified": 0,
        "rejected": 1,
    }


@pytest.mark.parametrize(
    ("on", "days"),
    [("2027-01-11", 0), ("2027-02-20", 40), ("2028-01-11", 365), ("2027-01-10", None)],
)
def test_an_open_lesson_is_as_old_as_the_days_since_it_was_identified(
    on: str, days: int | None
) -> None:
    [one] = stand([a_lesson()], on).waiting
    assert one.days == days


@pytest.mark.parametrize(
    ("status", "due", "on", "late"),
    [
        ("identified", "2027-02-15", "2027-02-15", False),
        ("identified", "2027-02-15", "2027-02-16", True),
        ("agreed", "2027-02-15", "2027-02-16", True),
        ("implemented", "2027-02-15", "2027-02-16", False),
        ("identified", "", "2030-01-01", False),
    ],
)
def test_only_what_waits_past_its_day_is_overdue(
    status: Status, due: str, on: str, late: bool
) -> None:
    found = stand([a_lesson(status, due=due)], on)
    assert [one.is_overdue for one in found.waiting] == [late]
    assert found.overdue == late


def test_the_pace_is_that_of_the_verified_lessons_alone() -> None:
    took = (("a", "2027-01-01", "2027-01-11"), ("b", "2027-01-01", "2027-01-31"))
    lessons = [learned(*one) for one in (*took, ("c", "2027-01-01", "2027-04-11"))]
    found = stand([*lessons, a_lesson(id="d"), a_lesson("rejected", id="e")], "2027-06-01")
    assert found.pace == (30, 10, 100, 3)
    assert [one.days for one in found.learned] == [100, 30, 10]


def test_a_register_without_a_verified_lesson_has_no_pace() -> None:
    assert stand([a_lesson()], "2027-06-01").pace is None
    assert stand([], "2027-06-01").course == ()


def test_a_lesson_that_was_seen_again_is_as_old_as_that_day() -> None:
    back = stepped(learned("a", "2027-01-01", "2027-02-01"), a_step("identified", "2027-03-01"))
    found = stand([back], "2027-03-11")
    assert [one.days for one in found.waiting] == [10]
    assert [(one.day, one.opened, one.closed) for one in found.course] == [
        ("2027-01-01", 1, 0),
        ("2027-02-01", 1, 1),
        ("2027-03-01", 2, 1),
    ]


def test_the_overdue_come_first_then_the_oldest() -> None:
    def lesson(id: str, begun: str, due: str = "") -> Lesson:
        return a_lesson(id=id, due=due, step=[{"to": "identified", "on": begun, "by": "S"}])

    lessons = [
        lesson("young", "2027-02-01"),
        lesson("old", "2027-01-01"),
        lesson("late", "2027-02-02", "2027-02-10"),
    ]
    found = stand(lessons, "2027-03-01")
    assert [one.lesson.id for one in found.waiting] == ["late", "old", "young"]


@given(st.lists(st.sampled_from(STATUSES), max_size=8), st.dates().map(str))
def test_every_lesson_is_counted_once_and_the_open_ones_are_what_the_course_leaves(
    statuses: list[Status], on: str
) -> None:
    lessons = [a_lesson(status, id=f"l-{nth}") for nth, status in enumerate(statuses)]
    found = stand(lessons, on)
    assert sum(found.counts.values()) == len(lessons)
    assert len(found.waiting) == sum(one.is_open for one in lessons)
    assert all(a.opened <= b.opened and a.closed <= b.closed for a, b in pairwise(found.course))
    last = found.course[-1] if found.course else None
    assert (last.opened - last.closed if last else 0) == len(found.waiting)
