"""The stand-ins of a drill, as far as a facilitator who sits down in somebody's place asks."""

from collections.abc import Callable, Collection
from typing import Protocol


class Relief(Protocol):
    """Who is simulated, and how to have them rest."""

    @property
    def simulated(self) -> Collection[str]:
        """The roles that stand-ins play where no person comes."""
        ...

    def relieve(self, role: str) -> Callable[[], None]:
        """Have the role's stand-in rest until the answer is called."""
        ...


class NoStandIns:
    """A drill in which nobody is simulated."""

    simulated: Collection[str] = ()

    def relieve(self, role: str) -> Callable[[], None]:  # noqa: ARG002
        """Nobody is there to rest."""
        return lambda: None
