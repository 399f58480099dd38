"""People at real SSH terminals, and the host that they go to, for the terminals' benchmark."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncssh

from drillkit.words import say

HOUSE = Path(__file__).parent.parent.parent
NAME_ASKED = say("en", "lobby.next-name").encode()
SEATED = say("en", "lobby.next-ready").encode()
AT_THE_DESK = say("en", "desk.inbox").encode()
PATIENCE = 120.0
TAIL = 4096
WIDTH, HEIGHT = 120, 40


class House:
    """The host's process, as it is asked from here."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.port = 0
        self.codes: dict[str, str] = {}
        self.roles: list[str] = []

    async def ask(self, do: str, **more: object) -> dict[str, Any]:
        """Let the host do this; its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}).encode() + b"\n")
        return await self.answer()

    async def answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise SystemExit("the host has ended")
        return json.loads(line)

    async def rest(self) -> None:
        """Until the host has nothing to do."""
        while True:
            before = (await self.ask("measure"))["cpu"]
            await asyncio.sleep(0.2)
            if (await self.ask("measure"))["cpu"] - before < 0.02:
                return


@asynccontextmanager
async def a_house(beats: int = 0) -> AsyncIterator[House]:
    """A host with a gate; its script releases injects in the first `beats` seconds."""
    # As the installed command does: a process spawned by the host must not load all of it again.
    start = "from tests.bench.terminals_host import main; main()"
    words = [sys.executable, "-c", start, "--beats", str(beats)]
    process = await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE, cwd=HOUSE)
    house = House(process)
    try:
        opened = await house.answer()
        house.port, house.codes, house.roles = opened["port"], opened["codes"], opened["roles"]
        yield house
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


class _Visitor(asyncssh.SSHClient):
    """Answers the question for the code."""

    def __init__(self, code: str) -> None:
        self._code = code

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(self, name, instructions, lang, prompts):
        return [self._code for _ in prompts]


class Person(asyncssh.SSHClientSession[bytes]):
    """Somebody who looks at what comes to their screen, without drawing it."""

    def __init__(self) -> None:
        self.channel: asyncssh.SSHClientChannel[bytes]
        self.link: asyncssh.SSHClientConnection
        self.bytes = 0
        self.kept: bytearray | None = None
        """All that came, for one who draws it in the end."""
        self._tail = b""
        self._mark = b""
        self._seen: asyncio.Future[float] | None = None

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self.bytes += len(data)
        if self.kept is not None:
            self.kept += data
        if self._seen is None or self._seen.done():
            return
        self._tail = self._tail[-TAIL:] + data
        if self._mark in self._tail:
            self._seen.set_result(time.monotonic())

    def connection_lost(self, exc: Exception | None) -> None:
        if self._seen is not None and not self._seen.done():
            self._seen.set_exception(ConnectionError("the terminal has ended"))

    def watch_for(self, mark: bytes) -> asyncio.Future[float]:
        """When the mark comes to the screen from now on, on the machine's monotonic clock."""
        self._tail, self._mark = b"", mark
        self._seen = asyncio.get_running_loop().create_future()
        return self._seen

    async def write(self, keys: bytes, mark: bytes) -> float:
        """Type this; the seconds until the mark is there."""
        seen = self.watch_for(mark)
        since = time.monotonic()
        self.channel.write(keys)
        return await asyncio.wait_for(seen, PATIENCE) - since


async def come(house: House, nth: int, role: str, mark: bytes, **more: Any) -> Person:
    """Connect, show the code, give a name, and wait until the mark is there."""
    link, _ = await asyncssh.create_connection(
        lambda: _Visitor(house.codes[role]),
        "127.0.0.1",
        house.port,
        username=role,
        known_hosts=None,
        client_keys=None,
        agent_path=None,
        config=[],
    )

    def sit_down() -> Person:
        person = Person()
        person.link = link
        if more:
            person.kept = bytearray()
        asked.append(person.watch_for(NAME_ASKED))
        return person

    asked: list[asyncio.Future[float]] = []
    size = (WIDTH, HEIGHT)
    channel, person = await link.create_session(
        sit_down, term_type="xterm-256color", term_size=size, encoding=None, **more
    )
    person.channel = channel
    await asyncio.wait_for(asked[0], PATIENCE)
    await person.write(f"P{nth}\r".encode(), mark)
    return person


async def crowd(house: House, count: int, roles: Sequence[str], mark: bytes) -> list[Person]:
    """So many people, a few at a time, spread over the roles."""
    at_once = asyncio.Semaphore(4)

    async def one(nth: int) -> Person:
        async with at_once:
            return await come(house, nth, roles[nth % len(roles)], mark)

    return await asyncio.gather(*(one(nth) for nth in range(count)))


async def when(seen: Sequence[asyncio.Future[float]], since: float) -> list[float]:
    """How long each took, in ms, the shortest first."""
    times = await asyncio.wait_for(asyncio.gather(*seen), PATIENCE)
    return sorted((time - since) * 1000 for time in times)


def share(times: Sequence[float], part: float) -> float:
    """The time within which so great a part of them was there; they are in order."""
    return times[min(len(times) - 1, round(part * len(times)))] if times else float("nan")
