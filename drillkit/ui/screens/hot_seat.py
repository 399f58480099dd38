"""A role's desk at which the facilitator sits for a while."""

from typing import ClassVar

from textual import work
from textual.binding import BindingType

from drillkit.ui.keys import key
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.desk import DeskScreen


class HotSeat(DeskScreen):
    """The desk as its role has it, with a way back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "stand_up", "control.key-stand-up", id="seat.stand-up", show=True),
    ]

    @work(group="ask")
    async def action_stand_up(self) -> None:
        """Go back; ask first when something written would be lost. Answers are kept as drafts."""
        lost = any(page.has_unsent for name, page in self._pages.items() if name != "inbox")
        if not lost or await self.app.push_screen_wait(AskScreen("ui.discard")):
            self.dismiss()
