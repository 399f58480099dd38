"""The line of a screen's pages: their digits, names, and how much waits in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from drillkit.ui.language import Speaks


class TabLine(Speaks, Widget):
    """Drawn as one line; names are left out where they do not fit, digits and counts never."""

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
        self._area = area
        self._current = pages[0]
        self._waiting: Mapping[str, int] = {}
        self._places: list[tuple[int, int, str]] = []

    def show(self, current: str, waiting: Mapping[str, int]) -> None:
        if (current, waiting) != (self._current, self._waiting):
            self._current, self._waiting = current, dict(waiting)
            self.refresh()

    def relabel(self) -> None:
        super().relabel()
        self.refresh()

    def _parts(self, *, names: bool) -> list[tuple[str, Content]]:
        parts = list[tuple[str, Content]]()
        for nth, page in enumerate(self._pages, 1):
            here = page == self._current
            name = f" {self.say(f'{self._area}.{page}')}" if names or here else ""
            count = self._waiting.get(page, 0)
            part = Content.assemble(
                (f" {nth}", "bold $accent"),
                (name, "bold" if here else ""),
                (f"·{count}" if count else "", "bold $warning"),
            )
            parts.append((page, part.stylize("on #005f87") if here else part))
        return parts

    def render(self) -> RenderResult:
        parts = self._parts(names=True)
        if sum(part.cell_length for _, part in parts) > self.size.width:
            parts = self._parts(names=False)
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
