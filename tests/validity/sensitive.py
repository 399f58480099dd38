"""Claim 2: one damaged ability moves the score that it belongs to, and hardly the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drillkit.model.profile import Profile
from tests.validity.drills import PROCESS, SCORES, Drill, Scored
from tests.validity.figures import Mean, mean_of

SOUND = Profile(id="sound", skill=0.9)
FACTOR = 5.0
"""So many times as far as any other score of the process must a damage move its own."""
SPILLS = {
    "slow supplies": (
        2.0,
        (
            "One pair of hands: who takes longer over supplies is later with words, too. Where the "
            "needs of a pack leave much time, that is most of what is lost."
        ),
    )
}
"""Damages that are not of one ability alone: their factor, and why."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is damaged in a practised team, and to which scores it belongs."""

    title: str
    profile: Profile
    own: tuple[str, ...]


def _damage(title: str, *own: str, **knobs: object) -> Damage:
    profile = Profile(**{**SOUND.model_dump(), "id": title.replace(" ", "-"), **knobs})
    return Damage(title, profile, own)


DAMAGES = (
    _damage("late arrival", "arrival", travel=2.0),
    _damage("no confirming", "arrival", "information", acknowledges=0.1),
    _damage("hoarding", "supplies", supplying="nearest-half"),
    _damage("slow supplies", "supplies", supply_pace=4.0),
    _damage("not passing on", "information", passes_on=0.3),
    _damage("careless reports", "information", elaborates=0.2),
    _damage("no approval sought", "information", bypasses=1.0),
    _damage("bad judgement in answers", "result", chooses=0.2),
)


@dataclass(frozen=True, slots=True)
class Row:
    """How far a damage moves each score, in points before caps, paired by seed."""

    pack: str
    damage: Damage
    moves: Mapping[str, Mean]

    @property
    def own(self) -> float:
        return max(-self.moves[score].mean for score in self.damage.own)

    @property
    def other(self) -> float:
        """The farthest that another score of the process moves, either way."""
        return max(abs(self.moves[one].mean) for one in PROCESS if one not in self.damage.own)

    @property
    def factor(self) -> float:
        return SPILLS.get(self.damage.title, (FACTOR, ""))[0]

    @property
    def holds(self) -> bool:
        return all(self.moves[score].hi < 0 for score in self.damage.own) and (
            self.own >= self.factor * self.other
        )


def drills(packs: Sequence[str], seeds: Sequence[int], damages: Sequence[Damage]) -> list[Drill]:
    teams = (SOUND, *(damage.profile for damage in damages))
    return [Drill(pack, team, seed) for pack in packs for team in teams for seed in seeds]


def rows(
    scored: Mapping[Drill, Scored],
    packs: Sequence[str],
    seeds: Sequence[int],
    damages: Sequence[Damage],
) -> list[Row]:
    def moved(pack: str, damage: Damage, score: str) -> Mean:
        pairs = (
            (scored[Drill(pack, damage.profile, seed)].raw, scored[Drill(pack, SOUND, seed)].raw)
            for seed in seeds
        )
        return mean_of([one[score] - other[score] for one, other in pairs])

    return [
        Row(pack, damage, {score: moved(pack, damage, score) for score in SCORES})
        for pack in packs
        for damage in damages
    ]
