"""From drill to register and on: what is collected, what is shown again, and which lessons held."""

import pytest
from worlds_lessons import a_lesson, a_sighting, a_step, played
from worlds_result import PLAN, SCENARIO, Drill, two

from drillkit.lessons import LessonFault
from drillkit.lessons.collect import KINDS, found, joined
from drillkit.lessons.follow_up import exercised, proofs, reminder, verdicts
from drillkit.lessons.steps import stepped
from drillkit.model.lesson import Lesson
from scoring.result.lessons import RULES


def late(minute: float = 7) -> Drill:
    return Drill().call(0, "medic").arrive(minute, "medic").end(60)


def collected(drill: Drill, on: str = "2027-01-11") -> list[Lesson]:
    return found(played(drill, "2027-01-10 09:00"), on=on, by="Safety")


def one(lessons: list[Lesson], id: str) -> Lesson:
    return next(lesson for lesson in lessons if lesson.id == id)


# -- collecting ------------------------------------------------------------------------------------


def test_every_rule_has_its_kind_of_subject():
    assert set(KINDS) == {rule.name for rule in RULES}


def test_a_finding_becomes_a_lesson_with_all_that_a_register_needs():
    lesson = one(collected(late()), "late-key-role-medic")
    assert lesson.title.en == "Key post taken late: Medic"
    assert (lesson.status, lesson.owner, lesson.due) == ("identified", "medic", "2027-02-09")
    assert lesson.subject is not None
    assert (lesson.subject.kind, lesson.subject.id) == ("role", "medic")
    [drill] = lesson.drills
    assert (drill.session, drill.scenario, drill.took) == ("s", "small", 7 * 60_000)
    assert drill.entries == (3, 4)
    assert "7:00" in drill.seen.en
    assert "7:00" in drill.seen.zh


def test_lessons_carry_the_tasks_and_capabilities_that_they_touch():
    drill = Drill().release(0, "alarm").answer(1, "alarm", "commander", "wait").end(60)
    lesson = one(collected(drill), "wrong-option-alarm")
    assert lesson.tasks == ("decide",)
    assert [one.en for one in lesson.capabilities] == ["Capability"]


def test_the_same_drill_again_brings_nothing_new():
    lessons = collected(late())
    assert joined(lessons, collected(late())) == ([], [])


def test_the_same_lesson_in_another_drill_gains_a_sighting_and_is_not_doubled():
    lessons = collected(late())
    more = found(played(late(8), "2027-02-10 09:00"), on="2027-02-11", by="Safety")
    edited = [lesson.model_copy(update={"owner": "aide"}) for lesson in lessons]
    new, again = joined(edited, more)
    assert new == []
    lesson = one(again, "late-key-role-medic")
    assert [drill.began for drill in lesson.drills] == ["2027-01-10 09:00", "2027-02-10 09:00"]
    assert lesson.owner == "aide"
    assert lesson.status == "identified"


def test_a_learned_lesson_that_is_seen_again_is_open_again():
    learned = a_lesson("verified")
    more = found(played(late()), on="2027-02-11", by="S")
    new, [again] = joined([learned], [one(more, learned.id)])
    assert new == []
    assert again.status == "identified"
    assert again.since() == "2027-02-11"
    assert len(again.drills) == 2


def test_a_rejected_lesson_that_is_seen_again_stays_rejected():
    more = found(played(late()), on="2027-02-11", by="S")
    rejected = a_lesson("rejected")
    _, [again] = joined([rejected], [one(more, rejected.id)])
    assert again.status == "rejected"
    assert len(again.drills) == 2


def test_the_same_inject_name_in_another_scenario_is_another_lesson():
    drill = Drill().release(0, "alarm").answer(1, "alarm", "commander", "wait").end(60)
    mine = one(collected(drill), "wrong-option-alarm")
    [sighting] = mine.drills
    other = sighting.model_copy(update={"scenario": "elsewhere"})
    known = mine.model_copy(update={"drills": (other,)})
    new, again = joined([known], [mine])
    assert [lesson.id for lesson in new] == ["wrong-option-alarm-2"]
    assert again == []


def test_lessons_are_not_collected_before_their_drill():
    with pytest.raises(LessonFault, match="drill-later"):
        collected(late(), on="2027-01-09")


# -- the briefing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, True),
        ({"subject": {"kind": "role", "id": "stranger", "title": two("Stranger")}}, False),
        ({"subject": {"kind": "role", "id": "fire", "title": two("Fire")}}, False),
        ({"subject": {"kind": "report", "id": "up", "title": two("Report up")}}, True),
        ({"subject": {"kind": "report", "id": "down", "title": two("Down")}}, False),
        ({"subject": {"kind": "customer", "id": "bank", "title": two("Bank")}}, False),
        ({"subject": {"kind": "group", "id": "post", "title": two("Post")}}, True),
        ({"subject": {"kind": "inject", "id": "alarm", "title": two("Alarm")}}, True),
        (
            {
                "subject": {"kind": "inject", "id": "alarm", "title": two("Alarm")},
                "drill": [{**a_sighting(), "scenario": "elsewhere"}],
            },
            False,
        ),
        ({"subject": None, "tasks": ["decide"]}, True),
        ({"subject": None, "tasks": ["unknown"]}, False),
        (
            {
                "subject": None,
                "capability": [two("Capability")],
                "drill": [{**a_sighting(), "scenario": "elsewhere"}],
            },
            True,
        ),
    ],
)
def test_a_lesson_is_shown_where_the_scenario_exercises_it(more: dict[str, object], shown: bool):
    lesson = a_lesson(**more)
    assert (exercised([lesson], SCENARIO, PLAN) == (lesson,)) is shown


def test_closed_lessons_are_not_shown():
    closed = [a_lesson("verified"), a_lesson("rejected")]
    assert exercised(closed, SCENARIO, PLAN) == ()


def test_the_briefing_tells_nothing_of_the_story_to_come():
    drill = Drill().release(0, "alarm").answer(1, "alarm", "commander", "wait").end(60)
    lesson = one(collected(drill), "wrong-option-alarm")
    told = reminder(lesson, PLAN)
    assert told.title.en == "Unsuitable decision"
    assert told.about is not None
    assert told.about.en == "Capability"
    assert "Alarm" not in told.model_dump_json()
    assert reminder(a_lesson(), PLAN).title.en == "Key post taken late: Medic"


# -- what held -------------------------------------------------------------------------------------


def test_a_lesson_without_a_task_held_when_its_measure_is_good_and_it_was_not_seen_again():
    [verdict] = verdicts([a_lesson()], played(late(3)))
    assert verdict.held
    assert verdict.entries == (3, 4)
    assert verdict.in_("en") == "it measured 100.0 points (P)"


@pytest.mark.parametrize(
    ("drill", "key"),
    [
        (late(7), "register.seen-again"),
        (Drill().end(60), "register.not-observed"),
    ],
)
def test_a_lesson_does_not_hold_where_it_is_seen_again_or_not_at_all(drill: Drill, key: str):
    [verdict] = verdicts([a_lesson()], played(drill))
    assert (verdict.held, verdict.key) == (False, key)


@pytest.mark.parametrize(
    ("option", "held", "key"),
    [
        ("evacuate", True, "register.held-tasks"),
        ("half", False, "register.went-badly"),
        ("wait", False, "register.seen-again"),
        ("", False, "register.seen-again"),
    ],
)
def test_a_lesson_with_a_task_holds_by_the_letter_of_the_task(option: str, held: bool, key: str):
    before = Drill().release(0, "alarm").answer(1, "alarm", "commander", "wait").end(60)
    rule = "wrong-option-alarm" if option else "deadline-missed-alarm"
    lesson = one(collected(before if option else Drill().release(0, "alarm").end(60)), rule)
    drill = Drill().release(0, "alarm")
    if option:
        drill.answer(1, "alarm", "commander", option)
    [verdict] = verdicts([lesson], played(drill.end(60)))
    assert (verdict.held, verdict.key) == (held, key)
    assert verdict.entries


def test_a_task_that_was_not_observed_proves_nothing():
    lesson = a_lesson(subject=None, rule="", tasks=["judged"])
    [verdict] = verdicts([lesson], played(late(3)))
    assert (verdict.held, verdict.key) == (False, "register.not-observed")


@pytest.mark.parametrize(
    ("lesson", "began", "key"),
    [
        (a_lesson("agreed"), "2027-02-10 09:00", "register.not-implemented"),
        (a_lesson("implemented"), "2027-01-10 09:00", "register.other-drill"),
        (a_lesson("implemented"), "2027-01-14 23:59", "register.drill-before"),
        (a_lesson("implemented"), "2027-01-15 00:00", "register.held-measured"),
    ],
)
def test_only_a_later_drill_after_the_change_verifies(lesson: Lesson, began: str, key: str):
    [proof] = proofs([lesson], played(late(3), began))
    assert proof.key == key
    assert proof.held is (key == "register.held-measured")


def test_a_proof_is_all_that_the_last_step_needs():
    lesson = a_lesson("implemented")
    [proof] = proofs([lesson], played(late(3)))
    step = a_step("verified", on="2027-02-11", why=proof.in_("en"), entries=proof.entries)
    assert stepped(lesson, step).status == "verified"
