"""Somebody who cheats: an honest stand-in whose words and deeds are bent between it and its desk."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from drillkit.core.script import Refused
from drillkit.model.base import Millis
from drillkit.model.commands import Command
from drillkit.model.events import Entry, Event, RoleArrived
from drillkit.model.scenario import Scenario
from drillkit.standins.person import Person, Work


class Cheat:
    """It sits where the desk was, and like anybody acts through the desk alone.

    What it does not touch is as the honest person would do it, with the same dice. `scenario` is
    the script, for those who have got hold of it.
    """

    name: ClassVar[str]
    attacks: ClassVar[tuple[str, ...]]
    """The scores that it is meant to raise."""
    sees: ClassVar[tuple[type, ...]] = ()
    """The kinds of events that it reacts to."""
    every: ClassVar[Millis] = 0
    """How often it does `again`, from its arrival on; 0: never."""

    def __init__(self, me: Person, scenario: Scenario) -> None:
        self.me = me
        self.scenario = scenario
        self.desk = me.desk
        me.desk = self
        self.desk.hear(self._hear)

    # -- what cheats change ----------------------------------------------------------------------

    def does(self, command: Command) -> tuple[Entry, ...]:
        """What becomes of what the honest person would do; raises Refused."""
        return self.desk.say(command)

    def reacts(self, event: Event) -> Iterable[Command]:
        """What is done at once about an event that the seat was shown."""
        return ()

    def hears(self, event: Event) -> None:
        """What goes through its head before it takes an event in."""

    def again(self) -> Iterable[Command]:
        """What is done again and again."""
        return ()

    # -- the desk, as the person knows it --------------------------------------------------------

    @property
    def seat(self) -> str:
        return self.desk.seat

    def seats(self) -> tuple[str, ...]:
        return self.desk.seats()

    def say(self, command: Command, id: str = "") -> tuple[Entry, ...]:
        return self.does(command)

    # --------------------------------------------------------------------------------------------

    def tries(self, command: Command) -> tuple[Entry, ...]:
        """Ask for it; nothing where it is refused."""
        try:
            return self.desk.say(command)
        except Refused:
            return ()

    def _hear(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self.hears(entry.event)
            if isinstance(entry.event, self.sees):
                self.me.starts("cheat", self._react(entry))
            if (
                self.every
                and isinstance(entry.event, RoleArrived)
                and entry.event.role == self.seat
            ):
                self.me.starts("cheat", self._repeat())

    def _react(self, entry: Entry) -> Work:
        # By then the person has taken the entry in: news comes before what was put off till now.
        yield self.me.waits(max(0, entry.at - self.me.now))
        for command in self.reacts(entry.event):
            self.tries(command)

    def _repeat(self) -> Work:
        while True:
            yield self.me.waits(self.every)
            for command in self.again():
                self.tries(command)
