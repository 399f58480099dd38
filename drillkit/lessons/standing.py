"""How the lessons of a register stand on a day: by status, how old, how long the closed took."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from drillkit.lessons.told import is_overdue
from drillkit.model.lesson import LEVELS, Lesson, Status

STATUSES: tuple[Status, ...] = ("identified", "agreed", "implemented", "verified", "rejected")
"""In the order of a lesson's way."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open lesson; `days` since it was identified, None where that was after the day asked."""

    lesson: Lesson
    days: int | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """A verified lesson, and the days from when it was identified to then."""

    lesson: Lesson
    days: int


class Pace(NamedTuple):
    """How many days the verified lessons took: the middle one, the extremes, how many there are."""

    median: float
    least: int
    most: int
    n: int


class Tally(NamedTuple):
    """How often, up to and with a day, lessons were identified; and were verified or rejected."""

    day: str
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A register on the day `on`; the open ones: overdue, oldest, gravest first."""

    on: str
    counts: Mapping[Status, int]
    waiting: tuple[Waiting, ...]
    learned: tuple[Learned, ...]
    course: tuple[Tally, ...]

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.waiting)

    @property
    def pace(self) -> Pace | None:
        """None while no lesson has been verified."""
        took = [one.days for one in self.learned]
        return Pace(median(took), min(took), max(took), len(took)) if took else None


def stand(lessons: Iterable[Lesson], on: str) -> Standing:
    """The register on that day (YYYY-MM-DD); a status is the one that its file says now."""
    known = tuple(lessons)
    waiting = [
        Waiting(one, _days(one.since(), on), is_overdue(one, on)) for one in known if one.is_open
    ]
    waiting.sort(
        key=lambda one: (
            not one.is_overdue,
            -(one.days or 0),
            LEVELS.index(one.lesson.level),
            one.lesson.id,
        )
    )
    learned = [
        Learned(one, _days(one.since(), one.since("verified")) or 0)
        for one in known
        if one.status == "verified"
    ]
    return Standing(
        on=on,
        counts={status: sum(one.status == status for one in known) for status in STATUSES},
        waiting=tuple(waiting),
        learned=tuple(sorted(learned, key=lambda one: (-one.days, one.lesson.id))),
        course=tuple(_course(known)),
    )


def _days(since: str, until: str) -> int | None:
    days = (date.fromisoformat(until) - date.fromisoformat(since)).days
    return days if days >= 0 else None


def _course(lessons: Iterable[Lesson]) -> Iterable[Tally]:
    steps = sorted((step.on, step.to) for lesson in lessons for step in lesson.steps)
    opened = closed = 0
    for place, (day, to) in enumerate(steps):
        opened += to == "identified"
        closed += to in ("verified", "rejected")
        if place + 1 == len(steps) or steps[place + 1][0] != day:
            yield Tally(day, opened, closed)
