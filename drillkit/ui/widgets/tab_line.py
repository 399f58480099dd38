"""The line of a screen's pages: their keys and names, what waits in each, and what is unread."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from drillkit.ui.language import Speaks


class TabLine(Speaks, Widget):
    """Drawn as one line; names are left out where they do not fit, keys and counts never."""

    DEFAULT_CSS = """
    TabLine { height: 1; background: $surface; }
    """

    @dataclass
    class Picked(Message):
        """A click on a page's name."""

        page: str

    def __init__(self, pages: Sequence[str], area: str) -> None:
        """The page "inbox" is called by the words key "<area>.inbox"."""
        super().__init__()
        self._pages = pages
        self.keys: Sequence[str] = [str(nth) for nth in range(1, len(pages) + 1)]
        """The key of each page."""
        self._area = area
        self._current = pages[0]
        self._waiting: Mapping[str, int] = {}
        self._unread: Mapping[str, int] = {}
        self._places: list[tuple[int, int, str]] = []

    def show(
        self, current: str, waiting: Mapping[str, int], unread: Mapping[str, int] | None = None
    ) -> None:
        """This page is in front; so much of each wants something done, so much is only unread."""
        shown = current, dict(waiting), dict(unread or {})
        if shown != (self._current, self._waiting, self._unread):
            self._current, self._waiting, self._unread = shown
            self.refresh()

    def relabel(self) -> None:
        super().relabel()
        self.refresh()

    def _parts(self, named: Collection[str]) -> list[tuple[str, Content]]:
        parts = list[tuple[str, Content]]()
        for key, page in zip(self.keys, self._pages, strict=True):
            here = page == self._current
            name = f" {self.say(f'{self._area}.{page}')}" if page in named or here else ""
            count, unread = self._waiting.get(page, 0), self._unread.get(page, 0)
            part = Content.assemble(
                (f" {key}", "bold $accent"),
                (name, "bold" if here else ""),
                (f"·{count}" if count else "", "bold $warning"),
                (f"●{unread}" if unread else "", "bold $accent"),
            )
            parts.append((page, part.stylize("on #005f87") if here else part))
        return parts

    def render(self) -> RenderResult:
        named = list(self._pages)
        parts = self._parts(named)
        # Names go from the end on, first those of the pages that have nothing to tell.
        told = [page for page in named if self._waiting.get(page) or self._unread.get(page)]
        quiet = [page for page in named if page not in told]
        for page in (*reversed(quiet), *reversed(told)):
            if sum(part.cell_length for _, part in parts) <= self.size.width:
                break
            named.remove(page)
            parts = self._parts(named)
        start = 0
        self._places.clear()
        for page, part in parts:
            self._places.append((start, start + part.cell_length, page))
            start += part.cell_length
        return Content("").join([part for _, part in parts])

    def on_click(self, event: events.Click) -> None:
        for start, end, page in self._places:
            if start <= event.x < end:
                self.post_message(self.Picked(page))
