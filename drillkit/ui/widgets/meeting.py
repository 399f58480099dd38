"""The evaluators' meeting as drawn rows and details: tasks with all their letters, and figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from drillkit.core.assignments import lead_of
from drillkit.core.clocks import face
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR, Lang
from drillkit.ui.book import Book
from drillkit.ui.widgets.columns import DASH, STYLES, Piece, fit
from drillkit.ui.widgets.feed import Row
from drillkit.ui.widgets.letter_table import LETTER_TONE, Parts
from drillkit.ui.widgets.score_table import points
from drillkit.words import listing, say
from scoring.result.raters import ENOUGH, verdict
from scoring.result.settlement import Figure, TaskVerdict, has_met, reliability

_SIGNS = {"not-observed": "○", "not-applicable": DASH}
"""What stands in a narrow column for the two that are no letters."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about the meeting; `about` (a words key) says what it means."""

    label: str
    value: str
    tone: str = ""
    about: str = ""


def raters(state: State) -> list[str]:
    """Everybody who rated a task, in the order of the columns."""
    return sorted({rater for _, rater in state.ratings})


def verdict_row(one: TaskVerdict, state: State, book: Book) -> Row:
    """A task in one row: what each rater gave, the evidence in points, and what was settled."""
    lang = book.lang
    differs, apart = ("≠" if one.differs else " "), ("±" if one.is_apart else " ")
    tone = "warning" if one.is_open else "dim"
    left: tuple[Piece, ...] = ((f" {differs}{apart} ", tone), (book("task", one.task), ""))
    cells: list[Piece] = []
    for rater in raters(state):
        rating = one.given.get(rater)
        if rating is None:
            cells.append(fit(" ·", 4, "quiet"))
        else:
            cells.append(fit(" " + _SIGNS.get(rating, rating), 4, LETTER_TONE[rating]))
    auto = points(None if one.auto is None else 100 * one.auto)
    cells.append(fit(auto, 7, "late" if one.is_apart and one.is_open else "dim", right=True))
    if one.settled:
        settled = one.settled.rating
        cells.append(fit(f" → {_SIGNS.get(settled, settled)}", 7, "done"))
    else:
        cells.append(
            fit(" " + say(lang, "settlement.set") if one.is_adjudicated else "", 7, "done")
        )
    return Row((left,), (tuple(cells),))


def verdict_details(one: TaskVerdict, state: State, book: Book) -> Content:
    """What each rater gave and why, what the journal says, and what the meeting made of it."""
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
            why=rated.why,
            entry=mark.seq,
        )
        parts += [(said, STYLES.get(LETTER_TONE[rated.rating], "")), "\n"]
    auto = points(None if one.auto is None else 100 * one.auto)
    human = points(None if one.human is None else 100 * one.human)
    says = say(lang, "settlement.both-say", auto=auto, human=human)
    parts += [(says, "$warning" if one.is_apart else ""), "\n"]
    if one.settled:
        said = say(
            lang,
            "settlement.settled",
            letter=say(lang, f"result.letter-{one.settled.rating}"),
            why=one.settled.why,
            settler=one.settled.settler,
        )
        parts += [(said, "bold $success"), "\n"]
    if found := state.adjudicated.get(f"result.task.{one.task}"):
        value = found[1].value
        said = say(
            lang,
            "settlement.adjudicated",
            value=points(None if value is None else 100 * value),
            why=found[1].why,
        )
        parts += [(said, "bold $success"), "\n"]
    return Content.assemble(*parts)


def facts(state: State, found: Sequence[TaskVerdict], lang: Lang) -> tuple[Fact, ...]:
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
    if before.icc:
        yield _figure("icc", before.icc, lang)


def _figure(name: str, figure: Figure, lang: Lang) -> Fact:
    label = say(lang, f"settlement.{name}")
    about = f"settlement.about-{name.removesuffix('-after')}"
    if figure.n < ENOUGH:
        value = say(lang, "settlement.few", n=figure.n, least=ENOUGH)
        return Fact(label, value, "dim", about)
    if figure.value is None:
        return Fact(label, say(lang, "settlement.same", n=figure.n), "dim", about)
    level = verdict(figure.value)
    tone = {"reliable": "done", "tentative": "warning", "insufficient": "late"}[level]
    value = say(lang, "settlement.figure", value=f"{figure.value:.3f}", n=figure.n)
    return Fact(label, value, tone, about)


def _steps(state: State, found: Sequence[TaskVerdict], lang: Lang) -> Iterator[Fact]:
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
        yield Fact(meeting, say(lang, word, present=present), "done" if has_met(state) else "late")
    for office in ("lead", "director"):
        signed = state.signed.get(office)
        value = (
            say(lang, "settlement.signed", name=signed[1].name, time=face(signed[0].at))
            if signed
            else DASH
        )
        label = say(lang, "settlement.signature", office=say(lang, f"log.office.{office}"))
        yield Fact(label, value, "done" if signed else "dim")


def fact_row(fact: Fact) -> Row:
    """The line in one row."""
    return Row((((" " + fact.label, ""),),), (((fact.value + " ", fact.tone),),))


def fact_details(fact: Fact, lang: Lang) -> Content:
    """The line in full, and what it means."""
    parts: Parts = [(fact.label, "bold"), "  ", (fact.value, STYLES.get(fact.tone, ""))]
    if fact.about:
        parts += ["\n", (say(lang, fact.about), "dim")]
    return Content.assemble(*parts)
