"""The after-action report in short, as GitHub Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence

from drillkit.model.text import clean
from drillkit.report.course import course
from drillkit.report.drill import Drill, grade, interval, percent, points
from drillkit.report.lessons import LEVELS, foremost, lessons
from drillkit.report.pages import (
    agreement,
    basics,
    cap_text,
    fuzzy,
    letters,
    robustness,
    status,
    unseen,
)
from drillkit.report.table import numbers, sheets
from drillkit.report.terms import terms
from drillkit.words import say

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&!$]")
_LINK = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=www)\.")


def plain(text: str) -> str:
    """Text on one line that Markdown shows as it stands: no mark, tag, table edge or link."""
    line = " ".join(clean(text).split())
    return _LINK.sub(lambda found: f"\\{found[0]}", _MARKS.sub(lambda found: f"\\{found[0]}", line))


def report_markdown(drill: Drill) -> str:
    """The report without pictures and without the log."""
    return "\n".join(_lines(drill)).rstrip() + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(map(plain, heads)) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(map(plain, row)) + " |"
    yield ""


def _lines(drill: Drill) -> Iterator[str]:
    title = drill.state.scenario.title.in_(drill.lang)
    yield f"# {plain(drill.say('title'))}: {plain(title)}"
    yield ""
    yield f"**{plain(status(drill))}** {plain(drill.say('confidential'))}"
    yield ""
    yield from _section(drill, "basics")
    yield from _table([drill.say("column.item"), drill.say("column.text")], basics(drill))
    yield from _summary(drill)
    yield from _course(drill)
    yield from _method(drill)
    yield from _process(drill)
    yield from _result(drill)
    yield from _combined(drill)
    yield from _findings(drill)
    yield from _actions(drill)
    yield f"**{plain(drill.say('seal'))}** `{re.sub('[^0-9A-Za-z]', '', drill.seal)}`"


def _section(drill: Drill, name: str) -> Iterator[str]:
    yield f"## {plain(drill.say(f'section.{name}'))}"
    yield ""


def _heads(drill: Drill, *names: str) -> list[str]:
    return [drill.say(f"column.{name}") for name in names]


def _summary(drill: Drill) -> Iterator[str]:
    yield from _section(drill, "summary")
    yield from _table(
        _heads(drill, "item", "points", "interval", "coverage", "grade", "bucket"),
        (
            (
                say(drill.lang, score.measure.words),
                points(score.final),
                interval(score),
                percent(score.coverage),
                grade(drill, score),
                say(drill.lang, score.bucket) if score.bucket else "",
            )
            for score in drill.assessment.scores()
        ),
    )
    for heading, levels in (("strengths", LEVELS[3:]), ("improvements", LEVELS[:3])):
        yield f"**{plain(drill.say(heading))}**"
        yield ""
        found = foremost(lessons(drill, *levels))
        for lesson in found:
            yield f"- **{plain(lesson.title)}** {plain(lesson.seen)}"
        if not found:
            yield f"- {plain(drill.say('none'))}"
        yield ""


def _course(drill: Drill) -> Iterator[str]:
    yield from _section(drill, "course")
    yield from _table(
        _heads(
            drill,
            "inject",
            "planned",
            "released",
            "who",
            "answered",
            "answer",
            "timing",
            "entries",
        ),
        (
            (
                step.inject,
                step.planned,
                step.released,
                step.role,
                step.answered,
                step.answer,
                step.timing_title,
                numbers(step.entries),
            )
            for step in course(drill)
        ),
    )


def _method(drill: Drill) -> Iterator[str]:
    weights = drill.assessment.weights
    coverage = percent(drill.assessment.combined.coverage)
    yield from _section(drill, "method")
    told = drill.say(
        "method",
        weights=weights.title.in_(drill.lang),
        version=weights.version,
        coverage=coverage,
    )
    yield f"{plain(told)} {plain(agreement(drill))}"
    yield ""
    yield f"**{plain(drill.say('unseen'))}**"
    yield ""
    missing = unseen(drill)
    for title, term in missing:
        yield f"- {plain(f'{title}: {term.title} {term.subject}')}"
    if not missing:
        yield f"- {plain(drill.say('none'))}"
    yield ""


def _process(drill: Drill) -> Iterator[str]:
    yield from _section(drill, "process")
    for score in sheets(drill):
        yield f"### {plain(say(drill.lang, score.measure.words))}"
        yield ""
        for cap in score.caps:
            yield f"- {plain(cap_text(drill, cap))}"
        yield ""
        yield from _table(
            _heads(drill, "number", "item", "weight", "points", "interval", "entries"),
            (
                (
                    term.number,
                    term.name,
                    f"{term.weight:.2f}",
                    points(term.point) if term.is_seen else drill.say(f"standing.{term.standing}"),
                    f"{points(term.lo)}–{points(term.hi)}",  # noqa: RUF001
                    numbers(term.entries) if term.is_leaf else "",
                )
                for term in terms(drill, score)
                if term.depth and term.standing != "not-applicable"
            ),
        )


def _result(drill: Drill) -> Iterator[str]:
    yield from _section(drill, "result")
    yield from _table(
        [*_heads(drill, "objective", "capability"), "P", "S", "M", "U", drill.say("column.why")],
        (
            (
                row.text,
                row.capability,
                *("●" if row.rating == letter else "" for letter in "PSMU"),
                row.why or row.rating_title,
            )
            for row in letters(drill)
        ),
    )


def _combined(drill: Drill) -> Iterator[str]:
    yield from _section(drill, "combined")
    for line in (
        *(cap_text(drill, cap) for cap in drill.assessment.combined.caps),
        fuzzy(drill),
        robustness(drill),
    ):
        if line:
            yield f"- {plain(line)}"
    yield ""


def _findings(drill: Drill) -> Iterator[str]:
    yield from _section(drill, "findings")
    for level in LEVELS:
        yield f"### {plain(drill.say(f'level.{level}'))}"
        yield ""
        found = lessons(drill, level)
        for lesson in found:
            entries = numbers(lesson.finding.entries)
            told = f"{lesson.seen} ({drill.say('column.entries')}: {entries})"
            yield f"- **{lesson.finding.id} {plain(lesson.title)}** {plain(told)}"
        if not found:
            yield f"- {plain(drill.say('none'))}"
        yield ""


def _actions(drill: Drill) -> Iterator[str]:
    yield from _section(drill, "lessons")
    yield from _table(
        _heads(drill, "number", "finding", "action", "poete", "owner", "due"),
        (
            (
                lesson.finding.id,
                lesson.title,
                lesson.action,
                lesson.poete,
                lesson.owner,
                lesson.due,
            )
            for lesson in lessons(drill, *LEVELS[:3])
        ),
    )
