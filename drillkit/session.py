"""The only meeting place of director, journal and listeners: append, apply, tell; in this order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drillkit.core.agenda import Agenda
from drillkit.core.decide import decide
from drillkit.core.fold import advance, fold
from drillkit.core.script import Script
from drillkit.core.state import State
from drillkit.journal import Draft, Journal
from drillkit.model.base import DIRECTOR, FACILITATOR, Millis
from drillkit.model.commands import Command
from drillkit.model.events import BriefingGiven, Entry, Event, SessionOpened
from drillkit.model.form import Form
from drillkit.model.lesson import Lesson, OpenLesson
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.model.text import Line
from drillkit.model.weights import WeightSet
from drillkit.turns import Turns

Listener = Callable[[Sequence[Entry]], None]

_RESTLESS = 1_000
"""More rounds than any scenario needs to settle; beyond it two conditions chase each other."""


@dataclass(frozen=True, slots=True)
class Opening:
    """All that a session is opened with; `reminders` are its `lessons` as the briefing has them."""

    session: str
    scenario: Scenario
    plan: Plan
    weights: WeightSet
    seed: int = 0
    short: bool = False
    """The scenario is in its short form."""
    forms: tuple[Form, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    reminders: tuple[OpenLesson, ...] = ()
    prepared: tuple[Event, ...] = ()
    """What the facilitator has settled before: who watches what, and who leads."""


class RestlessScenario(Exception):
    """The scenario's conditions never settle at one moment."""


class Session:
    """One run of a scenario over one journal. Not thread-safe: it lives on one loop."""

    def __init__(self, journal: Journal) -> None:
        """Go on with a journal that holds an opened session.

        Raises ValueError when the journal does not begin with one.
        """
        self.journal = journal
        self.entries: list[Entry] = list(journal.read())
        self.state: State = fold(self.entries)
        if self.state.opened is None:
            raise ValueError("the journal does not begin with an opened session")
        self.script = Script(self.state.scenario, self.state.plan)
        self.turns = Turns()
        self._listeners: list[Listener] = []
        self._desks = 0
        self._agenda = Agenda(self.script)

    @classmethod
    def open(cls, journal: Journal, opening: Opening, wall: int) -> "Session":
        """Begin an empty journal with opening, briefing and what was prepared, as one append."""
        scenario = opening.scenario
        opened = SessionOpened(
            session=opening.session,
            scenario=scenario,
            plan=opening.plan,
            weights=opening.weights,
            seed=opening.seed,
            short=opening.short,
            forms=opening.forms,
            lessons=opening.lessons,
        )
        briefing = BriefingGiven(
            title=scenario.title,
            family=scenario.family,
            grade=scenario.grade,
            briefing=scenario.briefing,
            length=scenario.length,
            plan=opening.plan,
            lessons=opening.reminders,
        )
        drafts = [Draft(at=0, wall=wall, by=DIRECTOR, event=event) for event in (opened, briefing)]
        drafts += [
            Draft(at=0, wall=wall, by=FACILITATOR, event=event) for event in opening.prepared
        ]
        journal.append(-1, "open", drafts)
        return cls(journal)

    def name_desk(self, seat: str) -> str:
        """A name that no other desk of this session has or had, for the ids of its commands."""
        self._desks += 1
        return f"{seat}-{self.state.seq}-{self._desks}"

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell the listener of every entry from now on; the answer ends that."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def ask(
        self, by: str, command: Command, *, at: Millis, wall: int, id: str, via: Line = Line()
    ) -> tuple[Entry, ...]:
        """Let `by` do this at exercise time `at`; the entries that it led to.

        The same `id` again does nothing and gives the first outcome. Raises Refused.
        """
        self.tick(at, wall)
        at = max(at, self.state.at)
        events = decide(self.script, self.state, by, command, at)
        new = self._append(events, at=at, wall=wall, by=by, via=via, command=id)
        self.tick(at, wall)
        return new

    def note(self, by: str, event: Event, *, at: Millis, wall: int) -> None:
        """Write down what no command asked for and no scenario makes due, such as a clock mark."""
        command = f"note-{self.state.seq + 1}"
        self._append([event], at=at, wall=wall, by=by, via=Line(), command=command)

    def tick(self, now: Millis, wall: int) -> None:
        """Bring about everything that is due up to exercise time `now`, each at its own time."""
        if self._agenda.is_quiet(now):
            return
        at = self.state.at
        while True:
            self._settle(at, wall)
            following = self._agenda.next_due(self.state, at)
            if following is None or following > now:
                return
            at = following

    def next_due(self, now: Millis) -> Millis | None:
        """When to tick again if nobody does anything before."""
        return self._agenda.next_due(self.state, now)

    def _settle(self, at: Millis, wall: int) -> None:
        for _ in range(_RESTLESS):
            events = self._agenda.due(self.state, at)
            if not events:
                return
            command = f"due-{self.state.seq + 1}"
            self._append(events, at=at, wall=wall, by=DIRECTOR, via=Line(), command=command)
        raise RestlessScenario(f"the scenario does not settle at {at} ms")

    def _append(
        self, events: Sequence[Event], *, at: Millis, wall: int, by: str, via: Line, command: str
    ) -> tuple[Entry, ...]:
        if not events:
            return ()
        drafts = [Draft(at=at, wall=wall, by=by, via=via, event=event) for event in events]
        appended = self.journal.append(self.state.seq, command, drafts)
        if appended.duplicate:
            return appended.entries
        self.state = advance(self.state, self.entries, appended.entries)
        self._agenda.stir(events, self.state)
        self.entries.extend(appended.entries)
        for listener in tuple(self._listeners):
            listener(appended.entries)
        return appended.entries
