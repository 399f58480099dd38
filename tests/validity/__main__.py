"""Whether the scores deserve trust: python -m tests.validity --to FOLDER."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import perf_counter

from drillkit.rehearse.workers import cores, local
from drillkit.report.html import document_html
from drillkit.report.markdown import document_markdown
from drillkit.whole import put
from tests.validity import gamed, monotone, robust, sensitive
from tests.validity.cheats import CHEATS
from tests.validity.drills import PACKS, all_scored
from tests.validity.page import Findings, document, verdicts


def asked() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.validity", description=__doc__)
    parser.add_argument("--to", type=Path, required=True, help="the folder of the report")
    parser.add_argument("--seeds", type=int, default=50, help="drills a step of skill (50)")
    parser.add_argument("--damage-seeds", type=int, default=40, help="pairs a damage (40)")
    parser.add_argument("--cheat-seeds", type=int, default=40, help="pairs a cheat and skill (40)")
    parser.add_argument("--drills", type=int, default=80, help="drills for the weights (80)")
    parser.add_argument("--draws", type=int, default=300, help="weight sets a drill (300)")
    parser.add_argument("--workers", type=int, default=cores(), help="processes")
    return parser.parse_args()


def main() -> int:
    """0 when every claim holds, 1 when one does not."""
    sizes, since = asked(), perf_counter()
    if min(sizes.seeds, sizes.damage_seeds, sizes.cheat_seeds, sizes.drills, sizes.draws) < 4:
        sys.stderr.write("each size has to be 4 or more\n")
        return 2
    seeds, damaged, cheated = (
        range(1, count + 1) for count in (sizes.seeds, sizes.damage_seeds, sizes.cheat_seeds)
    )
    with local(sizes.workers) as executor:

        def step(what: str) -> None:
            sys.stderr.write(f"{perf_counter() - since:5.0f} s  {what}\n")

        step("steps of skill")
        stepped = all_scored(monotone.drills(PACKS, seeds, monotone.STEPS), executor)
        step("damages")
        hurt = all_scored(sensitive.drills(PACKS, damaged, sensitive.DAMAGES), executor)
        step("weights")
        checks = robust.checks(robust.chosen(stepped, sizes.drills), sizes.draws, executor)
        step("cheats")
        names = tuple(CHEATS)
        played = all_scored(gamed.drills(PACKS, cheated, gamed.SKILLS, names), executor)
        cheats = gamed.rows(played, PACKS, cheated, gamed.SKILLS, names)
        step("cheats that are still open, four times as often")
        more = range(1, 4 * sizes.cheat_seeds + 1)
        cheats = gamed.settled(cheats, more, lambda some: all_scored(some, executor))
        step("done")
    found = Findings(
        lines=monotone.lines(stepped, PACKS, seeds, monotone.STEPS),
        damages=sensitive.rows(hurt, PACKS, damaged, sensitive.DAMAGES),
        checks=checks,
        cheats=cheats,
        seeds=sizes.seeds,
        damage_seeds=sizes.damage_seeds,
        cheat_seeds=sizes.cheat_seeds,
        draws=sizes.draws,
    )
    report = document(found)
    sizes.to.mkdir(parents=True, exist_ok=True)
    put(sizes.to / "validity.md", document_markdown(report).encode())
    put(sizes.to / "validity.html", document_html(report).encode())
    for claim, holds, why in verdicts(found):
        print(f"{claim:16} {'holds' if holds else 'DOES NOT HOLD':14} {why}")
    return 0 if all(holds for _, holds, _ in verdicts(found)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
