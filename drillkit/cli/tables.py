"""Tables on standard output."""

import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

_WHOLE = 10_000
_NARROW = 120


def is_narrow() -> bool:
    """The table goes to a terminal of few columns."""
    return sys.stdout.isatty() and Console().width < _NARROW


def tell(sentence: str) -> None:
    """Print a sentence; a terminal's lines end between words, in a pipe it is one line."""
    if sys.stdout.isatty():
        Console(highlight=False).print(Text(sentence))
    else:
        print(sentence)


def screen() -> Console:
    """Standard output, as wide as the terminal; in a pipe no line is ever folded."""
    return Console(width=None if sys.stdout.isatty() else _WHOLE, highlight=False)


def show(table: Table) -> None:
    """Print it as wide as the terminal; in a pipe no cell is ever folded."""
    Console(width=None if sys.stdout.isatty() else _WHOLE).print(table)
