"""The screen of the terminal here, and an end that leaves everything in order."""

import asyncio
import os
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from drillkit.model.base import Lang

if TYPE_CHECKING:
    from drillkit.ui.app import Terminal
    from drillkit.ui.screens.home import HomeScreen
    from drillkit.ui.screens.lessons import LessonsScreen
    from drillkit.ui.screens.trend import TrendScreen
    from drillkit.ui.seat import SeatScreen

SIGNALLED = 128
"""With the number of a signal added: the exit status that shells give to what it ended."""

_IS_WINDOWS = os.name == "nt"
_ENDINGS = () if _IS_WINDOWS else (signal.SIGTERM, signal.SIGHUP)


def run(main: Coroutine[object, object, None]) -> int:
    """Run until it ends, or is told to end by a signal: then the answer is its number, else 0.

    All that is open closes as it would at any other end.
    """
    told: list[int] = []

    async def heeding() -> None:
        task = asyncio.current_task()
        assert task is not None

        def end(number: int) -> None:
            if not told:
                told.append(number)
                task.cancel()

        for number in _ENDINGS:
            # Under nohup a hang-up is no reason to end.
            if signal.getsignal(number) == signal.SIG_DFL:
                asyncio.get_running_loop().add_signal_handler(number, end, number)
        try:
            await main
        except asyncio.CancelledError:
            if not told:
                raise
        # Textual takes an interrupt for an end of its own.
        if task.cancelling() and not told:
            raise asyncio.CancelledError

    asyncio.run(heeding())
    return told[0] if told else 0


@contextmanager
def terminal(
    first: "HomeScreen | LessonsScreen | SeatScreen | TrendScreen", lang: Lang
) -> Iterator["Terminal"]:
    """An app for the terminal here, which does not hold up the loop while nobody reads it."""
    if _IS_WINDOWS:
        from drillkit.ui.app import Terminal

        yield Terminal(first, lang)
        return
    from drillkit.host.own_terminal import LocalTerminal, opened

    with opened() as own:
        yield LocalTerminal(first, lang, own)
