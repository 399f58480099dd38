"""The door for terminals: an SSH server that serves screens and nothing else.

No shell, no command, no file, no forwarding. Every refusal is a plain sentence and tells nothing
about why.
"""

import asyncio
import logging
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

import asyncssh

from drillkit.host.admission import TRIES, Admission, place
from drillkit.host.doorstep import Doorstep
from drillkit.host.line import Line
from drillkit.host.notes import Notes
from drillkit.words import say

LOG = logging.getLogger("drillkit.host")

_PARTING = 2.0
"""Seconds that a terminal gets to read the goodbye when the host closes."""
_STALLED, _FLOWING = 64 * 1024, 8 * 1024
"""Bytes that wait for a client: above the one it counts as stalled, below the other it reads."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything the door lets in."""

    terminals: int = 400
    per_seat: int = 40
    per_address: int = 350
    at_the_door: int = 120
    """Connections that have not yet shown a code."""
    guesses: int = 12
    """Codes from one place that wait to be looked at."""
    login_seconds: float = 30
    screen_seconds: float = 10
    """How long who was let in may be without a screen."""
    idle_seconds: float = 4 * 3600


def _keep_tasks_lazy(factory: object) -> None:
    """In place of the loop's own set_task_factory: nothing changes."""


_ONLY = "host.terminal-only"
_KEYS = 20
"""Keys that may be offered on one connection; agents hold many, and each is offered twice."""

Serve = Callable[[Line], Awaitable[None]]
"""Shows screens on a line until its person leaves."""


class Gate:
    """Listens, asks for codes, and hands each person's line to `serve`."""

    def __init__(self, admission: Admission, serve: Serve, limits: Limits) -> None:
        self.admission = admission
        self.limits = limits
        self.lines: list[Line] = []
        self.visitors: set[_Visitor] = set()
        self.is_closing = False
        self._empty = asyncio.Event()
        self.notes = Notes()
        self.doorstep = Doorstep(limits.at_the_door)
        self._serve = serve
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns: dict[str, asyncio.Lock] = {}
        self._guesses: Counter[str] = Counter()
        self._server: asyncssh.SSHAcceptor | None = None

    async def open(self, listener: socket.socket, key: asyncssh.SSHKey) -> int:
        """Answer those who come to the listener (see listening.listen); the answer is its port."""
        # From Python 3.12 on Textual makes all tasks of the loop eager, and later logins hang.
        vars(asyncio.get_running_loop())["set_task_factory"] = _keep_tasks_lazy
        self._server = await asyncssh.create_server(
            lambda: _Visitor(self),
            sock=listener,
            server_host_keys=[key],
            encoding=None,
            line_editor=False,
            password_auth=False,
            gss_host=None,
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
        self.is_closing = True
        for line in tuple(self.lines):
            line.say_goodbye(say("en", "host.closed"))
        if self._server is not None:
            self._server.close()
            await self._see_off()
            await self._server.wait_closed()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.notes.close()

    async def _see_off(self) -> None:
        """End all connections, which a server waits for; who has a screen may read the goodbye."""
        for visitor in tuple(self.visitors):
            visitor.leave_if_idle()
        if self.visitors:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._empty.wait(), _PARTING)
        for visitor in tuple(self.visitors):
            visitor.abort()

    def left(self, visitor: "_Visitor") -> None:
        """A connection has gone."""
        self.visitors.discard(visitor)
        if self.is_closing and not self.visitors:
            self._empty.set()

    @property
    def at_the_door(self) -> int:
        """How many have not shown a code yet."""
        return len(self.doorstep)

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
        """Whether the code opens the seat. Where nobody has to wait it is looked at now; else the
        codes of one place queue up, and where too many wait a further one counts as wrong.
        """
        whence = place(address)
        # However slow the loop is, right codes alone never make a queue that is too long.
        if whence not in self._turns and self.admission.wait_for(address) <= 0:
            return self._judge(address, seat, code)
        if self._guesses[whence] >= self.limits.guesses:
            self.notes.make("crowd", "too many codes at once from %s", whence)
            return False
        self._guesses[whence] += 1
        try:
            async with self._turns.setdefault(whence, asyncio.Lock()):
                await asyncio.sleep(self.admission.wait_for(address))
                return self._judge(address, seat, code)
        finally:
            self._guesses[whence] -= 1
            if not self._guesses[whence]:
                del self._guesses[whence], self._turns[whence]

    def _judge(self, address: str, seat: str, code: str) -> bool:
        outcome = self.admission.admit(address, seat, code)
        if outcome != "right":
            self.notes.make(outcome, "%s: not let in (%s)", address, outcome)
        return outcome == "right"

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
        status = 0
        try:
            await self._serve(line)
        except Exception:
            # One terminal's fault ends that terminal, and stands in the log.
            LOG.exception("a terminal of %s failed", line.seat)
            status = 1
        finally:
            line.is_done = True
            if line.idle_timer is not None:
                # A timer of hours would keep the line, and by it the app, in memory.
                line.idle_timer.cancel()
            self.lines.remove(line)
            line.end(status)


class _Visitor(asyncssh.SSHServer):
    """One connection: who it is, and what it may open."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._asked = Counter[str]()
        self._wants = ""
        self._seat = ""
        self._came_by_key = False
        self._address = "?"
        self._has_session = False
        self._sits = False
        self._conn: asyncssh.SSHServerConnection | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.place = ""
        self.is_silent = True

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._conn = conn
        peer = conn.get_extra_info("peername")
        self._address = str(peer[0]) if peer else "?"
        self.place = place(self._address)
        self._gate.visitors.add(self)
        self._gate.doorstep.come(self)

    def send_away(self) -> None:
        """The door is crowded, and this one is in the way."""
        self._gate.notes.make("crowd", "the door is crowded; %s was sent away", self._address)
        self.abort()

    def abort(self) -> None:
        """End the connection without a word."""
        if self._conn is not None:
            self._conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._gate.left(self)
        self._gate.doorstep.leave(self)
        self.served()
        self._conn = None

    # -- a code, or a key --------------------------------------------------------------------------

    def begin_auth(self, username: str) -> bool:
        self.is_silent = False
        self._wants = username
        self._count("name", TRIES)
        return True

    def _count(self, what: str, most: int) -> None:
        """End the connection of somebody who asks for the same thing without end."""
        self._asked[what] += 1
        if self._asked[what] > most:
            self._end("host.no-more-tries")

    def _end(self, key: str) -> None:
        if self._conn is not None:
            reason = asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE
            self._conn.disconnect(reason, say("en", key))
            self._conn = None

    def password_auth_supported(self) -> bool:
        return False

    def public_key_auth_supported(self) -> bool:
        # Whoever offers keys shows who they are elsewhere: nobody is asked to without need.
        return self._gate.admission.takes_keys(self._wants)

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        self._count("key", _KEYS)
        if not self._gate.admission.admit_key(self._address, username, key.public_data):
            return False
        self._seat, self._came_by_key = username, True
        return True

    def kbdint_auth_supported(self) -> bool:
        return True

    def get_kbdint_challenge(
        self, username: str, lang: str, submethods: str
    ) -> tuple[str, str, str, Sequence[tuple[str, bool]]]:
        self._count("challenge", 2 * TRIES)
        return "", say("en", "host.challenge"), "", [(say("en", "host.ask-code"), False)]

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        self._asked["code"] += 1
        code = responses[0] if responses else ""
        if await self._gate.check(self._address, username, code[:200]):
            self._seat, self._came_by_key = username, False
            return True
        if self._asked["code"] >= TRIES:
            self._end("host.no-more-tries")
        return False

    def auth_completed(self) -> None:
        self._gate.doorstep.leave(self)
        if self._came_by_key:
            self._gate.admission.came_by_key(self._address, self._seat)
        self.wait_for_screen()

    # -- what may be opened ------------------------------------------------------------------------

    def wait_for_screen(self) -> None:
        """Who was let in and opens no screen, or has left it, does not stay for ever."""
        self.served()
        self._sits = False
        if self._gate.is_closing:
            self._end("host.closed")
            return
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._gate.limits.screen_seconds, self._end, _ONLY)

    def leave_if_idle(self) -> None:
        """The host closes: who sits at no screen has nothing to read."""
        if not self._sits:
            self._end("host.closed")

    def served(self) -> None:
        """Somebody sits at a screen, or has gone."""
        self._sits = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def session_requested(self) -> "_Screens":
        # One terminal a connection: a second would be a way past the limits.
        if self._has_session:
            self._refuse("a second terminal")
        self._has_session = True
        return _Screens(self._gate, self, self._seat, self._address)

    def connection_requested(
        self, dest_host: str, dest_port: int, orig_host: str, orig_port: int
    ) -> NoReturn:
        self._refuse("forwarding")

    def unix_connection_requested(self, dest_path: str) -> NoReturn:
        self._refuse("forwarding")

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        self.note("listening")
        return False

    def unix_server_requested(self, listen_path: str) -> bool:
        self.note("listening")
        return False

    def _refuse(self, what: str) -> NoReturn:
        self.note(what)
        raise asyncssh.ChannelOpenError(asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, say("en", _ONLY))

    def note(self, what: str) -> None:
        """Write down, once for this connection, what was refused to it."""
        self._asked[what] += 1
        if self._asked[what] == 1:
            self._gate.notes.make(
                "refused", "refused to %s (%s): %s", self._seat, self._address, what
            )


class _Screens(asyncssh.SSHServerSession[bytes]):
    """The one thing that a connection may open: a screen, on a terminal."""

    def __init__(self, gate: Gate, visitor: _Visitor, seat: str, address: str) -> None:
        self._gate = gate
        self._visitor = visitor
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
            return self._refuse("no terminal", _ONLY)
        if not self._gate.room_for(self._seat, self._address):
            return self._refuse("no room", "host.full")
        return True

    def exec_requested(self, command: str) -> bool:
        return self._refuse("a command", _ONLY)

    def subsystem_requested(self, subsystem: str) -> bool:
        return self._refuse("a subsystem", _ONLY)

    def _refuse(self, what: str, key: str) -> bool:
        """Say so once the channel stands; a bare "request failed" would help nobody."""
        self._visitor.note(what)
        self._refusal = key
        return True

    def session_started(self) -> None:
        chan = self._chan
        if chan is None or chan.is_closing():
            return
        if self._refusal:
            chan.write_stderr((say("en", self._refusal) + "\r\n").encode())
            chan.exit(1)
            return
        self._visitor.served()
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
            if exc is None:
                self._visitor.wait_for_screen()
