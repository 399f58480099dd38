"""Public statements: drafted, approved or sent back, issued."""

from collections.abc import Callable, Collection
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from drillkit.core.clocks import face
from drillkit.core.records import StatementRecord
from drillkit.core.state import State
from drillkit.desk import Pulse
from drillkit.model.commands import (
    ApproveStatement,
    DraftStatement,
    IssueStatement,
    ReturnStatement,
)
from drillkit.model.text import Prose
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page
from drillkit.ui.pages.sheet import Citing, Sheet
from drillkit.ui.screens.ask import LineScreen
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.fields import Words


class StatementSheet(Citing):
    """The words for the public, and the facts that they rest on."""

    DEFAULT_CSS = """
    StatementSheet Words { height: 9; }
    """

    def __init__(self) -> None:
        super().__init__(id="statement-sheet")
        self.words = Words("desk.statement-text", id="statement-text")

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.words
        yield self.facts
        yield self.flags

    @property
    def has_unsent(self) -> bool:
        return bool(self.words.text)

    def on_mount(self) -> None:
        self.flags.offer((), ("confirmed",))

    def show(self, moment: Moment, seats: tuple[str, ...]) -> None:
        self.head_is(self.say("desk.new-statement"))
        self.offer_facts(moment, seats)
        self.flags.offer([("confirmed", self.say("desk.mark-confirmed"))])

    def command(self) -> DraftStatement:
        return DraftStatement(
            text=Prose(self.words.text),
            facts=self.facts.chosen,
            confirmed="confirmed" in self.flags.chosen,
        )

    def clear(self) -> None:
        self.words.text = ""
        self.facts.offer((), ())


class StatementsPage(Page):
    """Shows the statements that this seat may see, and what it may do with each."""

    NAME = "statements"
    DEFAULT_CSS = """
    StatementsPage Feed { width: 38%; min-width: 28; }
    StatementsPage Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "keys.draft-statement", id="statements.new",
                tooltip="keys.draft-statement-tip"),
        Binding("a", "approve", "keys.approve", id="statements.approve",
                tooltip="keys.approve-tip"),
        Binding("b", "send_back", "keys.send-back", id="statements.return",
                tooltip="keys.send-back-tip"),
        Binding("i", "issue", "keys.issue", id="statements.issue", tooltip="keys.issue-tip"),
    ]  # fmt: skip

    def __init__(self, seat: str, pulse: Callable[[], Pulse]) -> None:
        super().__init__(seat, pulse)
        self.feed = Feed(self._row, tall=2, empty="desk.statements-empty", id="statements")
        self.card = Static(markup=False)
        self.pane = VerticalScroll(self.card, classes="pane", can_focus=False)
        self.sheet = StatementSheet()

    def compose(self) -> ComposeResult:
        yield self.feed
        yield self.pane
        yield self.sheet

    @classmethod
    def waiting(cls, state: State, seats: Collection[str]) -> int:
        """The drafts that one of the seats is to approve, or to issue once they are approved."""
        rule = state.plan.release if state.briefing else None
        if rule is None:
            return 0
        open_ = [record for record in state.statements.values() if record.issued is None]
        approvals = any(seat in rule.approvers for seat in seats)
        speaks = rule.spokesperson in seats
        return sum(
            1
            for record in open_
            if (approvals and not record.approved and not record.returned)
            or (speaks and record.approved)
        )

    @property
    def has_unsent(self) -> bool:
        return self.sheet.has_unsent

    def enter(self) -> None:
        (self.sheet.words if self.sheet.display else self.feed).focus()

    def draw(self, moment: Moment) -> None:
        self.feed.show(list(moment.state.statements.values()))
        self.sheet.show(moment, self.seats)
        self._show_card()

    def _status(self, record: StatementRecord) -> tuple[str, str]:
        if record.issued:
            return f"✓ {self.say('desk.statement-issued')}", "done"
        if record.returned:
            return f"! {self.say('desk.statement-returned')}", "late"
        if record.approved:
            return self.say("desk.statement-approved"), "done"
        return self.say("desk.statement-drafted"), "warning"

    def _row(self, record: StatementRecord) -> Row:
        names, lang = self.moment.names, self.moment.lang
        assert names is not None
        event = record.event
        second = ((f"  {face(record.drafted.at)} ", "quiet"), (names.role(event.role, lang), "dim"))
        text = ((event.text.replace("\n", " "), ""),)
        return Row((text, second), ((), (self._status(record),)))

    def _show_card(self) -> None:
        record = self.feed.chosen
        if record is None:
            self.card.update(Content(""))
            return
        names, lang = self.moment.names, self.moment.lang
        assert names is not None
        status, _ = self._status(record)
        parts: list[str | tuple[str, str]] = [
            (names.role(record.event.role, lang), "bold"),
            "\n",
            (f"{face(record.drafted.at)}  {status}", "dim"),
            "\n\n",
            record.event.text,
        ]
        for fact in record.event.facts:
            parts += ["\n  • ", fact.title.in_(lang)]
        self.card.update(Content.assemble(*parts))

    def on_feed_pointed(self) -> None:
        self._show_card()
        self.screen.refresh_bindings()

    def on_sheet_left(self, message: Sheet.Left) -> None:
        message.stop()
        self.sheet.display, self.pane.display = False, True
        self.feed.focus()

    def action_new(self) -> None:
        self.sheet.display, self.pane.display = True, False
        self.sheet.words.focus()

    def action_approve(self) -> None:
        if record := self.feed.chosen:
            self.request(ApproveStatement(statement=record.event.statement))

    def action_issue(self) -> None:
        if record := self.feed.chosen:
            self.request(IssueStatement(statement=record.event.statement))

    @work(group="ask")
    async def action_send_back(self) -> None:
        record = self.feed.chosen
        if record is None:
            return
        why = await self.app.push_screen_wait(LineScreen("desk.why-return"))
        if why is not None:
            self.request(ReturnStatement(statement=record.event.statement, why=why))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Letters belong to the sheet while it is open; what is issued stays as it is."""
        if action == "new":
            return not self.sheet.display
        if action in ("approve", "send_back", "issue"):
            record = self.feed.chosen
            return not self.sheet.display and record is not None and record.issued is None
        return True
