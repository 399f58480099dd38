"""`drillkit scenarios`: the packs that are there, what each exercises, and how it went last."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from drillkit import packs
from drillkit.cli.drills import Found, found_sessions, read_drill
from drillkit.cli.failed import Failed
from drillkit.cli.tables import screen
from drillkit.core.search import matches
from drillkit.journal import JournalFault
from drillkit.model.base import LANGS, Lang
from drillkit.model.card import Card, Played
from drillkit.words import listing, say

LAST: int = 3
"""Drills of one pack that are looked back on."""


def scenarios(args: Namespace) -> int:
    """List the packs that hold all the words."""
    lang: Lang = args.lang
    cards = [
        card
        for card in _cards(args.folders, lang)
        if matches(card, " ".join(args.words)) and args.family in (None, card.family)
    ]
    sessions = finished(found_sessions())
    results = {
        card.id: list(results_of(sessions.get(card.id, ()), LAST if args.json else 1))
        for card in cards
    }
    if args.json:
        facts = [_facts(card, results[card.id]) for card in cards]
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0
    if not cards:
        raise Failed("scenarios-none")
    out = screen()
    for card in cards:
        _show(out, card, results[card.id], lang)
    return 0


def _cards(folders: Sequence[str], lang: Lang) -> Iterator[Card]:
    """The cards of the packs in these places, or else wherever packs are known to be."""
    if folders:
        missing = next((path for path in map(Path, folders) if not path.exists()), None)
        if missing:
            raise Failed("scenarios-nowhere", path=missing)
        found = (one for path in map(Path, folders) for one in packs.cards_in(path))
    else:
        found = everywhere()
    for one in found:
        if isinstance(one, packs.Broken):
            # Somebody else's slip must not hide the packs that can be played.
            print(say(lang, "cli.pack-broken", path=one.path), file=sys.stderr)
        else:
            yield one


def everywhere() -> Iterator[Card | packs.Broken]:
    """The packs that come with the program, then those from elsewhere."""
    shipped = packs.shipped()
    yield from packs.shipped_cards(shipped)
    yield from elsewhere(shipped)


def elsewhere(shipped: Sequence[Path]) -> Iterator[Card | packs.Broken]:
    """The packs of installed packages, and of the folder in which the program was started."""
    yield from packs.installed_cards(shipped)
    yield from packs.cards_near(Path())


def finished(sessions: Sequence[Found]) -> Mapping[str, Sequence[Found]]:
    """The sessions that are over, by the id of their scenario, the newest first."""
    over: dict[str, list[Found]] = {}
    for one in sorted(sessions, key=lambda one: one.began, reverse=True):
        if one.state.stage == "ended":
            over.setdefault(one.state.scenario.id, []).append(one)
    return over


def results_of(sessions: Sequence[Found], most: int) -> Iterator[Played]:
    """How the first `most` of these drills went; each takes a tenth of a second to score."""
    for one in sessions[:most]:
        try:
            drill = read_drill(one.path, "en")
        except JournalFault:
            # It has gone since it was listed; `verify` says what is wrong with one that is there.
            continue
        combined = drill.assessment.combined.final
        yield Played(str(one.path), f"{drill.began:%Y-%m-%d}", combined)


def _facts(card: Card, results: Sequence[Played]) -> dict[str, object]:
    def both(text: object) -> dict[str, str]:
        return {lang: getattr(text, lang) for lang in LANGS}

    return {
        "id": card.id,
        "where": card.where,
        "origin": card.origin,
        "package": card.source,
        "folder": card.folder,
        "family": card.family,
        "grade": card.grade,
        "title": both(card.title),
        "summary": both(card.summary),
        "minutes": card.minutes,
        "injects": card.injects,
        "languages": list(card.languages),
        "roles": [role.id for role in card.roles],
        "role_titles": {role.id: both(role.title) for role in card.roles},
        "objectives": [both(text) for text in card.objectives],
        "capabilities": [both(title) for title in card.capabilities],
        "results": [
            {"session": one.path, "day": one.day, "combined": one.score} for one in results
        ],
    }


def _show(out: Console, card: Card, results: Sequence[Played], lang: Lang) -> None:
    """Three lines: what it is called here, what it is, what it exercises."""
    facts = [
        say(lang, f"cli.family.{card.family}"),
        say(lang, "home.minutes", n=card.minutes),
        say(lang, "home.roles", n=len(card.roles)),
        say(lang, "home.injects", n=card.injects),
    ]
    known = [
        card.title.in_(lang),
        " ".join(say(tongue, "home.own-name") for tongue in card.languages),
    ]
    if card.origin != "shipped":
        known.append(say(lang, f"home.origin-{card.origin}", name=card.source))
    known += (say(lang, "home.last", points=points(one), day=one.day) for one in results)
    exercised = [title.in_(lang) for title in card.capabilities]
    name = Text(card.id if card.origin in ("shipped", "installed") else card.where, "bold")
    out.print(Text.assemble(name, "  ", " · ".join(facts)))
    out.print(Text(f"  {' · '.join(known)}"))
    # The whole of it stands on the home screen, and in --json.
    out.print(Text(f"  {listing(lang, exercised)}", "dim"), no_wrap=True, overflow="ellipsis")


def points(one: Played) -> str:
    """The combined assessment as it is written."""
    return "\N{EN DASH}" if one.score is None else f"{one.score:.1f}"
