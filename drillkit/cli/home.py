"""`drillkit` alone: the home screen, and what is chosen there."""

from argparse import Namespace

from drillkit import packs
from drillkit.cli import demo, here, lessons, live, play, replay, trend_screen
from drillkit.cli.drills import found_sessions
from drillkit.cli.faults import Failed
from drillkit.cli.parser import parse
from drillkit.model.base import MINUTE, Lang
from drillkit.ui.screens.home import HomeChoice, HomePack, HomeScreen, HomeSession


def home(args: Namespace) -> int:
    """Show the home screen, then do what was chosen, as its command would."""
    if not live.has_terminal():
        raise Failed("terminal-needed")
    lang: Lang = args.lang
    shipped = [packs.load(folder) for folder in packs.shipped()]
    shelf = [
        HomePack(
            id=pack.scenario.id,
            title=pack.scenario.title,
            family=pack.scenario.family,
            minutes=pack.scenario.length // MINUTE,
            roles=len(pack.plan.players()),
        )
        for pack in shipped
    ]
    sessions = [
        HomeSession(str(one.path), one.state.scenario.title, one.state.stage, one.state.at)
        for one in found_sessions()
    ]
    choice: object = None

    async def choose() -> None:
        nonlocal choice, lang
        with here.terminal(HomeScreen(shelf, sessions), lang) as app:
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
        "replay": replay.replay,
        "lessons": lessons.screen,
    }
    return runs.get(choice.kind, play.resume)(chosen)
