"""What each shipped pack is worth, by rehearsal: python -m tests.rehearsed [--runs N] [PACK ...]."""

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

TEAMS = tuple(profile(name) for name in PROFILES)
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
    parser.add_argument("--runs", type=int, default=200, help="drills a team (200)")
    parser.add_argument("pack", nargs="*", help="folders; all that are shipped without")
    asked = parser.parse_args()
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
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
