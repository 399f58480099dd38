"""A participant's desk on a fake world: what may come in, and a person who sits there."""

from worlds_ui import (
    FakeDesk,
    opening,
    press,
    screen_text,
    title,
    until,
    until_shown,
)

from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import MINUTE
from drillkit.model.text import Prose
from drillkit.ui.app import Terminal
from drillkit.ui.screens.desk import DeskScreen


def message(id="m1", *, sender="commander", to=("medical",), words="Come at once.", **more):
    return ev.MessageSent(
        message=id, sender=sender, to=to, means="radio", text=Prose(words), **more
    )


def answered(inject="water", options=("move",), words="", role="medical"):
    return ev.ResponseGiven(inject=inject, role=role, options=options, text=Prose(words))


def a_need(need="n1", quantity=300):
    return ev.NeedArose(
        need=need,
        title=title("Water at the gate", "北门进水"),
        site="gate",
        item="sandbag",
        quantity=quantity,
        limit_at=10 * MINUTE,
        urgency=3.0,
        life_critical=True,
        known_to=("logistics",),
    )


def an_order(order="o1", quantity=100):
    return ev.SuppliesRequested(
        order=order, role="medical", site="gate", item="sandbag", quantity=quantity
    )


def a_shipment(shipment="d1", quantity=100):
    return ev.SuppliesDispatched(
        shipment=shipment,
        role="logistics",
        depot="yard",
        site="gate",
        item="sandbag",
        quantity=quantity,
        vehicle="truck",
        arrives_at=5 * MINUTE,
        back_at=10 * MINUTE,
        need="n1",
    )


class Seat:
    """A desk screen at a fake desk, with its pilot."""

    def __init__(self, seat="medical", *, size=(80, 24), lang="en", entries=None):
        self.desk = FakeDesk(seat, opening(seat) if entries is None else entries)
        self.app = Terminal(DeskScreen(self.desk), lang)
        self._size = size

    async def __aenter__(self):
        self._running = self.app.run_test(size=self._size, notifications=True)
        self.pilot = await self._running.__aenter__()
        await until(self.pilot, lambda: isinstance(self.app.screen, DeskScreen))
        await until(self.pilot, lambda: self.app.screen.page is not None)
        return self

    async def __aexit__(self, *problem):
        await self._running.__aexit__(*problem)

    @property
    def text(self):
        return screen_text(self.app)

    @property
    def sent(self):
        """What the desk was asked, but for opening injects, which reading does by itself."""
        return [command for command in self.desk.sent if not isinstance(command, do.OpenInject)]

    async def press(self, *keys):
        await press(self.pilot, *keys)

    async def shown(self, said):
        await until_shown(self.pilot, said)

    async def gone(self, said):
        await until(self.pilot, lambda: said not in self.text)

    async def asked(self, number=1):
        await until(self.pilot, lambda: len(self.sent) >= number)

    async def happens(self, *events, by="director", at=None):
        self.desk.push(*events, by=by, at=at)
        await until(
            self.pilot, lambda: len(self.app.screen.moment.entries) == len(self.desk.entries)
        )

    async def tick(self, at):
        """The exercise clock stands at `at`, and a second has passed."""
        self.desk.at = at
        self.app.screen.tick()
        await self.pilot.pause()
