"""Reads an .xlsx that came from anywhere: the values of its cells, and which are formulas.

python-calamine reads the values. It neither tells formulas nor minds a sheet whose one cell lies at
the far corner, which it would make room for; so both are looked up in the archive first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from drillkit.exchange.problem import Place

Value = str | float | int | bool | date | time | timedelta
Cell = tuple[int, int]
"""Row and column, counted from 0."""

_MOST_BYTES = 64 * 1024 * 1024
_MOST_ROWS, _MOST_COLUMNS = 5_000, 200
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_FAULTS = (BadZipFile, CalamineError, ParseError, KeyError, ValueError, NotImplementedError)
"""What a damaged, locked or foreign file leads to in the three that read it. Entities that grow
without bounds are a ParseError too: expat stops them."""


class Unreadable(Exception):
    """The file is no workbook that can be read; `key` and `values` name the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = f"import.{key}"
        self.values = values


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; cells without a value are left out."""

    name: str
    cells: Mapping[Cell, Value]
    formulas: frozenset[Cell]

    def rows(self) -> list[int]:
        """The rows that hold anything, in order."""
        return sorted({row for row, _ in (*self.cells, *self.formulas)})

    def place(self, row: int, column: int) -> Place:
        return Place(self.name, row, column)


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """The sheets in their order, hidden ones too.

    Raises Unreadable, and OSError for a file that cannot be opened.
    """
    with path.open("rb") as file:
        try:
            formulas = _formulas(file, path)
            file.seek(0)
            with CalamineWorkbook.from_filelike(file) as book:
                return tuple(
                    Sheet(name, _values(book, name), formulas[name]) for name in book.sheet_names
                )
        except _FAULTS as fault:
            raise Unreadable("no-workbook", path=path) from fault


def _values(book: CalamineWorkbook, name: str) -> dict[Cell, Value]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return {
        (row, column): value
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != ""
    }


def _formulas(file: IO[bytes], path: Path) -> dict[str, frozenset[Cell]]:
    """The cells of each sheet that hold a formula."""
    with ZipFile(file) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
            raise Unreadable("too-large", path=path)
        found: dict[str, frozenset[Cell]] = {}
        for name, member in _members(archive):
            with archive.open(member) as sheet:
                found[name] = frozenset(_checked(sheet, path))
        return found


def _members(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name, and where in the archive it lies."""
    with archive.open(_LINKS) as links:
        targets = {
            link.attrib["Id"]: link.attrib["Target"] for link in _elements(links, "Relationship")
        }
    with archive.open(_BOOK) as book:
        for sheet in _elements(book, "sheet"):
            id = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
            target = targets[id]
            yield (
                sheet.attrib["name"],
                target.lstrip("/") if target.startswith("/") else f"xl/{target}",
            )


def _checked(sheet: IO[bytes], path: Path) -> Iterator[Cell]:
    """The cells with a formula; raises Unreadable where any cell lies beyond all reason."""
    row, column = -1, -1
    for event, element in iterparse(sheet, ("start", "end")):  # noqa: S314 - see _FAULTS
        name, is_end = _local(element), event == "end"
        if name == "row" and not is_end:
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif name == "c" and not is_end:
            # A cell or a row without a reference follows the one before it.
            row, column = _cell(element.get("r"), (row, column + 1))
            if row >= _MOST_ROWS or column >= _MOST_COLUMNS:
                raise Unreadable("too-large", path=path)
        elif name == "f" and is_end:
            yield row, column
        elif name == "row":
            element.clear()


def _cell(reference: str | None, otherwise: Cell) -> Cell:
    if reference is None:
        return otherwise
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1


def _elements(file: IO[bytes], name: str) -> Iterator[Element]:
    return (element for _, element in iterparse(file) if _local(element) == name)  # noqa: S314


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
