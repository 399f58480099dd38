"""What one simulated drill amounts to: whole numbers by name, so that any number of runs adds up.

Names are paths of ids. Points are hundredths, times are seconds, shares are thousandths; None says
that something could have happened and did not. A name is left out where it did not apply.

    score/ID, raw/ID            the six scores, after and before caps
    best/supplies               what came in time of what the best allocation could have brought
    outcome/ID                  an outcome variable at the end, in thousandths of its unit
    branch/INJECT               when the inject was released
    milestone/ID                when it was reached
    answer/INJECT/EXPECT        how long an expected action took, of any kind, from the release
    arrive/ROLE, ack/ROLE       from the call-out
    report/DUE                  from when it fell due, on the clock of its rule
    notify/CUSTOMER             from when the customer was at risk
    arose/NEED                  when the need arose
    met/NEED                    from then on
    know/FACT/ROLE              from when the fact came up
    busy/ROLE                   share of the time at the post spent on something
    idle/ROLE                   the longest stretch of it without anything to do
    queue/ROLE                  the most that waited at once
    out/DEPOT/ITEM              when a stock that had some first stood at 0
    lost/MEASURE                what a leaf cost of the combined score before caps
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from drillkit.core.clocks import story_between
from drillkit.core.state import State
from drillkit.model.base import MINUTE, SECOND, Millis
from drillkit.standins.load import Load
from scoring.assessment import Assessment
from scoring.measure import Measure
from scoring.process.knowledge import carried, known_since, tellings
from scoring.result.actions import done_at
from scoring.result.scene import scene

BIN: Millis = 5 * MINUTE
"""The width of a step of the courses over time."""

Numbers = dict[str, int | None]
Course = list[int]
"""One value a bin of play, from its start."""


class Title(NamedTuple):
    """What a measure is called: the key of its sentence, and what it is about."""

    words: str
    about: str


@dataclass(frozen=True, slots=True)
class Run:
    """One simulated drill: its numbers, and what goes over time, by name.

    Courses: busy/ROLE, in thousandths of each bin; queue/ROLE, the most that waited in each bin;
    stock/DEPOT/ITEM, in store at the end of each bin. `titles` are those of the measures in lost/.
    """

    numbers: Numbers
    courses: dict[str, Course]
    titles: dict[str, Title] = field(default_factory=dict)


def measured(state: State, assessment: Assessment, loads: Mapping[str, Load]) -> Run:
    """The numbers of a drill that is over; `loads` are the stand-ins', by role."""
    numbers: Numbers = {}
    numbers.update(_scores(assessment))
    numbers.update(_story(state))
    numbers.update(_limits(state))
    numbers.update(_knowledge(state))
    titles = dict[str, Title]()
    for measure, cost in _lost(assessment.combined.measure):
        numbers[f"lost/{measure.id}"] = cost
        titles[measure.id] = Title(measure.words, measure.about)
    courses: dict[str, Course] = {}
    _stocks(state, numbers, courses)
    for role, load in loads.items():
        arrived = state.presence[role].arrived
        if arrived is not None:
            worked = _load(role, load, arrived.at, _end(state))
            numbers.update(worked.numbers)
            courses.update(worked.courses)
    return Run(numbers, courses, titles)


def _end(state: State) -> Millis:
    return state.ended.at if state.ended else state.at


def _scores(assessment: Assessment) -> Iterator[tuple[str, int | None]]:
    for score in assessment.scores():
        yield f"score/{score.id}", _hundredths(score.final)
        yield f"raw/{score.id}", _hundredths(score.point)
    fill = assessment.supplies.measure.children[0]
    if fill.point is not None:
        yield "best/supplies", round(10_000 * fill.point)


def _hundredths(points: float | None) -> int | None:
    return None if points is None else round(100 * points)


# -- the story -------------------------------------------------------------------------------------


def _story(state: State) -> Iterator[tuple[str, int | None]]:
    scenario, end = state.scenario, _end(state)
    for inject in scenario.injects:
        record = state.injects.get(inject.id)
        released = record.released if record else None
        yield f"branch/{inject.id}", released.at // SECOND if released else None
    for milestone in scenario.milestones:
        reached = state.milestones.get(milestone.id)
        yield f"milestone/{milestone.id}", reached[0].at // SECOND if reached else None
    for outcome in scenario.outcomes:
        record = state.outcomes[outcome.id]
        value = record.value + record.rate * (end - record.since.at) / MINUTE
        if outcome.low is not None:
            value = max(outcome.low, value)
        if outcome.high is not None:
            value = min(outcome.high, value)
        yield f"outcome/{outcome.id}", round(1000 * value)


# -- what has a limit ------------------------------------------------------------------------------


def _limits(state: State) -> Iterator[tuple[str, int | None]]:
    view = scene(state, _end(state))
    for inject in view.scenario.injects:
        record = state.injects.get(inject.id)
        if record is not None and record.released is not None:
            for expect in inject.expect:
                at = done_at(view, inject, expect)
                yield f"answer/{inject.id}/{expect.id}", _since(record.released.at, at)
    for role, presence in state.presence.items():
        if called := presence.called:
            acknowledged, arrived = presence.acknowledged, presence.arrived
            yield f"ack/{role}", _since(called.at, acknowledged.at if acknowledged else None)
            yield f"arrive/{role}", _since(called.at, arrived.at if arrived else None)
    on_story = {rule.id for rule in state.plan.reports if rule.clock == "scenario"}
    for id, due in state.due.items():
        filed = state.reports.get(due.filed)
        began, at = due.due.at, filed.filed.at if filed else None
        if at is not None and due.event.rule in on_story:
            yield f"report/{id}", story_between(state, began, at) // SECOND
        else:
            yield f"report/{id}", _since(began, at)
    for id, customer in state.customers.items():
        if at_risk := customer.at_risk:
            notified = customer.notified
            yield f"notify/{id}", _since(at_risk.at, notified.at if notified else None)
    for id, need in state.needs.items():
        met, so_far = None, 0
        for at, quantity, _ in need.arrivals:
            so_far += quantity
            if met is None and so_far >= need.event.quantity:
                met = at
        yield f"arose/{id}", need.arose.at // SECOND
        yield f"met/{id}", _since(need.arose.at, met)


def _since(start: Millis, at: Millis | None) -> int | None:
    return None if at is None else max(0, at - start) // SECOND


def _knowledge(state: State) -> Iterator[tuple[str, int | None]]:
    knows = carried(tellings(state))
    for fact in state.scenario.facts:
        came_up = state.facts.get(fact.id)
        if came_up is None:
            continue
        for recipient in fact.recipients:
            known = known_since(knows, recipient.role, fact.id)
            name = f"know/{fact.id}/{recipient.role}"
            yield name, _since(came_up.at, known.at if known else None)


def _lost(measure: Measure, points: float = 100.0) -> Iterator[tuple[Measure, int]]:
    """What each observed leaf that fell short took from the whole, in hundredths of a point."""
    apply = [child for child in measure.children if child.is_applicable and child.weight > 0]
    if not apply:
        if measure.point is not None and measure.point < 1:
            yield measure, round(100 * points * (1 - measure.point))
        return
    seen = sum(child.weight * child.coverage for child in apply)
    for child in apply:
        if child.coverage > 0:
            yield from _lost(child, points * child.weight * child.coverage / seen)


# -- supplies --------------------------------------------------------------------------------------


def _stocks(state: State, numbers: Numbers, courses: dict[str, Course]) -> None:
    ledger, bins = state.ledger, _bins(_end(state))
    moves: dict[tuple[str, str], list[tuple[Millis, int]]] = {
        store: [(0, quantity)] for store, quantity in ledger.opening.items()
    }
    for at, depot, item, by in ledger.changes:
        moves.setdefault((depot, item), []).append((at, by))
    for shipment in state.shipments.values():
        event = shipment.event
        move = (shipment.dispatched.at, -event.quantity)
        moves.setdefault((event.depot, event.item), []).append(move)
    for (depot, item), changes in sorted(moves.items()):
        changes.sort()
        left, had_some, gone = 0, False, None
        course = [0] * bins
        for at, by in changes:
            left += by
            had_some = had_some or left > 0
            if had_some and left <= 0 and gone is None:
                gone = at // SECOND
            for step in range(min(at // BIN, bins - 1), bins):
                course[step] = left
        courses[f"stock/{depot}/{item}"] = course
        if had_some:
            numbers[f"out/{depot}/{item}"] = gone


def _bins(end: Millis) -> int:
    return max(1, -(-end // BIN))


# -- people ----------------------------------------------------------------------------------------


def _load(role: str, load: Load, since: Millis, end: Millis) -> Run:
    stints = list(_within(load.stints, since, end))
    gaps = list(pairwise([since, *(edge for stint in stints for edge in stint), end]))[::2]
    bins = _bins(end)
    busy, queue = [0] * bins, [0] * bins
    for start, stop in stints:
        for step in range(start // BIN, min(bins, stop // BIN + 1)):
            low, high = max(start, step * BIN), min(stop, (step + 1) * BIN)
            busy[step] += max(0, high - low)
    for at, waiting in load.queue:
        if at < end:
            queue[at // BIN] = max(queue[at // BIN], waiting)
    return Run(
        {
            f"busy/{role}": round(1000 * sum(b - a for a, b in stints) / max(1, end - since)),
            f"idle/{role}": max(b - a for a, b in gaps) // SECOND,
            f"queue/{role}": max((waiting for _, waiting in load.queue), default=0),
        },
        {
            f"busy/{role}": [round(1000 * spent / BIN) for spent in busy],
            f"queue/{role}": queue,
        },
    )


def _within(
    stints: Iterable[tuple[Millis, Millis]], since: Millis, end: Millis
) -> Iterator[tuple[Millis, Millis]]:
    """The stints cut to the time at the post; one that was never ended lasts to the end."""
    for start, stop in stints:
        low, high = max(start, since), min(end if stop < 0 else stop, end)
        if low < high:
            yield low, high
