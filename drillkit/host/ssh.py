"""The door for terminals: an SSH server that serves screens and nothing else.

No shell, no command, no file, no forwarding. Every refusal is a plain sentence and tells nothing
about why.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import asyncssh

from drillkit.host.admission import TRIES, Admission
from drillkit.host.driver import LEAVE
from drillkit.words import say

LOG = logging.getLogger("drillkit.host")

NARROWEST, WIDEST = 20, 500
LOWEST, HIGHEST = 5, 200
"""Cells of a terminal; clients have been seen to send 0x0 and 60000x60000."""

_STALLED, _FLOWING = 64 * 1024, 8 * 1024
"""Bytes that wait for a client: above the one it counts as stalled, below the other it reads."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything the door lets in."""

    terminals: int = 400
    per_seat: int = 40
    per_address: int = 350
    at_the_door: int = 60
    """Connections that have not yet shown a code."""
    login_seconds: float = 30
    idle_seconds: float = 4 * 3600


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
        self.on_input: Callable[[bytes], None] = lambda data: None
        self.on_resize: Callable[[int, int], None] = lambda width, height: None
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

    def say_goodbye(self, sentence: str) -> None:
        """Give the terminal back as it was, with a sentence, and end."""
        self.send(f"{LEAVE}\r\n{sentence}\r\n", must=True)
        self._chan.exit(0)

    def resized(self, width: int, height: int) -> None:
        self._size = _clamped(width, height)
        self.on_resize(*self._size)


def _clamped(width: int, height: int) -> tuple[int, int]:
    return min(WIDEST, max(NARROWEST, width or 80)), min(HIGHEST, max(LOWEST, height or 24))


def _keep_tasks_lazy(factory: object) -> None:
    """In place of the loop's own set_task_factory: nothing changes."""


Serve = Callable[[Line], Awaitable[None]]
"""Shows screens on a line until its person leaves."""


class Gate:
    """Listens, asks for codes, and hands each person's line to `serve`."""

    def __init__(self, admission: Admission, serve: Serve, limits: Limits) -> None:
        self.admission = admission
        self.limits = limits
        self.lines: list[Line] = []
        self.at_the_door = 0
        self._serve = serve
        self._tasks: set[asyncio.Task[None]] = set()
        self._queue: dict[str, asyncio.Lock] = {}
        self._server: asyncssh.SSHAcceptor | None = None

    async def open(self, host: str, port: int, key: asyncssh.SSHKey) -> int:
        """Listen; the answer is the port. Raises OSError when it is taken."""
        # From Python 3.12 on Textual makes all tasks of the loop eager, and later logins hang.
        vars(asyncio.get_running_loop())["set_task_factory"] = _keep_tasks_lazy
        self._server = await asyncssh.create_server(
            lambda: _Visitor(self),
            host,
            port,
            server_host_keys=[key],
            encoding=None,
            line_editor=False,
            agent_forwarding=False,
            x11_forwarding=False,
            allow_scp=False,
            compression_algs=None,
            login_timeout=self.limits.login_seconds,
            keepalive_interval=15,
            keepalive_count_max=3,
            server_version="drillkit",
        )
        return self._server.get_port()

    async def close(self) -> None:
        """Give every terminal back as it was, then stop listening."""
        for line in tuple(self.lines):
            line.say_goodbye(say("en", "host.closed"))
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def room_for(self, seat: str, address: str) -> bool:
        """Whether one more terminal may come in."""
        by_seat = Counter(line.seat for line in self.lines)
        by_address = Counter(line.address for line in self.lines)
        return (
            len(self.lines) < self.limits.terminals
            and by_seat[seat] < self.limits.per_seat
            and by_address[address] < self.limits.per_address
        )

    async def check(self, address: str, seat: str, code: str) -> bool:
        """Whether the code opens the seat. Wrong ones wait in a queue of their address."""
        lock = self._queue.setdefault(address, asyncio.Lock())
        async with lock:
            await asyncio.sleep(self.admission.wait_for(address))
            return self.admission.admit(address, seat, code) == "right"

    def welcome(self, line: Line) -> None:
        """Serve the line in a task of its own."""
        self.lines.append(line)
        loop = asyncio.get_running_loop()
        line.idle_timer = loop.call_later(self.limits.idle_seconds, self._end_if_idle, line)
        task = loop.create_task(self._show(line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _end_if_idle(self, line: Line) -> None:
        """Give the terminal back when nothing has been typed for so long; else look again later."""
        left = self.limits.idle_seconds - (time.monotonic() - line.last_input)
        if left <= 0:
            line.say_goodbye(say("en", "host.idle"))
        else:
            loop = asyncio.get_running_loop()
            line.idle_timer = loop.call_later(left, self._end_if_idle, line)

    async def _show(self, line: Line) -> None:
        try:
            await self._serve(line)
        except Exception:
            # One terminal's fault ends that terminal, and stands in the log.
            LOG.exception("a terminal of %s failed", line.seat)
        finally:
            line.is_done = True
            if line.idle_timer is not None:
                # A timer of hours would keep the line, and by it the app, in memory.
                line.idle_timer.cancel()
            self.lines.remove(line)
            line.hang_up()


class _Visitor(asyncssh.SSHServer):
    """One connection: who it is, and what it may open."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._tries = 0
        self._seat = ""
        self._address = "?"
        self._is_counted = False
        self._has_session = False
        self._conn: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._conn = conn
        peer = conn.get_extra_info("peername")
        self._address = str(peer[0]) if peer else "?"
        if self._gate.at_the_door >= self._gate.limits.at_the_door:
            LOG.warning("the door is crowded; %s was sent away", self._address)
            conn.abort()
            return
        self._gate.at_the_door += 1
        self._is_counted = True

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave_door()

    def _leave_door(self) -> None:
        if self._is_counted:
            self._is_counted = False
            self._gate.at_the_door -= 1

    def begin_auth(self, username: str) -> bool:
        self._seat = username
        return True

    def password_auth_supported(self) -> bool:
        return False

    def public_key_auth_supported(self) -> bool:
        return False

    def kbdint_auth_supported(self) -> bool:
        return True

    def get_kbdint_challenge(
        self, username: str, lang: str, submethods: str
    ) -> tuple[str, str, str, Sequence[tuple[str, bool]]]:
        return "", say("en", "host.challenge"), "", [(say("en", "host.ask-code"), False)]

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        self._tries += 1
        code = responses[0] if responses else ""
        if await self._gate.check(self._address, username, code[:200]):
            return True
        if self._tries >= TRIES and self._conn is not None:
            self._conn.disconnect(
                asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, say("en", "host.no-more-tries")
            )
        return False

    def auth_completed(self) -> None:
        self._leave_door()

    def session_requested(self) -> "bool | _Screens":
        # One terminal a connection: a second would be a way past the limits.
        if self._has_session:
            return False
        self._has_session = True
        return _Screens(self._gate, self._seat, self._address)


class _Screens(asyncssh.SSHServerSession[bytes]):
    """The one thing that a connection may open: a screen, on a terminal."""

    def __init__(self, gate: Gate, seat: str, address: str) -> None:
        self._gate = gate
        self._seat = seat
        self._address = address
        self._chan: asyncssh.SSHServerChannel[bytes] | None = None
        self._has_terminal = False
        self._refusal = ""
        self._line: Line | None = None

    def connection_made(self, chan: "asyncssh.SSHServerChannel[bytes]") -> None:
        self._chan = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        self._has_terminal = True
        return True

    def shell_requested(self) -> bool:
        if not self._has_terminal:
            return self._refuse("host.terminal-only")
        if not self._gate.room_for(self._seat, self._address):
            return self._refuse("host.full")
        return True

    def exec_requested(self, command: str) -> bool:
        return self._refuse("host.terminal-only")

    def subsystem_requested(self, subsystem: str) -> bool:
        # Clients of a subsystem wait for its protocol, not for a sentence.
        return False

    def _refuse(self, key: str) -> bool:
        """Say so once the channel stands; a bare "request failed" would help nobody."""
        self._refusal = key
        return True

    def session_started(self) -> None:
        chan = self._chan
        if chan is None or chan.is_closing():
            return
        if self._refusal:
            LOG.info("refused to %s (%s): %s", self._seat, self._address, self._refusal)
            chan.write_stderr((say("en", self._refusal) + "\r\n").encode())
            chan.exit(1)
            return
        chan.set_write_buffer_limits(_STALLED, _FLOWING)
        self._line = Line(self._seat, self._address, chan)
        self._gate.welcome(self._line)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if self._line is not None:
            self._line.last_input = time.monotonic()
            self._line.on_input(data)

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        if self._line is not None:
            self._line.resized(width, height)

    def pause_writing(self) -> None:
        if self._line is not None:
            self._line.is_stalled = True

    def resume_writing(self) -> None:
        if self._line is not None:
            self._line.is_stalled = False
            self._line.on_flow()

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        if self._line is not None:
            self._line.is_lost = exc is not None or not self._line.is_done
            self._line.on_lost()
