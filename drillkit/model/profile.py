"""How a team of stand-ins works: how able, how fast, how mindful. Data that a user can own."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from drillkit.model.base import MINUTE, SECOND, Duration, Id, Line, Share, Title, Value

Factor = Annotated[float, Field(gt=0.0, le=20.0)]
Supplying = Literal["soonest", "first-depot", "nearest-half"]
"""Which depot sends next: the one that is soonest there, the first that has any, or the soonest
one, but never more than half of what it holds."""


class Profile(Value):
    """A team of stand-ins.

    Every time is drawn from a log-normal distribution round its median. What is left out follows
    from the skill; see standins.habits.
    """

    id: Id
    title: Title | None = None
    skill: Share = Field(description="From 0, never trained, to 1, does this every week.")
    skills: Mapping[Id, Share] = Field(
        default_factory=dict[str, float], description="Roles whose skill is another one."
    )
    pace: Factor = Field(default=1.0, description="Everything takes this many times as long.")
    spread: Annotated[float, Field(ge=0.0, le=2.0)] = Field(
        default=0.35, description="Sigma of the logarithm of every time drawn; 0 draws the median."
    )
    deciding: Duration = Field(
        default=45 * SECOND, description="An expert's median for deciding on an answer."
    )
    reading: Factor = Field(default=1.0, description="Reading takes this many times as long.")
    travel: Factor = Field(default=1.0, description="The way takes this many times as long.")
    attention: Annotated[int, Field(ge=0, le=20)] = Field(
        default=1, description="Things done at once by one person; 0: all of them."
    )
    tires: Share = Field(default=0.0, description="By this share all takes longer after an hour.")
    phone_down: Share = Field(default=0.0, description="Chance that a role's phone fails once.")
    phone_down_for: Duration = Field(default=10 * MINUTE, description="For so long, then.")
    absent: Share | None = Field(default=None, description="Chance that a role never comes.")
    remembers: Share | None = Field(default=None, description="Chance to think of a duty at all.")
    passes_on: Share | None = Field(default=None, description="Chance to think of each colleague.")
    answers: Share | None = Field(default=None, description="Chance to give an answer asked for.")
    judges: Share | None = Field(default=None, description="Chance to see the best of the ways.")
    strays: Share | None = Field(default=None, description="Chance to break a rule in the way.")
    acknowledges: Share | None = Field(
        default=None, description="Chance to confirm a call, and a message that asks for it."
    )
    chooses: Share | None = Field(default=None, description="Chance to give the best answer.")
    elaborates: Share | None = Field(
        default=None, description="Chance to fill in each element of a report."
    )
    bypasses: Share | None = Field(
        default=None, description="Chance to make a statement public without its approval."
    )
    supply_pace: Factor = Field(
        default=1.0, description="Everything about supplies takes this many times as long."
    )
    supplying: Supplying | None = Field(
        default=None, description="Which depot sends; else as carefully as the skill lets."
    )
    source: Line = Field(default=Line(), description="Where its numbers come from.")
