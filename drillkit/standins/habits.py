"""How somebody of a given skill works: how fast, how mindful, how sound in judgement.

The numbers are calibrated, not measured: a practised team (.9) does most things in time, a mixed
one (.6) some, an untrained one (.2) few, so that the scores of the three lie clearly apart.
"""

from dataclasses import dataclass

from drillkit.model.base import SECOND, Millis

_CHARACTERS_A_SECOND = {"en": 15.0, "zh": 5.0}
"""Reading under way: about 180 English words, or 300 Chinese characters, a minute."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a skill from 0 (never trained) to 1 (does this every week) makes of a person."""

    skill: float

    def __post_init__(self) -> None:
        """Raises ValueError for a skill that is not from 0 to 1."""
        if not 0 <= self.skill <= 1:
            raise ValueError(f"a skill is a number from 0 to 1, not {self.skill!r}")

    @property
    def slowness(self) -> float:
        """How many times longer anything takes than for an expert."""
        return 2.8 - 1.7 * self.skill

    @property
    def remembers(self) -> float:
        """How likely a duty is thought of at all."""
        return 1 - 0.75 * (1 - self.skill) ** 1.5

    @property
    def answers(self) -> float:
        """How likely an answer that was asked for is given: forgotten less than a duty."""
        return 1 - 0.35 * (1 - self.skill) ** 2

    @property
    def judges(self) -> float:
        """How likely the best of several ways is seen."""
        return 1 - 0.8 * (1 - self.skill) ** 1.4

    @property
    def strays(self) -> float:
        """How likely a rule is broken that stands in the way."""
        return 0.6 * (1 - self.skill) ** 1.5

    @property
    def fails_to_come(self) -> float:
        """How likely somebody called out never comes."""
        return 0.2 * (1 - self.skill) ** 3

    def effort(self, expert: Millis) -> Millis:
        """The median time that something takes which takes an expert `expert` ms."""
        return round(expert * self.slowness)

    def reading(self, text: str, lang: str) -> Millis:
        """The median time for reading a text."""
        seconds = 3 + len(text) / _CHARACTERS_A_SECOND.get(lang, 15.0)
        return self.effort(round(seconds * SECOND))

    def travelling(self, roster: Millis, luck: float) -> Millis:
        """Practised people take the roster's time, untrained ones up to 2.2 times as long."""
        return round(roster * (1 + 1.2 * (1 - self.skill) * luck**0.5))
