"""The commands and their options, described in the reader's language."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from drillkit import __version__
from drillkit.words import area, say


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Plain text as wide as the terminal, measured without loading shutil."""

    def __init__(self, prog: str) -> None:
        try:
            width = os.get_terminal_size().columns
        except OSError:
            width = 80
        super().__init__(prog, width=max(40, min(width, 100)) - 2)


_TEAMS = "practised,average,untrained"
_FAMILIES = "natural_disaster", "technical_failure", "sabotage"
_MOST_RUNS = 1_000_000
_SPEEDS = 0.1, 3600.0
"""As the director has them; asking it would load all that `--help` does without."""


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


_Word = Callable[..., str]
_Fill = Callable[[argparse.ArgumentParser, _Word], None]


def _demo(demo: argparse.ArgumentParser, word: _Word) -> None:
    demo.add_argument("--headless", action="store_true", help=word("opt-headless"))
    demo.add_argument("--seed", type=int, default=1, metavar="N", help=word("opt-seed"))
    _short(demo, word)
    _skill(demo, word)
    demo.add_argument("--to", default="drillkit-demo", metavar="DIR", help=word("opt-to"))
    demo.add_argument("--on", metavar="DATE", help=word("opt-demo-on"))
    demo.add_argument("--lessons", metavar="FOLDER", help=word("opt-demo-lessons"))


def _json(listing: argparse.ArgumentParser, word: _Word) -> None:
    listing.add_argument("--json", action="store_true", help=word("opt-json"))


def _scenarios(scenarios: argparse.ArgumentParser, word: _Word) -> None:
    scenarios.add_argument("words", nargs="*", metavar="WORDS", help=word("arg-words"))
    scenarios.add_argument("--family", choices=_FAMILIES, help=word("opt-family"))
    scenarios.add_argument(
        "--in",
        dest="folders",
        action="append",
        default=[],
        metavar="DIR|FILE.zip",
        help=word("opt-in"),
    )
    _json(scenarios, word)


def _check(check: argparse.ArgumentParser, word: _Word) -> None:
    check.add_argument("path", nargs="+", metavar="PATH", help=word("arg-check"))
    _plan(check, word)
    check.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help=word("opt-format")
    )
    check.add_argument("--strict", action="store_true", help=word("opt-strict"))
    check.add_argument("--fix", action="store_true", help=word("opt-fix"))
    check.add_argument("--watch", action="store_true", help=word("opt-watch"))
    check.add_argument("--short", action="store_true", help=word("opt-check-short"))


def _preview(preview: argparse.ArgumentParser, word: _Word) -> None:
    preview.add_argument("pack", metavar="PACK", help=word("arg-pack"))
    preview.add_argument("--as", dest="seat", metavar="ROLE", help=word("opt-preview-as"))
    _plan(preview, word)
    _short(preview, word)


def _new(new: argparse.ArgumentParser, word: _Word) -> None:
    def own(key: str) -> str:
        return say(getattr(new, "lang", "en"), f"new.{key}")

    new.add_argument("dir", nargs="?", metavar="DIR", help=word("arg-new"))
    new.add_argument("--family", choices=_FAMILIES, help=own("opt-family"))
    new.add_argument("--length", metavar="20m..2h", help=own("opt-length"))
    new.add_argument("--roles", metavar="LIST", help=own("opt-roles"))
    new.add_argument("--title", metavar="TEXT", help=own("opt-title"))
    tongues = ("en", "zh", "both")
    new.add_argument("--lang", dest="written", choices=tongues, help=own("opt-written"))
    new.add_argument("--include", metavar="PACK", help=word("opt-include"))
    new.add_argument("--plan", metavar="FILE", help=own("opt-plan"))
    new.add_argument("--name", metavar="TEXT", help=own("opt-name"))
    new.add_argument("--stores", metavar="LIST", help=own("opt-stores"))


def _host(host: argparse.ArgumentParser, word: _Word) -> None:
    host.add_argument("pack", metavar="PACK", help=word("arg-pack"))
    _plan(host, word)
    _short(host, word)
    host.add_argument("--session", metavar="FILE.drill", help=word("opt-session"))
    host.add_argument("--weights", metavar="ID|FILE", default="standard", help=word("opt-weights"))
    form = word("opt-form")
    host.add_argument("--form", action="append", default=[], metavar="FILE", help=form)
    host.add_argument("--evaluators", metavar="FILE", help=word("opt-evaluators"))
    host.add_argument("--seed", type=int, default=1, metavar="N", help=word("opt-seed"))
    host.add_argument("--lessons", metavar="FOLDER", help=word("opt-lessons"))
    _playing(host, word)


def _join(join: argparse.ArgumentParser, word: _Word) -> None:
    from drillkit.cli.join import Address, BadAddress

    def address(text: str) -> Address:
        try:
            return Address.read(text)
        except BadAddress as slip:
            raise argparse.ArgumentTypeError(word(slip.key, **slip.values)) from None

    join.add_argument(
        "address", type=address, metavar="[ROLE@]HOST[:PORT]", help=word("arg-address")
    )


def _resume(resume: argparse.ArgumentParser, word: _Word) -> None:
    _drill(resume, word)
    _playing(resume, word)


def _score(score: argparse.ArgumentParser, word: _Word) -> None:
    _drill(score, word)
    score.add_argument("--weights", metavar="ID|FILE", help=word("opt-weights"))

    def own(key: str) -> str:
        return say(getattr(score, "lang", "en"), f"among.{key}")

    teams, workers = _whole(1, _MOST_RUNS, word), _whole(1, 1024, word)
    score.add_argument("--among", type=teams, metavar="N", help=own("opt-among"))
    score.add_argument(
        "--profile", default=_TEAMS, metavar="NAME|FILE,...", help=own("opt-profile")
    )
    score.add_argument("--workers", type=workers, metavar="N", help=own("opt-workers"))
    _json(score, word)


def _export(export: argparse.ArgumentParser, word: _Word) -> None:
    export.add_argument("file", metavar="FILE.drill|PACK", help=word("arg-export"))
    export.add_argument("--to", required=True, metavar="DIR", help=word("opt-to"))
    export.add_argument("--evaluator", default="", metavar="NAME", help=word("opt-evaluator"))
    export.add_argument("--formats", metavar="LIST", help=word("opt-formats"))
    export.add_argument("--plan", metavar="FILE", help=word("opt-export-plan"))
    _map(export, word)
    export.add_argument("--short", action="store_true", help=word("opt-export-short"))
    export.add_argument("--last", metavar="FILE.drill", help=word("opt-last"))
    export.add_argument("--force", action="store_true", help=word("opt-force"))


def _replay(replay: argparse.ArgumentParser, word: _Word) -> None:
    from drillkit.core.clocks import time_of

    def time(text: str) -> int:
        try:
            return time_of(text)
        except ValueError:
            raise argparse.ArgumentTypeError(word("no-time", value=text)) from None

    _drill(replay, word)
    replay.add_argument(
        "--as", dest="seat", default="facilitator", metavar="ROLE", help=word("opt-as")
    )
    replay.add_argument(
        "--from", dest="start", type=time, default=0, metavar="TIME", help=word("opt-from")
    )
    speed = _between(*_SPEEDS, word)
    replay.add_argument("--speed", type=speed, metavar="X", help=word("opt-speed"))


def _rescore(rescore: argparse.ArgumentParser, word: _Word) -> None:
    _drill(rescore, word)
    rescore.add_argument("--weights", required=True, metavar="ID|FILE", help=word("opt-weights"))
    rescore.add_argument("--to", metavar="DIR", help=word("opt-to"))
    _json(rescore, word)


def _trend(trend: argparse.ArgumentParser, word: _Word) -> None:
    trend.add_argument("file", nargs="+", metavar="FILE.drill", help=word("arg-drill"))
    trend.add_argument("--screen", action="store_true", help=word("opt-screen"))
    trend.add_argument("--lessons", metavar="FOLDER", help=word("opt-lessons"))
    trend.add_argument("--on", metavar="DATE", help=word("opt-trend-on"))
    trend.add_argument("--to", metavar="DIR", help=word("opt-to"))
    trend.add_argument("--force", action="store_true", help=word("opt-force"))
    _json(trend, word)


def _import(imports: argparse.ArgumentParser, word: _Word) -> None:
    imports.add_argument("workbook", metavar="WORKBOOK", help=word("arg-workbook"))
    imports.add_argument("--into", metavar="FILE.drill", help=word("opt-into"))
    imports.add_argument("--as", dest="name", metavar="NAME", help=word("opt-rater"))
    imports.add_argument("--yes", action="store_true", help=word("opt-yes"))
    imports.add_argument("--hand-in", action="store_true", help=word("opt-hand-in"))


def _rehearse(rehearse: argparse.ArgumentParser, word: _Word) -> None:
    def own(key: str) -> str:
        return say(getattr(rehearse, "lang", "en"), f"rehearse.{key}")

    rehearse.add_argument("pack", metavar="PACK", help=word("arg-pack"))
    runs = _whole(1, _MOST_RUNS, word)
    rehearse.add_argument("--runs", type=runs, default=200, metavar="N", help=own("opt-runs"))
    rehearse.add_argument("--seed", type=int, default=1, metavar="N", help=word("opt-seed"))
    rehearse.add_argument(
        "--profile", default=_TEAMS, metavar="NAME|FILE,...", help=own("opt-profile")
    )
    _plan(rehearse, word)
    _short(rehearse, word)
    workers = _whole(1, 1024, word)
    who = rehearse.add_mutually_exclusive_group()
    who.add_argument("--workers", type=workers, metavar="N", help=own("opt-workers"))
    at = say(getattr(rehearse, "lang", "en"), "cluster.opt-cluster")
    who.add_argument("--cluster", metavar="ADDRESS", help=at)
    _compare(rehearse)
    rehearse.add_argument("--to", metavar="DIR", help=word("opt-to"))
    rehearse.add_argument("--force", action="store_true", help=word("opt-force"))
    _json(rehearse, word)


def _compare(rehearse: argparse.ArgumentParser) -> None:
    def own(key: str) -> str:
        return say(getattr(rehearse, "lang", "en"), f"compare.{key}")

    rehearse.add_argument("--against", metavar="FILE", help=own("opt-against"))
    tried = own("opt-set")
    rehearse.add_argument(
        "--set", dest="settings", action="append", default=[], metavar="PATH=VALUE", help=tried
    )
    rehearse.add_argument("--compare", action="store_true", help=own("opt-compare"))
    rehearse.add_argument("--sweep", metavar="PATH=VALUES", help=own("opt-sweep"))


def _plan(parser: argparse.ArgumentParser, word: _Word) -> None:
    parser.add_argument("--plan", metavar="FILE", help=word("opt-plan"))
    _map(parser, word)


def _map(parser: argparse.ArgumentParser, word: _Word) -> None:
    parts = word("opt-map")
    parser.add_argument("--map", action="append", default=[], metavar="PART=ROLE", help=parts)


def _drill(parser: argparse.ArgumentParser, word: _Word) -> None:
    parser.add_argument("file", metavar="FILE.drill", help=word("arg-drill"))


def _playing(parser: argparse.ArgumentParser, word: _Word) -> None:
    parser.add_argument("--headless", action="store_true", help=word("opt-host-headless"))
    speed = _between(*_SPEEDS, word)
    parser.add_argument("--bind", default="127.0.0.1", metavar="A", help=word("opt-bind"))
    parser.add_argument("--port", type=_port, metavar="N", help=word("opt-port"))
    parser.add_argument("--keys", metavar="FOLDER", help=word("opt-keys"))
    parser.add_argument("--speed", type=speed, metavar="X", help=word("opt-speed"))
    parser.add_argument("--stand-ins", metavar="all|none|ROLE,...", help=word("opt-stand-ins"))
    _skill(parser, word)


def _short(parser: argparse.ArgumentParser, word: _Word) -> None:
    parser.add_argument("--short", action="store_true", help=word("opt-short"))


def _skill(parser: argparse.ArgumentParser, word: _Word) -> None:
    share = _between(0, 1, word)
    parser.add_argument("--skill", type=share, default=0.7, metavar="0..1", help=word("opt-skill"))


def _between(low: float, high: float, word: _Word) -> Callable[[str], float]:
    """A number within these bounds, or a sentence that names them."""

    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if low <= value <= high:
            return value
        raise argparse.ArgumentTypeError(word("between", value=text, low=low, high=high))

    return number


def _whole(low: int, high: int, word: _Word) -> Callable[[str], int]:
    """A whole number within these bounds, or a sentence that names them."""

    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and low <= int(text) <= high:
            return int(text)
        raise argparse.ArgumentTypeError(word("between-whole", value=text, low=low, high=high))

    return number


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 65535:
        raise ValueError(text)
    return value


def _lessons(lessons: argparse.ArgumentParser, word: _Word) -> None:
    from drillkit.cli.lesson_options import fill

    lessons.add_argument("--lessons", metavar="FOLDER", help=word("opt-lessons"))
    fill(lessons, word)


_COMMANDS: dict[str, tuple[str, _Fill]] = {
    "demo": ("demo:demo", _demo),
    "scenarios": ("library:scenarios", _scenarios),
    "check": ("check:check", _check),
    "preview": ("preview:preview", _preview),
    "new": ("new:new", _new),
    "host": ("play:host", _host),
    "join": ("join:join", _join),
    "resume": ("play:resume", _resume),
    "sessions": ("drills:sessions", _json),
    "score": ("drills:score", _score),
    "export": ("drills:export", _export),
    "import": ("imports:imports", _import),
    "verify": ("drills:verify", _drill),
    "rehearse": ("rehearse:rehearse", _rehearse),
    "lessons": ("lessons:screen", _lessons),
    "replay": ("replay:replay", _replay),
    "rescore": ("rescore:rescore", _rescore),
    "trend": ("trend:trend", _trend),
}
"""Each command: what runs it, and what fills in its options."""
