"""How long the report of a rehearsal takes, from made-up tallies: python -m tests.bench.rehearsal_report."""

import sys
from random import Random
from time import perf_counter

from drillkit import packs
from drillkit.packs.profiles import PROFILES, profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse.many import Job, play_one
from drillkit.rehearse.numbers import Run
from drillkit.rehearse.rehearsal import Rehearsal, rehearsal
from drillkit.rehearse.tally import Tally
from drillkit.report.rehearsal import Rows
from drillkit.report.rehearsal.document import rehearsal_json
from drillkit.report.rehearsal.files import as_text
from drillkit.report.rehearsal.page import rehearsal_html

PLAYED = 5
MADE_UP = 3334
"""Runs of each of the three teams, together 10,000."""


def made_up(job: Job) -> Tally:
    """A few runs that were played, and the rest like them with every number blurred."""
    dice, tally = Random(job.seed), Tally()
    runs = [play_one(job, job.seed + index) for index in range(PLAYED)]
    for index in range(MADE_UP):
        like = runs[index % PLAYED]
        numbers = {
            name: None if value is None else round(value * dice.uniform(0.8, 1.2))
            for name, value in like.numbers.items()
        }
        tally.add(Run(numbers, like.courses, like.titles))
    return tally


def a_rehearsal(name: str) -> Rehearsal:
    pack = packs.load(packs.find(name))
    teams = tuple(map(profile, PROFILES))
    jobs = [Job(pack.scenario, pack.plan, weights(), team) for team in teams]
    tallies = {team.id: made_up(job) for team, job in zip(teams, jobs, strict=True)}
    floor = rehearsal(jobs[0], teams[:1], 1).floor
    return Rehearsal(jobs[0], MADE_UP, teams, tallies, floor)


def main(name: str) -> None:
    found = a_rehearsal(name)
    sys.stdout.write(f"{found.done} runs of {name}\n")
    for lang in ("en", "zh"):
        since = perf_counter()
        rows = Rows(found, lang)
        page = rehearsal_html(rows)
        drawn = perf_counter()
        document = as_text(rehearsal_json(rows))
        done = perf_counter()
        sizes = f"{len(page.encode()) / 1e6:.2f} MB and {len(document.encode()) / 1e6:.2f} MB"
        sys.stdout.write(
            f"{lang}  page {drawn - since:.2f} s, document {done - drawn:.2f} s, {sizes}\n"
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "riverside-hospital-flood")
