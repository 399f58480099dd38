"""What is due next, kept up to date by what happens.

A drill has some hundred things that may come due: phases, deadlines, arrivals, milestones,
outcomes, needs, injects. Each is asked only when time reaches it, or when something that it hangs
on has changed; asking all of them after every entry gives the same and takes ten times as long.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drillkit.core import director
from drillkit.core.conditions import Condition, Key
from drillkit.core.script import Script
from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.model.base import Millis
from drillkit.model.scenario import Inject, Milestone, Move, Need, Outcome

_EVERYTHING = (
    ev.SessionOpened,
    ev.BriefingGiven,
    ev.DrillStarted,
    ev.DrillPaused,
    ev.DrillResumed,
    ev.DrillEnded,
    ev.ScriptJumped,
    ev.EntryVoided,
)
"""After these all is asked anew: time stood still or leapt, or the past changed."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may come due.

    `brings` gives what it leads to at an exercise time, in order; `wakes` the times at which it
    may lead to something although nobody acts; `keys` what else makes it worth asking.
    """

    brings: Callable[[State, Millis], Iterable[ev.Event]]
    wakes: Callable[[State, Millis], Iterable[Millis]]
    keys: frozenset[Key]


class Agenda:
    """The items of one drill, in the order in which what they bring is written down."""

    def __init__(self, script: Script) -> None:
        self._items = tuple(_items(script))
        self._by_key: dict[Key, list[int]] = {}
        for place, item in enumerate(self._items):
            for key in item.keys:
                self._by_key.setdefault(key, []).append(place)
        self._asked: set[int] = set(range(len(self._items)))
        self._wakes: dict[int, Millis] = {}
        self._next: Millis | None = None

    def stir(self, events: Iterable[ev.Event], state: State) -> None:
        """These have happened; `state` has them applied."""
        for event in events:
            if isinstance(event, _EVERYTHING):
                self._asked.update(range(len(self._items)))
            elif keys := _KEYS.get(type(event)):
                for key in keys(event, state):
                    self._asked.update(self._by_key.get(key, ()))

    def due(self, state: State, at: Millis) -> list[ev.Event]:
        """What time and the state bring about at `at`, in order; ask again until nothing comes."""
        if state.stage != "running":
            return []
        if self._next is not None and self._next <= at:
            self._asked.update(place for place, wake in self._wakes.items() if wake <= at)
        if not self._asked:
            return []
        found: list[ev.Event] = []
        still: set[int] = set()
        for place in sorted(self._asked):
            item = self._items[place]
            brought = list(item.brings(state, at))
            if brought:
                # It may bring more once this is written down.
                found += brought
                still.add(place)
            wake = min((time for time in item.wakes(state, at) if time > at), default=None)
            if wake is None:
                self._wakes.pop(place, None)
            else:
                self._wakes[place] = wake
        self._asked = still
        self._next = min(self._wakes.values(), default=None)
        return found

    def is_quiet(self, now: Millis) -> bool:
        """Nothing can have come due by `now`: nothing has changed, and no time is reached."""
        return not self._asked and (self._next is None or self._next > now)

    def next_due(self, state: State, at: Millis) -> Millis | None:
        """The time after `at` at which to ask again, if nobody acts before; None: never.

        Known at once where nothing came of the last `due`; else all items are asked.
        """
        if state.stage != "running":
            return None
        if self.is_quiet(at):
            return self._next
        times = (time for item in self._items for time in item.wakes(state, at) if time > at)
        return min(times, default=None)


# -- what an event changes -------------------------------------------------------------------------


def _clock(kind: str) -> Callable[[Any, State], Iterable[Key]]:
    keys = (("clock", kind),)
    return lambda _event, _state: keys


def _planned(
    event: ev.InjectHeld | ev.InjectFreed | ev.InjectSkipped | ev.InjectDeferred, _: State
) -> Iterator[Key]:
    yield "released", event.inject


def _released(event: ev.InjectReleased, _: State) -> Iterator[Key]:
    yield "released", event.inject
    yield "clock", "deadlines"
    yield from _told(event, _)


def _told(event: ev.InjectReleased | ev.MessageSent | ev.ReportFiled, _: State) -> Iterator[Key]:
    for fact in event.facts:
        yield "told", fact.id


def _filed(event: ev.ReportFiled, _: State) -> Iterator[Key]:
    yield "reported", event.due
    yield "clock", "reports"
    yield from _told(event, _)


def _issued(event: ev.StatementIssued, _: State) -> Iterator[Key]:
    for fact in event.facts:
        yield "stated", fact.id
        yield "told", fact.id


def _overdue(event: ev.AnswerOverdue, _: State) -> Iterator[Key]:
    yield "overdue", event.inject
    yield "clock", "deadlines"


def _arrived(event: ev.SuppliesArrived, state: State) -> Iterator[Key]:
    yield "clock", "transit"
    if shipment := state.shipments.get(event.shipment):
        yield "need", shipment.event.need


_KEYS: Mapping[type, Callable[[Any, State], Iterable[Key]]] = {
    ev.PhaseBegun: _clock("phases"),
    ev.InjectReleased: _released,
    ev.InjectHeld: _planned,
    ev.InjectFreed: _planned,
    ev.InjectSkipped: _planned,
    ev.InjectDeferred: _planned,
    ev.ResponseGiven: lambda event, _: (("answered", event.inject), ("clock", "deadlines")),
    ev.AnswerOverdue: _overdue,
    ev.MessageSent: _told,
    ev.ReportFellDue: _clock("reports"),
    ev.ReportOverdue: _clock("reports"),
    ev.ReportFiled: _filed,
    ev.StatementIssued: _issued,
    ev.RoleArrived: lambda event, _: (("here", event.role),),
    ev.RoleLeft: lambda event, _: (("here", event.role),),
    ev.NeedArose: lambda event, _: (("need", event.need),),
    ev.SuppliesDispatched: _clock("transit"),
    ev.SuppliesArrived: _arrived,
    ev.MilestoneReached: lambda event, _: (("milestone", event.milestone),),
    ev.OutcomeMoved: lambda event, _: (("outcome", event.outcome),),
}
"""What each kind of event changes that an item may hang on. Others change nothing of the kind."""


# -- the items of a drill --------------------------------------------------------------------------


def _items(script: Script) -> Iterator[Item]:
    phases = script.scenario.phases
    yield Item(
        lambda state, at: director.begun(phases, state, at),
        lambda state, _: director.phase_wakes(phases, state),
        frozenset((("clock", "phases"),)),
    )
    yield Item(director.arrivals, director.arrival_times, frozenset((("clock", "transit"),)))
    yield Item(director.overdue, director.deadlines, frozenset((("clock", "deadlines"),)))
    yield Item(director.late_reports, director.report_limits, frozenset((("clock", "reports"),)))
    for milestone, condition in script.milestones:
        yield _milestone(milestone, condition)
    for outcome, moves in script.moves:
        yield _outcome(outcome, moves)
    for need, condition in script.needs:
        yield _need(script, need, condition)
    for inject, condition in script.planned:
        yield _inject(script, inject, condition)


def _milestone(milestone: Milestone, condition: Condition) -> Item:
    return Item(
        lambda state, at: director.reached(milestone, condition, state, at),
        lambda state, at: () if milestone.id in state.milestones else condition.wakes(state, at),
        condition.keys | {("milestone", milestone.id)},
    )


def _outcome(outcome: Outcome, moves: Sequence[tuple[Move, Condition]]) -> Item:
    timed = [condition for _, condition in moves if condition.times or condition.bounds]
    keys = frozenset[Key]().union(*(condition.keys for _, condition in moves))
    return Item(
        lambda state, at: director.moved(outcome, moves, state, at),
        lambda state, at: (wake for condition in timed for wake in condition.wakes(state, at)),
        keys | {("outcome", outcome.id)},
    )


def _need(script: Script, need: Need, condition: Condition | None) -> Item:
    return Item(
        lambda state, at: director.arising(script, need, condition, state, at),
        lambda state, at: director.need_wakes(need, condition, state, at),
        (condition.keys if condition else frozenset[Key]()) | {("need", need.id)},
    )


def _inject(script: Script, inject: Inject, condition: Condition | None) -> Item:
    return Item(
        lambda state, at: director.releasing(script, inject, condition, state, at),
        lambda state, at: director.inject_wakes(inject, condition, state, at),
        (condition.keys if condition else frozenset[Key]()) | {("released", inject.id)},
    )
