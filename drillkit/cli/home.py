"""`drillkit` alone: the home screen, and what is chosen there."""

from argparse import Namespace
from collections.abc import Iterator

from drillkit import packs
from drillkit.cli import demo, here, lessons, live, play, replay, trend_screen
from drillkit.cli.drills import found_sessions
from drillkit.cli.failed import Failed
from drillkit.cli.library import LAST, elsewhere, finished, results_of
from drillkit.cli.parser import parse
from drillkit.model.base import Lang
from drillkit.model.card import Card
from drillkit.ui.screens.home import (
    HomeBroken,
    HomeChoice,
    HomeResults,
    HomeScreen,
    HomeSession,
    News,
)


def home(args: Namespace) -> int:
    """Show the home screen, then do what was chosen, as its command would."""
    if not live.has_terminal():
        raise Failed("terminal-needed")
    lang: Lang = args.lang
    shipped = packs.shipped()
    shelf = [card for card in packs.shipped_cards(shipped) if isinstance(card, Card)]
    found = found_sessions()
    sessions = [
        HomeSession(str(one.path), one.state.scenario.title, one.state.stage, one.state.at)
        for one in found
    ]
    choice: object = None

    def news() -> Iterator[News]:
        known = {card.id for card in shelf}
        for one in elsewhere(shipped):
            if isinstance(one, packs.Broken):
                yield HomeBroken(str(one.path))
            else:
                known.add(one.id)
                yield one
        for id, played in finished(found).items():
            if id in known:
                yield HomeResults(id, tuple(results_of(played, LAST)))

    async def choose() -> None:
        nonlocal choice, lang
        with here.terminal(HomeScreen(shelf, sessions, news), lang) as app:
            choice = await app.run_async()
            lang = app.lang

    told = here.run(choose())
    if not isinstance(choice, HomeChoice):
        return here.SIGNALLED + told if told else 0
    if choice.kind == "trend":
        return trend_screen.of_sessions(lang)
    match choice.kind:
        case "demo":
            words = ["demo"]
        case "host":
            words = ["host", choice.value]
        case "short":
            words = ["host", choice.value, "--short"]
        case "resume" | "debrief":
            words = ["resume", choice.value]
        case "replay":
            words = ["replay", choice.value]
        case "lessons":
            words = ["lessons"]
    chosen = parse(words, lang)
    chosen.lang = lang
    runs = {
        "demo": demo.demo,
        "host": play.host,
        "short": play.host,
        "replay": replay.replay,
        "lessons": lessons.screen,
    }
    return runs.get(choice.kind, play.resume)(chosen)
