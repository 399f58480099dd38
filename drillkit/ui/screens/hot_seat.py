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
        """Go back; ask first when something filled in would be lost. Words are kept as drafts."""
        supplies = self._pages.get("supplies")
        lost = supplies is not None and supplies.has_unsent
        if not lost or await self.app.push_screen_wait(AskScreen("ui.discard")):
            self.dismiss()
