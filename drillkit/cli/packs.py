"""Commands on packs: list, check."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from rich.table import Table
from rich.text import Text

from drillkit import packs
from drillkit.cli.casting import loaded, show_parts
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
    if args.plan or args.map:
        return _check_with(args, paths)
    kinds = {_kind(path) for path in paths}
    faults = [fault for path in paths for fault in _CHECKS[_kind(path)](path)]
    if args.format != "text" or faults:
        print(packs.render(faults, args.format, lang))
    if args.format == "text":
        clean = f"check-clean-{kinds.pop()}s" if len(kinds) == 1 else "check-clean-files"
        key, n = ("check-found", len(faults)) if faults else (clean, len(paths))
        print(say(lang, f"cli.{key}", n=n), file=sys.stderr if faults else sys.stdout)
    return FAILED if faults else 0


def _check_with(args: Namespace, paths: list[Path]) -> int:
    """Say what another plan lacks for each of the packs; 0 when all can be played with it."""
    lang: Lang = args.lang
    told: list[packs.Diagnostic] = []
    n = 0
    for folder in paths:
        try:
            pack = loaded(args, folder, args.plan)
        except packs.PackFaults as problem:
            told += problem.diagnostics
            n += len(problem.diagnostics)
            if args.format == "text":
                print(packs.render(problem.diagnostics, "text", lang))
            continue
        told += pack.advice
        if args.format == "text":
            show_parts(pack, packs.load(folder), lang)
    if args.format != "text":
        print(packs.render(told, args.format, lang))
    elif n:
        print(say(lang, "cli.check-found", n=n), file=sys.stderr)
    elif told:
        print(say(lang, "cli.check-could-be-better", n=len(told)))
    else:
        print(say(lang, "cli.check-clean-packs", n=len(paths)))
    return FAILED if n else 0


def _kind(path: Path) -> str:
    """What is to be checked: a pack, a plan by itself, or, any other TOML file, a form."""
    if not path.is_file() or path.suffix != ".toml" or path.name == packs.SCENARIO_FILE:
        return "pack"
    if path.name == packs.PLAN_FILE or packs.is_plan(path):
        return "plan"
    return "form"


_CHECKS = {"pack": packs.check, "plan": packs.check_plan, "form": packs.check_form}
