"""Enters what a guide brought into the journal, at the evaluator's own desk, one command each."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from drillkit.desk import LocalDesk
from drillkit.exchange.lines import Given, Reading
from drillkit.model.base import EVALUATOR, Millis
from drillkit.model.commands import RateTask
from drillkit.model.events import Entry, NoteMade, TaskRated
from drillkit.session import Session


@dataclass(frozen=True, slots=True)
class Still:
    """The clock of a drill that is over: it stands at `at`, while the wall's goes on."""

    at: Millis
    wall_ms: Callable[[], int]

    def now(self) -> Millis:
        return self.at

    def wall(self) -> int:
        return self.wall_ms()

    def speed(self) -> float:
        return 0.0

    def stir(self) -> None:
        """Nothing is due any more."""


def enter(reading: Reading, session: Session, wall: Callable[[], int]) -> None:
    """Ask for all that the reading gives, as its rater.

    Each command's id says what is given and how often that was given before, so what is entered
    twice is there once. Raises Refused, and Unwritten when the journal cannot take it: what was
    entered before that stays, and the next reading finds it there.
    """
    desk = LocalDesk(session, EVALUATOR, Still(session.state.at, wall), via=reading.rater)
    for one in reading.given:
        desk.say(one.command, _id(reading, one, session.entries))


def _id(reading: Reading, one: Given, entries: Iterable[Entry]) -> str:
    command, rater = one.command, reading.rater
    if isinstance(command, RateTask):
        content = [command.task, command.rating, command.why, *command.entries]
        before = sum(
            isinstance(entry.event, TaskRated)
            and (entry.event.task, entry.event.rater) == (command.task, rater)
            for entry in entries
        )
    else:
        content = [command.task, command.text]
        before = sum(
            isinstance(entry.event, NoteMade)
            and entry.via == rater
            and (entry.event.task, entry.event.text) == (command.task, command.text)
            for entry in entries
        )
    whole = json.dumps([rater, command.kind, content, before], ensure_ascii=False)
    return f"import.{sha256(whole.encode()).hexdigest()[:32]}"
