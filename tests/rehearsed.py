"""What each shipped pack is worth, by rehearsal: python -m tests.rehearsed [--runs N] [PACK ...].

With --write the table of all of them is kept in scenarios/REHEARSED.md; a test holds it to that.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path

from drillkit import packs
from drillkit.packs.profiles import PROFILES, profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse.many import Job
from drillkit.rehearse.rehearsal import rehearsal
from drillkit.rehearse.workers import cores, local
from drillkit.rehearse.worth import Worth, worth
from drillkit.whole import put

TEAMS = tuple(profile(name) for name in PROFILES)
RUNS = 200
TABLE = packs.shipped()[0].parents[1] / "REHEARSED.md"
ABOUT = f"""# What the shipped packs show in rehearsal

Each is played {RUNS} times by a practised, an average and an untrained team of simulated people,
from seed 1 on: `python -m tests.rehearsed --write` plays them again and writes this page.

- *Apart*: points between the medians of the practised and the untrained; 20 at least.
- *Branches*: how many injects wait for a condition, contingencies aside, and in what share of the
  average team's drills the rarest and the most usual came; 5 % to 95 %.
- *Kept*: of all limits, the one that practised teams keep least often; 60 % of drills at least.
- *Missed*: of all targets, the one that untrained teams miss least often; 20 % at least.
- *Idle*: the longest time that a role of the average team has nothing to do; 25 minutes at most.
- *Busy*: the fullest quarter of an hour of anybody in any team; 90 % at most.

"""
HEAD = (
    "| Pack | Apart | Branches | Kept by the practised | Missed by the untrained | Idle | Busy |\n"
    "|---|---|---|---|---|---|---|\n"
)


def judged(folder: Path, runs: int, executor=None) -> Worth:
    pack = packs.load(folder)
    job = Job(pack.scenario, pack.plan, weights(), TEAMS[0])
    return worth(rehearsal(job, TEAMS, runs, executor))


def row(folder: Path, found: Worth) -> str:
    low, high = (found.branches[0], found.branches[-1]) if found.branches else (0.0, 0.0)
    return (
        f"| {folder.name} | {found.apart:.1f} | {len(found.branches)}: {low:.0%} to {high:.0%} "
        f"| {found.kept:.0%} at least | {found.missed:.0%} at least "
        f"| {found.idle // 60} min | {found.busy:.0%} |\n"
    )


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.rehearsed", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"drills a team ({RUNS})")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}, of all packs")
    parser.add_argument("pack", nargs="*", help="folders; all that are shipped without")
    asked = parser.parse_args()
    if asked.write and (asked.pack or asked.runs != RUNS):
        parser.error(f"the table is of all packs at {RUNS} runs a team")
    folders = [Path(name) for name in asked.pack] or packs.shipped()
    out, lacking = sys.stdout.write, 0
    out(HEAD)
    with local(cores()) as executor:
        found = {folder: judged(folder, asked.runs, executor) for folder in folders}
    for folder, one in found.items():
        out(row(folder, one))
    for folder, one in found.items():
        for lack in one.lacks:
            out(f"{folder.name}: {lack.rule} {lack.what} {lack.figure:.2f}\n")
            lacking += 1
    if asked.write:
        put(TABLE, (ABOUT + HEAD + "".join(row(*one) for one in found.items())).encode())
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
