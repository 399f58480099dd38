"""How long there is still, as a sign, a time and a tone; and the line that counts down."""

from collections.abc import Callable

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from drillkit.core.clocks import face
from drillkit.desk import Pulse
from drillkit.model.base import MINUTE, SECOND, Millis
from drillkit.model.events import Due
from drillkit.ui.language import Speaks

STYLES = {"time": "$secondary", "warning": "bold $warning", "late": "bold $error"}


HURRY = 2 * MINUTE
"""Where times run by the minute, the seconds show below this."""
_NOTICE = 10 * SECOND
"""So much earlier it is looked at every second: longer than the longest lull (see SeatScreen)."""


def left(ms: Millis, node: Speaks) -> str:
    """A time that remains, the second or minute that has begun counted whole."""
    if ms <= HURRY or node.counts_seconds:
        return face(-(-ms // SECOND) * SECOND)
    return node.say("ui.minutes", n=-(-ms // MINUTE))


def past(ms: Millis, node: Speaks) -> str:
    """A time that has passed."""
    if ms <= HURRY or node.counts_seconds:
        return face(ms)
    return node.say("ui.minutes", n=ms // MINUTE)


def hurries(due: Due, at: Millis) -> bool:
    """Whether the seconds count now or soon: before the target and the limit, and just after."""
    early = HURRY + _NOTICE
    return due.target_at - early <= at < due.limit_at + HURRY and (
        at < due.target_at or at >= due.limit_at - early
    )


def countdown(due: Due, at: Millis, node: Speaks) -> tuple[str, str]:
    """What stands in a list, and its tone: to the target, then to the limit, then how late."""
    if at < due.target_at:
        return left(due.target_at - at, node), "time"
    if at < due.limit_at:
        return f"! {left(due.limit_at - at, node)}", "warning"
    return f"!! +{past(at - due.limit_at, node)}", "late"


class DeadlineLine(Speaks, Widget):
    """The same in words, over what is to be answered."""

    DEFAULT_CSS = """
    DeadlineLine { height: 1; }
    """

    def __init__(self, pulse: Callable[[], Pulse]) -> None:
        super().__init__()
        self._pulse = pulse
        self._due: Due | None = None
        self._shown = ("", "")

    def show(self, due: Due | None) -> None:
        """Count down to this, or to nothing."""
        self._due = due
        self.display = due is not None
        self.tick()

    def tick(self) -> None:
        """Draw anew if the second has changed."""
        if self._due and self._reading(self._due) != self._shown:
            self.refresh()

    def relabel(self) -> None:
        super().relabel()
        self.refresh()

    def _reading(self, due: Due) -> tuple[str, str]:
        at = self._pulse().at
        if at < due.target_at:
            return self.say("ui.due-in", left=left(due.target_at - at, self)), "time"
        if at < due.limit_at:
            return self.say("ui.due-soon", left=left(due.limit_at - at, self)), "warning"
        return self.say("ui.due-late", late=past(at - due.limit_at, self)), "late"

    def render(self) -> RenderResult:
        if self._due is None:
            return ""
        self._shown = text, tone = self._reading(self._due)
        return Content.styled(text, STYLES[tone])
