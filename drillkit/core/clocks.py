"""Three clocks kept apart: exercise time, script time, and the story's own date and time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from drillkit.core.state import State
from drillkit.model.base import MINUTE, SECOND, Millis
from drillkit.model.scenario import Phase, Scenario

_FORM = "%Y-%m-%d %H:%M"


def script_time(state: State, at: Millis) -> Millis:
    """Where the script stands at exercise time `at`: jumps have left some of it out."""
    return at + state.skipped


def story_time(state: State, at: Millis) -> datetime | None:
    """The story's date and time at exercise time `at`; None before the first phase."""
    phase = state.phase
    if phase is None:
        return None
    return _at_phase(phase.clock, phase.ratio, script_time(state, at) - phase.script)


def _at_phase(clock: str, ratio: float, passed: Millis) -> datetime:
    return _read(clock) + timedelta(minutes=passed * ratio / MINUTE)


@lru_cache(256)
def _read(clock: str) -> datetime:
    # The story has no time zone: it is told where it happens.
    return datetime.strptime(clock, _FORM)  # noqa: DTZ007


def story_at(phases: Sequence[Phase], script: Millis) -> datetime:
    """The story's date and time at a time of the script (ms) that nothing jumps over."""
    current = phases[0]
    for phase in phases:
        if phase.at <= script:
            current = phase
    return _at_phase(current.clock, current.ratio, script - current.at)


def limit_on_story_clock(scenario: Scenario, state: State, at: Millis, limit: Millis) -> Millis:
    """The exercise time at which `limit` ms of the story's clock have passed since `at`.

    A phase that begins later on the story's clock takes the time between with it, so a limit can
    pass at the moment of such a jump.
    """
    start = script_time(state, at)
    goal = story_at(scenario.phases, start) + timedelta(milliseconds=limit)
    bounds = [*scenario.phases, None]
    for phase, following in pairwise(bounds):
        assert phase is not None
        if following is not None and following.at <= start:
            continue
        begins = _at_phase(phase.clock, phase.ratio, 0)
        if goal <= begins:
            return max(phase.at, start) - state.skipped
        wanted = phase.at + round((goal - begins) / timedelta(minutes=1) * MINUTE / phase.ratio)
        if following is None or wanted < following.at:
            return max(wanted, start) - state.skipped
    raise AssertionError("the last phase has no end")


def story_between(state: State, start: Millis, end: Millis) -> Millis:
    """How many ms of the story pass between two exercise times, with the jumps to a phase."""
    phases = state.scenario.phases
    first, last = (story_at(phases, script_time(state, at)) for at in (start, end))
    return round((last - first) / timedelta(milliseconds=1))


def face(ms: Millis) -> str:
    """Exercise time as "M:SS", or "H:MM:SS" from an hour on."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours}:{minutes:02}:{seconds % 60:02}"
    return f"{minutes}:{seconds % 60:02}"


def time_of(text: str) -> Millis:
    """Exercise time (ms) as people type it: "90" minutes, "12:30", "1:02:30". Raises ValueError."""
    parts = text.strip().split(":")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(text)
    numbers = [int(part) for part in parts]
    if any(number > 59 for number in numbers[1:]):
        raise ValueError(text)
    if len(numbers) == 3:
        hours, minutes, seconds = numbers
    else:
        hours, minutes, seconds = 0, numbers[0], sum(numbers[1:])
    return hours * 60 * MINUTE + minutes * MINUTE + seconds * SECOND
