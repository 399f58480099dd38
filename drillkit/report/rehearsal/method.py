"""What stood behind the runs: the numbers of each team's profile, and runs that broke off."""

from collections.abc import Iterator
from typing import Any

from drillkit.model.profile import Profile
from drillkit.report.drill import NONE, moment, percent
from drillkit.report.rehearsal.rows import Rows
from drillkit.words import listing

Column = list[tuple[str, str]]
"""Labels with what stands beside them."""

_SHARES = ("skill", "tires", "phone_down")
_CHANCES = ("absent", "remembers", "passes_on", "answers", "judges", "strays")
"""Chances that follow from the skill unless the profile sets them."""
_TIMES = ("deciding", "phone_down_for")
_FACTORS = ("pace", "reading", "travel", "spread")


def profiles(rows: Rows) -> list[Column]:
    """For each team, all that its profile says, with labels; the same labels for all."""
    return [list(_profile(rows, team)) for team in rows.teams]


def _profile(rows: Rows, team: Profile) -> Iterator[tuple[str, str]]:
    for name, value in team:
        if name not in ("id", "title"):
            yield rows.report(f"profile.{name}"), _said(rows, name, value)


def _said(rows: Rows, name: str, value: Any) -> str:
    if value is None:
        return rows.report("by-skill")
    if name in _SHARES or name in _CHANCES:
        return percent(value)
    if name in _TIMES:
        return moment(value)
    if name == "skills":
        each = [f"{rows.names.role(role, rows.lang)} {percent(one)}" for role, one in value.items()]
        return listing(rows.lang, each) or NONE
    if name == "attention" and value == 0:
        return rows.report("all-at-once")
    if name == "supplying":
        return rows.report(f"supplying.{value}")
    return f"{value:g}" if name in _FACTORS else str(value)


def crashes(rows: Rows) -> Iterator[str]:
    """A sentence for each run that broke off, with the seed that shows it again."""
    for team, tally in zip(rows.teams, rows.tallies, strict=True):
        for crash in tally.crashes:
            yield rows.report("crash", team=rows.team(team), seed=crash.seed, what=crash.what)
