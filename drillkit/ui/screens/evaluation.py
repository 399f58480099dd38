"""The evaluation guide at work: notes while it is played, ratings when it is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeVar, get_args

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from drillkit.desk import Desk
from drillkit.model.base import Line
from drillkit.model.commands import JudgeConduct, MakeNote, RateDuty, RateTask, ReviewPlan
from drillkit.model.events import Entry, NoteMade, Rating
from drillkit.model.plan import ReportingRule, Role
from drillkit.model.scenario import Task
from drillkit.ui.keys import key
from drillkit.ui.screens.assessed import AssessedScreen
from drillkit.ui.screens.checks import a_text
from drillkit.ui.screens.dialogs import (
    Check,
    Fault,
    Field,
    Filled,
    Form,
    LineField,
    OneField,
    Options,
    ProseField,
    SeveralField,
    needs_reason,
)
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.guide import (
    Item,
    Review,
    guide,
    guide_row,
    review_details,
    role_details,
    rule_details,
    task_details,
)
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.watch import logged
from scoring.assessment import TaskLetter

PANES = ("guide", "journal", "notes")

Duty = Literal["skilled", "adequate", "unclear", "not-observed", "not-applicable"]
Conduct = Literal["late", "omitted", "false", "concealed"]
Suitability = Literal["full", "partly", "unsuitable"]
Sufficiency = Literal["full", "mostly", "insufficient"]
_T = TypeVar("_T", bound=str)

GRAVE = ("harm", "unsafe", "noncompliant")
RATINGS: tuple[Rating, ...] = get_args(Rating)
DUTIES: tuple[Duty, ...] = get_args(Duty)
CONDUCTS: tuple[Conduct, ...] = get_args(Conduct)
SUITABILITIES: tuple[Suitability, ...] = get_args(Suitability)
SUFFICIENCIES: tuple[Sufficiency, ...] = get_args(Sufficiency)


@dataclass(slots=True)
class Rater:
    """Who rates at this terminal; asked for once."""

    name: str = ""


class EvaluationScreen(AssessedScreen):
    """What was expected beside what happened, and one key for a note or a rating."""

    PANES = PANES
    LEFT = ("guide",)
    AREA = "evaluation"
    ASSESSES_PLAY = False
    ABOUT = "evaluation.about"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            key(str(number), f"pane('{name}')", f"evaluation.key-{name}", id=f"evaluation.{name}")
            for number, name in enumerate(PANES, 1)
        ),
        key("n", "note", "evaluation.key-note", id="evaluation.note", show=True),
        key("r", "rate", "evaluation.key-rate", id="evaluation.rate", show=True),
        key("w", "rater", "evaluation.key-rater", id="evaluation.rater", show=True),
        key("escape", "leave", "debrief.key-leave", id="evaluation.leave", show=True),
    ]
    DEFAULT_CSS = """
    EvaluationScreen {
        Details { height: 13; }
        &.-narrow Details { height: 9; }
    }
    """

    def __init__(self, desk: Desk, rater: Rater | None = None) -> None:
        super().__init__(desk)
        self._rater = rater or Rater()
        self._letters: dict[str, TaskLetter] = {}
        self._clock = ClockFace(desk.seat, desk.pulse)
        self.lay_out(
            {
                "guide": Feed[Item](self._draw_item, empty="control.no-script", id="guide"),
                "journal": Feed[Entry](self.draw_entry, empty="control.no-log", id="journal"),
                "notes": Feed[Entry](self.draw_entry, empty="evaluation.no-notes", id="notes"),
            }
        )

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(EvaluationScreen.moment)
        yield self.tabs
        with Horizontal(id="panes"):
            with self.left:
                yield self.panes["guide"]
            with self.right:
                yield self.panes["journal"]
                yield self.panes["notes"]
        yield self.details
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.beat()

    def tick(self) -> None:
        self._clock.tick()

    # -- drawing -----------------------------------------------------------------------------------

    def draw(self) -> None:
        assert self.book is not None
        if self.assessment is not None:
            self._letters = {
                one.task: one for objective in self.assessment.objectives for one in objective.tasks
            }
        entries = self.moment.entries
        self.feeds["guide"].show(guide(self.book))
        self.feeds["journal"].show(logged(entries))
        self.feeds["notes"].show([one for one in entries if isinstance(one.event, NoteMade)])
        self.tell()

    def _draw_item(self, item: Item) -> Row:
        assert self.book is not None
        return guide_row(item, self.moment.state, self.book, self._letters)

    def told_of(self, thing: object) -> Content:
        assert self.book is not None
        state = self.moment.state
        match thing:
            case Task():
                return task_details(thing, state, self.book, self._letters.get(thing.id))
            case Role():
                return role_details(thing, state, self.book)
            case ReportingRule():
                return rule_details(thing, state, self.book)
            case Review():
                return review_details(state, self.book)
            case Entry():
                return self.told_of_entry(thing)
            case _:
                return Content("")

    # -- notes and ratings -------------------------------------------------------------------------

    @work(group="ask")
    async def action_note(self) -> None:
        """A note on the chosen task or entry, or on the drill as a whole."""
        thing = self.feeds[self.pane].chosen
        task = thing.id if isinstance(thing, Task) else ""
        entries = (thing.seq,) if isinstance(thing, Entry) else ()
        about = ""
        if isinstance(thing, Task):
            about = thing.text.in_(self.lang)
        elif isinstance(thing, Entry):
            about = self.told(thing)
        fields = [ProseField("text", "evaluation.observation")]
        filled = await self._form("evaluation.note-title", fields, about=about, check=a_text)
        if filled:
            await self.ask(MakeNote(text=filled.proses["text"], task=task, entries=entries))

    def on_feed_opened(self, event: Feed.Opened) -> None:
        if event.feed.id == "guide":
            self.action_rate()

    @work(group="ask")
    async def action_rate(self) -> None:
        """Rate the chosen task or duty, judge the chosen reporting, review the plan."""
        if self.moment.state.ended is None:
            self.notice("refused.rate-after-end")
            return
        match self.feeds["guide"].chosen:
            case Task() as task:
                if await self._known_rater():
                    await self._rate_task(task)
            case Role() as role:
                if await self._known_rater():
                    await self._rate_duty(role)
            case ReportingRule() as rule:
                await self._judge(rule)
            case Review():
                await self._review()
            case _:
                self.notice("evaluation.choose-task")

    @work(group="ask")
    async def action_rater(self) -> None:
        await self._ask_rater()

    async def _known_rater(self) -> bool:
        return bool(self._rater.name) or await self._ask_rater()

    async def _ask_rater(self) -> bool:
        fields = [LineField("name", "evaluation.rater", self._rater.name)]
        filled = await self._form("evaluation.rater-title", fields, check=_a_name)
        if filled:
            self._rater.name = filled.lines["name"]
        return filled is not None

    async def _rate_task(self, task: Task) -> None:
        given = self._letters.get(task.id)
        before = self.moment.state.ratings.get((task.id, self._rater.name))
        value = before[1].rating if before else given.suggested if given else "P"
        fields: list[Field] = [
            OneField("rating", "evaluation.rating", self._options("log.rating.", RATINGS), value),
            ProseField("why", "evaluation.why-rating"),
            SeveralField(
                "grave", "evaluation.grave", [(id, self.say(f"result.why-{id}")) for id in GRAVE]
            ),
        ]
        about = task.text.in_(self.lang)
        filled = await self._form("evaluation.rate-title", fields, about=about)
        if filled:
            await self.ask(
                RateTask(
                    task=task.id,
                    rater=Line(self._rater.name),
                    rating=_one(RATINGS, filled, "rating"),
                    why=filled.proses["why"],
                    harmed="harm" in filled.several["grave"],
                    unsafe="unsafe" in filled.several["grave"],
                    noncompliant="noncompliant" in filled.several["grave"],
                    entries=given.entries if given else (),
                )
            )

    async def _rate_duty(self, role: Role) -> None:
        fields = [OneField("duty", "evaluation.duty", self._options("log.duty.", DUTIES))]
        about = f"{role.title.in_(self.lang)}\n{role.duties.in_(self.lang)}"
        filled = await self._form("evaluation.duty-title", fields, about=about)
        if filled:
            duty = _one(DUTIES, filled, "duty")
            await self.ask(RateDuty(role=role.id, rater=Line(self._rater.name), duty=duty))

    async def _judge(self, rule: ReportingRule) -> None:
        options = self._options("log.conduct.", CONDUCTS)
        fields = [
            OneField("conduct", "evaluation.conduct-label", options),
            LineField("why", "control.why"),
        ]
        filled = await self._form(
            "evaluation.judge-title", fields, about=rule.title.in_(self.lang), check=needs_reason
        )
        if filled:
            conduct = _one(CONDUCTS, filled, "conduct")
            await self.ask(JudgeConduct(rule=rule.id, conduct=conduct, why=filled.lines["why"]))

    async def _review(self) -> None:
        fields: list[Field] = [
            OneField(
                "suitability",
                "evaluation.suitability",
                self._options("log.suitability.", SUITABILITIES),
            ),
            OneField(
                "sufficiency",
                "evaluation.sufficiency",
                self._options("log.sufficiency.", SUFFICIENCIES),
            ),
            ProseField("why", "evaluation.why-rating"),
        ]
        filled = await self._form("evaluation.review-title", fields)
        if filled:
            await self.ask(
                ReviewPlan(
                    suitability=_one(SUITABILITIES, filled, "suitability"),
                    sufficiency=_one(SUFFICIENCIES, filled, "sufficiency"),
                    why=filled.proses["why"],
                )
            )

    def _options(self, words: str, values: Sequence[str]) -> Options:
        """The values with their words, found by "<words><value>"."""
        return [(value, self.say(f"{words}{value}")) for value in values]

    async def _form(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        about: str = "",
        check: Check | None = None,
    ) -> Filled | None:
        return await self.app.push_screen_wait(Form(title, fields, about=about, check=check))


def _one(values: Sequence[_T], filled: Filled, field: str) -> _T:
    return next(value for value in values if value == filled.ones[field])


def _a_name(filled: Filled) -> Fault | None:
    return None if filled.lines["name"] else Fault("name", "evaluation.name-needed")
