"""Windows of evidence: what is missing is nothing earned once its window has closed."""

from collections.abc import Iterable

from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.scenario import Inject
from scoring.measure import Measure, not_observed, value


def play_time(state: State, now: Millis) -> Millis:
    """Exercise time `now`, which stands still from the end of play on."""
    return now if state.ended is None else min(now, state.ended.at)


def missing(
    id: str,
    words: str,
    *,
    limit_at: Millis,
    now: Millis,
    closed: bool = True,
    weight: float = 1.0,
    entries: Iterable[int] = (),
    about: str = "",
) -> Measure:
    """A leaf whose evidence has not come by `now` (play time), scoring model 4.0 (3).

    It is 0 when its window has closed and all its evidence would have passed through drillkit
    (`closed`); otherwise it may still come, or came unseen: not observed.
    """
    if closed and now >= limit_at:
        return value(id, words, 0.0, weight=weight, entries=entries, about=about)
    return not_observed(id, words, weight=weight, about=about)


def is_ahead(state: State, inject: Inject) -> bool:
    """Play is on and the script will still bring this inject by itself.

    What it asks for is then not observed yet. An inject that waits for a condition may never come,
    and asks for nothing until it does.
    """
    record = state.injects.get(inject.id)
    is_waiting = record is None or (record.released is None and record.skipped is None)
    return is_waiting and inject.at is not None and inject.when is None and state.stage != "ended"
