"""Parts of a staff screen: a pane with its title line, and the details beside a list."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from drillkit.ui.language import Speaks


class Pane(Speaks, Vertical):
    """A list under its title; before the title stands the key that goes there."""

    DEFAULT_CSS = """
    Pane { height: 1fr; width: 1fr; }
    Pane > .pane--title { height: 1; background: $panel; color: $text-muted; padding: 0 1; }
    Pane:focus-within > .pane--title { color: $foreground; background: $primary-muted; }
    """

    def __init__(self, number: int, name: str, area: str, body: Widget) -> None:
        """The pane "script" is called by the words key "<area>.script"."""
        super().__init__(id=f"pane-{name}", classes="pane")
        self.key = str(number)
        self._title = f"{area}.{name}"
        self.body = body
        self._line = Static(classes="pane--title")

    def compose(self) -> ComposeResult:
        yield self._line
        yield self.body

    def relabel(self) -> None:
        super().relabel()
        self._line.update(
            Content.assemble((f"{self.key} ", "dim"), (self.say(self._title), "bold"))
        )


class Details(VerticalScroll, can_focus=True):
    """What is to be said of the thing under the cursor."""

    DEFAULT_CSS = """
    Details { height: 8; padding: 0 1; background: $surface; border-top: solid $panel; }
    Details:focus { border-top: solid $primary; }
    """

    def __init__(self, *, id: str = "details") -> None:
        super().__init__(id=id)
        self._text = Static()
        self._shown = Content("")

    def compose(self) -> ComposeResult:
        yield self._text

    def tell(self, text: Content, *, anew: bool = True) -> None:
        """Show the text; from its beginning when it is about another thing."""
        if text.is_same(self._shown):
            return
        self._shown = text
        self._text.update(text)
        if anew:
            self.scroll_home(animate=False)
