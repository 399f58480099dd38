"""The evaluators' meeting: where they differ, how far they agree, and their signature."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from drillkit.core.assignments import lead_of, same_name
from drillkit.core.decide.settlement import must_be_unsigned, must_decide, raters
from drillkit.core.script import Refused
from drillkit.core.state import State
from drillkit.desk import Desk
from drillkit.model.base import EVALUATOR, FACILITATOR, Line
from drillkit.model.commands import (
    CloseMeeting,
    ReopenReport,
    SettleDuty,
    SettleTask,
    SignReport,
    SubmitRatings,
)
from drillkit.model.events import Entry
from drillkit.model.text import Prose
from drillkit.ui.keys import key
from drillkit.ui.screens.adjudicating import ruled, ruling_form
from drillkit.ui.screens.ask import AskScreen, ChooseScreen
from drillkit.ui.screens.assessed import AssessedScreen
from drillkit.ui.screens.checks import names_in
from drillkit.ui.screens.dialogs import (
    Fault,
    Field,
    Filled,
    Form,
    LineField,
    OneField,
    ProseField,
    needs_reason,
    reason,
)
from drillkit.ui.screens.rating import DUTIES, RATINGS
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.meeting import (
    Fact,
    fact_details,
    fact_row,
    facts,
    verdict_details,
    verdict_row,
    verdict_title,
)
from drillkit.ui.widgets.score_table import verdict
from drillkit.ui.widgets.still import Still
from drillkit.words import listing
from scoring.result.settlement import DutyVerdict, TaskVerdict, Verdict, duty_verdicts, verdicts

PANES = ("agenda", "tasks", "figures")
_NAMED = 6
"""The most open points that a question names; the rest is counted."""


class SettlementScreen(AssessedScreen):
    """Task by task, role by role to one rating; then the meeting is closed, the report signed."""

    PANES = PANES
    LEFT = ("agenda", "tasks")
    AREA = "settlement"
    ABOUT = "settlement.about"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            key(str(number), f"pane('{name}')", f"settlement.key-{name}", id=f"settlement.{name}")
            for number, name in enumerate(PANES, 1)
        ),
        key("s", "settle", "settlement.key-settle", id="settlement.settle", show=True),
        key("a", "adjudicate", "settlement.key-adjudicate", id="settlement.value", show=True),
        key("c", "close", "settlement.key-close", id="settlement.close", show=True),
        key("x", "sign", "settlement.key-sign", id="settlement.sign", show=True),
        key("o", "reopen", "settlement.key-reopen", id="settlement.reopen", show=True),
        key("h", "hand_in", "settlement.key-hand-in", id="settlement.hand-in"),
        key("escape", "leave", "debrief.key-leave", id="settlement.leave", show=True),
    ]
    DEFAULT_CSS = """
    SettlementScreen {
        #verdict { height: auto; min-height: 3; max-height: 5; padding: 0 1; background: $surface; }
        #pane-tasks { height: 40%; }
        Details { height: 11; }
        &.-narrow Details { height: 8; }
    }
    """

    def __init__(self, desk: Desk, name: str = "") -> None:
        """`name` is the evaluator's who sits at the desk, or "" where it is to be asked for."""
        super().__init__(desk)
        self._who = name
        self._found: tuple[Verdict, ...] = ()
        self._verdict = Still(id="verdict")
        self.lay_out(
            {
                "agenda": Feed[Verdict](
                    self._draw_verdict, empty="settlement.nothing-open", id="agenda"
                ),
                "tasks": Feed[Verdict](self._draw_verdict, empty="debrief.computing", id="tasks"),
                "figures": Feed[Fact](fact_row, empty="debrief.computing", id="figures"),
            }
        )

    def compose(self) -> ComposeResult:
        yield self._verdict
        yield self.tabs
        with Horizontal(id="panes"):
            with self.left:
                yield self.panes["agenda"]
                yield self.panes["tasks"]
            with self.right:
                yield self.panes["figures"]
        yield self.details
        yield KeyLine(self)

    # -- drawing -----------------------------------------------------------------------------------

    def draw(self) -> None:
        assert self.book is not None
        if self.assessment is None:
            return
        state = self.moment.state
        self._found = (*verdicts(state, self.assessment), *duty_verdicts(state))
        self.feeds["agenda"].show([one for one in self._found if _is_for_talk(one)])
        self.feeds["tasks"].show(self._found)
        self.feeds["figures"].show(facts(state, self._found, self.lang))
        columns = listing(self.lang, list(raters(state)))
        head = Content.assemble(
            (self.say("settlement.head"), "bold $accent"),
            (self.say("settlement.columns", raters=columns) if columns else "", "dim"),
        )
        self._verdict.update(Content("\n").join([head, *verdict(self.assessment, self.lang)]))
        self.refresh_bindings()
        self.tell()

    def _draw_verdict(self, one: Verdict) -> Row:
        assert self.book is not None
        return verdict_row(one, self.moment.state, self.book)

    def told_of(self, thing: object) -> Content:
        assert self.book is not None
        match thing:
            case TaskVerdict() | DutyVerdict():
                return verdict_details(thing, self.moment.state, self.book)
            case Fact():
                return fact_details(thing, self.lang)
            case Entry():
                return self.told_of_entry(thing)
            case _:
                return Content("")

    # -- settling ----------------------------------------------------------------------------------

    def on_feed_opened(self, event: Feed.Opened) -> None:
        if event.feed.id != "figures":
            self.action_settle()

    def _chosen(self) -> Verdict | None:
        thing = self.feeds[self.pane].chosen
        if isinstance(thing, Verdict):
            return thing
        self.notice("settlement.choose-task")
        return None

    @work(group="ask")
    async def action_settle(self) -> None:
        """Give the chosen task, or the chosen role's duties, what the meeting agrees on."""
        one = self._chosen()
        if one is None or self.book is None or not self._may_change():
            return
        if not await self._may_lead():
            return
        if isinstance(one, TaskVerdict):
            title, rating = "settlement.settle-title", self._letter_field(one)
        else:
            title, rating = "settlement.settle-duty-title", self._duty_field(one)
        why = LineField("why", "control.why", one.settled.why if one.settled else "")
        about = verdict_details(one, self.moment.state, self.book).plain
        form = Form(title, [rating, why], about=about, check=needs_reason)
        filled = await self.app.push_screen_wait(form)
        if filled:
            await self.ask(_agreed(one, filled, Line(self._who)))

    def _letter_field(self, one: TaskVerdict) -> OneField:
        letters = [(value, self.say(f"log.rating.{value}")) for value in RATINGS]
        given = one.settled.rating if one.settled else next(iter(one.given.values()), "P")
        return OneField("rating", "evaluation.rating", letters, given)

    def _duty_field(self, one: DutyVerdict) -> OneField:
        duties = [(value, self.say(f"log.duty.{value}")) for value in DUTIES]
        given = one.settled.duty if one.settled else next(iter(one.given.values()))
        return OneField("rating", "evaluation.duty", duties, given)

    @work(group="ask")
    async def action_adjudicate(self) -> None:
        """Set the value of what is chosen, or take a setting back; what was measured stays."""
        one = self._chosen()
        if one is None or self.book is None or not await self._may_decide():
            return
        about = verdict_details(one, self.moment.state, self.book).plain
        form = ruling_form(self.moment.state, one.measure, about, self.lang)
        filled = await self.app.push_screen_wait(form)
        if filled:
            await self.ask(ruled(filled, one.measure, Line(self._who)))

    async def _may_decide(self) -> bool:
        """Whose it is to set a value is known before a form is filled."""
        if not self._may_change():
            return False
        if self.desk.seat != FACILITATOR and not await self._known():
            return False
        return self._allowed(lambda state: must_decide(state, self.desk.seat, self._who))

    def _may_change(self) -> bool:
        """Nobody has signed what is to be changed."""
        return self._allowed(must_be_unsigned)

    def _allowed(self, check: Callable[[State], None]) -> bool:
        """What would be refused is said before a form is filled, which would be for nothing."""
        try:
            check(self.moment.state)
        except Refused as refused:
            self.notice(refused.key, **refused.values)
            return False
        return True

    @work(group="ask")
    async def action_close(self) -> None:
        """The meeting is over: who was there, and what was said."""
        if not self._may_change() or not await self._may_lead():
            return
        unsettled = self._open()
        present = self.say("settlement.comma").join(self.moment.state.submitted)
        fields: list[Field] = [
            LineField("present", "settlement.present", present),
            ProseField("why", "settlement.said"),
        ]
        if unsettled:
            fields.append(ProseField("left", "settlement.left-why"))
        form = Form("settlement.close-title", fields, about=self._said_open(), check=_a_closing)
        filled = await self.app.push_screen_wait(form)
        if filled:
            names, closer = names_in(filled.lines["present"]), Line(self._who)
            why, left = filled.proses["why"], filled.proses.get("left", Prose())
            await self.ask(CloseMeeting(present=names, why=why, left=left, closer=closer))

    def _open(self) -> list[Verdict]:
        """What was to be talked over and has been neither settled nor set."""
        return [one for one in self._found if one.is_open]

    def _said_open(self) -> str:
        """How many points are open, and which; "" where none are."""
        unsettled = self._open()
        if not unsettled or self.book is None:
            return ""
        lines = [f"  {verdict_title(one, self.book)}" for one in unsettled[:_NAMED]]
        if len(unsettled) > _NAMED:
            lines.append("  …")
        return "\n".join([self.say("settlement.left-open", n=len(unsettled)), *lines])

    def _undone(self) -> str:
        """What whoever signs should know: the meeting is not closed, these points are open."""
        state = self.moment.state
        unmet = state.meeting is None and len(raters(state)) > 1
        said = [self.say("settlement.unmet") if unmet else "", self._said_open()]
        return "\n".join(filter(None, said))

    # -- signing -----------------------------------------------------------------------------------

    async def _known(self, question: str = "evaluation.rater-title") -> bool:
        """Who sits here; asked for where the desk does not say."""
        if self._who:
            return True
        form = Form(question, [LineField("name", "settlement.name")], check=_a_name)
        filled = await self.app.push_screen_wait(form)
        if filled:
            self._who = filled.lines["name"]
        return filled is not None

    async def _may_lead(self) -> bool:
        """Who sits here is known, and nobody else was named lead: said before a form is filled."""
        lead = lead_of(self.moment.state)
        if not await self._known():
            return False
        if lead and not same_name(self._who, lead):
            self.notice("refused.not-lead", lead=lead)
            return False
        return True

    @work(group="ask")
    async def action_sign(self) -> None:
        """Stand for the report: as lead evaluator, or as director at the facilitator's desk."""
        if self.is_computing or self.assessment is None:
            self.notice("debrief.computing")
            return
        if self.assessment.pending:
            self.notice("settlement.meet-first")
            return
        office = "director" if self.desk.seat == FACILITATOR else "lead"
        if not await (
            self._may_lead() if office == "lead" else self._known("settlement.director-title")
        ):
            return
        values = {"name": self._who, "office": self.say(f"log.office.{office}")}
        if undone := self._undone():
            question = AskScreen("settlement.sign-undone-ask", undone=undone, **values)
        else:
            question = AskScreen("settlement.sign-ask", **values)
        if await self.app.push_screen_wait(question):
            await self.ask(SignReport(name=Line(self._who)))

    @work(group="ask")
    async def action_reopen(self) -> None:
        """Void the signatures, with a reason."""
        filled = await self.app.push_screen_wait(reason("settlement.reopen-title", ""))
        if filled:
            await self.ask(ReopenReport(why=filled.lines["why"]))

    @work(group="ask")
    async def action_hand_in(self) -> None:
        """Hand in for an evaluator who has gone: the others would wait for ever."""
        state = self.moment.state
        names = {seat.person for seat in state.seats.values() if seat.role == EVALUATOR}
        names |= {rater for _, rater in (*state.ratings, *state.duties)}
        options = [(name, name) for name in sorted(names - set(state.submitted))]
        name = await self.app.push_screen_wait(ChooseScreen("settlement.hand-in-for", options))
        if name and await self.app.push_screen_wait(
            AskScreen("settlement.hand-in-ask", rater=name)
        ):
            await self.ask(SubmitRatings(rater=Line(name)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A signed report is opened again before anything else; only the facilitator hands in."""
        match action:
            case "reopen":
                return bool(self.moment.state.signed)
            case "hand_in":
                return self.desk.seat == FACILITATOR
            case _:
                return True


def _is_for_talk(one: Verdict) -> bool:
    return one.differs or (isinstance(one, TaskVerdict) and one.is_apart)


def _agreed(one: Verdict, filled: Filled, settler: Line) -> SettleTask | SettleDuty:
    """What the meeting agreed on, as the form was filled in."""
    said, why = filled.ones["rating"], filled.lines["why"]
    if isinstance(one, TaskVerdict):
        rating = next(value for value in RATINGS if value == said)
        return SettleTask(task=one.task, rating=rating, why=why, settler=settler)
    duty = next(value for value in DUTIES if value == said)
    return SettleDuty(role=one.role, duty=duty, why=why, settler=settler)


def _a_closing(filled: Filled) -> Fault | None:
    """Somebody was there; what is left open is left with a reason, where the form asks for it."""
    if not names_in(filled.lines["present"]):
        return Fault("present", "refused.nobody-present")
    if "left" in filled.proses and not filled.proses["left"]:
        return Fault("left", "settlement.left-needs-reason")
    return None


def _a_name(filled: Filled) -> Fault | None:
    return None if filled.lines["name"] else Fault("name", "settlement.name-needed")
