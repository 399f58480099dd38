"""How the drill was judged: by what, by whom, how far they agree, and what nobody saw."""

from collections.abc import Iterator

from drillkit.core.chronicle import number
from drillkit.core.measured import measure
from drillkit.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    texts,
)
from drillkit.report.drill import NONE, Drill, percent, points
from drillkit.report.meeting import meeting_lines
from drillkit.report.pages import agreements, unseen
from drillkit.report.record import FORM as RECORD
from drillkit.report.record import written
from drillkit.report.sections.overview import nothing
from drillkit.report.terms import decided_by
from drillkit.words import say
from scoring.forms import total
from scoring.result.settlement import duty_verdicts, verdicts


def method(drill: Drill) -> Section:
    """Section 4."""
    weights, coverage = drill.assessment.weights, percent(drill.assessment.combined.coverage)
    told = drill.say(
        "method", weights=weights.title.in_(drill.lang), version=weights.version, coverage=coverage
    )
    missing = tuple(
        ("", drill.say("titled", title=title, subject=term.name)) for title, term in unseen(drill)
    )
    blocks = (
        Paragraph(told),
        *_raters(drill),
        *_duties(drill),
        *_rulings(drill),
        *_forms(drill),
        Heading(drill.say("unseen")),
        Bullets(missing, "columns") if missing else nothing(drill),
    )
    return Section("method", "4", drill.say("section.method"), blocks)


def _raters(drill: Drill) -> tuple[Block, ...]:
    """Each evaluator's letter for each task, what the log says, and what the meeting settled."""
    state, names, lang = drill.state, drill.names, drill.lang
    raters = sorted({rater for _, rater in state.ratings})
    lines = tuple(Paragraph(line) for line in (*agreements(drill), *meeting_lines(drill)) if line)
    rows: list[Row] = []
    for one in verdicts(state, drill.assessment):
        if not one.given and one.settled is None:
            continue
        given = [state.ratings[one.task, rater][0].seq for rater in one.given]
        settled = state.settled.get(one.task)
        why = drill.say("settled-by", why=settled[1].why, by=settled[1].settler) if settled else ""
        rows.append(
            Row(
                (
                    Cell(names.task(one.task, lang)),
                    *(Cell(_letter(drill, one.given.get(rater, ""))) for rater in raters),
                    Cell(points(None if one.auto is None else 100 * one.auto)),
                    Cell(_letter(drill, settled[1].rating if settled else "")),
                    Cell(why),
                    Cell(entries=(*given, *([settled[0].seq] if settled else []))),
                )
            )
        )
    columns = (
        Column(drill.say("column.task"), 2.4),
        *(Column(rater, 0.9) for rater in raters),
        Column(drill.say("column.measured"), 0.8, is_number=True),
        Column(drill.say("column.settled"), 0.9),
        Column(drill.say("column.why"), 2.2),
        Column(drill.say("column.entries"), 1.0),
    )
    found = (Table("raters", columns, tuple(rows)),) if rows else ()
    return (Heading(drill.say("raters")), *lines, *found)


def _duties(drill: Drill) -> tuple[Block, ...]:
    """How each evaluator rated the duties of each role, and what the meeting settled."""
    state, names, lang = drill.state, drill.names, drill.lang
    raters = sorted({rater for _, rater in state.duties})
    rows: list[Row] = []
    for one in duty_verdicts(state):
        given = [state.duties[one.role, rater][0].seq for rater in one.given]
        settled = state.settled_duties.get(one.role)
        why = drill.say("settled-by", why=settled[1].why, by=settled[1].settler) if settled else ""
        rows.append(
            Row(
                (
                    Cell(names.role(one.role, lang)),
                    *(Cell(_duty(drill, one.given.get(rater, ""))) for rater in raters),
                    Cell(_duty(drill, settled[1].duty if settled else "")),
                    Cell(why),
                    Cell(entries=(*given, *([settled[0].seq] if settled else []))),
                )
            )
        )
    columns = (
        Column(drill.say("column.role"), 1.6),
        *(Column(rater, 1.4) for rater in raters),
        Column(drill.say("column.settled"), 1.4),
        Column(drill.say("column.why"), 2.2),
        Column(drill.say("column.entries"), 1.0),
    )
    if not rows:
        return ()
    return (Heading(drill.say("duties")), Table("duties", columns, tuple(rows)))


def _duty(drill: Drill, duty: str) -> str:
    return say(drill.lang, f"log.duty.{duty}") if duty else NONE


def _letter(drill: Drill, rating: str) -> str:
    if not rating:
        return NONE
    return rating if rating in "PSMU" else say(drill.lang, f"log.rating.{rating}")


def _rulings(drill: Drill) -> tuple[Block, ...]:
    """Measured values that people decided otherwise."""
    state = drill.state
    if not state.adjudicated:
        return ()
    rows = [
        texts(
            measure(drill.names, ruling.measure, drill.lang),
            _points(drill, drill.undecided.get(ruling.measure)),
            _points(drill, ruling.value),
            ruling.why,
            decided_by(drill, mark, ruling),
        )
        for mark, ruling in state.adjudicated.values()
    ]
    heads = (("item", 2.0), ("measured", 1.0), ("adopted", 1.0), ("why", 3.0), ("decided-by", 1.2))
    columns = tuple(Column(drill.say(f"column.{head}"), width) for head, width in heads)
    return (Heading(drill.say("rulings")), Table("rulings", columns, tuple(rows)))


def _forms(drill: Drill) -> Iterator[Block]:
    """The score sheets that evaluators filled in; the record form has an appendix of its own."""
    state, lang = drill.state, drill.lang
    for mark, filled in state.filled.values():
        form = state.forms.get(filled.form)
        if form is None or form.audience != "evaluator" or form.id == RECORD:
            continue
        who = filled.filler or drill.names.person(mark, lang)
        yield Heading(drill.say("form-of", form=form.title.in_(lang), who=who))
        sum_ = total(form, filled.answers)
        if sum_.score is not None:
            told = drill.say(
                "form-total",
                points=number(sum_.points),
                most=number(sum_.most),
                score=f"{sum_.score:.2f}",
                coverage=percent(sum_.coverage),
            )
            yield Paragraph(told, entries=(mark.seq,))
        heads = (("item", 4.0), ("points", 1.2), ("lost", 3.0))
        rows = tuple(
            texts(item.title.in_(lang), written(drill, item, answer), answer.why)
            for answer in filled.answers
            if (item := form.item(answer.item))
        )
        yield Table("form", tuple(Column(drill.say(f"column.{h}"), w) for h, w in heads), rows)


def _points(drill: Drill, value: float | None) -> str:
    return drill.say("standing.not-observed") if value is None else number(100 * value)
