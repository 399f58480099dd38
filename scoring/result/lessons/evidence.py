"""What the lesson rules look at and what they say: the drill with its scores, and what was seen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from drillkit.core.records import Known
from drillkit.core.state import State
from drillkit.model.base import Line, Millis, Title
from drillkit.model.plan import Permission, Plan
from drillkit.model.scenario import Scenario
from scoring.assessment import Level, ObjectiveLetter, Poete, Score
from scoring.result.scene import Scene

About = Literal["arrival", "supplies", "information", "release", "customers", "command"]
"""The part of the plan that a rule speaks of."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a rule may rest on; the letters are there for the strengths only."""

    scene: Scene
    arrival: Score
    supplies: Score
    information: Score
    letters: Sequence[ObjectiveLetter] = ()

    @property
    def state(self) -> State:
        return self.scene.state

    @property
    def now(self) -> Millis:
        return self.scene.now

    @property
    def plan(self) -> Plan:
        return self.scene.plan

    @property
    def scenario(self) -> Scenario:
        return self.scene.scenario

    def knows(self, role: str, fact: str) -> Known | None:
        """Since when the role knows the fact, by itself or from a public statement."""
        own = self.state.knows.get(role, {}).get(fact)
        public = self.state.public.get(fact)
        return min((known for known in (own, public) if known), default=None)

    def role(self, id: str) -> Title:
        role = self.plan.role(id)
        return role.title if role else Title(en=Line(id), zh=Line(id))

    def is_played(self, id: str) -> bool:
        role = self.plan.role(id)
        return role is not None and not role.outside

    def commander(self) -> str:
        """The post that commands; the first of the plan where none is marked."""
        roles = self.plan.players() or self.plan.roles
        return next((role.id for role in roles if role.commander), roles[0].id)

    def holder(self, permission: Permission) -> str:
        """The post that answers for this kind of work; the commander where nobody is named."""
        entitled = (role.id for role in self.plan.players() if permission in role.may)
        return next(entitled, self.commander())


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule saw: about what, how grave, where; what else its sentences name.

    A name with several titles is said as a list.
    """

    level: Level
    subject: Title
    entries: tuple[int, ...]
    owner: str
    tasks: tuple[str, ...] = ()
    titles: Mapping[str, Title | tuple[Title, ...]] = field(default_factory=dict)
    times: Mapping[str, Millis] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule; its sentences are lessons.<name>.title, .seen, .cause and .action."""

    name: str
    about: About
    poete: Poete
    see: Callable[[Evidence], Iterable[Seen]]


@dataclass(frozen=True, slots=True)
class Noted:
    """What was seen, by which rule."""

    rule: Rule
    seen: Seen
