"""The facilitator's own terminal: it waits for nobody, and is given back as it was."""

import asyncio
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyte
import pytest
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static
from worlds_host import on_loop, until

from drillkit.host.driver import ENTER, LEAVE
from drillkit.host.own_terminal import LocalTerminal, OwnTerminal
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.events import DrillPaused, DrillStarted

HOUSE = Path(__file__).parents[2]
PACK = "riverside-hospital-flood"


class Far:
    """The other end of a tty: what a terminal emulator holds."""

    def __init__(self) -> None:
        self.fd, self.tty = pty.openpty()
        self.received = b""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.resize(80, 24)

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.screen.resize(height, width)

    def read(self) -> bytes:
        """All that there is to read now."""
        while select.select([self.fd], [], [], 0)[0]:
            data = os.read(self.fd, 65536)
            self.received += data
            self._stream.feed(data)
        return self.received

    def shows(self, text: str) -> bool:
        self.read()
        return any(text in line for line in self.screen.display)

    def modes(self) -> list:
        return termios.tcgetattr(self.tty)


@pytest.fixture
def far() -> Iterator[Far]:
    far = Far()
    yield far
    os.close(far.fd)
    os.close(far.tty)


class Page(Screen[None]):
    def compose(self) -> ComposeResult:
        yield Static("first", id="words")
        yield Input(id="field")


def own(far: Far, **environment: str) -> OwnTerminal:
    return OwnTerminal(os.dup(far.tty), {"TERM": "xterm-256color", **environment})


@on_loop
async def test_a_terminal_that_nobody_reads_holds_up_nobody_and_is_painted_anew_at_last(far: Far):
    terminal, page = own(far), Page()
    app = LocalTerminal(page, "en", terminal)
    running = asyncio.create_task(app.run_async())
    await until(lambda: far.shows("first"))
    rounds = 0
    while not terminal.is_stalled:
        page.styles.background = ("red", "blue")[rounds % 2]
        page.refresh()
        rounds += 1
        await asyncio.sleep(0.001)
    page.query_one("#words", Static).update("second")
    await until(lambda: "second" in str(page.query_one("#words", Static).content))
    waiting = len(terminal._waiting)
    assert waiting < 200_000
    for _ in range(100):
        page.refresh()
        await asyncio.sleep(0)
    assert len(terminal._waiting) <= waiting, "whole frames are dropped"
    await until(lambda: far.shows("second"))
    assert not terminal.is_stalled
    app.exit()
    await running
    assert far.read().endswith(LEAVE.encode())


@on_loop
async def test_keys_are_keys_even_those_that_stop_a_process(far: Far):
    before = far.modes()
    page = Page()
    app = LocalTerminal(page, "en", own(far))
    pressed: list[str] = []
    page.key_ctrl_z = lambda: pressed.append("ctrl+z")
    page.key_ctrl_s = lambda: pressed.append("ctrl+s")
    running = asyncio.create_task(app.run_async())
    await until(lambda: far.shows("first"))
    assert ENTER.encode() in far.received
    os.write(far.fd, "\x1a\x13水".encode())
    await until(lambda: pressed == ["ctrl+z", "ctrl+s"])
    await until(lambda: page.query_one(Input).value == "水")
    os.write(far.fd, b"\x11")
    await running
    assert far.modes() == before
    assert far.read().endswith(LEAVE.encode())


@on_loop
async def test_the_screen_follows_the_size_of_the_terminal(far: Far):
    app = LocalTerminal(Page(), "en", own(far))
    running = asyncio.create_task(app.run_async())
    await until(lambda: far.shows("first"))
    far.resize(100, 30)
    os.kill(os.getpid(), signal.SIGWINCH)
    await until(lambda: tuple(app.size) == (100, 30))
    app.exit()
    await running
    assert signal.getsignal(signal.SIGWINCH) == signal.SIG_DFL


@on_loop
async def test_after_a_stop_from_elsewhere_the_terminal_is_taken_again(far: Far):
    before = far.modes()
    app = LocalTerminal(Page(), "en", own(far))
    running = asyncio.create_task(app.run_async())
    await until(lambda: far.shows("first"))
    raw = far.modes()
    termios.tcsetattr(far.tty, termios.TCSANOW, before)
    far.screen.reset()
    os.kill(os.getpid(), signal.SIGCONT)
    await until(lambda: far.shows("first"))
    assert far.modes() == raw
    app.exit()
    await running
    assert far.modes() == before


@on_loop
async def test_a_fault_in_a_screen_is_raised_after_the_terminal_was_given_back(far: Far):
    class Faulty(Page):
        def on_mount(self) -> None:
            raise ZeroDivisionError

    before = far.modes()
    with pytest.raises(ZeroDivisionError):
        await LocalTerminal(Faulty(), "en", own(far)).run_async()
    assert far.modes() == before
    assert far.read().endswith(LEAVE.encode())


@pytest.mark.parametrize(
    ("colorterm", "colours"), [("truecolor", "truecolor"), ("", "256")], ids=["all", "256"]
)
@on_loop
async def test_the_terminal_says_how_many_colours_it_has(far: Far, colorterm: str, colours: str):
    app = LocalTerminal(Page(), "en", own(far, COLORTERM=colorterm))
    assert app.console.color_system == colours


@on_loop
async def test_a_terminal_that_goes_away_ends_the_app():
    fd, tty = pty.openpty()
    app = LocalTerminal(Page(), "en", OwnTerminal(tty, {}))
    running = asyncio.create_task(app.run_async())
    await until(lambda: app.is_running)
    os.close(fd)
    assert await running is None


@pytest.mark.parametrize(
    ("told", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_host_that_is_told_to_end_gives_the_terminal_back_and_pauses_the_drill(
    told: signal.Signals, status: int, tmp_path: Path, far: Far
):
    deadline = time.monotonic() + 60
    far.resize(120, 40)
    before, path = far.modes(), tmp_path / "a.drill"
    words = ["host", PACK, "--stand-ins", "all", "--port", "0", "--session", str(path)]
    with subprocess.Popen(
        [sys.executable, "-m", "drillkit", *words],
        cwd=HOUSE,
        stdin=far.tty,
        stdout=far.tty,
        stderr=far.tty,
        env={**os.environ, "TERM": "xterm-256color"},
        start_new_session=True,
    ) as host:
        for text, key in (
            ("Facilitator", b" "),
            ("cannot be taken back", b"y"),
            ("was called", b""),
        ):
            while not far.shows(text):
                assert time.monotonic() < deadline, far.screen.display
                select.select([far.fd], [], [], 1)
            os.write(far.fd, key)
        host.send_signal(told)
        while host.poll() is None:
            far.read()
        assert host.returncode == status
    assert far.modes() == before
    assert LEAVE.encode() in far.read()
    with closing(SqliteJournal.open(path, write=False)) as journal:
        events = [entry.event for entry in journal.read()]
    assert any(isinstance(event, DrillStarted) for event in events)
    assert isinstance(events[-1], DrillPaused)
