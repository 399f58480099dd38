"""The bottom line: which keys work now. Drawn as one line; a click presses the key."""

from typing import Any

from textual import events
from textual.app import RenderResult
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.keys import key_to_character
from textual.screen import Screen
from textual.widget import Widget

_NAMES = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "plus": "+", "minus": "-"}

_KEPT = ("app.help", "app.language")
"""The bindings that always have room: help tells of those that have none."""


def key_name(binding: Binding) -> str:
    """The key as people write it: "^s", "F2", "esc", "+"."""
    if binding.key_display:
        return binding.key_display
    key = binding.key
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    if key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key) or (key_to_character(key) or "").strip() or key


class KeyLine(Widget):
    """The shown bindings of its screen, those nearest to the focus first, as far as there is room.

    Help and the language stand at the end, and always.
    """

    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $panel; color: $foreground; }
    """

    def __init__(self, of: Screen[Any]) -> None:
        super().__init__()
        self._of = of
        self._places: list[tuple[int, int, ActiveBinding]] = []
        self._shown = dict[str, ActiveBinding]()

    def on_mount(self) -> None:
        self._of.bindings_updated_signal.subscribe(self, lambda _: self._update())

    def _update(self) -> None:
        """Draw anew if other keys work now; bindings are looked at again at every focus."""
        if self._active() != self._shown:
            self.refresh()

    def _active(self) -> dict[str, ActiveBinding]:
        """The shown bindings that work now, by id."""
        found = dict[str, ActiveBinding]()
        for active in self._of.active_bindings.values():
            if active.binding.show and active.binding.id and active.enabled:
                found.setdefault(active.binding.id, active)
        return found

    def render(self) -> RenderResult:
        shown = self._shown = self._active()
        parts = {id: _part(active.binding) for id, active in shown.items()}
        room = self.size.width - sum(parts[id].cell_length for id in _KEPT if id in parts)
        order = sorted(shown, key=_KEPT.__contains__)
        self._places.clear()
        line = Content("")
        for id in order:
            start, end = line.cell_length, line.cell_length + parts[id].cell_length
            if id in _KEPT or end <= room:
                line = line + parts[id]
                self._places.append((start, end, shown[id]))
        return line

    async def on_click(self, event: events.Click) -> None:
        for start, end, active in self._places:
            if start <= event.x < end:
                event.stop()
                await self.app.run_action(active.binding.action, active.node)
                return


def _part(binding: Binding) -> Content:
    return Content.assemble(
        (f" {key_name(binding)}", "bold $footer-key-foreground"), f" {binding.description} "
    )
