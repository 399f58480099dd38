"""The base of what is made in the background and looked at over another screen."""

from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from drillkit.ui.foresight import Background
from drillkit.ui.keys import key
from drillkit.ui.screens.dialog import Dialog
from drillkit.ui.widgets.key_line import KeyLine

T = TypeVar("T")
Part = str | tuple[str, str]

_LOOK = 0.5
"""Seconds between two looks at how far it is."""
_BAR = 30
"""Cells of the bar."""


class BackgroundScreen(Dialog[None], Generic[T]):
    """Shows how far it is, then what came of it. Leaving the screen does not stop the work."""

    AREA: ClassVar[str]
    """The words' area; it has `title`, `caution` and `stopped`."""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "forecast.key-leave", id="background.leave", show=True),
        key("x", "stop", "forecast.key-stop", id="background.stop", show=True),
        key("r", "again", "forecast.key-again", id="background.again", show=True),
    ]

    def __init__(self, background: Background[T]) -> None:
        super().__init__()
        self._background = background
        self._drawn: tuple[object, ...] = ()
        self._text = Static()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -wide"):
            with VerticalScroll():
                yield self._text
            yield KeyLine(self)

    def on_mount(self) -> None:
        background = self._background
        if not background.is_busy and background.value is None:
            self.begin()
        self.set_interval(_LOOK, self._look)
        self._draw()

    def relabel(self) -> None:
        super().relabel()
        self._draw()

    def begin(self) -> None:
        """Have it made; the screen shows what comes."""
        raise NotImplementedError

    def told(self, value: T) -> Iterator[Part]:
        """What there is to say of it."""
        raise NotImplementedError

    def _look(self) -> None:
        if self._state() != self._drawn:
            self._draw()

    def _state(self) -> tuple[object, ...]:
        """What the screen is drawn from; another one looks different."""
        now = self._background
        return now.is_busy, now.done, now.of, id(now.value), id(now.fault)

    def _draw(self) -> None:
        self._drawn = self._state()
        self._text.update(Content.assemble(*self._parts()))
        self.refresh_bindings()

    def _parts(self) -> Iterator[Part]:
        background = self._background
        yield self.say(f"{self.AREA}.title"), "bold $accent"
        yield "\n"
        yield self.say(f"{self.AREA}.caution"), "italic $text-muted"
        yield "\n\n"
        if background.is_busy:
            done, of = background.done, background.of
            full = _BAR * done // of if of else 0
            yield "█" * full + "░" * (_BAR - full), "$primary"
            yield " "
            yield (
                self.say("forecast.progress", done=done, of=of)
                if of
                else self.say("forecast.starting")
            )
        elif background.fault is not None:
            yield self.say(background.fault.key, **background.fault.values), "$warning"
        elif background.value is not None:
            yield from self.told(background.value)
        else:
            yield self.say("forecast.stopped")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what is going on can be stopped."""
        return self._background.is_busy if action == "stop" else True

    def action_leave(self) -> None:
        self.dismiss()

    def action_stop(self) -> None:
        self._background.stop()
        self._draw()

    def action_again(self) -> None:
        self.begin()
        self._draw()
