"""A gate on loopback with a small app behind it, and real SSH clients that knock."""

import asyncio
import functools
import gc
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

import asyncssh
import pyte
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

from drillkit.host.admission import Admission
from drillkit.host.driver import ChannelDriver
from drillkit.host.listening import listen
from drillkit.host.ssh import Gate, Limits, Line

KEY = asyncssh.generate_private_key("ssh-ed25519")


class Echo(App[None]):
    """A field to type into, and what was typed last."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.channel = line
        self.driver_class = ChannelDriver
        self._capture_stdout = sys.__stdout__
        self._capture_stderr = sys.__stderr__
        self.said: list[str] = []
        self.keys: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static(f"seat {self.channel.seat}", markup=False)
        yield Static("", id="said", markup=False)
        field = Input(id="field")
        field.cursor_blink = False
        yield field

    def on_key(self, event) -> None:
        self.keys.append(event.key)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.said.append(event.value)
        self.query_one("#said", Static).update(f"said {event.value}")
        event.input.value = ""


@dataclass
class House:
    """A gate that serves Echo apps."""

    gate: Gate
    admission: Admission
    codes: dict[str, str]
    port: int = 0
    apps: list[Echo] = field(default_factory=list)


class Visitor(asyncssh.SSHClient):
    """A client that answers the question for the code."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.asked: list[str] = []
        self.instructions = ""

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(self, name, instructions, lang, prompts):
        self.instructions = instructions
        self.asked += [prompt for prompt, _ in prompts]
        return [self.code for _ in prompts]


class Screen(asyncssh.SSHClientSession):
    """The client's terminal, as pyte draws it."""

    def __init__(self, width: int = 80, height: int = 24) -> None:
        self.screen = pyte.Screen(width, height)
        self.stream = pyte.ByteStream(self.screen)
        self.received = bytearray()
        self.errors = bytearray()
        self.is_closed = False

    def data_received(self, data, datatype):
        if datatype == asyncssh.EXTENDED_DATA_STDERR:
            self.errors.extend(data)
            return
        self.received.extend(data)
        self.stream.feed(data)

    def connection_lost(self, exc):
        self.is_closed = True

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)


def on_loop(scene: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test on a loop of its own, for so long as a loaded machine may need."""

    @functools.wraps(scene)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(asyncio.wait_for(scene(*args, **kwargs), 100))

    return run


def leaping() -> Callable[[], float]:
    """A clock on which every wait is over when one looks again."""
    hours = count(0, 3600)
    return lambda: float(next(hours))


async def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.005)


@asynccontextmanager
async def a_house(
    limits: Limits | None = None, clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[House]:
    admission = Admission(clock)
    codes = admission.issue(["medical", "liaison"])

    async def serve(line: Line) -> None:
        app = Echo(line)
        house.apps.append(app)
        line.on_lost = app.exit
        line.on_flow = lambda: app.call_later(app.refresh)
        await app.run_async(size=line.size)

    gate = Gate(admission, serve, limits or Limits())
    house = House(gate, admission, codes)
    house.port = await gate.open(listen("127.0.0.1", 0), KEY)
    try:
        yield house
    finally:
        await gate.close()
        gc.collect()


@asynccontextmanager
async def connected(house: House, seat: str = "medical", code: str | None = None, **options):
    visitor = Visitor(house.codes[seat] if code is None else code)
    connection, _ = await asyncssh.create_connection(
        lambda: visitor,
        "127.0.0.1",
        house.port,
        username=seat,
        known_hosts=None,
        client_keys=None,
        agent_path=None,
        preferred_auth="keyboard-interactive",
        config=[],
        **options,
    )
    try:
        yield connection
    finally:
        connection.abort()
        await connection.wait_closed()


async def terminal(connection, width: int = 80, height: int = 24, **more):
    """A channel with a terminal on it, and what it shows."""
    size = more.pop("term_size", (width, height))
    channel, screen = await connection.create_session(
        lambda: Screen(min(width, 300), min(height, 100)),
        term_type="xterm-256color",
        term_size=size,
        encoding=None,
        **more,
    )
    return channel, screen
