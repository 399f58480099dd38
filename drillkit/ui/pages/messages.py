"""Messages: what this seat has sent and been told, and the sheet for a new one."""

from collections.abc import Callable, Collection
from typing import ClassVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from drillkit.core.clocks import face
from drillkit.core.names import headline
from drillkit.core.state import State
from drillkit.desk import Pulse
from drillkit.model import events as ev
from drillkit.model.commands import AcknowledgeMessage, SendMessage
from drillkit.model.scenario import Means
from drillkit.model.text import Prose
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page, Seen
from drillkit.ui.pages.sheet import Citing, Sheet
from drillkit.ui.reading import Reading, is_awaited
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.fields import Choices, Picker, Words
from drillkit.ui.widgets.inject_card import InjectCard


class MessageSheet(Citing):
    """To whom, what, by what means, on what grounds."""

    def __init__(self) -> None:
        super().__init__(id="message-sheet")
        self.to = Choices(several=True, label="desk.to", id="message-to")
        self.words = Words("desk.message-text", id="message-text")
        self.means = Picker("desk.means", id="message-means")
        self.reply_to = ""

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.note
        yield self.to
        yield self.words
        yield self.means
        yield self.facts
        yield self.flags

    @property
    def has_unsent(self) -> bool:
        return bool(self.words.text)

    def show(self, moment: Moment, seat: str, seats: Collection[str]) -> None:
        """Offer the recipients and facts of this moment; what is filled in stays."""
        names, lang, plan = moment.names, moment.lang, moment.state.plan
        assert names is not None
        direct = {to for path in plan.channels if path.sender in seats for to in path.to}
        others = [role.id for role in plan.roles if role.id != seat]
        others.sort(key=lambda role: role not in direct)
        beyond = self.say("desk.no-channel") if direct else ""
        titles = [
            (role, names.role(role, lang) + ("" if role in direct else beyond)) for role in others
        ]
        self.to.offer(titles)
        self.means.offer([(means, self.say(f"log.means.{means}")) for means in get_args(Means)])
        self.offer_facts(moment, seats)
        marks = [(mark, self.say(f"desk.mark-{mark}")) for mark in ("confirmed", "ack")]
        self.flags.offer(marks)
        answered = moment.state.messages.get(self.reply_to)
        if answered is None:
            self.head_is(self.say("desk.new-message"))
        else:
            who = names.role(answered.event.sender, lang)
            self.head_is(self.say("desk.reply-to", sender=who), headline(answered.event.text))

    def begin(self, to: tuple[str, ...] = (), reply_to: str = "") -> None:
        """Write to these, unless something is half written."""
        if self.has_unsent:
            return
        self.reply_to = reply_to
        self.to.offer([(role, role) for role in to], to)
        self.flags.offer([("confirmed", "confirmed")], ("confirmed",))
        self.facts.offer((), ())

    def command(self) -> SendMessage:
        flags = self.flags.chosen
        means = next(means for means in get_args(Means) if means == self.means.value)
        return SendMessage(
            to=self.to.chosen,
            text=Prose(self.words.text),
            facts=self.facts.chosen,
            means=means,
            confirmed="confirmed" in flags,
            ack="ack" in flags,
            reply_to=self.reply_to,
        )

    def clear(self) -> None:
        self.words.text = ""
        self.begin()


class MessagesPage(Page):
    """The list holds both directions; beside it the message chosen, or the sheet."""

    NAME = "messages"
    DEFAULT_CSS = """
    MessagesPage Feed { width: 38%; min-width: 28; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "keys.new-message", id="messages.new", tooltip="keys.new-message-tip"),
        Binding("r", "reply", "keys.reply", id="messages.reply", tooltip="keys.reply-tip"),
        Binding("a", "acknowledge", "keys.acknowledge", id="messages.acknowledge",
                tooltip="keys.acknowledge-tip"),
    ]  # fmt: skip

    def __init__(self, seat: str, pulse: Callable[[], Pulse], reading: Reading) -> None:
        """`reading` is shared by the pages of a desk."""
        super().__init__(seat, pulse)
        self._reading = reading
        self.feed = Feed(self._row, tall=2, empty="desk.messages-empty", id="messages")
        self.card = InjectCard()
        self.pane = VerticalScroll(self.card, classes="pane", can_focus=False)
        self.sheet = MessageSheet()
        self._entries: list[ev.Entry] = []

    def compose(self) -> ComposeResult:
        yield self.feed
        yield self.pane
        yield self.sheet

    @classmethod
    def waiting(cls, state: State, seats: Collection[str]) -> int:
        """The messages to these seats that ask for an acknowledgement and have none."""
        return sum(is_awaited(state, record.event, seats) for record in state.messages.values())

    @classmethod
    def unread(cls, reading: Reading) -> int:
        return reading.unread(lambda event: isinstance(event, ev.MessageSent))

    @property
    def has_unsent(self) -> bool:
        return self.sheet.has_unsent

    def enter(self) -> None:
        (self.sheet.words if self.sheet.display else self.feed).focus()

    def draw(self, moment: Moment) -> None:
        before = len(self._entries)
        self._entries = [
            entry for entry in moment.entries if isinstance(entry.event, ev.MessageSent)
        ]
        self.feed.show(self._entries)
        if before == 0 and self._entries:
            self.feed.point(len(self._entries) - 1)
        self._show_chosen()
        self.sheet.show(moment, self.seat, self.seats)

    def _row(self, entry: ev.Entry) -> Row:
        event, moment = entry.event, self.moment
        assert isinstance(event, ev.MessageSent)
        assert moment.names is not None
        mine = event.sender in self.seats
        who = (
            f"→ {moment.names.roles(event.to, moment.lang)}"
            if mine
            else f"← {moment.names.role(event.sender, moment.lang)}"
        )
        record = moment.state.messages.get(event.message)
        done = record.acknowledged if record else {}
        right: tuple[tuple[str, str], ...] = ()
        if mine and event.ack:
            missing = [role for role in event.to if role not in done]
            right = (("?", "warning"),) if missing else (("✓", "done"),)
        elif not mine and any(role in done for role in self.seats):
            right = (("✓", "done"),)
        elif not mine and event.ack:
            right = ((self.say("desk.wants-ack"), "warning"),)
        unread = self._reading.is_unread(entry)
        first = (("● ", "unread") if unread else ("  ", ""), (who, "unread" if unread else ""))
        second = ((f"  {face(entry.at)} ", "quiet"), (event.text.replace("\n", " "), "dim"))
        return Row((first, second), (right, ()))

    def on_feed_pointed(self) -> None:
        self._show_chosen()
        self.screen.refresh_bindings()

    def _show_chosen(self) -> None:
        entry = self.feed.chosen
        self.card.show(entry, self.moment)
        if entry is not None and self.pane.display and self._reading.is_unread(entry):
            self._reading.read(entry)
            self.feed.update_lines()
            self.post_message(Seen())

    def on_sheet_left(self, message: Sheet.Left) -> None:
        message.stop()
        self._open(sheet=False)

    def _open(self, *, sheet: bool) -> None:
        self.sheet.display, self.pane.display = sheet, not sheet
        self._show_chosen()
        if sheet:
            self.sheet.show(self.moment, self.seat, self.seats)
            self.sheet.scroll_home(animate=False)
            (self.sheet.words if self.sheet.to.chosen else self.sheet.to).focus()
        else:
            self.feed.focus()

    def reply(self, message: str) -> None:
        """Open the sheet with an answer to this message."""
        record = self.moment.state.messages.get(message)
        if record is not None:
            self.sheet.begin((record.event.sender,), message)
            self._open(sheet=True)

    def action_new(self) -> None:
        self.sheet.begin()
        self._open(sheet=True)

    def action_reply(self) -> None:
        entry = self.feed.chosen
        if entry is not None and isinstance(entry.event, ev.MessageSent):
            self.reply(entry.event.message)

    def action_acknowledge(self) -> None:
        entry = self.feed.chosen
        if entry is not None and isinstance(entry.event, ev.MessageSent):
            self.request(AcknowledgeMessage(message=entry.event.message))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Letters belong to the sheet while it is open; only what one was told is answered."""
        if action == "new":
            return not self.sheet.display
        if action in ("reply", "acknowledge"):
            event = self.feed.chosen.event if self.feed.chosen else None
            if self.sheet.display or not isinstance(event, ev.MessageSent):
                return False
            if action == "acknowledge":
                return is_awaited(self.moment.state, event, self.seats)
            return any(role in event.to for role in self.seats)
        return True
