"""Formal reports: the rules under which this role may report, and what has been filed."""

from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from drillkit.core.clocks import face
from drillkit.desk import Pulse
from drillkit.model import events as ev
from drillkit.model.commands import FileReport
from drillkit.model.plan import ReportingRule
from drillkit.model.text import Prose
from drillkit.ui.drafts import Drafts
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page
from drillkit.ui.pages.sheet import Citing, Sheet
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.fields import Words
from drillkit.ui.widgets.inject_card import InjectCard
from drillkit.words import listing

Thing = ReportingRule | ev.Entry


class ReportSheet(Citing):
    """The elements that the rule requires, each with its words."""

    DEFAULT_CSS = """
    ReportSheet Words { height: 5; }
    """

    def __init__(self, rule: ReportingRule, drafts: Drafts) -> None:
        """`drafts` has what was written before, perhaps on another terminal."""
        super().__init__(id=f"report-{rule.id}")
        self.rule = rule
        self._drafts = drafts
        self.words = {
            element.id: Words(
                "desk.element", about=element.title, text=draft_of(drafts, rule.id, element.id)
            )
            for element in rule.elements
        }

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.note
        yield from self.words.values()
        yield self.facts
        yield self.flags

    @property
    def has_unsent(self) -> bool:
        return any(words.text for words in self.words.values())

    def on_mount(self) -> None:
        self.flags.offer((), ("confirmed",))

    def on_text_area_changed(self) -> None:
        """Keep what is written, as soon as it is."""
        for id, words in self.words.items():
            if words.text:
                self._drafts.put(_key(self.rule.id, id), ((), words.text))
            else:
                self._drafts.drop(_key(self.rule.id, id))

    def show(self, moment: Moment, seats: tuple[str, ...]) -> None:
        names, lang = moment.names, moment.lang
        assert names is not None
        to = self.say("ui.to", to=names.roles(self.rule.to, lang))
        self.head_is(names.rule(self.rule.id, lang), f"{to} · {self.rule.trigger.in_(lang)}")
        self.offer_facts(moment, seats)
        self.flags.offer([("confirmed", self.say("desk.mark-confirmed"))])

    def command(self) -> FileReport:
        written = {id: Prose(words.text) for id, words in self.words.items()}
        return FileReport(
            rule=self.rule.id,
            elements={id: text for id, text in written.items() if text},
            facts=self.facts.chosen,
            confirmed="confirmed" in self.flags.chosen,
        )

    def action_send(self) -> None:
        """File it; ask first when elements are empty, and refuse when all are."""
        empty = [id for id, words in self.words.items() if not words.text.strip()]
        if len(empty) == len(self.words):
            self.notice("refused.empty")
            self.words[empty[0]].focus()
        elif empty:
            self._send_without(empty)
        else:
            super().action_send()

    @work(group="ask", exclusive=True)
    async def _send_without(self, empty: Sequence[str]) -> None:
        titles = [str(e.title.in_(self.lang)) for e in self.rule.elements if e.id in empty]
        elements = listing(self.lang, titles)
        question = AskScreen("desk.file-so", n=len(empty), all=len(self.words), elements=elements)
        if await self.app.push_screen_wait(question):
            super().action_send()
        else:
            self.words[empty[0]].focus()

    def clear(self) -> None:
        for words in self.words.values():
            words.text = ""
        self.facts.offer((), ())


def _key(rule: str, element: str) -> str:
    """Where the drafts have what is written about this element of the report."""
    return f"report-{rule}-{element}"


def draft_of(drafts: Drafts, rule: str, element: str) -> str:
    """What has been written about this element and not been sent."""
    draft = drafts.get(_key(rule, element))
    return draft[1] if draft else ""


class ReportsPage(Page):
    """When a report is due is for the role to know: nothing here tells."""

    NAME = "reports"
    DEFAULT_CSS = """
    ReportsPage Feed { width: 38%; min-width: 28; }
    """

    def __init__(self, seat: str, pulse: Callable[[], Pulse], drafts: Drafts | None = None) -> None:
        super().__init__(seat, pulse)
        self._drafts = drafts or Drafts()
        self.feed = Feed(self._row, tall=2, empty="desk.reports-empty", id="reports")
        self.card = InjectCard()
        self.pane = VerticalScroll(self.card, classes="pane", can_focus=False)
        self.sheets: dict[str, ReportSheet] = {}

    def compose(self) -> ComposeResult:
        yield self.feed
        yield self.pane

    @property
    def has_unsent(self) -> bool:
        briefing = self.moment.state.briefing
        return any(self._is_begun(rule) for rule in (briefing.plan.reports if briefing else ()))

    def _is_begun(self, rule: ReportingRule) -> bool:
        return any(draft_of(self._drafts, rule.id, element.id) for element in rule.elements)

    def enter(self) -> None:
        sheet = next((one for one in self.sheets.values() if one.display), None)
        (next(iter(sheet.words.values())) if sheet else self.feed).focus()

    def draw(self, moment: Moment) -> None:
        rules: list[Thing] = [rule for rule in moment.state.plan.reports if self._may(rule)]
        filed = [entry for entry in moment.entries if isinstance(entry.event, ev.ReportFiled)]
        self.feed.show([*rules, *filed])
        for sheet in self.sheets.values():
            sheet.show(moment, self.seats)
        self._show_card()

    def _may(self, rule: ReportingRule) -> bool:
        seats = self.seats
        roles = [self.moment.state.plan.role(seat) for seat in seats]
        return rule.sender in seats or any(role and "report" in role.may for role in roles)

    def _row(self, thing: Thing) -> Row:
        moment = self.moment
        names, lang = moment.names, moment.lang
        assert names is not None
        if isinstance(thing, ReportingRule):
            draft = ((self.say("desk.draft"), "warning"),) if self._is_begun(thing) else ()
            title = ((names.rule(thing.id, lang), "strong"),)
            to = ((f"  → {names.roles(thing.to, lang)}", "dim"),)
            return Row((title, to), (draft, ((self.say(f"log.stage.{thing.stage}"), "quiet"),)))
        event = thing.event
        assert isinstance(event, ev.ReportFiled)
        title = (("✓ ", "done"), (names.rule(event.rule, lang), ""))
        who = ((f"  {face(thing.at)} ", "quiet"), (names.role(event.sender, lang), "dim"))
        return Row((title, who))

    def on_feed_pointed(self) -> None:
        self._close()

    async def on_feed_opened(self, message: Feed.Opened) -> None:
        message.stop()
        if not isinstance(message.thing, ReportingRule):
            return
        rule = message.thing
        sheet = self.sheets.get(rule.id)
        if sheet is None:
            sheet = self.sheets[rule.id] = ReportSheet(rule, self._drafts)
            await self.mount(sheet)
        sheet.show(self.moment, self.seats)
        self.pane.display = False
        for other in self.sheets.values():
            other.display = other is sheet
        next(iter(sheet.words.values())).focus()

    def on_sheet_left(self, message: Sheet.Left) -> None:
        message.stop()
        self._close()
        self.feed.focus()

    def _close(self) -> None:
        for sheet in self.sheets.values():
            sheet.display = False
        self.pane.display = True
        self.feed.update_lines()
        self._show_card()

    def _show_card(self) -> None:
        thing = self.feed.chosen
        if isinstance(thing, ReportingRule):
            parts: list[Content | str | tuple[str, str]] = [
                (thing.title.in_(self.lang), "bold"),
                "\n\n",
                thing.trigger.in_(self.lang),
                "\n",
            ]
            for element in thing.elements:
                parts += ["\n  • ", element.title.in_(self.lang)]
            parts += ["\n\n", (self.say("desk.open-report"), "dim")]
            self.card.update(Content.assemble(*parts))
        else:
            self.card.show(thing, self.moment)
