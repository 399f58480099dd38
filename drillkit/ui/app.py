"""The thin root of a terminal: a language, a theme, and the first screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets._toast import ToastHolder

from drillkit.model.base import Lang
from drillkit.ui import chinese
from drillkit.ui.drafts import Drafts
from drillkit.ui.language import Speaks
from drillkit.ui.palette import Keys
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.help import HelpScreen
from drillkit.ui.styles import SharedStylesheet
from drillkit.ui.theme import DRILL


class Terminal(Speaks, App[object]):
    """One person's terminal. Screens own their state; this only switches language and quits."""

    # Absolute, so that subclasses elsewhere find it too.
    CSS_PATH = Path(__file__).with_name("app.tcss")
    COMMANDS: ClassVar[set[Any]] = {Keys}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "keys.help", id="app.help", tooltip="keys.help-tip"),
        Binding(
            "f2", "switch_language", "keys.language", id="app.language", tooltip="keys.language-tip"
        ),
        Binding(
            "ctrl+q", "quit", "keys.quit", id="app.quit", tooltip="keys.quit-tip", priority=True
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "keys.palette",
            id="app.palette",
            tooltip="keys.palette-tip",
            show=False,
            priority=True,
        ),
    ]
    # Ours stands above under the same key; Textual's would come in English.
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 6
    COMMAND_PALETTE_BINDING = "f24"

    counts_seconds: bool = True

    def __init__(self, first: Screen[object] | Screen[None], lang: Lang = "en") -> None:
        super().__init__()
        self.leave_question: Callable[[], str] = lambda: ""
        """The words key of what is asked before this terminal is left; "" asks nothing."""
        self.stylesheet = SharedStylesheet(variables=self.get_css_variables())
        chinese.install()
        self.language: Lang = lang
        self.drafts = Drafts()
        """What is written here and not sent; a host puts those of the person in their place."""
        self._first = first
        self.animation_level = "none"
        self.register_theme(DRILL)
        self.theme = DRILL.name

    @property
    def lang(self) -> Lang:
        return self.language

    def on_mount(self) -> None:
        self.push_screen(self._first)

    def on_notify(self) -> None:
        """Two notices at most: the one that comes, and the one before it."""
        for old in list(self._notifications)[:-1]:
            self._unnotify(old, refresh=False)
        # Textual leaves the room of a notice that is taken back.
        for room in list(self.screen.query(ToastHolder))[:-1]:
            room.remove()

    def action_switch_language(self) -> None:
        self.language = "zh" if self.language == "en" else "en"
        self.relabel()
        for screen in self.screen_stack:
            for node in (screen, *screen.query("*")):
                if isinstance(node, Speaks):
                    node.relabel()

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        if not CommandPalette.is_open(self):
            self.push_screen(CommandPalette(placeholder=self.say("ui.palette")))

    def action_help_quit(self) -> None:
        self.remark("ui.how-to-quit")

    async def action_quit(self) -> None:
        self.leave()

    @work(group="quit", exclusive=True)
    async def leave(self) -> None:
        """End; ask first when something written has not been sent, or leaving stops something."""
        unsent = any(getattr(screen, "has_unsent", False) for screen in self.screen_stack)
        for question in ("ui.quit-unsent" if unsent else "", self.leave_question()):
            if question and not await self.push_screen_wait(AskScreen(question)):
                return
        self.exit()
