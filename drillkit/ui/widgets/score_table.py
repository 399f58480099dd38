"""The six scores, and the tree of terms under them down to the leaves, as drawn rows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from textual.content import Content

from drillkit.core.book import Book
from drillkit.model.base import Lang
from drillkit.model.weights import Cutoffs
from drillkit.ui.widgets.columns import DASH, Piece, content, fit
from drillkit.ui.widgets.feed import Row
from drillkit.words import say
from scoring.assessment import Assessment, Grade, Score
from scoring.measure import Measure

GRADE_TONE: dict[Grade, str] = {
    "excellent": "done",
    "good": "done",
    "fair": "warning",
    "poor": "late",
}
SCALE, SMALL_SCALE = 20, 12
"""Cells of the scale from 0 to 100 points."""
CAPPED = "▾"
"""Before the points at which a limit holds a score down."""


def points(x: float | None) -> str:
    """Points with one decimal, or a dash where nothing was observed."""
    return DASH if x is None else f"{x:.1f}"


def standing(score: Score, lang: Lang) -> Piece:
    """The grade in words as far as the coverage carries one, and its tone."""
    if score.grade is None:
        return say(lang, "debrief.insufficient"), "dim"
    grade = say(lang, f"result.grade-{score.grade}")
    if score.footing == "provisional":
        grade = say(lang, "debrief.provisional", grade=grade)
    return grade, GRADE_TONE[score.grade]


def interval(
    lo: float,
    hi: float,
    point: float | None,
    cutoffs: Cutoffs,
    *,
    tone: str = "unread",
    width: int = SCALE,
) -> list[Piece]:
    """A scale of 0 to 100 points: what is possible, what was measured, where the grades begin."""

    def column(value: float) -> int:
        return min(width - 1, max(0, int(value * width / 100)))

    cells: list[Piece] = [("·", "quiet")] * width
    for cut in (cutoffs.fair, cutoffs.good, cutoffs.excellent):
        cells[column(cut)] = ("╵", "dim")
    for index in range(column(lo), column(hi) + 1):
        cells[index] = ("━", tone)
    if point is not None:
        cells[column(point)] = ("●", tone)
    return cells


def score_row(score: Score, cutoffs: Cutoffs, lang: Lang) -> Row:
    """One score in two lines: name, points, grade; below the interval and the coverage.

    A capped score has no room for the coverage: it says what it was before the limit.
    """
    grade, tone = standing(score, lang)
    name = ((" " + say(lang, score.measure.words), "strong"),)
    worth = (fit(points(score.final), 6, tone, right=True), (f" {grade} ", tone))
    scale = (
        (" ", ""),
        *interval(score.lo, score.hi, score.point, cutoffs, tone=tone),
    )
    span = f"{score.lo:.0f}{DASH}{score.hi:.0f}"
    if score.is_capped:
        before = say(lang, "score.uncapped-span", point=points(score.point), span=span)
        return Row((name, scale), (worth, ((before + " ", "warning"),)))
    seen = say(lang, "debrief.coverage", share=f"{score.coverage:.0%}")
    return Row((name, (*scale, (f" {span}", "dim"))), (worth, ((seen + " ", "dim"),)))


def verdict(assessment: Assessment, lang: Lang) -> list[Content]:
    """The one number with its grade and interval; below it what qualifies it."""
    combined = assessment.combined
    bounds = span(combined.lo, combined.hi, combined.coverage, lang)
    if combined.is_capped:
        bounds = say(lang, "debrief.coverage", share=f"{combined.coverage:.0%}")
    line: list[Piece] = [
        (say(lang, combined.measure.words) + " ", ""),
        *worth(combined, lang),
        (" ", ""),
        standing(combined, lang),
        ("  " + bounds, "dim"),
    ]
    notes: list[str] = [say(lang, assessment.pending)] if assessment.pending else []
    if assessment.robustness is not None:
        notes.append(say(lang, "debrief.robustness", share=f"{assessment.robustness:.0%}"))
    if assessment.fuzzy is not None:
        grade = say(lang, f"result.grade-{assessment.fuzzy.grade}")
        notes.append(
            say(lang, "debrief.fuzzy", grade=grade, points=points(assessment.fuzzy.points))
        )
    return [content(line), Content.styled(say(lang, "debrief.between").join(notes), "dim")]


def worth(score: Score, lang: Lang) -> list[Piece]:
    """The points as they count; of a capped score, too, what it was and its interval then."""
    counted: Piece = points(score.final), "strong"
    if not score.is_capped:
        return [counted]
    before = before_limit(score.point, score.lo, score.hi, lang)
    return [counted, (say(lang, "debrief.aside", said=before), "warning")]


def before_limit(point: float | None, lo: float, hi: float, lang: Lang) -> str:
    """What a capped score was before its limit, and the interval then."""
    span = f"{points(lo)}{DASH}{points(hi)}"
    return say(lang, "score.uncapped-span", point=points(point), span=span)


def span(lo: float, hi: float, coverage: float, lang: Lang) -> str:
    """An interval in points, and how much was observed."""
    if points(lo) == points(hi):
        return say(lang, "debrief.coverage", share=f"{coverage:.0%}")
    return say(lang, "debrief.span", lo=points(lo), hi=points(hi), share=f"{coverage:.0%}")


@dataclass(frozen=True, slots=True)
class Term:
    """One visible node of a score's tree; `path` is its id, unique among those visible."""

    path: str
    measure: Measure
    depth: int
    share: float
    """Its share of its parent's weight, 0..1, not applicable siblings left out."""
    is_open: bool
    is_alike: bool = False
    """It is called as its parent is, and only about something else."""
    held: float | None = None
    """The points at which a limit holds the score that it is."""


def terms(assessment: Assessment, opened: Collection[str]) -> tuple[Term, ...]:
    """The visible nodes of the trees: what is joined first, then under each open node its parts."""
    held = {score.id: score.final for score in assessment.scores() if score.is_capped}
    found = _terms(assessment.combined.measure, None, 0, 1.0, opened)
    return tuple(replace(term, held=held.get(term.path)) for term in found)


def _terms(
    measure: Measure, parent: Measure | None, depth: int, share: float, opened: Collection[str]
) -> Iterator[Term]:
    is_open = measure.id in opened
    alike = bool(parent and measure.about and parent.words == measure.words)
    yield Term(measure.id, measure, depth, share, is_open, alike)
    if not is_open:
        return
    whole = sum(child.weight for child in measure.children if child.is_applicable)
    for child in measure.children:
        weight = child.weight / whole if whole and child.is_applicable else 0.0
        yield from _terms(child, measure, depth + 1, weight, opened)


def inner(measure: Measure) -> set[str]:
    """The ids of all nodes from this one down that have parts."""
    ids = {measure.id} if measure.children else set[str]()
    return ids.union(*(inner(child) for child in measure.children))


def term_row(term: Term, book: Book, cutoffs: Cutoffs) -> Row:
    """A node in one row: sign, title, evidence class, share of its parent, points, interval."""
    measure, lang = term.measure, book.lang
    sign = ("▾" if term.is_open else "▸") if measure.children else "·"
    tone = "strong" if term.depth < 2 else "" if measure.is_applicable else "dim"
    kind = "" if measure.evidence == "auto" else say(lang, f"debrief.evidence-{measure.evidence}")
    title = book.anything(measure.about) if term.is_alike else term_title(measure, book)
    held = "" if term.held is None else f" {CAPPED}{points(term.held)}"
    left = (
        (" " + "  " * term.depth + f"{sign} {title}", tone),
        (held, "warning"),
        (f" {kind}", "time"),
    )
    if not measure.is_applicable:
        return Row((left,), (((say(lang, "debrief.not-applicable") + " ", "dim"),),))
    lo, hi = 100 * measure.lo, 100 * measure.hi
    point = None if measure.point is None else 100 * measure.point
    if point is None:
        worth = (fit(say(lang, "debrief.not-observed"), 13, "dim", right=True),)
    else:
        bounds = f"{lo:.0f}{DASH}{hi:.0f}" if lo != hi else ""
        worth = (fit(points(point), 6, "strong", right=True), fit(bounds, 7, "dim", right=True))
    share = fit(f"{term.share:.0%}", 5, "dim", right=True)
    scale = interval(lo, hi, point, cutoffs, width=SMALL_SCALE)
    return Row((left,), ((share, *worth, (" ", ""), *scale, (" ", "")),))


def term_title(measure: Measure, book: Book) -> str:
    """The title of a measure, with what it is about where the title alone does not say it."""
    title = say(book.lang, measure.words)
    if measure.about:
        about = book.anything(measure.about)
        return say(book.lang, "debrief.about-one", title=title, about=about)
    return title


def score_details(score: Score, book: Book) -> Content:
    """What holds a score down, and what the paper form would say."""
    lang = book.lang
    bounds = span(score.lo, score.hi, score.coverage, lang)
    if score.is_capped:
        bounds = say(lang, "debrief.coverage", share=f"{score.coverage:.0%}")
    pieces = [(say(lang, score.measure.words) + " ", "strong"), *worth(score, lang)]
    parts: list[str | Content] = [content([*pieces, ("  " + bounds, "dim")])]
    if score.bucket:
        parts += ["\n", say(lang, "debrief.bucket", bucket=say(lang, score.bucket))]
    for cap in score.caps:
        why = say(lang, cap.words, **cap.values)
        limit = say(lang, "debrief.cap", ceiling=points(cap.ceiling), why=why)
        parts += ["\n", Content.styled(limit, "$warning")]
    return Content.assemble(*parts)


def term_details(term: Term, book: Book) -> Content:
    """A term with its path of weights, its interval and what it rests on."""
    lang, measure = book.lang, term.measure
    parts: list[str | tuple[str, str]] = [(term_title(measure, book), "bold"), "\n"]
    if measure.is_applicable:
        bounds = span(100 * measure.lo, 100 * measure.hi, measure.coverage, lang)
        point = None if measure.point is None else 100 * measure.point
        held = "" if term.held is None else say(lang, "debrief.held", points=points(term.held))
        parts += [points(point), "  ", (bounds, "dim"), (held, "$warning"), "\n"]
        if term.depth:
            parts += [say(lang, "debrief.share", share=f"{term.share:.0%}"), "\n"]
        parts += [say(lang, f"debrief.standing-{measure.standing}"), "\n"]
    else:
        parts += [say(lang, "debrief.standing-not-applicable"), "\n"]
    kind = say(lang, f"debrief.evidence-{measure.evidence}")
    parts.append((say(lang, "debrief.rests-on", kind=kind, n=len(measure.entries)), "dim"))
    return Content.assemble(*parts)
