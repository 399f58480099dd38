"""The phases of the short form: its clock still says what the script tells."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from drillkit.core.clocks import story_at
from drillkit.core.short.pace import Pace
from drillkit.model.base import MINUTE, Millis
from drillkit.model.scenario import Phase, Scenario

_FORM = "%Y-%m-%d %H:%M"
_OFF = 3
"""Minutes by which the story's clock may miss a time that is told; a phase is cut where it would
miss by more."""
_BRISK = 4
"""Times the pace of the whole form at which the story may run on when no more is told."""
_SLOWEST, _QUICKEST = 0.05, 1440.0


_Told = tuple[datetime, Millis]
"""What the story's clock says at a time of the script."""


def paced(scenario: Scenario, pace: Pace) -> tuple[Phase, ...]:
    """The phases that something happens in, each cut where the story must run at another pace."""
    stretches: list[tuple[Phase, list[Millis]]] = []
    for phase, following in pairwise([*scenario.phases, None]):
        assert phase is not None
        end = scenario.length if following is None else following.at
        planned = {one.at for one in scenario.injects if one.at is not None}
        told = sorted(at for at in planned if phase.at <= at < end)
        if not stretches:
            told = sorted({phase.at, *told})
        if told:
            stretches.append((phase, told))
    found: list[Phase] = []
    after = [(story_at((phase,), told[0]), told[0]) for phase, told in stretches[1:]]
    for (phase, told), following in zip(stretches, [*after, None], strict=True):
        found += _cut(phase, told, pace, following)
    return tuple(found)


def _cut(
    phase: Phase, marks: Sequence[Millis], pace: Pace, following: _Told | None
) -> Iterator[Phase]:
    told, put = [story_at((phase,), at) for at in marks], [pace(at) for at in marks]
    parts: list[tuple[int, float]] = []
    start = 0
    while start < len(marks) - 1:
        stop = max(n for n in range(start + 1, len(marks)) if _is_straight(told, put, start, n))
        parts.append((start, _ratio(told, put, start, stop)))
        start = stop
    rest = _rest(phase, told[-1], put[-1], pace, following)
    if not parts or parts[-1][1] > rest:
        parts.append((start, rest))
    for number, (part, ratio) in enumerate(parts, 1):
        yield Phase(
            id=phase.id if number == 1 else f"{phase.id}-{number}",
            title=phase.title,
            at=put[part],
            clock=told[part].strftime(_FORM),
            ratio=min(_QUICKEST, max(_SLOWEST, ratio)),
        )


def _rest(phase: Phase, told: datetime, put: Millis, pace: Pace, following: _Told | None) -> float:
    """The quickest that the story may go on after what is told last: not past what follows."""
    most = _BRISK * phase.ratio
    if following is None:
        return most
    time, at = following
    return min(most, _pace(time - told, pace(at) - put))


def _pace(passed: timedelta, played: Millis) -> float:
    return round(passed / timedelta(minutes=1) * MINUTE / max(1, played), 3)


def _ratio(told: Sequence[datetime], put: Sequence[Millis], start: int, stop: int) -> float:
    return _pace(told[stop] - told[start], put[stop] - put[start])


def _is_straight(told: Sequence[datetime], put: Sequence[Millis], start: int, stop: int) -> bool:
    ratio = _ratio(told, put, start, stop)
    return all(
        abs(told[start] + timedelta(minutes=ratio * (put[at] - put[start]) / MINUTE) - told[at])
        <= timedelta(minutes=_OFF)
        for at in range(start + 1, stop)
    )
