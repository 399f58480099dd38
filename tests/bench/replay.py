"""How long a jump in a long replay takes, and the opening of its debrief: until it is drawn.

The processor's time stands beside the wall clock's: on a busy machine only the former is ours.

python -m tests.bench.replay [ENTRIES]
"""

import asyncio
import gc
import sys
from collections.abc import Callable
from random import Random
from statistics import median
from time import monotonic, perf_counter, process_time

from textual.pilot import Pilot

from drillkit.desk import LocalDesk
from drillkit.model.base import FACILITATOR, OBSERVER
from drillkit.rehearse.play import SimClock
from drillkit.replay import Player
from drillkit.session import Session
from drillkit.ui.app import Terminal
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.replay import Replay, replay_screen
from drillkit.ui.seat import SeatScreen
from scoring.assess import assess_entries
from tests.bench.long_drill import long_drill

JUMPS = 30
SIZE = (120, 40)


async def settled(pilot: Pilot[object], arrived: Callable[[], object]) -> None:
    """The condition holds and everything that follows from it has been drawn."""
    screen = pilot.app.screen
    quiet = 0
    while quiet < 2:
        await asyncio.sleep(0)
        pumps = (screen, *screen.walk_children())
        waits = any(not pump._message_queue.empty() for pump in pumps)
        stale = screen._layout_required or screen._dirty_widgets
        quiet = 0 if waits or stale or not arrived() else quiet + 1
    screen._compositor.render_strips()


Took = tuple[float, float]
"""Seconds by the wall clock and of the processor."""


async def jumps(replay: Replay, seat: str) -> list[Took]:
    """From the wish to be elsewhere until that is drawn, each to a place drawn by lot."""
    player, dice, took = replay.player, Random(1), list[Took]()
    player.go_to(0)
    screen = replay_screen(replay, seat)
    async with Terminal(screen).run_test(size=SIZE) as pilot:
        await pilot.pause()
        visible = replay.desk(seat).visible()
        for _ in range(JUMPS):
            to = dice.randrange(2, len(player.entries))
            last = max((one.seq for one in visible if one.seq < to), default=0)
            since, used = perf_counter(), process_time()
            player.go_to_entry(to - 1)

            def arrived(last: int = last) -> bool:
                entries = screen.moment.entries
                return bool(entries) and entries[-1].seq == last

            await settled(pilot, arrived)
            took.append((perf_counter() - since, process_time() - used))
    return took


async def debrief(session: Session) -> Took:
    """From the wish to see the debrief until its assessment is drawn."""
    desk = LocalDesk(session, FACILITATOR, SimClock(session.state.at, 0))
    async with Terminal(SeatScreen(desk)).run_test(size=SIZE) as pilot:
        await pilot.pause()
        since, used = perf_counter(), process_time()
        screen = DebriefScreen(desk)
        await pilot.app.push_screen(screen)
        await settled(pilot, lambda: screen.assessment and not screen.is_computing)
        return perf_counter() - since, process_time() - used


def told(what: str, took: list[Took]) -> None:
    """A line with the median and the worst, in ms."""
    wall, cpu = ([one[kind] * 1e3 for one in took] for kind in (0, 1))
    said = f"{median(wall):5.0f} ms, worst {max(wall):5.0f} ms"
    used = f"{median(cpu):5.0f} ms, worst {max(cpu):5.0f} ms"
    sys.stdout.write(f"{what:22} {said}   processor {used}\n")


async def main(entries: int) -> None:
    session = long_drill(entries)
    # As the command line has it.
    gc.set_threshold(50_000, 20, 50)
    sys.stdout.write(f"{len(session.entries)} entries\n")
    told("debrief", [await debrief(session) for _ in range(3)])
    findings = assess_entries(session.entries).findings
    replay = Replay(Player(session.entries, monotonic), findings)
    for seat in (FACILITATOR, OBSERVER, *session.script.players[:3]):
        told(f"jump, {seat}", await jumps(replay, seat))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
