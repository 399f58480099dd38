"""The options of the commands on packs; imports nothing heavy, as the parser."""

import argparse

from drillkit.cli import options
from drillkit.words import say


def scenarios(parser: argparse.ArgumentParser, word: options.Word) -> None:
    """Those of `drillkit scenarios`."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help=word("arg-words"))
    parser.add_argument("--family", metavar="FAMILY", help=word("opt-family"))
    parser.add_argument(
        "--in",
        dest="folders",
        action="append",
        default=[],
        metavar="DIR|FILE.zip",
        help=word("opt-in"),
    )
    options.json(parser, word)


def check(parser: argparse.ArgumentParser, word: options.Word) -> None:
    """Those of `drillkit check`."""
    parser.add_argument("path", nargs="+", metavar="PATH", help=word("arg-check"))
    options.plan(parser, word)
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help=word("opt-format")
    )
    parser.add_argument("--strict", action="store_true", help=word("opt-strict"))
    parser.add_argument("--fix", action="store_true", help=word("opt-fix"))
    parser.add_argument("--watch", action="store_true", help=word("opt-watch"))
    parser.add_argument("--short", action="store_true", help=word("opt-check-short"))


def preview(parser: argparse.ArgumentParser, word: options.Word) -> None:
    """Those of `drillkit preview`."""
    parser.add_argument("pack", metavar="PACK", help=word("arg-pack"))
    parser.add_argument("--as", dest="seat", metavar="ROLE", help=word("opt-preview-as"))
    options.plan(parser, word)
    options.short(parser, word)


def new(parser: argparse.ArgumentParser, word: options.Word) -> None:
    """Those of `drillkit new`."""

    def own(key: str) -> str:
        return say(getattr(parser, "lang", "en"), f"new.{key}")

    parser.add_argument("dir", nargs="?", metavar="DIR", help=word("arg-new"))
    parser.add_argument("--family", metavar="FAMILY", help=own("opt-family"))
    parser.add_argument("--length", metavar="20m..2h", help=own("opt-length"))
    parser.add_argument("--roles", metavar="LIST", help=own("opt-roles"))
    parser.add_argument("--title", metavar="TEXT", help=own("opt-title"))
    tongues = ("en", "zh", "both")
    parser.add_argument("--lang", dest="written", choices=tongues, help=own("opt-written"))
    parser.add_argument("--include", metavar="PACK", help=word("opt-include"))
    parser.add_argument("--plan", metavar="FILE", help=own("opt-plan"))
    parser.add_argument("--name", metavar="TEXT", help=own("opt-name"))
    parser.add_argument("--stores", metavar="LIST", help=own("opt-stores"))


def rehearse(parser: argparse.ArgumentParser, word: options.Word) -> None:
    """Those of `drillkit rehearse`."""

    def own(key: str) -> str:
        return say(getattr(parser, "lang", "en"), f"rehearse.{key}")

    parser.add_argument("pack", metavar="PACK", help=word("arg-pack"))
    runs = options.whole(1, options.MOST_RUNS, word)
    parser.add_argument("--runs", type=runs, default=200, metavar="N", help=own("opt-runs"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=word("opt-seed"))
    parser.add_argument(
        "--profile", default=options.TEAMS, metavar="NAME|FILE,...", help=own("opt-profile")
    )
    options.plan(parser, word)
    options.short(parser, word)
    workers = options.whole(1, 1024, word)
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--workers", type=workers, metavar="N", help=own("opt-workers"))
    at = say(getattr(parser, "lang", "en"), "cluster.opt-cluster")
    who.add_argument("--cluster", metavar="ADDRESS", help=at)
    _compare(parser)
    parser.add_argument("--to", metavar="DIR", help=word("opt-to"))
    parser.add_argument("--force", action="store_true", help=word("opt-force"))
    options.json(parser, word)


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
