"""The lines of an evaluation guide that came back, each taken or refused by itself."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from drillkit.core.decide.evaluators import GRAVE
from drillkit.exchange.cells import a_prose, a_text, fold, shown, whole
from drillkit.exchange.problem import Flawed, Place, Problem
from drillkit.exchange.workbook import Sheet
from drillkit.model.base import LANGS, Lang
from drillkit.model.commands import MakeNote, RateTask
from drillkit.model.events import Rating
from drillkit.model.text import Line, Prose
from drillkit.report.drill import Drill
from drillkit.report.xlsx_guide import (
    COLUMNS,
    FIRST,
    FREE,
    IMPROVEMENTS,
    PASSPORT,
    PLACE,
    RATER,
    STRENGTHS,
    sheet_title,
)
from drillkit.report.xlsx_tasks import labels, pages
from drillkit.words import say

_OPEN: Final = tuple(PLACE[column.name] for column in COLUMNS if column.is_open)
_JUDGED: Final = ("P", "S", "M", "U")
_APART: Final = re.compile(r"[\s,;\u3001\uff0c\uff1b]+")
_WIDEST_NUMBER: Final = 9

_Row = tuple[Sheet, int]


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that an evaluator gave, ready to be asked for; `place` is where it stands."""

    command: RateTask | MakeNote
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """What a guide holds: `given` is new and good, `unchanged` stands in the journal already.

    `replaced` of the given ratings take the place of one by the same evaluator.
    """

    rater: Line
    given: tuple[Given, ...]
    unchanged: int
    replaced: int
    problems: tuple[Problem, ...]


class Lines:
    """The lines of one guide, each judged by itself."""

    def __init__(self, sheets: tuple[Sheet, ...], drill: Drill, rater: Line) -> None:
        self._sheets = [sheet for sheet in sheets if sheet.name != PASSPORT]
        self._drill = drill
        self._rater = rater
        self._numbers: dict[str, str] = {}
        self._homes: dict[str, Place] = {}
        for number, page in enumerate(pages(drill), 1):
            for row, line in enumerate(page.lines, FIRST):
                self._numbers[line.task] = line.number
                self._homes[line.task] = Place(sheet_title(page, number), row, PLACE["number"])
        self._order = {task: place for place, task in enumerate(self._homes)}
        self._ratings = {label: rating for rating, label in _folded(drill.lang)}
        self._elsewhere = {
            label: rating
            for lang in LANGS
            for rating, label in _folded(lang)
            if label not in self._ratings
        }
        self._noted = {
            (note.task, note.text)
            for mark, note in drill.state.notes.values()
            if drill.entries[mark.seq].via == rater
        }
        self._given: list[Given] = []
        self._problems: list[Problem] = []
        self._unchanged = self._replaced = 0

    def read(self) -> Reading:
        found = self._found()
        for task, rows in found.items():
            if row := self._single(rows):
                self._take(task, *row)
        for task, home in self._homes.items():
            if task not in found:
                self._minor("gone", home, number=self._numbers[task])
        return Reading(
            self._rater,
            tuple(self._given),
            self._unchanged,
            self._replaced,
            tuple(self._problems),
        )

    def _minor(self, key: str, place: Place, **values: object) -> None:
        self._problems.append(Problem(key, place, values, is_minor=True))

    def _found(self) -> dict[str, list[_Row]]:
        """The lines of each task; on the way, what is said of whole capabilities is taken."""
        found: dict[str, list[_Row]] = {}
        for sheet in self._sheets:
            places: list[int] = []
            is_moved = False
            for row in sheet.rows():
                try:
                    task = self._task(sheet, row)
                except Flawed as flaw:
                    self._problems.append(flaw.problem)
                    continue
                if not task:
                    continue
                places.append(self._order[task])
                if places[-1] < max(places) and not is_moved:
                    is_moved = True
                    self._minor("moved", sheet.place(row, PLACE["number"]))
                found.setdefault(task, []).append((sheet, row))
        return found

    def _task(self, sheet: Sheet, row: int) -> str:
        """The task of a line, "" where it is no task's; raises Flawed for a line that is torn."""
        id = sheet.cells.get((row, 0))
        if id in (STRENGTHS, IMPROVEMENTS):
            self._overall(sheet, row, str(id))
        if id == RATER or id in (STRENGTHS, IMPROVEMENTS):
            return ""
        if id is None:
            if self._is_orphan(sheet, row):
                raise Flawed("no-id", sheet.place(row, PLACE["rating"]))
            return ""
        place = sheet.place(row, PLACE["number"])
        if not isinstance(id, str) or (row, 0) in sheet.formulas or id not in self._homes:
            raise Flawed("unknown-line", place)
        if not _is_number(sheet.cells.get((row, PLACE["number"])), self._numbers[id]):
            raise Flawed("torn", place, number=self._numbers[id])
        return id

    def _is_orphan(self, sheet: Sheet, row: int) -> bool:
        """A line that holds a rating, and nothing that says of what."""
        return fold(sheet.cells.get((row, PLACE["rating"]))) in self._ratings

    def _single(self, rows: list[_Row]) -> _Row | None:
        """The one line that counts of those that stand for one task."""
        contents = [
            tuple(sheet.cells.get((row, column), "") for column in _OPEN) for sheet, row in rows
        ]
        entries = _OPEN.index(PLACE["entries"])
        filled = [
            place
            for place, content in enumerate(contents)
            if any(value != "" for column, value in enumerate(content) if column != entries)
        ]
        different = {contents[place] for place in filled}
        kept = filled[0] if filled else 0
        for place, (sheet, row) in enumerate(rows):
            where = sheet.place(row, PLACE["number"])
            if len(different) > 1:
                self._problems.append(Problem("twice", where))
            elif place != kept:
                self._minor("twice-same", where)
        return None if len(different) > 1 else rows[kept]

    def _overall(self, sheet: Sheet, row: int, id: str) -> None:
        """Strengths or areas for improvement of a capability, as a note."""
        try:
            text = a_text(sheet, row, FREE)
            if text:
                key = f"import.note-{id.removeprefix('+')}"
                said = say(self._drill.lang, key, page=sheet.name, text=text)
                self._note(a_prose(said, sheet.place(row, FREE)), "", sheet.place(row, FREE))
        except Flawed as flaw:
            self._problems.append(flaw.problem)

    def _take(self, task: str, sheet: Sheet, row: int) -> None:
        """Take one line, or say why not."""
        try:
            observed = a_text(sheet, row, PLACE["observed"])
            judged = self._judged(task, sheet, row, observed)
        except Flawed as flaw:
            self._problems.append(flaw.problem)
            return
        if observed:
            self._note(observed, task, sheet.place(row, PLACE["observed"]))
        if judged is not None:
            self._rate(judged, sheet.place(row, PLACE["rating"]))

    def _judged(self, task: str, sheet: Sheet, row: int, observed: str) -> RateTask | None:
        """The rating of a line, None where it is left empty; raises Flawed."""
        rating, why = self._rating(sheet, row), a_text(sheet, row, PLACE["reason"])
        place = sheet.place(row, PLACE["rating"])
        if rating is None:
            if why:
                raise Flawed("only-reason", place)
            return None
        if rating in GRAVE and not why:
            raise Flawed("no-reason", sheet.place(row, PLACE["reason"]), rating=rating)
        entries = self._entries(sheet, row)
        if rating in _JUDGED and not (entries or observed or self._has_note(task)):
            raise Flawed("no-evidence", place)
        return RateTask(task=task, rater=self._rater, rating=rating, why=why, entries=entries)

    def _has_note(self, task: str) -> bool:
        return any(note.task == task for _, note in self._drill.state.notes.values())

    def _rating(self, sheet: Sheet, row: int) -> Rating | None:
        column = PLACE["rating"]
        place, value = sheet.place(row, column), sheet.cells.get((row, column))
        if (row, column) in sheet.formulas:
            raise Flawed("formula", place)
        word = fold(value)
        if not word:
            return None
        if word in self._ratings:
            return self._ratings[word]
        if word in self._elsewhere:
            self._minor("other-language", place, value=shown(value))
            return self._elsewhere[word]
        raise Flawed("no-rating", place, value=shown(value))

    def _entries(self, sheet: Sheet, row: int) -> tuple[int, ...]:
        """The entries that a rating rests on, written as "12, 15" or as one number."""
        column = PLACE["entries"]
        place, value = sheet.place(row, column), sheet.cells.get((row, column), "")
        if (row, column) in sheet.formulas:
            raise Flawed("formula", place)
        number = whole(value)
        written = value if number is None else str(number)
        if not isinstance(written, str):
            raise Flawed("no-entries", place, value=shown(value))
        parts = [part for part in _APART.split(unicodedata.normalize("NFKC", written)) if part]
        if not all(part.isdecimal() and len(part) <= _WIDEST_NUMBER for part in parts):
            raise Flawed("no-entries", place, value=shown(value))
        entries = tuple(int(part) for part in parts)
        for entry in entries:
            if entry > self._drill.state.seq:
                raise Flawed("unknown-entry", place, entry=entry)
        return entries

    # -- what it comes to --------------------------------------------------------------------------

    def _note(self, text: Prose, task: str, place: Place) -> None:
        if (task, text) in self._noted:
            self._unchanged += 1
        else:
            self._noted.add((task, text))
            self._given.append(Given(MakeNote(text=text, task=task), place))

    def _rate(self, rate: RateTask, place: Place) -> None:
        standing = self._drill.state.ratings.get((rate.task, self._rater))
        if standing is not None:
            said = standing[1]
            if (said.rating, said.why, said.entries) == (rate.rating, rate.why, rate.entries):
                self._unchanged += 1
                return
            self._replaced += 1
        self._given.append(Given(rate, place))


def _is_number(value: object, number: str) -> bool:
    """Whether a cell holds this number of a line; some programs turn 1.10 into the number 1.1."""
    return value == float(number) if isinstance(value, float) else shown(value) == number


def _folded(lang: Lang) -> Iterator[tuple[Rating, str]]:
    yield from ((rating, fold(label)) for rating, label in labels(lang).items())
