"""A replay on screen: the seats' own screens in a frame that says where on the line one is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from drillkit.core.clocks import time_of
from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE, OBSERVER, SECOND, Millis
from drillkit.model.events import InjectReleased, NoteMade
from drillkit.replay import Landmark, Player, ReplayDesk, landmarks
from drillkit.ui.keys import key
from drillkit.ui.moment import Moment
from drillkit.ui.screens.ask import ChooseScreen
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.desk import DeskScreen
from drillkit.ui.screens.dialogs import Fault, Filled, Form, LineField
from drillkit.ui.screens.evaluation import EvaluationScreen
from drillkit.ui.screens.paned import PanedScreen
from drillkit.ui.screens.steering import Steering
from drillkit.ui.screens.wallboard import WallboardScreen
from drillkit.ui.seat import SeatScreen
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.scrubber import Scrubber
from drillkit.words import say
from scoring.assessment import Finding

if TYPE_CHECKING:
    _Seat = SeatScreen
else:
    # A mixin must not be a DOMNode: Textual takes styles from the first base that is one.
    _Seat = object

SPEEDS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)
"""What the digits 1 to 9 mean."""
_STEP, _STRIDE = 10 * SECOND, MINUTE
_FRAME = 0.1
"""Seconds between two looks at what has come to its time."""
_WORTH = ("note", "finding", "strength")


@dataclass(frozen=True)
class Replay:
    """What is replayed: the player that all its screens share, and what was found in the drill."""

    player: Player
    findings: Sequence[Finding] = ()
    desks: dict[str, ReplayDesk] = field(default_factory=dict)

    def desk(self, seat: str) -> ReplayDesk:
        """The desk of this seat, made when first asked for."""
        if seat not in self.desks:
            self.desks[seat] = ReplayDesk(self.player, seat)
        return self.desks[seat]

    def landmarks(self, seat: str) -> tuple[Landmark, ...]:
        """What the seat saw and what was found, in order."""
        return landmarks(self.desk(seat).visible(), self.player.entries, self.findings)


def seats(player: Player) -> tuple[str, ...]:
    """The seats that a drill can be seen from."""
    return (FACILITATOR, EVALUATOR, OBSERVER, *player.script.roles)


def replay_screen(replay: Replay, seat: str) -> SeatScreen:
    """The screen of this seat, in the frame of the replay."""
    match seat:
        case _ if seat == FACILITATOR:
            return ReplayedControl(replay)
        case _ if seat == EVALUATOR:
            return ReplayedEvaluation(replay)
        case _ if seat == OBSERVER:
            return ReplayedWallboard(replay)
    return ReplayedDesk(replay, seat)


def _function_key(nth: int) -> str:
    """The key of the pane or page at place `nth`, from 0: F1 and F2 are taken."""
    return f"f{nth + 3}"


def _panes(screen: type[PanedScreen]) -> Iterator[Binding]:
    """The function keys of a screen's panes."""
    for nth, name in enumerate(screen.PANES):
        word, id = f"{screen.AREA}.key-{name}", f"{screen.AREA}.pane-{name}"
        yield key(_function_key(nth), f"pane('{name}')", word, id=id)


def _first(binding: Binding) -> Binding:
    """The binding goes before those of whatever has the focus."""
    return replace(binding, priority=True)


KEYS: list[BindingType] = [
    _first(key("space", "play", "replay.key-play", id="replay.play", show=True)),
    _first(
        key(
            "left",
            f"move({-_STEP})",
            "replay.key-back",
            id="replay.back",
            show=True,
            shown_as="←",
        )
    ),
    _first(
        key("right", f"move({_STEP})", "replay.key-on", id="replay.on", show=True, shown_as="→")
    ),
    _first(
        key(
            "shift+left,left_square_bracket",
            f"move({-_STRIDE})",
            "replay.key-far-back",
            id="replay.far-back",
        )
    ),
    _first(
        key(
            "shift+right,right_square_bracket",
            f"move({_STRIDE})",
            "replay.key-far-on",
            id="replay.far-on",
        )
    ),
    _first(key("n", "landmark(1)", "replay.key-next", id="replay.next", show=True)),
    _first(key("N", "landmark(-1)", "replay.key-previous", id="replay.previous", show=True)),
    _first(key("comma", "step(-1)", "replay.key-entry-back", id="replay.entry-back")),
    _first(key("full_stop", "step(1)", "replay.key-entry-on", id="replay.entry-on")),
    _first(key("g", "go", "replay.key-go", id="replay.go", show=True)),
    _first(key("r", "seat", "replay.key-seat", id="replay.seat", show=True)),
    *(
        _first(key(str(nth), f"speed({nth - 1})", "replay.key-speed", id="replay.speed"))
        for nth in range(1, len(SPEEDS) + 1)
    ),
    key("escape", "leave_replay", "replay.key-leave", id="replay.leave", show=True),
]


class InReplay(_Seat):
    """The frame: a screen of a seat becomes one of a replay."""

    ABOUT = "replay.about"

    def put_in(self, replay: Replay) -> None:
        """Every subclass calls this at the end of its __init__."""
        self.replay = replay
        self.player = replay.player
        self._marks = replay.landmarks(self.desk.seat)
        self._name_keys()
        self._scrubber = Scrubber(replay.player, self._marks, self._about)

    def _name_keys(self) -> None:
        """The digits are speeds here: panes and pages go by the function keys."""

    def compose(self) -> ComposeResult:
        yield self._scrubber
        yield from super().compose()

    def on_mount(self) -> None:
        self.set_interval(_FRAME, self._frame)

    def _frame(self) -> None:
        """Let happen what has come to its time, while this screen is in front."""
        if self.is_current:
            self.player.tick()
            self._scrubber.tick()
            for clock in self.query(ClockFace):
                clock.tick()

    def on_scrubber_wanted(self, event: Scrubber.Wanted) -> None:
        self.player.go_to(event.at)
        self._frame()

    def _about(self, mark: Landmark) -> str:
        """What a landmark is: whoever sits at a role's desk did not see what was found of it."""
        entry = self.player.entries[mark.seq]
        knows = self.desk.seat in (FACILITATOR, EVALUATOR)
        match entry.event:
            case InjectReleased(title=title) if mark.kind == "inject" and self._sees_words():
                return title.in_(self.lang)
            case NoteMade(text=text) if mark.kind == "note" and knows:
                return self.say("replay.note", text=text.partition("\n")[0])
        if mark.finding and knows:
            finding = next(one for one in self.replay.findings if one.id == mark.finding)
            return say(self.lang, f"lessons.{finding.rule}.title", **finding.values)
        return self.say(f"replay.kind-{mark.kind}")

    def _sees_words(self) -> bool:
        """Observers are shown that an inject came, and not what it says."""
        return self.desk.seat != OBSERVER

    # -- keys --------------------------------------------------------------------------------------

    def action_play(self) -> None:
        if self.player.is_playing:
            self.player.pause()
        else:
            self.player.play()
        self._frame()

    def action_move(self, by: Millis) -> None:
        self.player.go_to(self.player.at + by)
        self._frame()

    def action_step(self, by: int) -> None:
        """One entry on or back; the way to tell apart what happened at one moment."""
        self.player.pause()
        self.player.go_to_entry(self.player.seen - 1 + by)
        self._frame()

    def action_landmark(self, way: int) -> None:
        """To the next note or finding, or the one before."""
        here = self.player.seen - 1
        places = sorted({mark.seq for mark in self._marks if mark.kind in _WORTH})
        ahead = [seq for seq in places if (seq > here if way > 0 else seq < here)]
        if not ahead:
            self.remark("replay.no-more")
            return
        self.player.pause()
        self.player.go_to_entry(ahead[0] if way > 0 else ahead[-1])
        self._frame()

    def action_speed(self, nth: int) -> None:
        self.player.set_speed(SPEEDS[nth])
        self._frame()

    @work(group="ask")
    async def action_go(self) -> None:
        """Ask for a time, and go there."""
        fields = [LineField("at", "replay.time")]
        filled = await self.app.push_screen_wait(Form("replay.go-title", fields, check=_a_time))
        if filled:
            self.player.go_to(time_of(filled.lines["at"]))
            self._frame()

    @work(group="ask")
    async def action_seat(self) -> None:
        """See the same moment from another seat."""
        roles = self.player.script.roles
        options = [
            (seat, roles[seat].title.in_(self.lang) if seat in roles else self._staff(seat))
            for seat in seats(self.player)
        ]
        seat = await self.app.push_screen_wait(ChooseScreen("replay.seat-title", options))
        if seat and seat != self.desk.seat:
            # Not from here: this screen cannot be taken away while work of its own waits for that.
            self.app.call_later(self.app.switch_screen, replay_screen(self.replay, seat))

    def _staff(self, seat: str) -> str:
        return say(self.lang, f"log.seat.{seat}")

    def action_leave_replay(self) -> None:
        """Back to the screen below; where there is none, the replay is over."""
        self.player.pause()
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.app.exit()

    def action_refuse(self) -> None:
        self.notice("replay.refused")


def _a_time(filled: Filled) -> Fault | None:
    try:
        time_of(filled.lines["at"])
    except ValueError:
        return Fault("at", "replay.no-time")
    return None


def _steering() -> Iterator[Binding]:
    """The keys that steer a drill, and would open a dialog first."""
    own = {binding.key for binding in KEYS if isinstance(binding, Binding)}
    for binding in (*Steering.BINDINGS, *ControlScreen.BINDINGS):
        assert isinstance(binding, Binding)
        for one in binding.key.split(","):
            if one not in own and not one.isdigit() and binding.action != "follow":
                yield key(one, "refuse", "replay.key-refuse", id="replay.refuse")


class PanedReplay(InReplay, PanedScreen):
    """A screen of the staff in the frame."""

    ENTRIES: ClassVar[tuple[str, ...]]
    """The panes that list entries, the latest last."""

    def land(self) -> None:
        """Where one has jumped to, what happened last stands under the cursor."""
        if not self.player.is_playing:
            for name in self.ENTRIES:
                self.feeds[name].action_edge(-1)

    def _name_keys(self) -> None:
        self.tabs.keys = [_function_key(nth).upper() for nth in range(len(self.PANES))]
        for pane, name in zip(self.panes.values(), self.tabs.keys, strict=True):
            pane.key = name


class ReplayedControl(PanedReplay, ControlScreen):
    """The facilitator's screen; what steers is refused before it asks for anything."""

    ENTRIES = ("log", "messages")
    BINDINGS: ClassVar[list[BindingType]] = [
        *_steering(),
        *_panes(ControlScreen),
        *KEYS,
    ]

    def __init__(self, replay: Replay) -> None:
        super().__init__(replay.desk(FACILITATOR), replay.desk)
        self.put_in(replay)

    def watch_moment(self, moment: Moment) -> None:
        super().watch_moment(moment)
        self.land()

    def action_debrief(self) -> None:
        """The end of the drill opens no debrief here: a replay is mostly come to from there."""

    def _say_who_asks(self) -> None:
        """Nobody waits at the door of a drill that has been."""


class ReplayedEvaluation(PanedReplay, EvaluationScreen):
    """The evaluator's screen, with the notes and ratings as they came."""

    ENTRIES = ("journal",)
    BINDINGS: ClassVar[list[BindingType]] = [*_panes(EvaluationScreen), *KEYS]

    def __init__(self, replay: Replay) -> None:
        super().__init__(replay.desk(EVALUATOR))
        self.put_in(replay)

    def watch_moment(self, moment: Moment) -> None:
        super().watch_moment(moment)
        self.land()


class ReplayedWallboard(InReplay, WallboardScreen):
    """What everybody in the room read along."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, replay: Replay) -> None:
        super().__init__(replay.desk(OBSERVER))
        self.put_in(replay)


class ReplayedDesk(InReplay, DeskScreen):
    """A role's desk; its pages have function keys anyway."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, replay: Replay, seat: str) -> None:
        super().__init__(replay.desk(seat))
        self.put_in(replay)

    def _name_keys(self) -> None:
        self._tabs.keys = [_function_key(nth).upper() for nth in range(len(self._tabs.keys))]
