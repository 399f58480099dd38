"""Clearing up after terminals that have gone, at a moment when nobody waits."""

import asyncio
import gc
from collections.abc import Callable
from contextvars import Context

_FEW, _MANY = 25, 100
"""Terminals that have gone before their memory is looked for: at a calm moment, and at any."""


class Litter:
    """What a closed terminal leaves is a knot that only a full look through memory finds.

    With a hundred terminals such a look stops everybody for a third of a second, so the program
    switches it off (see the thresholds in cli) and this one chooses its moment.
    """

    def __init__(self, is_calm: Callable[[], bool]) -> None:
        """`is_calm` says whether nobody waits for anything now."""
        self._is_calm = is_calm
        self._gone = 0

    def add(self) -> None:
        """One more terminal has gone."""
        self._gone += 1
        if self._gone >= (_FEW if self._is_calm() else _MANY):
            self._gone = 0
            # Not yet: the task that served the terminal still holds on to it; so would the context.
            asyncio.get_running_loop().call_later(1.0, gc.collect, context=Context())
