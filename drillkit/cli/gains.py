"""`drillkit lessons rehearse`: what a revised plan gains, written beside the lessons behind it."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from drillkit import packs
from drillkit.cli import lessons as own
from drillkit.cli.compare import CannotCompare, plan_pack
from drillkit.cli.rehearse import progressing, working
from drillkit.lessons.gains import Revision, gained, moved, taken_up
from drillkit.lessons.register import Register
from drillkit.lessons.told import own_gain, rehearsed
from drillkit.model.base import Lang
from drillkit.model.lesson import Gain, Moved
from drillkit.model.text import Line
from drillkit.packs.profiles import profile
from drillkit.packs.rubrics import weights
from drillkit.packs.source import read
from drillkit.rehearse.compare import changes, compared, shifted
from drillkit.rehearse.many import Job
from drillkit.words import say


def rehearse(args: Namespace) -> int:
    """Rehearse the old plan against the revised one, and put the gain into the register."""
    lang: Lang = args.lang
    old, new, on = Path(args.plan), Path(args.against), own.day_of(args)
    folder, team = packs.find(args.pack), profile(args.profile)
    packs.load(folder)
    before, after = plan_pack(folder, old), plan_pack(folder, new)
    if before.plan == after.plan:
        raise CannotCompare("same", first=old, second=new)
    register = Register(own.folder_of(args))
    revision = Revision(before.plan, read(old).data, read(new).data)
    lessons = taken_up(revision, register.all(), on)
    first = Job(before.scenario, before.plan, weights(), team, args.seed)
    second = replace(first, scenario=after.scenario, plan=after.plan)
    with working(args) as executor, progressing(lang) as progress:
        found = compared(first, second, [team], args.runs, executor, progress=progress)
    pairs = found.pairs[team.id]
    if pairs.pairs < args.runs:
        raise CannotCompare("broken", n=args.runs - pairs.pairs, runs=args.runs)
    changed = changes(pairs, first, second)
    points = moved(next((one for one in changed if one.id == "combined"), None))
    gain = Gain(
        on=Line(on),
        old=Line(old.name),
        new=Line(new.name),
        scenario=before.scenario.id,
        team=Line(team.id),
        seed=args.seed,
        runs=args.runs,
        points=points or Moved(by=0, lo=0, hi=0, pairs=args.runs),
    )
    print(rehearsed(gain, lang))
    if not lessons:
        print(say(lang, "compare.gain.none"))
        return 0
    moved_limits = {one.limit.name for one in shifted(first, second)}
    better = [gained(lesson, changed, gain, moved_limits) for lesson in lessons]
    register.put(better)
    for lesson in better:
        what = own_gain(lesson.gains[-1], lang) or say(lang, "compare.gain.noted")
        print(say(lang, "compare.gain.wrote", id=lesson.id, what=what))
    return 0
