"""What is to be read once and told to one person: a code, or the line that brings one in."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from drillkit.model.text import clean
from drillkit.ui.keys import key
from drillkit.ui.screens.dialog import Dialog
from drillkit.ui.widgets.key_line import KeyLine


class SecretScreen(Dialog[None]):
    """Shows what is to be read once and told to one person; nothing else keeps it."""

    ABOUT = "door.about-secret"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,enter", "leave", "keys.close", id="secret.close", show=True),
    ]
    DEFAULT_CSS = """
    SecretScreen #secret { margin: 1 0; text-style: bold; color: $accent; height: auto; }
    SecretScreen #secret-title { height: auto; }
    """

    def __init__(self, title: str, secret: str, **values: object) -> None:
        """`title` is a words key, `values` what its placeholders stand for."""
        super().__init__()
        self._key = title
        self._values = values
        self._secret = secret
        self._title = Static(id="secret-title", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -wide"):
            yield self._title
            yield Static(Content(clean(self._secret)), id="secret")
            yield KeyLine(self)

    def relabel(self) -> None:
        super().relabel()
        self._title.update(Content(self.say(self._key, **self._values)))

    def action_leave(self) -> None:
        self.dismiss()
