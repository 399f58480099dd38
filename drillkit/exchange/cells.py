"""What stands in a cell, as what must stand there; or where it is wrong."""

import re
import unicodedata
from typing import Final

from drillkit.exchange.problem import Flawed, Place
from drillkit.exchange.workbook import Sheet
from drillkit.model.text import Line, Prose, TextTooLong, clean

MARKS: Final = frozenset("\u2713\u2714\u2611\u221ax\u00d7")
"""What people put where a mark belongs: ticks, roots that look like one, crosses."""
_LOOKS: Final = ("\ufe0e", "\ufe0f")
"""Stand behind a sign to say whether it is drawn in colour."""
_APART: Final = re.compile(r"[\s,;\u3001\uff0c\uff1b]+")
_WIDEST_NUMBER: Final = 9


def a_text(sheet: Sheet, row: int, column: int) -> Prose:
    """What somebody wrote in a cell; "" in an empty one. Raises Flawed for anything but text."""
    place, value = sheet.place(row, column), sheet.cells.get((row, column), "")
    if (row, column) in sheet.formulas:
        raise Flawed("formula", place)
    if not isinstance(value, str):
        raise Flawed("no-text", place, value=shown(value))
    return a_prose(value, place)


def a_mark(sheet: Sheet, row: int, column: int, mark: str) -> bool:
    """Whether a cell is marked; raises Flawed, with the `mark` to choose, for anything else.

    Programs that draw a box to tick keep true or false in it.
    """
    place, value = sheet.place(row, column), sheet.cells.get((row, column), "")
    if (row, column) in sheet.formulas:
        raise Flawed("formula", place)
    if isinstance(value, bool):
        return value
    word = fold(value)
    for look in _LOOKS:
        word = word.removesuffix(look)
    if word and word not in MARKS:
        raise Flawed("no-mark", place, value=shown(value), mark=mark)
    return bool(word)


def entry_numbers(sheet: Sheet, row: int, column: int, last: int) -> tuple[int, ...]:
    """Entries up to the `last`, written as "12, 15" or as one number; raises Flawed."""
    place, value = sheet.place(row, column), sheet.cells.get((row, column), "")
    if (row, column) in sheet.formulas:
        raise Flawed("formula", place)
    number = whole(value)
    written = value if number is None else str(number)
    if not isinstance(written, str):
        raise Flawed("no-entries", place, value=shown(value))
    parts = [part for part in _APART.split(unicodedata.normalize("NFKC", written)) if part]
    if not all(part.isdecimal() and len(part) <= _WIDEST_NUMBER for part in parts):
        raise Flawed("no-entries", place, value=shown(value))
    entries = tuple(int(part) for part in parts)
    for entry in entries:
        if entry > last:
            raise Flawed("unknown-entry", place, entry=entry)
    return entries


def a_line(text: str, place: Place) -> Line:
    """The text as a Line; raises Flawed where it is too long."""
    try:
        return Line(text)
    except TextTooLong as flaw:
        raise Flawed("too-long", place, n=flaw.length, limit=flaw.limit) from None


def a_prose(text: str, place: Place) -> Prose:
    """The text as Prose; raises Flawed where it is too long."""
    try:
        return Prose(text)
    except TextTooLong as flaw:
        raise Flawed("too-long", place, n=flaw.length, limit=flaw.limit) from None


def whole(value: object) -> int | None:
    """The whole number that the value is; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value == value // 1 else None


def shown(value: object) -> str:
    """The value as a sentence on a terminal can name it; "" for an empty cell."""
    number = whole(value)
    if number is not None:
        return str(number)
    return "" if value is None else " ".join(clean(str(value)).split())[: Line.LIMIT]


def fold(value: object) -> str:
    """As a rating is compared: without case, and with full-width letters as narrow ones."""
    return unicodedata.normalize("NFKC", shown(value)).strip().casefold()
