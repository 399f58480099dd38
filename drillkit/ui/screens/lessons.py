"""The register of lessons: how far each has come, how old it is, who owes what by when."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from drillkit.lessons import LessonFault
from drillkit.lessons.register import Register
from drillkit.lessons.steps import WAYS, assigned, stepped
from drillkit.lessons.told import age, by_weight, is_overdue, lines
from drillkit.model.lesson import Lesson, Status, Step
from drillkit.model.text import Line, Prose
from drillkit.ui.keys import key
from drillkit.ui.language import Speaks
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.dialog import Dialog
from drillkit.ui.screens.dialogs import Form, LineField, ProseField
from drillkit.ui.widgets.columns import fit
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.letter_table import LEVEL_LOOKS

_TONES: dict[Status, str] = {
    "identified": "unread",
    "agreed": "warning",
    "implemented": "time",
    "verified": "done",
    "rejected": "quiet",
}
_STATUS_WIDTH = 13


class LessonsScreen(Speaks, Screen[None]):
    """Lists the lessons of a register and takes them a step further. The app ends with None."""

    ABOUT = "register.about"
    DEFAULT_CSS = """
    LessonsScreen #lessons-title { height: 1; background: $panel; text-style: bold; padding: 0 1; }
    LessonsScreen #lessons-details { height: 6; padding: 0 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "right,enter",
            "show_lesson",
            "register.key-show",
            id="lessons.show",
            show=True,
            shown_as="enter",
        ),
        key("a", "agree", "register.key-agree", id="lessons.agree", show=True),
        key("s", "assign", "register.key-assign", id="lessons.assign", show=True),
        key("i", "implement", "register.key-implement", id="lessons.implement", show=True),
        key("x", "reject", "register.key-reject", id="lessons.reject", show=True),
        key("o", "filter", "register.key-filter", id="lessons.filter", show=True),
        key("escape", "leave", "register.key-leave", id="lessons.leave", show=True),
    ]

    def __init__(self, register: Register, *, on: str, by: str) -> None:
        """`on` is the day (YYYY-MM-DD) and `by` the person of all that is done here."""
        super().__init__()
        self._register = register
        self._on, self._by = Line(on), Line(by)
        self._only_open = False
        self._feed = Feed[Lesson](self._row, tall=2, empty="register.empty", id="lessons")
        self._title = Static(id="lessons-title", markup=False)
        self._details = Static(id="lessons-details", markup=False)

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._feed
        yield self._details
        yield KeyLine(self)

    def on_mount(self) -> None:
        faults = self._load()
        self._feed.focus()
        if faults:
            self.notice("register.strange-rows", n=len(faults))

    def relabel(self) -> None:
        super().relabel()
        self._draw()

    @property
    def chosen(self) -> Lesson | None:
        return self._feed.chosen

    def _load(self) -> tuple[object, ...]:
        """Read the register anew; the cursor stays on its lesson. The files that are no lessons."""
        id = self.chosen.id if self.chosen else ""
        contents = self._register.contents()
        kept = (one for one in contents.lessons if one.is_open or not self._only_open)
        lessons = by_weight(kept)
        self._feed.show(lessons)
        self._feed.point(next((n for n, one in enumerate(lessons) if one.id == id), 0))
        self._draw()
        return contents.faults

    # -- drawing -----------------------------------------------------------------------------------

    def _draw(self) -> None:
        self._title.update(Content(self.say("register.screen-title")))
        lesson = self.chosen
        told = lesson.text.in_(self.lang) if lesson else ""
        self._details.update(Content(told))
        self.refresh_bindings()

    def _row(self, lesson: Lesson) -> Row:
        sign, tone = LEVEL_LOOKS[lesson.level]
        status = self.say(f"register.status-{lesson.status}")
        head = (
            (f" {sign} ", tone),
            fit(status, _STATUS_WIDTH, _TONES[lesson.status]),
            (f" {lesson.title.in_(self.lang)}", ""),
        )
        late = is_overdue(lesson, self._on)
        due = self.say("register.row-overdue" if late else "register.row-due", day=lesson.due)
        days = self.say("register.row-age", n=age(lesson, self._on))
        indent = " " * (_STATUS_WIDTH + 4)
        below = ((f"{indent}{lesson.owner} · {days} · ", "dim"), (due, "late" if late else "dim"))
        return Row((head, below))

    def on_feed_pointed(self) -> None:
        self._draw()

    def on_feed_opened(self) -> None:
        self.action_show_lesson()

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer the steps that the lesson under the cursor can take."""
        lesson = self.chosen
        steps: dict[str, Status] = {
            "agree": "agreed",
            "implement": "implemented",
            "reject": "rejected",
        }
        if action in steps:
            return lesson is not None and steps[action] in WAYS[lesson.status]
        if action == "assign":
            return lesson is not None and lesson.is_open
        return lesson is not None if action == "show_lesson" else True

    def action_show_lesson(self) -> None:
        if self.chosen is not None:
            self.app.push_screen(LessonScreen(self.chosen))

    def action_filter(self) -> None:
        """Only the open ones, or all."""
        self._only_open = not self._only_open
        self._load()

    def action_leave(self) -> None:
        self.app.exit()

    @work(group="ask", exclusive=True)
    async def action_agree(self) -> None:
        lesson = self.chosen
        if lesson is None:
            return
        question = AskScreen("register.ask-agree", title=lesson.title)
        if await self.app.push_screen_wait(question):
            step = Step(to="agreed", on=self._on, by=self._by)
            self._take(lesson, lambda one: stepped(one, step))

    @work(group="ask", exclusive=True)
    async def action_implement(self) -> None:
        await self._ask_why("register.form-implement", "implemented")

    @work(group="ask", exclusive=True)
    async def action_reject(self) -> None:
        await self._ask_why("register.form-reject", "rejected")

    async def _ask_why(self, title: str, to: Status) -> None:
        lesson = self.chosen
        if lesson is None:
            return
        form = Form(title, [ProseField("why", "register.field-why")], about=self._about(lesson))
        filled = await self.app.push_screen_wait(form)
        if filled:
            step = Step(to=to, on=self._on, by=self._by, why=Prose(filled.proses["why"]))
            self._take(lesson, lambda one: stepped(one, step))

    @work(group="ask", exclusive=True)
    async def action_assign(self) -> None:
        lesson = self.chosen
        if lesson is None:
            return
        fields = [
            LineField("owner", "register.field-owner", lesson.owner),
            LineField("due", "register.field-due", lesson.due),
        ]
        form = Form("register.form-assign", fields, about=self._about(lesson))
        filled = await self.app.push_screen_wait(form)
        if filled:
            owner, due = filled.lines["owner"], filled.lines["due"]
            self._take(
                lesson,
                lambda one: assigned(one, owner=owner, due=due, on=self._on, by=self._by),
            )

    def _about(self, lesson: Lesson) -> str:
        return lesson.title.in_(self.lang)

    def _take(self, lesson: Lesson, change: Callable[[Lesson], Lesson]) -> None:
        """Change the lesson as its file says it now, and show what it has become."""
        try:
            self._register.change([lesson.id], change)
        except LessonFault as fault:
            self.notice(fault.key, **fault.values)
        except OSError as problem:
            self.notice("register.not-written", why=problem.strerror or "")
        self._load()


class LessonScreen(Dialog[None]):
    """One lesson whole."""

    ABOUT = "register.about"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,enter", "leave", "register.key-leave", id="lesson.leave", show=True)
    ]

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self._lesson = lesson
        self._text = Static(markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -wide"):
            with VerticalScroll():
                yield self._text
            yield KeyLine(self)

    def relabel(self) -> None:
        super().relabel()
        self._text.update(Content("\n".join(lines(self._lesson, self.lang))))

    def action_leave(self) -> None:
        self.dismiss()
