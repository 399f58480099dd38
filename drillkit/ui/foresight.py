"""What simulated teams can tell at a screen, made in the background while a drill goes on."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from drillkit.core.script import Refused
from drillkit.model.base import Title
from scoring.assessment import Assessment

if TYPE_CHECKING:
    # SimPy stands behind them, and a screen that asks nothing need not wait for it.
    from drillkit.rehearse.among import Among
    from drillkit.rehearse.forecast import Forecast

Told = Callable[[int, int], None]
"""Told how many of how many runs are done."""
T = TypeVar("T")


class Foresight(Protocol):
    """Simulated teams at work; cancelling what is awaited ends their work. Raises Refused."""

    def profiles(self) -> Sequence[tuple[str, Title]]:
        """The teams there are, by id."""
        ...

    async def forecast(self, team: str, told: Told) -> "Forecast":
        """What is likely from now on with such a team in every seat."""
        ...

    async def among(self, assessment: Assessment, told: Told) -> "Among":
        """Where the assessed drill stands among teams of every kind."""
        ...


class Background(Generic[T]):
    """One work in the background: how far it is, and what came of it last."""

    def __init__(self) -> None:
        self.value: T | None = None
        self.fault: Refused | None = None
        self.done, self.of = 0, 0
        self._task: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        return self._task is not None and not self._task.done()

    def begin(
        self, work: Callable[[Told], Awaitable[T]], then: Callable[[], None] | None = None
    ) -> None:
        """Do this instead of what is being done; `then` is called when it has come to an end."""
        self.stop()
        self.value, self.fault = None, None
        self.done, self.of = 0, 0
        self._task = asyncio.create_task(self._run(work, then))

    def stop(self) -> None:
        """Let go of what is being done."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(
        self, work: Callable[[Told], Awaitable[T]], then: Callable[[], None] | None
    ) -> None:
        mine = asyncio.current_task()

        def told(done: int, of: int) -> None:
            # What was let go of may still have something to say.
            if self._task is mine:
                self.done, self.of = done, of

        try:
            self.value = await work(told)
        except Refused as refusal:
            self.fault = refusal
        self._task = None
        if then is not None:
            then()
