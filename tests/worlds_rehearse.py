"""Rehearsals of the small drill, for tests."""

import copy
from typing import Any

import worlds

from drillkit.model.plan import Plan
from drillkit.model.profile import Profile
from drillkit.model.scenario import Scenario
from drillkit.packs.profiles import profile
from drillkit.rehearse.many import Job
from drillkit.rehearse.rehearsal import Rehearsal, rehearsal


def a_job(
    *,
    plan: Plan | None = None,
    scenario: Scenario | None = None,
    team: Profile | None = None,
    seed: int = 1,
) -> Job:
    return Job(
        scenario or worlds.a_scenario(),
        plan or worlds.a_plan(),
        worlds.the_weights(),
        team or profile("average"),
        seed,
    )


def rehearsed(runs: int = 20, teams=("practised", "untrained"), **parts: Any) -> Rehearsal:
    return rehearsal(a_job(**parts), [profile(name) for name in teams], runs)


def changed(what: dict[str, Any], *path: Any, to: Any) -> dict[str, Any]:
    """A copy of the world's data with the value at the path replaced."""
    told = copy.deepcopy(what)
    place = told
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = to
    return told
