"""What is likely to come of a drill under way if nothing changes: its rest, played many times.

Stand-ins take every seat in a copy; the drill itself, its people and its journal know nothing of
it. They know what those before them had read, and they may think of what those have forgotten.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drillkit.core.state import State
from drillkit.desk import Clock
from drillkit.journal import Draft, MemoryJournal
from drillkit.model.base import DIRECTOR, SECOND, Millis, Text, Title
from drillkit.model.events import ClockMarked, Entry, SeatLeft
from drillkit.model.profile import Profile
from drillkit.model.text import Line
from drillkit.rehearse.advice import OVERLOADED
from drillkit.rehearse.among import SCORES
from drillkit.rehearse.limits import Limit, limits
from drillkit.rehearse.many import RUN_FAULTS
from drillkit.rehearse.numbers import BIN, Run, measured
from drillkit.rehearse.play import EPOCH, play
from drillkit.rehearse.tally import Crash, Tally
from drillkit.session import Session
from drillkit.standins import Company
from scoring.assess import assess

RUNS = 200
LIKELY = 0.5
"""From this share of the runs on it is told that something will happen."""
_WIDTH = 3
"""Bins of the courses in which somebody is overloaded: a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class LikelyScore:
    """A score at the end, in points: the median, and where 8 of 10 runs lie."""

    id: str
    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class StaysOpen:
    """A need that is not met at the end in this share of the runs."""

    title: Title | Text
    share: float


@dataclass(frozen=True, slots=True)
class Missed:
    """A limit, not decided yet, that is missed in this share of the runs; `role` None: nobody's."""

    limit: Limit
    role: Title | None
    share: float


@dataclass(frozen=True, slots=True)
class Overload:
    """A role that will have no pause from `start` to `end`, with so many things waiting."""

    role: Title
    start: Millis
    end: Millis
    share: float
    waiting: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is likely from exercise time `at` (ms) on, after so many runs."""

    at: Millis
    profile: Profile
    runs: int
    scores: tuple[LikelyScore, ...]
    open_needs: tuple[StaysOpen, ...]
    missed: tuple[Missed, ...]
    overload: Overload | None
    crashes: tuple[Crash, ...]


# -- the runs --------------------------------------------------------------------------------------


def copied(entries: Sequence[Entry], at: Millis) -> Session:
    """A session of its own that stands where the entries lead, at `at`, with nobody at a seat."""
    journal = MemoryJournal()
    past = [
        Draft(at=entry.at, wall=entry.wall, by=entry.by, event=entry.event, via=entry.via)
        for entry in entries
    ]
    journal.append(-1, "past", past)
    session = Session(journal)
    session.tick(at, EPOCH)
    for id, seat in tuple(session.state.seats.items()):
        if seat.left is None:
            left = SeatLeft(line=id, role=seat.role, person=Line(seat.person))
            session.note(DIRECTOR, left, at=at, wall=EPOCH)
    session.note(DIRECTOR, ClockMarked(), at=at, wall=EPOCH)
    return session


def play_on(entries: Sequence[Entry], at: Millis, profile: Profile, seed: int) -> Run:
    """Play the rest once. Raises StandInCrashed and RestlessScenario."""
    session = copied(entries, at)
    cast: list[Company] = []

    def company_of(clock: Clock) -> Company:
        roles = session.script.players
        company = Company(session, clock, roles, profile=profile, seed=seed)
        for person in company.people:
            person.has_seen_until = at
        cast.append(company)
        return company

    play(session, company_of)
    loads = {person.role: person.load for person in cast[0].people}
    return measured(session.state, assess(session.state, thorough=False), loads)


def play_some_on(
    entries: Sequence[Entry],
    at: Millis,
    profile: Profile,
    seeds: Sequence[int],
) -> Tally:
    """Play the rest with each seed; a run that breaks off is counted as such."""
    tally = Tally()
    for seed in seeds:
        try:
            tally.add(play_on(entries, at, profile, seed))
        except RUN_FAULTS as problem:
            tally.crashes.append(Crash(seed, seed, str(problem)))
    return tally


# -- what they amount to ---------------------------------------------------------------------------


def forecast(state: State, at: Millis, profile: Profile, tally: Tally) -> Forecast:
    """What the runs from `at` on say of the drill that stands at `state`."""
    return Forecast(
        at=at,
        profile=profile,
        runs=tally.runs,
        scores=tuple(_score(tally, id) for id in SCORES),
        open_needs=tuple(sorted(_open_needs(state, tally), key=lambda one: -one.share)),
        missed=tuple(sorted(_missed(state, at, tally), key=lambda one: -one.share)),
        overload=_overload(state, at, tally),
        crashes=tuple(tally.crashes),
    )


def _score(tally: Tally, id: str) -> LikelyScore:
    count = tally.count(f"score/{id}")
    low, median, high = (
        None if points is None else points / 100
        for points in (count.quantile(share) for share in (0.1, 0.5, 0.9))
    )
    return LikelyScore(id, median, low, high)


def _open_needs(state: State, tally: Tally) -> Iterator[StaysOpen]:
    for need in state.scenario.needs:
        share = tally.count(f"met/{need.id}").missing / max(1, tally.runs)
        if share >= LIKELY:
            yield StaysOpen(need.title, share)


def _missed(state: State, at: Millis, tally: Tally) -> Iterator[Missed]:
    """Limits of which it is still open whether they are kept, and that mostly are not."""
    for limit in limits(state.scenario, state.plan):
        count = tally.count(limit.name)
        share = (count.runs - count.at_most(limit.seconds)) / max(1, tally.runs)
        # A need that stays open is told as such.
        if limit.kind != "met" and share >= LIKELY and not _is_decided(state, at, limit):
            spec = state.plan.role(limit.role)
            yield Missed(limit, spec.title if spec else None, share)


def _is_decided(state: State, at: Millis, limit: Limit) -> bool:
    if limit.kind == "report-story":
        due = state.due.get(limit.name.partition("/")[2])
        return due is not None and due.event.limit_at <= at
    began = _began(state, limit)
    return began is not None and began + limit.seconds * SECOND <= at


def _began(state: State, limit: Limit) -> Millis | None:
    """Since when the limit runs, in ms of exercise time; None: it does not yet."""
    kind, thing, *_ = limit.name.split("/")
    match kind:
        case "arrive":
            mark = presence.called if (presence := state.presence.get(limit.role)) else None
        case "report":
            mark = due.due if (due := state.due.get(thing)) else None
        case "notify":
            mark = customer.at_risk if (customer := state.customers.get(thing)) else None
        case "met":
            mark = need.arose if (need := state.needs.get(thing)) else None
        case "know":
            mark = state.facts.get(thing)
        case _:
            mark = record.released if (record := state.injects.get(thing)) else None
    return mark.at if mark else None


def _overload(state: State, at: Millis, tally: Tally) -> Overload | None:
    """The first quarter of an hour from now on in which somebody has no pause."""
    first = at // BIN + 1
    found: list[tuple[int, float, str]] = []
    for role in state.plan.players():
        sums = tally.courses.get(f"busy/{role.id}")
        means = sums.means() if sums else []
        for step in range(first, len(means) - _WIDTH + 1):
            share = sum(means[step : step + _WIDTH]) / _WIDTH / 1000
            if share >= OVERLOADED:
                found.append((step, -share, role.id))
                break
    if not found:
        return None
    step, share, id = min(found)
    role = state.plan.role(id)
    assert role is not None
    queue = tally.courses.get(f"queue/{id}")
    waiting = max(queue.means()[step : step + _WIDTH], default=0.0) if queue else 0.0
    return Overload(role.title, step * BIN, (step + _WIDTH) * BIN, -share, round(waiting))
