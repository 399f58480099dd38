"""The script as the facilitator sees it: every inject with its standing, and where play is."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from drillkit.core.book import Book
from drillkit.core.clocks import face, script_time
from drillkit.core.director import planned_at
from drillkit.core.in_words import in_words
from drillkit.core.records import InjectRecord, InjectStatus
from drillkit.core.state import State
from drillkit.model.base import Lang, Millis
from drillkit.model.scenario import Inject, Phase
from drillkit.ui.widgets.columns import Piece, content, fit
from drillkit.ui.widgets.feed import Row
from drillkit.words import say

LOOKS: dict[InjectStatus, Piece] = {
    "planned": ("○", "dim"),
    "held": ("=", "warning"),
    "skipped": ("✗", "dim"),
    "released": ("▶", "unread"),
    "opened": ("▷", "unread"),
    "answered": ("◑", "unread"),
    "overdue": ("!", "late"),
    "complete": ("✓", "done"),
}
"""The sign and the tone of each standing; the sign alone tells it without colour."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One inject of the script, or one made ad hoc, as it stands.

    `planned` is in ms of script time, `left` the ms until the next thing about it falls due:
    its release, or the first awaited answer's limit; negative when that has passed. None when
    nothing does, as after the end.
    """

    inject: str
    title: str
    to: tuple[str, ...]
    status: InjectStatus
    planned: Millis | None = None
    deferred: bool = False
    condition: str = ""
    due: int = 0
    answered: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()
    left: Millis | None = None
    ad_hoc: bool = False


def cues(state: State, book: Book, at: Millis) -> tuple[Cue, ...]:
    """All injects in script order; a conditional one stays behind the one it is written after."""
    planned: list[tuple[Millis, Cue]] = []
    last: Millis = 0
    for inject in state.scenario.injects:
        cue = _cue(state, book, inject, at)
        last = last if cue.planned is None else cue.planned
        planned.append((last, cue))
    found = [cue for _, cue in sorted(planned, key=lambda pair: pair[0])]
    for record in state.injects.values():
        if record.id not in book.script.injects and record.event is not None:
            found.insert(_place(found, state, record), _ad_hoc(state, record, book, at))
    return tuple(found)


def _cue(state: State, book: Book, inject: Inject, at: Millis) -> Cue:
    record = state.injects.get(inject.id) or InjectRecord(inject.id)
    planned = planned_at(state, inject)
    left = _left(state, record, at)
    if record.status == "planned" and planned is not None and not state.ended:
        left = planned - script_time(state, at)
    return Cue(
        inject=inject.id,
        title=inject.title.in_(book.lang),
        to=inject.to,
        status=record.status,
        planned=planned,
        deferred=record.deferred_to is not None,
        condition=in_words(inject.when, book) if inject.when else "",
        due=len(record.event.due) if record.event else 0,
        answered=tuple(record.responses),
        awaited=record.awaited,
        left=left,
    )


def _ad_hoc(state: State, record: InjectRecord, book: Book, at: Millis) -> Cue:
    event = record.event
    assert event is not None
    return Cue(
        inject=record.id,
        title=event.title.in_(book.lang),
        to=event.to,
        status=record.status,
        due=len(event.due),
        answered=tuple(record.responses),
        awaited=record.awaited,
        left=_left(state, record, at),
        ad_hoc=True,
    )


def _left(state: State, record: InjectRecord, at: Millis) -> Millis | None:
    if record.event is None or record.skipped or state.ended:
        return None
    due = [one for one in record.event.due if one.role in record.awaited]
    # As the person counts who is to answer: to the target, and from then on to the limit.
    ends = [one.target_at if at < one.target_at else one.limit_at for one in due]
    return min(ends) - at if ends else None


def _place(found: Sequence[Cue], state: State, record: InjectRecord) -> int:
    """Behind the injects that were released before it."""
    assert record.released is not None
    place = 0
    for index, cue in enumerate(found):
        released = state.injects[cue.inject].released if cue.inject in state.injects else None
        if released is not None and released < record.released:
            place = index + 1
    return place


def countdown(cue: Cue, lang: Lang) -> tuple[str, str]:
    """How long until something is due of the inject, in words, and in which tone."""
    if cue.left is None:
        return "", ""
    if cue.status == "planned":
        if cue.left <= 0:
            return say(lang, "control.waits"), "dim"
        return say(lang, "control.in", time=face(cue.left)), "dim"
    if cue.left <= 0:
        return say(lang, "control.late", time=face(-cue.left)), "late"
    return say(lang, "control.left", time=face(cue.left)), "warning" if cue.left < 60_000 else ""


def when_due(cue: Cue, lang: Lang) -> str:
    """The planned time, or a word for one without."""
    if cue.planned is None:
        kind = "ad-hoc" if cue.ad_hoc else "conditional" if cue.condition else "by-hand"
        return say(lang, f"control.{kind}-short")
    return ("+" if cue.deferred else "") + face(cue.planned)


def drawn(cue: Cue, book: Book) -> Row:
    """The inject as a row: when, standing, what, to whom or on which condition, until when."""
    lang = book.lang
    sign, tone = LOOKS[cue.status]
    wait, urgency = countdown(cue, lang)
    told = f"{cue.due - len(cue.awaited)}/{cue.due}" if cue.due else ""
    if cue.condition and cue.status == "planned":
        about = say(lang, "control.when.if", when=cue.condition)
    else:
        about = "→ " + book.roles(cue.to)
    left = (
        fit(when_due(cue, lang), 7, "time", right=True),
        (f" {sign} ", tone),
        fit(say(lang, f"control.status.{cue.status}"), 9, tone),
        (f" {cue.title}", "dim" if cue.status == "skipped" else ""),
        (f"  {about}", "dim"),
    )
    return Row((left,), (((told, ""), (f"  {wait}" if told and wait else wait, urgency)),))


def progress(
    found: Sequence[Cue], phases: Sequence[Phase], length: Millis, now: Millis, width: int
) -> list[Piece]:
    """The script as a picture of `width` cells: past and future, injects, phases, and now."""
    if width <= 0 or length <= 0:
        return []
    here = _column(now, length, width)
    cells: list[Piece] = [
        ("━", "unread") if column < here else ("─", "quiet") for column in range(width)
    ]
    for phase in _chapters(phases)[1:]:
        cells[_column(phase.at, length, width)] = ("┼", "dim")
    for cue in found:
        if cue.planned is not None:
            cells[_column(cue.planned, length, width)] = LOOKS[cue.status]
    cells[here] = ("┃", "strong")
    return cells


def _chapters(phases: Sequence[Phase]) -> list[Phase]:
    """The phases; of several in a row with one title, as the short form has them, the first."""
    return [
        phase
        for place, phase in enumerate(phases)
        if place == 0 or phase.title != phases[place - 1].title
    ]


def phase_names(phases: Sequence[Phase], length: Millis, lang: Lang, width: int) -> list[Piece]:
    """The phases' titles under the picture, each where it begins."""
    if width <= 0 or length <= 0:
        return []
    chapters = _chapters(phases)
    starts = [_column(phase.at, length, width) for phase in chapters]
    return [
        fit(fit(phase.title.in_(lang), end - start - 1)[0], end - start, "dim")
        for phase, start, end in zip(chapters, starts, [*starts[1:], width], strict=True)
        if end > start
    ]


def _column(time: Millis, length: Millis, width: int) -> int:
    return min(width - 1, max(0, time * width // length))


class ScriptStrip(Widget):
    """The picture of the script over the names of its phases."""

    DEFAULT_CSS = """
    ScriptStrip { height: 2; padding: 0 1; background: $background; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[list[Piece], list[Piece]] = ([], [])
        self._of: tuple[Sequence[Cue], State, Lang, Millis] | None = None

    def show(self, found: Sequence[Cue], state: State, lang: Lang, now: Millis) -> None:
        """Draw the script of the staff's state as it stands at script time `now`."""
        self._of = (found, state, lang, now)
        if self._drawn() != self._lines:
            self.refresh()

    def _drawn(self) -> tuple[list[Piece], list[Piece]]:
        if self._of is None:
            return [], []
        found, state, lang, now = self._of
        width, scenario = self.content_size.width, state.scenario
        picture = progress(found, scenario.phases, scenario.length, now, width)
        return picture, phase_names(scenario.phases, scenario.length, lang, width)

    def render(self) -> RenderResult:
        self._lines = self._drawn()
        return Content("\n").join([content(line) for line in self._lines])
