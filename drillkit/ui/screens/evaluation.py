"""The evaluation guide at work: notes while it is played, ratings when it is over."""

from collections.abc import Collection
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from drillkit.core.assignments import lead_of, tasks_of, unwatched
from drillkit.desk import Desk
from drillkit.model.base import FACILITATOR, Line
from drillkit.model.commands import MakeNote, SubmitRatings
from drillkit.model.events import Entry, NoteMade
from drillkit.model.plan import ReportingRule, Role
from drillkit.model.scenario import Task
from drillkit.ui.keys import key
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.assignments import AssignmentsScreen
from drillkit.ui.screens.checks import a_text
from drillkit.ui.screens.dialogs import Field, OneField, ProseField
from drillkit.ui.screens.forms import FormsScreen
from drillkit.ui.screens.rating import Rater, RatingScreen
from drillkit.ui.screens.settlement import SettlementScreen
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.guide import (
    Item,
    Review,
    guide,
    guide_row,
    resting_on,
    review_details,
    role_details,
    rule_details,
    running,
    task_details,
)
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.still import Still
from drillkit.ui.widgets.watch import logged
from drillkit.words import listing

__all__ = ["PANES", "EvaluationScreen", "Rater"]

PANES = ("guide", "journal", "notes")
_NO_TASK = "-"


class EvaluationScreen(RatingScreen):
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
        key("m", "mine", "evaluation.key-mine", id="evaluation.mine", show=True),
        key("a", "assign", "assignments.key-open", id="evaluation.assign", show=True),
        key("o", "forms", "form.key-forms", id="evaluation.forms", show=True),
        key("w", "rater", "evaluation.key-rater", id="evaluation.rater", show=True),
        key("s", "submit", "evaluation.key-submit", id="evaluation.submit", show=True),
        key("v", "meeting", "evaluation.key-meeting", id="evaluation.meeting", show=True),
        key("escape", "leave", "debrief.key-leave", id="evaluation.leave", show=True),
    ]
    DEFAULT_CSS = """
    EvaluationScreen {
        #standing { height: 1; padding: 0 1; background: $surface; color: $text-muted; }
        Details { height: 13; }
        &.-narrow Details { height: 9; }
    }
    """

    def __init__(self, desk: Desk, rater: Rater | None = None) -> None:
        super().__init__(desk, rater)
        self._now: frozenset[str] = frozenset()
        self._shows_all = False
        """Everything is shown, although some tasks are assigned to whoever sits here."""
        self._told: tuple[str, ...] | None = None
        """The tasks that are theirs, as they last saw them; None before the first look."""
        self._standing = Still(id="standing")
        self._clock = ClockFace(desk.seat, desk.pulse)
        self.lay_out(
            {
                "guide": Feed[Item](self._draw_item, empty="control.no-script", id="guide"),
                "journal": Feed[Entry](
                    self.draw_entry, empty="control.no-log", newest=True, id="journal"
                ),
                "notes": Feed[Entry](
                    self.draw_entry, empty="evaluation.no-notes", newest=True, id="notes"
                ),
            }
        )

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(EvaluationScreen.moment)
        yield self._standing
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
            self.letters = {
                one.task: one for objective in self.assessment.objectives for one in objective.tasks
            }
        entries, state = self.moment.entries, self.moment.state
        self._now = running(self.book, state)
        self.feeds["guide"].exchange(guide(self.book, self._watched()))
        self.feeds["journal"].show(logged(entries))
        self.feeds["notes"].show([one for one in entries if isinstance(one.event, NoteMade)])
        self._standing.update(self._said_standing())
        self.refresh_bindings()
        self._say_what_is_new()
        self.tell()

    @property
    def _mine(self) -> tuple[str, ...]:
        """The tasks that are assigned to whoever sits here."""
        return tasks_of(self.moment.state, self.rater.name)

    def _watched(self) -> Collection[Task | Role] | None:
        """The tasks in the guide, and the roles that do them; None for all there are."""
        assert self.book is not None
        if self._shows_all or not self._mine:
            return None
        script = self.book.script
        tasks = [script.tasks[id] for id in self._mine]
        return [*tasks, *(script.roles[role] for task in tasks for role in task.roles)]

    def _said_rated(self) -> str:
        """How many tasks whoever sits here has rated: of theirs, and beside those."""
        assert self.book is not None
        given = {task for task, rater in self.moment.state.ratings if rater == self.rater.name}
        mine, all_ = self._mine, len(self.book.script.tasks)
        if not mine:
            return self.say("evaluation.rated-all", done=len(given), all=all_)
        done = len(given.intersection(mine))
        key_ = "evaluation.rated-more" if done < len(given) else "evaluation.rated-yours"
        return self.say(key_, done=done, mine=len(mine), more=len(given) - done)

    def _said_standing(self) -> Content:
        """How far one has got, who has handed in, and what nobody watches."""
        assert self.book is not None
        state, tasks = self.moment.state, self.book.script.tasks
        if self._watched() is None:
            whose = self.say("evaluation.everything", n=len(tasks))
        else:
            whose = self.say("evaluation.yours", mine=len(self._mine), all=len(tasks))
        if state.ended is None:
            now = self._now if self._watched() is None else self._now.intersection(self._mine)
            said = self.say("evaluation.now", n=len(now))
        else:
            said = self._said_rated()
        parts = [said, whose]
        if lead := lead_of(state):
            parts.append(self.say("assignments.lead-is", name=lead))
        if state.submitted:
            names = listing(self.lang, list(state.submitted))
            parts.append(self.say("evaluation.handed-in", raters=names))
        between = self.say("debrief.between")
        left = len(unwatched(state, tasks)) if self.desk.seat == FACILITATOR else 0
        lacking = between + self.say("assignments.unwatched", n=left) if left else ""
        return Content.assemble(between.join(parts), (lacking, "bold $warning"))

    def _say_what_is_new(self) -> None:
        """Tell an evaluator that other tasks are theirs from now on."""
        if self._told is not None and self._mine != self._told:
            self.remark("evaluation.now-yours", n=len(self._mine))
        self._told = self._mine

    def _draw_item(self, item: Item) -> Row:
        assert self.book is not None
        return guide_row(item, self.moment.state, self.book, self.letters, self._now)

    def told_of(self, thing: object) -> Content:
        assert self.book is not None
        state = self.moment.state
        match thing:
            case Task():
                return task_details(thing, state, self.book, self.letters.get(thing.id))
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
        fields: list[Field] = [ProseField("text", "evaluation.observation")]
        if isinstance(thing, Entry):
            fields.append(self._task_of(thing))
        filled = await self.asks_form("evaluation.note-title", fields, about=about, check=a_text)
        if filled:
            chosen = filled.ones.get("task", task)
            task = "" if chosen == _NO_TASK else chosen
            await self.ask(MakeNote(text=filled.proses["text"], task=task, entries=entries))

    def _task_of(self, entry: Entry) -> OneField:
        """Which task a note on the entry belongs to: the one that the entry is evidence for."""
        assert self.book is not None
        tasks = self.book.script.tasks
        options = [(_NO_TASK, self.say("evaluation.no-task"))]
        options += [(id, self.book("task", id)) for id in tasks]
        likely = resting_on(entry.seq, self.moment.state)
        return OneField("task", "evaluation.task", options, likely[0] if likely else _NO_TASK)

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
                if await self.known_rater():
                    await self.rate_task(task)
            case Role() as role:
                if await self.known_rater():
                    await self.rate_duty(role)
            case ReportingRule() as rule:
                await self.judge(rule)
            case Review():
                await self.review()
            case _:
                self.notice("evaluation.choose-task")

    def action_forms(self) -> None:
        self.app.push_screen(FormsScreen(self.desk, self.rater))

    @work(group="ask")
    async def action_rater(self) -> None:
        await self.ask_rater()

    # -- whose tasks -------------------------------------------------------------------------------

    def action_mine(self) -> None:
        """Only what is assigned to one, or everything."""
        self._shows_all = not self._shows_all
        self.draw()

    def action_assign(self) -> None:
        self.app.push_screen(AssignmentsScreen(self.desk))

    # -- handing in --------------------------------------------------------------------------------

    @property
    def _is_in(self) -> bool:
        """The ratings of this terminal's rater have been handed in."""
        return self.rater.name in self.moment.state.submitted

    @property
    def _may_meet(self) -> bool:
        return self._is_in or self.desk.seat == FACILITATOR

    @work(group="ask")
    async def action_submit(self) -> None:
        """Hand in all ratings; from then on they stand, and those of the others can be seen."""
        state = self.moment.state
        if state.ended is None:
            self.notice("refused.rate-after-end")
            return
        if self.book is None or not await self.known_rater():
            return
        said, name = self._said_rated(), self.rater.name
        question = AskScreen("evaluation.submit-ask", rated=said, rater=name)
        if await self.app.push_screen_wait(question):
            await self.ask(SubmitRatings(rater=Line(self.rater.name)))

    def action_meeting(self) -> None:
        """Go to where the evaluators settle what they differ in."""
        if self._may_meet:
            self.app.push_screen(SettlementScreen(self.desk, self.rater.name))
        else:
            self.notice("evaluation.hand-in-first")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What is offered now, and at this desk; the name of who sits here is not asked again."""
        ended = self.moment.state.ended is not None
        match action:
            case "rater":
                return not self.rater.is_known
            case "mine":
                return bool(self._mine)
            case "assign":
                return self.desk.seat == FACILITATOR
            case "submit":
                return ended and not self._is_in
            case "meeting":
                return ended
            case "leave":
                return len(self.app.screen_stack) > 2
            case _:
                return True
