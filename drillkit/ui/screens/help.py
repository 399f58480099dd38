"""What the screen below is for, and its keys."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from drillkit.ui.language import Speaks
from drillkit.ui.palette import offered
from drillkit.ui.widgets.key_line import KeyLine, key_name


class HelpScreen(Speaks, ModalScreen[None]):
    """Lists the keys of the screen that it was opened on; that screen's ABOUT says its purpose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "leave", "keys.close", id="help.close", tooltip="keys.close-tip")
    ]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self._below = below
        self._about: str = getattr(below, "ABOUT", "ui.about-terminal")
        self._text = Static()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -wide"):
            with VerticalScroll():
                yield self._text
            yield KeyLine(self)

    def relabel(self) -> None:
        super().relabel()
        # A screen and a list in it may both do something by the same key, and call it the same.
        rows = dict[tuple[str, str], str]()
        for active in offered(self._below):
            does = active.binding.description
            rows.setdefault((_keys(self._below, active), does), active.binding.tooltip)
        width = max((len(key) for key, _ in rows), default=0)
        parts: list[Content | str | tuple[str, str]] = [self.say(self._about), "\n\n"]
        for (key, does), why in rows.items():
            parts += [(key.rjust(width), "bold $accent"), "  ", (does, "bold"), f"  {why}\n"]
        self._text.update(Content.assemble(*parts))

    def action_leave(self) -> None:
        self.dismiss()


def _keys(screen: Screen[object], active: ActiveBinding) -> str:
    """All keys of the binding's action, as people write them."""
    same = (
        other.binding
        for other in screen.active_bindings.values()
        if other.binding.id == active.binding.id
    )
    return " ".join(dict.fromkeys(key_name(binding) for binding in same))
