"""Enters what a guide brought into the journal, at the evaluator's own desk, one command each."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from drillkit.desk import LocalDesk
from drillkit.exchange.reading import Given, Reading
from drillkit.model.base import EVALUATOR, Millis
from drillkit.model.commands import Command, MakeNote, RateDuty, RateTask, SubmitRatings
from drillkit.model.events import DutyRated, Entry, NoteMade, TaskRated
from drillkit.model.text import Line
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
    desk = _desk(reading.rater, session, wall)
    for one in reading.given:
        desk.say(one.command, _id(reading.rater, one, session.entries))


def hand_in(rater: Line, session: Session, wall: Callable[[], int]) -> None:
    """Hand in all that the rater has given; raises as `enter` does."""
    command = SubmitRatings(rater=rater)
    _desk(rater, session, wall).say(command, _named(rater, command, [], 0))


def _desk(rater: Line, session: Session, wall: Callable[[], int]) -> LocalDesk:
    return LocalDesk(session, EVALUATOR, Still(session.state.at, wall), via=rater)


def _id(rater: Line, one: Given, entries: Iterable[Entry]) -> str:
    command = one.command
    match command:
        case RateTask():
            flags = {
                "harmed": command.harmed,
                "unsafe": command.unsafe,
                "noncompliant": command.noncompliant,
            }
            grave = [flag for flag, holds in flags.items() if holds]
            content = [command.task, command.rating, command.why, *command.entries, *grave]
            before = sum(
                isinstance(entry.event, TaskRated)
                and (entry.event.task, entry.event.rater) == (command.task, rater)
                for entry in entries
            )
        case RateDuty():
            content = [command.role, command.duty]
            before = sum(
                isinstance(entry.event, DutyRated)
                and (entry.event.role, entry.event.rater) == (command.role, rater)
                for entry in entries
            )
        case MakeNote():
            content = [command.task, command.text]
            before = sum(
                isinstance(entry.event, NoteMade)
                and entry.via == rater
                and (entry.event.task, entry.event.text) == (command.task, command.text)
                for entry in entries
            )
    return _named(rater, command, content, before)


def _named(rater: Line, command: Command, content: Sequence[str | int], before: int) -> str:
    whole = json.dumps([rater, command.kind, content, before], ensure_ascii=False)
    return f"import.{sha256(whole.encode()).hexdigest()[:32]}"
