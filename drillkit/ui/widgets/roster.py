"""Who is called, who has confirmed, who is here: every role of the plan on a line of its own."""

from drillkit.core.clocks import face
from drillkit.core.records import Presence
from drillkit.model.plan import Role
from drillkit.ui.moment import Moment
from drillkit.ui.widgets.feed import Cells, Feed, Row


class Roster(Feed[Role]):
    """The players in the plan's order, the outside partners after them."""

    def __init__(self) -> None:
        super().__init__(self._row, id="roster")
        self._moment = Moment()

    def draw_moment(self, moment: Moment) -> None:
        """Show who is here now."""
        self._moment = moment
        self.show(sorted(moment.state.plan.roles, key=lambda role: role.outside))

    def _row(self, role: Role) -> Row:
        moment = self._moment
        assert moment.names is not None
        name = moment.names.role(role.id, moment.lang)
        if role.outside:
            return Row(((("  ", ""), (name, "dim")),), (((self.say("ui.outside"), "quiet"),),))
        presence = moment.state.presence[role.id]
        sign, right = self._status(presence)
        return Row(((sign, (name, "strong" if role.key else "")),), (right,))

    def _status(self, presence: Presence) -> tuple[tuple[str, str], Cells]:
        names, lang = self._moment.names, self._moment.lang
        assert names is not None
        if presence.is_here:
            stay = presence.stays[-1]
            who = f"{names.role(stay.substitute, lang)} " if stay.substitute else ""
            return ("✓ ", "done"), ((who, "warning"), (face(stay.came.at), "time"))
        if presence.stays:
            return ("x ", "late"), ((self.say("ui.has-left"), "late"),)
        if presence.acknowledged:
            return ("… ", "warning"), ((self.say("ui.on-the-way"), "warning"),)
        if presence.called:
            return ("? ", "warning"), ((self.say("ui.called"), "warning"),)
        return ("  ", ""), ((self.say("ui.not-called"), "quiet"),)
