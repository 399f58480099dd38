"""A role's desk at a terminal of the person's own: other seats are asked for, feedback is given."""

from textual import work

from drillkit.core.decide.seats import acting_as
from drillkit.desk import Desk
from drillkit.model.commands import ReportReady
from drillkit.model.form import Form
from drillkit.ui.drafts import Drafts
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Asked, Page
from drillkit.ui.pages.role import RolePage
from drillkit.ui.screens.desk import DeskScreen
from drillkit.ui.screens.hot_wash import Hand, HotWash, handed_in, participant_forms
from drillkit.ui.widgets.banner import Banner, Step


class OwnDesk(DeskScreen):
    """Says when the seat that was asked for is not granted, and when a post is held no longer.

    Before the start its large line lets one report that one is ready, after the end it asks for
    feedback.
    """

    def __init__(
        self, desk: Desk, line: str, drafts: Drafts | None = None, nobody: Desk | None = None
    ) -> None:
        """`line` is the terminal's, as the journal knows it; see Hand for `nobody`."""
        super().__init__(desk, drafts)
        self._line = line
        self._nobody = nobody
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
        self._show_step(moment)
        declined = seat.declined.seq if seat.declined else -1
        if self._declined is not None and declined > self._declined:
            self.notice("desk.seat-declined", role=moment.names.role(seat.wanted, self.lang))
        self._declined = declined
        held = acting_as(moment.state, self.desk.seat)[1:]
        for role in self._held:
            if role not in held:
                self.remark("desk.relieved", role=moment.names.role(role, self.lang))
        self._held = held

    # -- the hot wash ------------------------------------------------------------------------------

    def _form_due(self) -> tuple[Step, Form] | None:
        """The form to be filled in next; when none is, one that may be replaced."""
        forms = participant_forms(self.moment.state)
        steps: tuple[tuple[str, Step], ...] = (("", "feedback"), ("by-name", "feedback-given"))
        for how, step in steps:
            for form in forms:
                if handed_in(self._drafts, form.id) == how:
                    return step, form
        return None

    def _step(self, moment: Moment) -> Step:
        step = super()._step(moment)
        seat = moment.state.seats.get(self._line)
        if step == "briefing" and seat is not None and seat.ready is None:
            return "ready"
        due = self._form_due() if step == "ended" and self._nobody is not None else None
        return due[0] if due else step

    def on_banner_taken(self, message: Banner.Taken) -> None:
        if message.banner.step == "ready":
            message.prevent_default()
            self.carry(Asked(ReportReady(line=self._line), message.banner.came_back))
            return
        due = self._form_due()
        if self._nobody is not None and due is not None:
            # Otherwise the desk would take it for an arrival, too.
            message.prevent_default()
            message.banner.came_back(accepted=False)
            self._fill_in(due[1], self._nobody)

    @work(group="hot-wash", exclusive=True)
    async def _fill_in(self, form: Form, nobody: Desk) -> None:
        seat = self.moment.state.seats.get(self._line)
        hand = Hand(self.desk, seat.person if seat else "", nobody)
        if await self.app.push_screen_wait(HotWash(form, hand, self._drafts)):
            self.remark("form.thanks")
            self._banner.show(self._step(self.moment))
            if self.page and not self._banner.can_focus:
                self.page.enter()
