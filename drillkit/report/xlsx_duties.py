"""The sheet of an evaluation guide on which the duties of each role are rated."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from xlsxwriter.worksheet import Worksheet

from drillkit.core.records import Presence
from drillkit.model.base import Lang
from drillkit.model.events import Duty
from drillkit.report.drill import Drill, moment
from drillkit.report.xlsx_layout import DUTY, DUTY_COLUMNS, DUTY_PLACE, FIRST, FREE, RATER
from drillkit.report.xlsx_paper import LINE, Paper, sheet_name
from drillkit.report.xlsx_parts import BOX, OPEN, header, heads, offer, protect, word
from drillkit.words import say

DUTIES: tuple[Duty, ...] = get_args(Duty)
_LAST = len(DUTY_COLUMNS) - 1
_SPAN = sum(column.width for column in DUTY_COLUMNS[FREE:])
_RATER_ROW = FIRST - 2


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One role as its evaluator sees it; `number` is its place, such as "7.2"."""

    role: str
    number: str
    title: str
    duties: str
    presence: str


def duty_lines(drill: Drill, number: int) -> list[DutyLine]:
    """The roles that people play, in the order of the plan; `number` is that of their sheet."""
    lang = drill.lang
    return [
        DutyLine(
            role=role.id,
            number=f"{number}.{place}",
            title=role.title.in_(lang),
            duties=role.duties.in_(lang),
            presence="\n".join(_presence(lang, drill.state.presence.get(role.id))),
        )
        for place, role in enumerate(drill.state.plan.players(), 1)
    ]


def _presence(lang: Lang, here: Presence | None) -> Iterator[str]:
    """When the role was called out, came and left."""
    if here is None or here.called is None:
        return
    yield say(lang, "sheet.called", at=moment(here.called.at))
    for stay in here.stays:
        yield say(lang, "sheet.came", at=moment(stay.came.at))
        if stay.left:
            yield say(lang, "sheet.left", at=moment(stay.left.at))
    if not here.stays:
        yield say(lang, "sheet.absent")


def duty_labels(lang: Lang) -> dict[Duty, str]:
    """How each rating of duties is written in a guide of this language."""
    return {duty: say(lang, f"sheet.duty.{duty}") for duty in DUTIES}


def duties_title(lang: Lang) -> str:
    """The name of the sheet; those of capabilities begin with a number."""
    return sheet_name(say(lang, "sheet.duties"))


def duties_sheet(paper: Paper, number: int, rater: str) -> None:
    """Every role, blank or with what this rater has given so far, and what the words mean."""
    sheet = paper.sheet(duties_title(paper.drill.lang))
    for place, column in enumerate(DUTY_COLUMNS):
        hidden = {"hidden": True} if column.name == "id" else {}
        sheet.set_column(place, place, column.width, None, hidden)
    _above(paper, sheet, rater)
    paper.head(sheet, FIRST - 1, heads(paper, DUTY_COLUMNS))
    sheet.freeze_panes(FIRST, FREE)
    sheet.repeat_rows(FIRST - 1)
    lines = duty_lines(paper.drill, number)
    for row, line in enumerate(lines, FIRST):
        _line(paper, sheet, row, line, rater)
    last = FIRST + len(lines) - 1
    labels = duty_labels(paper.drill.lang)
    title = word(paper, "column.duty")
    said = title, word(paper, "duties-about"), word(paper, "choose-duty")
    offer(sheet, (FIRST, max(FIRST, last)), DUTY_PLACE["duty"], list(labels.values()), said)
    _key(paper, sheet, last + 2)
    protect(sheet)


def _above(paper: Paper, sheet: Worksheet, rater: str) -> None:
    """What stands above the table: as many rows as FIRST leaves."""
    paper.across(sheet, 0, (1, _LAST), word(paper, "duties"), bold=True, font_size=14)
    sheet.set_row(0, 22)
    paper.across(sheet, 1, (1, 2), word(paper, "exercise"), bold=True)
    exercise = " · ".join(text for _, text in header(paper.drill))
    paper.across(sheet, 1, (FREE, _LAST), exercise)
    paper.heighten(sheet, 1, [exercise], [_SPAN])
    about = word(paper, "duties-about")
    paper.across(sheet, 2, (1, _LAST), about)
    paper.heighten(sheet, 2, [about], [_SPAN])
    paper.put(sheet, _RATER_ROW, 0, RATER)
    paper.across(sheet, _RATER_ROW, (1, 2), word(paper, "evaluator.rater"), bold=True)
    paper.put(sheet, _RATER_ROW, FREE, rater, **OPEN)
    sheet.set_row(_RATER_ROW, LINE + 6)


def _line(paper: Paper, sheet: Worksheet, row: int, line: DutyLine, rater: str) -> None:
    given = paper.drill.own(rater).duties.get((line.role, rater))
    said = duty_labels(paper.drill.lang)[given[1].duty] if given else ""
    cells = [DUTY + line.role, line.number, line.title, line.duties, line.presence, said]
    for place, (column, cell) in enumerate(zip(DUTY_COLUMNS, cells, strict=True)):
        style: dict[str, object] = dict(OPEN if column.is_open else BOX)
        if column.name == "duty":
            style |= {"bold": True, "align": "center"}
        # As text: a spreadsheet would take 7.10 for the number 7.1.
        if column.name == "number":
            style["num_format"] = "@"
        paper.put(sheet, row, place, cell, **style)
    widths = [column.width for column in DUTY_COLUMNS]
    paper.heighten(sheet, row, ["", *cells[1:]], widths, 2 * LINE)


def _key(paper: Paper, sheet: Worksheet, row: int) -> None:
    """What each word of the list means, in full."""
    lang = paper.drill.lang
    paper.head(sheet, row, [word(paper, "column.duty"), word(paper, "column.meaning")], 2)
    for duty, label in duty_labels(lang).items():
        row += 1
        paper.put(sheet, row, 2, label, bold=True, **BOX)
        paper.put(sheet, row, FREE, say(lang, f"log.duty.{duty}"), **BOX)
