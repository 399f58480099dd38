"""Claim 4: who plays for the score scores less than the honest team of the same skill and seeds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from drillkit.standins import skilled
from tests.validity.cheats import CHEATS
from tests.validity.drills import SCORES, Drill, Scored
from tests.validity.figures import Mean, mean_of

SKILLS = (0.6, 0.9)

LEFT = {
    "claims-to-be-there": "The program cannot see a room. What people say of their own arrival is "
    "marked as declared beside the score; a facilitator or an evaluator corrects it.",
    "confirms-receipts": "Confirming at once is what the rule asks for. Whether somebody looked "
    "into the boxes first shows nowhere in the journal.",
    "hedges": "Many true facts are unconfirmed when they first come up, and a scenario does not "
    "say when each was checked: to mark them so must stay free.",
    "forwards-duly": (
        "It loses what it plays for and the combined score. After caps a weak team may gain a "
        "fraction: whoever has been told files the report that was forgotten before, and a cap "
        "falls away. That report is a gain for the drill."
    ),
    "holds-all-posts": "It loses what it plays for, role arrival. An empty post that somebody "
    "fills early is a gain for the story, and for a weak team that gain is real.",
}
"""Cheats that are not beaten everywhere, and why the measure stays as it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """How a cheat does beside the honest team, in points, paired by seed."""

    pack: str
    skill: float
    cheat: str
    raw: Mapping[str, Mean]
    final: Mapping[str, Mean]

    @property
    def attacked(self) -> tuple[str, ...]:
        return (*CHEATS[self.cheat].attacks, "combined")

    def loses(self, score: str) -> bool:
        """Its points before caps are surely lower; caps take more from it than they spare it."""
        return self.raw[score].hi < 0 and self.final[score].mean <= 0

    @property
    def holds(self) -> bool:
        return all(self.loses(score) for score in self.attacked)


def drills(
    packs: Sequence[str], seeds: Sequence[int], skills: Sequence[float], cheats: Sequence[str]
) -> list[Drill]:
    return [
        Drill(pack, skilled(skill), seed, cheat)
        for pack in packs
        for skill in skills
        for cheat in ("", *cheats)
        for seed in seeds
    ]


def rows(
    scored: Mapping[Drill, Scored],
    packs: Sequence[str],
    seeds: Sequence[int],
    skills: Sequence[float],
    cheats: Sequence[str],
) -> list[Row]:
    return [
        _row(scored, pack, seeds, skill, cheat)
        for pack in packs
        for cheat in cheats
        for skill in skills
    ]


def settled(
    found: Sequence[Row],
    seeds: Sequence[int],
    play: Callable[[list[Drill]], Mapping[Drill, Scored]],
) -> list[Row]:
    """The rows, and those that so few pairs leave open judged by these seeds instead."""
    return [
        row
        if row.holds or row.cheat in LEFT
        else _row(
            play(drills([row.pack], seeds, [row.skill], [row.cheat])),
            row.pack,
            seeds,
            row.skill,
            row.cheat,
        )
        for row in found
    ]


def _row(
    scored: Mapping[Drill, Scored], pack: str, seeds: Sequence[int], skill: float, cheat: str
) -> Row:
    team = skilled(skill)
    pairs = [
        (scored[Drill(pack, team, one, cheat)], scored[Drill(pack, team, one)]) for one in seeds
    ]
    raw = {
        score: mean_of([one.raw[score] - other.raw[score] for one, other in pairs])
        for score in SCORES
    }
    final = {
        score: mean_of([one.final[score] - other.final[score] for one, other in pairs])
        for score in SCORES
    }
    return Row(pack, skill, cheat, raw, final)
