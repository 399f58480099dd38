"""Options that several commands have; imports nothing heavy, as the parser."""

import argparse
from collections.abc import Callable

Word = Callable[..., str]
"""Says a sentence of area cli in the reader's language."""

TEAMS = "practised,average,untrained"
MOST_RUNS = 1_000_000
SPEEDS = 0.1, 3600.0
"""As the director has them; asking it would load all that `--help` does without."""


def json(listing: argparse.ArgumentParser, word: Word) -> None:
    """The result for machines."""
    listing.add_argument("--json", action="store_true", help=word("opt-json"))


def plan(parser: argparse.ArgumentParser, word: Word) -> None:
    """Another plan than the pack has, and who of it takes what part."""
    parser.add_argument("--plan", metavar="FILE", help=word("opt-plan"))
    parts(parser, word)


def parts(parser: argparse.ArgumentParser, word: Word) -> None:
    """Who of another plan takes what part."""
    about = word("opt-map")
    parser.add_argument("--map", action="append", default=[], metavar="PART=ROLE", help=about)


def drill(parser: argparse.ArgumentParser, word: Word) -> None:
    """The journal of a drill."""
    parser.add_argument("file", metavar="FILE.drill", help=word("arg-drill"))


def playing(parser: argparse.ArgumentParser, word: Word) -> None:
    """How a drill is run: where people join, how fast it goes, who is simulated."""
    parser.add_argument("--headless", action="store_true", help=word("opt-host-headless"))
    speed = between(*SPEEDS, word)
    parser.add_argument("--bind", default="127.0.0.1", metavar="A", help=word("opt-bind"))
    parser.add_argument("--port", type=port, metavar="N", help=word("opt-port"))
    parser.add_argument("--keys", metavar="FOLDER", help=word("opt-keys"))
    parser.add_argument("--speed", type=speed, metavar="X", help=word("opt-speed"))
    parser.add_argument("--stand-ins", metavar="all|none|ROLE,...", help=word("opt-stand-ins"))
    skill(parser, word)


def short(parser: argparse.ArgumentParser, word: Word) -> None:
    """The short form of the drill."""
    parser.add_argument("--short", action="store_true", help=word("opt-short"))


def skill(parser: argparse.ArgumentParser, word: Word) -> None:
    """How able the simulated people are."""
    share = between(0, 1, word)
    parser.add_argument("--skill", type=share, default=0.7, metavar="0..1", help=word("opt-skill"))


def between(low: float, high: float, word: Word) -> Callable[[str], float]:
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


def whole(low: int, high: int, word: Word) -> Callable[[str], int]:
    """A whole number within these bounds, or a sentence that names them."""

    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and low <= int(text) <= high:
            return int(text)
        raise argparse.ArgumentTypeError(word("between-whole", value=text, low=low, high=high))

    return number


def port(text: str) -> int:
    """A TCP port. Raises ValueError for what is none; 0 lets the system choose."""
    value = int(text)
    if not 0 <= value <= 65535:
        raise ValueError(text)
    return value
