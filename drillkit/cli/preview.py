"""`drillkit preview`: a pack's injects as whoever they reach will read them, and its timeline."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from drillkit.cli.casting import pack_of
from drillkit.cli.failed import Failed
from drillkit.core.book import Book
from drillkit.core.clocks import face
from drillkit.core.in_words import in_words
from drillkit.core.injects import answers_expected, in_order
from drillkit.core.script import Script
from drillkit.model.base import LANGS, MINUTE, Lang
from drillkit.model.plan import Plan
from drillkit.model.scenario import Inject, Scenario
from drillkit.packs import Pack
from drillkit.ui import chinese
from drillkit.words import listing, say

_STEP = 5 * MINUTE
_MARKS = "·123456789"
"""How many injects come in a step of the timeline; more than nine are +."""


def preview(args: Namespace) -> int:
    """Show the timeline, then each inject in both languages; with a role, only what reaches it."""
    lang: Lang = args.lang
    pack = pack_of(args)
    known = [role.id for role in pack.plan.roles]
    if args.seat and args.seat not in known:
        near = get_close_matches(args.seat, known, 1)
        key = "preview-no-role-near" if near else "preview-no-role"
        raise Failed(key, role=args.seat, near="".join(near), known=", ".join(known))
    script = Script(pack.scenario, pack.plan)
    books = {tongue: Book(script, tongue) for tongue in _tongues(pack.scenario)}
    chinese.install()
    out = Console(highlight=False)
    injects = [one for one in in_order(pack.scenario) if not args.seat or args.seat in one.to]
    out.print(Text(_title(pack, lang), style="bold"))
    for line in timeline(pack.scenario, pack.plan, injects, lang, args.seat or ""):
        out.print(Text(line), no_wrap=True, crop=True)
    for inject in injects:
        out.print()
        when = _when(inject, Book(script, lang), plain=bool(args.seat))
        out.print(Rule(style="dim"))
        out.print(Text(when, style="dim"))
        for book in books.values():
            _show(out, inject, book, plain=bool(args.seat))
    return 0


def _tongues(scenario: Scenario) -> tuple[Lang, ...]:
    """The languages that the scenario is written in."""
    return LANGS if scenario.lang is None else (scenario.lang,)


def _title(pack: Pack, lang: Lang) -> str:
    title = pack.scenario.title.in_(lang)
    return say(lang, "cli.titled-short", title=title) if pack.short else title


def timeline(
    scenario: Scenario, plan: Plan, injects: Sequence[Inject], lang: Lang, only: str = ""
) -> Iterator[str]:
    """A line a role, or `only` one: how many planned injects reach it in each five minutes."""
    steps = -(-scenario.length // _STEP)
    roles = [role for role in plan.players() if only in ("", role.id)]
    width = max((Text(role.title.in_(lang)).cell_len for role in roles), default=0)
    hours = "".join(
        f"{face(step * _STEP):<6}"
        for step in range(0, steps, 6)  # a mark each half hour
    )
    yield f"{' ' * width}  {hours}"
    for role in roles:
        counts = [0] * steps
        for inject in injects:
            if role.id in inject.to and inject.at is not None:
                counts[min(steps - 1, inject.at // _STEP)] += 1
        marks = "".join(_MARKS[count] if count < len(_MARKS) else "+" for count in counts)
        title = role.title.in_(lang)
        yield f"{title}{' ' * (width - Text(title).cell_len)}  {marks}"


def _when(inject: Inject, book: Book, *, plain: bool) -> str:
    parts = [] if inject.at is None else [face(inject.at)]
    if plain:
        return "".join(parts)
    if inject.when is not None:
        parts.append(say(book.lang, "cli.preview-if", what=in_words(inject.when, book)))
    if not parts:
        parts.append(say(book.lang, "cli.preview-by-hand"))
    if inject.kind == "contingency":
        parts.append(say(book.lang, "cli.preview-contingency"))
    return "  ".join([*parts, f"[{inject.id}]"])


def _show(out: Console, inject: Inject, book: Book, *, plain: bool) -> None:
    lang = book.lang
    means = say(lang, f"log.means.{inject.means}")
    sender = book("role", inject.sender)
    out.print(Text(inject.title.in_(lang), style="bold"))
    to = say(lang, "ui.to", to=book.roles(inject.to))
    out.print(Text(f"{say(lang, 'ui.from', sender=sender, means=means)}  {to}", style="dim"))
    out.print(Text(inject.body.in_(lang)))
    for fact in inject.facts:
        out.print(_point("•", book("fact", fact)))
    for option in inject.options:
        out.print(_point("[ ]" if inject.several else "( )", option.title.in_(lang)))
    limits = [
        say(
            lang,
            "cli.preview-limit",
            role=book("role", expect.role),
            target=face(expect.target),
            limit=face(2 * expect.target if expect.limit is None else expect.limit),
        )
        for expect in answers_expected(inject)
    ]
    if limits:
        out.print(Text(listing(lang, limits), style="dim"))
    if inject.notes is not None and not plain:
        out.print(
            Text(say(lang, "cli.preview-notes", notes=inject.notes.in_(lang)), style="italic")
        )
    out.print()


def _point(mark: str, text: str) -> Table:
    """A point of a list, whose further lines stand below its text."""
    point = Table.grid(padding=(0, 1, 0, 0))
    point.add_row(Text(f"  {mark}"), Text(text))
    return point
