"""Waking many followers a few at a time, so that neither they nor the clock wait for all."""

import asyncio
from collections import deque

_FEW = 8
"""Followers woken in one round of the loop. Each may have a screen to draw: some milliseconds."""


class Turns:
    """A queue of events to set, in the order in which they were asked for.

    Three hundred screens woken at once would be drawn in one round of the loop, and the director's
    timer, due in the middle of it, would wait for the last of them.
    """

    def __init__(self) -> None:
        self._waiting = deque[asyncio.Event]()
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self, event: asyncio.Event) -> None:
        """Set the event when its turn comes; at once while hardly anybody waits."""
        self._waiting.append(event)
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._loop.call_soon(self._next)

    def _next(self) -> None:
        for _ in range(min(_FEW, len(self._waiting))):
            self._waiting.popleft().set()
        loop, self._loop = self._loop, None
        if self._waiting and loop is not None:
            self._loop = loop
            loop.call_soon(self._next)
