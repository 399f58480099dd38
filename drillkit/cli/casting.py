"""A pack as a command asks for it: with its own plan or another, and who of it takes what part."""

import shlex
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from drillkit import packs
from drillkit.cli.failed import Failed
from drillkit.cli.tables import show, tell
from drillkit.model.base import Lang
from drillkit.model.plan import Plan
from drillkit.packs import Diagnostic, Pack, Setting
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
        n = len(in_sentences(pack.advice, args.lang))
        values = {"n": n, "pack": shlex.quote(args.pack), "plan": shlex.quote(args.plan)}
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


def show_parts(own: Pack, plan: Plan, parts: Mapping[str, str], lang: Lang) -> None:
    """Who of another plan takes which role of the scenario, and which of them nobody takes."""
    players = {role.id: role.title.in_(lang) for role in plan.players()}
    table = Table(box=None, pad_edge=False)
    for heading in ("part", "taken-by"):
        table.add_column(say(lang, f"cli.headings.{heading}"), overflow="fold")
    for role in own.plan.players():
        taker = parts.get(role.id)
        if taker is None:
            by = say(lang, "cli.taken-by.nobody")
        elif taker in players:
            by = f"{players[taker]} ({taker})"
        else:
            by = say(lang, "cli.taken-by.facilitator")
        table.add_row(Text(f"{role.title.in_(lang)} ({role.id})"), Text(by))
    print(own.scenario.title.in_(lang))
    show(table)


def show_advice(found: Sequence[Diagnostic], lang: Lang) -> None:
    """What another plan had better have, in few sentences."""
    if found:
        print("\n" + say(lang, "cli.plan-advice"))
        for sentence in in_sentences(found, lang):
            tell(f"  {sentence}")
        print()


def in_sentences(found: Sequence[Diagnostic], lang: Lang) -> list[str]:
    """Code and sentence of each; what is alike is said in one sentence, with a list."""
    alike: dict[str, list[Diagnostic]] = {}
    for one in found:
        alike.setdefault(one.key, []).append(one)
    return [f"{group[0].code} {_together(group, lang)}" for group in alike.values()]


def _together(group: Sequence[Diagnostic], lang: Lang) -> str:
    kind = group[0].key.removeprefix("packs.poorer-")
    if len(group) == 1:
        return group[0].sentence(lang)
    each = [say(lang, f"cli.each-lacking.{kind}", **one.values) for one in group]
    return say(lang, f"cli.lacking.{kind}", them=say(lang, "cli.lacking-join").join(each))
