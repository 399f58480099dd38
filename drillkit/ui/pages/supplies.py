"""Supplies: the board, and the sheets to ask for, send and use them."""

from collections.abc import Callable, Collection
from typing import ClassVar, Literal, get_args

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from drillkit.core.clocks import face
from drillkit.core.records import NeedRecord
from drillkit.core.state import State
from drillkit.desk import Pulse
from drillkit.model.base import Millis, Title
from drillkit.model.commands import (
    ApproveRequest,
    Command,
    DeclineRequest,
    DispatchSupplies,
    ReceiveSupplies,
    RequestSupplies,
    UseSupplies,
)
from drillkit.model.events import SuppliesRequested
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page
from drillkit.ui.pages.sheet import Sheet
from drillkit.ui.screens.ask import LineScreen
from drillkit.ui.widgets.fields import Number, Picker
from drillkit.ui.widgets.supply_board import BoardLine, SupplyBoard
from drillkit.words.units import counted

Purpose = Literal["request", "dispatch", "use"]


class SupplySheet(Sheet):
    """What, how much, where to; and for a dispatch where from and on what."""

    def __init__(self, purpose: Purpose, pulse: Callable[[], Pulse]) -> None:
        super().__init__(id=f"supply-{purpose}")
        self.purpose: Purpose = purpose
        self._pulse = pulse
        self.site = Picker("desk.site")
        self.thing = Picker("desk.item")
        self.depot = Picker("desk.depot")
        self.vehicle = Picker("desk.vehicle")
        self.way = Static(classes="sheet-note", markup=False)
        self.quantity = Number("desk.quantity")
        self._begun_for = ("", "")
        self._begun_with = ""
        self._moment = Moment()

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.site
        yield self.thing
        if self.purpose == "dispatch":
            yield self.depot
            yield self.vehicle
            yield self.way
            yield self.note
        yield self.quantity

    def on_mount(self) -> None:
        if self.purpose == "dispatch":
            for what in (self.site, self.thing):
                self.watch(what, "place", self._choose_depot, init=False)
            for what in (self.site, self.thing, self.depot, self.vehicle):
                self.watch(what, "place", self._show_way, init=False)
            for what in (self.site, self.thing):
                self.watch(what, "place", self._show_purpose, init=False)

    @property
    def has_unsent(self) -> bool:
        """A quantity stands here that somebody has put in."""
        return self.quantity.value not in ("", self._begun_with)

    def show(self, moment: Moment) -> None:
        """Offer what the plan has; what is filled in stays."""
        plan, lang = moment.state.plan, moment.lang
        self._moment = moment

        def titles(things: Collection[tuple[str, Title]]) -> list[tuple[str, str]]:
            return [(id, title.in_(lang)) for id, title in things]

        self.head_is(self.say(f"desk.supply-{self.purpose}"))
        self.site.offer(titles([(site.id, site.title) for site in plan.sites]))
        self.thing.offer(titles([(item.id, item.title) for item in plan.items]))
        self.depot.offer(titles([(depot.id, depot.title) for depot in plan.depots]))
        if self.purpose == "dispatch":
            self._show_way()
            self._show_purpose()

    def fill(
        self,
        site: str,
        item: str,
        quantity: int,
        *,
        depot: str = "",
        need: str = "",
        order: str = "",
    ) -> None:
        """Begin with what a line of the board says; without a depot, with the best one.

        A dispatch begins with no more than the depot has and any vehicle there can carry.
        """
        self.site.turn_to(site)
        self.thing.turn_to(item)
        self.quantity.value = str(quantity or "")
        self._begun_for = (need, order)
        if depot:
            self.depot.turn_to(depot)
        else:
            self._choose_depot()
        if self.purpose == "dispatch":
            self.vehicle.turn_to("")
            self._show_way()
            self._show_purpose()
            there = self._moment.state.ledger.stock[self.depot.value, item]
            quantity = max(0, min(quantity, there, self._carried() or quantity))
        self.quantity.value = self._begun_with = str(quantity or "")

    def _carried(self) -> int:
        """What the vehicle carries, the chosen one or the largest that is free; 0 without any."""
        ledger, depot = self._moment.state.ledger, self.depot.value
        here = [one for home, one in ledger.vehicles.values() if home == depot]
        chosen = [one for one in here if one.id == self.vehicle.value]
        free = ledger.free_vehicles(depot, self._pulse().at)
        kept = [one for one in here if one.id not in ledger.lost]
        return max((one.capacity for one in chosen or free or kept), default=0)

    def _choose_depot(self) -> None:
        """The one that has enough and the quickest open way; else one that has some."""
        ledger, site, item = self._moment.state.ledger, self.site.value, self.thing.value
        open_ways = {
            depot.id: time
            for depot in self._moment.state.plan.depots
            if (time := ledger.routes.get((depot.id, site))) is not None
        }

        def rank(depot: str) -> tuple[bool, bool, Millis]:
            there = ledger.stock[depot, item]
            return there < max(1, self.quantity.number), there <= 0, open_ways[depot]

        if open_ways:
            self.depot.turn_to(min(open_ways, key=rank))

    def _show_way(self) -> None:
        """Offer the chosen depot's vehicles; say what it has and how long the way takes."""
        state, lang = self._moment.state, self._moment.lang
        depot = next((one for one in state.plan.depots if one.id == self.depot.value), None)
        item = next((one for one in state.plan.items if one.id == self.thing.value), None)
        if depot is None or item is None:
            return
        vehicles = [one for one in depot.vehicles if one.id not in state.ledger.lost]
        titles = [(one.id, one.title.in_(lang)) for one in vehicles]
        self.vehicle.offer([("", self.say("desk.any-vehicle")), *titles])
        time = state.ledger.routes.get((depot.id, self.site.value))
        stock = state.ledger.stock[depot.id, item.id]
        unit = counted(lang, item.unit.in_(lang), stock)
        there = self.say("desk.there", depot=depot.title, there=stock, unit=unit)
        way = self.say("desk.way", time=face(time)) if time is not None else self.say("desk.no-way")
        load = self.say("desk.carries", capacity=self._carried()) if vehicles else ""
        self.way.update(Content("\n".join(said for said in (there, way, load) if said)))

    def _for(self) -> tuple[str, str]:
        """The need and the request that the shipment serves, as far as they fit place and item.

        What it was begun for comes first, then the need that presses most; "" for none.
        """
        state, what = self._moment.state, (self.site.value, self.thing.value)
        need, order = self._begun_for
        asked = state.orders[order].event if order in state.orders else None
        if asked is None or (asked.site, asked.item) != what:
            order = ""
        needs = state.needs.values()
        fit = [one for one in needs if (one.event.site, one.event.item) == what]
        if all(one.event.need != need for one in fit):
            unmet = [one for one in fit if not one.is_met] or fit
            pressing = min(unmet, key=lambda one: one.event.limit_at, default=None)
            need = pressing.event.need if pressing else ""
        return need, order

    def _show_purpose(self) -> None:
        """Say what the shipment serves, which changes with its place and item."""
        state, lang, names = self._moment.state, self._moment.lang, self._moment.names
        need, order = self._for()
        said = list[str]()
        if need and names:
            said.append(self.say("desk.serves-need", need=names.need(need, lang)))
        elif state.needs:
            said.append(self.say("desk.serves-none"))
        if order and names:
            said.append(self.say("desk.serves-order", order=names.order(order, lang)))
        self.note.update(Content("\n".join(said)))
        self.note.display = bool(said)

    def command(self) -> Command:
        site, item, quantity = self.site.value, self.thing.value, self.quantity.number
        match self.purpose:
            case "request":
                return RequestSupplies(site=site, item=item, quantity=quantity)
            case "use":
                return UseSupplies(site=site, item=item, quantity=quantity)
            case "dispatch":
                need, order = self._for()
                return DispatchSupplies(
                    depot=self.depot.value,
                    site=site,
                    item=item,
                    quantity=quantity,
                    vehicle=self.vehicle.value,
                    need=need,
                    order=order,
                )

    def clear(self) -> None:
        self.quantity.value = self._begun_with = ""
        self._begun_for = ("", "")


class SuppliesPage(Page):
    """Keys act on the line under the cursor."""

    NAME = "supplies"
    DEFAULT_CSS = """
    SuppliesPage Feed { width: 1fr; }
    SuppliesPage Sheet { width: 42; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "sheet('request')", "keys.request", id="supplies.request",
                tooltip="keys.request-tip"),
        Binding("d", "sheet('dispatch')", "keys.dispatch", id="supplies.dispatch",
                tooltip="keys.dispatch-tip"),
        Binding("a", "approve", "keys.approve-request", id="supplies.approve",
                tooltip="keys.approve-request-tip"),
        Binding("x", "decline", "keys.decline", id="supplies.decline",
                tooltip="keys.decline-tip"),
        Binding("c", "receive", "keys.receive", id="supplies.receive",
                tooltip="keys.receive-tip"),
        Binding("u", "sheet('use')", "keys.use", id="supplies.use", tooltip="keys.use-tip"),
    ]  # fmt: skip

    def __init__(self, seat: str, pulse: Callable[[], Pulse]) -> None:
        super().__init__(seat, pulse)
        self.board = SupplyBoard(pulse)
        self.sheets: dict[str, SupplySheet] = {
            purpose: SupplySheet(purpose, pulse) for purpose in get_args(Purpose)
        }

    def compose(self) -> ComposeResult:
        yield self.board
        yield from self.sheets.values()

    @classmethod
    def waiting(cls, state: State, seats: Collection[str]) -> int:
        """For who may decide: requests that wait; for who supplies: needs that nothing meets."""
        if state.briefing is None:
            return 0
        roles = [state.plan.role(seat) for seat in seats]
        may = {permission for role in roles if role for permission in role.may}
        waiting = 0
        if may & {"command", "supply"}:
            waiting += sum(
                1
                for order in state.orders.values()
                if not (order.approved or order.declined or order.shipments)
            )
        if "supply" in may:
            waiting += sum(1 for need in state.needs.values() if not _is_served(state, need))
        return waiting

    @property
    def has_unsent(self) -> bool:
        return any(sheet.has_unsent and sheet.display for sheet in self.sheets.values())

    def enter(self) -> None:
        sheet = next((one for one in self.sheets.values() if one.display), None)
        (sheet.quantity if sheet else self.board).focus()

    def is_hurried(self) -> bool:
        # Needs and arrivals may be close at any time.
        return True

    def tick(self) -> None:
        self.board.update_lines()

    def draw(self, moment: Moment) -> None:
        self.board.draw_moment(moment)
        for sheet in self.sheets.values():
            sheet.show(moment)

    def on_feed_pointed(self) -> None:
        self.screen.refresh_bindings()

    def on_feed_opened(self) -> None:
        """Enter does what suggests itself for the line."""
        line = self.board.chosen
        match line.kind if line else "":
            case "need" | "order":
                self.action_sheet("dispatch" if self._supplies() else "request")
            case "shipment":
                self.action_receive()
            case "stock":
                self.action_sheet("dispatch" if self._supplies() else "request")

    def on_sheet_left(self, message: Sheet.Left) -> None:
        message.stop()
        message.sheet.display = False
        self.board.focus()
        self.screen.refresh_bindings()

    def _supplies(self) -> bool:
        roles = [self.moment.state.plan.role(seat) for seat in self.seats]
        return any(role and "supply" in role.may for role in roles)

    def action_sheet(self, purpose: str) -> None:
        """Open a sheet, filled in from the line under the cursor."""
        sheet = self.sheets[purpose]
        if not sheet.has_unsent:
            self._fill(sheet)
        for other in self.sheets.values():
            other.display = other is sheet
        (sheet.quantity if sheet.quantity.value else sheet.site).focus()
        self.screen.refresh_bindings()

    def _fill(self, sheet: SupplySheet) -> None:
        line, state = self.board.chosen, self.moment.state
        if line is None:
            return
        match line.kind:
            case "need":
                need = state.needs[line.id]
                event = need.event
                missing = max(0, event.quantity - need.filled - _under_way(state, need))
                sheet.fill(event.site, event.item, missing, need=event.need)
            case "order":
                event = state.orders[line.id].event
                sheet.fill(event.site, event.item, event.quantity, order=event.order)
            case "shipment":
                sent = state.shipments[line.id].event
                sheet.fill(sent.site, sent.item, 0)
            case "stock":
                depot, _, item = line.id.partition("/")
                sheet.fill(sheet.site.value, item, 0, depot=depot)
            case _:
                sheet.fill(sheet.site.value, sheet.thing.value, 0)

    def _order(self) -> SuppliesRequested | None:
        line = self.board.chosen
        if line is None or line.kind != "order":
            return None
        return self.moment.state.orders[line.id].event

    def action_approve(self) -> None:
        if order := self._order():
            self.request(ApproveRequest(order=order.order))

    @work(group="ask")
    async def action_decline(self) -> None:
        order = self._order()
        if order is None:
            return
        why = await self.app.push_screen_wait(LineScreen("desk.why-decline"))
        if why is not None:
            self.request(DeclineRequest(order=order.order, why=why))

    def action_receive(self) -> None:
        line = self.board.chosen
        if line is not None and line.kind == "shipment":
            self.request(ReceiveSupplies(shipment=line.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what fits the line; letters belong to a sheet while one is open."""
        if any(sheet.display for sheet in self.sheets.values()):
            return False
        line: BoardLine | None = self.board.chosen
        kind = line.kind if line else ""
        if action in ("approve", "decline"):
            return kind == "order"
        if action == "receive":
            return kind == "shipment"
        return True


def _is_served(state: State, need: NeedRecord) -> bool:
    """Enough has arrived or is under way."""
    return need.filled + _under_way(state, need) >= need.event.quantity


def _under_way(state: State, need: NeedRecord) -> int:
    """What has been sent for the need and has not arrived."""
    return sum(
        event.quantity for event in state.ledger.transit.values() if event.need == need.event.need
    )
