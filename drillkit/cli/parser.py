"""The commands and their options, described in the reader's language."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from drillkit import __version__
from drillkit.cli import options, pack_options
from drillkit.words import area, say


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Plain text as wide as the terminal, measured without loading shutil."""

    def __init__(self, prog: str) -> None:
        try:
            width = os.get_terminal_size().columns
        except OSError:
            width = 80
        super().__init__(prog, width=max(40, min(width, 100)) - 2)


class _Parser(argparse.ArgumentParser):
    """argparse in two languages, with the nearest command where one is misspelled."""

    lang = "en"

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(say(self.lang, "cli.error", message=message), file=sys.stderr)
        sys.exit(2)

    def _check_value(self, action: argparse.Action, value: str) -> None:
        from difflib import get_close_matches  # only a slip needs it

        choices = action.choices
        if choices is None or value in choices:
            return
        near = get_close_matches(str(value), [str(choice) for choice in choices], 1)
        known = ", ".join(str(choice) for choice in choices)
        key = "cli.unknown-near" if near else "cli.unknown"
        option = action if action.option_strings else None
        raise argparse.ArgumentError(
            option, say(self.lang, key, value=value, near="".join(near), known=known)
        )


def parse(words: Sequence[str], lang: str) -> argparse.Namespace:
    """The arguments of one command. Exits with 2 and a sentence on wrong usage, 0 on --help."""
    # argparse looks its own words up in this name of its module: the way to give it others.
    own = area(lang, "argparse")
    argparse._ = lambda text: own.get(f"argparse.{text}", text)  # type: ignore[attr-defined]
    return _build(lang, words).parse_args(words)


def _build(lang: str, asked: Sequence[str]) -> argparse.ArgumentParser:
    parser_class = type("Parser", (_Parser,), {"lang": lang})

    def word(key: str, **values: object) -> str:
        return say(lang, f"cli.{key}", **values)

    parser: argparse.ArgumentParser = parser_class(
        prog="drillkit",
        description=word("about"),
        epilog=word("about-example"),
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action="version", version=f"drillkit {__version__}")
    parser.add_argument("--lang", choices=("en", "zh"), help=word("opt-lang"))
    parser.set_defaults(run="home:home")
    commands = parser.add_subparsers(
        dest="command", metavar=word("command"), title=word("commands")
    )
    for name, (run, fill) in _COMMANDS.items():
        about = word(f"{name}-about")
        if name not in asked:
            # Only its line in the list is needed; its options take longer to build than to read.
            commands.add_parser(name, help=about, formatter_class=_Formatter)
            continue
        sub = commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=word("example", line=word(f"{name}-example")),
            formatter_class=_Formatter,
        )
        if name != "new":  # a pack may be written in both
            sub.add_argument("--lang", choices=("en", "zh"), help=word("opt-lang"))
        sub.set_defaults(run=run)
        fill(sub, word)
    return parser


_Fill = Callable[[argparse.ArgumentParser, options.Word], None]


def _demo(demo: argparse.ArgumentParser, word: options.Word) -> None:
    demo.add_argument("--headless", action="store_true", help=word("opt-headless"))
    demo.add_argument("--seed", type=int, default=1, metavar="N", help=word("opt-seed"))
    options.short(demo, word)
    options.skill(demo, word)
    demo.add_argument("--to", default="drillkit-demo", metavar="DIR", help=word("opt-to"))
    demo.add_argument("--on", metavar="DATE", help=word("opt-demo-on"))
    demo.add_argument("--lessons", metavar="FOLDER", help=word("opt-demo-lessons"))


def _host(host: argparse.ArgumentParser, word: options.Word) -> None:
    host.add_argument("pack", metavar="PACK", help=word("arg-pack"))
    options.plan(host, word)
    options.short(host, word)
    host.add_argument("--session", metavar="FILE.drill", help=word("opt-session"))
    host.add_argument("--weights", metavar="ID|FILE", default="standard", help=word("opt-weights"))
    form = word("opt-form")
    host.add_argument("--form", action="append", default=[], metavar="FILE", help=form)
    host.add_argument("--evaluators", metavar="FILE", help=word("opt-evaluators"))
    host.add_argument("--seed", type=int, default=1, metavar="N", help=word("opt-seed"))
    host.add_argument("--lessons", metavar="FOLDER", help=word("opt-lessons"))
    options.playing(host, word)


def _join(join: argparse.ArgumentParser, word: options.Word) -> None:
    from drillkit.cli.join import Address, BadAddress

    def address(text: str) -> Address:
        try:
            return Address.read(text)
        except BadAddress as slip:
            raise argparse.ArgumentTypeError(word(slip.key, **slip.values)) from None

    join.add_argument(
        "address", type=address, metavar="[ROLE@]HOST[:PORT]", help=word("arg-address")
    )


def _resume(resume: argparse.ArgumentParser, word: options.Word) -> None:
    options.drill(resume, word)
    options.playing(resume, word)


def _score(score: argparse.ArgumentParser, word: options.Word) -> None:
    options.drill(score, word)
    score.add_argument("--weights", metavar="ID|FILE", help=word("opt-weights"))

    def own(key: str) -> str:
        return say(getattr(score, "lang", "en"), f"among.{key}")

    teams, workers = options.whole(1, options.MOST_RUNS, word), options.whole(1, 1024, word)
    score.add_argument("--among", type=teams, metavar="N", help=own("opt-among"))
    score.add_argument(
        "--profile", default=options.TEAMS, metavar="NAME|FILE,...", help=own("opt-profile")
    )
    score.add_argument("--workers", type=workers, metavar="N", help=own("opt-workers"))
    options.json(score, word)


def _export(export: argparse.ArgumentParser, word: options.Word) -> None:
    export.add_argument("file", metavar="FILE.drill|PACK", help=word("arg-export"))
    export.add_argument("--to", required=True, metavar="DIR", help=word("opt-to"))
    export.add_argument("--evaluator", default="", metavar="NAME", help=word("opt-evaluator"))
    export.add_argument("--formats", metavar="LIST", help=word("opt-formats"))
    export.add_argument("--plan", metavar="FILE", help=word("opt-export-plan"))
    options.parts(export, word)
    export.add_argument("--short", action="store_true", help=word("opt-export-short"))
    export.add_argument("--last", metavar="FILE.drill", help=word("opt-last"))
    export.add_argument("--force", action="store_true", help=word("opt-force"))


def _replay(replay: argparse.ArgumentParser, word: options.Word) -> None:
    from drillkit.core.clocks import time_of

    def time(text: str) -> int:
        try:
            return time_of(text)
        except ValueError:
            raise argparse.ArgumentTypeError(word("no-time", value=text)) from None

    options.drill(replay, word)
    replay.add_argument(
        "--as", dest="seat", default="facilitator", metavar="ROLE", help=word("opt-as")
    )
    replay.add_argument(
        "--from", dest="start", type=time, default=0, metavar="TIME", help=word("opt-from")
    )
    speed = options.between(*options.SPEEDS, word)
    replay.add_argument("--speed", type=speed, metavar="X", help=word("opt-speed"))


def _rescore(rescore: argparse.ArgumentParser, word: options.Word) -> None:
    options.drill(rescore, word)
    rescore.add_argument("--weights", required=True, metavar="ID|FILE", help=word("opt-weights"))
    rescore.add_argument("--to", metavar="DIR", help=word("opt-to"))
    options.json(rescore, word)


def _trend(trend: argparse.ArgumentParser, word: options.Word) -> None:
    trend.add_argument("file", nargs="+", metavar="FILE.drill", help=word("arg-drill"))
    trend.add_argument("--screen", action="store_true", help=word("opt-screen"))
    trend.add_argument("--lessons", metavar="FOLDER", help=word("opt-lessons"))
    trend.add_argument("--on", metavar="DATE", help=word("opt-trend-on"))
    trend.add_argument("--to", metavar="DIR", help=word("opt-to"))
    trend.add_argument("--force", action="store_true", help=word("opt-force"))
    options.json(trend, word)


def _import(imports: argparse.ArgumentParser, word: options.Word) -> None:
    imports.add_argument("workbook", metavar="WORKBOOK", help=word("arg-workbook"))
    imports.add_argument("--into", metavar="FILE.drill", help=word("opt-into"))
    imports.add_argument("--as", dest="name", metavar="NAME", help=word("opt-rater"))
    imports.add_argument("--yes", action="store_true", help=word("opt-yes"))
    imports.add_argument("--hand-in", action="store_true", help=word("opt-hand-in"))


def _lessons(lessons: argparse.ArgumentParser, word: options.Word) -> None:
    from drillkit.cli.lesson_options import fill

    lessons.add_argument("--lessons", metavar="FOLDER", help=word("opt-lessons"))
    fill(lessons, word)


_COMMANDS: dict[str, tuple[str, _Fill]] = {
    "demo": ("demo:demo", _demo),
    "scenarios": ("library:scenarios", pack_options.scenarios),
    "check": ("check:check", pack_options.check),
    "preview": ("preview:preview", pack_options.preview),
    "new": ("new:new", pack_options.new),
    "host": ("play:host", _host),
    "join": ("join:join", _join),
    "resume": ("play:resume", _resume),
    "sessions": ("drills:sessions", options.json),
    "score": ("drills:score", _score),
    "export": ("drills:export", _export),
    "import": ("imports:imports", _import),
    "verify": ("drills:verify", options.drill),
    "rehearse": ("rehearse:rehearse", pack_options.rehearse),
    "lessons": ("lessons:screen", _lessons),
    "replay": ("replay:replay", _replay),
    "rescore": ("rescore:rescore", _rescore),
    "trend": ("trend:trend", _trend),
}
"""Each command: what runs it, and what fills in its options."""
