"""One of several values on one line, turned with the arrow keys."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from drillkit.ui.keys import key
from drillkit.ui.language import Speaks


class Dial(Speaks, Widget, can_focus=True):
    """Shows one value between two arrows; left and right turn it, a letter jumps to a title."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "turn(-1)", "control.key-before", id="dial.before"),
        key("right,space", "turn(1)", "control.key-after", id="dial.after", show=True),
        key("up", "app.focus_previous", "control.key-field-above", id="dial.above"),
        key("down", "app.focus_next", "control.key-field-below", id="dial.below"),
    ]
    DEFAULT_CSS = """
    Dial { height: 1; width: 1fr; &:focus { background: $panel; text-style: bold; } }
    """

    place: reactive[int] = reactive(0)

    def __init__(
        self, options: Sequence[tuple[str, str]], value: str = "", *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._options = options
        values = [one for one, _ in options]
        self.set_reactive(Dial.place, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """The value shown; "" where there is nothing to choose."""
        return self._options[self.place][0] if self._options else ""

    def render(self) -> RenderResult:
        return self.shown(self.size.width)

    def shown(self, width: int) -> Content:
        """The value between its arrows, cut with an ellipsis to `width` cells."""
        if not self._options:
            return Content("")
        count = f"  {self.place + 1}/{len(self._options)}"
        room = max(1, width - len("◂  ▸") - len(count))
        title = Content(self._options[self.place][1]).truncate(room, ellipsis=True)
        return Content.assemble(("◂ ", "$accent"), title, (" ▸", "$accent"), (count, "dim"))

    def action_turn(self, by: int) -> None:
        if self._options:
            self.place = (self.place + by) % len(self._options)

    def on_key(self, event: events.Key) -> None:
        letter = event.character or ""
        if not letter.isalnum() or not self._options:
            return
        event.stop()
        places = [(self.place + step) % len(self._options) for step in range(1, len(self._options))]
        titles = ((place, self._options[place][1]) for place in places)
        starts = letter.casefold()
        found = (place for place, title in titles if title.casefold().startswith(starts))
        self.place = next(found, self.place)

    def on_click(self) -> None:
        self.action_turn(1)
