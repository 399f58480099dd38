"""The frame of a replay: where it stands on the line of the drill, and what is worth going to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from drillkit.core.clocks import face
from drillkit.model.base import Millis
from drillkit.replay import Kind, Landmark, Player
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.columns import Piece, content

LOOKS: dict[Kind, Piece] = {
    "inject": ("▾", "dim"),
    "pause": ("‖", "warning"),
    "strength": ("★", "done"),
    "note": ("✎", "time"),
    "finding": ("◆", "late"),
}
"""The sign and the tone of each kind of landmark; where two meet, the later one here is drawn."""
_ORDER = tuple(LOOKS)


def track(marks: Sequence[Landmark], at: Millis, end: Millis, width: int) -> list[Piece]:
    """The drill as a line of `width` cells: what has passed, the landmarks, and where one is."""
    if width <= 0:
        return []

    def column(time: Millis) -> int:
        return min(width - 1, time * width // end) if end else 0

    here = column(at)
    cells: list[Piece] = [("━", "unread") if at < here else ("─", "quiet") for at in range(width)]
    for mark in sorted(marks, key=lambda mark: _ORDER.index(mark.kind)):
        cells[column(mark.at)] = LOOKS[mark.kind]
    cells[here] = ("┃", "strong")
    return cells


class Scrubber(Speaks, Widget):
    """Two lines over the screen that is replayed; a click on the second goes there."""

    DEFAULT_CSS = """
    Scrubber { height: 2; padding: 0 1; background: $surface; }
    """

    @dataclass
    class Wanted(Message):
        """Somebody pointed at this exercise time."""

        at: Millis

    def __init__(
        self, player: Player, marks: Sequence[Landmark], tell: Callable[[Landmark], str]
    ) -> None:
        """`tell` says in words what a landmark is."""
        super().__init__()
        self._player = player
        self._marks = marks
        self._tell = tell
        self._shown: tuple[list[Piece], list[Piece]] = ([], [])

    def tick(self) -> None:
        """Draw anew if anything on the lines has changed."""
        if self._drawn() != self._shown:
            self.refresh()

    def relabel(self) -> None:
        super().relabel()
        self.refresh()

    def _drawn(self) -> tuple[list[Piece], list[Piece]]:
        player = self._player
        at, width = player.at, self.content_size.width
        sign = "▶" if player.is_playing else "‖"
        head: list[Piece] = [
            (self.say("replay.head"), "unread"),
            (f"  {sign} x{player.speed:g}  ", "done" if player.is_playing else "warning"),
            (f"{face(at)} / {face(player.end)}", "strong"),
            ("  " + self.say("replay.place", n=player.seen, all=len(player.entries)), "dim"),
        ]
        here = [mark for mark in self._marks if mark.seq == player.seen - 1]
        if here:
            told = max(here, key=lambda mark: _ORDER.index(mark.kind))
            sign, tone = LOOKS[told.kind]
            head.append((f"  {sign} {self._tell(told)}", tone))
        return head, track(self._marks, at, player.end, width)

    def render(self) -> RenderResult:
        self._shown = self._drawn()
        head, line = self._shown
        width = self.content_size.width
        first = content(head).truncate(width, ellipsis=True)
        return Content("\n").join([first, content(line)])

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is not None and place.y == 1 and self.content_size.width:
            event.stop()
            self.post_message(self.Wanted(place.x * self._player.end // self.content_size.width))
