"""The way of a lesson: every step there is, and the sentence for every one that is none."""

from typing import get_args

import pytest
from worlds_lessons import DAY, a_lesson, a_step

from drillkit.lessons import LessonFault
from drillkit.lessons.steps import WAYS, assigned, first_fault, stepped
from drillkit.model.lesson import Status

STATUSES: tuple[Status, ...] = get_args(Status)
LEGAL = {
    ("identified", "agreed"),
    ("identified", "rejected"),
    ("agreed", "implemented"),
    ("agreed", "rejected"),
    ("implemented", "verified"),
    ("implemented", "rejected"),
    ("verified", "identified"),
}


@pytest.mark.parametrize("to", STATUSES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_lesson_goes_only_the_ways_there_are(status: Status, to: Status):
    lesson = a_lesson(status)
    if (status, to) in LEGAL:
        assert stepped(lesson, a_step(to)).status == to
    else:
        with pytest.raises(LessonFault, match="no-way") as refused:
            stepped(lesson, a_step(to))
        for lang in ("en", "zh"):
            assert lesson.id in refused.value.in_(lang)


def test_the_table_of_ways_is_the_one_in_the_code():
    assert {(one, other) for one, others in WAYS.items() for other in others} == LEGAL


def test_a_refusal_names_both_statuses_in_the_readers_language():
    with pytest.raises(LessonFault) as refused:
        stepped(a_lesson("identified"), a_step("verified"))
    assert "is identified; from there it cannot become verified (learned)" in refused.value.in_(
        "en"
    )
    assert "已识别" in refused.value.in_("zh")


@pytest.mark.parametrize(
    ("status", "step", "key"),
    [
        ("agreed", a_step("implemented", why=""), "register.implemented-why"),
        ("identified", a_step("rejected", why=""), "register.rejected-why"),
        ("implemented", a_step("verified", entries=()), "register.verified-evidence"),
        ("identified", a_step("agreed", on="2027-01-01"), "register.before-last"),
        ("identified", a_step("agreed", on="15.1.2027"), "register.bad-day"),
        ("identified", a_step("agreed", on="20270115"), "register.bad-day"),
    ],
)
def test_a_step_needs_its_reason_its_evidence_and_its_day(status: Status, step, key: str):
    with pytest.raises(LessonFault) as refused:
        stepped(a_lesson(status), step)
    assert refused.value.key == key


def test_assigning_changes_owner_and_due_and_leaves_the_status():
    lesson = assigned(a_lesson("agreed"), owner="aide", due="2027-03-01", on=DAY, by="Safety")
    assert (lesson.status, lesson.owner, lesson.due) == ("agreed", "aide", "2027-03-01")
    assert lesson.steps[-1].to == "assigned"
    assert assigned(lesson, owner="", due="2027-04-01", on=DAY, by="S").owner == "aide"


@pytest.mark.parametrize(
    ("status", "owner", "due", "key"),
    [
        ("verified", "aide", "", "register.not-open"),
        ("rejected", "aide", "", "register.not-open"),
        ("agreed", "", "", "register.assign-what"),
        ("agreed", "", "2027-01-14", "register.due-past"),
        ("agreed", "", "soon", "register.bad-day"),
    ],
)
def test_only_an_open_lesson_is_assigned_to_a_day_to_come(
    status: Status, owner: str, due: str, key: str
):
    with pytest.raises(LessonFault) as refused:
        assigned(a_lesson(status), owner=owner, due=due, on=DAY, by="Safety")
    assert refused.value.key == key


def test_steps_written_by_hand_are_gone_through_as_well():
    lesson = a_lesson("implemented")
    assert first_fault(lesson) is None
    skipped = lesson.model_copy(update={"steps": (lesson.steps[0], *lesson.steps[2:])})
    place, fault = first_fault(skipped) or (None, None)
    assert place == 1
    assert fault is not None
    assert fault.key == "register.no-way"
    headless = lesson.model_copy(update={"steps": lesson.steps[1:]})
    assert first_fault(headless) is not None
