"""Where a team that has played stands among simulated teams of the same scenario and plan.

A rank among simulations: it says how hard this script is for teams of a known skill. It is none
among colleagues or organisations, and says nothing of a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from drillkit.model.profile import Profile
from drillkit.rehearse.many import Job, Progress, rehearse
from drillkit.rehearse.tally import Count, Crash, Tally, wilson
from scoring.assessment import Assessment

SCORES = {
    "combined": "result.combined",
    "process": "score.process",
    "result": "result.result",
    "arrival": "score.arrival",
    "supplies": "score.supplies",
    "information": "score.information",
}
"""The scores with the words that they are called by, the whole before its parts."""
BEST = "best"
"""The id of the share of what the best allocation could have brought in time, in percent."""


@dataclass(frozen=True, slots=True)
class Place:
    """The share (0..1) of `teams` that did worse, ties by half, with its 95 % interval.

    Beside it the teams' own median, and where 8 of 10 of them lie.
    """

    teams: int
    below: float
    low: float
    high: float
    median: float
    p10: float
    p90: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A score of the real team, 0..100, and its place among each kind of team in turn.

    None where the drill, or every one of those teams, has no such score.
    """

    id: str
    own: float | None
    places: tuple[Place | None, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """How a drill compares: the scores and, last, the supply plan against the best possible."""

    seed: int
    profiles: tuple[Profile, ...]
    runs: tuple[int, ...]
    crashes: tuple[tuple[Crash, ...], ...]
    standings: tuple[Standing, ...]


def reference(
    job: Job,
    profiles: Sequence[Profile],
    teams: int,
    executor: Executor | None,
    progress: Progress,
) -> Mapping[str, Tally]:
    """Let `teams` teams of each kind play, from the job's seed on.

    A KeyboardInterrupt ends it with what is done so far; see many.rehearse.
    """
    tallies: dict[str, Tally] = {}
    for profile in profiles:
        before = len(tallies) * teams

        def tell(done: int, _all: int, before: int = before) -> None:
            progress(before + done, teams * len(profiles))

        tally = rehearse(replace(job, profile=profile), teams, executor, progress=tell)
        tallies[profile.id] = tally
        if tally.runs + len(tally.crashes) < teams:
            break
    return tallies


def among(
    assessment: Assessment, seed: int, profiles: Sequence[Profile], tallies: Mapping[str, Tally]
) -> Among:
    """The drill's scores among those of the simulated teams that have played."""
    played = tuple(profile for profile in profiles if profile.id in tallies)
    teams = [tallies[profile.id] for profile in played]
    return Among(
        seed=seed,
        profiles=played,
        runs=tuple(tally.runs for tally in teams),
        crashes=tuple(tuple(tally.crashes) for tally in teams),
        standings=tuple(_standings(assessment, teams)),
    )


def _standings(assessment: Assessment, teams: Sequence[Tally]) -> Iterator[Standing]:
    finals = {score.id: score.final for score in assessment.scores()}
    for id in SCORES:
        yield _standing(id, finals[id], [tally.count(f"score/{id}") for tally in teams])
    # What came in time of what the best allocation could have brought: the supply score's S1.
    fill = assessment.supplies.measure.children[0].point
    own = None if fill is None else 100 * fill
    yield _standing(BEST, own, [tally.count("best/supplies") for tally in teams])


def _standing(id: str, own: float | None, counts: Sequence[Count]) -> Standing:
    if own is None:
        return Standing(id, None, tuple(None for _ in counts))
    return Standing(id, own, tuple(_place(round(100 * own), count) for count in counts))


def _place(own: int, count: Count) -> Place | None:
    """The place of `own`, in hundredths as the count's values are."""
    teams = count.happened
    if not teams:
        return None
    below = count.at_most(own) - count.values[own] / 2
    low, high = wilson(below, teams)
    p10, median, p90 = ((count.quantile(share) or 0) / 100 for share in (0.1, 0.5, 0.9))
    return Place(teams, below / teams, low, high, median, p10, p90)
