"""The evaluation guide as a workbook: to print and fill by hand, or to fill in and read back.

Each sheet is one capability under one objective; one more has the duties of the roles. A hidden
column names the task or the role of each line, and a hidden sheet the drill: what comes back
sorted, or with lines missing, is still understood.
"""

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from drillkit.model.events import TaskRated
from drillkit.report.drill import Drill
from drillkit.report.pages import is_final
from drillkit.report.xlsx_duties import duties_sheet
from drillkit.report.xlsx_layout import (
    COLUMNS,
    FIRST,
    FLAGS,
    FORMAT,
    FREE,
    IMPROVEMENTS,
    PASSPORT,
    PASSPORT_KEYS,
    PLACE,
    RATER,
    STRENGTHS,
    VERSION,
)
from drillkit.report.xlsx_paper import LINE, Paper, sheet_name
from drillkit.report.xlsx_parts import BOX, OPEN, header, heads, offer, protect, word
from drillkit.report.xlsx_tasks import RATINGS, Page, TaskLine, labels, pages
from drillkit.words import say

_LAST = len(COLUMNS) - 1
_SPAN = sum(column.width for column in COLUMNS[FREE:])
_BY_HAND = 5 * LINE
"""The least height of a line that somebody may have to write on, in points."""
_ONE_PAGE = 5
"""So many tasks can be read on one page, and what is said of them all is not torn off."""
_CENTRED = ("rating", *FLAGS)
_WHY = {"harmed": "harm", "unsafe": "unsafe", "noncompliant": "noncompliant"}


def guide_xlsx(drill: Drill, rater: str = "") -> bytes:
    """The guide, blank or with what this rater has given so far; the same bytes for the same drill.

    The language is the drill's.
    """
    standing = say(drill.lang, "sheet.final" if is_final(drill) else "sheet.draft")
    title = say(drill.lang, "sheet.guide", scenario=drill.state.scenario.title)
    paper = Paper(drill, title, standing)
    _front(paper, title, rater)
    listed = pages(drill)
    for number, page in enumerate(listed, 1):
        _page(paper, page, number, rater)
    duties_sheet(paper, len(listed) + 1, rater)
    _passport(paper)
    return paper.finish()


# -- the first sheet -------------------------------------------------------------------------------


def _front(paper: Paper, title: str, rater: str) -> None:
    """Who rates, how it is done, and what the letters mean."""
    drill = paper.drill
    sheet = paper.sheet(word(paper, "front"))
    for column, width in enumerate((4, 6, 24, 40, 70)):
        sheet.set_column(column, column, width)
    sheet.set_column(0, 0, None, None, {"hidden": True})
    paper.across(sheet, 0, (1, 4), title, bold=True, font_size=15)
    sheet.set_row(0, 26)
    row = 2
    for label, text in header(drill):
        paper.put(sheet, row, 2, label, bold=True)
        paper.put(sheet, row, FREE, text)
        row += 1
    row = _rater(paper, sheet, row, rater) + 1
    for line in word(paper, "how", duties=word(paper, "duties")).split("\n"):
        paper.across(sheet, row, (2, 4), line)
        sheet.set_row(row, 2 * LINE)
        row += 1
    row += 1
    paper.head(sheet, row, [word(paper, f"column.{name}") for name in _KEY], 2)
    for rating in RATINGS:
        row += 1
        paper.put(sheet, row, 2, word(paper, f"rating.{rating}"), bold=True, **BOX)
        paper.put(sheet, row, 3, say(drill.lang, f"result.letter-{rating}"), **BOX)
        paper.put(sheet, row, 4, _meaning(drill, rating), **BOX)
        sheet.set_row(row, 3 * LINE)
    for flag in FLAGS:
        row += 1
        paper.put(sheet, row, 2, word(paper, f"column.{flag}"), bold=True, **BOX)
        paper.put(sheet, row, 3, word(paper, "mark"), **BOX)
        paper.put(sheet, row, 4, say(drill.lang, f"result.why-{_WHY[flag]}"), **BOX)
    protect(sheet)


_KEY = ("rating", "name", "meaning")


def _meaning(drill: Drill, rating: str) -> str:
    prefix = "meaning" if len(rating) == 1 else "why"
    return say(drill.lang, f"result.{prefix}-{rating}")


def _rater(paper: Paper, sheet: Worksheet, row: int, rater: str) -> int:
    """Lines for who rates; the answer is the row behind them. Only the name is read back."""
    for name in ("rater", "email", "phone"):
        paper.put(sheet, row, 2, word(paper, f"evaluator.{name}"), bold=True)
        paper.put(sheet, row, FREE, rater if name == "rater" else "", **OPEN)
        if name == "rater":
            paper.put(sheet, row, 0, RATER)
        row += 1
    return row


def sheet_title(page: Page, number: int) -> str:
    """The name of a page's sheet; the number keeps two of one capability apart."""
    return sheet_name(f"{number} {page.title}")


# -- a capability ----------------------------------------------------------------------------------


def _page(paper: Paper, page: Page, number: int, rater: str) -> None:
    sheet = paper.sheet(sheet_title(page, number))
    for place, column in enumerate(COLUMNS):
        hidden = {"hidden": True} if column.name == "id" else {}
        sheet.set_column(place, place, column.width, None, hidden)
    _above(paper, sheet, page, rater)
    paper.head(sheet, FIRST - 1, heads(paper, COLUMNS))
    sheet.freeze_panes(FIRST, 3)
    sheet.repeat_rows(FIRST - 1)
    for row, line in enumerate(page.lines, FIRST):
        _line(paper, sheet, row, line, rater)
    last = FIRST + len(page.lines) - 1
    _offer(paper, sheet, last)
    _below(paper, sheet, last + 2)
    if len(page.lines) <= _ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    protect(sheet)


def _above(paper: Paper, sheet: Worksheet, page: Page, rater: str) -> None:
    """What stands above the table: as many rows as FIRST leaves."""
    drill = paper.drill
    exercise = " · ".join(text for _, text in header(drill))
    paper.across(sheet, 0, (1, _LAST), page.title, bold=True, font_size=14)
    sheet.set_row(0, 22)
    above = (
        (word(paper, "exercise"), exercise),
        (word(paper, "objective"), page.objective),
        (word(paper, "target"), page.targets),
        (word(paper, "sources"), page.sources),
    )
    row = 1
    for label, text in above:
        paper.across(sheet, row, (1, 2), label, bold=True)
        paper.across(sheet, row, (3, _LAST), text)
        paper.heighten(sheet, row, [text], [_SPAN])
        row += 1
    paper.put(sheet, row, 0, RATER)
    paper.across(sheet, row, (1, 2), word(paper, "evaluator.rater"), bold=True)
    paper.put(sheet, row, FREE, rater, **OPEN)
    for place, name in ((4, "email"), (7, "phone")):
        paper.put(sheet, row, place, word(paper, f"evaluator.{name}"), bold=True, align="right")
    paper.across(sheet, row, (5, 6), "", **OPEN)
    paper.across(sheet, row, (8, _LAST), "", **OPEN)
    sheet.set_row(row, LINE + 6)


def _line(paper: Paper, sheet: Worksheet, row: int, line: TaskLine, rater: str) -> None:
    cells = [
        line.task,
        line.number,
        line.title,
        line.expected,
        line.trigger,
        line.found,
        line.notes,
        "",
        *_given(paper.drill, line, rater),
    ]
    for place, (column, cell) in enumerate(zip(COLUMNS, cells, strict=True)):
        style: dict[str, object] = dict(OPEN if column.is_open else BOX)
        if column.name in _CENTRED:
            style |= {"bold": True, "align": "center"}
        # As text: a spreadsheet would take 1.10 for the number 1.1, and 12 for a sum of money.
        if column.name in ("number", "entries"):
            style["num_format"] = "@"
        paper.put(sheet, row, place, cell, **style)
    widths = [column.width for column in COLUMNS]
    paper.heighten(sheet, row, ["", *cells[1:]], widths, _BY_HAND)


def _given(drill: Drill, line: TaskLine, rater: str) -> list[str]:
    """What fills the fields: as the rater gave it, or blank beside the measured evidence."""
    given = drill.own(rater).ratings.get((line.task, rater))
    if given is None:
        return ["", *("" for _ in FLAGS), "", _entries(line.entries)]
    rated, mark = given[1], say(drill.lang, "sheet.mark")
    marks = [mark if holds else "" for holds in _flags(rated)]
    return [labels(drill.lang)[rated.rating], *marks, rated.why, _entries(rated.entries)]


def _flags(rated: TaskRated) -> tuple[bool, bool, bool]:
    return rated.harmed, rated.unsafe, rated.noncompliant


def _entries(entries: tuple[int, ...]) -> str:
    return ", ".join(map(str, entries))


def _offer(paper: Paper, sheet: Worksheet, last: int) -> None:
    """The ratings and the mark to choose from, in the language of the workbook."""
    lang, rows = paper.drill.lang, (FIRST, last)
    letters = [f"{rating} {say(lang, f'result.letter-{rating}')}" for rating in RATINGS[:4]]
    said = word(paper, "column.rating"), "\n".join(letters), word(paper, "choose")
    offer(sheet, rows, PLACE["rating"], list(labels(lang).values()), said)
    mark = word(paper, "mark")
    for flag in FLAGS:
        meaning = say(lang, f"result.why-{_WHY[flag]}")
        said = word(paper, f"column.{flag}"), meaning, word(paper, "choose-mark", mark=mark)
        offer(sheet, rows, PLACE[flag], [mark], said)


def _below(paper: Paper, sheet: Worksheet, row: int) -> None:
    """What is said of the whole capability: strengths, what to improve, the final rating."""
    for id, key in ((STRENGTHS, "strengths"), (IMPROVEMENTS, "improvements")):
        paper.put(sheet, row, 0, id)
        paper.across(sheet, row, (1, 2), word(paper, key), bold=True)
        paper.across(sheet, row, (FREE, _LAST), "", **OPEN)
        sheet.set_row(row, 3 * LINE)
        row += 1
    for place, key in ((1, "final-rating"), (5, "signature")):
        paper.across(sheet, row, (place, place + 1), word(paper, key), bold=True)
    paper.put(sheet, row, FREE, "", bottom=1)
    paper.across(sheet, row, (7, _LAST), "", bottom=1)
    sheet.set_row(row, 28)


# -- the hidden sheet ------------------------------------------------------------------------------


def _passport(paper: Paper) -> None:
    sheet = paper.sheet(PASSPORT)
    for row, (key, cell) in enumerate(
        zip(PASSPORT_KEYS, _passport_cells(paper.drill), strict=True)
    ):
        paper.put(sheet, row, 0, key)
        paper.put(sheet, row, 1, cell)
    sheet.very_hidden()


def _passport_cells(drill: Drill) -> Iterator[str | int]:
    opened = drill.state.opened
    assert opened is not None
    yield from (FORMAT, VERSION, opened.session, drill.entries[-1].seq, drill.seal, drill.lang)
