"""What stands in a cell, as what must stand there; or where it is wrong."""

import unicodedata

from drillkit.exchange.problem import Flawed, Place
from drillkit.exchange.workbook import Sheet
from drillkit.model.text import Line, Prose, TextTooLong, clean


def a_text(sheet: Sheet, row: int, column: int) -> Prose:
    """What somebody wrote in a cell; "" in an empty one. Raises Flawed for anything but text."""
    place, value = sheet.place(row, column), sheet.cells.get((row, column), "")
    if (row, column) in sheet.formulas:
        raise Flawed("formula", place)
    if not isinstance(value, str):
        raise Flawed("no-text", place, value=shown(value))
    return a_prose(value, place)


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
