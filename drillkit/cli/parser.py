"""The commands and their options, described in the reader's language."""

import argparse
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import NoReturn

from drillkit import __version__
from drillkit.words import area, say


class _Parser(argparse.ArgumentParser):
    """argparse in two languages, with the nearest command where one is misspelled."""

    lang = "en"

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(say(self.lang, "cli.error", message=message), file=sys.stderr)
        sys.exit(2)

    def _check_value(self, action: argparse.Action, value: str) -> None:
        choices = action.choices
        if choices is None or value in choices:
            return
        near = get_close_matches(str(value), [str(choice) for choice in choices], 1)
        known = ", ".join(str(choice) for choice in choices)
        key = "cli.unknown-near" if near else "cli.unknown"
        raise argparse.ArgumentError(
            None, say(self.lang, key, value=value, near="".join(near), known=known)
        )


def parse(words: Sequence[str], lang: str) -> argparse.Namespace:
    """The arguments of one command. Exits with 2 and a sentence on wrong usage, 0 on --help."""
    # argparse looks its own words up in this name of its module: the way to give it others.
    own = area(lang, "argparse")
    argparse._ = lambda text: own.get(f"argparse.{text}", text)  # type: ignore[attr-defined]
    return _build(lang).parse_args(words)


def _build(lang: str) -> argparse.ArgumentParser:
    parser_class = type("Parser", (_Parser,), {"lang": lang})

    def word(key: str, **values: object) -> str:
        return say(lang, f"cli.{key}", **values)

    parser: argparse.ArgumentParser = parser_class(
        prog="drillkit",
        description=word("about"),
        epilog=word("about-example"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"drillkit {__version__}")
    parser.add_argument("--lang", choices=("en", "zh"), help=word("opt-lang"))
    parser.set_defaults(run="home:home")
    commands = parser.add_subparsers(
        dest="command", metavar=word("command"), title=word("commands")
    )

    def command(name: str, run: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name,
            help=word(f"{name}-about"),
            description=word(f"{name}-about"),
            epilog=word("example", line=word(f"{name}-example")),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.add_argument("--lang", choices=("en", "zh"), help=word("opt-lang"))
        sub.set_defaults(run=run)
        return sub

    demo = command("demo", "play:demo")
    demo.add_argument("--headless", action="store_true", help=word("opt-headless"))
    demo.add_argument("--seed", type=int, default=1, metavar="N", help=word("opt-seed"))
    demo.add_argument("--skill", type=_share, default=0.7, metavar="0..1", help=word("opt-skill"))
    demo.add_argument("--to", default="drillkit-demo", metavar="DIR", help=word("opt-to"))

    scenarios = command("scenarios", "packs:scenarios")
    scenarios.add_argument("--json", action="store_true", help=word("opt-json"))

    check = command("check", "packs:check")
    check.add_argument("path", nargs="+", metavar="PATH", help=word("arg-pack"))
    check.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help=word("opt-format")
    )

    new = command("new", "packs:new")
    new.add_argument("dir", metavar="DIR", help=word("arg-new"))

    host = command("host", "play:host")
    host.add_argument("pack", metavar="PACK", help=word("arg-pack"))
    host.add_argument("--plan", metavar="FILE", help=word("opt-plan"))
    host.add_argument("--session", metavar="FILE.drill", help=word("opt-session"))
    host.add_argument("--weights", metavar="ID|FILE", default="standard", help=word("opt-weights"))
    host.add_argument("--seed", type=int, default=1, metavar="N", help=word("opt-seed"))
    _playing(host, word)

    resume = command("resume", "play:resume")
    resume.add_argument("file", metavar="FILE.drill", help=word("arg-drill"))
    _playing(resume, word)

    sessions = command("sessions", "drills:sessions")
    sessions.add_argument("--json", action="store_true", help=word("opt-json"))

    score = command("score", "drills:score")
    score.add_argument("file", metavar="FILE.drill", help=word("arg-drill"))
    score.add_argument("--weights", metavar="ID|FILE", help=word("opt-weights"))
    score.add_argument("--json", action="store_true", help=word("opt-json"))

    export = command("export", "drills:export")
    export.add_argument("file", metavar="FILE.drill", help=word("arg-drill"))
    export.add_argument("--to", required=True, metavar="DIR", help=word("opt-to"))
    export.add_argument(
        "--formats", default="xlsx,csv,html,md,json", metavar="LIST", help=word("opt-formats")
    )

    verify = command("verify", "drills:verify")
    verify.add_argument("file", metavar="FILE.drill", help=word("arg-drill"))
    return parser


def _playing(parser: argparse.ArgumentParser, word: Callable[[str], str]) -> None:
    parser.add_argument("--headless", action="store_true", help=word("opt-host-headless"))
    parser.add_argument("--speed", type=float, metavar="X", help=word("opt-speed"))
    parser.add_argument(
        "--stand-ins", default="", metavar="all|ROLE,...", help=word("opt-stand-ins")
    )
    parser.add_argument("--skill", type=_share, default=0.7, metavar="0..1", help=word("opt-skill"))


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value
