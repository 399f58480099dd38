"""What a role has to do before anything else: confirm the call, report the arrival."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from drillkit.ui.language import Speaks

Step = Literal[
    "",
    "acknowledge",
    "arrive",
    "return",
    "relieve",
    "paused",
    "ended",
    "briefing",
    "ready",
    "feedback",
    "feedback-given",
]


class Banner(Speaks, Widget, can_focus=True):
    """A large line; the key that it names does what it says, and so does a click.

    That is Enter while it has the focus; elsewhere the desk's own key for it.
    """

    DEFAULT_CSS = """
    Banner {
        height: 3; border: round $warning; color: $warning; text-style: bold;
        content-align: center middle; background: $surface;
        &.-quiet { border: round $border-blurred; color: $text-muted; }
        &:focus { border: heavy $accent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "keys.take-step", id="banner.take",
                tooltip="keys.take-step-tip", show=False),
    ]  # fmt: skip

    @dataclass
    class Taken(Message):
        """The step that it asks for."""

        banner: "Banner"

    def __init__(self) -> None:
        super().__init__()
        self.step: Step = ""
        self.display = self.can_focus = False
        self._asked = False

    def show(self, step: Step) -> bool:
        """Ask for this step; "" for none. True when that is new."""
        if step == self.step:
            return False
        self.step = step
        self._asked = False
        self.display = bool(step)
        quiet = step in ("paused", "ended", "briefing")
        self.set_class(quiet, "-quiet")
        self.can_focus = bool(step) and not quiet
        self.refresh()
        return True

    def relabel(self) -> None:
        super().relabel()
        self.refresh()

    def render(self) -> RenderResult:
        if not self.step:
            return ""
        press = self.say("desk.step-key" if self.has_focus else "desk.step-key-anywhere")
        return Content(self.say(f"desk.step-{self.step}", press=press))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        if self.can_focus and not self._asked:
            self._asked = True
            self.post_message(self.Taken(self))

    def came_back(self, accepted: bool) -> None:
        """What became of the step: one that was refused may be taken again."""
        self._asked = accepted
