"""Plan against plan at the command line: --against, --set with --compare, and --sweep."""

import json
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.table import Table
from rich.text import Text

from drillkit import packs
from drillkit.cli.casting import loaded
from drillkit.cli.failed import Failed
from drillkit.cli.rehearse import progressing, teams_of, working
from drillkit.cli.tables import show
from drillkit.model.base import Lang
from drillkit.packs import Pack, PackFaults, Setting, SettingFault
from drillkit.packs.rubrics import weights
from drillkit.rehearse.compare import Change, compared
from drillkit.rehearse.many import Job
from drillkit.rehearse.sweep import sweep
from drillkit.report.rehearsal.compare import (
    PARTS,
    ChangeRow,
    ComparisonRows,
    SweepRows,
    comparison_json,
    sweep_json,
)
from drillkit.report.rehearsal.compare_files import export_comparison, export_sweep
from drillkit.words import listing, say

_MOST = {"better": 16, "worse": 16, "different": 6, "noise": 6}
"""Rows of each part on the screen; the files hold all."""
_BAR = 20
"""Cells of a bar."""


class CannotCompare(Failed):
    """What was asked for does not compare; `key` and `values` name the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, **values)
        self.key = f"compare.fault.{key}"


def is_asked(args: Namespace) -> bool:
    """Whether something is to be compared."""
    return bool(args.against or args.sweep or args.compare)


def pack_of(args: Namespace) -> Pack:
    """The pack that is asked for, with the plan and the settings that are."""
    return _load(args, args.plan, [Setting.read(text) for text in args.settings])


def plan_pack(folder: Path, plan: Path, *, short: bool = False) -> Pack:
    """The folder's scenario with the plan in a file. Raises Failed where there is none."""
    if not plan.is_file():
        raise Failed("no-file", path=plan)
    return packs.load(folder, plan, short=short)


def _load(args: Namespace, plan: str | None, settings: Sequence[Setting]) -> Pack:
    folder = packs.find(args.pack)
    packs.load(folder, short=args.short)
    pack = loaded(args, folder, plan)
    return _changed(args, pack, plan, settings)


def _changed(args: Namespace, pack: Pack, plan: str | None, settings: Sequence[Setting]) -> Pack:
    """The pack with the settings. What is wrong then was set wrong: the pack itself is good."""
    if not settings:
        return pack
    try:
        return loaded(args, pack.folder, plan, settings)
    except PackFaults as problem:
        fault = problem.diagnostics[0].sentence(args.lang)
        told = listing(args.lang, [str(one) for one in settings])
        raise SettingFault("refused", set=told, fault=fault) from problem


def _job(args: Namespace, pack: Pack) -> Job:
    team = teams_of(args)[0]
    return Job(pack.scenario, pack.plan, weights(), team, args.seed, short=pack.short)


def compare(args: Namespace) -> int:
    """Play both, or all, with the same seeds, and show the differences."""
    if args.compare and not args.settings:
        raise CannotCompare("compare-what")
    if bool(args.against) + bool(args.compare) + bool(args.sweep) > 1:
        raise CannotCompare("one-way")
    return _sweep(args) if args.sweep else _compare(args)


# -- one against another ---------------------------------------------------------------------------


def _compare(args: Namespace) -> int:
    lang: Lang = args.lang
    settings = [Setting.read(text) for text in args.settings]
    own = args.plan or say(lang, "compare.own-plan")
    if args.against:
        names = own, args.against
        first, second = (_load(args, plan, settings) for plan in (args.plan, args.against))
    else:
        names = args.plan or say(lang, "compare.as-it-is"), listing(lang, args.settings)
        first = _load(args, args.plan, [])
        second = _changed(args, first, args.plan, settings)
    if (first.scenario, first.plan) == (second.scenario, second.plan):
        raise CannotCompare("same", first=names[0], second=names[1])
    teams = teams_of(args)
    jobs = _job(args, first), _job(args, second)
    with working(args) as executor, progressing(lang) as progress:
        found = compared(*jobs, teams, args.runs, executor, names=names, progress=progress)
    if args.against:
        found = replace(found, given=tuple(args.settings))
    rows = ComparisonRows(found, lang)
    if args.json:
        print(json.dumps(comparison_json(rows), ensure_ascii=False, indent=2))
    else:
        _show(rows)
    if args.to:
        _say_written(args, export_comparison(rows, Path(args.to), force=args.force))
    return 0


def _say_written(args: Namespace, paths: Sequence[Path]) -> None:
    for path in paths:
        if not args.json:
            print(say(args.lang, "cli.wrote", path=path))


def _show(rows: ComparisonRows) -> None:
    print(rows.heading)
    for sentence in (*rows.about(), *rows.apart()):
        print(sentence)
    for team in rows.teams:
        print(f"\n{rows.team(team)}")
        for verdict in PARTS:
            found = rows.part(team, verdict)
            if not found and verdict == "different":
                continue
            print(f"\n{rows.say(f'part.{verdict}', n=len(found))}")
            if found:
                show(_table(rows, found[: _MOST[verdict]]))
            if left := len(found) - len(found[: _MOST[verdict]]):
                print(rows.say("more", n=left))
        print()
        print(rows.counted(team))


def _table(rows: ComparisonRows, found: Sequence[ChangeRow]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(say(rows.lang, "rehearse.column.of"), overflow="fold")
    for name in ("before", "after", "by", "interval", "pairs"):
        table.add_column(rows.say(f"column.{name}"), justify="right", no_wrap=True)
    for row in found:
        cells = (row.before, row.after, row.by, row.within, str(row.change.pairs))
        table.add_row(Text(row.title), *cells)
    return table


# -- one thing at many values ----------------------------------------------------------------------


def _sweep(args: Namespace) -> int:
    lang: Lang = args.lang
    settings = [Setting.read(text) for text in args.settings]
    base = _load(args, args.plan, settings)
    values = packs.swept(args.sweep)
    variants = [
        (one.value, _job(args, _changed(args, base, args.plan, [*settings, one]))) for one in values
    ]
    path, teams = values[0].path, teams_of(args)
    with working(args) as executor, progressing(lang) as progress:
        found = sweep(
            _job(args, base), variants, teams, args.runs, executor, path=path, progress=progress
        )
    rows = SweepRows(replace(found, given=tuple(args.settings)), lang)
    if args.json:
        print(json.dumps(sweep_json(rows), ensure_ascii=False, indent=2))
    else:
        _show_sweep(rows)
    if args.to:
        _say_written(args, export_sweep(rows, Path(args.to), force=args.force))
    return 0


def _show_sweep(rows: SweepRows) -> None:
    print(rows.heading)
    for sentence in rows.about():
        print(sentence)
    for team in rows.teams:
        print(f"\n{rows.team(team)}")
        for course in rows.courses(team):
            _show_course(rows, course)


def _show_course(rows: SweepRows, course: Sequence[Change | None]) -> None:
    """One number over the values; the bar is its difference, from the middle on."""
    shown = [one for one in course if one is not None]
    reach = max((abs(one.by) for one in shown), default=0.0)
    print(f"\n{rows.title(shown[0])}")
    table = Table(box=None, pad_edge=False)
    table.add_column(rows.say("column.value"), justify="right")
    for name in ("level", "by", "interval", "pairs"):
        table.add_column(rows.say(f"column.{name}"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for value, change in zip(rows.found.values, course, strict=True):
        if change is not None:
            row = rows.row(change)
            cells = (row.after, row.by, row.within, str(change.pairs), _bar(change.by, reach))
            table.add_row(Text(value), *cells)
    show(table)


def _bar(by: float, reach: float) -> str:
    half = _BAR // 2
    cells = round(half * abs(by) / reach) if reach else 0
    bar = "\N{BOX DRAWINGS HEAVY HORIZONTAL}" * cells
    middle = "\N{BOX DRAWINGS LIGHT VERTICAL}"
    return f"{bar if by < 0 else '':>{half}}{middle}{bar if by > 0 else ''}"
