"""The score sheet as a workbook: a summary, a sheet a score, evidence, ratings, lessons."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from drillkit.report.course import log
from drillkit.report.drill import Drill, grade, points
from drillkit.report.lessons import lessons
from drillkit.report.meeting import meeting_lines
from drillkit.report.pages import (
    agreements,
    basics,
    cap_text,
    is_final,
    robustness,
    said_by_evaluators,
    signatures,
    status,
)
from drillkit.report.table import COLUMNS, Cell, heads, numbers, rows, sheets
from drillkit.report.xlsx_paper import LINE, WIDE, Paper
from drillkit.report.xlsx_raters import raw_heads, raw_rows
from drillkit.words import say
from scoring.assessment import Score

_GRADES = (
    ("excellent", "#D5EBDD"),
    ("good", "#E4F0D8"),
    ("fair", "#FBEBC8"),
    ("poor", "#F6D5D0"),
)
_LAST = 7
"""The last column of the summary."""
_COLUMN, _WIDEST = 16, 44
"""Its widths in characters: of most columns, and of the last."""
_NARROWED = {"item": 28, "subject": 34, "raters": 22, "entries": 16, "lost": 36, "grade": 18}
"""The most characters that columns of a score's sheet are wide, so that it can be read on paper."""
_APART: dict[str, object] = {"indent": 1, "align": "left"}
"""A text behind a column of numbers keeps a distance."""
_AFTER_NUMBER = frozenset({"standard", "standing"})
_NUMBERS = {
    **dict.fromkeys(("measured", "judged", "adopted", "lo", "hi"), "0.0"),
    "weight": "0.00",
    "coverage": "0%",
}


def score_xlsx(drill: Drill) -> bytes:
    """The workbook; the same bytes for the same drill."""
    standing = say(drill.lang, "sheet.final" if is_final(drill) else "sheet.draft")
    paper = Paper(drill, _title(drill), standing)
    _summary(paper)
    for score in (*sheets(drill), drill.assessment.combined):
        _score(paper, score)
    _evidence(paper)
    paper.table(say(drill.lang, "sheet.raw"), raw_heads(drill), raw_rows(drill), _left)
    _ratings(paper)
    _lessons(paper)
    return paper.finish()


def _title(drill: Drill) -> str:
    title = drill.state.scenario.title.in_(drill.lang)
    return say(drill.lang, "sheet.title", scenario=title)


def _summary(paper: Paper) -> None:
    drill, whole = paper.drill, (1, _LAST)
    sheet = paper.sheet(drill.say("sheet.summary"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, _LAST - 1, _COLUMN)
    sheet.set_column(_LAST, _LAST, _WIDEST)
    paper.across(sheet, 0, (0, _LAST), _title(drill), bold=True, font_size=15)
    sheet.set_row(0, 26)
    row = 1
    for label, text in [(drill.say("column.status"), status(drill)), *basics(drill)]:
        paper.put(sheet, row, 0, label, bold=True)
        paper.across(sheet, row, whole, text)
        row += 1
    row += 1
    names = ("item", "points", "lo", "hi", "coverage", "grade", "bucket", "caps")
    paper.head(sheet, row, [drill.say(f"column.{name}") for name in names])
    for score in drill.assessment.scores():
        row += 1
        _line(paper, sheet, row, score)
    row += 2
    for line in (*agreements(drill), *meeting_lines(drill), robustness(drill)):
        if line:
            paper.across(sheet, row, (0, _LAST), line)
            row += 1
    _sign(paper, sheet, row + 1)


def _line(paper: Paper, sheet: Worksheet, row: int, score: Score) -> None:
    """A score in one line of the summary."""
    drill, bold = paper.drill, score.id == "combined"
    cells: list[Cell] = [
        say(drill.lang, score.measure.words),
        *(_rounded(x) for x in (score.final, score.lo, score.hi, score.coverage)),
        grade(drill, score),
        say(drill.lang, score.bucket) if score.bucket else "",
        "\n".join(cap_text(drill, cap) for cap in score.caps),
    ]
    forms = ("@", "0.0", "0.0", "0.0", "0%", "@", "@", "@")
    for column, (cell, form) in enumerate(zip(cells, forms, strict=True)):
        looks = _APART if column == 5 else {}
        paper.put(sheet, row, column, cell, num_format=form, bold=bold, **looks)
    texts = [cells[5], cells[6], cells[_LAST]]
    paper.heighten(sheet, row, texts, (_COLUMN, _COLUMN, _WIDEST), 2 * LINE)


def _sign(paper: Paper, sheet: Worksheet, row: int) -> None:
    """Who stands for the report, or a line to sign on; and the seal of what it was drawn from."""
    drill = paper.drill
    for signed in signatures(drill):
        paper.put(sheet, row, 0, signed.office, bold=True)
        paper.across(sheet, row, (1, 3), signed.name, bottom=1)
        paper.put(sheet, row, 4, drill.say("signed-date"), bold=True)
        paper.across(sheet, row, (5, 6), signed.date, bottom=1)
        sheet.set_row(row, 26)
        row += 1
    paper.put(sheet, row + 1, 0, drill.say("seal"), bold=True)
    paper.put(sheet, row + 1, 1, drill.seal, text_wrap=False)


def _score(paper: Paper, score: Score) -> None:
    drill, listed = paper.drill, rows(paper.drill, score)

    def style(row: int, column: int) -> dict[str, object]:
        term, name = listed[row][0], COLUMNS[column]
        looks: dict[str, object] = {"bold": not term.is_leaf}
        if name == "item":
            looks |= {"indent": term.depth, "align": "left"}
        if name in _AFTER_NUMBER:
            looks |= _APART
        if name in _NUMBERS:
            looks["num_format"] = _NUMBERS[name]
        if not term.is_seen:
            looks |= {"font_color": "#6B6B6B", "italic": True}
        return looks

    table = [cells for _, cells in listed]
    widest = [_NARROWED.get(name, WIDE) for name in COLUMNS]
    sheet = paper.table(say(drill.lang, score.measure.words), heads(drill), table, style, widest)
    _colours(paper, sheet, COLUMNS.index("adopted"), len(table))
    _foot(paper, sheet, len(table) + 2, score)


def _foot(paper: Paper, sheet: Worksheet, row: int, score: Score) -> None:
    """What the sheet comes to: points, interval, coverage, agreement, limits, grade, signatures."""
    drill = paper.drill
    between = say(drill.lang, "sheet.between", lo=points(score.lo), hi=points(score.hi))
    lines: list[tuple[str, Cell, str]] = [
        (drill.say("column.points"), _rounded(score.final), "0.0"),
        (drill.say("column.interval"), between, "@"),
        (drill.say("column.coverage"), round(score.coverage, 4), "0%"),
        (drill.say("column.grade"), grade(drill, score), "@"),
        *((drill.say("column.caps"), cap_text(drill, cap), "@") for cap in score.caps),
        *((say(drill.lang, "sheet.agreement"), line, "@") for line in agreements(drill)),
    ]
    for label, cell, form in lines:
        paper.put(sheet, row, 1, label, bold=True)
        paper.put(sheet, row, 2, cell, text_wrap=False, num_format=form, align="left")
        row += 1
    for signed in signatures(drill):
        paper.put(sheet, row, 1, signed.office, bold=True)
        paper.across(sheet, row, (2, 4), signed.name, bottom=1)
        sheet.set_row(row, 26)
        row += 1


def _left(_row: int, _column: int) -> dict[str, object]:
    """Letters and numbers in one table, all to the left."""
    return {"align": "left", "num_format": "0.0"}


def _rounded(x: float | None) -> float | None:
    return None if x is None else round(x, 4)


def _colours(paper: Paper, sheet: Worksheet, column: int, last: int) -> None:
    """Each adopted value in the colour of the grade that it would earn."""
    cutoffs = paper.drill.assessment.weights.cutoffs
    floors = {"excellent": cutoffs.excellent, "good": cutoffs.good, "fair": cutoffs.fair}
    empty = {"type": "blanks", "stop_if_true": True, "format": None}
    sheet.conditional_format(1, column, max(1, last), column, empty)
    for name, colour in _GRADES:
        condition = {
            "type": "cell",
            "criteria": ">=" if name in floors else "<",
            "value": floors.get(name, cutoffs.fair),
            "format": paper.tint(colour),
            "stop_if_true": True,
        }
        sheet.conditional_format(1, column, max(1, last), column, condition)


def _evidence(paper: Paper) -> None:
    drill = paper.drill
    table: list[list[Cell]] = [
        [
            line.seq,
            line.at,
            line.story,
            line.who,
            line.kind,
            drill.say("voided", text=line.text) if line.voided else line.text,
        ]
        for line in log(drill)
    ]
    names = ("entry", "at", "story", "who", "kind", "text")
    paper.table(drill.say("sheet.evidence"), _titles(drill, names), table)


def _ratings(paper: Paper) -> None:
    drill = paper.drill
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
    names = ("entry", "at", "who", "kind", "subject", "value", "text", "entries")
    paper.table(drill.say("sheet.ratings"), _titles(drill, names), table)


def _lessons(paper: Paper) -> None:
    drill = paper.drill
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
    paper.table(drill.say("sheet.lessons"), _titles(drill, names), table)


def _titles(drill: Drill, names: Sequence[str]) -> list[str]:
    return [drill.say(f"column.{name}") for name in names]
