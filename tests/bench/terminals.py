"""Many terminals at one host: how long an inject takes to every screen. Prints a table.

    python -m tests.bench.terminals [100]

The host runs in a process of its own; the clients are real SSH clients in this one. The floor is
the same number of bytes written to the same channels with no screen in between.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import asyncssh

HOST = """
import asyncio, gc, json, os, sys, time
sys.path.insert(0, "tests")
from worlds import Play
from drillkit.host.admission import Admission
from drillkit.host.room import Room
from drillkit.host.ssh import Gate, Limits
from drillkit.model.base import FACILITATOR
from drillkit.model.commands import AddInject, StartDrill
from drillkit.model.text import Line, Prose
from drillkit.rehearse.play import SimClock
import asyncssh

async def main(n):
    gc.set_threshold(50_000, 20, 50)
    play = Play(started=False)
    admission = Admission(time.monotonic)
    room = Room(play.session, SimClock(0, 0), "en", admission, lambda: None)
    codes = admission.issue(room.seats)
    gate = Gate(admission, room.serve, Limits(per_seat=1000, at_the_door=400, terminals=1000, per_address=1000))
    port = await gate.open("127.0.0.1", 0, asyncssh.generate_private_key("ssh-ed25519"))
    print(json.dumps({"port": port, "code": codes["liaison"]}), flush=True)
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    def rss():
        return int(open("/proc/self/statm").read().split()[1]) * 4096
    while line := (await reader.readline()).decode().split():
        if line[0] == "start":
            play.do(FACILITATOR, StartDrill())
        elif line[0] == "inject":
            title = Line(f"mark-{line[1]}")
            play.do(FACILITATOR, AddInject(title=title, body=Prose("It is so."), sender="office", to=("liaison",)))
        elif line[0] == "floor":
            for one in gate.lines:
                one.send("\\x1b[20;1H" + f"mark-{line[1]} " + "x" * int(line[2]), must=True)
        elif line[0] == "lag":
            worst, until = 0.0, loop.time() + float(line[1])
            while loop.time() < until:
                began = loop.time()
                await asyncio.sleep(0.005)
                worst = max(worst, loop.time() - began - 0.005)
            print(json.dumps({"lag": worst}), flush=True)
            continue
        print(json.dumps({"rss": rss(), "cpu": time.process_time()}), flush=True)
asyncio.run(main(int(sys.argv[1])))
"""


class Client(asyncssh.SSHClient):
    code = ""

    def kbdint_auth_requested(self):
        return ""

    def kbdint_challenge_received(self, name, instructions, lang, prompts):
        return [self.code for _ in prompts]


class Eyes(asyncssh.SSHClientSession):
    def __init__(self):
        self.seen = b""
        self.mark = b"EXERCISE"
        self.at = 0.0
        self.bytes = 0

    def data_received(self, data, datatype):
        self.bytes += len(data)
        self.seen = self.seen[-4096:] + data
        if not self.at and self.mark in self.seen:
            self.at = time.perf_counter()

    def look_for(self, mark):
        self.mark, self.at, self.seen = mark, 0.0, b""


async def until(condition, seconds=120.0):
    end = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > end:
            raise SystemExit("the screens never showed it")
        await asyncio.sleep(0.002)


async def run(count: int, host: subprocess.Popen) -> None:
    """Join `count` terminals, then time injects and the floor."""
    loop = asyncio.get_running_loop()

    async def ask(words):
        host.stdin.write(words + "\n")
        host.stdin.flush()
        return json.loads(await loop.run_in_executor(None, host.stdout.readline))

    opened = json.loads(await loop.run_in_executor(None, host.stdout.readline))
    before = await ask("measure")
    Client.code = opened["code"]
    eyes, links = [], []
    began = time.perf_counter()
    for n in range(count):
        link, _ = await asyncssh.create_connection(
            Client,
            "127.0.0.1",
            opened["port"],
            username="liaison",
            known_hosts=None,
            client_keys=None,
            agent_path=None,
            config=[],
        )
        channel, one = await link.create_session(
            Eyes, term_type="xterm-256color", term_size=(120, 40), encoding=None
        )
        links.append((link, channel))
        eyes.append(one)
        await until(lambda one=one: one.at)
        one.look_for(b"Ready")
        channel.write(f"P{n}\r".encode())
    await until(lambda: all(one.at for one in eyes))
    joined = time.perf_counter() - began
    for one in eyes:
        one.look_for(b"CALLED OUT")
    await ask("start")
    await until(lambda: all(one.at for one in eyes))
    await asyncio.sleep(2)
    after = await ask("measure")
    idle = (await ask("measure"))["cpu"]
    await asyncio.sleep(5)
    idle = ((await ask("measure"))["cpu"] - idle) / 5
    print(
        f"{count} terminals: joined in {joined:.1f} s, {(after['rss'] - before['rss']) / count / 1e6:.2f} MB each, idle {idle:.1%} CPU"
    )
    rows = []
    for n in range(8):
        for one in eyes:
            one.look_for(f"mark-{n}!".encode())
        sent = time.perf_counter()
        await ask(f"inject {n}!")
        await until(lambda: all(one.at for one in eyes))
        times = sorted(one.at - sent for one in eyes)
        bytes_each = 700
        for one in eyes:
            one.look_for(f"mark-f{n} ".encode())
        sent = time.perf_counter()
        await ask(f"floor f{n} {bytes_each}")
        await until(lambda: all(one.at for one in eyes))
        floor = sorted(one.at - sent for one in eyes)
        rows.append(
            (
                times[len(times) // 2],
                times[int(len(times) * 0.99) - 1],
                times[-1],
                floor[int(len(floor) * 0.99) - 1],
            )
        )
    p50, p99, last, floor = (statistics.median(column) * 1000 for column in zip(*rows, strict=True))
    print(
        f"inject to screens: p50 {p50:.0f} ms, p99 {p99:.0f} ms, last {last:.0f} ms; floor p99 {floor:.0f} ms; {p99 / floor:.1f} x"
    )
    for link, _ in links:
        link.abort()


def main() -> None:
    """The table for the asked number of terminals."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with subprocess.Popen(
        [sys.executable, "-c", HOST, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent.parent,
        text=True,
    ) as host:
        try:
            asyncio.run(run(count, host))
        finally:
            host.kill()


if __name__ == "__main__":
    main()
