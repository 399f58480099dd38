"""A finished drill in a file, its evaluation guide, and another program that fills it in."""

import io
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from worlds import Play, a_scenario, both

from drillkit.cli.drills import read_drill
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE, SECOND, Lang
from drillkit.model.commands import AcknowledgeCall, Arrive, EndDrill, GiveResponse, MakeNote
from drillkit.model.scenario import Scenario
from drillkit.model.text import Prose
from drillkit.report.xlsx_guide import guide_xlsx
from drillkit.report.xlsx_layout import COLUMNS, DUTY_PLACE, FIRST, FLAGS, PLACE

TASKS = ("act", "tell", "stay", "leave")


def a_judged_scenario() -> Scenario:
    """Two capabilities: three tasks under the first, one under the second; two have evidence."""
    scenario = a_scenario()
    quick = next(target for target in scenario.targets if target.id == "quick")
    calm = quick.model_copy(
        update={"id": "calm", "capability": quick.capability.model_validate(both("Calm"))}
    )
    act = scenario.tasks[0]
    tasks = [
        act.model_copy(update={"id": id, "target": "calm" if id == "leave" else "quick"})
        for id in TASKS
    ]
    return scenario.model_copy(update={"targets": (quick, calm), "tasks": tuple(tasks)})


def a_finished_drill(path: Path, words: str = "All pumps", *, is_over: bool = True) -> Path:
    """A drill with an answer and a note on `leave`, in a file."""
    journal = SqliteJournal.create(path)
    play = Play(a_judged_scenario(), journal=journal)
    play.do("commander", AcknowledgeCall(), at=20 * SECOND)
    play.do("commander", Arrive(), at=MINUTE)
    play.minutes(2)
    answer = GiveResponse(inject="alarm", options=("pump-out",), text=Prose(words))
    play.do("commander", answer, at=200 * SECOND)
    play.do(EVALUATOR, MakeNote(text=Prose("Left in good order"), task="leave"))
    if is_over:
        play.do(FACILITATOR, EndDrill(), at=10 * MINUTE)
    journal.close()
    return path


_GUIDES: dict[tuple[bytes, Lang, str], bytes] = {}
"""(journal, language, evaluator) -> the guide: most tests fill the same one."""


def _guide(drill: Path, lang: Lang, rater: str) -> bytes:
    key = (drill.read_bytes(), lang, rater)
    if key not in _GUIDES:
        _GUIDES[key] = guide_xlsx(read_drill(drill, lang), rater)
    return _GUIDES[key]


class Filled:
    """The guide of a drill, as another program opens, changes and saves it."""

    def __init__(self, drill: Path, lang: Lang = "en", rater: str = "") -> None:
        self.book: Workbook = load_workbook(io.BytesIO(_guide(drill, lang, rater)))

    @property
    def first(self) -> Worksheet:
        """The sheet of the first capability."""
        return self.book.worksheets[1]

    @property
    def duties(self) -> Worksheet:
        """The sheet on which the duties of roles are rated."""
        return self.book.worksheets[-2]

    def put(self, cell: str, value: object) -> "Filled":
        self.first[cell] = value
        return self

    def by(self, name: str) -> "Filled":
        """The evaluator, on the first sheet."""
        sheet = self.book.worksheets[0]
        row = next(cell.row for cell in sheet["A"] if cell.value == "+rater")
        sheet.cell(row, 4, name)
        return self

    def rated(self, row: int, rating: str, why: str = "", entries: object = "3") -> "Filled":
        """Rate the task on this line, counted from 0."""
        for name, value in (("rating", rating), ("reason", why), ("entries", entries)):
            self.first.cell(FIRST + 1 + row, PLACE[name] + 1, value)
        return self

    def marked(self, row: int, flag: str, mark: object = "✓") -> "Filled":
        """Mark what makes the rating on this line grave."""
        self.first.cell(FIRST + 1 + row, PLACE[flag] + 1, mark)
        return self

    def did(self, row: int, duty: object) -> "Filled":
        """Rate the duties of the role on this line, counted from 0."""
        self.duties.cell(FIRST + 1 + row, DUTY_PLACE["duty"] + 1, duty)
        return self

    def of_version_1(self) -> "Filled":
        """The same guide as it was written before it had flags and duties."""
        for sheet in self.book.worksheets[1:-2]:
            sheet.delete_cols(PLACE[FLAGS[0]] + 1, len(FLAGS))
        del self.book[self.duties.title]
        self.book["drillkit"]["B2"] = 1
        return self

    def rows(self, change: Callable[[list[list[object]]], list[list[object]]]) -> "Filled":
        """Change the lines of the first capability, as values by column, all at once."""
        sheet, top = self.first, FIRST + 1
        width = len(COLUMNS)
        old = [
            [sheet.cell(top + row, column).value for column in range(1, width + 1)]
            for row in range(3)
        ]
        new = change(old)
        for row in range(max(len(old), len(new))):
            for column in range(width):
                value = new[row][column] if row < len(new) else None
                sheet.cell(top + row, column + 1).value = value
        return self

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path
