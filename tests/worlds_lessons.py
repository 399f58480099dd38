"""Lessons for tests: one in any status, and the small drill of the result scorers as played."""

from pathlib import Path

from worlds_result import Drill, two

from drillkit.lessons.collect import Played
from drillkit.lessons.register import Register
from drillkit.lessons.steps import stepped
from drillkit.model.lesson import Lesson, Status, Step

DAY = "2027-01-15"


def a_step(to: str, on: str = DAY, why: str = "Because", entries: tuple[int, ...] = (1,)) -> Step:
    said = {"to": to, "on": on, "by": "Safety", "why": why, "session": "later", "entries": entries}
    return Step.model_validate(said)


def a_lesson(status: Status = "identified", **more: object) -> Lesson:
    """A lesson that took the shortest way to its status."""
    said = {
        "id": "late-key-role-medic",
        "level": "corrective",
        "title": two("Key post taken late: Medic"),
        "text": two("Call earlier"),
        "rule": "late-key-role",
        "subject": {"kind": "role", "id": "medic", "title": two("Medic")},
        "owner": "medic",
        "due": "2027-02-15",
        "drill": [a_sighting()],
        "step": [{"to": "identified", "on": "2027-01-11", "by": "Safety"}],
        **more,
    }
    lesson = Lesson.model_validate(said)
    way: tuple[Status, ...] = ("agreed", "implemented", "verified")
    steps = (
        ("rejected",)
        if status == "rejected"
        else way[: way.index(status) + 1]
        if status in way
        else ()
    )
    for to in steps:
        lesson = stepped(lesson, a_step(to))
    return lesson


def a_sighting(session: str = "first", began: str = "2027-01-10 09:00") -> dict[str, object]:
    seen = two("Medic came late.")
    return {"session": session, "began": began, "scenario": "small", "seen": seen, "took": 400_000}


def played(drill: Drill, began: str = "2027-02-10 09:00") -> Played:
    return Played(drill.state(), drill.assess(), began)


def a_register(folder: Path, *lessons: Lesson) -> Register:
    register = Register(folder)
    register.put(lessons)
    return register
