"""What the door writes into the log: each thing at once, and a flood of it as a number."""

import asyncio
import logging
from collections import Counter

LOG = logging.getLogger("drillkit.host")

EACH, WINDOW = 20, 60.0
"""So many notes of one kind are written in so many seconds; the others are counted."""


class Notes:
    """Notes of a few kinds, each of which may be made by strangers as often as they like."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._windows: dict[str, asyncio.TimerHandle] = {}

    def make(self, kind: str, text: str, *values: object) -> None:
        """Write a note, or count it; `kind` is a word of ours, never one of a stranger's."""
        if kind not in self._windows:
            loop = asyncio.get_running_loop()
            self._windows[kind] = loop.call_later(WINDOW, self._end, kind)
        self._seen[kind] += 1
        if self._seen[kind] <= EACH:
            LOG.info(text, *values)

    def close(self) -> None:
        """Write down what has only been counted."""
        for kind in tuple(self._windows):
            self._end(kind)

    def _end(self, kind: str) -> None:
        self._windows.pop(kind).cancel()
        if (unwritten := self._seen.pop(kind) - EACH) > 0:
            LOG.warning("%s: %d more like these were not written down", kind, unwritten)
