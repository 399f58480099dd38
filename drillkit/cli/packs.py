"""Commands on packs: list, check."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from rich.table import Table
from rich.text import Text

from drillkit import packs
from drillkit.cli.faults import FAILED, Failed
from drillkit.cli.tables import show
from drillkit.model.base import MINUTE, Lang
from drillkit.words import say


def scenarios(args: Namespace) -> int:
    """List the shipped packs, and those of installed packages."""
    found = [packs.load(folder) for folder in packs.shipped()]
    for folder in packs.installed():
        try:
            found.append(packs.load(folder))
        except packs.PackFaults:
            # Somebody else's slip must not hide the packs that can be played.
            print(say(args.lang, "cli.pack-broken", path=folder), file=sys.stderr)
    if args.json:
        print(json.dumps([_facts(pack) for pack in found], ensure_ascii=False, indent=2))
        return 0
    lang: Lang = args.lang
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "family", "minutes", "roles", "title"):
        table.add_column(say(lang, f"cli.headings.{heading}"), overflow="fold")
    for pack in found:
        scenario = pack.scenario
        table.add_row(
            Text(scenario.id),
            Text(say(lang, f"cli.family.{scenario.family}")),
            str(scenario.length // MINUTE),
            str(len(pack.plan.players())),
            Text(scenario.title.in_(lang)),
        )
    show(table)
    return 0


def _facts(pack: packs.Pack) -> dict[str, object]:
    scenario = pack.scenario
    return {
        "id": scenario.id,
        "family": scenario.family,
        "grade": scenario.grade,
        "title": {"en": scenario.title.en, "zh": scenario.title.zh},
        "minutes": scenario.length // MINUTE,
        "injects": len(scenario.injects),
        "roles": [role.id for role in pack.plan.players()],
        "folder": str(pack.folder),
    }


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
