"""What the facilitator reads about an inject or a role: notes first, then what became of it."""

from textual.content import Content

from drillkit.core.book import Book
from drillkit.core.clocks import face
from drillkit.core.records import InjectRecord
from drillkit.core.state import State
from drillkit.model.base import Lang
from drillkit.model.scenario import Expect
from drillkit.ui.widgets.columns import STYLES
from drillkit.ui.widgets.timeline import LOOKS, Cue
from drillkit.ui.widgets.watch import Post
from drillkit.words import listing, say

Parts = list[str | tuple[str, str]]


def cue_details(cue: Cue, state: State, book: Book) -> Content:
    """The inject: standing, condition, controller notes, answers, expected actions, text."""
    lang, record = book.lang, state.injects.get(cue.inject)
    inject = book.script.injects.get(cue.inject)
    sign, tone = LOOKS[cue.status]
    status = say(lang, f"control.status.{cue.status}")
    parts: Parts = [(cue.title, "bold"), "  ", (f"{sign} {status}", STYLES[tone]), "\n"]
    event = record.event if record else None
    told = event or inject
    if told is not None:
        parts.append(
            say(
                lang,
                "control.from-to",
                sender=book("role", told.sender),
                to=book.roles(told.to),
                means=say(lang, f"log.means.{told.means}"),
            )
        )
        parts.append("\n")
    if cue.condition:
        parts += [(say(lang, "control.when.if", when=cue.condition), "italic"), "\n"]
    if record is not None and record.why:
        parts += [(say(lang, "control.because", why=record.why), "$warning"), "\n"]
    if inject is not None and inject.notes is not None:
        parts += [_head(lang, "control.notes"), inject.notes.in_(lang), "\n"]
    if record is not None and record.event is not None:
        parts += _answers(record, book)
    if inject is not None and inject.expect:
        parts.append(_head(lang, "control.expected"))
        for expect in inject.expect:
            parts += [expected(expect, book), "\n"]
    if told is not None:
        parts += [_head(lang, "control.body"), told.body.in_(lang)]
    return Content.assemble(*parts)


def _head(lang: Lang, key: str) -> tuple[str, str]:
    return say(lang, "control.head", title=say(lang, key)), "bold $secondary"


def _answers(record: InjectRecord, book: Book) -> Parts:
    """A line for each role that has answered or should."""
    assert record.event is not None
    lang, parts = book.lang, list[str | tuple[str, str]]()
    titles = {option.id: option.title.in_(lang) for option in record.event.options}
    for role, given in record.responses.items():
        last = given[-1]
        answer = listing(lang, [titles.get(id, id) for id in last.options])
        said = "  ".join(part for part in (answer, last.text) if part)
        line = say(
            lang, "control.answered", role=book("role", role), time=face(last.given.at), answer=said
        )
        parts += [("✓ ", "$success"), line, "\n"]
    for due in record.event.due:
        if due.role not in record.responses:
            late = due.role in record.overdue
            key = "control.overdue-by" if late else "control.awaited-by"
            line = say(lang, key, role=book("role", due.role), time=face(due.limit_at))
            parts += [(f"! {line}" if late else f"○ {line}", "$error" if late else ""), "\n"]
    return parts


def expected(expect: Expect, book: Book) -> str:
    """An expected action in one line: who, what, by when."""
    limit = 2 * expect.target if expect.limit is None else expect.limit
    return say(
        book.lang,
        "control.expects",
        role=book("role", expect.role),
        text=expect.text.in_(book.lang),
        target=face(expect.target),
        limit=face(limit),
    )


def post_details(post: Post, book: Book) -> Content:
    """The role: its duties, how it is reached, who may stand in."""
    lang, role = book.lang, book.script.roles[post.role]
    parts: Parts = [(book("role", role.id), "bold"), "\n", role.duties.in_(lang)]
    if role.contact is not None:
        ways = [role.contact.post.in_(lang), role.contact.phone or "", role.contact.radio or ""]
        reached = listing(lang, [way for way in ways if way])
        parts += ["\n", say(lang, "control.contact", contact=reached)]
    if role.alternates:
        parts += ["\n", say(lang, "control.alternates", roles=book.roles(role.alternates))]
    return Content.assemble(*parts)
