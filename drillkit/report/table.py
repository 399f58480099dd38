"""The score sheet as a table: the columns that evaluators know, numbers as numbers."""

import csv
import io
from collections.abc import Iterator

from drillkit.core.chronicle import headline
from drillkit.model.text import clean
from drillkit.report.drill import Drill, grade
from drillkit.report.pages import status
from drillkit.report.terms import Term, terms
from drillkit.words import listing, say
from scoring.assessment import Score

Cell = str | float | int | None

COLUMNS = (
    "number",
    "item",
    "subject",
    "weight",
    "standard",
    "measured",
    "judged",
    "raters",
    "adopted",
    "lo",
    "hi",
    "coverage",
    "standing",
    "entries",
    "evidence",
    "lost",
    "grade",
    "decided-by",
)
_FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20"
_LIVE = tuple(f"=+-@\t\r\n{_FULL_WIDTH}")
"""What a spreadsheet takes for the start of a formula."""
_MOST_ENTRIES = 12
_TASK, _DUTY = "result.task.", "arrival.duties."
_JOINED = 2
"""How deep the combined assessment goes before it repeats the sheets of its scores."""


def heads(drill: Drill) -> list[str]:
    """The titles of the columns."""
    return [drill.say(f"column.{name}") for name in COLUMNS]


def sheets(drill: Drill) -> list[Score]:
    """The scores that have a sheet of their own."""
    said = drill.assessment
    return [said.arrival, said.supplies, said.information, said.result]


def rows(drill: Drill, score: Score) -> list[tuple[Term, list[Cell]]]:
    """The terms of a score, each with its cells in the order of COLUMNS.

    Those of the combined assessment end where the scores that have a sheet of their own begin.
    """
    deepest = _JOINED if score is drill.assessment.combined else None
    return [
        (term, _cells(drill, score, term))
        for term in terms(drill, score)
        if deepest is None or term.depth <= deepest
    ]


def _cells(drill: Drill, score: Score, term: Term) -> list[Cell]:
    return [
        term.number,
        term.title,
        term.subject,
        term.weight,
        term.standard,
        _rounded(term.measured),
        _rounded(term.judged),
        _raters(drill, term),
        _rounded(term.point),
        _rounded(term.lo),
        _rounded(term.hi),
        round(term.coverage, 4),
        drill.say(f"standing.{term.standing}"),
        numbers(term.entries),
        drill.say(f"evidence.{term.evidence}") if term.is_seen else "",
        term.lost,
        grade(drill, score) if term.depth == 0 else _letter(drill, term),
        _decided_by(drill, term),
    ]


def _rounded(x: float | None) -> float | None:
    return None if x is None else round(x, 4)


def numbers(entries: tuple[int, ...]) -> str:
    """Entry numbers as a list; the rest is counted where there are many."""
    shown = " ".join(str(seq) for seq in entries[:_MOST_ENTRIES])
    left = len(entries) - _MOST_ENTRIES
    return f"{shown} (+{left})" if left > 0 else shown


def _task(term: Term) -> str:
    return term.id.removeprefix(_TASK) if term.id.startswith(_TASK) else ""


def _raters(drill: Drill, term: Term) -> str:
    """What each rater gave, where the term is a critical task or the duties of a role."""
    state, lang = drill.state, drill.lang
    task, role = _task(term), _role(term)
    given = [
        (rater, say(lang, f"sheet.rating.{event.rating}"))
        for (rated, rater), (_, event) in state.ratings.items()
        if rated == task
    ] + [
        (rater, say(lang, f"log.duty.{event.duty}"))
        for (rated, rater), (_, event) in state.duties.items()
        if rated == role
    ]
    return listing(lang, [say(lang, "sheet.given", rater=name, rating=it) for name, it in given])


def _role(term: Term) -> str:
    return term.id.removeprefix(_DUTY) if term.id.startswith(_DUTY) else ""


def _decided_by(drill: Drill, term: Term) -> str:
    """Who set the value aside from the log and the raters: by a decision, or at the meeting."""
    if term.decided_by:
        return term.decided_by
    state = drill.state
    agreed = state.settled.get(_task(term)) or state.settled_duties.get(_role(term))
    return agreed[1].settler if agreed else ""


def _letter(drill: Drill, term: Term) -> str:
    for objective in drill.assessment.objectives:
        if term.id == f"result.objective.{objective.objective}":
            return say(drill.lang, f"result.letter-{objective.rating}")
        for task in objective.tasks:
            if task.task == _task(term):
                return say(drill.lang, f"result.letter-{task.rating}")
    return ""


def safe(cell: Cell) -> Cell:
    """The cell with a quote in front where a spreadsheet would take its text for a formula."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    first = text.lstrip(" \u3000")[:1]
    return f"'{text}" if text.startswith(_LIVE) or first in _LIVE else text


def score_csv(drill: Drill) -> str:
    """All score sheets under one another as CSV; written with a byte order mark by `export`."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([drill.say("column.dimension"), *heads(drill), drill.say("column.report")])
    writer.writerows([safe(cell) for cell in row] for row in _all(drill))
    return out.getvalue()


def _all(drill: Drill) -> Iterator[list[Cell]]:
    worth = status(drill)
    for score in drill.assessment.scores():
        title = headline(say(drill.lang, score.measure.words))
        listed = rows(drill, score)
        # Process and combined are made of scores that are listed themselves.
        shown = listed if score in sheets(drill) else listed[:1]
        yield from ([title, *cells, worth] for _, cells in shown)
