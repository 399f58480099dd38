"""The base of every screen that shows a drill: it follows one desk and keeps the moment."""

from textual import work
from textual.reactive import var
from textual.screen import Screen

from drillkit.core.fold import advance
from drillkit.core.names import Names
from drillkit.core.script import Refused
from drillkit.core.state import State
from drillkit.desk import Desk
from drillkit.model.commands import Command
from drillkit.model.events import Entry
from drillkit.ui.language import Speaks
from drillkit.ui.moment import Moment

_SECOND, _LULL = 1.0, 8.0


class SeatScreen(Speaks, Screen[None]):
    """A screen at one desk. Widgets get `moment` by data_bind and only draw from it.

    Commands go out through `ask`; there is no optimistic state: what was asked shows when its
    entry comes back.
    """

    # All of it is covered by what stands on it: one empty line serves for all.
    BLANK = True

    moment: var[Moment] = var(Moment)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def on_mount(self) -> None:
        self.follow()

    @work(group="follow", exclusive=True)
    async def follow(self) -> None:
        """Fold what the desk tells, batch by batch, into the moment."""
        state, entries = State(), list[Entry]()
        async for batch in self.desk.follow():
            if batch.fresh:
                state, entries = State(), list[Entry]()
            state = advance(state, entries, batch.entries)
            entries.extend(batch.entries)
            new = () if batch.fresh else batch.entries
            self.moment = Moment(self.lang, state, entries, Names(state), new)

    def beat(self) -> None:
        """Call `tick` now and from now on: every second, or now and then while nothing hurries."""
        self.tick()
        hurried = self.counts_seconds or self.is_hurried()
        # A fast clock must not stand still for minutes of the exercise.
        lull = max(_SECOND, _LULL / max(1.0, self.desk.pulse().speed))
        self.set_timer(_SECOND if hurried else lull, self.beat)

    def tick(self) -> None:
        """Time has passed: draw what counts."""

    def is_hurried(self) -> bool:
        """Whether something on the screen counts seconds now."""
        return False

    async def ask(self, command: Command) -> bool:
        """Send the command; a refusal becomes a notice, and the answer is False."""
        try:
            await self.desk.send(command)
        except Refused as refusal:
            self.notice(refusal.key, **refusal.values)
            return False
        return True

    def relabel(self) -> None:
        """The language changed: draw everything anew."""
        super().relabel()
        now = self.moment
        self.moment = Moment(self.lang, now.state, now.entries, now.names)
