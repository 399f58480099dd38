"""The role card, duties, limits, channels and reports; and beside it the roster."""

from collections.abc import Callable, Collection
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from drillkit.core.clocks import face
from drillkit.core.state import State
from drillkit.desk import Pulse
from drillkit.model.commands import Arrive, AskSeat, Leave
from drillkit.model.plan import Role
from drillkit.model.text import Line
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Page
from drillkit.ui.screens.ask import ChooseScreen, LineScreen
from drillkit.ui.widgets.roster import Roster
from drillkit.ui.widgets.watch import post_of
from drillkit.words import listing

Part = Content | str | tuple[str, str]


class RolePage(Page):
    """What the plan says of this role, as cards are handed out before a drill."""

    NAME = "role"
    DEFAULT_CSS = """
    RolePage .pane { border: none; }
    RolePage Roster { width: 38%; min-width: 30; border-left: solid $border-blurred; }
    RolePage Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "leave_post", "keys.leave-post", id="role.leave",
                tooltip="keys.leave-post-tip"),
        Binding("t", "take_over", "keys.take-over", id="role.take-over",
                tooltip="keys.take-over-tip"),
        Binding("a", "ask_seat", "keys.ask-seat", id="role.ask-seat",
                tooltip="keys.ask-seat-tip"),
    ]  # fmt: skip

    def __init__(self, seat: str, pulse: Callable[[], Pulse]) -> None:
        super().__init__(seat, pulse)
        self.card = Static(markup=False)
        self.pane = VerticalScroll(self.card, classes="pane")
        self.roster = Roster()
        self.line = ""
        """The terminal that the person sits at, when it is one of their own."""

    def compose(self) -> ComposeResult:
        yield self.pane
        yield self.roster

    @classmethod
    def waiting(cls, state: State, seats: Collection[str]) -> int:
        """The late posts that the plan gives these seats to take over."""
        return len(_to_take_over(state, seats))

    def enter(self) -> None:
        self.pane.focus()

    def draw(self, moment: Moment) -> None:
        self.roster.draw_moment(moment)
        role = moment.state.plan.role(self.seat)
        if role is not None:
            self.card.update(Content.assemble(*self._parts(role, moment)))

    def _parts(self, role: Role, moment: Moment) -> list[Part]:
        names, lang, plan, seats = moment.names, moment.lang, moment.state.plan, self.seats
        assert names is not None
        parts: list[Part] = [(names.role(role.id, lang), "bold")]
        if role.group:
            parts += [" · ", names.group(role.group, lang)]
        held = [names.role(seat, lang) for seat in seats if seat != self.seat]
        if held:
            said = self.say("desk.card-holds", roles=listing(lang, held))
            parts += ["\n", (said, "bold $warning")]

        if asked := self._asked(moment):
            parts += ["\n", (asked, "bold $warning")]

        if late := _to_take_over(moment.state, seats):
            said = self.say("desk.card-late", roles=names.roles(late, lang))
            parts += ["\n", (said, "bold $error")]

        def section(key: str, *lines: str) -> None:
            said = [line for line in lines if line]
            if said:
                parts.extend(["\n\n", (self.say(f"desk.card-{key}"), "$secondary")])
                parts.extend(f"\n  {line}" for line in said)

        section("duties", *role.duties.in_(lang).split("\n"))
        section(
            "limits",
            self.say("desk.card-ack", target=face(role.ack_target)),
            self.say("desk.card-arrive", target=face(role.arrive_target)),
        )
        section("may", *(self.say(f"desk.may-{permission}") for permission in role.may))
        section("alternates", *(names.role(id, lang) for id in role.alternates))
        section(
            "stands-in",
            *(names.role(other.id, lang) for other in plan.roles if role.id in other.alternates),
        )
        section(
            "channels",
            *(names.roles(path.to, lang) for path in plan.channels if path.sender in seats),
        )
        section(
            "reports",
            *(
                self.say(
                    "desk.card-report",
                    report=names.rule(rule.id, lang),
                    limit=face(rule.limit),
                    to=names.roles(rule.to, lang),
                    trigger=rule.trigger,
                )
                for rule in plan.reports
                if rule.sender in seats
            ),
        )
        section(
            "customers",
            *(
                self.say(
                    "desk.card-customer",
                    customer=names.customer(customer.id, lang),
                    limit=face(customer.notify_within),
                )
                for customer in plan.customers
                if customer.owner in seats
            ),
        )
        if role.contact:
            ways = filter(None, (role.contact.phone, role.contact.radio))
            section("contact", " · ".join([role.contact.post.in_(lang), *ways]))
        section(
            "briefing",
            *moment.state.briefing.briefing.in_(lang).split("\n") if moment.state.briefing else (),
        )
        return parts

    def _asked(self, moment: Moment) -> str:
        """How it stands with the seat that the person at this terminal asked for."""
        seat, names = moment.state.seats.get(self.line), moment.names
        if seat is None or names is None or not seat.wanted:
            return ""
        key = "desk.seat-asked" if seat.asked else "desk.seat-declined"
        return self.say(key, role=names.role(seat.wanted, moment.lang))

    # -- leaving and standing in -------------------------------------------------------------------

    @work(group="ask")
    async def action_leave_post(self) -> None:
        why = await self.app.push_screen_wait(LineScreen("desk.why-leave"))
        if why is not None:
            self.request(Leave(why=why))

    @work(group="ask")
    async def action_take_over(self) -> None:
        moment = self.moment
        assert moment.names is not None
        absent = [
            role
            for role in moment.state.plan.players()
            if role.id != self.seat and not moment.state.presence[role.id].is_here
        ]
        # Those come first for whom the plan names this role.
        absent.sort(key=lambda role: self.seat not in role.alternates)
        posts = [(role.id, self._post(role, moment)) for role in absent]
        post = await self.app.push_screen_wait(ChooseScreen("desk.which-post", posts))
        if post:
            self.request(Arrive(instead_of=post))

    def _post(self, role: Role, moment: Moment) -> str:
        """The absent role in words, and whether the plan does not name this one for its post."""
        assert moment.names is not None
        beyond = "" if self.seat in role.alternates else self.say("desk.not-alternate")
        return moment.names.role(role.id, moment.lang) + beyond

    @work(group="ask")
    async def action_ask_seat(self) -> None:
        """Ask the facilitator for another role's seat; a reason belongs to it."""
        names, lang = self.moment.names, self.moment.lang
        assert names is not None
        others = [role.id for role in self.moment.state.plan.roles if role.id != self.seat]
        seats = [(role, names.role(role, lang)) for role in others]
        wanted = await self.app.push_screen_wait(ChooseScreen("desk.which-seat", seats))
        why: Line | None = Line()
        while wanted and why is not None and not why:
            title = names.role(wanted, lang)
            why = await self.app.push_screen_wait(LineScreen("desk.why-seat", role=title))
            if why:
                self.request(AskSeat(line=self.line, role=wanted, why=why))
            elif why is not None:
                self.notice("refused.reason-needed")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only who sits at a terminal of their own can be moved to another seat."""
        return action != "ask_seat" or bool(self.line)


def _to_take_over(state: State, seats: Collection[str]) -> list[str]:
    """The posts whose holders are late by the plan, or have left, and have one of `seats` named."""
    if state.briefing is None or not state.is_open:
        return []
    posts = [
        post_of(state, role, state.at)
        for role in state.plan.players()
        if role.id not in seats and any(seat in role.alternates for seat in seats)
    ]
    return [post.role for post in posts if post.late or post.standing == "left"]
