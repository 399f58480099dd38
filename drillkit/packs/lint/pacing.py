"""The pace of the script: injects that pile up on one role, and stretches without anything new."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from drillkit.core.injects import answers_expected
from drillkit.model.base import MINUTE, Millis
from drillkit.model.plan import Plan, Role
from drillkit.model.scenario import Inject, Scenario
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.duration import written
from drillkit.packs.lint.calendar import NEVER, Calendar
from drillkit.packs.lint.coming import coming
from drillkit.packs.source import Source

PILE: Final = 4
"""Answers asked of one role within PILE_WINDOW. To read an inject and to decide takes a practised
person about a minute (20 s and 45 s): with a fourth there is no minute left for telling others."""
PILE_WINDOW: Final[Millis] = 5 * MINUTE

ROLE_GAP: Final[Millis] = 25 * MINUTE
"""Without anything new for a role: as long as a rehearsed team may sit idle."""

DRILL_GAP: Final[Millis] = 15 * MINUTE
"""Without anything new for anybody, between two things: people begin to ask whether it is over.
After the last one the facilitator may end the drill at any time, so that stretch is no gap."""


def pacing_advice(
    source: Source, scenario: Scenario, plan_source: Source, plan: Plan, calendar: Calendar
) -> Iterator[Diagnostic]:
    """Pile-ups at the inject that completes them; gaps at the inject before them."""
    places = {inject.id: place for place, inject in enumerate(scenario.injects)}
    for role in plan.players():
        for inject, since in _piles(scenario, calendar, role.id):
            where = ("inject", places[inject.id], "id")
            window = written(calendar.injects[inject.id] - since)
            yield source.fault("packs.pile-up", where, role=role.id, count=PILE, window=window)
    if gap := _gap({0, *_times(scenario, calendar)}, DRILL_GAP):
        where = _last(scenario, calendar, gap[0])
        said = {"start": written(gap[0]), "gap": written(gap[1] - gap[0])}
        yield source.fault("packs.drill-gap", where, **said)
        return  # who has nothing to do then needs no saying
    for place, role in enumerate(plan.roles):
        if role.outside:
            continue
        gap = _gap({*_news(scenario, calendar, role), scenario.length}, ROLE_GAP)
        if gap:
            said = {"start": written(gap[0]), "gap": written(gap[1] - gap[0])}
            yield plan_source.fault("packs.role-gap", ("role", place, "id"), role=role.id, **said)


def _piles(scenario: Scenario, calendar: Calendar, role: str) -> Iterator[tuple[Inject, Millis]]:
    """The injects with which too many ask the role for an answer, and since when."""
    asking = [
        inject
        for inject in scenario.injects
        if any(expect.role == role for expect in answers_expected(inject))
    ]
    times = coming(asking, calendar, lambda inject: len(inject.body.en))
    counted_to = -1
    for place, (at, inject) in enumerate(times):
        first = place - PILE + 1
        if first > counted_to and at - times[first][0] < PILE_WINDOW:
            counted_to = place
            yield inject, times[first][0]


def _times(scenario: Scenario, calendar: Calendar) -> Iterator[Millis]:
    yield from (at for at in calendar.injects.values() if at < NEVER)
    yield from (at for at in calendar.needs.values() if at < NEVER)
    yield from (phase.at for phase in scenario.phases)


def _news(scenario: Scenario, calendar: Calendar, role: Role) -> set[Millis]:
    """When the role may get something at the earliest, itself or from others, and when it is due.

    What is sent in its name is its own, too.
    """
    facts = {
        fact.id for fact in scenario.facts if any(one.role == role.id for one in fact.recipients)
    }
    found = {0, role.travel}
    for inject in scenario.injects:
        at = calendar.injects[inject.id]
        told = any(role.id in expect.to for expect in inject.expect)
        if role.id in (inject.sender, *inject.to) or told or not facts.isdisjoint(inject.facts):
            found.add(at)
        found |= {t for one in inject.expect if one.role == role.id for t in (at, at + one.target)}
    for need in scenario.needs:
        if role.id in need.known_to or (not need.known_to and "supply" in role.may):
            found |= {calendar.needs[need.id], calendar.needs[need.id] + need.within}
    return {at for at in found if at < min(NEVER, scenario.length)}


def _gap(times: set[Millis], most: Millis) -> tuple[Millis, Millis] | None:
    """The longest stretch without any of the times, where it is longer than `most`."""
    stretches = ((after - before, before) for before, after in pairwise(sorted(times)))
    gap, start = max(stretches, default=(0, 0))
    return (start, start + gap) if gap > most else None


def _last(scenario: Scenario, calendar: Calendar, at: Millis) -> tuple[str, int, str]:
    """The inject after which nothing comes, else the first phase."""
    for place, inject in enumerate(scenario.injects):
        if calendar.injects[inject.id] == at:
            return ("inject", place, "id")
    return ("phase", 0, "id")
