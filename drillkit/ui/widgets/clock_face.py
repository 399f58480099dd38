"""The top line of a seat: who sits here, the exercise clock, the story's time, and the phase."""

from collections.abc import Callable

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import var
from textual.widget import Widget

from drillkit.core.clocks import face, story_time
from drillkit.core.decide.seats import acting_as
from drillkit.desk import Pulse
from drillkit.model.base import MINUTE
from drillkit.ui.language import Speaks
from drillkit.ui.moment import Moment


class ClockFace(Speaks, Widget):
    """One line, drawn anew with every moment, and by `tick` when the second has changed."""

    DEFAULT_CSS = """
    ClockFace { height: 1; background: $panel; }
    """

    moment: var[Moment] = var(Moment, init=False)

    def __init__(self, seat: str, pulse: Callable[[], Pulse]) -> None:
        super().__init__()
        self._seat = seat
        self._pulse = pulse
        self._shown: tuple[tuple[str, str], tuple[str, str, str]] | None = None

    def watch_moment(self) -> None:
        self.tick()

    def tick(self) -> None:
        """Draw anew if anything on the line has changed."""
        if (self._title(), self._reading()) != self._shown:
            self.refresh()

    def _title(self) -> tuple[str, str]:
        """Who sits here, with the posts held for others, and the phase."""
        moment = self.moment
        seats = acting_as(moment.state, self._seat)
        name = " + ".join(
            moment.names.role(seat, moment.lang) if moment.names else seat for seat in seats
        )
        return name, moment.state.phase.title.in_(moment.lang) if moment.state.phase else ""

    def _reading(self) -> tuple[str, str, str]:
        """The exercise clock, what it does, and the story's time."""
        state, pulse = self.moment.state, self._pulse()
        if state.stage == "running":
            speed = f" x{pulse.speed:g}" if pulse.speed not in (0.0, 1.0) else ""
            sign = f"▸{speed}"
        else:
            sign = self.say(f"ui.stage-{state.stage}")
        story = story_time(state, pulse.at)
        minutes = self.say("ui.minutes", n=pulse.at // MINUTE)
        clock = face(pulse.at) if self.counts_seconds else minutes
        return clock, sign, f"{story:%Y-%m-%d %H:%M}" if story else ""

    def render(self) -> RenderResult:
        title, reading = self._shown = self._title(), self._reading()
        (name, phase), (clock, sign, story) = title, reading
        tone = "$success" if self.moment.state.stage == "running" else "$warning"
        left = Content.assemble((f" {name}", "bold"))
        right = Content.assemble((clock, "bold $accent"), " ", (sign, tone), f"  {story} ")
        width = self.size.width
        room = max(0, width - right.cell_length - 1)
        if phase and left.cell_length + 6 < room:
            left = left + Content.assemble((" · ", "dim"), phase)
        left = left.truncate(room, ellipsis=True)
        return Content.assemble(
            left, " " * max(1, width - left.cell_length - right.cell_length), right
        )
