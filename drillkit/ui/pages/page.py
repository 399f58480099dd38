"""The base of the desk's pages: each draws one subject from the moment and asks by message."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import ClassVar

from textual.containers import Container
from textual.message import Message

from drillkit.core.decide.seats import acting_as
from drillkit.core.state import State
from drillkit.desk import Pulse
from drillkit.model.commands import Command
from drillkit.ui.language import Speaks
from drillkit.ui.moment import Moment
from drillkit.ui.reading import Reading


@dataclass
class Asked(Message):
    """Somebody wants this done; `then` is told whether it was accepted."""

    command: Command
    then: Callable[[bool], object] = bool


class Seen(Message):
    """Something unread is shown now."""


class Page(Speaks, Container):
    """One page of a desk; while it is in front the screen hands it each moment."""

    BLANK = True
    NAME: ClassVar[str]
    """The words key of the page is "desk.<NAME>"."""

    DEFAULT_CSS = """
    Page { layout: horizontal; height: 1fr; }
    Page .pane { width: 1fr; height: 1fr; padding: 0 1; border-left: solid $border-blurred; }
    """

    def __init__(self, seat: str, pulse: Callable[[], Pulse]) -> None:
        super().__init__(id=f"page-{self.NAME}")
        self.seat = seat
        self.pulse = pulse
        self.moment = Moment()

    @classmethod
    def waiting(cls, state: State, seats: Collection[str]) -> int:  # noqa: ARG003
        """How much there waits for somebody to do something."""
        return 0

    @classmethod
    def unread(cls, reading: Reading) -> int:  # noqa: ARG003
        """How much there is new to read, and wants nothing to be done."""
        return 0

    @property
    def seats(self) -> tuple[str, ...]:
        """The role, and the posts that it holds as a substitute."""
        return acting_as(self.moment.state, self.seat)

    @property
    def has_unsent(self) -> bool:
        """Something is written here that has not been sent."""
        return False

    def tick(self) -> None:
        """A second has passed: draw what counts down."""

    def is_hurried(self) -> bool:
        """Whether something here counts seconds now."""
        return False

    def enter(self) -> None:
        """The page has come to the front: put the focus where one begins."""

    def request(self, command: Command, then: Callable[[bool], object] = bool) -> None:
        self.post_message(Asked(command, then))

    def show(self, moment: Moment) -> None:
        """The screen hands over the moment that holds now."""
        self.moment = moment
        if moment.names is not None and moment.state.briefing is not None:
            self.draw(moment)

    def draw(self, moment: Moment) -> None:
        """Show this moment; the briefing has been given."""
        raise NotImplementedError
