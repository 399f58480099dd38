"""A terminal on a channel: an app that draws on and listens to nothing else."""

import sys
from io import StringIO

from rich.console import Console
from textual.screen import Screen

from drillkit.host import leaks
from drillkit.host.driver import Channel, ChannelDriver
from drillkit.host.filters import Sieve
from drillkit.model.base import Lang
from drillkit.ui.app import Terminal


class ChannelTerminal(Terminal):
    """A terminal at the far end of a channel: it touches nothing else of the process."""

    def __init__(self, first: Screen[object] | Screen[None], lang: Lang, channel: Channel) -> None:
        super().__init__(first, lang)
        leaks.install()
        self.channel = channel
        self.driver_class = ChannelDriver
        self._filters.append(Sieve())
        self.console = Console(
            file=StringIO(),
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
            force_terminal=True,
            _environ=dict(channel.environment),
        )
        # Textual would put its own streams in place of the process's, for all apps at once.
        for name, stream in (
            ("_capture_stdout", sys.__stdout__),
            ("_capture_stderr", sys.__stderr__),
        ):
            setattr(self, name, stream)
        # A fault belongs into a log, without the values of variables, and not onto a screen.
        self.error_console = Console(file=StringIO(), markup=False)
