"""How much there is to read: no role should spend its drill reading.

The speed is that of simulated people, model.reading, so that advice and rehearsal agree.
"""

from collections import deque
from collections.abc import Iterator
from typing import Final

from drillkit.model.base import LANGS, MINUTE, SECOND, Millis, Text, Title
from drillkit.model.plan import Plan
from drillkit.model.reading import reading_seconds
from drillkit.model.scenario import Inject, Scenario
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.duration import written
from drillkit.packs.lint.calendar import Calendar
from drillkit.packs.lint.coming import coming
from drillkit.packs.source import Source

WINDOW: Final[Millis] = 5 * MINUTE
"""As rehearsals count what piles up."""

SHARE: Final = 0.5
"""Of a window. Reading is half of what an inject takes: the other half goes into deciding, into
telling others and into reading what they write, which no pack can know."""


def reading_advice(
    source: Source, scenario: Scenario, plan: Plan, calendar: Calendar
) -> Iterator[Diagnostic]:
    """The inject with which a role has more to read in five minutes than it should."""
    places = {inject.id: place for place, inject in enumerate(scenario.injects)}
    for role in plan.players():
        recent: deque[tuple[Millis, Millis]] = deque()
        is_over = False
        addressed = [inject for inject in scenario.injects if role.id in inject.to]
        for at, inject in coming(addressed, calendar, _time):
            recent.append((at, _time(inject)))
            while recent[0][0] <= at - WINDOW:
                recent.popleft()
            total = sum(time for _, time in recent)
            was_over, is_over = is_over, total > SHARE * WINDOW
            if is_over and not was_over:
                yield source.fault(
                    "packs.reading-load",
                    ("inject", places[inject.id], "id"),
                    role=role.id,
                    time=written(round(total, -3)),
                    window=written(WINDOW),
                )


def _time(inject: Inject) -> Millis:
    """What reading it takes with all its options, in the language that takes longer."""
    seconds = (
        reading_seconds(" ".join(text.in_(lang) for text in _texts(inject))) for lang in LANGS
    )
    return round(max(seconds) * SECOND)


def _texts(inject: Inject) -> tuple[Title | Text, ...]:
    return inject.title, inject.body, *(option.title for option in inject.options)
