"""The lines of an evaluation guide that came back: each found by its hidden id, or refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from drillkit.exchange.cells import shown
from drillkit.exchange.problem import Flawed, Place
from drillkit.exchange.reading import Basket, Reading
from drillkit.exchange.taking import Taker
from drillkit.exchange.workbook import Sheet
from drillkit.model.text import Line
from drillkit.report.drill import Drill
from drillkit.report.xlsx_duties import duties_title, duty_lines
from drillkit.report.xlsx_guide import sheet_title
from drillkit.report.xlsx_layout import (
    DUTY,
    DUTY_PLACE,
    FIRST,
    IMPROVEMENTS,
    PASSPORT,
    RATER,
    STRENGTHS,
    columns_of,
    placed,
)
from drillkit.report.xlsx_tasks import pages

_NUMBER: Final = DUTY_PLACE["number"]
"""Where a line's number stands, on every sheet."""
_Row = tuple[Sheet, int]


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a line stood when the guide was written, and its number there."""

    number: str
    place: Place


class Lines:
    """The lines of one guide, each judged by itself."""

    def __init__(self, sheets: tuple[Sheet, ...], drill: Drill, rater: Line, version: int) -> None:
        self._sheets = [sheet for sheet in sheets if sheet.name != PASSPORT]
        columns = columns_of(version)
        place = placed(columns)
        self._duties_title = duties_title(drill.lang)
        self._fields = tuple(place[column.name] for column in columns if column.is_open)
        self._entries = place["entries"]
        self._homes = dict(_homes(drill, has_duties=version > 1))
        self._order = {id: number for number, id in enumerate(self._homes)}
        self._basket = Basket(drill, rater)
        self._taker = Taker(self._basket, drill, rater, place)

    def read(self) -> Reading:
        found = self._found()
        for id, rows in found.items():
            if row := self._single(id, rows):
                self._taker.take(id, *row)
        for id, home in self._homes.items():
            if id not in found:
                self._basket.remark("gone", home.place, number=home.number)
        return self._basket.reading()

    def _found(self) -> dict[str, list[_Row]]:
        """The lines of each id; on the way, what is said of whole capabilities is taken."""
        found: dict[str, list[_Row]] = {}
        for sheet in self._sheets:
            places: list[int] = []
            is_moved = False
            for row in sheet.rows():
                try:
                    id = self._id(sheet, row)
                except Flawed as flaw:
                    self._basket.refuse(flaw)
                    continue
                if not id:
                    continue
                places.append(self._order[id])
                if places[-1] < max(places) and not is_moved:
                    is_moved = True
                    self._basket.remark("moved", sheet.place(row, _NUMBER))
                found.setdefault(id, []).append((sheet, row))
        return found

    def _id(self, sheet: Sheet, row: int) -> str:
        """Whose line it is, "" where it is neither a task's nor a role's; raises Flawed if torn."""
        id = sheet.cells.get((row, 0))
        if id in (STRENGTHS, IMPROVEMENTS):
            self._taker.overall(sheet, row, str(id))
        if id == RATER or id in (STRENGTHS, IMPROVEMENTS):
            return ""
        if id is None:
            is_of_duties = sheet.name == self._duties_title
            self._taker.must_be_no_orphan(sheet, row, is_of_duties=is_of_duties)
            return ""
        place = sheet.place(row, _NUMBER)
        if not isinstance(id, str) or (row, 0) in sheet.formulas or id not in self._homes:
            raise Flawed("unknown-line", place)
        if not _is_number(sheet.cells.get((row, _NUMBER)), self._homes[id].number):
            raise Flawed("torn", place, number=self._homes[id].number)
        return id

    def _single(self, id: str, rows: list[_Row]) -> _Row | None:
        """The one line that counts of those that stand for one task or one role."""
        columns = (DUTY_PLACE["duty"],) if id.startswith(DUTY) else self._fields
        contents = [
            {column: sheet.cells[row, column] for column in columns if (row, column) in sheet.cells}
            for sheet, row in rows
        ]
        # The entries of the evidence were there before anybody wrote anything.
        filled = [n for n, content in enumerate(contents) if set(content) - {self._entries}]
        is_one = all(contents[n] == contents[filled[0]] for n in filled)
        kept = filled[0] if filled else 0
        for n, (sheet, row) in enumerate(rows):
            where = sheet.place(row, _NUMBER)
            if not is_one:
                self._basket.refuse(Flawed("twice", where))
            elif n != kept:
                self._basket.remark("twice-same", where)
        return rows[kept] if is_one else None


def _homes(drill: Drill, *, has_duties: bool) -> Iterator[tuple[str, _Home]]:
    """Each line that the guide of this drill has, by its hidden id."""
    listed = pages(drill)
    for number, page in enumerate(listed, 1):
        for row, line in enumerate(page.lines, FIRST):
            yield line.task, _Home(line.number, Place(sheet_title(page, number), row, _NUMBER))
    if has_duties:
        title = duties_title(drill.lang)
        for row, line in enumerate(duty_lines(drill, len(listed) + 1), FIRST):
            yield DUTY + line.role, _Home(line.number, Place(title, row, _NUMBER))


def _is_number(value: object, number: str) -> bool:
    """Whether a cell holds this number of a line; some programs turn 1.10 into the number 1.1."""
    return value == float(number) if isinstance(value, float) else shown(value) == number
