"""Customers at risk: the plan's register, and who has been told."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from drillkit.core.clocks import face
from drillkit.desk import Pulse
from drillkit.model.commands import NotifyCustomer
from drillkit.model.plan import Customer
from drillkit.model.text import Prose
from drillkit.ui.drafts import Drafts
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page
from drillkit.ui.pages.sheet import Sheet
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.fields import Words

_TONES = {"high": "late", "medium": "warning", "low": "dim"}
_SIGNS = {"high": "▲", "medium": "△", "low": " "}


class CustomerSheet(Sheet):
    """What the customer is told."""

    def __init__(self, drafts: Drafts) -> None:
        """`drafts` has what was written before, perhaps on another terminal."""
        super().__init__(id="customer-sheet")
        self.words = Words("desk.customer-text", id="customer-text")
        self.customer: Customer | None = None
        self._drafts = drafts

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.note
        yield self.words

    @property
    def has_unsent(self) -> bool:
        return bool(self.words.text)

    def begin(self, customer: Customer) -> None:
        """Write to this customer; what was written to another is kept for it."""
        self.on_text_area_changed()
        self.customer = customer
        draft = self._drafts.get(_key(customer))
        self.words.text = draft[1] if draft else ""
        self.head_is(customer.title.in_(self.lang), customer.treatment.in_(self.lang))

    def on_text_area_changed(self) -> None:
        """Keep what is written, as soon as it is."""
        if self.customer is None:
            return
        if self.words.text:
            self._drafts.put(_key(self.customer), ((), self.words.text))
        else:
            self._drafts.drop(_key(self.customer))

    def command(self) -> NotifyCustomer:
        assert self.customer is not None
        return NotifyCustomer(customer=self.customer.id, text=Prose(self.words.text))

    def clear(self) -> None:
        self.words.text = ""


def _key(customer: Customer) -> str:
    """Where the drafts have what is written to this customer."""
    return f"customer-{customer.id}"


class CustomersPage(Page):
    """The gravest first; a sheet for telling one of them."""

    NAME = "customers"
    DEFAULT_CSS = """
    CustomersPage Feed { width: 50%; min-width: 28; }
    CustomersPage Static { height: auto; }
    """

    def __init__(self, seat: str, pulse: Callable[[], Pulse], drafts: Drafts | None = None) -> None:
        super().__init__(seat, pulse)
        self._drafts = drafts or Drafts()
        self.feed = Feed(self._row, tall=2, empty="desk.customers-empty", id="customers")
        self.card = Static(markup=False)
        self.pane = VerticalScroll(self.card, classes="pane", can_focus=False)
        self.sheet = CustomerSheet(self._drafts)

    def compose(self) -> ComposeResult:
        yield self.feed
        yield self.pane
        yield self.sheet

    @property
    def has_unsent(self) -> bool:
        briefing = self.moment.state.briefing
        customers = briefing.plan.customers if briefing else ()
        return any(self._drafts.get(_key(customer)) for customer in customers)

    def enter(self) -> None:
        (self.sheet.words if self.sheet.display else self.feed).focus()

    def draw(self, moment: Moment) -> None:
        grades = list(_TONES)
        register = sorted(
            moment.state.plan.customers,
            key=lambda customer: (grades.index(customer.grade), customer.notify_within),
        )
        self.feed.show(register)
        self._show_card()

    def _row(self, customer: Customer) -> Row:
        names, lang = self.moment.names, self.moment.lang
        assert names is not None
        told = self.moment.state.customers[customer.id].notified
        tone = _TONES[customer.grade]
        first = ((f"{_SIGNS[customer.grade]} ", tone), (names.customer(customer.id, lang), ""))
        mine = "warning" if customer.owner in self.seats and not told else "dim"
        second = ((f"   {names.role(customer.owner, lang)}", mine),)
        if not told and self._drafts.get(_key(customer)):
            return Row((first, second), (((self.say("desk.draft"), "warning"),), ()))
        if told:
            return Row((first, second), (((f"✓ {face(told.at)}", "done"),), ()))
        within = self.say("desk.within", limit=face(customer.notify_within))
        return Row((first, second), ((), ((within, "quiet"),)))

    def _show_card(self) -> None:
        customer = self.feed.chosen
        if customer is None:
            self.card.update(Content(""))
            return
        names, lang = self.moment.names, self.moment.lang
        assert names is not None
        told = self.moment.state.customers[customer.id].notified
        risk = self.say(f"desk.risk-{customer.kind}")
        grade = self.say(f"desk.grade-{customer.grade}")
        parts: list[str | tuple[str, str]] = [
            (customer.title.in_(lang), "bold"),
            "\n",
            (f"{risk} · {grade}", "dim"),
            "\n\n",
            customer.treatment.in_(lang),
            "\n\n",
            self.say("desk.told-by", role=names.role(customer.owner, lang)),
            "\n\n",
        ]
        if told:
            parts.append((self.say("desk.told-at", at=face(told.at)), "$success"))
        else:
            parts.append((self.say("desk.open-customer"), "dim"))
        self.card.update(Content.assemble(*parts))

    def on_feed_pointed(self) -> None:
        self._open(sheet=False)
        self._show_card()

    def on_feed_opened(self, message: Feed.Opened) -> None:
        message.stop()
        customer = message.thing
        if not self.moment.state.customers[customer.id].notified:
            self.sheet.begin(customer)
            self._open(sheet=True)
            self.sheet.words.focus()

    def on_sheet_left(self, message: Sheet.Left) -> None:
        message.stop()
        self._open(sheet=False)
        self.feed.focus()

    def _open(self, *, sheet: bool) -> None:
        self.sheet.display, self.pane.display = sheet, not sheet
