"""The participant's desk: what came in, and everything that a role can do about it."""

from collections.abc import Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input, TextArea

from drillkit.core.decide.seats import acting_as
from drillkit.desk import Desk
from drillkit.model.commands import AcknowledgeCall, Arrive
from drillkit.model.events import SeatLeft, SeatLost, SeatReady, SeatRegained, SeatTaken
from drillkit.ui.drafts import Drafts
from drillkit.ui.moment import Moment
from drillkit.ui.pages.customers import CustomersPage
from drillkit.ui.pages.inbox import InboxPage
from drillkit.ui.pages.log import LogPage
from drillkit.ui.pages.messages import MessagesPage
from drillkit.ui.pages.page import Asked, Page, Seen
from drillkit.ui.pages.reports import ReportsPage
from drillkit.ui.pages.role import RolePage
from drillkit.ui.pages.statements import StatementsPage
from drillkit.ui.pages.supplies import SuppliesPage
from drillkit.ui.reading import Reading
from drillkit.ui.seat import SeatScreen
from drillkit.ui.widgets.banner import Banner, Step
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.fields import Words
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.tab_line import TabLine

_PAGES: Mapping[str, type[Page]] = {
    page.NAME: page
    for page in (
        InboxPage,
        MessagesPage,
        SuppliesPage,
        ReportsPage,
        StatementsPage,
        CustomersPage,
        RolePage,
        LogPage,
    )
}

_SHEETS = ("message-text", "statement-text")
"""The text fields of sheets whose words are kept with the drafts, by their ids."""

_TERMINALS = (SeatTaken, SeatReady, SeatLost, SeatRegained, SeatLeft)
"""Who sits at which terminal shows on no page: in a crowd that comes, nobody's desk is drawn."""


class _Body(Container):
    """Where the pages stand, one over the other."""

    BLANK = True


class DeskScreen(SeatScreen):
    """Pages are mounted when they are first opened, and only the one in front gets the moments."""

    ABOUT = "desk.about"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                keys,
                f"page('{name}')",
                f"desk.{name}",
                id=f"desk.page-{name}",
                tooltip=f"desk.{name}-tip",
                show=False,
                priority=keys.startswith("f"),
            )
            for nth, name in enumerate(_PAGES, 1)
            # A text field has uses of its own for some of the function keys.
            for keys in (f"{nth}", f"f{nth + 2}")
        ),
        # From anywhere, a text field included: the large line comes before all that is there.
        Binding(
            "ctrl+g",
            "take_step",
            "keys.take-step",
            id="desk.take-step",
            tooltip="keys.take-step-tip",
            priority=True,
        ),
    ]

    def __init__(self, desk: Desk, drafts: Drafts | None = None) -> None:
        """`drafts` holds what the same person wrote before, perhaps on another terminal."""
        super().__init__(desk)
        self._drafts = drafts or Drafts()
        self._clock = ClockFace(desk.seat, desk.pulse)
        self._tabs = TabLine(tuple(_PAGES), "desk")
        self._banner = Banner()
        self._body = _Body()
        self._reading = Reading()
        self._pages: dict[str, Page] = {}
        self._page = "inbox"

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(SeatScreen.moment)
        yield self._tabs
        yield self._banner
        yield self._body
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.beat()

    def is_hurried(self) -> bool:
        return self.page is not None and self.page.is_hurried()

    def tick(self) -> None:
        self._clock.tick()
        if self._page in self._pages:
            self._pages[self._page].tick()

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self._pages.get(self._page)

    @property
    def has_unsent(self) -> bool:
        """Something is written that has not been sent."""
        return any(page.has_unsent for page in self._pages.values())

    # -- the moment --------------------------------------------------------------------------------

    async def watch_moment(self, moment: Moment) -> None:
        state = moment.state
        if state.briefing is None or moment.brings_only(_TERMINALS):
            return
        self._reading.take_in(moment, acting_as(state, self.desk.seat))
        if not self._pages:
            await self.open_page("inbox")
        if self.page and self.page.is_mounted:
            self.page.show(moment)
        self._show_tabs()
        self._show_step(moment)

    def _show_step(self, moment: Moment) -> None:
        was, step = self._banner.step, self._step(moment)
        if not self._banner.show(step):
            return
        self.refresh_bindings()
        if was == "paused":
            # What was refused meanwhile is refused no longer.
            self.app.clear_notifications()
        # After the end there is nothing more to answer, and the keys lead on.
        answers = moment.state.ended and isinstance(self.page, InboxPage)
        if self._is_writing() and not answers:
            return
        if self._banner.can_focus:
            self._banner.focus()
        elif self.page:
            self.page.enter()

    def _show_tabs(self) -> None:
        state = self.moment.state
        seats = acting_as(state, self.desk.seat)
        waiting = {
            name: 0 if state.ended else page.waiting(state, seats) for name, page in _PAGES.items()
        }
        unread = {name: page.unread(self._reading) for name, page in _PAGES.items()}
        self._tabs.show(self._page, waiting, unread)

    def on_seen(self, message: Seen) -> None:
        message.stop()
        self._show_tabs()

    def _step(self, moment: Moment) -> Step:
        """What comes before everything else now."""
        state = moment.state
        match state.stage:
            case "unopened" | "briefing":
                return "briefing"
            case "ended":
                return "ended"
            case "paused":
                return "paused"
            case "running":
                role = state.plan.role(self.desk.seat)
                if role is None or role.outside:
                    return ""
                presence = state.presence[self.desk.seat]
                if presence.is_here and not presence.stays[-1].substitute:
                    return ""
                if presence.called and not presence.acknowledged:
                    return "acknowledge"
                if presence.is_here:
                    return "relieve"
                return "return" if presence.stays else "arrive"

    def _is_writing(self) -> bool:
        return isinstance(self.focused, TextArea | Input)

    # -- pages -------------------------------------------------------------------------------------

    async def open_page(self, name: str) -> Page:
        """Bring the page to the front, made now if it has not been open yet."""
        self._page = name
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._make(name)
            if not self._body.is_attached:
                # The line broke while this was on its way: there is no screen left to show it on.
                return page
            await self._body.mount(page)
            self._restore(page)
        for other in self._pages.values():
            other.display = other is page
        page.show(self.moment)
        self._show_tabs()
        page.enter()
        return page

    def _make(self, name: str) -> Page:
        seat, pulse = self.desk.seat, self.desk.pulse
        if name == InboxPage.NAME:
            return InboxPage(seat, pulse, self._reading, self._drafts)
        if name == MessagesPage.NAME:
            return MessagesPage(seat, pulse, self._reading)
        if name == ReportsPage.NAME:
            return ReportsPage(seat, pulse, self._drafts)
        if name == CustomersPage.NAME:
            return CustomersPage(seat, pulse, self._drafts)
        return _PAGES[name](seat, pulse)

    def _restore(self, page: Page) -> None:
        for words in page.query(Words):
            draft = self._drafts.get(words.id) if words.id in _SHEETS else None
            if draft:
                words.load_text(draft[1])
                words.move_cursor(words.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep what is written on a sheet; answers keep themselves."""
        words = event.text_area
        if words.id not in _SHEETS:
            return
        if words.text:
            self._drafts.put(words.id, ((), words.text))
        else:
            self._drafts.drop(words.id)

    async def action_page(self, name: str) -> None:
        if self._pages:
            await self.open_page(name)

    async def on_tab_line_picked(self, message: TabLine.Picked) -> None:
        await self.action_page(message.page)

    async def on_inbox_page_reply_wanted(self, message: InboxPage.ReplyWanted) -> None:
        page = await self.open_page("messages")
        assert isinstance(page, MessagesPage)
        page.reply(message.message)

    # -- commands ----------------------------------------------------------------------------------

    def action_take_step(self) -> None:
        self._banner.action_take()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The key of the large line is there while that asks for something."""
        return self._banner.can_focus if action == "take_step" else True

    def on_banner_taken(self, message: Banner.Taken) -> None:
        asked = AcknowledgeCall() if message.banner.step == "acknowledge" else Arrive()
        self.carry(Asked(asked, message.banner.came_back))

    def on_asked(self, message: Asked) -> None:
        message.stop()
        self.carry(message)

    @work(group="ask")
    async def carry(self, message: Asked) -> None:
        """Send what somebody on a page asked for, and tell them what became of it."""
        message.then(await self.ask(message.command))
