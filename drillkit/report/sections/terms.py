"""The terms of the scores: in the body each in one line, in an appendix down to the leaves."""

from drillkit.core.chronicle import headline
from drillkit.report.blocks import Block, Cell, Column, Heading, Paragraph, Row, Section, Table
from drillkit.report.drill import NONE, Drill, percent, points
from drillkit.report.terms import Term, Worst, terms, worst
from drillkit.words import say
from scoring.assessment import Score
from scoring.measure import Measure

LETTER = "G"
"""Of the appendix."""
_FULL = 0.9995
_DEEPEST = 6
_LONGEST = {"en": 110, "zh": 55}
"""Characters of a reason in the body."""


def summed(drill: Drill, score: Score) -> tuple[Block, ...]:
    """What a score is made of, a line a term, and where its leaves stand."""
    columns = (
        Column(drill.say("column.item"), 2.2),
        Column(drill.say("column.weight"), 0.75, is_number=True),
        Column(drill.say("column.points"), 0.8, is_number=True),
        Column(drill.say("column.interval"), 1.15, is_number=True),
        Column(drill.say("column.coverage"), 0.95, is_number=True),
        Column(drill.say("column.why"), 4.4),
    )
    below = zip(_shown(drill, score, 1), _applicable(score), strict=True)
    rows = tuple(_sum(drill, term, worst(drill, part)) for term, part in below)
    where = Paragraph(drill.say("terms-where", letter=LETTER), "soft")
    return (Table("parts", columns, rows), where)


def _applicable(score: Score) -> list[Measure]:
    return [part for part in score.measure.children if part.is_applicable]


def _shown(drill: Drill, score: Score, deepest: int) -> list[Term]:
    """The terms below a score that apply."""
    return [
        term
        for term in terms(drill, score)
        if 0 < term.depth <= deepest and term.standing != "not-applicable"
    ]


def _sum(drill: Drill, term: Term, most: Worst) -> Row:
    told = ""
    if most.name:
        lost = headline(most.lost, _LONGEST[drill.lang])
        key = "most-lost" if lost else "most-lost-bare"
        told = drill.say(key, name=most.name, points=points(most.point), lost=lost)
    unseen = drill.say("parts-unseen", n=most.unseen, all=most.leaves) if most.unseen else ""
    why = " ".join(part for part in (told, unseen) if part)
    return Row(
        (
            Cell(term.name),
            Cell(f"{term.weight:.2f}"),
            _worth(drill, term),
            _interval(term),
            Cell(percent(term.coverage)),
            Cell(why, entries=most.entries),
        ),
        "" if term.is_seen else "unseen",
    )


def _worth(drill: Drill, term: Term) -> Cell:
    return Cell(points(term.point) if term.is_seen else drill.say("standing.not-observed"))


def _interval(term: Term) -> Cell:
    is_open = term.coverage < _FULL
    return Cell(f"{points(term.lo)}{NONE}{points(term.hi)}" if is_open else "")


def leaves(drill: Drill) -> Section:
    """The appendix: every term of every score, with what it rests on."""
    said = drill.assessment
    blocks: list[Block] = [Paragraph(drill.say("terms-about"), "soft")]
    for score in (said.arrival, said.supplies, said.information, said.result):
        blocks += [Heading(say(drill.lang, score.measure.words)), _whole(drill, score)]
    return Section("terms", LETTER, drill.say("section.terms"), tuple(blocks), is_fresh=True)


def _whole(drill: Drill, score: Score) -> Table:
    columns = (
        Column(drill.say("column.item"), 6.2),
        Column(drill.say("column.standard"), 1.35),
        Column(drill.say("column.weight"), 0.75, is_number=True),
        Column(drill.say("column.points"), 1.0, is_number=True),
        Column(drill.say("column.interval"), 1.15, is_number=True),
        Column(drill.say("column.coverage"), 0.95, is_number=True),
        Column(drill.say("column.evidence"), 1.5),
    )
    rows = tuple(_term(drill, term) for term in _shown(drill, score, _DEEPEST * 2))
    return Table("terms", columns, rows)


def _term(drill: Drill, term: Term) -> Row:
    tone = f"d{min(term.depth, _DEEPEST)}"
    tone += " leaf" * term.is_leaf + " unseen" * (not term.is_seen)
    evidence = drill.say(f"evidence.{term.evidence}") if term.is_seen else ""
    return Row(
        (
            Cell(term.name, note=term.lost),
            Cell(term.standard),
            Cell(f"{term.weight:.2f}"),
            _worth(drill, term),
            _interval(term),
            Cell("" if term.is_leaf else percent(term.coverage)),
            Cell(evidence, entries=term.entries) if term.is_leaf else Cell(),
        ),
        tone,
    )
