"""The home screen: which drill to run, which one to go on with."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from drillkit.core.clocks import face
from drillkit.core.state import Stage
from drillkit.model.base import LANGS, Millis, Title
from drillkit.model.scenario import Family
from drillkit.ui.keys import key
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.words import say


@dataclass(frozen=True, slots=True)
class HomePack:
    """A scenario that can be played; `roles` counts the seats that people take."""

    id: str
    title: Title
    family: Family
    minutes: int
    roles: int
    languages: tuple[str, ...] = LANGS


@dataclass(frozen=True, slots=True)
class HomeSession:
    """A drill on this machine, and where it stands at exercise time `at`."""

    path: str
    title: Title
    stage: Stage
    at: Millis


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """What is to be done: with the pack of that id, or with the session at that path."""

    kind: Literal["host", "demo", "resume", "debrief", "replay", "lessons", "trend"]
    value: str = ""


@dataclass(frozen=True, slots=True)
class _Heading:
    key: str


_Thing = HomePack | HomeSession | _Heading


class HomeScreen(Speaks, Screen[None]):
    """The app ends with a HomeChoice, or with None when it is left."""

    ABOUT = "home.about"
    DEFAULT_CSS = """
    HomeScreen .home-title { height: 1; background: $panel; text-style: bold; padding: 0 1; }
    HomeScreen .home-about { height: auto; padding: 1; color: $text-muted; }
    HomeScreen Feed { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "choose('host')", "keys.host", id="home.host", tooltip="keys.host-tip"),
        Binding("d", "choose('demo')", "keys.demo", id="home.demo", tooltip="keys.demo-tip"),
        Binding(
            "r", "choose('resume')", "keys.resume", id="home.resume", tooltip="keys.resume-tip"
        ),
        Binding(
            "b", "choose('debrief')", "keys.debrief", id="home.debrief", tooltip="keys.debrief-tip"
        ),
        key("p", "choose('replay')", "home.key-replay", id="home.replay", show=True),
        key("l", "lessons", "home.key-lessons", id="home.lessons", show=True),
        key("t", "trend", "home.key-trend", id="home.trend", show=True),
    ]

    def __init__(self, packs: Sequence[HomePack], sessions: Sequence[HomeSession] = ()) -> None:
        super().__init__()
        self._things: list[_Thing] = []
        families = sorted(packs, key=lambda pack: (pack.family, pack.id))
        for family, same in groupby(families, key=lambda pack: pack.family):
            self._things += [_Heading(f"home.{family.replace('_', '-')}"), *same]
        if sessions:
            self._things += [_Heading("home.sessions"), *sessions]
        self._has_ended = any(one.stage == "ended" for one in sessions)
        self._title = Static(classes="home-title", markup=False)
        self._about = Static(classes="home-about", markup=False)
        self._feed = Feed[_Thing](self._row, empty="home.nothing")

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._about
        yield self._feed
        yield KeyLine(self)

    def on_mount(self) -> None:
        self._feed.show(self._things)
        self._feed.point(1)
        self._feed.focus()

    def relabel(self) -> None:
        super().relabel()
        self._title.update(Content(self.say("home.title")))
        self._about.update(Content(self.say("home.about")))

    def _row(self, thing: _Thing) -> Row:
        match thing:
            case _Heading():
                return Row((((self.say(thing.key), "time"),),))
            case HomePack():
                size = self.say("home.size", minutes=thing.minutes, n=thing.roles)
                spoken = " ".join(say(lang, "home.own-name") for lang in thing.languages)
                title = thing.title.in_(self.lang)
                return Row(((("  ", ""), (title, "")),), (((f"{size} · {spoken}", "dim"),),))
            case HomeSession():
                stage = self.say(f"ui.stage-{thing.stage}")
                name = thing.path.replace("\\", "/").rpartition("/")[2]
                left = (("  ", ""), (thing.title.in_(self.lang), ""), (f"  {name}", "dim"))
                return Row((left,), (((f"{stage} · {face(thing.at)}", "dim"),),))

    def on_feed_pointed(self) -> None:
        self.refresh_bindings()

    def on_feed_opened(self) -> None:
        """Enter does what suggests itself."""
        match self._feed.chosen:
            case HomePack():
                self.action_choose("host")
            case HomeSession(stage="ended"):
                self.action_choose("debrief")
            case HomeSession():
                self.action_choose("resume")
            case _:
                pass

    def action_lessons(self) -> None:
        self.app.exit(HomeChoice("lessons"))

    def action_trend(self) -> None:
        self.app.exit(HomeChoice("trend"))

    def action_choose(self, kind: Literal["host", "demo", "resume", "debrief", "replay"]) -> None:
        match self._feed.chosen:
            case HomePack(id=value) | HomeSession(path=value):
                self.app.exit(HomeChoice(kind, value))
            case _:
                pass

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits the line under the cursor."""
        if action == "trend":
            return self._has_ended
        if action != "choose":
            return True
        match self._feed.chosen:
            case HomePack():
                return parameters[0] in ("host", "demo")
            case HomeSession(stage="ended"):
                return parameters[0] in ("debrief", "replay")
            case HomeSession():
                return parameters[0] in ("resume", "replay")
            case _:
                return False
