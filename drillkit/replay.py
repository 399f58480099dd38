"""A drill that is over, or broke off, seen again: from any seat, at any place, at any pace."""

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from drillkit.core.decide.seats import acting_as
from drillkit.core.fold import advance
from drillkit.core.script import Refused, Script
from drillkit.core.sight import is_blind, shown
from drillkit.core.state import State
from drillkit.desk import Batch, Pulse
from drillkit.model.base import EVALUATOR, FACILITATOR, SECOND, Millis
from drillkit.model.commands import Command, OpenInject
from drillkit.model.events import (
    DrillPaused,
    Entry,
    InjectReleased,
    NoteMade,
    SessionOpened,
)
from scoring.assessment import Finding

Kind = Literal["inject", "pause", "strength", "note", "finding"]


class NotInAReplay(Refused):
    """What has happened cannot be changed by watching it."""

    def __init__(self) -> None:
        super().__init__("replay")
        self.key = "replay.refused"


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place worth going to: exercise time `at` (ms), the entry there, and what it is.

    `finding` names the finding or the strength; the others are told by their entry.
    """

    at: Millis
    seq: int
    kind: Kind
    finding: str = ""


class Player:
    """Where a replay stands, and how fast it goes; all desks of one replay share one.

    `seen` entries have happened, exercise time `at` (ms) has come. A pause takes no exercise time,
    nor does what came before the start and after the end: it passes at once.
    """

    def __init__(
        self, entries: Sequence[Entry], monotonic: Callable[[], float], speed: float = 1.0
    ) -> None:
        """`monotonic` gives seconds; `entries` lack none up to the last.

        Raises ValueError when they open no session.
        """
        if not entries or not isinstance(entries[0].event, SessionOpened):
            raise ValueError("the entries do not begin with an opened session")
        self.entries = tuple(entries)
        opened = entries[0].event
        self.script = Script(opened.scenario, opened.plan)
        self.speed = speed
        self.is_playing = False
        self.seen = 0
        # The opening and the briefing are one append: nobody ever saw the one without the other.
        self._least = sum(one.command == entries[0].command for one in entries[:2])
        self._monotonic = monotonic
        self._from: Millis = 0
        self._since = 0.0
        self._listeners: list[Callable[[], None]] = []
        self.go_to(0)

    @property
    def end(self) -> Millis:
        """Exercise time of the last entry."""
        return self.entries[-1].at

    @property
    def at(self) -> Millis:
        """Exercise time now."""
        if not self.is_playing:
            return self._from
        passed = (self._monotonic() - self._since) * SECOND * self.speed
        return min(self.end, self._from + int(passed))

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call the listener whenever the place changes; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # -- how fast ----------------------------------------------------------------------------------

    def play(self) -> None:
        """Go on from here; from the beginning when this is the end."""
        if self.seen == len(self.entries):
            self.go_to(0)
        self._stand_at(self._from)
        self.is_playing = True

    def pause(self) -> None:
        self._from, self.is_playing = self.at, False

    def set_speed(self, speed: float) -> None:
        """`speed` exercise seconds in a second from now on."""
        self._stand_at(self.at)
        self.speed = speed

    def tick(self) -> None:
        """Let happen what has come to its time; at the end the replay stands still."""
        if not self.is_playing:
            return
        at = self.at
        self._see(max(self.seen, self._count(at)))
        if at >= self.end:
            self.pause()

    # -- where -------------------------------------------------------------------------------------

    def go_to(self, at: Millis) -> None:
        """To exercise time `at`, held within the drill, with all that had happened by then."""
        at = max(0, min(at, self.end))
        self._stand_at(at)
        self._see(self._count(at))

    def go_to_entry(self, seq: int) -> None:
        """To the moment at which entry `seq` was the last; held within the drill."""
        seq = max(self._least - 1, min(seq, len(self.entries) - 1))
        self._stand_at(self.entries[seq].at)
        self._see(seq + 1)

    def _stand_at(self, at: Millis) -> None:
        self._from, self._since = at, self._monotonic()

    def _count(self, at: Millis) -> int:
        return bisect_right(self.entries, at, key=lambda entry: entry.at)

    def _see(self, seen: int) -> None:
        if seen == self.seen:
            return
        self.seen = seen
        for listener in tuple(self._listeners):
            listener()


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a seat sees from the drill's entry `first` on, until its past becomes another."""

    first: int
    entries: Sequence[Entry]

    def until(self, seen: int) -> int:
        """How many of its entries are among the drill's first `seen`."""
        return bisect_left(self.entries, seen, key=lambda entry: entry.seq)


def stretches(player: Player, seat: str) -> tuple[Stretch, ...]:
    """All that a seat saw of a drill; what opens the past to it begins a new stretch.

    That is taking over a post, and the moment at which the ratings are no longer kept from it. The
    evaluators are one seat here: they see of the ratings what the facilitator did.
    """
    eyes = FACILITATOR if seat == EVALUATOR else seat
    state, before = State(), list[Entry]()
    found, seats, own, blind = list[Stretch](), tuple[str, ...](), list[Entry](), False
    for entry in player.entries:
        state = advance(state, before, (entry,))
        before.append(entry)
        new: Sequence[Entry] = (entry,)
        holds = acting_as(state, eyes)
        is_kept = is_blind(state, holds, "")
        if (holds, is_kept) != (seats, blind):
            seats, blind, own, new = holds, is_kept, list[Entry](), before
            found.append(Stretch(entry.seq, own))
        sights = (shown(player.script, state, seats, one, player.entries) for one in new)
        own.extend(sight for sight in sights if sight is not None)
    return tuple(found)


class ReplayDesk:
    """A seat at a drill that has been: everything is as it was, and nothing can be done."""

    def __init__(self, player: Player, seat: str) -> None:
        self._player = player
        self._seat = seat
        self._stretches = stretches(player, seat)

    @property
    def seat(self) -> str:
        return self._seat

    def pulse(self) -> Pulse:
        player = self._player
        return Pulse(player.at, player.speed if player.is_playing else 0.0)

    async def send(self, command: Command) -> tuple[Entry, ...]:
        """Raises NotInAReplay. To look at an inject is no deed here: it leads to nothing."""
        if isinstance(command, OpenInject):
            return ()
        raise NotInAReplay

    def visible(self) -> Sequence[Entry]:
        """All that the seat had seen at the end."""
        return self._stretches[-1].entries

    async def follow(self) -> AsyncIterator[Batch]:
        """See Desk.follow. Each step back begins afresh: folding anew is quicker than any copy."""
        wake = asyncio.Event()
        stop = self._player.listen(wake.set)
        told, count = Stretch(-1, ()), 0
        try:
            while True:
                seen = self._player.seen
                now = next(one for one in reversed(self._stretches) if one.first < seen)
                upto = now.until(seen)
                if now is not told or upto < count:
                    yield Batch(tuple(now.entries[:upto]), fresh=True)
                elif upto > count:
                    yield Batch(tuple(now.entries[count:upto]))
                told, count = now, upto
                if self._player.seen == seen:
                    await wake.wait()
                wake.clear()
        finally:
            stop()


def landmarks(
    visible: Iterable[Entry], entries: Sequence[Entry], findings: Iterable[Finding] = ()
) -> tuple[Landmark, ...]:
    """The places worth going to, in order; a finding stands at the first entry that it rests on.

    Injects and pauses come from what the seat saw, notes from all `entries`: that there is one is
    the frame's to say, whoever sits in it.
    """
    found = [
        Landmark(entry.at, entry.seq, "inject" if released else "pause")
        for entry in visible
        if (released := isinstance(entry.event, InjectReleased))
        or isinstance(entry.event, DrillPaused)
    ]
    found += [
        Landmark(entry.at, entry.seq, "note")
        for entry in entries
        if isinstance(entry.event, NoteMade)
    ]
    for finding in findings:
        if finding.entries:
            seq = min(finding.entries)
            kind: Kind = "strength" if finding.level == "strength" else "finding"
            found.append(Landmark(entries[seq].at, seq, kind, finding.id))
    return tuple(sorted(found, key=lambda mark: (mark.seq, mark.kind, mark.finding)))
