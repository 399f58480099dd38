"""What the drill was worth: process, result, both together, and the plan itself."""

from collections.abc import Iterator

from drillkit.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
)
from drillkit.report.drill import Drill, percent, points
from drillkit.report.lessons import LEVELS, lessons
from drillkit.report.pages import diagnostics, fuzzy, letters, robustness
from drillkit.report.sections.overview import nothing, picture, scored
from drillkit.report.sections.terms import summed
from drillkit.words import say

_PICTURES = {"supplies": ("supplies",), "information": ("knowing", "sequence", "network")}
"""Score -> the charts that go with it."""


def assessed(drill: Drill) -> tuple[Section, ...]:
    """Sections 5 to 8."""
    return (_process(drill), _result(drill), _combined(drill), _review(drill))


def _process(drill: Drill) -> Section:
    said = drill.assessment
    blocks: list[Block] = [*scored(drill, said.process)]
    for score in (said.arrival, said.supplies, said.information):
        blocks += [Heading(say(drill.lang, score.measure.words)), *scored(drill, score)]
        blocks += summed(drill, score)
        for name in _PICTURES.get(score.id, ()):
            blocks += picture(drill, name)
        beside = tuple(diagnostics(drill, score))
        if beside:
            blocks += [Paragraph(drill.say("ungraded"), "soft"), Facts(beside)]
    return Section("process", "5", drill.say("section.process"), tuple(blocks))


def _result(drill: Drill) -> Section:
    score = drill.assessment.result
    blocks = (*scored(drill, score), _letters(drill), *_key(drill), *summed(drill, score))
    return Section("result", "6", drill.say("section.result"), blocks)


def _letters(drill: Drill) -> Table:
    columns = (
        Column(drill.say("column.objective"), 3.4),
        Column(drill.say("column.capability"), 1.6),
        *(Column(letter, 0.45) for letter in "PSMU"),
        Column(drill.say("column.why"), 2.6),
        Column(drill.say("column.entries"), 1.0),
    )
    return Table("letters", columns, tuple(_letter_rows(drill)), drill.say("letters"))


def _letter_rows(drill: Drill) -> Iterator[Row]:
    for row in letters(drill):
        why = row.why if row.rating in "PSMU" else f"{row.rating_title}. {row.why}".strip()
        if row.by:
            by = drill.say("rated-by", by=row.by, suggested=row.suggested)
            why = drill.say("aside", text=why, aside=by) if why else by
        yield Row(
            (
                Cell(row.text),
                Cell(row.capability),
                *(
                    Cell(letter, f"letter {letter}") if row.rating == letter else Cell("", "letter")
                    for letter in "PSMU"
                ),
                Cell(why),
                Cell(entries=row.entries if row.is_task else ()),
            ),
            "task" if row.is_task else "objective",
        )


def _key(drill: Drill) -> tuple[Block, ...]:
    """What the letters mean."""
    said = tuple((letter, drill.say(f"meaning.{letter}")) for letter in "PSMU")
    return (Bullets(said, "soft"),)


def _combined(drill: Drill) -> Section:
    said, weights = drill.assessment, drill.assessment.weights
    parts, process = weights.combined, weights.process
    joined = drill.say(
        "joined",
        process=points(said.process.final),
        result=points(said.result.final),
        wp=percent(parts.process),
        wr=percent(parts.result),
    )
    inside = drill.say(
        "joined-process",
        a=percent(process.arrival),
        s=percent(process.supplies),
        i=percent(process.information),
    )
    lines = (f"{joined} {inside}", fuzzy(drill), robustness(drill))
    blocks = (
        *scored(drill, said.combined),
        *(Paragraph(line) for line in lines if line),
    )
    return Section("combined", "7", drill.say("section.combined"), blocks)


def _review(drill: Drill) -> Section:
    """The verdicts on the plan, and which of its clauses the findings touch."""
    blocks: list[Block] = []
    if drill.state.review is None:
        blocks.append(Paragraph(drill.say("not-reviewed"), "soft"))
    else:
        mark, review = drill.state.review
        verdicts = (
            (drill.say("suitability"), say(drill.lang, f"log.suitability.{review.suitability}")),
            (drill.say("sufficiency"), say(drill.lang, f"log.sufficiency.{review.sufficiency}")),
        )
        blocks.append(Facts(verdicts))
        blocks.append(Paragraph(review.why, "prose", drill.say("column.why"), (mark.seq,)))
    touched: dict[str, list[str]] = {}
    for lesson in lessons(drill, *LEVELS[:3]):
        if lesson.clause:
            touched.setdefault(lesson.clause, []).append(f"{lesson.finding.id} {lesson.title}")
    blocks.append(Heading(drill.say("clauses")))
    if not touched:
        blocks.append(nothing(drill))
    else:
        blocks.append(Paragraph(drill.say("revise")))
        columns = (Column(drill.say("column.clause"), 1), Column(drill.say("column.finding"), 2))
        rows = tuple(
            Row((Cell(clause), Cell("\n".join(found)))) for clause, found in touched.items()
        )
        blocks.append(Table("clauses", columns, rows))
    return Section("review", "8", drill.say("section.review"), tuple(blocks))
