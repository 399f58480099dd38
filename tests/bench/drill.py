"""How long a drill with stand-ins in every seat takes, beside bare SimPy: python -m tests.bench.drill."""

import sys
from collections.abc import Generator
from statistics import median
from time import perf_counter

import simpy

from drillkit import packs
from drillkit.journal import MemoryJournal
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled

RUNS = 20
PEOPLE = 10


class Counting(simpy.Environment):
    """An environment that counts its events."""

    steps = 0

    def step(self) -> None:
        Counting.steps += 1
        super().step()


def a_drill(pack: packs.Pack, seed: int) -> tuple[float, int]:
    """Seconds and entries of one drill in memory."""
    opening = Opening("bench", pack.scenario, pack.plan, weights(), seed)
    session = Session.open(MemoryJournal(), opening, wall=0)
    roles = session.script.players
    since = perf_counter()
    play(session, lambda clock: Company(session, clock, roles, profile=skilled(0.9), seed=seed))
    return perf_counter() - since, len(session.entries)


def kernel_events(pack: packs.Pack, seed: int) -> int:
    plain, simpy.Environment = simpy.Environment, Counting
    Counting.steps = 0
    try:
        a_drill(pack, seed)
    finally:
        simpy.Environment = plain
    return Counting.steps


def bare(events: int) -> float:
    """Seconds for as many events of processes that only wait."""

    def person(each: int) -> Generator[simpy.Event, None, None]:
        for step in range(each):
            yield env.timeout(step)

    since = perf_counter()
    env = simpy.Environment()
    for _ in range(PEOPLE):
        env.process(person(events // PEOPLE))
    env.run()
    return perf_counter() - since


def main(name: str) -> None:
    pack = packs.load(packs.find(name))
    events = kernel_events(pack, 0)
    drills = [a_drill(pack, seed) for seed in range(RUNS)]
    took = median(seconds for seconds, _ in drills)
    entries = median(count for _, count in drills)
    beside = median(bare(events) for _ in range(RUNS))
    each = took / entries * 1e6
    sys.stdout.write(
        f"a drill      {took * 1e3:.1f} ms, {entries:.0f} entries, {each:.0f} us each\n"
    )
    sys.stdout.write(f"bare SimPy   {beside * 1e3:.2f} ms for its {events} kernel events\n")
    sys.stdout.write(f"ratio        {took / beside:.0f}\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "riverside-hospital-flood")
