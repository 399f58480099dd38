"""Tables on standard output."""

import sys

from rich.console import Console
from rich.table import Table

_WHOLE = 10_000


def show(table: Table) -> None:
    """Print it as wide as the terminal; in a pipe no cell is ever folded."""
    Console(width=None if sys.stdout.isatty() else _WHOLE).print(table)
