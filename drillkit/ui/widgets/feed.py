"""A list that is drawn, not mounted: rows come from a model by index, only changed lines go out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from drillkit.ui.language import Speaks
from drillkit.ui.widgets.columns import cut

Cells = tuple[tuple[str, str], ...]
"""Pieces of a line: (text, tone). The text is cut where the line ends."""

TONES = ("dim", "strong", "unread", "warning", "late", "done", "time", "quiet")


@dataclass(frozen=True, slots=True)
class Row:
    """How one thing is shown: for each line its pieces, and those set at its right edge.

    A tone is one of TONES, or "" for plain.
    """

    lines: tuple[Cells, ...]
    rights: tuple[Cells, ...] = ()


@dataclass(frozen=True, slots=True)
class _View:
    """What holds for all lines of one drawing; asking the widget for each would cost the most."""

    width: int
    height: int
    has_focus: bool
    bar: range
    """The lines of the bar's thumb; empty when there is no bar."""


class _Said(NamedTuple):
    """All that decides how a line with a thing on it looks."""

    left: Cells
    right: Cells
    cursor: int
    """0: not on it; 1: on it; 2: on it, and the list has the focus."""
    bar: bool | None
    """Whether the bar's thumb is here; None: there is no bar."""


T = TypeVar("T")


class Feed(Speaks, Widget, Generic[T], can_focus=True):
    """A scrolling list of rows, `tall` lines each, with a cursor.

    `show` gives it the things; `draw` turns one into a Row when it comes into sight. New things at
    the end are followed when the last row was in sight.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"feed--{tone}" for tone in (*TONES, "plain", "cursor", "cursor-blurred", "bar")
    }
    DEFAULT_CSS = """
    Feed { height: 1fr; width: 1fr; background: $background; }
    Feed > .feed--dim { color: #8a8a8a; }
    Feed > .feed--quiet { color: #626262; }
    Feed > .feed--strong { text-style: bold; }
    Feed > .feed--unread { color: $accent; text-style: bold; }
    Feed > .feed--warning { color: $warning; }
    Feed > .feed--late { color: $error; text-style: bold; }
    Feed > .feed--done { color: $success; }
    Feed > .feed--time { color: $secondary; }
    Feed > .feed--cursor { background: #005f87; }
    Feed > .feed--cursor-blurred { background: $panel; }
    Feed > .feed--bar { color: #626262; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "keys.up", id="feed.up", tooltip="keys.up-tip", show=False),
        Binding(
            "down,j", "move(1)", "keys.down", id="feed.down", tooltip="keys.down-tip", show=False
        ),
        Binding(
            "pageup",
            "page(-1)",
            "keys.page-up",
            id="feed.page-up",
            tooltip="keys.page-up-tip",
            show=False,
        ),
        Binding(
            "pagedown",
            "page(1)",
            "keys.page-down",
            id="feed.page-down",
            tooltip="keys.page-down-tip",
            show=False,
        ),
        Binding(
            "home,g", "edge(0)", "keys.first", id="feed.first", tooltip="keys.first-tip", show=False
        ),
        Binding(
            "end,G", "edge(-1)", "keys.last", id="feed.last", tooltip="keys.last-tip", show=False
        ),
        Binding("enter", "open", "keys.open", id="feed.open", tooltip="keys.open-tip", show=False),
    ]

    @dataclass
    class Pointed(Message):
        """The cursor stands on another thing."""

        feed: "Feed[Any]"
        thing: Any

        @property
        def control(self) -> "Feed[Any]":
            return self.feed

    @dataclass
    class Opened(Message):
        """Enter or a click on the thing under the cursor."""

        feed: "Feed[Any]"
        thing: Any

        @property
        def control(self) -> "Feed[Any]":
            return self.feed

    def __init__(
        self,
        draw: Callable[[T], Row],
        *,
        tall: int = 1,
        empty: str = "",
        newest: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`empty` is the words key of what stands there while there is nothing.

        With `newest` the cursor begins at the last thing, and goes along with what comes as long
        as nobody has moved it and the list has not the focus.
        """
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._tall = tall
        self.empty = empty
        self._newest = newest
        self._things: Sequence[T] = ()
        self._count = 0
        self._cursor = -1
        self._top = 0
        self._lines: dict[int, object] = {}
        """What each line on the screen says, as `_says` puts it."""

    @property
    def chosen(self) -> T | None:
        """The thing under the cursor."""
        return self._things[self._cursor] if 0 <= self._cursor < self._count else None

    def show(self, things: Sequence[T]) -> None:
        """These are the things now; only lines that look different are sent out.

        The sequence is read while it is shown: hand over one that stays as it is, or that grows at
        its end and is shown again.
        """
        follow = self._top + self._room >= self._count
        along = self._newest and self._cursor == self._count - 1 and not self.has_focus
        before, self._things, self._count = self._count, things, len(things)
        if along:
            self._cursor = self._count - 1
            self._top = self._top if before else self._count - self._room
        self._cursor = min(self._cursor, self._count - 1)
        if self._count and self._cursor < 0:
            self._cursor = 0
        if self._count > max(before, self._top + self._room) and follow and before:
            # Room for what comes next: moving every line at each arrival costs the most there is.
            self._top = self._count - self._room + self._room // 3
        self._top = max(0, min(self._top, self._count - 1))
        self.update_lines()

    def exchange(self, things: Sequence[T]) -> None:
        """Other things than before: the cursor stays on its thing, else it goes to the first."""
        if list(things) == list(self._things):
            self.show(things)
            return
        chosen = self.chosen
        self.show(things)
        self.point(0)
        self.point(next((index for index, one in enumerate(things) if one == chosen), 0))

    def point(self, index: int) -> None:
        """Put the cursor on the thing at `index` and bring it into sight."""
        index = max(0, min(index, self._count - 1))
        if not self._count:
            return
        moved, self._cursor = index != self._cursor, index
        if index < self._top:
            self._top = index
        elif index >= self._top + self._room:
            self._top = index - self._room + 1
        self.update_lines()
        if moved:
            self.post_message(self.Pointed(self, self._things[index]))

    def update_lines(self) -> None:
        """Draw again what is in sight; send out the lines that say something else."""
        view, rows = self._view(), dict[int, Row]()
        for y, old in list(self._lines.items()):
            if y < view.height and self._says(y, view, rows) != old:
                self.refresh(Region(0, y, view.width, 1))

    def relabel(self) -> None:
        super().relabel()
        self.update_lines()

    # -- drawing -----------------------------------------------------------------------------------

    @property
    def _room(self) -> int:
        return max(1, self.size.height // self._tall)

    def _view(self) -> _View:
        width, height = self.size
        room = max(1, height // self._tall)
        if self._count <= room:
            return _View(width, height, self.has_focus, range(0))
        size = max(1, height * room // self._count)
        start = round((height - size) * self._top / max(1, self._count - room))
        return _View(width, height, self.has_focus, range(start, start + size))

    def render_line(self, y: int) -> Strip:
        said = self._lines[y] = self._says(y, self._view(), {})
        return self._strip(y, said)

    def _says(self, y: int, view: _View, rows: dict[int, Row]) -> object:
        """All that decides how line `y` looks; `rows` keeps what has been drawn in this round.

        Comparing this is many times cheaper than styling the line to see whether it changed.
        """
        if not self._count:
            return self.lang
        nth, line = divmod(y, self._tall)
        index = self._top + nth
        bar = y in view.bar if view.bar else None
        if index >= self._count:
            return bar
        row = rows.get(index)
        if row is None:
            row = rows[index] = self._draw(self._things[index])
        cursor = 1 + view.has_focus if index == self._cursor else 0
        left = row.lines[line] if line < len(row.lines) else ()
        right = row.rights[line] if line < len(row.rights) else ()
        return _Said(left, right, cursor, bar)

    def _strip(self, y: int, said: object) -> Strip:
        """Line `y` as it looks when it says that."""
        width = self.size.width
        # Textual keeps the style of a component, and would look for the widget's own each time.
        plain = self.get_component_rich_style("feed--plain")
        if not self._count:
            text = Content(self.say(self.empty)).wrap(width) if self.empty else []
            line = text[y].plain if y < len(text) else ""
            dim = plain + self.get_component_rich_style("feed--dim", partial=True)
            return Strip([Segment(set_cell_size(line, width), dim)], width)
        if not isinstance(said, _Said):
            return Strip.blank(width, plain)
        bar = None if said.bar is None else self._bar(plain, thumb=said.bar)
        if said.cursor:
            name = "feed--cursor" if said.cursor > 1 else "feed--cursor-blurred"
            plain += self.get_component_rich_style(name, partial=True)
        return self._fit(said.left, said.right, width - (bar is not None), plain, bar)

    def _fit(
        self, left: Cells, right: Cells, width: int, plain: Style, bar: Segment | None
    ) -> Strip:
        reserved = sum(cell_len(text) for text, _ in right)
        free = max(0, width - reserved - (1 if right else 0))
        segments = list[Segment]()
        for text, tone in left:
            if free <= 0:
                break
            wide = cell_len(text)
            if wide > free:
                text, wide = cut(text, free), free  # noqa: PLW2901
            segments.append(Segment(text, plain + self._tone(tone)))
            free -= wide
        segments.append(Segment(" " * (free + (1 if right else 0)), plain))
        segments += [Segment(text, plain + self._tone(tone)) for text, tone in right]
        if reserved + bool(right) > width:
            segments = list(Strip(segments).adjust_cell_length(width, plain))
        # Making a strip costs the most here: one only, whose length is known.
        return Strip([*segments, bar], width + 1) if bar else Strip(segments, width)

    def _tone(self, tone: str) -> Style:
        if not tone:
            return Style.null()
        return self.get_component_rich_style(f"feed--{tone}", partial=True)

    def _bar(self, plain: Style, *, thumb: bool) -> Segment:
        """The cell at the right edge that shows where in the list one is."""
        style = plain + self.get_component_rich_style("feed--bar", partial=True)
        return Segment("█" if thumb else "│", style)

    # -- keys and mouse ----------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._lines.clear()
        self._top = max(0, min(self._top, self._count - self._room))
        if self._cursor >= self._top + self._room:
            self._top = self._cursor - self._room + 1
        self.refresh()

    def on_focus(self) -> None:
        self.update_lines()

    def on_blur(self) -> None:
        self.update_lines()

    def on_click(self, event: events.Click) -> None:
        index = self._top + event.y // self._tall
        if index < self._count:
            self.point(index)
            self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scroll(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scroll(event, -3)

    def _scroll(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        self._top = max(0, min(self._top + by, self._count - self._room))
        self.update_lines()

    def action_move(self, by: int) -> None:
        self.point(self._cursor + by)

    def action_page(self, by: int) -> None:
        self.point(self._cursor + by * self._room)

    def action_edge(self, end: int) -> None:
        self.point(0 if end == 0 else self._count - 1)

    def action_open(self) -> None:
        if (thing := self.chosen) is not None:
            self.post_message(self.Opened(self, thing))
