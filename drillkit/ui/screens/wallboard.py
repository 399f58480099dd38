"""The wallboard: how the drill stands, for a projector that everybody in the room can read."""

from dataclasses import dataclass

from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Digits

from drillkit.core.clocks import face, story_time
from drillkit.core.state import State
from drillkit.desk import Desk
from drillkit.model.base import Millis
from drillkit.ui.moment import Moment
from drillkit.ui.seat import SeatScreen
from drillkit.ui.widgets.attendance import named, sitting
from drillkit.ui.widgets.columns import Piece, content, gauge
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.still import Still
from drillkit.ui.widgets.timeline import LOOKS

_SAID = 2
"""Statements that are shown, the latest first."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much a role has before it: injects not answered, and those of them past their limit."""

    role: str
    open: int
    overdue: int


def loads(state: State) -> list[Load]:
    """The players in the plan's order."""
    return [
        Load(
            role.id,
            sum(role.id in record.awaited for record in state.injects.values()),
            sum(
                role.id in record.awaited and role.id in record.overdue
                for record in state.injects.values()
            ),
        )
        for role in state.plan.players()
    ]


def course(state: State, now: Millis, width: int) -> list[Piece]:
    """The drill as a line of `width` cells: what has passed, what was released and how it stands.

    What lies ahead shows nothing but its length; what jumps have left out is no part of it.
    """
    length = state.briefing.length - state.skipped if state.briefing else 0
    if width <= 0 or length <= 0:
        return []

    def column(time: Millis) -> int:
        return min(width - 1, max(0, time * width // length))

    here = column(now)
    cells: list[Piece] = [("━", "unread") if at < here else ("─", "quiet") for at in range(width)]
    for record in state.injects.values():
        if record.released is not None:
            cells[column(record.released.at)] = LOOKS[record.status]
    cells[here] = ("┃", "strong")
    return cells


class Course(Widget):
    """The line of the drill."""

    DEFAULT_CSS = """
    Course { height: 1; margin: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._state = State()
        self._now: Millis = 0
        self._shown: list[Piece] = []

    def show(self, state: State, now: Millis) -> None:
        self._state, self._now = state, now
        if course(state, now, self.size.width) != self._shown:
            self.refresh()

    def render(self) -> RenderResult:
        self._shown = course(self._state, self._now, self.size.width)
        return content(self._shown)


class WallboardScreen(SeatScreen):
    """Counts and clocks, never what an inject, a need or an answer says."""

    ABOUT = "wallboard.about"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    WallboardScreen {
        #wall-headline {
            height: 1; background: $warning; color: $background; text-style: bold;
            content-align: center middle;
        }
        #wall-clocks { height: 5; padding: 0 1; }
        #wall-exercise, #wall-story { width: auto; min-width: 26; }
        #wall-stage { width: 1fr; content-align: right middle; height: 4; }
        Digits { width: auto; height: 3; }
        #wall-exercise Digits { color: $accent; }
        .wall-label { height: 1; color: $text-muted; width: auto; }
        #wall-body { height: 1fr; }
        #wall-loads { width: 1fr; margin-top: 1; }
        #wall-loads > .feed--cursor, #wall-loads > .feed--cursor-blurred {
            background: $background;
        }
        #wall-side { width: 45%; padding: 0 1; border-left: solid $panel; }
        #wall-needs, #wall-said { height: auto; margin-top: 1; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._headline = Still(id="wall-headline")
        self._exercise_label = Still(classes="wall-label")
        self._exercise = Digits("0:00")
        self._story_label = Still(classes="wall-label")
        self._story = Digits("")
        self._stage = Still(id="wall-stage")
        self._course = Course()
        self._loads = Feed[Load](self._draw_load, id="wall-loads")
        self._needs = Still(id="wall-needs")
        self._said = Still(id="wall-said")

    def compose(self) -> ComposeResult:
        yield self._headline
        with Horizontal(id="wall-clocks"):
            with Vertical(id="wall-exercise"):
                yield self._exercise_label
                yield self._exercise
            with Vertical(id="wall-story"):
                yield self._story_label
                yield self._story
            yield self._stage
        yield self._course
        with Horizontal(id="wall-body"):
            yield self._loads
            with Vertical(id="wall-side"):
                yield self._needs
                yield self._said
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.beat()

    # -- the moment --------------------------------------------------------------------------------

    def watch_moment(self, moment: Moment) -> None:
        state = moment.state
        if state.briefing is None:
            return
        title = state.briefing.title.in_(moment.lang)
        self._headline.update(Content(self.say("wallboard.headline", title=title)))
        self._exercise_label.update(Content(self.say("wallboard.exercise-clock")))
        self._stage.update(self._standing(state))
        self._loads.show(loads(state))
        self._needs.update(self._met(state))
        self._said.update(self._told(state))
        self.tick()

    def tick(self) -> None:
        state = self.moment.state
        if state.briefing is None:
            return
        now = state.at if state.ended else max(self.desk.pulse().at, state.at)
        story = story_time(state, now)
        day = f" · {story:%Y-%m-%d}" if story else ""
        _put(self._exercise, face(now))
        _put(self._story, f"{story:%H:%M}" if story else "")
        label = self.say("wallboard.story-clock") + day
        if str(self._story_label.content) != label:
            self._story_label.update(Content(label))
        self._course.show(state, now)

    def _standing(self, state: State) -> Content:
        tone = "$success" if state.stage == "running" else "$warning"
        parts: list[tuple[str, str] | str] = [(self.say(f"ui.stage-{state.stage}"), f"bold {tone}")]
        if state.phase is not None:
            parts += ["\n", (state.phase.title.in_(self.lang), "bold")]
        return Content.assemble(*parts)

    def _met(self, state: State) -> Content:
        if not state.needs:
            return Content("")
        met, all_ = sum(need.is_met for need in state.needs.values()), len(state.needs)
        bar = gauge(met / all_, 20, "done" if met == all_ else "warning")
        head = self.say("wallboard.needs", met=met, all=all_)
        return Content.assemble((head, "$secondary"), "\n", content(bar))

    def _told(self, state: State) -> Content:
        """The last that everybody was told, and what the public was."""
        issued = [record for record in state.statements.values() if record.issued is not None]
        issued.sort(key=lambda record: record.issued or record.drafted, reverse=True)
        said: list[tuple[str, Millis, str]] = [
            ("broadcast", mark.at, event.text) for mark, event in state.broadcasts[-1:]
        ]
        said += [
            ("statement", (record.issued or record.drafted).at, record.event.text)
            for record in issued[:_SAID]
        ]
        parts: list[tuple[str, str] | str] = []
        for kind, at, text in said:
            head = self.say(f"wallboard.{kind}", at=face(at))
            parts += [(head, "$secondary"), f"\n{text}\n\n"]
        return Content.assemble(*parts)

    # -- rows --------------------------------------------------------------------------------------

    def _draw_load(self, load: Load) -> Row:
        moment = self.moment
        names, state = moment.names, moment.state
        assert names is not None
        presence = state.presence[load.role]
        sign: Piece = (" ○ ", "quiet")
        if presence.is_here:
            sign = (" ✓ ", "done")
        elif presence.stays:
            sign = (" ← ", "warning")
        elif presence.called:
            sign = (" ▷ ", "unread")
        people = named((seat for _, seat in sitting(state, load.role)), moment.lang)
        right: list[Piece] = []
        if load.open:
            right.append((self.say("wallboard.open", n=load.open), "warning"))
        if load.overdue:
            right.append(("  ! " + self.say("wallboard.overdue", n=load.overdue), "late"))
        role = names.role(load.role, moment.lang)
        return Row(((sign, (role, "strong"), *people),), (tuple(right),))


def _put(digits: Digits, value: str) -> None:
    if digits.value != value:
        digits.update(value)
