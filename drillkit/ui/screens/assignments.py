"""Who watches what: the facilitator gives tasks to evaluators by name, and names who leads."""

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from drillkit.core.assignments import lead_of, same_name, tasks_below, tasks_of, unwatched
from drillkit.core.book import open_book
from drillkit.desk import Desk
from drillkit.model.base import Line
from drillkit.model.commands import AssignTasks, NameLead
from drillkit.model.scenario import Objective, Target, Task
from drillkit.ui.keys import key
from drillkit.ui.moment import Moment
from drillkit.ui.screens.checks import names_in
from drillkit.ui.screens.dialogs import Field, Form, LineField, OneField, SeveralField
from drillkit.ui.screens.paned import PanedScreen
from drillkit.ui.widgets.assignment import (
    Part,
    Watcher,
    part_details,
    part_row,
    parts,
    people,
    watcher_details,
    watcher_row,
    watching_all,
)
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.still import Still

PANES = ("tasks", "people")
_NOBODY = "-"


class AssignmentsScreen(PanedScreen):
    """Objectives, targets and tasks beside the evaluators; what is chosen is given to some."""

    PANES = PANES
    LEFT = ("tasks",)
    AREA = "assignments"
    ABOUT = "assignments.about"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            key(str(number), f"pane('{name}')", f"assignments.key-{name}", id=f"assign.{name}")
            for number, name in enumerate(PANES, 1)
        ),
        key("a", "assign", "assignments.key-assign", id="assign.assign", show=True),
        key("x", "clear", "assignments.key-clear", id="assign.clear", show=True),
        key("l", "lead", "assignments.key-lead", id="assign.lead", show=True),
        key("escape", "leave", "debrief.key-leave", id="assign.leave", show=True),
    ]
    DEFAULT_CSS = """
    AssignmentsScreen {
        #standing { height: 1; padding: 0 1; background: $surface; }
        Details { height: 9; }
        &.-narrow Details { height: 6; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._standing = Still(id="standing")
        self._clock = ClockFace(desk.seat, desk.pulse)
        self.lay_out(
            {
                "tasks": Feed[Part](self._draw_part, empty="control.no-script", id="tasks"),
                "people": Feed[Watcher](self._draw_watcher, empty="assignments.none", id="people"),
            }
        )

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(AssignmentsScreen.moment)
        yield self._standing
        yield self.tabs
        with Horizontal(id="panes"):
            with self.left:
                yield self.panes["tasks"]
            with self.right:
                yield self.panes["people"]
        yield self.details
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.beat()

    def tick(self) -> None:
        self._clock.tick()

    # -- drawing -----------------------------------------------------------------------------------

    def watch_moment(self, moment: Moment) -> None:
        """Something was assigned, or somebody came."""
        self.book = open_book(moment.state, self.lang, self.book)
        if self.book is None:
            return
        self.feeds["tasks"].show(tuple(parts(self.book)))
        self.feeds["people"].show(people(moment.state))
        self._standing.update(self._said_standing())
        self.tell()

    def _said_standing(self) -> Content:
        assert self.book is not None
        state = self.moment.state
        left = len(unwatched(state, self.book.script.tasks))
        if not state.assigned:
            watched = (self.say("assignments.nothing"), "dim")
        elif left:
            watched = (self.say("assignments.unwatched", n=left), "bold $warning")
        else:
            watched = (self.say("assignments.all-watched"), "$success")
        lead = lead_of(state)
        who = self.say("assignments.lead-is" if lead else "assignments.no-lead", name=lead)
        return Content.assemble(watched, (self.say("debrief.between") + who, "dim"))

    def _draw_part(self, part: Part) -> Row:
        assert self.book is not None
        return part_row(part, self.moment.state, self.book)

    def _draw_watcher(self, one: Watcher) -> Row:
        assert self.book is not None
        return watcher_row(one, self.book)

    def told_of(self, thing: object) -> Content:
        assert self.book is not None
        match thing:
            case Objective() | Target() | Task():
                return part_details(thing, self.moment.state, self.book)
            case Watcher():
                return watcher_details(thing, self.book)
            case _:
                return Content("")

    # -- assigning ---------------------------------------------------------------------------------

    def on_feed_opened(self, event: Feed.Opened) -> None:
        if event.feed.id == "tasks":
            self.action_assign()

    @work(group="ask")
    async def action_assign(self) -> None:
        """Choose who watches the chosen objective, target or task; by name those who will come."""
        part = self.feeds["tasks"].chosen
        if part is None or self.book is None:
            return
        state = self.moment.state
        before = watching_all(state, self.book, part)
        known = [(one.name, one.name) for one in people(state)]
        fields: list[Field] = [LineField("others", "assignments.others")]
        if known:
            fields.insert(0, SeveralField("who", "assignments.who", known, before))
        about = part_details(part, state, self.book).plain
        form = Form("assignments.assign-title", fields, about=about)
        filled = await self.app.push_screen_wait(form)
        if filled is None:
            return
        chosen = filled.several.get("who", ())
        for name in (*chosen, *names_in(filled.lines["others"])):
            await self._change(name, part, adds=True)
        for name in before:
            if name not in chosen:
                await self._change(name, part, adds=False)

    async def _change(self, name: str, part: Part, *, adds: bool) -> None:
        """Give the part's tasks to the evaluator, or take them away."""
        assert self.book is not None
        had = set(tasks_of(self.moment.state, name))
        below = set(tasks_below(self.book.script.scenario, part.id))
        tasks = had | below if adds else had - below
        if tasks != had:
            ordered = tuple(task for task in self.book.script.tasks if task in tasks)
            await self.ask(AssignTasks(evaluator=Line(name), tasks=ordered))

    @work(group="ask")
    async def action_clear(self) -> None:
        """Nothing is assigned any more to the chosen evaluator, who then sees all."""
        one = self._chosen_watcher()
        if one is None:
            self.notice("assignments.choose-person")
        elif one.tasks:
            await self.ask(AssignTasks(evaluator=Line(one.name)))

    def _chosen_watcher(self) -> Watcher | None:
        thing = self.feeds[self.pane].chosen
        return thing if isinstance(thing, Watcher) else None

    @work(group="ask")
    async def action_lead(self) -> None:
        """Name who leads: somebody from the list, or by name whoever will come."""
        one, lead = self._chosen_watcher(), lead_of(self.moment.state)
        known = [(other.name, other.name) for other in people(self.moment.state)]
        options: Sequence[tuple[str, str]] = [*known, (_NOBODY, self.say("assignments.nobody"))]
        named = next((name for name, _ in known if same_name(name, lead)), _NOBODY)
        fields = [
            OneField("who", "assignments.leader", options, one.name if one else named),
            LineField("other", "assignments.by-name"),
        ]
        filled = await self.app.push_screen_wait(Form("assignments.lead-title", fields))
        if filled:
            who = filled.ones["who"]
            name = filled.lines["other"] or Line("" if who == _NOBODY else who)
            await self.ask(NameLead(name=name))

    def action_leave(self) -> None:
        self.dismiss()
