"""What lessons gained: which of them a revised plan took up, and what simulated drills show."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drillkit.lessons.proposals import Edit, proposals
from drillkit.model.lesson import Gain, Lesson, Moved
from drillkit.model.plan import Plan
from drillkit.packs.positions import Where
from drillkit.rehearse.compare import Change


@dataclass(frozen=True, slots=True)
class Revision:
    """A plan's two files: as they were parsed, and the old one as a plan."""

    plan: Plan
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def taken_up(revision: Revision, lessons: Iterable[Lesson], on: str) -> list[Lesson]:
    """The lessons of whose changes to the old plan the new one makes at least one.

    A person may have put in another value than was proposed: what counts is that the place was
    changed, and in the direction.
    """
    # What a lesson asked for is the same whatever became of it since.
    asked = {lesson.id: lesson for lesson in lessons}
    fresh = [one.model_copy(update={"steps": one.steps[:1]}) for one in asked.values()]
    found: dict[str, Lesson] = {}
    for proposal in proposals(revision.plan, fresh, on):
        if any(_is_made(revision, edit) for edit in proposal.edits):
            found.update((lesson.id, asked[lesson.id]) for lesson in proposal.lessons)
    return list(found.values())


def _is_made(revision: Revision, edit: Edit) -> bool:
    before, after = _at(revision.old, edit.where), _same(revision, edit.where)
    match edit.how:
        case "more":
            return len(after or ()) > len(before or ())
        case "by":
            by, wanted = (after or 0) - (before or 0), edit.content
            return isinstance(wanted, int) and by * wanted > 0
    return after != before


def _at(data: Any, where: Where) -> Any:
    for part in where:
        try:
            data = data[part]
        except (KeyError, IndexError):
            return None
    return data


def _same(revision: Revision, where: Where) -> Any:
    """What stands in the new file where `where` leads in the old; tables go by what names them."""
    way: Where = ()
    for depth, part in enumerate(where):
        old = _at(revision.old, where[: depth + 1])
        way = (*way, _place(old, _at(revision.new, way), part))
    return _at(revision.new, way)


def _place(old: Any, among: Any, part: str | int) -> str | int:
    """The place among the new tables of one that stood at `part`; past their end if it is gone."""
    if isinstance(part, str) or not isinstance(old, Mapping):
        return part
    name = next((key for key in ("id", "item", "role") if key in old), "")
    known = [one.get(name) for one in among or ()]
    return (known.index(old[name]) if old[name] in known else len(known)) if name else part


# -- what it gained --------------------------------------------------------------------------------


def gained(
    lesson: Lesson, changes: Sequence[Change], gain: Gain, shifted: Collection[str]
) -> Lesson:
    """The lesson with this gain and its own number's; an equal rehearsal of before is replaced.

    `shifted` names the limits that are not the same in both plans.
    """
    chance = next(_own(lesson, changes, "chance"), None)
    number = chance.id if chance else ""
    time = next((one for one in _own(lesson, changes, "time") if one.id == number), None)
    own = {"number": number, "chance": moved(chance), "seconds": moved(time)}
    told = gain.model_copy(update={**own, "limit_moved": number in shifted})
    kept = tuple(one for one in lesson.gains if _about(one) != _about(told))
    return lesson.model_copy(update={"gains": (*kept, told)})


def _about(gain: Gain) -> tuple[object, ...]:
    return gain.old, gain.new, gain.scenario, gain.team, gain.seed, gain.runs


_NAMES = {
    "role": "arrive/{id}",
    "customer": "notify/{id}",
    "need": "met/{id}",
    "inject": "answer/{id}",
    "fact": "know/{id}",
}


def _own(lesson: Lesson, changes: Sequence[Change], kind: str) -> Iterator[Change]:
    """The changes of this kind that are about the lesson's subject, what moved most first."""
    subject = lesson.subject
    if subject is None or subject.kind not in _NAMES:
        return iter(())
    wanted = _NAMES[subject.kind].format(id=subject.id)
    found = (one for one in changes if one.kind == kind and f"{one.id}/".startswith(f"{wanted}/"))
    return iter(sorted(found, key=lambda one: (-abs(one.by), one.name)))


def moved(change: Change | None) -> Moved | None:
    """The change as a lesson's file keeps it."""
    if change is None:
        return None
    by, lo, hi = (round(value, 4) for value in (change.by, change.lo, change.hi))
    return Moved(by=by, lo=lo, hi=hi, pairs=change.pairs)
