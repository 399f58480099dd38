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
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page
from drillkit.ui.pages.sheet import Sheet
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.fields import Words

_TONES = {"high": "late", "medium": "warning", "low": "dim"}
_SIGNS = {"high": "!!", "medium": "! ", "low": "  "}


class CustomerSheet(Sheet):
    """What the customer is told."""

    def __init__(self) -> None:
        super().__init__(id="customer-sheet")
        self.words = Words("desk.customer-text", id="customer-text")
        self.customer: Customer | None = None
        self._drafts: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.note
        yield self.words

    @property
    def has_unsent(self) -> bool:
        return bool(self.words.text) or any(self._drafts.values())

    def begin(self, customer: Customer) -> None:
        """Write to this customer; what was written to another is kept for it."""
        if self.customer is not None:
            self._drafts[self.customer.id] = self.words.text
        self.customer = customer
        self.words.text = self._drafts.pop(customer.id, "")
        self.head_is(customer.title.in_(self.lang), customer.treatment.in_(self.lang))

    def command(self) -> NotifyCustomer:
        assert self.customer is not None
        return NotifyCustomer(customer=self.customer.id, text=Prose(self.words.text))

    def clear(self) -> None:
        self.words.text = ""


class CustomersPage(Page):
    """The gravest first; a sheet for telling one of them."""

    NAME = "customers"
    DEFAULT_CSS = """
    CustomersPage Feed { width: 50%; min-width: 28; }
    CustomersPage Static { height: auto; }
    """

    def __init__(self, seat: str, pulse: Callable[[], Pulse]) -> None:
        super().__init__(seat, pulse)
        self.feed = Feed(self._row, tall=2, empty="desk.customers-empty", id="customers")
        self.card = Static(markup=False)
        self.pane = VerticalScroll(self.card, classes="pane", can_focus=False)
        self.sheet = CustomerSheet()

    def compose(self) -> ComposeResult:
        yield self.feed
        yield self.pane
        yield self.sheet

    @property
    def has_unsent(self) -> bool:
        return self.sheet.has_unsent

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
