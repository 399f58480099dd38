"""Drills for a claim: which team, which seed, which cheat; played anywhere, and what they scored."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cache

from drillkit import packs
from drillkit.core.state import State
from drillkit.desk import Clock
from drillkit.journal import MemoryJournal
from drillkit.model.profile import Profile
from drillkit.packs.pack import Pack
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import EPOCH, play
from drillkit.session import Opening, Session
from drillkit.standins import Company
from scoring.assess import assess
from tests.validity.cheats import CHEATS

PROCESS = ("arrival", "supplies", "information")
SCORES = (*PROCESS, "process", "result", "combined")
PACKS = tuple(folder.name for folder in packs.shipped())


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill; `cheat` "" for an honest team."""

    pack: str
    profile: Profile = field(hash=False)  # holds a mapping
    seed: int
    cheat: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """Points by score, as published and before caps; what has none is left out."""

    final: Mapping[str, float]
    raw: Mapping[str, float]


@cache
def _pack(name: str) -> Pack:
    return packs.load(packs.find(name))


def played(drill: Drill) -> State:
    """The state after the drill's end."""
    pack = _pack(drill.pack)
    opening = Opening("validity", pack.scenario, pack.plan, weights(), seed=drill.seed)
    session = Session.open(MemoryJournal(), opening, EPOCH)

    def company_of(clock: Clock) -> Company:
        company = Company(
            session, clock, session.script.players, profile=drill.profile, seed=drill.seed
        )
        if drill.cheat:
            for person in company.people:
                CHEATS[drill.cheat](person, pack.scenario)
        return company

    play(session, company_of)
    return session.state


def scored(drill: Drill) -> Scored:
    """Play it and score it."""
    scores = assess(played(drill), thorough=False).scores()
    return Scored(
        {one.id: one.final for one in scores if one.final is not None},
        {one.id: one.point for one in scores if one.point is not None},
    )


def all_scored(drills: Iterable[Drill], executor: Executor | None = None) -> dict[Drill, Scored]:
    """Each of them once, on as many processes as the executor has."""
    each = tuple(dict.fromkeys(drills))
    done = map(scored, each) if executor is None else executor.map(scored, each, chunksize=10)
    return dict(zip(each, done, strict=True))
