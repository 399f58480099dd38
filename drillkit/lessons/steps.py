"""The way of a lesson, step by step, and what each step asks for."""

from collections.abc import Mapping
from datetime import date

from drillkit.lessons.fault import LessonFault
from drillkit.model.lesson import Lesson, Status, Step
from drillkit.model.text import Line, Prose
from drillkit.words import say

WAYS: Mapping[Status, tuple[Status, ...]] = {
    "identified": ("agreed", "rejected"),
    "agreed": ("implemented", "rejected"),
    "implemented": ("verified", "rejected"),
    "verified": ("identified",),
    "rejected": (),
}
"""Where a lesson can go from where it is; from verified back only when it is seen again."""


def a_day(written: str) -> str:
    """A date as YYYY-MM-DD. Raises LessonFault."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise LessonFault("bad-day", day=written) from None
    if written != day.isoformat():
        raise LessonFault("bad-day", day=written)
    return written


class StatusWord:
    """A status that a sentence says in its reader's language."""

    def __init__(self, status: str) -> None:
        self._status = status

    def in_(self, lang: str) -> str:
        return say(lang, f"register.status-{self._status}")


def stepped(lesson: Lesson, step: Step) -> Lesson:
    """The lesson one step further. Raises LessonFault with the reason when that is no step."""
    a_day(step.on)
    if step.to == "assigned":
        raise ValueError("a lesson is assigned by assigned()")
    if step.to not in WAYS[lesson.status]:
        raise LessonFault(
            "no-way", id=lesson.id, status=StatusWord(lesson.status), wanted=StatusWord(step.to)
        )
    _must_be_later(lesson, step.on)
    if step.to in ("implemented", "rejected") and not step.why:
        raise LessonFault(f"{step.to}-why", id=lesson.id)
    if step.to == "verified" and not (step.session and step.entries):
        raise LessonFault("verified-evidence", id=lesson.id)
    return lesson.model_copy(update={"steps": (*lesson.steps, step)})


def assigned(lesson: Lesson, *, owner: str, due: str, on: str, by: str) -> Lesson:
    """The lesson with another owner, due date, or both ("" keeps what is). Raises LessonFault."""
    a_day(on)
    if not lesson.is_open:
        raise LessonFault("not-open", id=lesson.id, status=StatusWord(lesson.status))
    if not owner and not due:
        raise LessonFault("assign-what")
    if due and a_day(due) < on:
        raise LessonFault("due-past", due=due, on=on)
    _must_be_later(lesson, on)
    new = {"owner": Line(owner) if owner else lesson.owner, "due": Line(due or lesson.due)}
    why = Prose(" ".join(part for part in (new["owner"], new["due"]) if part))
    step = Step(to="assigned", on=Line(on), by=Line(by), why=why)
    return lesson.model_copy(update={**new, "steps": (*lesson.steps, step)})


def _must_be_later(lesson: Lesson, on: str) -> None:
    last = lesson.steps[-1].on
    if on < last:
        raise LessonFault("before-last", id=lesson.id, on=on, last=last)


def first_fault(lesson: Lesson) -> tuple[int, LessonFault] | None:
    """The first step that cannot follow the one before it, and why; None when all can."""
    if lesson.steps[0].to != "identified":
        wanted = StatusWord(lesson.steps[0].to)
        return 0, LessonFault("first-step", wanted=wanted)
    so_far = lesson.model_copy(update={"steps": lesson.steps[:1]})
    for number, step in enumerate(lesson.steps):
        try:
            a_day(step.on)
            if number and step.to == "assigned":
                _must_be_later(so_far, step.on)
                so_far = so_far.model_copy(update={"steps": (*so_far.steps, step)})
            elif number:
                so_far = stepped(so_far, step)
        except LessonFault as fault:
            return number, fault
    return None
