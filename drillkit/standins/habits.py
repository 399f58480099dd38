"""How somebody of a given skill works: how fast, how mindful, how sound in judgement.

The numbers are calibrated, not measured: a practised team (.9) does most things in time, a mixed
one (.6) some, an untrained one (.2) few, so that the scores of the three lie clearly apart. A
profile may set each of them on its own.
"""

from collections.abc import Mapping

from drillkit.model.base import HOUR, SECOND, Millis
from drillkit.model.profile import Profile
from drillkit.model.reading import reading_seconds

USUAL_SKILL = 0.6
"""The skill of a role that a mapping of skills leaves out."""


def skilled(skill: float | Mapping[str, float]) -> Profile:
    """The plain profile of this skill, of all or by role. Raises ValueError unless 0 to 1."""
    if isinstance(skill, Mapping):
        return Profile(id="skilled", skill=USUAL_SKILL, skills=dict(skill))
    return Profile(id="skilled", skill=skill)


class Habits:
    """What its profile makes of the person in one seat."""

    def __init__(self, profile: Profile, role: str = "") -> None:
        skill = profile.skills.get(role, profile.skill)
        lacks = 1 - skill
        self.profile = profile
        self.skill = skill
        self.slowness = (2.8 - 1.7 * skill) * profile.pace
        """How many times longer anything takes than for an expert."""
        self.remembers = _or(profile.remembers, 1 - 0.75 * lacks**1.5)
        """How likely a duty is thought of at all."""
        self.passes_on = _or(profile.passes_on, self.remembers)
        """How likely a colleague who should know comes to mind."""
        self.answers = _or(profile.answers, 1 - 0.35 * lacks**2)
        """How likely an answer that was asked for is given: forgotten less than a duty."""
        self.judges = _or(profile.judges, 1 - 0.8 * lacks**1.4)
        """How likely the best of several ways is seen."""
        self.strays = _or(profile.strays, 0.6 * lacks**1.5)
        """How likely a rule is broken that stands in the way."""
        confirms = profile.acknowledges
        self.forgets_call = self.strays / 2 if confirms is None else 1 - confirms
        """How likely the call-out is not confirmed."""
        self.acknowledges = _or(profile.acknowledges, self.remembers)
        """How likely a message is confirmed that asks for it."""
        self.chooses = _or(profile.chooses, self.judges)
        """How likely the best answer to an inject is seen."""
        self.elaborates = _or(profile.elaborates, 0.4 + 0.6 * self.remembers)
        """How likely an element of a report is filled in."""
        self.bypasses = _or(profile.bypasses, self.strays)
        """How likely a statement goes out without waiting for its approval."""
        self.fails_to_come = _or(profile.absent, 0.2 * lacks**3)
        """How likely somebody called out never comes."""

    def effort(self, expert: Millis, now: Millis = 0) -> Millis:
        """The median time, at exercise time `now`, for what takes an expert `expert` ms."""
        weary = 1 + self.profile.tires * now / HOUR
        return round(expert * self.slowness * weary)

    def reading(self, text: str, now: Millis = 0) -> Millis:
        """The median time for reading a text, in whatever language it is."""
        return self.effort(round(reading_seconds(text) * SECOND * self.profile.reading), now)

    def travelling(self, roster: Millis, luck: float) -> Millis:
        """Practised people take the roster's time, untrained ones up to 2.2 times as long."""
        late = 1.2 * (1 - self.skill) * luck**0.5
        return round(roster * (1 + late) * self.profile.travel)


def _or(own: float | None, usual: float) -> float:
    return usual if own is None else own
