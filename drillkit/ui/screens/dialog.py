"""The base of what lies over another screen: the exercise clock of the drill stays in sight."""

from typing import Generic, TypeVar

from textual.screen import ModalScreen

from drillkit.ui.language import Speaks
from drillkit.ui.seat import SeatScreen
from drillkit.ui.widgets.clock_face import ClockFace

T = TypeVar("T")


class Dialog(Speaks, ModalScreen[T], Generic[T]):
    """Over a seat's screen the top line is that seat's, and goes on."""

    DEFAULT_CSS = """
    Dialog > ClockFace { dock: top; }
    Dialog Input { border: round $border-blurred; height: 3; padding: 0; background: $background; }
    Dialog Input:focus { border: round $border; }
    """

    def on_mount(self) -> None:
        below = [one for one in self.app.screen_stack if isinstance(one, SeatScreen)]
        if below:
            clock = ClockFace(below[-1].desk.seat, below[-1].desk.pulse)
            clock.moment = below[-1].moment
            self.mount(clock)
            self.set_interval(1, lambda: self._tick(clock, below[-1]))

    def _tick(self, clock: ClockFace, below: SeatScreen) -> None:
        clock.moment = below.moment
        clock.tick()
