"""What the pictures of a rehearsal share: a mark for each team, intervals, labels, legends."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.cells import cell_len, chop_cells

from drillkit.model.text import clean
from drillkit.report.charts.svg import FONT, Sheet, fit, text_width
from drillkit.report.rehearsal.rows import Chance, Rows

WIDTH = 960.0
PITCH = 12.0
"""From one team's line to the next."""
TALL = 1300.0
"""The most that a sheet may be high: as much as a page of paper holds."""

_COLOURS = 5
_CELL = 0.56
_SHAPES = (
    "M{x:.1f} {y:.1f} m-4 0 a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 z",
    "M{x:.1f} {y:.1f} m0 -5 l5 5 l-5 5 l-5 -5 z",
    "M{x:.1f} {y:.1f} m-3.5 -3.5 h7 v7 h-7 z",
    "M{x:.1f} {y:.1f} m0 -5 l5 8.5 h-10 z",
    "M{x:.1f} {y:.1f} m0 5 l5 -8.5 h-10 z",
)
_T = TypeVar("_T")


def colour(team: int) -> str:
    """The class of a team's colour, by its place."""
    return f"t{team % _COLOURS}"


def mark(sheet: Sheet, team: int, x: float, y: float) -> None:
    """The sign of the team at this place: a shape and a colour."""
    shape = _SHAPES[team % len(_SHAPES)].format(x=x, y=y)
    sheet.path(shape, f"mark {colour(team)}")


def interval(sheet: Sheet, team: int, xs: tuple[float, float, float], y: float) -> None:
    """From low to high, with the team's mark in between: `xs` are low, middle, high."""
    low, middle, high = xs
    sheet.line(low, y, high, y, f"span {colour(team)}")
    mark(sheet, team, middle, y)


def chance(sheet: Sheet, team: int, one: Chance, place: tuple[float, float], y: float) -> None:
    """A chance with its interval on a line from 0 to 100 % at `place` (left, width)."""
    left, room = place
    if one.share is None:
        return
    xs = (left + room * one.lo, left + room * one.share, left + room * one.hi)
    interval(sheet, team, xs, y)


def percents(sheet: Sheet, place: tuple[float, float], top: float, bottom: float) -> None:
    """A grid of percentages from `top` to `bottom`, with its numbers above."""
    left, room = place
    for share in (0, 25, 50, 75, 100):
        x = left + room * share / 100
        sheet.line(x, top, x, bottom, "grid")
        sheet.text(x, top - 5, f"{share} %", "small", anchor="middle")


def legend(sheet: Sheet, rows: Rows, y: float) -> float:
    """The teams with their marks on the line at y; where the line ends."""
    x = 6.0
    for place, team in enumerate(rows.teams):
        name = fit(rows.team(team), 220, 11)
        mark(sheet, place, x, y - 4)
        sheet.text(x + 10, y, name, "small")
        x += 10 + text_width(name, 11) + 22
    return x


def label(sheet: Sheet, title: str, under: str, place: tuple[float, float], width: float) -> None:
    """A title on up to two lines with its baseline at `place`, and small words below it."""
    x, y = place
    lines = wrapped(title, width, 2)
    for nth, line in enumerate(lines):
        sheet.text(x, y + nth * 14, line)
    if under:
        sheet.text(x, y + len(lines) * 14 - 1, fit(under, width, 11), "small")


def wrapped(text: str, width: float, most: int, size: float = FONT) -> list[str]:
    """The text on at most so many lines of `width` px, the last cut where more would follow."""
    cells = max(2, int(width / (_CELL * size)))
    lines, line = list[str](), ""
    for piece in _pieces(" ".join(clean(text).split()), cells):
        if line and cell_len((line + piece).rstrip()) > cells:
            lines.append(line)
            line = ""
        line += piece
    lines.append(line)
    if len(lines) > most:
        lines[most - 1 :] = [fit("".join(lines[most - 1 :]), width, size)]
    return [line.rstrip() for line in lines]


def _pieces(text: str, cells: int) -> Iterator[str]:
    """What a line may be broken between: words, and each character that is two cells wide."""
    piece = ""
    for character in text:
        wide = cell_len(character) > 1
        if wide and piece:
            yield from chop_cells(piece, cells)
            piece = ""
        piece += character
        if wide or character == " ":
            yield from chop_cells(piece, cells)
            piece = ""
    yield from chop_cells(piece, cells)


def anchored(sheet: Sheet, name: str, y: float, height: float) -> None:
    """The ground of a row that a sentence elsewhere can point to by its name."""
    sheet.box(0, y, WIDTH, height, "row", round=0).set("id", name)


def pages(things: Sequence[_T], heights: Iterable[float], most: float = TALL) -> Iterator[list[_T]]:
    """The things in order, on as few sheets as none is higher than `most`."""
    page, filled = list[_T](), 0.0
    for thing, height in zip(things, heights, strict=True):
        if page and filled + height > most:
            yield page
            page, filled = list[_T](), 0.0
        page.append(thing)
        filled += height
    if page:
        yield page
