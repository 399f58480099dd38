"""What is said of a comparison or a sweep: the same rows for the screen, the page and programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from drillkit.core.clocks import face
from drillkit.model.base import SECOND, Lang
from drillkit.model.profile import Profile
from drillkit.rehearse.compare import (
    ENOUGH,
    Change,
    Comparison,
    Verdict,
    by_chance,
    changes,
    lonely,
    shifted,
)
from drillkit.rehearse.limits import Limit
from drillkit.rehearse.many import Job
from drillkit.rehearse.pairs import Pairs
from drillkit.rehearse.sweep import Sweep, courses
from drillkit.words import listing, say

PARTS: tuple[Verdict, ...] = ("better", "worse", "different", "noise")
"""The parts of the table; what is the same in every pair is only counted."""
_ORDER = ("score", "outcome", "chance", "time", "fires")
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as its cells say it."""

    change: Change
    title: str
    before: str
    after: str
    by: str
    within: str


class Sayer:
    """What the two versions call their things, in `lang`."""

    def __init__(self, first: Job, second: Job, lang: Lang) -> None:
        self.lang = lang
        self._jobs = (second, first)

    def say(self, key: str, **values: object) -> str:
        """The sentence `compare.<key>`."""
        return say(self.lang, f"compare.{key}", **values)

    def kind(self, limit: Limit) -> str:
        """What a limit is for, in a word."""
        return say(self.lang, f"rehearse.kind.{limit.kind}")

    def teams_told(self, runs: Sequence[tuple[Profile, int]]) -> str:
        """The teams, each with its number of pairs."""
        key = "rehearse.team-runs"
        told = [say(self.lang, key, team=self.team(one), runs=n) for one, n in runs]
        return listing(self.lang, told)

    def team(self, profile: Profile) -> str:
        return profile.title.in_(self.lang) if profile.title else profile.id

    def row(self, change: Change) -> ChangeRow:
        return ChangeRow(
            change,
            self.title(change),
            self.level(change, change.before),
            self.level(change, change.after),
            self.difference(change, change.by),
            self.say(
                "within",
                lo=self.figure(change, change.lo),
                hi=self.figure(change, change.hi),
            ),
        )

    def title(self, change: Change) -> str:
        """What the number is called."""
        scenario = self._jobs[0].scenario
        match change.kind:
            case "score":
                area = "result" if change.id in ("combined", "result") else "score"
                return say(self.lang, f"{area}.{change.id}")
            case "outcome":
                outcome = next(one for one in scenario.outcomes if one.id == change.id)
                return self.say("number.outcome", about=outcome.title, unit=outcome.unit)
            case "fires":
                kind = change.name.split("/")[1]
                return self.say(f"number.{kind}", about=self._story(change))
        assert change.limit is not None
        return self.say(f"number.{change.kind}", what=self.limit(change.limit))

    def limit(self, limit: Limit) -> str:
        """What has a limit, and whose it is where its title does not say so."""
        values = {"kind": self.kind(limit), "about": limit.about, "role": self._role(limit.role)}
        plain = limit.kind in ("met", "arrive")
        return self.say("number.of-none" if plain else "number.of-role", **values)

    def _role(self, id: str) -> str:
        found = (role for job in self._jobs if (role := job.plan.role(id)))
        return next((role.title.in_(self.lang) for role in found), id)

    def _story(self, change: Change) -> str:
        scenario = self._jobs[0].scenario
        titles = {one.id: one.title for one in scenario.injects}
        if "milestone/" in change.name:
            titles = {one.id: one.title for one in scenario.milestones}
        return titles[change.id].in_(self.lang)

    # -- figures ---------------------------------------------------------------------------------

    def level(self, change: Change, value: float) -> str:
        """The value of the number in its unit."""
        match change.kind:
            case "chance" | "fires":
                return f"{value:.0%}"
            case "time":
                return face(round(value) * SECOND)
        return f"{value:.1f}"

    def difference(self, change: Change, value: float) -> str:
        """A difference of the number, with its sign and its unit."""
        figure = self.figure(change, value)
        if change.kind in ("chance", "fires"):
            return self.say("points-of-share", by=figure)
        return figure

    def figure(self, change: Change, value: float) -> str:
        """A difference of the number, with its sign alone."""
        match change.kind:
            case "chance" | "fires":
                return _signed(100 * value, 1)
            case "time":
                seconds = round(abs(value))
                return f"{_sign(value) if seconds else ''}{face(seconds * SECOND)}"
        return _signed(value, 2)


def _sign(value: float) -> str:
    return "+" if value > 0 else _MINUS


def _signed(value: float, digits: int) -> str:
    text = f"{abs(value):.{digits}f}"
    return f"{_sign(value)}{text}" if float(text) else text


def _standing(rows: Sayer, found: Comparison | Sweep, pairs: Sequence[Pairs]) -> Iterator[str]:
    """What was set, stopped or broken off, and what such numbers are worth."""
    if found.given:
        yield rows.say("given", set=listing(rows.lang, [*found.given]))
    if not found.is_whole:
        all_runs = found.runs * len(found.profiles)
        yield say(rows.lang, "rehearse.stopped", done=found.done, all=all_runs)
    crashes = sorted({crash for one in pairs for crash in one.crashes})
    if crashes:
        first = crashes[0]
        yield say(rows.lang, "rehearse.crashed", n=len(crashes), seed=first.seed, what=first.what)
    yield rows.say("relative")
    yield rows.say("simulated")


class ComparisonRows(Sayer):
    """Everything that is said of a comparison, in `lang`."""

    def __init__(self, found: Comparison, lang: Lang) -> None:
        super().__init__(found.first, found.second, lang)
        self.found = found
        self.teams = tuple(one for one in found.profiles if one.id in found.pairs)

    @property
    def heading(self) -> str:
        return self.say("title", title=self.found.second.scenario.title)

    def about(self) -> Iterator[str]:
        """What was compared, how often and by whom; what does not compare."""
        found = self.found
        first, second = found.names
        yield self.say("names", first=first, second=second)
        told = self.teams_told([(one, found.pairs[one.id].pairs) for one in self.teams])
        yield self.say("about", n=found.done, seed=found.first.seed, teams=told)
        yield from _standing(self, found, list(found.pairs.values()))

    def apart(self) -> Iterator[str]:
        """What only one of the two has, and the limits that are not the same."""
        found = self.found
        for one in lonely(found.first, found.second):
            name = self.say("second" if one.in_second else "first")
            about = one.title.in_(self.lang)
            if one.limit is not None:
                about = self.limit(one.limit)
            elif one.place is not None:
                about = self.say("number.in-store", item=about, depot=one.place)
            yield self.say(f"only.{one.kind}", name=name, about=about)
        moved = [
            self.say(
                "shifted-one",
                about=self.limit(one.limit),
                before=face(one.before * SECOND),
                after=face(one.after * SECOND),
            )
            for one in shifted(found.first, found.second)
        ]
        if moved:
            yield self.say("shifted", n=len(moved), which=listing(self.lang, moved))

    @cached_property
    def changes(self) -> dict[str, tuple[Change, ...]]:
        """What became of every number that both have, by the team's id."""
        found = self.found
        return {id: changes(pairs, found.first, found.second) for id, pairs in found.pairs.items()}

    def part(self, team: Profile, verdict: Verdict) -> list[ChangeRow]:
        """The rows of one part of the table: scores first, then what is surest."""
        chosen = [one for one in self.changes[team.id] if one.verdict == verdict]
        chosen.sort(key=lambda one: (_ORDER.index(one.kind), -one.sureness, one.name))
        return [self.row(one) for one in chosen]

    def counted(self, team: Profile) -> str:
        """How many numbers are the same in every pair, and how many differ by chance alone."""
        told = self.changes[team.id]
        same = sum(one.verdict == "same" for one in told)
        values = {"all": len(told), "same": same, "chance": f"{by_chance(told):.1f}"}
        return self.say("counted", **values, enough=ENOUGH)


class SweepRows(Sayer):
    """Everything that is said of a sweep, in `lang`."""

    def __init__(self, found: Sweep, lang: Lang) -> None:
        super().__init__(found.base, found.base, lang)
        self.found = found
        self.teams = tuple(one for one in found.profiles if one.id in found.pairs)

    @property
    def heading(self) -> str:
        return self.say("sweep-title", title=self.found.base.scenario.title)

    def about(self) -> Iterator[str]:
        found = self.found
        yield self.say("sweep-about", path=found.path, values=listing(self.lang, [*found.values]))
        told = self.teams_told([(one, found.pairs[one.id][0].pairs) for one in self.teams])
        yield self.say("sweep-runs", n=found.done, seed=found.base.seed, teams=told)
        yield from _standing(self, found, [one for sides in found.pairs.values() for one in sides])

    def courses(self, team: Profile) -> tuple[tuple[Change | None, ...], ...]:
        """See sweep.courses; each has at least one change."""
        return tuple(one for one in courses(self.found, team.id) if any(one))


def comparison_json(rows: ComparisonRows) -> dict[str, Any]:
    """The comparison for programs. Times are seconds, shares 0 to 1, scores points."""
    found = rows.found
    return {
        "format": 1,
        "scenario": found.second.scenario.id,
        "first": found.names[0],
        "second": found.names[1],
        "seed": found.first.seed,
        "runs": found.runs,
        "whole": found.is_whole,
        "apart": list(rows.apart()),
        "teams": [
            {
                "team": team.id,
                "pairs": found.pairs[team.id].pairs,
                "broken": len(found.pairs[team.id].crashes),
                "changes": [_fact(rows, one) for one in rows.changes[team.id]],
            }
            for team in rows.teams
        ],
    }


def sweep_json(rows: SweepRows) -> dict[str, Any]:
    """The sweep for programs; every difference is from the pack as it stands."""
    found = rows.found
    return {
        "format": 1,
        "scenario": found.base.scenario.id,
        "path": found.path,
        "values": list(found.values),
        "seed": found.base.seed,
        "runs": found.runs,
        "whole": found.is_whole,
        "teams": [
            {
                "team": team.id,
                "pairs": found.pairs[team.id][0].pairs,
                "values": [
                    {
                        "value": value,
                        "changes": [_fact(rows, one) for one in changes(pairs, found.base, job)],
                    }
                    for value, pairs, job in zip(
                        found.values, found.pairs[team.id], found.jobs, strict=True
                    )
                ],
            }
            for team in rows.teams
        ],
    }


def _fact(rows: Sayer, one: Change) -> dict[str, Any]:
    return {
        "number": one.name,
        "title": rows.title(one),
        "kind": one.kind,
        "verdict": one.verdict,
        "pairs": one.pairs,
        "differing": one.differing,
        "before": round(one.before, 4),
        "after": round(one.after, 4),
        "difference": round(one.by, 4),
        "lo": round(one.lo, 4),
        "hi": round(one.hi, 4),
    }
