"""Which seat the facilitator takes: any role of the plan, outside partners included."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from drillkit.model.plan import Role
from drillkit.ui.book import Book
from drillkit.ui.keys import key
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine


class SeatsScreen(Speaks, ModalScreen[str]):
    """Answers the role that was chosen, "" for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "space,enter",
            "take",
            "control.key-take",
            id="seats.take",
            show=True,
            shown_as="enter",
        ),
        key("escape", "leave", "control.key-cancel", id="seats.cancel", show=True),
    ]
    DEFAULT_CSS = """
    SeatsScreen { align: center middle; background: $background 60%; }
    SeatsScreen Feed { height: auto; max-height: 16; min-height: 8; }
    """
    ABOUT = "control.about-seats"

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self._roles = Feed(self._drawn, id="roles")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self.say("control.seats-title"), "bold"))
            yield self._roles
            yield KeyLine(self)

    def on_mount(self) -> None:
        self._roles.show(self._book.script.plan.roles)
        self._roles.focus()

    def _drawn(self, role: Role) -> Row:
        kind = self.say("control.outside") if role.outside else ""
        return Row((((self._book("role", role.id), "strong"),),), (((kind, "dim"),),))

    def on_feed_opened(self, event: Feed.Opened) -> None:
        self.dismiss(event.thing.id)

    def action_take(self) -> None:
        self.dismiss(self._roles.chosen.id if self._roles.chosen else "")

    def action_leave(self) -> None:
        self.dismiss("")
