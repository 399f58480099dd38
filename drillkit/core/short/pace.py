"""When things come in the short form: the script's times drawn together.

What comes when is squeezed; how long anybody has is not. People answer no faster on a short
afternoon, roads get no shorter, and a limit that the plan sets would be another limit. So each
time of the script moves forward only as far as what people do before it allows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drillkit.core.conditions import leaves
from drillkit.model.base import MINUTE, SECOND, Millis
from drillkit.model.plan import Plan
from drillkit.model.scenario import Expect, Inject, Need, Scenario
from drillkit.model.when import (
    Answered,
    Delivered,
    Knows,
    MilestoneReached,
    NotBefore,
    Overdue,
    Released,
    Stated,
    When,
)

LENGTH: Millis = 20 * MINUTE
"""How long the short form is played."""

_APART: Millis = 75 * SECOND
"""Between two injects, where the script has that much."""
_AFTER: Millis = 10 * SECOND
"""Between any other two times of the script."""
_DULL: Millis = 8 * MINUTE
"""A longer pause in the script counts as this one."""
_CLOSING = 2
"""The last times at which injects come: they end the story, so what takes longer than _BRIEF is
not waited for there; else all would come early, and play would end in silence."""
_BRIEF: Millis = 6 * MINUTE
_STEP: Millis = 5 * SECOND
_MISSED: Millis = 2 * MINUTE
_HALVINGS = 30


@dataclass(frozen=True, slots=True)
class Pace:
    """Each time of the script that matters (ms), and where the short form puts it (ms).

    `fit` is 1 where everybody keeps the time that the script gives; below it, the share that is
    left of the time between a decision and what hangs on it.
    """

    times: dict[Millis, Millis]
    fit: float = 1.0

    def __call__(self, time: Millis) -> Millis:
        """Where `time` (ms of the script) comes to stand; between two known times, in proportion.

        It rises with `time`. Raises ValueError beyond the end of the script.
        """
        known = sorted(self.times)
        for before, after in pairwise(known):
            if before <= time <= after:
                start, end = self.times[before], self.times[after]
                return start + (end - start) * (time - before) // (after - before)
        raise ValueError(time)

    def stretches(self) -> Iterator[tuple[Millis, Millis | None, float]]:
        """From when to when (ms of the short form) it squeezes evenly, and how many times.

        The last has no end. Where the script is missed by a minute or two, that counts as even.
        """
        marks = sorted(self.times)
        start = 0
        while start < len(marks) - 1:
            stop = max(n for n in range(start + 1, len(marks)) if self._is_even(marks, start, n))
            ends = None if stop == len(marks) - 1 else self.times[marks[stop]]
            yield self.times[marks[start]], ends, self._squeeze(marks[start], marks[stop])
            start = stop

    def _squeeze(self, start: Millis, stop: Millis) -> float:
        return (stop - start) / max(1, self.times[stop] - self.times[start])

    def _is_even(self, marks: Sequence[Millis], start: int, stop: int) -> bool:
        began, squeeze = marks[start], self._squeeze(marks[start], marks[stop])
        return all(
            abs(began + squeeze * (self.times[one] - self.times[began]) - one) <= _MISSED
            for one in marks[start + 1 : stop]
        )


@dataclass(frozen=True, slots=True)
class _Wait:
    """`after` comes at least `least` ms behind `before`; both are times of the whole script."""

    before: Millis
    after: Millis
    least: Millis


def pace(scenario: Scenario, plan: Plan) -> Pace:
    """The times of a scenario that is longer than LENGTH, laid out on LENGTH."""
    planned = {one.at for one in scenario.injects if one.at is not None}
    marks = sorted({0, scenario.length} | planned | set(_marks(scenario)))
    waits = [*_arrivals(scenario, plan), *_branches(scenario), *_answers(scenario)]

    def laid(fill: float, fit: float, waits: Sequence[_Wait]) -> dict[Millis, Millis]:
        put, script = {0: 0}, 0
        for before, mark in pairwise(marks):
            at = put[before] + max(1.0, min(mark - before, _AFTER) * fit)
            if mark in planned or mark == scenario.length:
                gap = mark - script
                at = max(at, put[script] + min(gap, _APART + fill * min(gap, _DULL)) * fit)
                script = mark
            for wait in waits:
                if wait.after == mark:
                    at = max(at, put[wait.before] + wait.least * fit)
            put[mark] = round(at)
        return put

    def is_in_time(fill: float, fit: float, waits: Sequence[_Wait]) -> bool:
        return laid(fill, fit, waits)[scenario.length] <= LENGTH

    fill, fit = 0.0, 1.0
    if not is_in_time(fill, fit, waits):
        fit = _largest(lambda share: is_in_time(0.0, share, waits))
    else:
        last = sorted(planned)[-_CLOSING:]
        for wish in _wishes(scenario, plan):
            closes = wish.before in last and wish.least > _BRIEF
            if not closes and is_in_time(fill, fit, [*waits, wish]):
                waits.append(wish)
        fill = _largest(lambda share: is_in_time(share, fit, waits))
    put = laid(fill, fit, waits)
    times, before = {0: 0}, 0
    for mark in marks[1:]:
        before = max(before + SECOND // 10, put[mark] // _STEP * _STEP)
        times[mark] = before
    times[scenario.length] = LENGTH
    return Pace(times, fit)


def _largest(holds: Callable[[float], bool]) -> float:
    """The largest share for which it holds, as it does for 0."""
    if holds(1.0):
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def limit_of(expect: Expect) -> Millis:
    """After this an expected action earns nothing, in ms from the release."""
    return 2 * expect.target if expect.limit is None else expect.limit


def _marks(scenario: Scenario) -> Iterator[Millis]:
    """Times of the script beside the injects that must keep their order with them."""
    hanging = branching(scenario)
    whens = [one.when for one in (*scenario.injects, *scenario.needs) if one.when is not None]
    whens += [one.when for one in scenario.milestones if one.id in hanging]
    for need in scenario.needs:
        if need.at is not None:
            yield need.at
    for when in whens:
        for leaf in leaves(when):
            if isinstance(leaf, NotBefore):
                yield leaf.not_before


def _arrivals(scenario: Scenario, plan: Plan, *, patient: bool = False) -> Iterator[_Wait]:
    """Nobody is asked before they can be there in time for the answer; or, `patient`, be there."""
    roles = {role.id: role for role in plan.roles}
    for inject in scenario.injects:
        if inject.at is None:
            continue
        for expect in inject.expect:
            if expect.action == "respond" and (role := roles.get(expect.role)):
                least = role.arrive_target - (0 if patient else expect.target)
                yield _Wait(0, inject.at, min(inject.at, max(0, least)))


def _answers(scenario: Scenario) -> Iterator[_Wait]:
    """Whoever is asked can answer before play ends."""
    end = scenario.length
    for inject in scenario.injects:
        if inject.at is not None:
            for expect in inject.expect:
                if expect.action == "respond":
                    yield _Wait(inject.at, end, min(end - inject.at, expect.target))


def _wishes(scenario: Scenario, plan: Plan) -> Iterator[_Wait]:
    """What there is time for if it can be had, the weightiest first: to report, to deliver, to
    state, to do what else is asked, and all of the limit where a target is hard enough.
    """
    end = scenario.length
    starts = starts_of(scenario)
    rules = {rule.id: rule for rule in plan.reports}
    for report in scenario.reports:
        at, rule = starts.get(report.after), rules.get(report.rule)
        if at is not None and rule is not None:
            yield _Wait(at, end, min(end - at, rule.limit))
    for need in scenario.needs:
        if (at := arises(need, starts)) is not None:
            yield _Wait(at, end, min(end - at, need.within))
    asked = [
        (one.at, expect) for one in scenario.injects if one.at is not None for expect in one.expect
    ]
    for rank in (("state",), ("tell", "dispatch", "report")):
        for at, expect in asked:
            if expect.action in rank:
                yield _Wait(at, end, min(end - at, expect.target))
    yield from _arrivals(scenario, plan, patient=True)
    yield from _branches(scenario, patient=True)
    for at, expect in asked:
        yield _Wait(at, end, min(end - at, limit_of(expect)))


def starts_of(scenario: Scenario) -> dict[str, Millis]:
    """When each inject that has a time comes (ms of the script)."""
    return {one.id: one.at for one in scenario.injects if one.at is not None}


def arises(need: Need, starts: Mapping[str, Millis]) -> Millis | None:
    """When the need arises at the earliest, as far as the script's times say (ms); else None."""
    if need.when is None:
        return need.at
    named = {leaf.released for leaf in leaves(need.when) if isinstance(leaf, Released)}
    return max((starts[name] for name in named if name in starts), default=need.at)


def _branches(scenario: Scenario, *, patient: bool = False) -> Iterator[_Wait]:
    """Between a decision and the injects that hang on it there is time to decide.

    It is as long as the target, or the limit if `patient`.
    """
    for inject in scenario.injects:
        if inject.at is not None and inject.when is not None:
            yield from _before(scenario, inject.when, inject.at, patient)
    hanging = branching(scenario)
    for milestone in scenario.milestones:
        if milestone.id in hanging:
            for leaf in leaves(milestone.when):
                if isinstance(leaf, NotBefore):
                    yield from _before(scenario, milestone.when, leaf.not_before, patient)


def fair_time(scenario: Scenario, when: When, time: Millis, pace: Pace) -> Millis:
    """Where a `not_before` of `when` comes to stand that no inject hangs on (ms).

    It is `time` at that pace, or later where people would else have too little time for what the
    condition waits for; that may be after the end of play.
    """
    waits = _before(scenario, when, time, patient=True)
    return max([pace(time), *(pace(wait.before) + wait.least for wait in waits)])


def branching(scenario: Scenario) -> frozenset[str]:
    """The milestones that injects and needs hang on, whatever lies between."""
    found: frozenset[str] = frozenset()
    for thing in (*scenario.injects, *scenario.needs):
        if thing.when is not None:
            found = _milestones(scenario, thing.when, found)
    return found


def _milestones(scenario: Scenario, when: When, seen: frozenset[str]) -> frozenset[str]:
    """The milestones that it hangs on, whatever lies between."""
    for leaf in leaves(when):
        if isinstance(leaf, MilestoneReached) and leaf.milestone not in seen:
            seen |= {leaf.milestone}
            for inner in scenario.milestones:
                if inner.id == leaf.milestone:
                    seen = _milestones(scenario, inner.when, seen)
    return seen


def _before(scenario: Scenario, when: When, time: Millis, patient: bool) -> Iterator[_Wait]:
    for start, least in _decisions(scenario, when, patient, frozenset()):
        if start < time:
            yield _Wait(start, time, min(time - start, least))


def _decisions(
    scenario: Scenario, when: When, patient: bool, seen: frozenset[str]
) -> Iterator[tuple[Millis, Millis]]:
    """When people are asked for what `when` waits for, and how long it may take them, both ms."""
    for leaf in leaves(when):
        match leaf:
            case MilestoneReached(milestone=name) if name not in seen:
                for inner in scenario.milestones:
                    if inner.id == name:
                        yield from _decisions(scenario, inner.when, patient, seen | {name})
            case Answered(answered=name) | Overdue(overdue=name):
                for inject in scenario.injects:
                    if inject.id == name:
                        yield from _asked(inject, "respond", patient)
            case Knows(fact=name) | Stated(stated=name):
                action = "state" if isinstance(leaf, Stated) else "tell"
                for inject in scenario.injects:
                    if name in inject.facts:
                        yield from _asked(inject, action, patient)
            case Delivered(delivered=name):
                for need in scenario.needs:
                    if need.id == name and (at := arises(need, starts_of(scenario))) is not None:
                        yield at, need.within
            case _:
                pass


def _asked(inject: Inject, action: str, patient: bool) -> Iterator[tuple[Millis, Millis]]:
    """When the inject comes, and how long the action it asks for may take."""
    if inject.at is not None:
        for expect in inject.expect:
            if expect.action == action:
                yield inject.at, limit_of(expect) if patient else expect.target
