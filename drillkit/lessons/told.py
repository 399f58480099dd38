"""A lesson in words, and how old it is."""

from collections.abc import Iterable, Iterator
from datetime import date

from drillkit.lessons.steps import StatusWord
from drillkit.model.base import Lang
from drillkit.model.lesson import LEVELS, Gain, Lesson, Moved, OpenLesson
from drillkit.words import listing, say


def age(lesson: Lesson, on: str) -> int:
    """Days since it was identified; of a closed one until it was closed."""
    end = on if lesson.is_open else lesson.steps[-1].on
    return max(0, (date.fromisoformat(end) - date.fromisoformat(lesson.since())).days)


def is_overdue(lesson: Lesson, on: str) -> bool:
    """Its day is over, and nothing has been done."""
    return lesson.status in ("identified", "agreed") and "" < lesson.due < on


def by_weight(lessons: Iterable[Lesson]) -> list[Lesson]:
    """The open ones first, the gravest of them and the soonest due before the others."""
    return sorted(
        lessons,
        key=lambda one: (not one.is_open, LEVELS.index(one.level), one.due or "~", one.id),
    )


def lines(lesson: Lesson, lang: Lang) -> Iterator[str]:
    """The lesson whole, as lines of text."""

    def head(name: str) -> str:
        return say(lang, "register.head", title=say(lang, f"register.part-{name}"))

    status = say(lang, f"register.status-{lesson.status}")
    level = say(lang, f"register.level-{lesson.level}")
    yield f"{lesson.id}  [{level}]  {status}"
    yield lesson.title.in_(lang)
    yield ""
    yield head("action") + lesson.text.in_(lang)
    for name in ("owner", "due", "clause"):
        if getattr(lesson, name):
            yield head(name) + getattr(lesson, name)
    yield head("element") + say(lang, f"register.element-{lesson.element}")
    if lesson.tasks:
        yield head("tasks") + listing(lang, list(lesson.tasks))
    if lesson.capabilities:
        yield head("capability") + listing(lang, [one.in_(lang) for one in lesson.capabilities])
    if lesson.revision:
        yield head("revision") + lesson.revision.in_(lang)
    yield ""
    if lesson.drills:
        yield head("drills")
    for drill in lesson.drills:
        entries = listing(lang, [str(seq) for seq in drill.entries])
        values = {"began": drill.began, "session": drill.session, "scenario": drill.scenario}
        yield "  " + say(lang, "register.line-drill", **values, entries=entries)
        yield from (f"    {line}" for line in drill.seen.in_(lang).split("\n"))
    yield head("steps")
    for step in lesson.steps:
        key = "register.line-step-why" if step.why else "register.line-step"
        status_word = StatusWord(step.to)
        values = {"on": step.on, "to": status_word, "by": step.by, "why": step.why}
        yield "  " + say(lang, key, **values)
    if lesson.gains:
        yield say(lang, "compare.gain.head")
    for gain in lesson.gains:
        yield "  " + gained(gain, lang)


def gained(gain: Gain, lang: Lang) -> str:
    """What a revision gained, in one sentence: points, and the lesson's own number."""
    return _joined([rehearsed(gain, lang), own_gain(gain, lang)], lang)


def rehearsed(gain: Gain, lang: Lang) -> str:
    """What was rehearsed how often, and what the whole of it gained."""
    said = {"on": gain.on, "old": gain.old, "new": gain.new, "team": gain.team}
    line = say(lang, "compare.gain.line", n=gain.runs, seed=gain.seed, **said)
    return _joined([line, say(lang, "compare.gain.points", **_figures(gain.points, 1, 2))], lang)


def own_gain(gain: Gain, lang: Lang) -> str:
    """What became of the lesson's own number; "" where it has none."""
    parts: list[str] = []
    if gain.chance:
        parts.append(say(lang, "compare.gain.chance", **_figures(gain.chance, 100, 1)))
        if gain.limit_moved:
            parts.append(say(lang, "compare.gain.limit-moved"))
    if gain.seconds:
        parts.append(say(lang, "compare.gain.seconds", **_figures(gain.seconds, 1, 0)))
    return _joined(parts, lang)


def _joined(parts: Iterable[str], lang: Lang) -> str:
    return say(lang, "compare.gain.separator").join(part for part in parts if part)


def _figures(moved: Moved, times: float, digits: int) -> dict[str, str]:
    # Adding 0 makes plain what rounding left as -0.
    return {
        name: f"{round(times * value, digits) + 0.0:+.{digits}f}"
        for name, value in (("by", moved.by), ("lo", moved.lo), ("hi", moved.hi))
    }


def reminded(lesson: OpenLesson, lang: Lang) -> str:
    """The lesson in one line, as a briefing has it: what, in which capability, whose."""
    parts = [lesson.title.in_(lang)]
    parts += [one.in_(lang) for one in (lesson.about, lesson.owner) if one]
    return " · ".join(parts)
