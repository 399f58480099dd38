"""The rows of a rehearsal in one language: scores, limits, branches, people, costs, advice."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from drillkit.core.clocks import face
from drillkit.core.measured import about as subject_of
from drillkit.core.names import Names
from drillkit.journal import MemoryJournal
from drillkit.model.base import SECOND, Lang
from drillkit.model.profile import Profile
from drillkit.model.text import clean
from drillkit.rehearse.advice import Advice, advice
from drillkit.rehearse.limits import Limit, limits
from drillkit.rehearse.rehearsal import Rehearsal
from drillkit.rehearse.tally import Count, wilson
from drillkit.session import Opening, Session
from drillkit.words import listing, say

SCORES = ("combined", "process", "result", "arrival", "supplies", "information")
"""The published scores, the whole before its parts."""
COSTLY = 10
"""Measures that are named as costing most."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a number lies over the runs: quantiles, the mean with its 95 % interval, and n."""

    n: int
    median: float | None
    p10: float | None
    p90: float | None
    mean: float | None
    mean_lo: float | None
    mean_hi: float | None


@dataclass(frozen=True, slots=True)
class Chance:
    """In how many of how many runs, with the 95 % interval of the share (0..1)."""

    hits: int
    runs: int
    lo: float
    hi: float

    @property
    def share(self) -> float | None:
        return self.hits / self.runs if self.runs else None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score, in points, for each team in turn."""

    id: str
    title: str
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit: what, whose, how long (s), the ideal team's time (s), each team's chance."""

    limit: Limit
    title: str
    role: str
    floor: int | None
    chances: tuple[Chance, ...]
    takes: tuple[Spread, ...]

    @property
    def shares(self) -> list[float]:
        """How often the teams to which it came up met it, in their order."""
        return [chance.share for chance in self.chances if chance.share is not None]


@dataclass(frozen=True, slots=True)
class BranchRow:
    """An inject: how often it was released, and usually when (s)."""

    id: str
    title: str
    conditional: bool
    chances: tuple[Chance, ...]
    when: int | None


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone: how often it was reached."""

    id: str
    title: str
    chances: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A role: share of time busy (0..1), most waiting in 9 of 10 runs, longest idle (s)."""

    id: str
    title: str
    busy: tuple[float | None, ...]
    queue: tuple[int | None, ...]
    idle: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class CostRow:
    """A measure, and the points of the combined score that it cost on average."""

    id: str
    title: str
    points: float


class Rows:
    """Everything that is said of a rehearsal, in `lang`."""

    def __init__(self, found: Rehearsal, lang: Lang) -> None:
        self.found = found
        self.lang = lang
        self.teams: tuple[Profile, ...] = tuple(
            profile for profile in found.profiles if profile.id in found.tallies
        )
        self.tallies = [found.tallies[profile.id] for profile in self.teams]

    def say(self, key: str, **values: object) -> str:
        """The sentence `rehearse.<key>`."""
        return say(self.lang, f"rehearse.{key}", **values)

    def report(self, key: str, **values: object) -> str:
        """The sentence `rehearsal.<key>`, of those that only the files need."""
        return say(self.lang, f"rehearsal.{key}", **values)

    def team(self, profile: Profile) -> str:
        return profile.title.in_(self.lang) if profile.title else profile.id

    @property
    def title(self) -> str:
        job = self.found.job
        return self.say("title-short" if job.short else "title", title=job.scenario.title)

    def about(self) -> Iterator[str]:
        """How many runs by whom; what was stopped or broke off; what such numbers are worth."""
        teams = [
            self.say("team-runs", team=self.team(profile), runs=tally.runs)
            for profile, tally in zip(self.teams, self.tallies, strict=True)
        ]
        yield self.say(
            "about", n=self.found.done, seed=self.found.job.seed, teams=listing(self.lang, teams)
        )
        crashes = sorted(crash for tally in self.tallies for crash in tally.crashes)
        if not self.found.is_whole:
            all_runs = self.found.runs * len(self.found.profiles)
            yield self.say("stopped", done=self.found.done, all=all_runs)
        if crashes:
            first = crashes[0]
            yield self.say("crashed", n=len(crashes), seed=first.seed, what=clean(first.what))
        yield self.say("simulated")

    @cached_property
    def advice(self) -> tuple[Advice, ...]:
        return advice(self.found)

    def sentence(self, one: Advice) -> str:
        return self.say(f"advice.{one.rule}", **one.values)

    @cached_property
    def scores(self) -> tuple[ScoreRow, ...]:
        return tuple(
            ScoreRow(
                id,
                say(self.lang, "result.result" if id == "result" else f"{_AREA[id]}.{id}"),
                tuple(spread(tally.count(f"score/{id}"), 100) for tally in self.tallies),
            )
            for id in SCORES
        )

    @cached_property
    def limits(self) -> tuple[LimitRow, ...]:
        job = self.found.job
        return tuple(
            LimitRow(
                limit,
                limit.about.in_(self.lang),
                self.names.role(limit.role, self.lang) if limit.role else "",
                self.found.floor.get(limit.name),
                tuple(_chance(count.at_most(limit.seconds), count.runs) for count in counts),
                tuple(spread(count, 1) for count in counts),
            )
            for limit in limits(job.scenario, job.plan)
            for counts in [[tally.count(limit.name) for tally in self.tallies]]
        )

    @cached_property
    def branches(self) -> tuple[BranchRow, ...]:
        rows = []
        for inject in self.found.job.scenario.injects:
            counts = [tally.count(f"branch/{inject.id}") for tally in self.tallies]
            medians = [at for count in counts if (at := count.quantile(0.5)) is not None]
            rows.append(
                BranchRow(
                    inject.id,
                    inject.title.in_(self.lang),
                    inject.when is not None,
                    tuple(_chance(count.happened, count.runs) for count in counts),
                    min(medians, default=None),
                )
            )
        return tuple(rows)

    @cached_property
    def milestones(self) -> tuple[MilestoneRow, ...]:
        return tuple(
            MilestoneRow(
                milestone.id,
                milestone.title.in_(self.lang),
                tuple(_chance(count.happened, count.runs) for count in counts),
            )
            for milestone in self.found.job.scenario.milestones
            for counts in [[tally.count(f"milestone/{milestone.id}") for tally in self.tallies]]
        )

    @cached_property
    def people(self) -> tuple[PersonRow, ...]:
        return tuple(
            PersonRow(
                role.id,
                role.title.in_(self.lang),
                tuple(
                    None if (mean := tally.count(f"busy/{role.id}").mean()) is None else mean / 1000
                    for tally in self.tallies
                ),
                tuple(tally.count(f"queue/{role.id}").quantile(0.9) for tally in self.tallies),
                tuple(tally.count(f"idle/{role.id}").quantile(0.5) for tally in self.tallies),
            )
            for role in self.found.job.plan.players()
        )

    def costs(self, place: int, most: int | None = COSTLY) -> tuple[CostRow, ...]:
        """What cost the team at this place most, the dearest first; all with `most` None."""
        tally = self.tallies[place]
        found = []
        for id, count in tally.named("lost"):
            lost = sum(value * times for value, times in count.values.items())
            found.append((lost / max(1, tally.runs) / 100, id))
        dearest = sorted(found, key=lambda one: (-one[0], one[1]))[:most]
        return tuple(CostRow(id, self._measure(place, id), points) for points, id in dearest)

    def _measure(self, place: int, id: str) -> str:
        title = self.tallies[place].titles[id]
        # No report is due before a drill is played: the rule that will ask for it has the name.
        rules = {due.id: due.rule for due in self.found.job.scenario.reports}
        about = rules.get(title.about, title.about)
        subject = subject_of(self.names, id, about, self.lang)
        name = say(self.lang, title.words)
        return say(self.lang, "report.titled", title=name, subject=subject) if subject else name

    @cached_property
    def names(self) -> Names:
        """What the pack calls its things."""
        job = self.found.job
        opening = Opening("names", job.scenario, job.plan, job.weights)
        return Names(Session.open(MemoryJournal(), opening, 0).state)


_AREA = {
    "combined": "result",
    "process": "score",
    "arrival": "score",
    "supplies": "score",
    "information": "score",
}


def spread(count: Count, unit: int) -> Spread:
    """Where the values of a count lie, divided by `unit`."""

    def scaled(value: float | None) -> float | None:
        return None if value is None else value / unit

    low, high = count.mean_within() or (None, None)
    return Spread(
        count.happened,
        scaled(count.quantile(0.5)),
        scaled(count.quantile(0.1)),
        scaled(count.quantile(0.9)),
        scaled(count.mean()),
        scaled(low),
        scaled(high),
    )


def _chance(hits: int, runs: int) -> Chance:
    return Chance(hits, runs, *wilson(hits, runs))


def time(seconds: float | None) -> str:
    """Seconds as a clock shows them; "" for none."""
    return "" if seconds is None else face(round(seconds) * SECOND)
