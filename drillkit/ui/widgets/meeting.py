"""The evaluators' meeting as drawn rows and details: tasks and duties with all their ratings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.cells import cell_len
from textual.content import Content

from drillkit.core.assignments import lead_of
from drillkit.core.book import Book
from drillkit.core.decide.settlement import raters
from drillkit.core.differences import DUTIES, TASK
from drillkit.core.names import named
from drillkit.core.records import Mark
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR, Lang
from drillkit.model.events import Duty, DutyRated, TaskRated, ValueAdjudicated
from drillkit.ui.widgets.columns import DASH, STYLES, Piece, fit, plain_points
from drillkit.ui.widgets.feed import Row
from drillkit.ui.widgets.letter_table import LETTER_TONE, Parts
from drillkit.ui.widgets.score_table import points
from drillkit.words import listing, say
from scoring.result.raters import ENOUGH, verdict
from scoring.result.settlement import (
    DutyVerdict,
    Figure,
    TaskVerdict,
    Verdict,
    has_met,
    reliability,
)

_SIGNS = {"not-observed": "○", "not-applicable": DASH}
"""What stands in a narrow column for the two that judge nothing."""
_DUTY_TONE: dict[Duty, str] = {
    "skilled": "done",
    "adequate": "strong",
    "unclear": "late",
    "not-observed": "dim",
    "not-applicable": "quiet",
}
_RATER, _DUTY, _WORTH = 4, 8, 7
"""Cells of the column of a rater, for letters and for duties, and for points or a letter."""
_NAME = 10
"""The most cells that the name of who set a value takes in a row."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about the meeting; `about` (a words key) says what it means.

    `said` is what people said of it.
    """

    label: str
    value: str
    tone: str = ""
    about: str = ""
    said: str = ""


def verdict_row(one: Verdict, state: State, book: Book) -> Row:
    """A task or a role's duties in one row: what each rater gave, and what was settled."""
    return (
        _task_row(one, state, book) if isinstance(one, TaskVerdict) else _duty_row(one, state, book)
    )


def _task_row(one: TaskVerdict, state: State, book: Book) -> Row:
    differs, apart = ("≠" if one.differs else " "), ("±" if one.is_apart else " ")
    tone = "warning" if one.is_open else "dim"
    left: tuple[Piece, ...] = ((f" {differs}{apart} ", tone), (book("task", one.task), ""))
    cells: list[Piece] = []
    for rater in raters(state):
        rating = one.given.get(rater)
        if rating is None:
            cells.append(_unrated())
        else:
            cells.append(fit(" " + _SIGNS.get(rating, rating), _RATER, LETTER_TONE[rating]))
    auto = points(None if one.auto is None else 100 * one.auto)
    cells.append(fit(auto, _WORTH, "late" if one.is_apart and one.is_open else "dim", right=True))
    settled = one.settled.rating if one.settled else ""
    cells.append(_outcome(one, _SIGNS.get(settled, settled), state, book))
    return Row((left,), (tuple(cells),))


def _duty_row(one: DutyVerdict, state: State, book: Book) -> Row:
    """The duties of a role, each rating in a word."""
    tone = "warning" if one.is_open else "dim"
    left: tuple[Piece, ...] = (
        (" ≠  " if one.differs else "    ", tone),
        (_duties_of(one, book), ""),
    )
    cells: list[Piece] = []
    for rater in raters(state):
        duty = one.given.get(rater)
        if duty is None:
            cells.append(fit(" ·", _DUTY, "quiet"))
        else:
            cells.append(fit(f" {_duty_word(duty, book.lang)}", _DUTY, _DUTY_TONE[duty]))
    settled = _duty_word(one.settled.duty, book.lang) if one.settled else ""
    cells.append(_outcome(one, settled, state, book))
    return Row((left,), (tuple(cells),))


def _unrated() -> Piece:
    return fit(" ·", _RATER, "quiet")


def _outcome(one: Verdict, settled: str, state: State, book: Book) -> Piece:
    """What counts in the end, at the end of a row: a value that was set, and by whom; a letter."""
    width = _outcome_width(state, book, is_of_duties=isinstance(one, DutyVerdict))
    if found := state.adjudicated.get(one.measure):
        mark, ruling = found
        worth = _SIGNS["not-observed"] if ruling.value is None else plain_points(ruling.value)
        return fit(f" = {worth} {decided_by(mark, ruling, book)}", width, "done")
    return fit(f" → {settled}" if settled else "", width, "done")


def _outcome_width(state: State, book: Book, *, is_of_duties: bool) -> int:
    """Room for what was settled, and for who set values where anybody did."""
    least = _DUTY + 3 if is_of_duties and state.settled_duties else _WORTH
    names = [
        cell_len(decided_by(mark, ruling, book))
        for id, (mark, ruling) in state.adjudicated.items()
        if id.startswith((TASK, DUTIES))
    ]
    return max(least, _WORTH + min(max(names), _NAME)) if names else least


def decided_by(mark: Mark, ruling: ValueAdjudicated, book: Book) -> str:
    """Who set the value: by name where the journal has one, else the seat."""
    return ruling.decider or named(mark) or say(book.lang, f"log.seat.{mark.by}")


def _duty_word(duty: Duty, lang: Lang) -> str:
    return _SIGNS[duty] if duty in _SIGNS else say(lang, f"settlement.duty-{duty}")


def _duties_of(one: DutyVerdict, book: Book) -> str:
    return say(book.lang, "settlement.duties-of", role=book("role", one.role))


def verdict_title(one: Verdict, book: Book) -> str:
    """What the evaluators differ in."""
    return book("task", one.task) if isinstance(one, TaskVerdict) else _duties_of(one, book)


def verdict_details(one: Verdict, state: State, book: Book) -> Content:
    """What each rater gave and why, what the journal says, and what the meeting made of it."""
    if isinstance(one, TaskVerdict):
        return _task_details(one, state, book)
    return _duty_details(one, state, book)


def _task_details(one: TaskVerdict, state: State, book: Book) -> Content:
    lang = book.lang
    task = book.script.tasks[one.task]
    parts: Parts = [(task.text.in_(lang), "bold"), "\n"]
    parts += [say(lang, "evaluation.standard", text=task.standard.in_(lang)), "\n"]
    for rater in one.given:
        mark, rated = state.ratings[one.task, rater]
        said = say(
            lang,
            "evaluation.rated",
            rater=rater,
            letter=say(lang, f"result.letter-{rated.rating}"),
            why=_why(rated, lang),
            entry=mark.seq,
        )
        parts += [(said, STYLES.get(LETTER_TONE[rated.rating], "")), "\n"]
    auto = points(None if one.auto is None else 100 * one.auto)
    human = points(None if one.human is None else 100 * one.human)
    says = say(lang, "settlement.both-say", auto=auto, human=human)
    parts += [(says, "$warning" if one.is_apart else ""), "\n"]
    if one.settled:
        parts += _settled(f"result.letter-{one.settled.rating}", one, lang)
    return Content.assemble(*parts, *_adjudicated(one.measure, state, book))


def _duty_details(one: DutyVerdict, state: State, book: Book) -> Content:
    lang = book.lang
    duties = book.script.roles[one.role].duties.in_(lang)
    parts: Parts = [(_duties_of(one, book), "bold"), "\n", (duties, "dim"), "\n"]
    for rater, duty in one.given.items():
        said = duty_said(rater, *state.duties[one.role, rater], lang)
        parts += [(said, STYLES.get(_DUTY_TONE[duty], "")), "\n"]
    if one.settled:
        parts += _settled(f"log.duty.{one.settled.duty}", one, lang)
    return Content.assemble(*parts, *_adjudicated(one.measure, state, book))


def duty_said(rater: str, mark: Mark, rated: DutyRated, lang: Lang) -> str:
    """What a rater said of the duties of a role, and why."""
    word = say(lang, f"log.duty.{rated.duty}")
    duty = say(lang, "settlement.duty-because", duty=word, why=rated.why) if rated.why else word
    return say(lang, "settlement.duty-rated", rater=rater, duty=duty, entry=mark.seq)


def _why(rated: TaskRated, lang: Lang) -> str:
    """The reason of a rating, with what makes it grave."""
    flags = {
        "harmed": rated.harmed,
        "unsafe": rated.unsafe,
        "noncompliant": rated.noncompliant,
    }
    grave = [say(lang, f"log.tail.{flag}") for flag, holds in flags.items() if holds]
    return " ".join([*([rated.why] if rated.why else []), *grave])


def _settled(words: str, one: Verdict, lang: Lang) -> Parts:
    assert one.settled is not None
    said = say(
        lang,
        "settlement.settled",
        letter=say(lang, words),
        why=one.settled.why,
        settler=one.settled.settler,
    )
    return [(said, "bold $success"), "\n"]


def _adjudicated(measure: str, state: State, book: Book) -> Parts:
    """The value that was set by decision, if one was."""
    if measure not in state.adjudicated:
        return []
    lang, (mark, ruling) = book.lang, state.adjudicated[measure]
    worth = say(lang, "settlement.unseen")
    if ruling.value is not None:
        worth = say(lang, "settlement.points", points=plain_points(ruling.value))
    by = decided_by(mark, ruling, book)
    said = say(lang, "settlement.adjudicated", value=worth, why=ruling.why, by=by)
    return [(said, "bold $success"), "\n"]


def facts(state: State, found: Sequence[Verdict], lang: Lang) -> tuple[Fact, ...]:
    """Who handed in, how far they agree before and after settling, the meeting, the signatures."""
    return (
        *_handed_in(state, lang),
        *_agreement(state, lang),
        *_steps(state, found, lang),
    )


def _handed_in(state: State, lang: Lang) -> Iterator[Fact]:
    seated = {seat.person for seat in state.seats.values() if seat.role == EVALUATOR}
    for name in sorted({*raters(state), *state.submitted, *seated}):
        mark = state.submitted.get(name)
        word = say(lang, "settlement.in" if mark else "settlement.not-in")
        yield Fact(name, word, "done" if mark else "warning", "settlement.about-in")


def _agreement(state: State, lang: Lang) -> Iterator[Fact]:
    before, after = reliability(state), reliability(state, settled=True)
    yield _figure("alpha", before.alpha, lang)
    if state.settled:
        yield _figure("alpha-after", after.alpha, lang)
    if before.kappa and after.kappa:
        yield _figure("kappa", before.kappa, lang)
        if state.settled:
            yield _figure("kappa-after", after.kappa, lang)
    if before.duties.n >= ENOUGH:
        yield _figure("alpha-duties", before.duties, lang)
        if state.settled_duties:
            yield _figure("alpha-duties-after", after.duties, lang)
    if before.icc:
        yield _figure("icc", before.icc, lang)


def _figure(name: str, figure: Figure, lang: Lang) -> Fact:
    label = say(lang, f"settlement.{name}")
    is_after = name.endswith("-after")
    about = "settlement.about-settled" if is_after else f"settlement.about-{name}"
    if figure.n < ENOUGH:
        value = say(lang, "settlement.few", n=figure.n, least=ENOUGH)
        return Fact(label, value, "dim", about)
    if figure.value is None:
        return Fact(label, say(lang, "settlement.same", n=figure.n), "dim", about)
    level = verdict(figure.value)
    tone = {"reliable": "done", "tentative": "warning", "insufficient": "late"}[level]
    if is_after:
        # What the meeting made equal is no agreement of the raters: it earns no colour.
        tone = "dim"
    value = say(lang, "settlement.figure", value=f"{figure.value:.3f}", n=figure.n)
    return Fact(label, value, tone, about)


def _steps(state: State, found: Sequence[Verdict], lang: Lang) -> Iterator[Fact]:
    left = sum(one.is_open for one in found)
    word = say(lang, "settlement.left", n=left) if left else say(lang, "settlement.none-left")
    yield Fact(say(lang, "settlement.open"), word, "warning" if left else "done")
    if lead := lead_of(state):
        yield Fact(say(lang, "settlement.lead"), lead, "done", "settlement.about-lead")
    meeting = say(lang, "settlement.meeting")
    if state.meeting is None:
        yield Fact(meeting, say(lang, "settlement.not-closed"), "dim")
    else:
        present = listing(lang, list(state.meeting[1].present))
        word = "settlement.closed" if has_met(state) else "settlement.closed-before"
        tone = "done" if has_met(state) else "late"
        yield Fact(meeting, say(lang, word, present=present), tone, said=_said_at(state, lang))
    for mark, reopened in state.reopened[-1:]:
        name = named(mark) or say(lang, f"log.seat.{mark.by}")
        value = say(lang, "settlement.signed", name=name, time=_wall(mark))
        void = listing(lang, list(reopened.void)) or DASH
        said = say(lang, "settlement.reopened-void", void=void, why=reopened.why)
        yield Fact(
            say(lang, "settlement.reopened"), value, "warning", "settlement.about-signed", said
        )
    for office in ("lead", "director"):
        signed = state.signed.get(office)
        value = (
            say(lang, "settlement.signed", name=signed[1].name, time=_wall(signed[0]))
            if signed
            else DASH
        )
        label = say(lang, "settlement.signature", office=say(lang, f"log.office.{office}"))
        tone, about = ("done", "settlement.about-signed") if signed else ("dim", "")
        yield Fact(label, value, tone, about)


def _said_at(state: State, lang: Lang) -> str:
    """What the closed meeting said of the differences, and why it left some open."""
    assert state.meeting is not None
    _, closed = state.meeting
    left = say(lang, "settlement.left-because", why=closed.left) if closed.left else ""
    return "\n".join(filter(None, [closed.why, left]))


def _wall(mark: Mark) -> str:
    """The wall's date and time, in UTC as in the report."""
    return f"{datetime.fromtimestamp(mark.wall / 1000, UTC):%Y-%m-%d %H:%M}"


def fact_row(fact: Fact) -> Row:
    """The line in one row."""
    return Row((((" " + fact.label, ""),),), (((fact.value + " ", fact.tone),),))


def fact_details(fact: Fact, lang: Lang) -> Content:
    """The line in full, and what it means."""
    parts: Parts = [(fact.label, "bold"), "  ", (fact.value, STYLES.get(fact.tone, ""))]
    if fact.said:
        parts += ["\n", fact.said]
    if fact.about:
        parts += ["\n", (say(lang, fact.about), "dim")]
    return Content.assemble(*parts)
