"""A pack as a command asks for it: with its own plan or another, and who of it takes what part."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from drillkit import packs
from drillkit.cli.faults import Failed
from drillkit.cli.tables import show, tell
from drillkit.model.base import Lang
from drillkit.packs import Pack, Setting
from drillkit.words import say


def asked(args: Namespace) -> dict[str, str]:
    """The role of the plan for each role of the scenario that --map names. Raises Failed."""
    parts: dict[str, str] = {}
    for text in args.map:
        for one in text.split(","):
            part, equals, role = (piece.strip() for piece in one.partition("="))
            if not (part and equals and role):
                raise Failed("map-form", text=one)
            parts[part] = role
    return parts


def pack_of(args: Namespace) -> Pack:
    """The pack that is asked for, with the plan that is; says when that plan lacks something."""
    pack = loaded(args, packs.find(args.pack), args.plan)
    if pack.advice:
        values = {"n": len(pack.advice), "pack": args.pack, "plan": args.plan}
        print(say(args.lang, "cli.plan-lacks", **values), file=sys.stderr)
    return pack


def loaded(
    args: Namespace, folder: Path, plan: str | None, settings: Sequence[Setting] = ()
) -> Pack:
    """The pack in the folder with this plan; nothing is said. Raises PackFaults, Failed."""
    parts = asked(args)
    if parts and not (args.plan or getattr(args, "against", None)):
        raise Failed("map-needs-plan")
    if plan is not None and not Path(plan).is_file():
        raise Failed("no-file", path=plan)
    other = Path(plan) if plan else None
    return packs.load(folder, other, settings, parts if plan else None, short=args.short)


def show_parts(pack: Pack, own: Pack, lang: Lang) -> None:
    """Who of another plan takes which part of the scenario, and what that plan had better have."""
    titles = {role.id: role.title.in_(lang) for role in pack.plan.roles}
    table = Table(box=None, pad_edge=False)
    for heading in ("part", "taken-by"):
        table.add_column(say(lang, f"cli.headings.{heading}"), overflow="fold")
    for role in own.plan.players():
        if role.id in pack.parts:
            taker = pack.parts[role.id]
            cells = ((role.title.in_(lang), role.id), (titles[taker], taker))
            table.add_row(*(Text(f"{title} ({id})") for title, id in cells))
    print(own.scenario.title.in_(lang))
    show(table)
    if pack.advice:
        print("\n" + say(lang, "cli.plan-advice"))
        for fault in pack.advice:
            tell(f"  {fault.code} {fault.sentence(lang)}")
        print()
