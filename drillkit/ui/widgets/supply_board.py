"""The supply board: stock by depot, needs with their fill, requests, and what is under way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from drillkit.core.clocks import face
from drillkit.core.names import Names
from drillkit.core.records import NeedRecord, OrderRecord, ShipmentRecord
from drillkit.core.state import State
from drillkit.desk import Pulse
from drillkit.model.base import Lang
from drillkit.ui.moment import Moment
from drillkit.ui.widgets.deadline import left
from drillkit.ui.widgets.feed import Cells, Feed, Row
from drillkit.words.units import counted

_WARNING = 3 * 60_000
"""A need's deadline is near when less than this remains, in ms."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A heading (`id` is its name), or one need, request, shipment or stock ("depot/item")."""

    kind: Literal["heading", "need", "order", "shipment", "stock"]
    id: str


def board_lines(state: State) -> Iterator[BoardLine]:
    """What the board shows, in order: the needs, what was asked for, what rolls, what is left."""
    if state.needs:
        yield BoardLine("heading", "needs")
        needs = sorted(
            state.needs.values(), key=lambda need: (need.is_met, need.event.limit_at, need.arose)
        )
        yield from (BoardLine("need", need.event.need) for need in needs)
    if state.orders:
        yield BoardLine("heading", "orders")
        yield from (BoardLine("order", id) for id in state.orders)
    if state.shipments:
        yield BoardLine("heading", "shipments")
        yield from (BoardLine("shipment", id) for id in reversed(state.shipments))
    yield BoardLine("heading", "stock")
    for depot in state.plan.depots:
        for item in state.plan.items:
            if (depot.id, item.id) in state.ledger.stock:
                yield BoardLine("stock", f"{depot.id}/{item.id}")


class SupplyBoard(Feed[BoardLine]):
    """One list of everything; it counts down what has a time."""

    def __init__(self, pulse: Callable[[], Pulse]) -> None:
        super().__init__(self._row, empty="desk.supplies-empty", id="supplies")
        self._pulse = pulse
        self._moment = Moment()

    def draw_moment(self, moment: Moment) -> None:
        """Show the supplies as they are now; the cursor stays on its thing."""
        chosen = self.chosen
        self._moment = moment
        lines = list(board_lines(moment.state))
        self.show(lines)
        if chosen in lines:
            self.point(lines.index(chosen))
        elif self.chosen and self.chosen.kind == "heading":
            self.point(1)

    def _row(self, line: BoardLine) -> Row:
        state, names, lang = self._moment.state, self._moment.names, self._moment.lang
        assert names is not None
        match line.kind:
            case "heading":
                return Row((((self.say(f"desk.board-{line.id}"), "time"),),))
            case "need":
                return self._need(state.needs[line.id], names, lang)
            case "order":
                return self._order(state.orders[line.id], names, lang)
            case "shipment":
                return self._shipment(state.shipments[line.id], names, lang)
            case "stock":
                return self._stock(line.id, names, lang)

    def _need(self, need: NeedRecord, names: Names, lang: Lang) -> Row:
        event, at = need.event, self._pulse().at
        goods, site = names.goods(event.item, event.quantity, lang), names.site(event.site, lang)
        sign = ("▲  ", "late") if event.life_critical else ("   ", "")
        said = self.say("desk.board-need", goods=goods, site=site)
        fill = f"{need.filled}/{event.quantity} "
        right: Cells
        if need.is_met:
            right = ((fill, "dim"), ("✓", "done"))
        elif at >= event.limit_at:
            right = ((fill, ""), (f"!! +{face(at - event.limit_at)}", "late"))
        else:
            remains = event.limit_at - at
            tone, mark = ("warning", "! ") if remains < _WARNING else ("time", "")
            right = ((fill, ""), (f"{mark}{left(remains, self)}", tone))
        return Row(((sign, (said, ""), (f"  {event.title.in_(lang)}", "dim")),), (right,))

    def _order(self, order: OrderRecord, names: Names, lang: Lang) -> Row:
        event = order.event
        said = self.say(
            "desk.board-order",
            role=names.role(event.role, lang),
            goods=names.goods(event.item, event.quantity, lang),
            site=names.site(event.site, lang),
        )
        if order.shipments:
            status = ("✓ ", "done"), (self.say("desk.order-sent"), "done")
        elif order.declined:
            status = ("x ", "late"), (self.say("desk.order-declined"), "late")
        elif order.approved:
            status = ("", ""), (self.say("desk.order-approved"), "done")
        else:
            status = ("? ", "warning"), (self.say("desk.order-waiting"), "warning")
        return Row(((("   ", ""), (said, "")),), (status,))

    def _shipment(self, shipment: ShipmentRecord, names: Names, lang: Lang) -> Row:
        event = shipment.event
        said = self.say(
            "desk.board-shipment",
            goods=names.goods(event.item, event.quantity, lang),
            site=names.site(event.site, lang),
            depot=names.depot(event.depot, lang),
        )
        right: Cells
        if shipment.received:
            right = (("✓ ", "done"), (self.say("desk.shipment-received"), "done"))
        elif shipment.arrived:
            right = (("? ", "warning"), (self.say("desk.shipment-arrived"), "warning"))
        else:
            eta = left(max(0, event.arrives_at - self._pulse().at), self)
            right = ((self.say("desk.eta", left=eta), "time"),)
        return Row(((("   ", ""), (said, "")),), (right,))

    def _stock(self, id: str, names: Names, lang: Lang) -> Row:
        depot, _, item = id.partition("/")
        state = self._moment.state
        there = state.ledger.stock[depot, item]
        kind = next(kind for kind in state.plan.items if kind.id == item)
        low = there < kind.floor
        right: Cells = (
            (f"{there} {counted(lang, kind.unit.in_(lang), there)}", "warning" if low else ""),
        )
        if low:
            right = (("! ", "warning"), *right)
        name, place = names.item(item, lang), names.depot(depot, lang)
        left_cells = (("   ", ""), (name, "" if there else "quiet"), (f"  {place}", "dim"))
        return Row((left_cells,), (right,))
