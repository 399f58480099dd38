"""The host of the terminals' benchmark, in a process of its own, with the house's clock and gate.

It is asked in lines of JSON and answers each with one: {"do": "inject", "mark": "m1"}.
"""

import asyncio
import copy
import gc
import json
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncssh

sys.path.insert(0, "tests")

from worlds import SCENARIO, a_plan, a_scenario, both, the_weights

from drillkit.cli.foresight import SimulatedTeams
from drillkit.host.admission import Admission
from drillkit.host.listening import listen
from drillkit.host.room import STAFF_SEATS, RemoteTerminal, Room
from drillkit.host.ssh import Gate, Limits
from drillkit.journal.sqlite import SqliteJournal
from drillkit.live import Live, LiveClock
from drillkit.model.commands import AddInject, Arrive, StartDrill
from drillkit.model.events import Entry, InjectReleased
from drillkit.model.scenario import Scenario
from drillkit.model.text import Line, Prose
from drillkit.session import Opening, Session

PAGE = 4096
NAP = 0.005
"""Seconds between two looks at how late the loop is."""

Answer = dict[str, Any]


def a_bare_scenario(injects: int) -> Scenario:
    """Nothing happens in it but an inject to everybody every five seconds of the first so many.

    No real script is half as dense, nor any real inject for three hundred people.
    """
    to = ["commander", "liaison", "supplies"]
    # A scenario needs an inject; the last one comes when nobody measures any more.
    seconds = [*range(1, injects + 1, 5), 3000]
    script = [
        {
            "id": f"beat-{n}",
            "title": both(f"beat-{n}!"),
            "body": both("It is so."),
            "at": f"{n}s",
            "sender": "office",
            "to": to,
        }
        for n in seconds
    ]
    kept = ("phase", "objective")
    bare = {key: [] for key, part in SCENARIO.items() if isinstance(part, list) and key not in kept}
    return a_scenario(**copy.deepcopy({**bare, "inject": script}))


class Host:
    """One drill on the wall clock, a gate with a room behind it, and what is measured of them."""

    def __init__(self, folder: Path, args: Namespace) -> None:
        path = folder / "b.drill"
        opening = Opening("bench", a_bare_scenario(args.beats), a_plan(), the_weights())
        self.session = Session.open(SqliteJournal.create(path), opening, self.wall())
        self.clock = LiveClock(self.session, time.monotonic, self.wall)
        self.live = Live(self.session, self.clock)
        self.teams = SimulatedTeams(self.session, self.clock, path)
        self.foreseen = 0
        self.late: list[int] = []
        self.lag = self.swept = self._sweeping = 0.0
        gc.callbacks.append(self._sweep)
        self.session.listen(self._hear)
        admission = Admission(time.monotonic)
        room = Room(self.session, self.clock, "en", admission, lambda: None)
        self.roles = [seat for seat in room.seats if seat not in STAFF_SEATS]
        self.codes = admission.issue(self.roles)
        # All come from one address and sit in few roles; every other limit is the house's.
        limits = Limits()
        self.gate = Gate(admission, room.serve, replace(limits, per_seat=limits.terminals))
        self._tasks: list[asyncio.Task[None]] = []

    @staticmethod
    def wall() -> int:
        return int(time.time() * 1000)

    async def serve(self) -> None:
        """Open the gate and do what is asked until nobody asks any more."""
        port = await self.gate.open(
            listen("127.0.0.1", 0), asyncssh.generate_private_key("ssh-ed25519")
        )
        self._tasks.append(asyncio.create_task(self.live.run()))
        tell({"port": port, "codes": self.codes, "roles": self.roles})
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        does: dict[str, Callable[..., Answer]] = {
            "start": self.start,
            "inject": self.inject,
            "floor": self.floor,
            "measure": self.measure,
            "watch": self.watch,
            "collect": self.collect,
            "queues": self.queues,
            "foresee": self.foresee,
            "stop-foreseeing": self.stop_foreseeing,
        }
        while line := await reader.readline():
            asked = json.loads(line)
            tell(does[asked.pop("do")](**asked))

    # -- the drill ---------------------------------------------------------------------------------

    def start(self) -> Answer:
        """Begin, with everybody at their posts."""
        at = time.monotonic()
        self.live.send(StartDrill())
        for role in self.session.script.players:
            self.session.ask(role, Arrive(), at=self.clock.now(), wall=self.wall(), id=f"a-{role}")
        return {"at": at}

    def inject(self, mark: str) -> Answer:
        """Tell everybody, as the facilitator does."""
        at = time.monotonic()
        to = tuple(self.roles)
        told = AddInject(title=Line(mark), body=Prose("It is so."), sender="office", to=to)
        self.live.send(told)
        return {"at": at}

    def floor(self, mark: str, size: int) -> Answer:
        """Write so many bytes to each channel, with no screen in between."""
        at = time.monotonic()
        text = f"\x1b[40;1H{mark}".ljust(size, "x")
        for line in self.gate.lines:
            line.send(text)
        return {"at": at}

    # -- what is measured --------------------------------------------------------------------------

    def _hear(self, entries: list[Entry]) -> None:
        now = self.clock.now()
        self.late += [
            now - entry.at for entry in entries if isinstance(entry.event, InjectReleased)
        ]

    async def _watch(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(NAP)
            self.lag = max(self.lag, time.monotonic() - before - NAP)

    def _sweep(self, phase: str, _info: object) -> None:
        """The garbage collector begins or ends: everything else stands still meanwhile."""
        now = time.monotonic()
        if phase == "start":
            self._sweeping = now
        else:
            self.swept = max(self.swept, now - self._sweeping)

    def watch(self) -> Answer:
        """Look how late the director and the loop are from now on; it costs some CPU of its own."""
        self.late, self.lag, self.swept = [], 0.0, 0.0
        self._tasks.append(asyncio.create_task(self._watch()))
        return {}

    def measure(self) -> Answer:
        """Bytes in memory, seconds of CPU since the start, ms late, seconds of lag and of garbage."""
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return {
            "rss": pages * PAGE,
            "cpu": time.process_time(),
            "late": max(self.late, default=0),
            "released": len(self.late),
            "lag": self.lag,
            "swept": self.swept,
            "lines": len(self.gate.lines),
            "entries": len(self.session.entries),
        }

    def foresee(self) -> Answer:
        """Make one forecast after the other from now on, as the facilitator's key does."""
        self._foreseeing = asyncio.create_task(self._foresee())
        return {}

    async def _foresee(self) -> None:
        while True:
            await self.teams.forecast("average", self._told)

    def _told(self, done: int, of: int) -> None:
        self.foreseen += 1

    def stop_foreseeing(self) -> Answer:
        """How often the host heard of runs that were done."""
        self._foreseeing.cancel()
        return {"foreseen": self.foreseen}

    def collect(self) -> Answer:
        """What is left of those who have gone, once the garbage is out."""
        gc.collect()
        apps = sum(isinstance(thing, RemoteTerminal) for thing in gc.get_objects())
        return {"apps": apps, "tasks": len(asyncio.all_tasks()), **self.measure()}

    def queues(self) -> Answer:
        """Bytes that wait for each line: in its channel, and in its connection."""
        waiting = []
        for line in self.gate.lines:
            transport = line._chan.get_extra_info("connection")._transport
            socket = transport.get_write_buffer_size() if transport else 0
            waiting.append((line._chan.get_write_buffer_size(), socket, line.is_stalled))
        return {"queues": sorted(waiting)}


def tell(answer: Answer) -> None:
    print(json.dumps(answer), flush=True)


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--beats", type=int, default=0)
    # As the command line does for the real host: see drillkit.cli.main.
    gc.set_threshold(5_000, 10, 1_000)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(Host(Path(folder), parser.parse_args()).serve())


if __name__ == "__main__":
    main()
