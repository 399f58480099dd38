"""The base of the staff's screens: panes side by side, or one at a time where there is no room."""

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.containers import Vertical
from textual.content import Content

from drillkit.core.book import Book
from drillkit.core.chronicle import actor, sentence
from drillkit.core.clocks import face
from drillkit.desk import Desk
from drillkit.model.events import BriefingGiven, Entry
from drillkit.ui.seat import SeatScreen
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.followed import reminders
from drillkit.ui.widgets.pane import Details, Pane
from drillkit.ui.widgets.tab_line import TabLine
from drillkit.ui.widgets.watch import entry_row


class PanedScreen(SeatScreen):
    """Keeps which pane one is in, and says in the details what there is to say of its cursor.

    A subclass names its panes in the order of their digits, those of the left column, and the
    words' area in which each is called by its name.
    """

    PANES: ClassVar[tuple[str, ...]]
    LEFT: ClassVar[tuple[str, ...]]
    AREA: ClassVar[str]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    PanedScreen {
        TabLine { display: none; }
        .side { height: 1fr; width: 1fr; }
        #right { width: 52; border-left: solid $panel; }
        &.-narrow {
            TabLine { display: block; dock: none; }
            .side { display: none; width: 1fr; }
            #right { width: 1fr; border-left: none; }
            .pane { display: none; height: 1fr; }
            .side.-active, .pane.-active { display: block; }
            .pane--title { display: none; }
        }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.book: Book | None = None
        self.pane = self.PANES[0]
        self.feeds: Mapping[str, Feed[Any]] = {}
        self.panes: Mapping[str, Pane] = {}
        self.tabs = TabLine(self.PANES, self.AREA)
        self.details = Details()
        self.left = Vertical(id="left", classes="side")
        self.right = Vertical(id="right", classes="side")
        self.waiting: Mapping[str, int] = {}

    def lay_out(self, feeds: Mapping[str, Feed[Any]]) -> None:
        """These lists, by the names of their panes, are what the screen shows."""
        self.feeds = feeds
        self.panes = {
            name: Pane(number, name, self.AREA, feeds[name])
            for number, name in enumerate(self.PANES, 1)
        }

    def on_mount(self) -> None:
        self.action_pane(self.PANES[0])

    def action_pane(self, name: str) -> None:
        """Go to a pane; on a narrow terminal, show it in place of the others."""
        for other, pane in self.panes.items():
            pane.set_class(other == name, "-active")
        self.left.set_class(name in self.LEFT, "-active")
        self.right.set_class(name not in self.LEFT, "-active")
        self.pane = name
        self.tabs.show(name, self.waiting)
        self.feeds[name].focus()
        self.tell()

    def on_tab_line_picked(self, event: TabLine.Picked) -> None:
        self.action_pane(event.page)

    def on_feed_pointed(self, event: Feed.Pointed) -> None:
        if event.feed.id == self.pane:
            self.tell()

    def on_descendant_focus(self) -> None:
        """The details are about the list that has the focus."""
        name = self.focused.id if self.focused else None
        if name in self.feeds and name != self.pane:
            self.pane = name or ""
            self.tabs.show(self.pane, self.waiting)
            self.tell()

    def tell(self) -> None:
        """Say what there is to say of the thing under the cursor."""
        if self.book is not None:
            thing = self.feeds[self.pane].chosen
            self.details.tell(self.told_of(thing) if thing is not None else Content(""))

    def told_of(self, thing: object) -> Content:
        """What there is to say of this thing; the book is open."""
        raise NotImplementedError

    # -- entries, which all these screens show -----------------------------------------------------

    def draw_entry(self, entry: Entry) -> Row:
        """An entry of the journal in one row."""
        assert self.book is not None
        assert self.moment.names is not None
        return entry_row(entry, self.moment.names, self.book)

    def told(self, entry: Entry) -> str:
        """What the entry says."""
        names = self.moment.names
        return sentence(entry, names, self.lang) if names else ""

    def told_of_entry(self, entry: Entry) -> Content:
        """What the entry says, under its number, its time and who made it."""
        names, voided = self.moment.names, self.moment.state.voided.get(entry.seq)
        assert names is not None
        who = actor(entry, names, self.lang)
        head = self.say("control.entry-head", entry=entry.seq, time=face(entry.at), who=who)
        parts: list[str | tuple[str, str]] = [(head, "dim"), "\n", self.told(entry)]
        if isinstance(entry.event, BriefingGiven):
            parts += reminders(entry.event.lessons, self.lang)
        if voided is not None:
            parts += ["\n", (self.say("control.voided", why=voided[1].why), "$warning")]
        return Content.assemble(*parts)
