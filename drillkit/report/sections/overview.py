"""What was played and what came of it: basics, summary, course of the drill."""

from collections.abc import Callable, Mapping

from drillkit.report import charts
from drillkit.report.before import marks, told
from drillkit.report.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Column,
    Facts,
    Paragraph,
    Picture,
    Row,
    Scored,
    Section,
    Table,
)
from drillkit.report.course import course
from drillkit.report.drill import Drill, bounds, grade, percent, points
from drillkit.report.lessons import LEVELS, Lesson, foremost, lessons
from drillkit.report.pages import basics, cap_text
from drillkit.words import say
from scoring.assessment import Score

_DRAWN: Mapping[str, Callable[[Drill], str]] = {
    "scores": lambda drill: charts.scores(drill, marks(drill)),
    "lanes": charts.lanes,
    "supplies": charts.supplies,
    "knowing": charts.knowing,
    "network": charts.network,
    "sequence": charts.sequence,
}


def overview(drill: Drill) -> tuple[Section, ...]:
    """Sections 1 to 3."""
    return (_basics(drill), _summary(drill), _course(drill))


def picture(drill: Drill, name: str) -> tuple[Picture, ...]:
    """The chart of this name; nothing where there is nothing to draw."""
    svg = _DRAWN[name](drill)
    title, about = drill.say(f"chart.{name}"), drill.say(f"chart.{name}-about")
    return (Picture(name, title, about, svg),) if svg else ()


def scored(drill: Drill, score: Score, *, is_whole: bool = False) -> tuple[Block, ...]:
    """The score at a glance, the option of the record form that it suggests, and its caps."""
    measured = bounds(score, drill.lang)
    seen = drill.say("chart.seen", interval=measured, coverage=percent(score.coverage))
    glance = Scored(points(score.final), grade(drill, score), seen, score.grade or "open", is_whole)
    bucket = (Paragraph(f"☑ {say(drill.lang, score.bucket)}", "bucket"),) if score.bucket else ()
    return (glance, *bucket, *(Paragraph(cap_text(drill, cap), "cap") for cap in score.caps))


def _basics(drill: Drill) -> Section:
    summary = drill.state.scenario.summary.in_(drill.lang)
    blocks = (Facts(tuple(basics(drill))), Paragraph(summary, "prose"))
    return Section("basics", "1", drill.say("section.basics"), blocks)


def _summary(drill: Drill) -> Section:
    strengths = foremost(lessons(drill, "strength"))
    improvements = foremost(lessons(drill, *LEVELS[:3]))
    pending = drill.assessment.pending
    blocks = (
        *scored(drill, drill.assessment.combined, is_whole=True),
        *((Paragraph(say(drill.lang, pending), "cap"),) if pending else ()),
        Paragraph(drill.say("aid"), "soft"),
        Cards(
            (
                _foremost(drill, "strengths", strengths),
                _foremost(drill, "improvements", improvements),
            )
        ),
        *picture(drill, "scores"),
        *((Paragraph(said),) if (said := told(drill)) else ()),
        _scores(drill),
    )
    return Section("summary", "2", drill.say("section.summary"), blocks)


def _foremost(drill: Drill, name: str, found: list[Lesson]) -> Card:
    said = tuple((lesson.title, lesson.seen) for lesson in found)
    return Card(drill.say(name), "", (Bullets(said) if said else nothing(drill),))


def nothing(drill: Drill) -> Paragraph:
    """That there is nothing here."""
    return Paragraph(drill.say("none"), "soft")


def _scores(drill: Drill) -> Table:
    before = marks(drill)
    columns = [
        Column(drill.say("column.item"), 1.6),
        Column(drill.say("column.points"), 0.8, is_number=True),
        Column(drill.say("column.interval"), 1.1, is_number=True),
        Column(drill.say("column.coverage"), 0.9, is_number=True),
        Column(drill.say("column.grade"), 1.6),
        Column(drill.say("column.bucket"), 2.4),
    ]
    if before:
        columns.insert(2, Column(drill.say("column.before"), 0.9, is_number=True))
    rows = [_score(drill, score, before) for score in drill.assessment.scores()]
    return Table("scores", tuple(columns), tuple(rows))


def _score(drill: Drill, score: Score, before: Mapping[str, float | None]) -> Row:
    cells = [
        Cell(say(drill.lang, score.measure.words)),
        Cell(points(score.final)),
        Cell(bounds(score, drill.lang)),
        Cell(percent(score.coverage)),
        Cell(grade(drill, score)),
        Cell(say(drill.lang, score.bucket) if score.bucket else ""),
    ]
    if before:
        cells.insert(2, Cell(points(before.get(score.id))))
    return Row(tuple(cells))


def _course(drill: Drill) -> Section:
    columns = (
        Column(drill.say("column.inject"), 2.0),
        Column(drill.say("column.planned"), 1.25, is_number=True),
        Column(drill.say("column.released"), 1.25, is_number=True),
        Column(drill.say("column.who"), 1.4),
        Column(drill.say("column.answered"), 1.25, is_number=True),
        Column(drill.say("column.answer"), 2.8),
        Column(drill.say("column.timing"), 1.1),
        Column(drill.say("column.entries"), 1.0),
    )
    rows = tuple(
        Row(
            (
                Cell(step.inject),
                Cell(step.planned),
                Cell(step.released),
                Cell(step.role),
                Cell(step.answered),
                Cell(step.answer, "prose"),
                Cell(step.timing_title, f"timing {step.timing}"),
                Cell(entries=step.entries),
            )
        )
        for step in course(drill)
    )
    blocks = (*picture(drill, "lanes"), Table("course", columns, rows))
    return Section("course", "3", drill.say("section.course"), blocks)
