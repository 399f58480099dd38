"""Commands on packs: check, new."""

import sys
from argparse import Namespace
from pathlib import Path

from drillkit import packs
from drillkit.cli.faults import FAILED, Failed
from drillkit.model.base import Lang
from drillkit.words import say


def check(args: Namespace) -> int:
    """Say all that is wrong with the packs and forms; 0 when nothing is."""
    lang: Lang = args.lang
    paths: list[Path] = []
    for name in args.path:
        path = packs.find(name)
        found = packs.packs_under(path) if path.is_dir() else [path]
        if not found:
            raise Failed("check-none", path=path)
        paths += found
    faults = [
        fault
        for path in paths
        for fault in (packs.check_form(path) if _is_form(path) else packs.check(path))
    ]
    if args.format != "text" or faults:
        print(packs.render(faults, args.format, lang))
    if args.format == "text":
        clean = "check-clean-forms" if all(map(_is_form, paths)) else "check-clean"
        key, n = ("check-found", len(faults)) if faults else (clean, len(paths))
        print(say(lang, f"cli.{key}", n=n), file=sys.stderr if faults else sys.stdout)
    return FAILED if faults else 0


def _is_form(path: Path) -> bool:
    """A TOML file by itself is a form, unless it goes by the name of a pack's file."""
    is_of_pack = path.name in (packs.SCENARIO_FILE, packs.PLAN_FILE)
    return path.is_file() and path.suffix == ".toml" and not is_of_pack


def new(args: Namespace) -> int:
    """Write a pack to start from."""
    folder = Path(args.dir)
    try:
        if args.include:
            packs.write_including(folder, args.include)
        else:
            packs.write_new(folder)
    except FileExistsError as problem:
        raise Failed("not-empty", path=folder) from problem
    print(say(args.lang, "cli.new-done", path=folder))
    return 0
