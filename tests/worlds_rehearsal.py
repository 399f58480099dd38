"""Small rehearsals for tests: the small drill, played a few times by two teams."""

import copy
from collections.abc import Mapping
from typing import Any

import worlds

from drillkit.model.base import Title
from drillkit.model.profile import Profile
from drillkit.model.text import Line
from drillkit.rehearse.many import Job
from drillkit.rehearse.rehearsal import Rehearsal, rehearsal

RUNS = 8


def called(text: str, thing: Any) -> Any:
    """The same data with this in the place of everything that has two languages."""
    if isinstance(thing, Mapping):
        if set(thing) == {"en", "zh"}:
            return {"en": text, "zh": text}
        return {key: called(text, inner) for key, inner in thing.items()}
    if isinstance(thing, list):
        return [called(text, inner) for inner in thing]
    return thing


def teams(text: str = "") -> tuple[Profile, ...]:
    able = Title(en=Line(text or "the able"), zh=Line(text or "能干的队伍"))
    weak = Title(en=Line(text or "the weak"), zh=Line(text or "较弱的队伍"))
    source = Line(text or "a guess")
    return (
        Profile(id="able", title=able, skill=0.9, source=source),
        Profile(id="weak", title=weak, skill=0.2, skills={"liaison": 0.5}, attention=0),
    )


def a_job(text: str = "") -> Job:
    """The small drill; with `text` everything in it is called so."""
    plan, scenario = copy.deepcopy(worlds.PLAN), copy.deepcopy(worlds.SCENARIO)
    if text:
        plan, scenario = called(text, plan), called(text, scenario)
    return Job(
        worlds.a_scenario(**scenario), worlds.a_plan(**plan), worlds.the_weights(), teams()[0]
    )


def rehearsed(text: str = "", runs: int = RUNS) -> Rehearsal:
    return rehearsal(a_job(text), teams(text), runs)
