"""One person's terminal at the far end of an SSH channel."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from drillkit.host.driver import LEAVE

if TYPE_CHECKING:
    import asyncssh

NARROWEST, WIDEST = 20, 500
LOWEST, HIGHEST = 5, 200
"""Cells of a terminal; clients have been seen to send 0x0 and 60000x60000."""


class Line:
    """One person's terminal: the channel that an app draws on. See driver.Channel."""

    def __init__(self, seat: str, address: str, chan: "asyncssh.SSHServerChannel[bytes]") -> None:
        width, height, _, _ = chan.get_terminal_size()
        self.seat = seat
        self.address = address
        self._chan = chan
        self._size = _clamped(width, height)
        self._environment = {**chan.get_environment(), "TERM": chan.get_terminal_type() or "xterm"}
        self.id = ""
        self.is_stalled = False
        self.is_lost = False
        """The connection went before its person did."""
        self.is_done = False
        self.last_input = time.monotonic()
        self.idle_timer: asyncio.TimerHandle | None = None
        self.on_input: Callable[[bytes], None] = lambda _data: None
        self.on_resize: Callable[[int, int], None] = lambda _width, _height: None
        self.on_flow: Callable[[], object] = lambda: None
        self.on_lost: Callable[[], object] = lambda: None

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    @property
    def environment(self) -> Mapping[str, str]:
        return self._environment

    def send(self, text: str, *, must: bool = False) -> None:
        if (must or not self.is_stalled) and not self._chan.is_closing():
            self._chan.write(text.encode("utf-8", "replace"))

    def hold(self, held: bool, /) -> None:
        (self._chan.pause_reading if held else self._chan.resume_reading)()

    def hang_up(self) -> None:
        self._chan.close()

    def end(self, status: int) -> None:
        """End with an exit status: 0 when the person left, 1 after a fault."""
        self._chan.exit(status)

    def say_goodbye(self, sentence: str) -> None:
        """Give the terminal back as it was, with a sentence, and end."""
        self.send(f"{LEAVE}\r\n{sentence}\r\n", must=True)
        self._chan.exit(0)

    def resized(self, width: int, height: int) -> None:
        self._size = _clamped(width, height)
        self.on_resize(*self._size)


def _clamped(width: int, height: int) -> tuple[int, int]:
    return min(WIDEST, max(NARROWEST, width or 80)), min(HIGHEST, max(LOWEST, height or 24))
