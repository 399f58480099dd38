"""The commands of `drillkit lessons` and their options; imports nothing heavy, as the parser."""

import argparse
from collections.abc import Callable

from drillkit.words import say

_Word = Callable[..., str]


def fill(lessons: argparse.ArgumentParser, word: _Word) -> None:
    """Put the commands in. `word` says the sentences of area cli."""
    lang: str = getattr(lessons, "lang", "en")

    def own(key: str) -> str:
        return say(lang, f"register.{key}")

    lessons.add_argument("--on", metavar="DATE", help=own("opt-on"))
    commands = lessons.add_subparsers(metavar=word("command"), title=own("commands"))
    for name, options in _COMMANDS.items():
        about = own(f"about-{name}")
        sub = commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=word("example", line=own(f"{name}-example")),
            formatter_class=lessons.formatter_class,
        )
        sub.set_defaults(run=_RUN.get(name, f"lessons:{name}"))
        # Not to undo what stands before the command's name.
        unsaid = argparse.SUPPRESS
        sub.add_argument("--lang", choices=("en", "zh"), default=unsaid, help=word("opt-lang"))
        sub.add_argument("--lessons", metavar="FOLDER", default=unsaid, help=own("opt-folder"))
        sub.add_argument("--on", metavar="DATE", default=unsaid, help=own("opt-on"))
        options(sub, own)


def _list(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("--open", action="store_true", help=own("opt-open"))
    parser.add_argument("--json", action="store_true", help=own("opt-json"))


def _show(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("id", metavar="ID", help=own("arg-id"))


def _ids(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help=own("arg-ids"))
    _by(parser, own)


def _by(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("--by", metavar="NAME", help=own("opt-by"))


def _why(parser: argparse.ArgumentParser, own: _Word) -> None:
    _ids(parser, own)
    parser.add_argument("--why", default="", metavar="TEXT", help=own("opt-why"))


def _needs_why(parser: argparse.ArgumentParser, own: _Word) -> None:
    _ids(parser, own)
    parser.add_argument("--why", required=True, metavar="TEXT", help=own("opt-why"))


def _assign(parser: argparse.ArgumentParser, own: _Word) -> None:
    _ids(parser, own)
    parser.add_argument("--owner", default="", metavar="ROLE", help=own("opt-owner"))
    parser.add_argument("--due", default="", metavar="DATE", help=own("opt-due"))


def _collect(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("file", metavar="FILE.drill", help=own("arg-drill"))
    _by(parser, own)


def _verify(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("file", metavar="FILE.drill", help=own("arg-drill"))
    parser.add_argument("ids", nargs="*", metavar="ID", help=own("arg-ids"))
    parser.add_argument("--yes", action="store_true", help=own("opt-verify-yes"))
    _by(parser, own)


def _export(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("--to", required=True, metavar="FILE", help=own("opt-to"))
    parser.add_argument("--open", action="store_true", help=own("opt-open"))
    parser.add_argument("--force", action="store_true", help=own("opt-force"))


def _revise(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("--plan", required=True, metavar="FILE", help=own("opt-plan"))
    parser.add_argument("--from", dest="drill", metavar="FILE.drill", help=own("opt-from"))
    parser.add_argument("--to", metavar="FILE", help=own("opt-revised"))
    parser.add_argument("--accept", nargs="+", metavar="CHANGE", help=own("opt-accept"))
    parser.add_argument("--yes", action="store_true", help=own("opt-revise-yes"))
    parser.add_argument("--force", action="store_true", help=own("opt-force"))
    parser.add_argument("--implement", action="store_true", help=own("opt-implement"))
    _by(parser, own)


def _rehearse(parser: argparse.ArgumentParser, own: _Word) -> None:
    parser.add_argument("--pack", required=True, metavar="PACK", help=own("opt-pack"))
    parser.add_argument("--plan", required=True, metavar="FILE", help=own("opt-old"))
    parser.add_argument("--against", required=True, metavar="FILE", help=own("opt-against"))
    parser.add_argument("--profile", default="average", metavar="NAME|FILE", help=own("opt-team"))
    lang: str = getattr(parser, "lang", "en")
    runs, workers = _whole(1, _MOST_RUNS, lang), _whole(1, 1024, lang)
    told = {name: say(lang, f"rehearse.opt-{name}") for name in ("runs", "workers")}
    parser.add_argument("--runs", type=runs, default=200, metavar="N", help=told["runs"])
    parser.add_argument("--workers", type=workers, metavar="N", help=told["workers"])
    seed = say(lang, "cli.opt-seed")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=seed)


_MOST_RUNS = 1_000_000


def _whole(low: int, high: int, lang: str) -> Callable[[str], int]:
    """A whole number within these bounds, or a sentence that names them."""

    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and low <= int(text) <= high:
            return int(text)
        told = say(lang, "cli.between-whole", value=text, low=low, high=high)
        raise argparse.ArgumentTypeError(told)

    return number


_COMMANDS: dict[str, Callable[[argparse.ArgumentParser, _Word], None]] = {
    "list": _list,
    "show": _show,
    "collect": _collect,
    "agree": _why,
    "assign": _assign,
    "implement": _needs_why,
    "verify": _verify,
    "reject": _needs_why,
    "export": _export,
    "revise": _revise,
    "rehearse": _rehearse,
}
_RUN = {"list": "lessons:show_all", "revise": "revision:revise", "rehearse": "gains:rehearse"}
"""What runs a command where it is not the function of its name."""
