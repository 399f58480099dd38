"""What a rehearsal costs, beside a bare SimPy model of the same drill: python -m tests.bench.rehearse.

The bare model has the processes of a real run, recorded once: the same waits in the same places,
each drawn with dice of its own as a stand-in draws it, and every thing done handed on through an
event as the stand-ins' queues do. It keeps no journal, folds nothing, sees nothing, scores nothing.
"""

import sys
from collections.abc import Generator
from statistics import median
from time import perf_counter, process_time
from typing import ClassVar

import simpy

from drillkit import packs
from drillkit.packs.profiles import profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse.many import Job, play_one, played, rehearse
from drillkit.rehearse.workers import local
from drillkit.standins.dice import Dice

RUNS = 30
POOLED = 400


class Recording(simpy.Environment):
    """An environment that keeps every wait, by the process that asked for it, and counts events."""

    waits: ClassVar[dict[object, list[int]]] = {}
    events = 0

    def timeout(self, delay: float = 0, value: object = None) -> simpy.Timeout:
        Recording.waits.setdefault(self.active_process, []).append(int(delay))
        return super().timeout(delay, value)

    def step(self) -> None:
        Recording.events += 1
        super().step()


def recorded(job: Job, seed: int) -> list[list[int]]:
    """The waits (ms) of each process of one real run, in order."""
    plain, simpy.Environment = simpy.Environment, Recording
    try:
        played(job, seed)
    finally:
        simpy.Environment = plain
    return list(Recording.waits.values())


def bare(waits: list[list[int]], events: int, seed: int) -> None:
    """As many processes with as many waits, and events between them up to the same number."""
    env = simpy.Environment()
    handed = max(0, events - sum(map(len, waits)) - 2 * len(waits)) // max(1, len(waits))

    def person(name: int, delays: list[int]) -> Generator[simpy.Event, None, None]:
        for place, delay in enumerate(delays):
            yield env.timeout(Dice(seed, str(name), str(place)).lasts(delay, 0.35))
        for _ in range(handed):
            done = env.event()
            done.succeed()
            yield done

    for name, delays in enumerate(waits):
        env.process(person(name, delays))
    env.run()


def main(name: str) -> None:
    pack = packs.load(packs.find(name))
    job = Job(pack.scenario, pack.plan, weights(), profile("average"))
    waits = recorded(job, 1)
    play_one(job, 1)
    ours, plain = [], []
    for seed in range(RUNS):
        since = process_time()
        play_one(job, seed)
        ours.append(process_time() - since)
        since = process_time()
        bare(waits, Recording.events, seed)
        plain.append(process_time() - since)
    ratio = median(a / b for a, b in zip(ours, plain, strict=True))
    out = sys.stdout.write
    out(f"bare SimPy    {median(plain) * 1e3:6.2f} ms, {Recording.events} kernel events\n")
    out(f"a run         {median(ours) * 1e3:6.2f} ms, scoring included\n")
    out(f"ratio         {ratio:6.1f}   (asked: 2.0)\n")
    times = {}
    for workers in (1, 2):
        with local(workers) as executor:
            since = perf_counter()
            rehearse(job, POOLED, executor)
            times[workers] = perf_counter() - since
        out(f"{workers} worker(s)   {POOLED / times[workers]:6.0f} runs/s\n")
    out(f"two for one   {times[1] / times[2]:6.2f}   (asked: 1.8)\n")
    out(f"1,000 runs    {1000 / POOLED * times[2]:6.1f} s   (asked: 25)\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "riverside-hospital-flood")
