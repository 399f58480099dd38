"""What a line of an evaluation guide says: taken whole, or each cell that is wrong named."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from drillkit.core.decide.evaluators import GRAVE
from drillkit.exchange.cells import a_mark, a_prose, a_text, entry_numbers, fold, shown
from drillkit.exchange.choices import Choices
from drillkit.exchange.problem import Flawed
from drillkit.exchange.reading import Basket
from drillkit.exchange.workbook import Sheet
from drillkit.model.base import Lang
from drillkit.model.commands import RateDuty, RateTask
from drillkit.model.events import Duty, Rating
from drillkit.model.text import Line, Prose
from drillkit.report.drill import Drill
from drillkit.report.xlsx_duties import DUTIES, duty_labels
from drillkit.report.xlsx_layout import DUTY, DUTY_PLACE, FLAGS, FREE
from drillkit.report.xlsx_tasks import labels
from drillkit.words import say

_JUDGED: Final = ("P", "S", "M", "U")
_DUTY: Final = DUTY_PLACE["duty"]
T = TypeVar("T")


class _Tries:
    """Reads the cells of a line one by one, and keeps what is wrong with each."""

    def __init__(self) -> None:
        self.flaws: list[Flawed] = []

    def __call__(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Flawed as flaw:
            self.flaws.append(flaw)
            return otherwise


class Taker:
    """Puts what lines say into a basket; `place` says where each column of a task's line is."""

    def __init__(self, basket: Basket, drill: Drill, rater: Line, place: Mapping[str, int]) -> None:
        self._basket = basket
        self._drill = drill
        self._rater = rater
        self._place = place
        self._ratings = Choices(drill.lang, _rating_words)
        self._duties = Choices(drill.lang, _duty_words)

    def must_be_no_orphan(self, sheet: Sheet, row: int, *, is_of_duties: bool) -> None:
        """Raises Flawed for a line that holds a rating, and nothing that says of what."""
        column = _DUTY if is_of_duties else self._place["rating"]
        value = sheet.cells.get((row, column))
        known = self._duties.own(value) if is_of_duties else self._ratings.own(value)
        if known is not None:
            raise Flawed("no-id", sheet.place(row, column))

    def overall(self, sheet: Sheet, row: int, id: str) -> None:
        """Strengths or areas for improvement of a capability, as a note."""
        try:
            text, place = a_text(sheet, row, FREE), sheet.place(row, FREE)
            if text:
                key = f"import.note-{id.removeprefix('+')}"
                said = say(self._drill.lang, key, page=sheet.name, text=text)
                self._basket.note(a_prose(said, place), "", place)
        except Flawed as flaw:
            self._basket.refuse(flaw)

    def take(self, id: str, sheet: Sheet, row: int) -> None:
        """Take the line of a task or of a role, or say why not."""
        try:
            if id.startswith(DUTY):
                self._duty(id.removeprefix(DUTY), sheet, row)
            else:
                self._task(id, sheet, row)
        except Flawed as flaw:
            self._basket.refuse(flaw)

    def _duty(self, role: str, sheet: Sheet, row: int) -> None:
        duty = self._choice(self._duties, sheet, row, _DUTY)
        if duty is not None:
            rate = RateDuty(role=role, rater=self._rater, duty=duty, on_paper=True)
            self._basket.rate_duty(rate, sheet.place(row, _DUTY))

    def _task(self, task: str, sheet: Sheet, row: int) -> None:
        """Raises Flawed for what is missing in the line; what is wrong in a cell is named here."""
        place, tries = self._place, _Tries()
        observed = tries(lambda: a_text(sheet, row, place["observed"]), Prose())
        why = tries(lambda: a_text(sheet, row, place["reason"]), Prose())
        rating = tries(lambda: self._choice(self._ratings, sheet, row, place["rating"]), None)
        marks = [flag for flag in FLAGS if tries(self._marks(sheet, row, flag), otherwise=False)]
        entries = tries(lambda: self._entries(sheet, row), ()) if rating else ()
        for flaw in tries.flaws:
            self._basket.refuse(flaw)
        if tries.flaws:
            return
        where = sheet.place(row, place["rating"])
        if rating is None and (why or marks):
            raise Flawed("only-reason" if why else "only-mark", where)
        if rating in GRAVE and not why:
            raise Flawed("no-reason", sheet.place(row, place["reason"]), rating=rating)
        if rating in _JUDGED and not (entries or observed or self._has_note(task)):
            raise Flawed("no-evidence", where)
        if observed:
            self._basket.note(observed, task, sheet.place(row, place["observed"]))
        if rating is not None:
            grave = marks if set(FLAGS) <= set(place) else self._marked_before(task)
            rate = RateTask(
                task=task,
                rater=self._rater,
                rating=rating,
                why=why,
                harmed="harmed" in grave,
                unsafe="unsafe" in grave,
                noncompliant="noncompliant" in grave,
                entries=entries,
            )
            self._basket.rate(rate, where)

    def _marks(self, sheet: Sheet, row: int, flag: str) -> Callable[[], bool]:
        """Reads whether the flag is marked; a guide of a version without flags has none."""
        if flag not in self._place:
            return lambda: False
        return lambda: a_mark(sheet, row, self._place[flag], say(self._drill.lang, "sheet.mark"))

    def _marked_before(self, task: str) -> list[str]:
        """The flags that this rater gave elsewhere: a guide without a place for them keeps them."""
        _, said = self._drill.state.ratings.get((task, self._rater), (None, None))
        if said is None:
            return []
        held = (said.harmed, said.unsafe, said.noncompliant)
        return [flag for flag, holds in zip(FLAGS, held, strict=True) if holds]

    def _entries(self, sheet: Sheet, row: int) -> tuple[int, ...]:
        return entry_numbers(sheet, row, self._place["entries"], self._drill.state.seq)

    def _has_note(self, task: str) -> bool:
        return any(note.task == task for _, note in self._drill.state.notes.values())

    def _choice(self, choices: Choices[T], sheet: Sheet, row: int, column: int) -> T | None:
        """What was chosen of a list, None where nothing was; raises Flawed for anything else."""
        place, value = sheet.place(row, column), sheet.cells.get((row, column))
        if (row, column) in sheet.formulas:
            raise Flawed("formula", place)
        if not fold(value):
            return None
        if (own := choices.own(value)) is not None:
            return own
        if (foreign := choices.foreign(value)) is not None:
            self._basket.remark("other-language", place, value=shown(value))
            return foreign
        raise Flawed("no-rating", place, value=shown(value))


def _rating_words(lang: Lang) -> Iterator[tuple[Rating, str]]:
    yield from labels(lang).items()


def _duty_words(lang: Lang) -> Iterator[tuple[Duty, str]]:
    """The short words of the list, and the full ones that explain them."""
    yield from duty_labels(lang).items()
    yield from ((duty, say(lang, f"log.duty.{duty}")) for duty in DUTIES)
