"""The base of the screens that show an assessment: a thread makes it, from a fold of its own."""

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from drillkit.core.book import open_book
from drillkit.core.fold import fold
from drillkit.desk import Desk
from drillkit.model.events import Entry
from drillkit.ui.moment import Moment
from drillkit.ui.screens.asking import AskingScreen
from scoring.assess import assess
from scoring.assessment import Assessment


class AssessedScreen(AskingScreen):
    """Follows a desk of the staff and keeps the assessment of what has happened so far."""

    @dataclass
    class Assessed(Message):
        """The drill up to entry `seq` has been assessed."""

        seq: int
        assessment: Assessment

    ASSESSES_PLAY: ClassVar[bool] = True
    """False where nothing needs it before the end: its thread slows all other terminals."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.assessment: Assessment | None = None
        self._assessed = -1

    @property
    def is_computing(self) -> bool:
        """The assessment does not hold all entries yet."""
        return self._assessed < self.moment.state.seq

    def watch_moment(self, moment: Moment) -> None:
        """Draw, and assess anew what is new."""
        self.book = open_book(moment.state, self.lang, self.book)
        if self.book is None:
            return
        if self.is_computing and (self.ASSESSES_PLAY or moment.state.ended is not None):
            self._assess(tuple(moment.entries))
        self.draw()

    @work(group="assess", exclusive=True, thread=True)
    def _assess(self, entries: tuple[Entry, ...]) -> None:
        # The moment's own state changes while this thread reads: it folds one for itself.
        assessment = assess(fold(entries))
        if not get_current_worker().is_cancelled:
            self.post_message(self.Assessed(entries[-1].seq, assessment))

    def on_assessed_screen_assessed(self, event: Assessed) -> None:
        self._assessed, self.assessment = event.seq, event.assessment
        self.draw()

    def action_leave(self) -> None:
        """Back to the screen below, where there is one."""
        if len(self.app.screen_stack) > 2:
            self.dismiss()

    def draw(self) -> None:
        """Show the moment and the assessment; the book is open."""
        raise NotImplementedError
