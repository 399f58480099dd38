"""The score sheet as a workbook: a summary, a sheet a dimension, evidence, ratings, lessons."""

import io
from collections.abc import Sequence
from math import ceil

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from drillkit.model.text import clean
from drillkit.report.course import log
from drillkit.report.drill import Drill, grade
from drillkit.report.lessons import lessons
from drillkit.report.pages import basics, cap_text, robustness, said_by_evaluators, status
from drillkit.report.table import COLUMNS, Cell, heads, numbers, rows, sheets
from drillkit.words import say
from scoring.assessment import Score

_NARROW, _WIDE, _LINE, _TALL = 7, 46, 15.0, 409.0
"""Bounds of column widths in characters, and of row heights in points."""
_MOST_NAME = 31
_FACE = {"en": "Arial", "zh": "Microsoft YaHei"}
_GRADES = (
    ("excellent", "#D5EBDD"),
    ("good", "#E4F0D8"),
    ("fair", "#FBEBC8"),
    ("poor", "#F6D5D0"),
)
_SHARES = frozenset({"coverage"})
_POINTS = frozenset({"measured", "judged", "adopted", "lo", "hi"})


def score_xlsx(drill: Drill) -> bytes:
    """The workbook; the same bytes for the same drill."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties(
            {
                "title": clean(drill.say("title")),
                "author": "drillkit",
                "created": drill.began.replace(tzinfo=None),
            }
        )
        _Sheets(book, drill).write()
    return out.getvalue()


class _Sheets:
    """One workbook in the making."""

    def __init__(self, book: Workbook, drill: Drill) -> None:
        self._book = book
        self._drill = drill
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def write(self) -> None:
        self._summary()
        for score in sheets(self._drill):
            self._dimension(score)
        self._evidence()
        self._ratings()
        self._lessons()

    # -- the sheets --------------------------------------------------------------------------------

    def _summary(self) -> None:
        drill = self._drill
        sheet = self._sheet(drill.say("sheet.summary"))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 7, 16)
        sheet.merge_range(0, 0, 0, 7, "", self._format(bold=True, font_size=15))
        sheet.write_string(0, 0, clean(drill.say("title")), self._format(bold=True, font_size=15))
        sheet.set_row(0, 26)
        row = 1
        for label, text in [(drill.say("column.status"), status(drill)), *basics(drill)]:
            self._put(sheet, row, 0, label, bold=True)
            sheet.merge_range(row, 1, row, 7, "", self._format())
            self._put(sheet, row, 1, text)
            row += 1
        row += 1
        names = ("item", "points", "lo", "hi", "coverage", "grade", "bucket", "caps")
        self._head(sheet, row, [drill.say(f"column.{name}") for name in names])
        for score in drill.assessment.scores():
            row += 1
            caps = "\n".join(cap_text(drill, cap) for cap in score.caps)
            bold = score.id == "combined"
            self._put(sheet, row, 0, say(drill.lang, score.measure.words), bold=bold)
            for column, x in enumerate((score.final, score.lo, score.hi), 1):
                shown = None if x is None else round(x, 4)
                self._put(sheet, row, column, shown, num_format="0.0", bold=bold)
            self._put(sheet, row, 4, round(score.coverage, 4), num_format="0%", bold=bold)
            self._put(sheet, row, 5, grade(drill, score), bold=bold)
            self._put(sheet, row, 6, say(drill.lang, score.bucket) if score.bucket else "")
            self._put(sheet, row, 7, caps)
            longest = max(cell_len(line) / 16 for line in (grade(drill, score), caps, " "))
            sheet.set_row(row, min(_TALL, _LINE * max(2, ceil(longest))))
        sheet.set_column(7, 7, 44)
        row += 2
        for key in ("signed-lead", "signed-facilitator", "signed-date"):
            self._put(sheet, row, 0, drill.say(key), bold=True)
            sheet.merge_range(row, 1, row, 3, "", self._format(bottom=1))
            sheet.set_row(row, 26)
            row += 1
        self._put(sheet, row + 1, 0, drill.say("seal"), bold=True)
        self._put(sheet, row + 1, 1, drill.seal, text_wrap=False)
        if line := robustness(drill):
            self._put(sheet, row + 2, 0, line, text_wrap=False)

    def _dimension(self, score: Score) -> None:
        drill = self._drill
        sheet = self._sheet(say(drill.lang, score.measure.words))
        listed = rows(drill, score)
        table = [cells for _, cells in listed]
        widths = self._columns(sheet, heads(drill), table)
        for row, (term, cells) in enumerate(listed, 1):
            for column, (name, cell) in enumerate(zip(COLUMNS, cells, strict=True)):
                style: dict[str, object] = {"bold": not term.is_leaf}
                if name == "item":
                    style["indent"] = term.depth
                if name in _POINTS or name == "weight":
                    style["num_format"] = "0.0" if name in _POINTS else "0.00"
                if name in _SHARES:
                    style["num_format"] = "0%"
                if not term.is_seen:
                    style |= {"font_color": "#6B6B6B", "italic": True}
                self._put(sheet, row, column, cell, **style)
            self._heighten(sheet, row, cells, widths)
        self._colours(sheet, COLUMNS.index("adopted"), len(table))
        foot = len(table) + 2
        for cap in score.caps:
            self._put(sheet, foot, 1, cap_text(drill, cap), text_wrap=False, bold=True)
            foot += 1

    def _evidence(self) -> None:
        drill = self._drill
        names = ("entry", "at", "story", "who", "kind", "text")
        table: list[list[Cell]] = [
            [line.seq, line.at, line.story, line.who, line.kind, self._text(line.text, line.voided)]
            for line in log(drill)
        ]
        self._list(drill.say("sheet.evidence"), names, table)

    def _text(self, text: str, voided: bool) -> str:
        return self._drill.say("voided", text=text) if voided else text

    def _ratings(self) -> None:
        drill = self._drill
        names = ("entry", "at", "who", "kind", "subject", "value", "text", "entries")
        table: list[list[Cell]] = [
            [
                said.seq,
                said.at,
                said.who,
                said.kind,
                said.about,
                said.value,
                said.text,
                numbers(said.entries),
            ]
            for said in said_by_evaluators(drill)
        ]
        self._list(drill.say("sheet.ratings"), names, table)

    def _lessons(self) -> None:
        drill = self._drill
        names = (
            "number",
            "level",
            "finding",
            "seen",
            "cause",
            "action",
            "poete",
            "owner",
            "due",
            "task",
            "clause",
            "entries",
        )
        table: list[list[Cell]] = [
            [
                lesson.finding.id,
                lesson.level,
                lesson.title,
                lesson.seen,
                lesson.cause,
                lesson.action,
                lesson.poete,
                lesson.owner,
                lesson.due,
                lesson.task,
                lesson.clause,
                numbers(lesson.finding.entries),
            ]
            for lesson in lessons(drill)
        ]
        self._list(drill.say("sheet.lessons"), names, table)

    # -- how they are written ----------------------------------------------------------------------

    def _list(self, title: str, names: Sequence[str], table: Sequence[Sequence[Cell]]) -> None:
        sheet = self._sheet(title)
        titles = [self._drill.say(f"column.{name}") for name in names]
        widths = self._columns(sheet, titles, table)
        for row, cells in enumerate(table, 1):
            for column, cell in enumerate(cells):
                self._put(sheet, row, column, cell)
            self._heighten(sheet, row, cells, widths)

    def _sheet(self, title: str) -> Worksheet:
        sheet = self._book.add_worksheet(title[:_MOST_NAME])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C&P / &N")
        return sheet

    def _columns(
        self, sheet: Worksheet, titles: Sequence[str], table: Sequence[Sequence[Cell]]
    ) -> list[int]:
        """Header, widths from the cells, and what a long list needs to be read and printed."""
        widths = [
            min(_WIDE, max(_NARROW, *(_width(row[column]) for row in [titles, *table])) + 2)
            for column in range(len(titles))
        ]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self._head(sheet, 0, titles)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        if table:
            sheet.autofilter(0, 0, len(table), len(titles) - 1)
        return widths

    def _head(self, sheet: Worksheet, row: int, titles: Sequence[str]) -> None:
        for column, title in enumerate(titles):
            self._put(sheet, row, column, title, bold=True, bg_color="#E3E8EE", bottom=1)
        sheet.set_row(row, 2 * _LINE + 4)

    def _heighten(
        self, sheet: Worksheet, row: int, cells: Sequence[Cell], widths: Sequence[int]
    ) -> None:
        lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
        sheet.set_row(row, min(_TALL, lines * _LINE + 2))

    def _put(self, sheet: Worksheet, row: int, column: int, cell: Cell, **style: object) -> None:
        looks = self._format(**style)
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, looks)
        elif isinstance(cell, str):
            sheet.write_string(row, column, clean(cell), looks)
        else:
            sheet.write_number(row, column, cell, looks)

    def _format(self, **style: object) -> Format:
        looks = {
            "font_name": _FACE[self._drill.lang],
            "font_size": 10,
            "valign": "top",
            "text_wrap": True,
            **style,
        }
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(looks)
        return self._formats[key]

    def _colours(self, sheet: Worksheet, column: int, last: int) -> None:
        """Each adopted value in the colour of the grade that it would earn."""
        cutoffs = self._drill.assessment.weights.cutoffs
        floors = {"excellent": cutoffs.excellent, "good": cutoffs.good, "fair": cutoffs.fair}
        for name, colour in _GRADES:
            sheet.conditional_format(
                1,
                column,
                max(1, last),
                column,
                {
                    "type": "cell",
                    "criteria": ">=" if name in floors else "<",
                    "value": floors.get(name, cutoffs.fair),
                    "format": self._book.add_format({"bg_color": colour}),
                    "stop_if_true": True,
                },
            )


def _width(cell: Cell) -> int:
    if isinstance(cell, int | float):
        return 6
    return max(cell_len(line) for line in (cell or "").split("\n"))


def _lines(cell: Cell, width: int) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(max(1, ceil(cell_len(line) * 1.1 / width)) for line in cell.split("\n"))
