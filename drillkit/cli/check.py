"""`drillkit check`: faults of packs, plans and forms, advice, repairs, a watch, another plan."""

import sys
import sysconfig
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from drillkit import packs
from drillkit.cli.checked import kind, summary
from drillkit.cli.failed import FAILED, USAGE, Failed
from drillkit.cli.watch import watch
from drillkit.model.base import Lang
from drillkit.packs.mend import Change, Unmendable, mend
from drillkit.words import say


def check(args: Namespace) -> int:
    """Say all that is wrong, and what could be better; 0 when nothing is wrong."""
    lang: Lang = args.lang
    if args.watch and (args.fix or args.format != "text"):
        print(say(lang, "cli.check-watch-alone"), file=sys.stderr)
        return USAGE
    if args.plan or args.map:
        if args.watch or args.fix:
            print(say(lang, "cli.check-plan-alone"), file=sys.stderr)
            return USAGE
        from drillkit.cli.check_with import report_with  # tables, which take long to load

        return report_with(args, _targets(args.path))
    if args.watch:
        for path in filter(_is_zip, map(Path, args.path)):
            raise Failed("watch-zip", path=path)
        return watch(lambda: _targets(args.path), lambda: _report(args, sys.stdout), lang)
    if args.fix:
        folders = [folder for name in args.path for folder in _own(name)]
        # Whoever reads a document from standard output wants nothing else on it.
        out = sys.stdout if args.format == "text" else sys.stderr
        for folder in folders:
            _mend(folder, lang, out)
    return _report(args, sys.stderr)


def _targets(names: Iterable[str]) -> list[Path]:
    """The packs and forms that are meant."""
    paths: list[Path] = []
    for name in names:
        path = packs.find(_whole(name))
        found = packs.packs_under(path) if path.is_dir() else [path]
        if not found:
            raise Failed("check-none", path=path)
        paths += found
    return paths


def _whole(name: str) -> str:
    """The folder of the pack that the file `name` belongs to; else the name as it is."""
    path = Path(name)
    is_part = path.name in (packs.SCENARIO_FILE, packs.PLAN_FILE) and path.is_file()
    return str(path.parent) if is_part and (path.parent / packs.SCENARIO_FILE).is_file() else name


def _own(name: str) -> list[Path]:
    """The packs of that name, which must be files of the person's own."""
    path = Path(_whole(name))
    if not path.exists():
        packs.find(name)  # what nobody knows is said first
        raise Failed("fix-installed", name=name)
    if path.is_file():
        raise Failed("fix-zip" if _is_zip(path) else "fix-form", path=path)
    homes = {Path(sysconfig.get_path(scheme)) for scheme in ("purelib", "platlib")}
    if any(path.resolve().is_relative_to(home.resolve()) for home in homes):
        raise Failed("fix-installed", name=name)
    return _targets([name])


def _mend(folder: Path, lang: Lang, out: TextIO) -> None:
    try:
        changes = mend(folder)
    except Unmendable as problem:
        raise Failed("fix-changed", path=problem.path) from problem
    for change in changes:
        print(_change(change, lang), file=out)
    print(say(lang, "cli.fix-done", n=len(changes), path=folder), file=out)


def _change(change: Change, lang: Lang) -> str:
    found = change.found
    place = f"{found.path}:{found.line}:{found.col}: {found.code} "
    if change.now:
        return place + say(lang, "cli.fix-change", was=packs.shown(change.was), now=change.now)
    return place + say(lang, "cli.fix-drop", was=packs.shown(change.was))


def _report(args: Namespace, fault_out: TextIO) -> int:
    """Print what is found; the answer is the exit status."""
    lang: Lang = args.lang
    paths = _targets(args.path)
    found = [one for path in paths for one in _found(path, short=args.short)]
    severities = Counter(one.severity for one in found)
    is_bad = bool(severities["fault"] or (args.strict and severities["advice"]))
    if args.format != "text" or found:
        print(packs.render(found, args.format, lang))
    if args.format == "text":
        print(summary(paths, severities, lang), file=fault_out if is_bad else sys.stdout)
    return FAILED if is_bad else 0


def _found(path: Path, *, short: bool) -> tuple[packs.Diagnostic, ...]:
    """What is found in it; and in its short form, once nothing is wrong with the whole."""
    what = kind(path)
    if what != "pack":
        return packs.check_plan(path) if what == "plan" else packs.check_form(path)
    found = packs.lint(path)
    is_whole = all(one.severity == "advice" for one in found)
    return (*found, *packs.check(path, short=True)) if short and is_whole else found


def _is_zip(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() == ".zip"
