"""Long work beside a drill that goes on: in processes that give way, from the journal's file.

The drill's own process deals out small pieces and adds up what comes back; everything that takes
time, reading the journal included, is done elsewhere.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from drillkit.core.fold import fold
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.base import Millis
from drillkit.model.events import Entry
from drillkit.model.profile import Profile
from drillkit.rehearse.forecast import Forecast, forecast, play_some_on
from drillkit.rehearse.many import Progress, dealt
from drillkit.rehearse.tally import Tally

_FEW = 2
"""Runs between two looks at whether they are still wanted."""


class Unwanted(Exception):
    """Nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Juncture:
    """A drill as it stood: its journal up to entry `seq`, at `at` ms of exercise time."""

    path: Path
    seq: int
    at: Millis


def forecast_from(
    juncture: Juncture,
    profile: Profile,
    runs: int,
    executor: Executor,
    progress: Progress,
) -> Forecast:
    """Play the rest of the drill so many times; `progress` may raise Unwanted to end it."""
    whole = Tally()
    seeds = (range(first, min(first + _FEW, runs + 1)) for first in range(1, runs + 1, _FEW))
    works = (partial(_play_on, juncture, profile, tuple(some)) for some in seeds)
    for part in dealt(executor, works):
        whole.merge(part)
        progress(whole.runs + len(whole.crashes), runs)
    return executor.submit(_told, juncture, profile, whole).result()


def _play_on(juncture: Juncture, profile: Profile, seeds: Sequence[int]) -> Tally:
    return play_some_on(_entries(juncture), juncture.at, profile, seeds)


def _told(juncture: Juncture, profile: Profile, whole: Tally) -> Forecast:
    return forecast(fold(_entries(juncture)), juncture.at, profile, whole)


@lru_cache(maxsize=1)
def _entries(juncture: Juncture) -> Sequence[Entry]:
    with closing(SqliteJournal.open(juncture.path, write=False)) as journal:
        return tuple(journal.read()[: juncture.seq + 1])
