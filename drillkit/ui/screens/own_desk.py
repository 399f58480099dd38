"""A role's desk at a terminal of the person's own, from which they may ask for another seat."""

from drillkit.core.decide.seats import acting_as
from drillkit.desk import Desk
from drillkit.ui.drafts import Drafts
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page
from drillkit.ui.pages.role import RolePage
from drillkit.ui.screens.desk import DeskScreen


class OwnDesk(DeskScreen):
    """Says when the seat that was asked for is not granted, and when a post is held no longer."""

    def __init__(self, desk: Desk, line: str, drafts: Drafts | None = None) -> None:
        """`line` is the terminal's, as the journal knows it."""
        super().__init__(desk, drafts)
        self._line = line
        self._declined: int | None = None
        """The entry of the last refusal that is known here; -1 for none, None before the first."""
        self._held: tuple[str, ...] = ()
        """The posts that are held for others."""

    def _make(self, name: str) -> Page:
        page = super()._make(name)
        if isinstance(page, RolePage):
            page.line = self._line
        return page

    async def watch_moment(self, moment: Moment) -> None:
        await super().watch_moment(moment)
        seat = moment.state.seats.get(self._line)
        if seat is None or moment.names is None:
            return
        declined = seat.declined.seq if seat.declined else -1
        if self._declined is not None and declined > self._declined:
            self.notice("desk.seat-declined", role=moment.names.role(seat.wanted, self.lang))
        self._declined = declined
        held = acting_as(moment.state, self.desk.seat)[1:]
        for role in self._held:
            if role not in held:
                self.remark("desk.relieved", role=moment.names.role(role, self.lang))
        self._held = held
