"""The evaluation guide as a workbook: to print and fill by hand, or to fill in and read back.

Each sheet is one capability under one objective. A hidden column names the task of each line, and
a hidden sheet the drill: what comes back sorted, or with lines missing, is still understood.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from xlsxwriter.worksheet import Worksheet

from drillkit.report.drill import Drill
from drillkit.report.pages import is_final
from drillkit.report.xlsx_paper import LINE, Paper, sheet_name
from drillkit.report.xlsx_tasks import RATINGS, Page, TaskLine, labels, pages
from drillkit.words import say

FORMAT: Final = "drillkit evaluation guide"
VERSION: Final = 1
PASSPORT: Final = "drillkit"
"""The hidden sheet: a line each for the format, its version, the drill and the language."""
PASSPORT_KEYS: Final = ("format", "version", "session", "seq", "seal", "lang")
RATER: Final = "+rater"
STRENGTHS: Final = "+strengths"
IMPROVEMENTS: Final = "+improvements"
"""Stand in the hidden column where a line is no task's; an id never begins with a plus."""
FREE: Final = 3
"""The column that holds what is written on such a line."""


class Column(NamedTuple):
    """A column of the guide; `is_open` where evaluators write."""

    name: str
    width: int
    is_open: bool = False


COLUMNS: Final = (
    Column("id", 4),
    Column("number", 5),
    Column("task", 24),
    Column("expected", 26),
    Column("trigger", 16),
    Column("found", 16),
    Column("notes", 18),
    Column("observed", 24, is_open=True),
    Column("rating", 9, is_open=True),
    Column("reason", 20, is_open=True),
    Column("entries", 8, is_open=True),
)
PLACE: Final = {column.name: place for place, column in enumerate(COLUMNS)}
FIRST: Final = 7
"""The row of the first task on each sheet, counted from 0."""
_LAST = len(COLUMNS) - 1
_SPAN = sum(column.width for column in COLUMNS[FREE:])
_OPEN = {"bg_color": "#FFFBE6", "border": 1, "border_color": "#B8B08D", "locked": False}
_BOX = {"border": 1, "border_color": "#C4C9CF"}
_BY_HAND = 5 * LINE
"""The least height of a line that somebody may have to write on, in points."""
_MOST_PROMPT = 255
_ONE_PAGE = 5
"""So many tasks can be read on one page, and what is said of them all is not torn off."""


def guide_xlsx(drill: Drill, rater: str = "") -> bytes:
    """The guide, blank or with what this rater has given so far; the same bytes for the same drill.

    The language is the drill's.
    """
    standing = say(drill.lang, "sheet.final" if is_final(drill) else "sheet.draft")
    title = say(drill.lang, "sheet.guide", scenario=drill.state.scenario.title)
    paper = Paper(drill, title, standing)
    _front(paper, title, rater)
    for number, page in enumerate(pages(drill), 1):
        _page(paper, page, number, rater)
    _passport(paper)
    return paper.finish()


def _word(paper: Paper, key: str, **values: object) -> str:
    return say(paper.drill.lang, f"sheet.{key}", **values)


# -- the first sheet -------------------------------------------------------------------------------


def _front(paper: Paper, title: str, rater: str) -> None:
    """Who rates, how it is done, and what the letters mean."""
    drill = paper.drill
    sheet = paper.sheet(_word(paper, "front"))
    for column, width in enumerate((4, 6, 24, 40, 70)):
        sheet.set_column(column, column, width)
    sheet.set_column(0, 0, None, None, {"hidden": True})
    paper.across(sheet, 0, (1, 4), title, bold=True, font_size=15)
    sheet.set_row(0, 26)
    row = 2
    for label, text in _header(drill):
        paper.put(sheet, row, 2, label, bold=True)
        paper.put(sheet, row, FREE, text)
        row += 1
    row = _rater(paper, sheet, row, rater) + 1
    for line in _word(paper, "how").split("\n"):
        paper.across(sheet, row, (2, 4), line)
        sheet.set_row(row, 2 * LINE)
        row += 1
    row += 1
    paper.head(sheet, row, [_word(paper, f"column.{name}") for name in _KEY], 2)
    for rating in RATINGS:
        row += 1
        paper.put(sheet, row, 2, _word(paper, f"rating.{rating}"), bold=True, **_BOX)
        paper.put(sheet, row, 3, say(drill.lang, f"result.letter-{rating}"), **_BOX)
        paper.put(sheet, row, 4, _meaning(drill, rating), **_BOX)
        sheet.set_row(row, 3 * LINE)
    _protect(sheet)


_KEY = ("rating", "name", "meaning")


def _meaning(drill: Drill, rating: str) -> str:
    prefix = "meaning" if len(rating) == 1 else "why"
    return say(drill.lang, f"result.{prefix}-{rating}")


def _header(drill: Drill) -> list[tuple[str, str]]:
    opened = drill.state.opened
    assert opened is not None
    return [
        (drill.say("basic.scenario"), drill.state.scenario.title.in_(drill.lang)),
        (drill.say("basic.organisation"), drill.state.plan.organisation.in_(drill.lang)),
        (drill.say("basic.date"), f"{drill.began:%Y-%m-%d}"),
        (drill.say("basic.session"), opened.session),
    ]


def _rater(paper: Paper, sheet: Worksheet, row: int, rater: str) -> int:
    """Lines for who rates; the answer is the row behind them. Only the name is read back."""
    for name in ("rater", "email", "phone"):
        paper.put(sheet, row, 2, _word(paper, f"evaluator.{name}"), bold=True)
        paper.put(sheet, row, FREE, rater if name == "rater" else "", **_OPEN)
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
    paper.head(sheet, FIRST - 1, [_head(paper, column) for column in COLUMNS])
    sheet.freeze_panes(FIRST, 3)
    sheet.repeat_rows(FIRST - 1)
    for row, line in enumerate(page.lines, FIRST):
        _line(paper, sheet, row, line, rater)
    last = FIRST + len(page.lines) - 1
    _offer(paper, sheet, last)
    _below(paper, sheet, last + 2)
    if len(page.lines) <= _ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    _protect(sheet)


def _head(paper: Paper, column: Column) -> str:
    return "" if column.name == "id" else _word(paper, f"column.{column.name}")


def _above(paper: Paper, sheet: Worksheet, page: Page, rater: str) -> None:
    """What stands above the table: as many rows as FIRST leaves."""
    drill = paper.drill
    exercise = " · ".join(text for _, text in _header(drill))
    paper.across(sheet, 0, (1, _LAST), page.title, bold=True, font_size=14)
    sheet.set_row(0, 22)
    above = (
        (_word(paper, "exercise"), exercise),
        (_word(paper, "objective"), page.objective),
        (_word(paper, "target"), page.targets),
        (_word(paper, "sources"), page.sources),
    )
    row = 1
    for label, text in above:
        paper.across(sheet, row, (1, 2), label, bold=True)
        paper.across(sheet, row, (3, _LAST), text)
        paper.heighten(sheet, row, [text], [_SPAN])
        row += 1
    paper.put(sheet, row, 0, RATER)
    paper.across(sheet, row, (1, 2), _word(paper, "evaluator.rater"), bold=True)
    paper.put(sheet, row, FREE, rater, **_OPEN)
    for place, name in ((4, "email"), (7, "phone")):
        paper.put(sheet, row, place, _word(paper, f"evaluator.{name}"), bold=True, align="right")
    paper.across(sheet, row, (5, 6), "", **_OPEN)
    paper.across(sheet, row, (8, _LAST), "", **_OPEN)
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
        style: dict[str, object] = dict(_OPEN if column.is_open else _BOX)
        if column.name == "rating":
            style |= {"bold": True, "align": "center"}
        # As text: a spreadsheet would take 1.10 for the number 1.1, and 12 for a sum of money.
        if column.name in ("number", "entries"):
            style["num_format"] = "@"
        paper.put(sheet, row, place, cell, **style)
    widths = [column.width for column in COLUMNS]
    paper.heighten(sheet, row, ["", *cells[1:]], widths, _BY_HAND)


def _given(drill: Drill, line: TaskLine, rater: str) -> tuple[str, str, str]:
    """Rating, reason and entries: as the rater gave them, or blank beside the measured evidence."""
    given = drill.state.ratings.get((line.task, rater))
    if given is None:
        return "", "", _entries(line.entries)
    rated = given[1]
    return labels(drill.lang)[rated.rating], rated.why, _entries(rated.entries)


def _entries(entries: tuple[int, ...]) -> str:
    return ", ".join(map(str, entries))


def _offer(paper: Paper, sheet: Worksheet, last: int) -> None:
    """The ratings to choose from, in the language of the workbook."""
    column = PLACE["rating"]
    words = list(labels(paper.drill.lang).values())
    letters = [
        f"{rating} {say(paper.drill.lang, f'result.letter-{rating}')}" for rating in RATINGS[:4]
    ]
    sheet.data_validation(
        FIRST,
        column,
        last,
        column,
        {
            "validate": "list",
            "source": words,
            "input_title": _word(paper, "column.rating"),
            "input_message": "\n".join(letters)[:_MOST_PROMPT],
            "error_title": _word(paper, "column.rating"),
            "error_message": _word(paper, "choose")[:_MOST_PROMPT],
        },
    )


def _below(paper: Paper, sheet: Worksheet, row: int) -> None:
    """What is said of the whole capability: strengths, what to improve, the final rating."""
    for id, key in ((STRENGTHS, "strengths"), (IMPROVEMENTS, "improvements")):
        paper.put(sheet, row, 0, id)
        paper.across(sheet, row, (1, 2), _word(paper, key), bold=True)
        paper.across(sheet, row, (FREE, _LAST), "", **_OPEN)
        sheet.set_row(row, 3 * LINE)
        row += 1
    for place, key in ((1, "final-rating"), (5, "signature")):
        paper.across(sheet, row, (place, place + 1), _word(paper, key), bold=True)
    paper.put(sheet, row, FREE, "", bottom=1)
    paper.across(sheet, row, (7, _LAST), "", bottom=1)
    sheet.set_row(row, 28)


def _protect(sheet: Worksheet) -> None:
    """Without a password: it keeps from writing beside the fields, not from anything else."""
    allowed = ("format_columns", "format_rows", "format_cells", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))


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
