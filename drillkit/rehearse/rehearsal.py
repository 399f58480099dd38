"""A rehearsal: a pack played many times by one or several teams, and once by an ideal one."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from drillkit.model.profile import Profile
from drillkit.rehearse.many import Job, play_one, rehearse
from drillkit.rehearse.numbers import Numbers
from drillkit.rehearse.tally import Tally
from drillkit.session import RestlessScenario
from drillkit.standins import StandInCrashed

IDEAL = Profile(id="ideal", skill=1.0, attention=0, spread=0.0)
"""An expert in every seat who does everything at once, in an expert's usual time: coming, reading,
deciding and the relays on the way. Whoever must wait, forgets or errs takes longer; luck with a
single step may beat it by a little."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it: the tally of each team by its profile's id, in the order asked for.

    `floor` holds the numbers of the ideal team, empty where its drill broke off.
    """

    job: Job
    runs: int
    profiles: tuple[Profile, ...]
    tallies: Mapping[str, Tally]
    floor: Numbers

    @property
    def done(self) -> int:
        """Runs played to their end, of all teams."""
        return sum(tally.runs for tally in self.tallies.values())

    @property
    def is_whole(self) -> bool:
        """Nothing was stopped before its time."""
        return all(
            tally.runs + len(tally.crashes) == self.runs for tally in self.tallies.values()
        ) and len(self.tallies) == len(self.profiles)


def rehearsal(
    job: Job,
    profiles: Iterable[Profile],
    runs: int,
    executor: Executor | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Rehearsal:
    """Let each team play `runs` drills from the job's seed on; see many.rehearse.

    A KeyboardInterrupt ends it with what is done so far, if anything is.
    """
    teams = tuple(profiles)
    tallies: dict[str, Tally] = {}
    floor = _floor(job)
    for place, profile in enumerate(teams):
        before = place * runs

        def tell(done: int, _all: int, before: int = before) -> None:
            if progress is not None:
                progress(before + done, runs * len(teams))

        try:
            tally = rehearse(replace(job, profile=profile), runs, executor, progress=tell)
        except KeyboardInterrupt:
            if not tallies:
                raise
            break
        tallies[profile.id] = tally
        if tally.runs + len(tally.crashes) < runs:
            break
    return Rehearsal(job, runs, teams, tallies, floor)


def _floor(job: Job) -> Numbers:
    try:
        return play_one(replace(job, profile=IDEAL), job.seed).numbers
    except (StandInCrashed, RestlessScenario):
        return {}
