"""The inbox: what came in, newest at the bottom; reading it and answering it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from drillkit.core.clocks import face
from drillkit.core.records import Response
from drillkit.core.state import State
from drillkit.desk import Pulse
from drillkit.model import events as ev
from drillkit.model.commands import AcknowledgeMessage, GiveResponse, OpenInject
from drillkit.ui.drafts import Drafts
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page, Seen
from drillkit.ui.reading import Reading, is_awaited
from drillkit.ui.widgets.answer_box import AnswerBox
from drillkit.ui.widgets.deadline import DeadlineLine, countdown, hurries
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.inject_card import InjectCard


class _Arrivals(Feed[ev.Entry]):
    """Says that Enter goes to the answer, where there is one to give."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "keys.write-answer", id="inbox.open",
                tooltip="keys.write-answer-tip"),
    ]  # fmt: skip

    is_answerable = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return self.is_answerable if action == "open" else True


class InboxPage(Page):
    """Reading an inject opens it, once, for all to see who may."""

    NAME = "inbox"
    DEFAULT_CSS = """
    InboxPage Feed { width: 38%; min-width: 28; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "keys.next-unread", id="inbox.next", tooltip="keys.next-unread-tip"),
        Binding("a", "acknowledge", "keys.acknowledge", id="inbox.acknowledge",
                tooltip="keys.acknowledge-tip"),
        Binding("r", "reply", "keys.reply", id="inbox.reply", tooltip="keys.reply-tip"),
        Binding("escape", "back", "keys.back", id="inbox.back", tooltip="keys.back-tip"),
    ]  # fmt: skip

    @dataclass
    class ReplyWanted(Message):
        """The reader wants to answer this message."""

        message: str

    def __init__(
        self,
        seat: str,
        pulse: Callable[[], Pulse],
        reading: Reading,
        drafts: Drafts | None = None,
    ) -> None:
        """`reading` is shared by the pages of a desk."""
        super().__init__(seat, pulse)
        self.feed = _Arrivals(self._row, tall=2, empty="desk.inbox-empty", id="inbox")
        self.pane = VerticalScroll(classes="pane")
        self.pane.can_focus = False
        self.deadline = DeadlineLine(pulse)
        self.card = InjectCard()
        self.box = AnswerBox(drafts)
        self._reading = reading
        self._entries: object = None
        self._shown: ev.Entry | None = None
        self._offered: object = None

    def compose(self) -> ComposeResult:
        yield self.feed
        with self.pane:
            yield self.deadline
            yield self.card
            yield self.box

    @classmethod
    def waiting(cls, state: State, seats: Collection[str]) -> int:
        """The injects that wait for an answer of these seats, and what they should confirm."""
        answers = sum(
            1 for record in state.injects.values() if any(role in seats for role in record.awaited)
        )
        messages = state.messages.values()
        return answers + sum(is_awaited(state, record.event, seats) for record in messages)

    @classmethod
    def unread(cls, reading: Reading) -> int:
        return reading.unread(lambda _: True)

    @property
    def has_unsent(self) -> bool:
        return self.box.has_unsent

    def enter(self) -> None:
        self.feed.focus()
        self._show_chosen()

    def tick(self) -> None:
        self.feed.update_lines()
        self.deadline.tick()

    def is_hurried(self) -> bool:
        at, seats = self.pulse().at, self.seats
        return any(
            due.role in record.awaited and due.role in seats and hurries(due, at)
            for record in self.moment.state.injects.values()
            for due in (record.event.due if record.event else ())
        )

    def draw(self, moment: Moment) -> None:
        things = self._reading.things
        self.feed.show(things)
        anew, self._entries = moment.entries is not self._entries, moment.entries
        if anew and things:
            self.feed.point(len(things) - 1)
        self._show_chosen()

    # -- the list ----------------------------------------------------------------------------------

    def _due(self, entry: ev.Entry) -> ev.Due | None:
        """By when one of the seats should still answer it."""
        if not isinstance(entry.event, ev.InjectReleased) or not self.moment.state.is_open:
            return None
        record = self.moment.state.injects.get(entry.event.inject)
        if record is None:
            return None
        seats, awaited = self.seats, record.awaited
        return next(
            (due for due in entry.event.due if due.role in seats and due.role in awaited), None
        )

    def _row(self, entry: ev.Entry) -> Row:
        event, moment = entry.event, self.moment
        names, lang = moment.names, moment.lang
        assert names is not None
        unread = self._reading.is_unread(entry)
        match event:
            case ev.InjectReleased():
                head, who = event.title.in_(lang), names.role(event.sender, lang)
            case ev.MessageSent():
                head, who = event.text, names.role(event.sender, lang)
            case ev.ReportFiled():
                head, who = names.rule(event.rule, lang), names.role(event.sender, lang)
            case ev.StatementIssued():
                head, who = event.text, self.say("desk.row-statement")
            case ev.BroadcastMade():
                head, who = event.text, self.say("desk.row-broadcast")
            case ev.BriefingGiven():
                head, who = event.title.in_(lang), self.say("desk.row-briefing")
            case _:
                head, who = "", ""
        due = self._due(entry)
        mark = ("● ", "unread") if unread else ("  ", "")
        first = (mark, (head.replace("\n", " "), "unread" if unread else "strong" if due else ""))
        second = ((f"  {face(entry.at)} ", "quiet"), (who, "dim"))
        if due:
            right = (countdown(due, self.pulse().at, self),)
        elif self._is_done(event):
            right = (("✓", "done"),)
        elif self._wants_acknowledgement(event):
            right = ((self.say("desk.wants-ack"), "warning"),)
        else:
            right = ()
        return Row((first, second), (right, ()))

    def _is_done(self, event: ev.Event) -> bool:
        state, seats = self.moment.state, self.seats
        if isinstance(event, ev.InjectReleased):
            record = state.injects.get(event.inject)
            return record is not None and any(role in record.responses for role in seats)
        if isinstance(event, ev.MessageSent):
            message = state.messages.get(event.message)
            return message is not None and any(role in message.acknowledged for role in seats)
        return False

    def _wants_acknowledgement(self, event: ev.Event) -> bool:
        return isinstance(event, ev.MessageSent) and is_awaited(
            self.moment.state, event, self.seats
        )

    # -- reading -----------------------------------------------------------------------------------

    def on_feed_pointed(self) -> None:
        self._show_chosen()

    def on_feed_opened(self) -> None:
        if self.feed.is_answerable:
            (self.box.choices if self.box.choices.display else self.box.words).focus()

    def _show_chosen(self) -> None:
        entry = self.feed.chosen
        moment = self.moment
        if entry is not self._shown:
            self.pane.scroll_home(animate=False)
        self._shown = entry
        self.card.show(entry, moment)
        self.deadline.show(self._due(entry) if entry else None)
        inject = entry.event if entry and isinstance(entry.event, ev.InjectReleased) else None
        self.box.show(inject, self._responses(inject), moment, self.seats)
        if entry is not None and self.display and self._reading.is_unread(entry):
            self._reading.read(entry)
            if inject:
                self.request(OpenInject(inject=inject.inject))
            self.feed.update_lines()
            self.post_message(Seen())
        self.feed.is_answerable = self.box.is_open and moment.state.is_open
        offered = [self.check_action(action, ()) for action in ("acknowledge", "reply")]
        offered.append(self.feed.is_answerable)
        if offered != self._offered:
            self._offered = offered
            self.screen.refresh_bindings()

    def _responses(self, inject: ev.InjectReleased | None) -> list[Response]:
        record = self.moment.state.injects.get(inject.inject) if inject else None
        if inject is None or record is None:
            return []
        role = next((role for role in self.seats if role in inject.to), self.seat)
        return record.responses.get(role, [])

    def on_answer_box_taken(self, message: AnswerBox.Taken) -> None:
        message.stop()
        if self.box.has_focus_within:
            self.feed.focus()

    def on_answer_box_given(self, message: AnswerBox.Given) -> None:
        message.stop()

        def then(accepted: bool) -> None:
            message.box.came_back(message.inject, accepted=accepted)

        command = GiveResponse(inject=message.inject, options=message.options, text=message.text)
        self.request(command, then)

    # -- keys --------------------------------------------------------------------------------------

    def action_next(self) -> None:
        unread = (
            nth
            for nth, entry in enumerate(self._reading.things)
            if self._reading.is_unread(entry) and entry is not self._shown
        )
        place = next(unread, None)
        if place is None:
            self.remark("desk.nothing-unread")
        else:
            self.feed.focus()
            self.feed.point(place)

    def action_acknowledge(self) -> None:
        if self._shown and isinstance(self._shown.event, ev.MessageSent):
            self.request(AcknowledgeMessage(message=self._shown.event.message))

    def action_reply(self) -> None:
        if self._shown and isinstance(self._shown.event, ev.MessageSent):
            self.post_message(self.ReplyWanted(self._shown.event.message))

    def action_back(self) -> None:
        self.feed.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what can be done with what is read now."""
        if action == "back":
            return not self.feed.has_focus
        if action in ("acknowledge", "reply"):
            event = self._shown.event if self._shown else None
            if action == "acknowledge":
                return event is not None and self._wants_acknowledgement(event)
            return isinstance(event, ev.MessageSent)
        return True
