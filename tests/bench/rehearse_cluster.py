"""What a cluster costs beside processes: python -m tests.bench.rehearse_cluster [--runs 200] [--rounds 3]

Two workers each time, on this machine: two processes, and a dask scheduler with two workers, whose
scheduler and client want the same processors. Rounds alternate, so that a busy machine harms both.
"""

import time
from argparse import ArgumentParser
from concurrent.futures import Executor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from drillkit import packs
from drillkit.packs.profiles import profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse import many
from drillkit.rehearse.many import Job, rehearse
from drillkit.rehearse.workers import cluster, local
from tests.test_rehearse_cluster import a_farm, wait_for

PACK = "riverside-hospital-flood"
LEAST = 0.8


def rate(job: Job, runs: int, executor: Executor | None) -> float:
    """Runs a second, once the workers are warm."""
    since = time.perf_counter()
    rehearse(job, runs, executor)
    return runs / (time.perf_counter() - since)


def main() -> None:
    """Print the rates of both and their ratio, for each size of a chunk that is asked for."""
    parser = ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chunk", type=int, action="append")
    args = parser.parse_args()
    pack = packs.load(packs.find(PACK))
    job = Job(pack.scenario, pack.plan, weights(), profile("average"))
    with TemporaryDirectory() as folder:
        farm = a_farm(Path(folder), 2)
        try:
            wait_for(farm, 2)
            with local(2) as pool, cluster(farm.address) as executor:
                for chunk in args.chunk or [many.CHUNK]:
                    many.CHUNK = chunk
                    here, there = [], []
                    for executed in (pool, executor):
                        rehearse(job, 4 * chunk, executed)
                    for _ in range(args.rounds):
                        here.append(rate(job, args.runs, pool))
                        there.append(rate(job, args.runs, executor))
                    ratio = median(b / a for a, b in zip(here, there, strict=True))
                    verdict = "holds" if ratio >= LEAST else "FAILS"
                    print(
                        f"chunks of {chunk:3}: processes {median(here):5.1f} runs/s, "
                        f"cluster {median(there):5.1f} runs/s, ratio {ratio:.2f} "
                        f"(>= {LEAST}) {verdict}",
                        flush=True,
                    )
        finally:
            farm.end()


if __name__ == "__main__":
    main()
