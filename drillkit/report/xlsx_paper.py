"""Sheets of a workbook as both screen and paper need them: fonts, widths, heights, print set-up."""

import io
from collections.abc import Callable, Sequence
from math import ceil

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from drillkit.model.text import clean
from drillkit.report.drill import Drill
from drillkit.report.table import Cell

LINE = 15.0
"""The height of a line, in points."""
WIDE = 46
"""The most characters that a column is wide."""
_NARROW, _TALL = 7, 409.0
"""The least that one is wide, and the most points that a row is high."""
_MOST_NAME, _MOST_FOOT = 31, 60
_A4 = 9
_FACE = {"en": "Arial", "zh": "Microsoft YaHei"}
_NO_NAME = {ord(sign): " " for sign in "[]:*?/\\'"}
"""What no name of a sheet may hold."""


class Paper:
    """A workbook in the making; `finish` gives its bytes, the same for the same calls."""

    def __init__(self, drill: Drill, title: str, standing: str) -> None:
        """`standing` says on every page what the workbook is worth: draft, or final."""
        self.drill = drill
        self._out = io.BytesIO()
        self._book = Workbook(
            self._out,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._book.set_properties(
            {
                "title": clean(title),
                "author": "drillkit",
                "created": drill.began.replace(tzinfo=None),
            }
        )
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        left, right = (_footer(text) for text in (standing, title))
        self._foot = f"&L{left}&C&P / &N&R{right}"

    def finish(self) -> bytes:
        """Close the workbook; its bytes."""
        self._book.close()
        return self._out.getvalue()

    def sheet(self, title: str) -> Worksheet:
        """A new sheet, set up for A4 across; a title too long for one is cut."""
        sheet = self._book.add_worksheet(sheet_name(title))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(self._foot)
        return sheet

    def table(
        self,
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        style: Callable[[int, int], dict[str, object]] | None = None,
        widest: Sequence[int] = (),
    ) -> Worksheet:
        """A sheet that is one list, with filters.

        `style` gives the looks of (row, column); `widest` bounds the width of each column.
        """
        sheet = self.sheet(title)
        widths = [
            min(most, max(_NARROW, _head_width(head), *(_width(row[column]) for row in rows)) + 2)
            for column, (head, most) in enumerate(
                zip(heads, widest or [WIDE] * len(heads), strict=True)
            )
        ]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self.head(sheet, 0, heads)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                looks = style(row, column) if style else {}
                self.put(sheet, row + 1, column, cell, **looks)
            self.heighten(sheet, row + 1, cells, widths)
        return sheet

    def head(self, sheet: Worksheet, row: int, heads: Sequence[str], first: int = 0) -> None:
        """The line of titles above a list, from column `first` on."""
        for column, title in enumerate(heads, first):
            self.put(sheet, row, column, title, bold=True, bg_color="#E3E8EE", bottom=1)
        sheet.set_row(row, 2 * LINE + 4)

    def heighten(
        self,
        sheet: Worksheet,
        row: int,
        cells: Sequence[Cell],
        widths: Sequence[int],
        least: float = 0.0,
    ) -> None:
        """Make the row as high as its wrapped cells need, and `least` points at the least."""
        lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
        sheet.set_row(row, min(_TALL, max(least, lines * LINE + 2)))

    def put(self, sheet: Worksheet, row: int, column: int, cell: Cell, **style: object) -> None:
        """One cell: a number as a number, a text as nothing but text."""
        looks = self.looks(**style)
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, looks)
        elif isinstance(cell, str):
            sheet.write_string(row, column, clean(cell), looks)
        else:
            sheet.write_number(row, column, cell, looks)

    def across(
        self, sheet: Worksheet, row: int, columns: tuple[int, int], cell: Cell, **style: object
    ) -> None:
        """One cell over several columns, the first and the last of which are given."""
        sheet.merge_range(row, columns[0], row, columns[1], "", self.looks(**style))
        self.put(sheet, row, columns[0], cell, **style)

    def looks(self, **style: object) -> Format:
        """The format of this style; each is made once."""
        whole = {
            "font_name": _FACE[self.drill.lang],
            "font_size": 10,
            "valign": "top",
            "text_wrap": True,
            **style,
        }
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(whole)
        return self._formats[key]

    def tint(self, colour: str) -> Format:
        """A format that colours a cell and changes nothing else, for conditions."""
        return self._book.add_format({"bg_color": colour})


def sheet_name(title: str) -> str:
    """The title as far as a sheet may be called that."""
    return clean(title).translate(_NO_NAME).strip()[:_MOST_NAME].strip()


def _footer(text: str) -> str:
    # In a footer an ampersand begins a command, and a digit behind one would be a font size.
    return " " + clean(text)[:_MOST_FOOT].replace("\n", " ").replace("&", "&&")


def _head_width(head: str) -> int:
    """What a title needs on two lines, beside the button of its filter."""
    return max(ceil(cell_len(head) / 2) + 2, *(cell_len(word) for word in head.split()), 1)


def _width(cell: Cell) -> int:
    if isinstance(cell, int | float):
        return 6
    return max(cell_len(line) for line in (cell or "").split("\n"))


def _lines(cell: Cell, width: int) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(max(1, ceil(cell_len(line) * 1.1 / width)) for line in cell.split("\n"))
