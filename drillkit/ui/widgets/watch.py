"""What the facilitator watches beside the script: people, supplies, entries as they come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from drillkit.core.book import Book
from drillkit.core.chronicle import Names, sentence
from drillkit.core.clocks import face
from drillkit.core.ledger import Ledger
from drillkit.core.records import NeedRecord
from drillkit.core.state import State
from drillkit.model.base import MINUTE, Millis
from drillkit.model.events import (
    AnswerOverdue,
    BroadcastMade,
    ClockMarked,
    CustomerNotified,
    DrillEnded,
    DrillStarted,
    Entry,
    InjectReleased,
    MessageSent,
    ReportFiled,
    ReportOverdue,
    StatementDrafted,
    StatementIssued,
    StatementReturned,
    SuppliesDispatched,
)
from drillkit.model.plan import Role
from drillkit.ui.widgets.columns import Piece, fit, gauge
from drillkit.ui.widgets.feed import Row
from drillkit.words import say

# -- people ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Post:
    """How far a role has come: a words key of control.post, since when, and whether it is late."""

    role: str
    standing: str
    since: Millis | None = None
    substitute: str = ""
    late: Millis = 0


POST_LOOKS: dict[str, Piece] = {
    "not-called": ("○", "dim"),
    "called": ("▷", "unread"),
    "acknowledged": ("▶", "unread"),
    "present": ("✓", "done"),
    "substituted": ("✓", "done"),
    "left": ("←", "warning"),
}


def posts(state: State, book: Book, at: Millis) -> tuple[Post, ...]:
    """The players' posts in the plan's order."""
    return tuple(post_of(state, role, at) for role in book.script.plan.players())


def post_of(state: State, role: Role, at: Millis) -> Post:
    """How far the role has come at `at`, and how late it is by the plan's limits."""
    presence = state.presence.get(role.id)
    if presence is None or (presence.called is None and not presence.stays):
        return Post(role.id, "not-called")
    if presence.stays:
        stay = presence.stays[-1]
        if stay.left is not None:
            return Post(role.id, "left", stay.left.at)
        standing = "substituted" if stay.substitute else "present"
        return Post(role.id, standing, stay.came.at, stay.substitute)
    called = presence.called
    assert called is not None
    limit = 2 * role.arrive_target if role.arrive_limit is None else role.arrive_limit
    late = max(0, at - called.at - limit)
    if presence.acknowledged is not None:
        return Post(role.id, "acknowledged", presence.acknowledged.at, late=late)
    return Post(role.id, "called", called.at, late=max(late, at - called.at - role.ack_limit, 0))


def post_row(post: Post, book: Book) -> Row:
    """The post in one row: sign, role, standing, since when."""
    sign, tone = ("!", "late") if post.late else POST_LOOKS[post.standing]
    since = "" if post.since is None else face(post.since)
    words = say(book.lang, f"control.post.{post.standing}", who=book("role", post.substitute))
    if post.late:
        since = say(book.lang, "control.late", time=face(post.late))
    width = max(12, cell_len(since) + 1)
    return Row(
        (((f" {sign} ", tone), (book("role", post.role), "")),),
        (((words, tone), fit(since, width, "late" if post.late else "time", right=True)),),
    )


# -- supplies --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Provision:
    """A need with what has come for it, a shipment under way, or a stock below its reserve.

    `left` is in ms, negative when that time has passed; None when nothing runs: it is met, or the
    drill is over.
    """

    kind: str
    title: str
    have: int
    want: int
    left: Millis | None = None
    critical: bool = False


def provisions(state: State, book: Book, at: Millis) -> tuple[Provision, ...]:
    """Open needs first, the most pressing on top; then what is under way, low stock, met needs."""
    needs = sorted(state.needs.values(), key=lambda need: (need.event.limit_at, need.event.need))
    return (
        *(_need(need, book, at, state.stage == "ended") for need in needs if not need.is_met),
        *(
            _shipment(sent, book, at, state.stage == "ended")
            for sent in sorted(state.ledger.transit.values(), key=lambda sent: sent.arrives_at)
        ),
        *_low(state.ledger, book),
        *(_need(need, book, at, state.stage == "ended") for need in needs if need.is_met),
    )


def _need(need: NeedRecord, book: Book, at: Millis, ended: bool) -> Provision:
    event = need.event
    left = None if need.is_met or (ended and at < event.limit_at) else event.limit_at - at
    title = event.title.in_(book.lang)
    return Provision("need", title, need.filled, event.quantity, left, event.life_critical)


def _shipment(sent: SuppliesDispatched, book: Book, at: Millis, ended: bool) -> Provision:
    title = say(
        book.lang,
        "control.under-way",
        quantity=sent.quantity,
        item=book("item", sent.item),
        site=book("site", sent.site),
    )
    left = None if ended else max(0, sent.arrives_at - at)
    return Provision("shipment", title, 0, sent.quantity, left)


def _low(ledger: Ledger, book: Book) -> list[Provision]:
    """The items of which less is in store than the plan's reserve."""
    stored = defaultdict[str, int](int)
    for (_, item), quantity in ledger.stock.items():
        stored[item] += quantity
    return [
        Provision("stock", item.title.in_(book.lang), stored[item.id], item.floor)
        for item in book.script.plan.items
        if stored[item.id] < item.floor
    ]


_WAIT = 12
"""Cells for how long there is, or was: "1:02:03 late"; where more is said the column grows."""


def provision_row(provision: Provision, book: Book) -> Row:
    """One row: what it is, how much of it is there, by when."""
    lang, left = book.lang, provision.left
    have = fit(f"{provision.have}/{provision.want}", 9, right=True)
    if provision.kind == "shipment":
        wait = "" if left is None else say(lang, "control.in", time=face(left))
        return Row((((" → ", "unread"), (provision.title, "")),), (((wait, "dim"),),))
    if provision.kind == "stock":
        title = say(lang, "control.stock-low", item=provision.title)
        return Row((((" ! ", "warning"), (title, "warning")),), ((have,),))
    met = provision.have >= provision.want
    if left is None:
        wait = (say(lang, "control.met"), "done") if met else ("", "")
    elif left <= 0:
        wait = (say(lang, "control.late", time=face(-left)), "late")
    else:
        wait = (say(lang, "control.left", time=face(left)), "warning" if left < 5 * MINUTE else "")
    sign = ("✓", "done") if met else ("!", "late") if left is not None and left <= 0 else ("○", "")
    tone = "strong" if provision.critical else ""
    bar = gauge(provision.have / provision.want, 6, "done" if met else "unread")
    said, look = wait
    return Row(
        (((f" {sign[0]} ", sign[1]), (provision.title, tone)),),
        ((*bar, have, (" ", ""), fit(said, max(_WAIT, cell_len(said)), look, right=True)),),
    )


# -- entries ---------------------------------------------------------------------------------------

SAID = (
    MessageSent,
    ReportFiled,
    StatementDrafted,
    StatementReturned,
    StatementIssued,
    CustomerNotified,
    BroadcastMade,
)
"""What people told each other."""


def logged(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that say something."""
    return [entry for entry in entries if not isinstance(entry.event, ClockMarked)]


def said(entries: Sequence[Entry]) -> list[Entry]:
    """The messages, reports, statements and broadcasts."""
    return [entry for entry in entries if isinstance(entry.event, SAID)]


def entry_row(entry: Entry, names: Names, book: Book) -> Row:
    """The entry in one row: its number, when, and the first line of what it says."""
    voided = entry.seq in names.state.voided
    match entry.event:
        case AnswerOverdue() | ReportOverdue():
            tone = "late"
        case InjectReleased() | DrillStarted() | DrillEnded():
            tone = "strong"
        case _:
            tone = ""
    text = " ".join(sentence(entry, names, book.lang).split("\n"))
    number = fit(str(entry.seq), 4, "quiet", right=True)
    when = fit(face(entry.at), 8, "time", right=True)
    mark = ((" ✗ ", "warning"),) if voided else ((" ", ""),)
    return Row(((number, when, *mark, (text, "quiet" if voided else tone)),))
