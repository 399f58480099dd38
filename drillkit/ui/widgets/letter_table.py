"""Objectives and critical tasks with their letters, and the lessons, as drawn rows and details."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from drillkit.core.book import Book
from drillkit.model.base import Lang
from drillkit.model.events import Rating
from drillkit.ui.widgets.columns import STYLES, Piece, fit
from drillkit.ui.widgets.feed import Row
from drillkit.ui.widgets.score_table import points
from drillkit.words import listing, say
from scoring.assessment import Assessment, Finding, Level, ObjectiveLetter, TaskLetter
from scoring.result.letters import MEETING

LETTER_TONE: dict[Rating, str] = {
    "P": "done",
    "S": "strong",
    "M": "warning",
    "U": "late",
    "not-observed": "dim",
    "not-applicable": "quiet",
}
LEVEL_LOOKS: dict[Level, Piece] = {
    "deficiency": ("!", "late"),
    "corrective": ("▲", "warning"),
    "improvement": ("△", "unread"),
    "strength": ("+", "done"),
}

Parts = list[str | tuple[str, str]]


def letter(rating: Rating, lang: Lang) -> str:
    """The letter, or a short word where there is none."""
    return rating if len(rating) == 1 else say(lang, f"debrief.{rating}-short")


def letters(assessment: Assessment) -> Iterator[ObjectiveLetter | TaskLetter]:
    """Each objective, and under it its tasks."""
    for objective in assessment.objectives:
        yield objective
        yield from objective.tasks


def letter_row(one: ObjectiveLetter | TaskLetter, book: Book) -> Row:
    """An objective or a task in one row, with its letter and points."""
    tone = LETTER_TONE[one.rating]
    if isinstance(one, ObjectiveLetter):
        critical = any(o.critical for o in book.script.scenario.objectives if o.id == one.objective)
        title = ((book("objective", one.objective), "strong"),)
        x = one.measure.point
    else:
        critical = book.script.tasks[one.task].critical
        title = (("  " + book("task", one.task), ""),)
        x = one.x
    star = (say(book.lang, "debrief.critical-mark"), "warning") if critical else ("", "")
    worth = points(None if x is None else 100 * x)
    mark = fit(" " + letter(one.rating, book.lang), 7, tone)
    return Row((((" ", ""), star, *title),), ((fit(worth, 6, "dim", right=True), mark),))


def letter_details(one: ObjectiveLetter | TaskLetter, book: Book) -> Content:
    """What the letter means, who gave it, and why it was suggested."""
    lang = book.lang
    parts: Parts = []
    if isinstance(one, TaskLetter):
        task = book.script.tasks[one.task]
        parts += [(task.text.in_(lang), "bold"), "\n"]
        parts += [say(lang, "evaluation.standard", text=task.standard.in_(lang)), "\n"]
        why = listing(lang, [say(lang, key) for key in one.why])
        suggested = say(lang, f"result.letter-{one.suggested}")
        parts += [say(lang, "debrief.suggested", letter=suggested, why=why), "\n"]
        if one.by != "rule":
            rated = say(lang, f"result.letter-{one.rating}")
            by = say(lang, "settlement.head") if one.by == MEETING else one.by
            parts.append((say(lang, "debrief.rated", letter=rated, by=by), "bold"))
    else:
        parts += [(book("objective", one.objective), "bold"), "\n"]
        parts += [(say(lang, f"result.letter-{one.rating}"), STYLES[LETTER_TONE[one.rating]])]
        if len(one.rating) == 1:
            parts += ["\n", say(lang, f"result.meaning-{one.rating}")]
    return Content.assemble(*parts)


def finding_row(finding: Finding, book: Book) -> Row:
    """A lesson or a strength in one row: level, what it is called, what it is about."""
    lang = book.lang
    sign, tone = LEVEL_LOOKS[finding.level]
    level = say(lang, f"debrief.level-{finding.level}")
    title = say(lang, f"lessons.{finding.rule}.title", **finding.values)
    about = say(lang, f"lessons.{finding.rule}.seen", **finding.values)
    return Row(
        (
            (
                (f" {sign} ", tone),
                fit(level, 11, tone),
                (f" {title}", "strong"),
                (f"  {about}", "dim"),
            ),
        )
    )


def finding_details(finding: Finding, book: Book) -> Content:
    """The lesson whole: level, what was seen, why, what to do, who, by when, where in the plan."""
    lang = book.lang
    sign, tone = LEVEL_LOOKS[finding.level]
    level = say(lang, f"debrief.level-{finding.level}")
    title = say(lang, f"lessons.{finding.rule}.title", **finding.values)
    parts: Parts = [(f"{sign} {finding.id} {level}", STYLES[tone]), "  ", (title, "bold"), "\n"]
    parts += [say(lang, f"lessons.{finding.rule}.seen", **finding.values), "\n"]
    if finding.level != "strength":
        for part in ("cause", "action"):
            head = say(lang, "control.head", title=say(lang, f"debrief.{part}"))
            text = say(lang, f"lessons.{finding.rule}.{part}", **finding.values)
            parts += [(head, "bold $secondary"), text, "\n"]
    if finding.clause:
        clause = next((c for c in book.script.plan.clauses if c.id == finding.clause), None)
        if clause is not None:
            name = f"{clause.number} {clause.title.in_(lang)}"
            parts += [say(lang, "debrief.clause", clause=name), "\n"]
    parts.append((evidence(finding.entries, lang), "dim"))
    return Content.assemble(*parts)


def evidence(entries: Sequence[int], lang: Lang) -> str:
    """The numbers of the entries that something rests on."""
    if not entries:
        return say(lang, "debrief.no-evidence")
    shown = [str(seq) for seq in entries[:12]]
    more = len(entries) - len(shown)
    if more:
        shown.append(f"+{more}")
    return say(lang, "debrief.evidence", n=len(entries), entries=listing(lang, shown))
