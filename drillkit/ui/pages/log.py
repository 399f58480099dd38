"""The log: all that this seat has seen, a line each, with the whole sentence of one below."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from drillkit.core.chronicle import sentence
from drillkit.core.clocks import face
from drillkit.desk import Pulse
from drillkit.model.events import Entry
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page
from drillkit.ui.widgets.feed import Feed, Row


class LogPage(Page):
    """Drawn from the entries themselves; nothing is kept beside them."""

    NAME = "log"
    DEFAULT_CSS = """
    LogPage { layout: vertical; }
    LogPage Static { height: auto; max-height: 8; border-top: solid $border-blurred; padding: 0 1; }
    """

    def __init__(self, seat: str, pulse: Callable[[], Pulse]) -> None:
        super().__init__(seat, pulse)
        self.feed = Feed(self._row, empty="desk.log-empty", id="log")
        self.whole = Static(markup=False)
        self._fresh = True

    def compose(self) -> ComposeResult:
        yield self.feed
        yield self.whole

    def enter(self) -> None:
        self.feed.focus()

    def draw(self, moment: Moment) -> None:
        self.feed.show(moment.entries)
        if self._fresh:
            self._fresh = False
            self.feed.point(len(moment.entries) - 1)
        self._show_whole()

    def _sentence(self, entry: Entry) -> str:
        assert self.moment.names is not None
        return sentence(entry, self.moment.names, self.moment.lang)

    def _row(self, entry: Entry) -> Row:
        voided = "quiet" if entry.seq in self.moment.state.voided else ""
        line = " / ".join(self._sentence(entry).split("\n"))
        return Row((((f"{face(entry.at):>7} ", "time"), (line, voided)),))

    def on_feed_pointed(self) -> None:
        self._show_whole()

    def _show_whole(self) -> None:
        entry = self.feed.chosen
        self.whole.update(Content(self._sentence(entry) if entry else ""))
