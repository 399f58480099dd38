"""Drills of an organisation beside each other: scores, tasks that went badly, lessons by age."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from drillkit.model.base import Millis, Text, Title
from drillkit.model.events import Rating
from drillkit.model.lesson import Lesson
from drillkit.model.weights import Cutoffs
from drillkit.ui.keys import key
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.columns import DASH, Piece, fit
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.letter_table import LETTER_TONE, LEVEL_LOOKS
from drillkit.ui.widgets.pane import Details, Pane
from drillkit.ui.widgets.score_table import CAPPED, GRADE_TONE, before_limit, interval, points
from drillkit.ui.widgets.tab_line import TabLine
from scoring.assessment import Grade

PANES = ("scores", "tasks", "lessons")
_LETTERS = 8
"""So many drills have their letter in a task's row; the details have all."""
_STATUS = 13


@dataclass(frozen=True, slots=True)
class TrendMark:
    """One score of a drill, in points."""

    final: float | None
    lo: float
    hi: float
    grade: Grade | None
    before: float | None = None
    """What it was before a limit held it down; None where none did."""


@dataclass(frozen=True, slots=True)
class TrendDrill:
    """A drill, the path of its journal, and a mark for each of the view's scores."""

    path: str
    label: str
    title: Title
    marks: tuple[TrendMark, ...]
    cutoffs: Cutoffs


@dataclass(frozen=True, slots=True)
class TrendTask:
    """A task with its letter in each drill, None where it has none; `path` is where to look."""

    text: Text
    letters: tuple[Rating | None, ...]
    keeps_failing: bool
    path: str
    at: Millis


@dataclass(frozen=True, slots=True)
class TrendLesson:
    """An open or closed lesson; `days` None: identified after the day; `path` "": not here."""

    lesson: Lesson
    days: int | None
    is_overdue: bool
    path: str = ""
    at: Millis = 0


@dataclass(frozen=True, slots=True)
class TrendView:
    """All that the screen shows. `scores` are words keys; `left_out` drills do not compare."""

    drills: tuple[TrendDrill, ...]
    scores: tuple[str, ...]
    tasks: tuple[TrendTask, ...]
    lessons: tuple[TrendLesson, ...]
    on: str
    left_out: int = 0
    strange: int = 0
    """Files of the register that hold no lesson."""


@dataclass(frozen=True, slots=True)
class TrendChoice:
    """What is to be done with the drill at that path, and from which moment."""

    kind: Literal["replay", "debrief"]
    path: str
    at: Millis = 0


@dataclass(frozen=True, slots=True)
class _Head:
    """The name of a score, above its marks."""

    words: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A score of a drill, by their places in the view."""

    score: int
    drill: int


class TrendScreen(Speaks, Screen[None]):
    """The app ends with a TrendChoice, or with None when it is left."""

    ABOUT = "trend.about-screen"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    TrendScreen {
        #trend-title { height: 1; background: $panel; text-style: bold; padding: 0 1; }
        TabLine { display: none; }
        .side { height: 1fr; width: 1fr; }
        #right { border-left: solid $panel; }
        Details { height: 6; }
        &.-narrow {
            TabLine { display: block; }
            .side, .pane { display: none; }
            .side.-active, .pane.-active { display: block; }
            #right { border-left: none; }
            .pane--title { display: none; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            key(str(number), f"pane('{name}')", f"trend.key-{name}", id=f"trend.pane-{name}")
            for number, name in enumerate(PANES, 1)
        ),
        key(
            "enter,b",
            "choose('debrief')",
            "trend.key-debrief",
            id="trend.debrief",
            show=True,
            shown_as="enter",
        ),
        key("p", "choose('replay')", "trend.key-replay", id="trend.replay", show=True),
        key("escape", "leave", "trend.key-leave", id="trend.leave", show=True),
    ]

    def __init__(self, view: TrendView) -> None:
        super().__init__()
        self._view = view
        self._pane = PANES[0]
        self._title = Static(id="trend-title", markup=False)
        self._tabs = TabLine(PANES, "trend")
        self._details = Details()
        self._feeds: Mapping[str, Feed[Any]] = {
            "scores": Feed[_Head | _Mark](self._draw_score, id="scores"),
            "tasks": Feed[TrendTask](self._draw_task, empty="trend.no-tasks", id="tasks"),
            "lessons": Feed[TrendLesson](
                self._draw_lesson, empty="trend.register-empty", id="lessons"
            ),
        }
        self._panes = {
            name: Pane(number, name, "trend", self._feeds[name])
            for number, name in enumerate(PANES, 1)
        }
        self._left = Vertical(self._panes["scores"], classes="side")
        self._right = Vertical(
            self._panes["tasks"], self._panes["lessons"], id="right", classes="side"
        )

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._tabs
        with Horizontal():
            yield self._left
            yield self._right
        yield self._details
        yield KeyLine(self)

    def on_mount(self) -> None:
        view = self._view
        marks: list[_Head | _Mark] = []
        for place, words in enumerate(view.scores):
            marks.append(_Head(words))
            marks += [_Mark(place, nth) for nth in range(len(view.drills))]
        self._feeds["scores"].show(marks)
        self._feeds["tasks"].show(view.tasks)
        self._feeds["lessons"].show(view.lessons)
        self.action_pane("scores")
        if view.strange:
            self.notice("register.strange-rows", n=view.strange)

    def relabel(self) -> None:
        super().relabel()
        view = self._view
        first, last = view.drills[0].label, view.drills[-1].label
        said = [
            self.say("trend.title"),
            self.say("trend.span", n=len(view.drills), first=first, last=last),
        ]
        if view.left_out:
            said.append(self.say("trend.left-out", n=view.left_out))
        self._title.update(Content(" · ".join(said)))
        self._tell()

    # -- drawing -----------------------------------------------------------------------------------

    def _draw_score(self, one: _Head | _Mark) -> Row:
        if isinstance(one, _Head):
            return Row((((f" {self.say(one.words)}", "strong"),),))
        drill = self._view.drills[one.drill]
        mark = drill.marks[one.score]
        tone = GRADE_TONE[mark.grade] if mark.grade else "dim"
        sign, measured = (CAPPED, mark.before) if mark.before is not None else ("", mark.final)
        left = ((f"   {drill.label}", ""),)
        right = (
            *interval(mark.lo, mark.hi, measured, drill.cutoffs, tone=tone),
            fit(sign + points(mark.final), 7, tone, right=True),
            fit(f"{mark.lo:.0f}{DASH}{mark.hi:.0f}", 8, "dim", right=True),
            fit(self._step(one), 7, "dim", right=True),
            (" ", ""),
        )
        return Row((left,), (right,))

    def _step(self, one: _Mark) -> str:
        """By how many points the score differs from the drill before; "" where that is unknown."""
        if not one.drill:
            return ""
        here, before = (
            self._view.drills[nth].marks[one.score].final for nth in (one.drill, one.drill - 1)
        )
        return "" if here is None or before is None else f"{here - before:+.1f}"

    def _draw_task(self, task: TrendTask) -> Row:
        sign = (" ! ", "late") if task.keeps_failing else ("   ", "")
        letters = [_letter(one) for one in task.letters[-_LETTERS:]]
        return Row(((sign, (task.text.in_(self.lang), "")),), ((*letters, (" ", "")),))

    def _draw_lesson(self, one: TrendLesson) -> Row:
        lesson = one.lesson
        sign, tone = LEVEL_LOOKS[lesson.level]
        status = self.say(f"register.status-{lesson.status}")
        title = lesson.title.in_(self.lang)
        left = ((f" {sign} ", tone), fit(status, _STATUS, "dim"), (f" {title}", ""))
        age = DASH if one.days is None else self.say("trend.days", n=one.days)
        return Row((left,), (((f"{age} ", "late" if one.is_overdue else "dim"),),))

    def _tell(self) -> None:
        self._details.tell(self._told_of(self._feeds[self._pane].chosen))

    def _told_of(self, thing: object) -> Content:
        match thing:
            case _Head():
                return Content(self.say("trend.about-marks"))
            case _Mark():
                return self._told_of_mark(thing)
            case TrendTask():
                return self._told_of_task(thing)
            case TrendLesson():
                return self._told_of_lesson(thing)
            case _:
                return Content("")

    def _told_of_mark(self, one: _Mark) -> Content:
        drill = self._view.drills[one.drill]
        mark, title = drill.marks[one.score], drill.title.in_(self.lang)
        parts = [Content.styled(f"{drill.label}  {title}", "bold"), "\n"]
        if mark.before is not None:
            said = before_limit(mark.before, mark.lo, mark.hi, self.lang)
            counted = f"{self.say(self._view.scores[one.score])} {points(mark.final)}"
            aside = self.say("debrief.aside", said=said)
            parts += [Content.assemble(counted, (aside, "$warning")), "\n"]
        return Content.assemble(*parts, (drill.path, "dim"))

    def _told_of_task(self, task: TrendTask) -> Content:
        drills = zip(self._view.drills, task.letters, strict=True)
        said = [
            f"{drill.label} {self._letter_word(one)}" for drill, one in drills if one is not None
        ]
        parts: list[str | tuple[str, str]] = [(task.text.in_(self.lang), "bold"), "\n"]
        if task.keeps_failing:
            parts += [(self.say("trend.keeps-failing"), "bold $error"), " · "]
        return Content.assemble(*parts, "  ".join(said))

    def _letter_word(self, one: Rating) -> str:
        return one if len(one) == 1 else self.say("trend.unrated")

    def _told_of_lesson(self, one: TrendLesson) -> Content:
        lesson = one.lesson
        late = self.say("trend.overdue", day=lesson.due) if one.is_overdue else lesson.due
        facts = (
            ("status", self.say(f"register.status-{lesson.status}")),
            ("since", lesson.since()),
            ("due", late or self.say("trend.no-due")),
        )
        said = " · ".join(
            self.say("register.head", title=self.say(f"trend.column-{name}")) + told
            for name, told in facts
        )
        seen = "  ".join(f"{drill.began[:10]} {drill.session}" for drill in lesson.drills)
        return Content.assemble(
            (lesson.title.in_(self.lang), "bold"), "\n", said, "\n", (seen, "dim")
        )

    # -- keys --------------------------------------------------------------------------------------

    def action_pane(self, name: str) -> None:
        """Go to a pane; on a narrow terminal, show it in place of the others."""
        for other, pane in self._panes.items():
            pane.set_class(other == name, "-active")
        self._left.set_class(name == "scores", "-active")
        self._right.set_class(name != "scores", "-active")
        self._pane = name
        self._tabs.show(name, {})
        self._feeds[name].focus()
        self._tell()

    def on_tab_line_picked(self, event: TabLine.Picked) -> None:
        self.action_pane(event.page)

    def on_feed_pointed(self, event: Feed.Pointed) -> None:
        if event.feed.id == self._pane:
            self._tell()

    def on_descendant_focus(self) -> None:
        """A click chooses the pane as its digit does."""
        name = self.focused.id if self.focused else None
        if name in self._feeds and name != self._pane:
            self.action_pane(name or "")

    def on_feed_opened(self) -> None:
        self.action_choose("debrief")

    def action_choose(self, kind: Literal["replay", "debrief"]) -> None:
        """End with the drill of the chosen thing, at the moment that shows it."""
        match self._feeds[self._pane].chosen:
            case _Mark(drill=place):
                self.app.exit(TrendChoice(kind, self._view.drills[place].path))
            case TrendTask(path=path, at=at) | TrendLesson(path=path, at=at) if path:
                self.app.exit(TrendChoice(kind, path, at))
            case _Head() | None:
                pass
            case _:
                self.remark("trend.not-here")

    def action_leave(self) -> None:
        self.app.exit()


def _letter(rating: Rating | None) -> Piece:
    if rating is None:
        return "  ", ""
    return (f" {rating}" if len(rating) == 1 else f" {DASH}"), LETTER_TONE[rating]
