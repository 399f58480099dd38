"""Drills that stand-ins play, for tests."""

from collections.abc import Mapping

import worlds

from drillkit import packs
from drillkit.journal import MemoryJournal
from drillkit.model import events as ev
from drillkit.model.scenario import Scenario
from drillkit.rehearse.play import play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled

PLAYERS = ("commander", "liaison", "supplies")
FLOOD = "riverside-hospital-flood"


def a_session(plan=None, scenario=None) -> Session:
    opening = Opening(
        "t", scenario or worlds.a_scenario(), plan or worlds.a_plan(), worlds.the_weights()
    )
    return Session.open(MemoryJournal(), opening, wall=0)


def played(
    skill: float | Mapping[str, float] = 1.0, seed: int = 1, *, roles=PLAYERS, lang="en", **parts
) -> Session:
    session = a_session(**parts)
    play(
        session,
        lambda clock: Company(session, clock, roles, profile=skilled(skill), seed=seed, lang=lang),
    )
    return session


def flooded(skill: float, seed: int) -> Session:
    pack = packs.load(packs.find(FLOOD))
    opening = Opening("f", pack.scenario, pack.plan, worlds.the_weights(), seed)
    session = Session.open(MemoryJournal(), opening, wall=0)
    roles = session.script.players
    play(session, lambda clock: Company(session, clock, roles, profile=skilled(skill), seed=seed))
    return session


def of(session: Session, kind: type) -> list[ev.Entry]:
    return [entry for entry in session.entries if isinstance(entry.event, kind)]


def expecting(**expect) -> Scenario:
    """The small drill, with one more thing that is expected after the alarm."""
    alarm, *others = worlds.SCENARIO["inject"]
    wanted = {"id": "more", "text": worlds.both("More."), "target": "10m", **expect}
    return worlds.a_scenario(inject=[{**alarm, "expect": [*alarm["expect"], wanted]}, *others])


def stating() -> Scenario:
    return expecting(role="liaison", action="state", fact="water")
