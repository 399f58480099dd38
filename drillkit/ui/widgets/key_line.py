"""The bottom line: which keys work now. Drawn as one line; a click presses the key."""

from typing import Any

from textual import events
from textual.app import RenderResult
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

_NAMES = {"escape": "esc", "question_mark": "?", "pagedown": "pgdn", "pageup": "pgup"}


def key_name(binding: Binding) -> str:
    """The key as people write it: "^s", "F2", "esc"."""
    if binding.key_display:
        return binding.key_display
    key = binding.key
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    if key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)


class KeyLine(Widget):
    """The shown bindings of its screen, those nearest to the focus first."""

    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $panel; color: $foreground; }
    """

    def __init__(self, of: Screen[Any]) -> None:
        super().__init__()
        self._of = of
        self._places: list[tuple[int, int, ActiveBinding]] = []

    def on_mount(self) -> None:
        self._of.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> RenderResult:
        shown = dict[str, ActiveBinding]()
        for active in self._of.active_bindings.values():
            if active.binding.show and active.binding.id and active.enabled:
                shown.setdefault(active.binding.id, active)
        self._places.clear()
        line, width = Content(""), self.size.width
        for active in shown.values():
            part = Content.assemble(
                (f" {key_name(active.binding)}", "bold $footer-key-foreground"),
                f" {active.binding.description} ",
            )
            start = line.cell_length
            if start + part.cell_length > width:
                continue
            line = line + part
            self._places.append((start, line.cell_length, active))
        return line

    async def on_click(self, event: events.Click) -> None:
        for start, end, active in self._places:
            if start <= event.x < end:
                event.stop()
                await self.app.run_action(active.binding.action, active.node)
                return
