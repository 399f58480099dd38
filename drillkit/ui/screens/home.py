"""The home screen: which drill to run, which one to go on with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Literal

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from drillkit.core.clocks import face
from drillkit.core.search import holds, matches
from drillkit.core.state import Stage
from drillkit.model.base import Millis, Title
from drillkit.model.card import Card, Played
from drillkit.ui.keys import key
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.columns import fit
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.pack_details import PackDetails, last_score


@dataclass(frozen=True, slots=True)
class HomeSession:
    """A drill on this machine, and where it stands at exercise time `at`."""

    path: str
    title: Title
    stage: Stage
    at: Millis


@dataclass(frozen=True, slots=True)
class HomeResults:
    """How the last drills of a scenario went, the newest first."""

    id: str
    played: tuple[Played, ...]


@dataclass(frozen=True, slots=True)
class HomeBroken:
    """A pack that was found and cannot be played."""

    path: str


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """What is to be done: with the pack of that id or path, or with the session at that path."""

    kind: Literal["host", "short", "demo", "resume", "debrief", "replay", "lessons", "trend"]
    value: str = ""


@dataclass(frozen=True, slots=True)
class _Heading:
    key: str


_Thing = Card | HomeSession | _Heading
News = Card | HomeResults | HomeBroken
"""What is found while the screen is already looked at."""


_LAST = 12
"""Cells for the last score of a pack."""


class HomeScreen(Speaks, Screen[None]):
    """The app ends with a HomeChoice, or with None when it is left."""

    ABOUT = "home.about"
    DEFAULT_CSS = """
    HomeScreen {
        .home-title { height: 1; background: $panel; text-style: bold; padding: 0 1; }
        .home-hint { height: 1; padding: 0 1; color: $text-muted; }
        #search { height: 1; border: none; padding: 0 1; background: $surface; display: none; }
        Feed { margin: 0 1; }
        PackDetails { height: 10; }
        &.-searching #search { display: block; }
        &.-searching .home-hint { display: none; }
        &.-tall PackDetails { height: 16; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "choose('host')", "keys.host", id="home.host", tooltip="keys.host-tip"),
        key("s", "choose('short')", "home.key-short", id="home.short", show=True),
        Binding("d", "choose('demo')", "keys.demo", id="home.demo", tooltip="keys.demo-tip"),
        Binding(
            "r", "choose('resume')", "keys.resume", id="home.resume", tooltip="keys.resume-tip"
        ),
        Binding(
            "b", "choose('debrief')", "keys.debrief", id="home.debrief", tooltip="keys.debrief-tip"
        ),
        key("p", "choose('replay')", "home.key-replay", id="home.replay", show=True),
        key("slash", "search", "home.key-search", id="home.search", show=True, shown_as="/"),
        key("escape", "clear", "home.key-clear", id="home.clear", show=True),
        key("down", "list", "home.key-list", id="home.list"),
        key("v", "details", "home.key-details", id="home.details", show=True),
        key("l", "lessons", "home.key-lessons", id="home.lessons", show=True),
        key("t", "trend", "home.key-trend", id="home.trend", show=True),
    ]

    @dataclass
    class Heard(Message):
        """Something has been found."""

        news: News

    def __init__(
        self,
        packs: Sequence[Card],
        sessions: Sequence[HomeSession] = (),
        news: Callable[[], Iterator[News]] | None = None,
    ) -> None:
        """`news` is gone through in a thread once the screen is there."""
        super().__init__()
        self._packs = list(packs)
        self._sessions = tuple(sessions)
        self._news = news
        self._results: dict[str, tuple[Played, ...]] = {}
        self._has_ended = any(one.stage == "ended" for one in sessions)
        self._title = Static(classes="home-title", markup=False)
        self._hint = Static(classes="home-hint", markup=False)
        self._search = Input(id="search", select_on_focus=False, compact=True)
        self._search.cursor_blink = False
        self._feed = Feed[_Thing](self._row, empty="home.nothing")
        self._details = PackDetails()

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._hint
        yield self._search
        yield self._feed
        yield self._details
        yield KeyLine(self)

    def on_mount(self) -> None:
        self._fill()
        self._feed.focus()
        if self._news is not None:
            self._listen(self._news)

    # -- what is there -----------------------------------------------------------------------------

    @work(thread=True, group="news")
    def _listen(self, news: Callable[[], Iterator[News]]) -> None:
        worker = get_current_worker()
        for one in news():
            if worker.is_cancelled:
                return
            self.post_message(self.Heard(one))

    def on_home_screen_heard(self, heard: Heard) -> None:
        match heard.news:
            case Card() as card:
                self._packs.append(card)
                self._fill()
            case HomeResults(id=id, played=played):
                self._results[id] = played
                self._feed.update_lines()
                self._tell()
            case HomeBroken(path=path):
                self.notice("home.broken", path=path)

    def _things(self) -> Iterator[_Thing]:
        """What holds the words that are searched for, under headings."""
        words = self._search.value
        found = [pack for pack in self._packs if matches(pack, words)]
        families = sorted(found, key=lambda pack: (pack.family, pack.id, pack.where))
        for family, same in groupby(families, key=lambda pack: pack.family):
            yield _Heading(f"home.{family.replace('_', '-')}")
            yield from same
        sessions = [
            one
            for one in self._sessions
            if holds(f"{one.title.en} {one.title.zh} {_file(one.path)}", words)
        ]
        if sessions:
            yield _Heading("home.sessions")
            yield from sessions

    def _fill(self) -> None:
        self._feed.empty = "home.nothing-found" if self._search.value.strip() else "home.nothing"
        self._feed.exchange(list(self._things()))
        if isinstance(self._feed.chosen, _Heading):
            self._feed.point(1)
        self._label()
        self._tell()

    def relabel(self) -> None:
        super().relabel()
        self._search.placeholder = self.say("home.search")
        self._label()
        self._tell()

    def _label(self) -> None:
        self._hint.update(Content(self.say("home.hint")))
        name, words = self.say("home.title"), self._search.value.strip()
        if words:
            found = sum(not isinstance(one, _Heading) for one in self._things())
            every = len(self._packs) + len(self._sessions)
            name += f" · {self.say('home.matches', n=found, all=every)}"
        self._title.update(Content(name))
        self.set_class(bool(words) or self._search.has_focus, "-searching")

    def _tell(self) -> None:
        """What there is to say of the line under the cursor."""
        match self._feed.chosen:
            case Card() as card:
                self._details.show(card, self._results.get(card.id, ()))
            case HomeSession(path=path, title=title):
                self._details.say_of_session(title, path)
            case _:
                self._details.clear()
        self.refresh_bindings()

    def _row(self, thing: _Thing) -> Row:
        match thing:
            case _Heading():
                return Row((((self.say(thing.key), "time"),),))
            case Card():
                parts = [
                    self.say("home.minutes", n=thing.minutes),
                    self.say("home.roles", n=len(thing.roles)),
                    self.say("home.injects", n=thing.injects),
                ]
                if thing.origin != "shipped":
                    parts.insert(0, self.say(f"home.mark-{thing.origin}"))
                right = [(" · ".join(parts), "dim")]
                if self._results:
                    last = last_score(self._results.get(thing.id, ()))
                    told = self.say("home.last-short", points=last) if last else ""
                    right.append(fit(told, _LAST, right=True))
                return Row(((("  ", ""), (thing.title.in_(self.lang), "")),), (tuple(right),))
            case HomeSession():
                stage = self.say(f"ui.stage-{thing.stage}")
                left = (
                    ("  ", ""),
                    (thing.title.in_(self.lang), ""),
                    (f"  {_file(thing.path)}", "dim"),
                )
                return Row((left,), (((f"{stage} · {face(thing.at)}", "dim"),),))

    # -- keys --------------------------------------------------------------------------------------

    def on_feed_pointed(self) -> None:
        self._tell()

    def on_feed_opened(self) -> None:
        """Enter does what suggests itself."""
        match self._feed.chosen:
            case Card():
                self.action_choose("host")
            case HomeSession(stage="ended"):
                self.action_choose("debrief")
            case HomeSession():
                self.action_choose("resume")
            case _:
                pass

    def on_input_changed(self) -> None:
        self._fill()

    def on_input_submitted(self) -> None:
        self._feed.focus()

    def on_descendant_focus(self) -> None:
        self._label()

    def on_descendant_blur(self) -> None:
        self._label()

    def action_search(self) -> None:
        self.add_class("-searching")
        self._search.focus()

    def action_clear(self) -> None:
        self._search.value = ""
        self._feed.focus()
        self._fill()

    def action_list(self) -> None:
        self._feed.focus()

    def action_details(self) -> None:
        target = self._feed if self._details.has_focus else self._details
        target.focus()

    def action_lessons(self) -> None:
        self.app.exit(HomeChoice("lessons"))

    def action_trend(self) -> None:
        self.app.exit(HomeChoice("trend"))

    def action_choose(
        self, kind: Literal["host", "short", "demo", "resume", "debrief", "replay"]
    ) -> None:
        match self._feed.chosen:
            case Card(where=value) | HomeSession(path=value):
                self.app.exit(HomeChoice(kind, value))
            case _:
                pass

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits the line under the cursor."""
        if action == "trend":
            return self._has_ended
        if action == "details":
            return isinstance(self._feed.chosen, Card)
        if action == "list":
            return self._search.has_focus
        if action == "clear":
            return self.has_class("-searching") or self._details.has_focus
        if action != "choose":
            return True
        match self._feed.chosen:
            case Card():
                return parameters[0] in ("host", "short", "demo")
            case HomeSession(stage="ended"):
                return parameters[0] in ("debrief", "replay")
            case HomeSession():
                return parameters[0] in ("resume", "replay")
            case _:
                return False


def _file(path: str) -> str:
    """The name of the file at the path, on whatever system it was written."""
    return path.replace("\\", "/").rpartition("/")[2]
