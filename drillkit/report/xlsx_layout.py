"""Where everything stands in an evaluation guide: what its writer and its reader agree on."""

from collections.abc import Mapping
from typing import Final, NamedTuple

FORMAT: Final = "drillkit evaluation guide"
VERSION: Final = 2
READ_FROM: Final = 1
"""The oldest version that is still read: it has neither flags nor duties."""
PASSPORT: Final = "drillkit"
"""The hidden sheet: a line each for the format, its version, the drill and the language."""
PASSPORT_KEYS: Final = ("format", "version", "session", "seq", "seal", "lang")
RATER: Final = "+rater"
STRENGTHS: Final = "+strengths"
IMPROVEMENTS: Final = "+improvements"
DUTY: Final = "+duty "
"""Stand in the hidden column where a line is no task's; an id never begins with a plus.

Behind the last one stands the id of a role.
"""
FREE: Final = 3
"""The column that holds what is written on such a line."""
FIRST: Final = 7
"""The row of the first task, or the first role, on each sheet, counted from 0."""
FLAGS: Final = ("harmed", "unsafe", "noncompliant")
"""What makes a rating grave: a column each, for a mark."""


class Column(NamedTuple):
    """A column of the guide; `is_open` where evaluators write."""

    name: str
    width: int
    is_open: bool = False


COLUMNS: Final = (
    Column("id", 4),
    Column("number", 5),
    Column("task", 22),
    Column("expected", 24),
    Column("trigger", 14),
    Column("found", 14),
    Column("notes", 16),
    Column("observed", 24, is_open=True),
    Column("rating", 9, is_open=True),
    *(Column(flag, 8, is_open=True) for flag in FLAGS),
    Column("reason", 18, is_open=True),
    Column("entries", 8, is_open=True),
)
DUTY_COLUMNS: Final = (
    Column("id", 4),
    Column("number", 5),
    Column("role", 24),
    Column("duties", 70),
    Column("presence", 24),
    Column("duty", 24, is_open=True),
)


def columns_of(version: int) -> tuple[Column, ...]:
    """The columns of a capability's sheet, as this version has them."""
    return COLUMNS if version > 1 else tuple(one for one in COLUMNS if one.name not in FLAGS)


def placed(columns: tuple[Column, ...]) -> Mapping[str, int]:
    """Name -> place, counted from 0."""
    return {column.name: place for place, column in enumerate(columns)}


PLACE: Final = placed(COLUMNS)
DUTY_PLACE: Final = placed(DUTY_COLUMNS)
