"""The terminal that this program was started in, as a channel that never waits.

A terminal that nobody reads (a stopped multiplexer, a slow line) must not hold up the loop that
everybody's drill lives in, and no key typed here may stop the process.
"""

import asyncio
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from textual.screen import Screen

from drillkit.host.driver import ENTER
from drillkit.host.terminal import ChannelTerminal
from drillkit.model.base import Lang

_STALLED = 64 * 1024
"""Bytes that may wait for the terminal before whole frames are dropped."""
_PARTING = 2.0
"""Seconds that a terminal gets to read the last of what was written."""
_PIECE = 4096


class OwnTerminal:
    """One tty device. See driver.Channel."""

    def __init__(self, fd: int, environment: Mapping[str, str]) -> None:
        """`fd` is a description of its own: the shell's must not become non-blocking."""
        os.set_blocking(fd, False)
        self._fd = fd
        self._environment = {**environment, "TERM": environment.get("TERM") or "xterm"}
        self._loop = asyncio.get_running_loop()
        self._waiting = bytearray()
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self.is_stalled = False
        self.on_input: Callable[[bytes], None] = lambda _: None
        self.on_resize: Callable[[int, int], None] = lambda _width, _height: None
        self.on_flow: Callable[[], object] = lambda: None
        self.on_lost: Callable[[], object] = lambda: None

    @property
    def size(self) -> tuple[int, int]:
        width, height = os.get_terminal_size(self._fd)
        return width or 80, height or 24

    @property
    def environment(self) -> Mapping[str, str]:
        return self._environment

    def send(self, text: str, *, must: bool = False) -> None:
        if self.is_stalled and not must:
            return
        self._waiting += text.encode("utf-8", "replace")
        if self._is_idle.is_set():
            self._is_idle.clear()
            self._loop.add_writer(self._fd, self._write)
            self._write()
        self.is_stalled = len(self._waiting) > _STALLED

    def hold(self, held: bool, /) -> None:
        if held:
            self._loop.remove_reader(self._fd)
        else:
            self._loop.add_reader(self._fd, self._read)

    def hang_up(self) -> None:
        self._loop.remove_reader(self._fd)
        self._rest()
        self.on_lost()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Keys come one by one and none of them is a signal; all is as before afterwards."""
        before = termios.tcgetattr(self._fd)
        handlers = {signal.SIGWINCH: self._resized, signal.SIGCONT: self._back}
        try:
            _make_raw(self._fd)
            for number, handler in handlers.items():
                self._loop.add_signal_handler(number, handler)
            self.hold(False)
            yield
        finally:
            self.hold(True)
            self._rest()
            for number in handlers:
                self._loop.remove_signal_handler(number)
            # A terminal that has gone has no modes left to give back.
            with suppress(termios.error):
                termios.tcflush(self._fd, termios.TCIFLUSH)
                termios.tcsetattr(self._fd, termios.TCSANOW, before)

    async def drained(self) -> None:
        """Wait until all has been written; not for ever, as perhaps nobody reads."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_idle.wait(), _PARTING)

    def _read(self) -> None:
        try:
            data = os.read(self._fd, _PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.on_input(data)
        else:
            self.hang_up()

    def _write(self) -> None:
        try:
            written = os.write(self._fd, self._waiting)
        except BlockingIOError:
            return
        except OSError:
            self.hang_up()
            return
        del self._waiting[:written]
        if not self._waiting:
            was_stalled = self.is_stalled
            self._rest()
            if was_stalled:
                self.on_flow()

    def _rest(self) -> None:
        """Nothing waits to be written any more."""
        self._loop.remove_writer(self._fd)
        self._waiting.clear()
        self.is_stalled = False
        self._is_idle.set()

    def _resized(self) -> None:
        self.on_resize(*self.size)

    def _back(self) -> None:
        """The process was stopped from elsewhere: the shell has had the terminal meanwhile."""
        _make_raw(self._fd)
        self.send(ENTER, must=True)
        self._resized()
        self.on_flow()


class LocalTerminal(ChannelTerminal):
    """An app on the terminal that this program was started in."""

    def __init__(self, first: Screen[object] | Screen[None], lang: Lang, own: OwnTerminal) -> None:
        super().__init__(first, lang, own)
        self._own = own

    async def run_async(self, **options: Any) -> object:
        """Run until it is left; a fault in a screen is raised here."""
        own = self._own
        own.on_flow = lambda: self.call_later(self.refresh)
        own.on_lost = self.exit
        with own.taken():
            answer = await super().run_async(size=own.size, **options)
            await own.drained()
        if self._exception is not None:
            raise self._exception
        return answer


def _make_raw(fd: int) -> None:
    mode = termios.tcgetattr(fd)
    mode[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    mode[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    termios.tcsetattr(fd, termios.TCSANOW, mode)


@contextmanager
def opened() -> Iterator[OwnTerminal]:
    """The terminal of standard input, opened anew. Raises OSError when it cannot be."""
    # By its name where that goes: /dev/tty cannot be waited for on macOS.
    try:
        fd = os.open(os.ttyname(sys.stdin.fileno()), os.O_RDWR | os.O_NOCTTY)
    except OSError:
        fd = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    try:
        yield OwnTerminal(fd, os.environ)
    finally:
        os.close(fd)
