"""A Textual driver on a channel: it touches no stdin, stdout, signal or thread of the process.

Hundreds of apps live in one event loop, apart from each other: each driver writes to its own
channel and is fed from it. Names with an underscore are Textual's own; a test guards each.
"""

import asyncio
import codecs
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol, TextIO, runtime_checkable

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

ENTER = "\x1b[?1049h\x1b[?1002h\x1b[?1006h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l\x1b[?2026$p"
"""Takes a terminal: the alternate screen, and the mouse while a button is held."""
LEAVE = "\x1b[?1002l\x1b[?1000l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
"""Gives a terminal back as it was: no mouse, no alternate screen, a cursor."""

_CLIPBOARD = "\x1b]52;"

_TURN = 0.02
"""Seconds between two helpings of input: one busy hand must not hold up everybody's screens."""
_HELPING = 16
_SETTLE = 0.008
"""Seconds after a key that may move the focus; without them Textual sends the next one astray."""
_PIECE = 256
_FULL = 64_000
"""Characters of input that may wait before the channel is told to stop sending."""
_SILENT = 256_000
"""Characters that may come without making up a single event, such as a paste without its end."""


@runtime_checkable
class Channel(Protocol):
    """The far end of a terminal."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        ...

    @property
    def environment(self) -> Mapping[str, str]:
        """What the terminal says of itself: TERM, COLORTERM, LANG."""
        ...

    def send(self, text: str, *, must: bool = False) -> None:
        """Write a whole frame; one that is no `must` is dropped while the far end stalls."""
        ...

    def hold(self, held: bool, /) -> None:
        """Stop, or go on, taking input from the far end."""
        ...

    def hang_up(self) -> None:
        """End the connection."""
        ...

    on_input: Callable[[bytes], None]
    """Called with what comes from the far end."""
    on_resize: Callable[[int, int], None]
    """Called when the far end has another size."""


@cache
def _plain() -> XTermParser:
    return XTermParser()


class _Parser(XTermParser):
    """Textual's parser, whose cache of extended keys would keep every closed app in memory."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        return _plain()._sequence_to_key_events(sequence, alt)  # noqa: SLF001


class ChannelDriver(Driver):
    """Reads and writes one channel, which the app carries as `channel`."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        channel = getattr(app, "channel", None)
        assert isinstance(channel, Channel)
        super().__init__(app, debug=debug, mouse=mouse, size=size or channel.size)
        self.channel = channel
        self._parser = _Parser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._backlog = ""
        self._waiting: deque[Message] = deque()
        self._silent = 0
        self._timer: asyncio.TimerHandle | None = None
        self._is_alive = False
        self._is_held = False

    # -- output ------------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        # What is copied stays in the app: a person's own clipboard is not ours to write.
        if not data.startswith(_CLIPBOARD):
            self.channel.send(data)

    def start_application_mode(self) -> None:
        self.channel.send(ENTER, must=True)
        self._is_alive = True
        self.channel.on_input = self.feed
        self.channel.on_resize = self.resize
        self.resize(*self.channel.size)

    def stop_application_mode(self) -> None:
        self.disable_input()
        self.channel.send(LEAVE, must=True)

    def disable_input(self) -> None:
        self._is_alive = False
        self._waiting.clear()
        self._backlog = ""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Nothing: the browser would open on the host."""

    def deliver_binary(
        self,
        binary: BinaryIO | TextIO,
        *,
        delivery_key: str,
        save_path: Path,
        open_method: Literal["browser", "download"] = "download",
        encoding: str | None = None,
        mime_type: str | None = None,
        name: str | None = None,
    ) -> None:
        """Nothing: the file would be written on the host."""

    # -- input -------------------------------------------------------------------------------------

    def send_message(self, message: Message) -> None:
        # All of this runs in the app's own loop; Textual's way would make a task for each event.
        self._app.post_message(message)

    def resize(self, width: int, height: int) -> None:
        """The far end has this many columns and rows now."""
        if self._is_alive:
            size = Size(width, height)
            self._app.post_message(events.Resize(size, size))

    def feed(self, data: bytes) -> None:
        """Input from the far end, in pieces of any size; a character may be split between two."""
        if not self._is_alive:
            return
        self._backlog += self._decoder.decode(data)
        if len(self._backlog) > _FULL and not self._is_held:
            self._is_held = True
            self.channel.hold(True)
        if self._timer is None or not self._waiting:
            self._again(0)

    def _again(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._serve)

    def _serve(self) -> None:
        """Hand on a helping of events, and come back for the rest after everybody's turn."""
        self._timer = None
        for _ in range(_HELPING):
            event = self._next()
            if event is None:
                self._await_escape()
                return
            self.process_message(event)
            if isinstance(event, events.Key) and not event.is_printable:
                self._again(_SETTLE)
                return
        self._again(_TURN)

    def _next(self) -> Message | None:
        while not self._waiting and self._backlog:
            piece, self._backlog = self._backlog[:_PIECE], self._backlog[_PIECE:]
            self._silent += len(piece)
            for event in self._parser.feed(piece):
                self._silent = 0
                self._take(event)
            if self._silent > _SILENT:
                self.channel.hang_up()
                return None
        if self._is_held and len(self._backlog) < _FULL // 2:
            self._is_held = False
            self.channel.hold(False)
        return self._waiting.popleft() if self._waiting else None

    def _take(self, event: Message) -> None:
        # Where the mouse is matters, not each cell that it crossed.
        if (
            isinstance(event, events.MouseMove)
            and self._waiting
            and isinstance(self._waiting[-1], events.MouseMove)
        ):
            self._waiting.pop()
        self._waiting.append(event)

    def _await_escape(self) -> None:
        """A lone Escape is one only when nothing has followed it for a while."""
        if self._parser._timeout_time is not None:  # noqa: SLF001
            self._timer = self._loop.call_later(constants.ESCAPE_DELAY + 0.005, self._tick)

    def _tick(self) -> None:
        self._timer = None
        for event in self._parser.tick():
            self._take(event)
        self._serve()
