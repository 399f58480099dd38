"""The facilitator's door: who sits at which terminal, who knocks, and who is let in."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from drillkit.core.records import Seat
from drillkit.core.state import State
from drillkit.desk import Desk
from drillkit.model.base import FACILITATOR, SECOND, Millis
from drillkit.model.commands import DeclineSeat, MoveSeat
from drillkit.model.plan import Role
from drillkit.model.text import clean
from drillkit.ui.door import AttemptNow, Door, LineNow
from drillkit.ui.keys import key
from drillkit.ui.moment import Moment
from drillkit.ui.screens.ask import AskScreen, ChooseScreen
from drillkit.ui.screens.secret import SecretScreen
from drillkit.ui.seat import SeatScreen
from drillkit.ui.widgets.attendance import (
    DESKS,
    HOLDERS,
    LOOKS,
    MINUTE,
    doing,
    holders,
    in_words,
    sitting,
    standing,
)
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.columns import fit
from drillkit.ui.widgets.feed import Cells, Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.pane import Pane
from drillkit.ui.widgets.still import Still
from drillkit.ui.widgets.watch import POST_LOOKS, post_of

_ABOUT_PLACES = ("invite", "renew", "revoke", "bar", "drop", "move", "grant", "decline")
"""The actions that are about the place under the cursor."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as it is now: with a person on a terminal, with a lost one, or with nobody."""

    role: str
    line: str = ""
    seat: Seat | None = None
    """Who sits there, when the journal knows them: they gave a name, and have not left."""
    now: LineNow | None = None
    barred: bool = False
    revoked: bool = False

    @property
    def person(self) -> str:
        return self.seat.person if self.seat else self.now.person if self.now else ""

    @property
    def asks(self) -> bool:
        """The person wants another seat, and has no answer yet."""
        return self.seat is not None and self.seat.asked is not None


def places(state: State, door: Door) -> Iterator[Place]:
    """Every seat, the plan's first and the staff's last, once for each person in it."""
    here = {now.line: now for now in door.lines()}
    barred, revoked = door.barred(), door.revoked()
    roles = sorted(state.plan.roles, key=lambda role: role.outside)
    seats = (*(role.id for role in roles), *DESKS)
    for role in seats:
        there = dict(sitting(state, role))
        shut = (role in barred, role in revoked)
        known = [Place(role, line, seat, here.get(line), *shut) for line, seat in there.items()]
        known += [
            Place(role, now.line, None, now, *shut)
            for now in here.values()
            if now.role == role and not _sits(state, now.line)
        ]
        yield from known or [Place(role, "", None, None, *shut)]


def _sits(state: State, line: str) -> bool:
    seat = state.seats.get(line)
    return seat is not None and seat.left is None


class DoorScreen(SeatScreen):
    """The seats with their terminals, and beside them who has been at the door."""

    ABOUT = "door.about"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    DoorScreen {
        #door { layout: horizontal; height: 1fr; }
        #pane-attempts { width: 46; border-left: solid $panel; }
        #door-asked { height: auto; padding: 0 1; color: $warning; }
        &.-narrow {
            #door { layout: vertical; }
            #pane-attempts { width: 1fr; height: 7; border-left: none; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "grant", "door.key-grant", id="door.grant", show=True),
        key("n", "decline", "door.key-decline", id="door.decline", show=True),
        key("i", "invite", "door.key-invite", id="door.invite", show=True),
        key("c", "renew", "door.key-renew", id="door.renew", show=True),
        key("r", "revoke", "door.key-revoke", id="door.revoke", show=True),
        key("x", "bar", "door.key-bar", id="door.bar", show=True),
        key("d", "drop", "door.key-drop", id="door.drop", show=True),
        key("m", "move", "door.key-move", id="door.move", show=True),
        key("1", "pane('places')", "door.key-places", id="door.pane-places"),
        key("2", "pane('attempts')", "door.key-attempts", id="door.pane-attempts"),
        key("escape", "leave", "door.key-leave", id="door.leave", show=True),
    ]

    def __init__(self, desk: Desk, door: Door, simulated: Collection[str] = ()) -> None:
        """`simulated` are the roles that stand-ins play where no person comes."""
        super().__init__(desk)
        self._simulated = simulated
        self._door = door
        self._clock = ClockFace(desk.seat, desk.pulse)
        self.places = Feed[Place](self._draw_place, empty="door.no-places", id="places")
        self.attempts = Feed[AttemptNow](
            self._draw_attempt, empty="door.no-attempts", id="attempts"
        )
        self._asked = Still(id="door-asked")
        self._asking: Place | None = None
        self.held: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(SeatScreen.moment)
        with Container(id="door"):
            yield Pane(1, "places", "door", self.places)
            yield Pane(2, "attempts", "door", self.attempts)
        yield self._asked
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.places.focus()
        self.set_interval(1, self._tick)

    def watch_moment(self, moment: Moment) -> None:
        if moment.state.briefing is not None:
            self.held = holders(moment.entries, self._simulated)
            self._redraw()

    def _tick(self) -> None:
        self._clock.tick()
        if self.moment.state.briefing is not None:
            self._redraw()

    def _redraw(self) -> None:
        """Show the door as it is now; the lists send out only what looks different."""
        chosen, offered = self.places.chosen, self._offers(self.places.chosen)
        now = list(places(self.moment.state, self._door))
        self.places.show(now)
        if chosen is not None:
            kept = (nth for nth, place in enumerate(now) if _is_same(place, chosen))
            at = next(kept, None)
            if at is not None:
                self.places.point(at)
        self.attempts.show(list(self._door.attempts()))
        self._show_asked(now)
        if self._offers(self.places.chosen) != offered:
            self.refresh_bindings()

    def _show_asked(self, now: Iterable[Place]) -> None:
        """Say who wants which seat and why: the one under the cursor, else who has waited longest.

        It is what one key answers.
        """
        asking = [place for place in now if place.asks]
        asking.sort(key=lambda place: place.seat.asked if place.seat and place.seat.asked else 0)
        chosen = self.places.chosen
        mine = [place for place in asking if chosen and place.line == chosen.line]
        self._asking = next(iter([*mine, *asking]), None)
        self._asked.display = self._asking is not None
        if self._asking and (seat := self._asking.seat):
            said = self.say(
                "door.asks",
                person=clean(seat.person),
                role=self._role(seat.role),
                wanted=self._role(seat.wanted),
                why=clean(seat.why),
            )
            more = self.say("door.more-ask", n=len(asking) - 1) if len(asking) > 1 else ""
            self._asked.update(Content(f"{LOOKS['asks'][0]} {said} {more}"))

    def on_feed_pointed(self) -> None:
        self._redraw()
        self.refresh_bindings()

    # -- rows --------------------------------------------------------------------------------------

    def _role(self, role: str) -> str:
        names = self.moment.names
        return names.role(role, self.lang) if names else role

    def _draw_place(self, place: Place) -> Row:
        how = standing(place.seat)
        if how == "nobody" and place.now is not None:
            how = "connected"
        sign, tone = ("⊘", "late") if place.barred or place.revoked else LOOKS[how]
        left: Cells = ((f" {sign} ", tone), fit(self._role(place.role), 24))
        if place.person:
            left = (*left, (f" {clean(place.person)}", "strong"))
        elif place.line:
            left = (*left, (f" {self.say('door.unnamed')}", "dim"))
        if place.now is not None:
            left = (*left, (f"  {clean(place.now.address)}", "quiet"))
        words = list(self._words(place))
        right = tuple(
            (f" · {word}" if nth else word, tone) for nth, (word, tone) in enumerate(words)
        )
        return Row((left,), (right,))

    def _words(self, place: Place) -> Iterator[tuple[str, str]]:
        if place.barred:
            yield self.say("door.barred"), "late"
        if place.revoked:
            yield self.say("door.revoked"), "late"
        if place.asks and place.seat:
            sign, tone = LOOKS["asks"]
            yield f"{sign} → {self._role(place.seat.wanted)}", tone
        role = self.moment.state.plan.role(place.role)
        if role is not None and not role.outside:
            yield from self._presence(role)
        how = doing(place.seat, place.now)
        said, tone = in_words(how, place.now, self.lang), LOOKS[how][1]
        if how == "nobody" and place.role == self.desk.seat:
            said, how = self.say("door.yourself"), FACILITATOR
            tone = LOOKS[how][1]
        elif how == "nobody" and (held := self.held.get(place.role)):
            said, how = self.say(f"control.held-{held}"), held
            tone = LOOKS[held][1]
        # The standing has its sign at the left edge; what changes by the minute bears its own.
        bears = how in ("typing", "idle", "stalled", *HOLDERS)
        yield (f"{LOOKS[how][0]} {said}" if bears else said), tone

    def _presence(self, role: Role) -> Iterator[tuple[str, str]]:
        """Who is called out and not come in time, or has gone from the post."""
        post = post_of(self.moment.state, role, self._now)
        if post.late:
            yield f"! {self.say(f'door.late-{post.standing}')}", "late"
        elif post.standing == "left":
            sign, tone = POST_LOOKS["left"]
            yield f"{sign} {self.say('control.post.left')}", tone

    @property
    def _now(self) -> Millis:
        """Where the exercise clock stands, in whole seconds, never behind the last entry."""
        state = self.moment.state
        now = state.at if state.ended else max(self.desk.pulse().at, state.at)
        return now - now % SECOND

    def _draw_attempt(self, attempt: AttemptNow) -> Row:
        minutes = int(attempt.ago // MINUTE)
        ago = self.say("door.ago", n=minutes) if minutes else self.say("door.just-now")
        tone = "done" if attempt.outcome == "right" else "late"
        sign = "✓" if attempt.outcome == "right" else "✗"
        outcome = self.say(f"door.outcome-{attempt.outcome}")
        left = (
            (f" {sign} ", tone),
            (outcome, tone),
            (f"  {clean(attempt.seat)}", ""),
            (f"  {clean(attempt.address)}", "quiet"),
        )
        return Row((left,), (((ago, "dim"),),))

    # -- the door ----------------------------------------------------------------------------------

    def action_invite(self) -> None:
        if place := self.places.chosen:
            self._tell("door.invitation", place.role, self._door.invitation(place.role))

    @work(group="ask")
    async def action_renew(self) -> None:
        place = self.places.chosen
        if place and await self._sure("door.ask-renew", place):
            self._tell("door.code", place.role, self._door.renew(place.role))

    @work(group="ask")
    async def action_revoke(self) -> None:
        place = self.places.chosen
        if place and await self._sure("door.ask-revoke", place):
            self._door.revoke(place.role)
            self._redraw()

    @work(group="ask")
    async def action_bar(self) -> None:
        """Let nobody into the seat, or people again."""
        place = self.places.chosen
        if place is None:
            return
        question = "door.ask-unbar" if place.barred else "door.ask-bar"
        if await self._sure(question, place):
            self._door.bar(place.role, not place.barred)
            self._redraw()

    @work(group="ask")
    async def action_drop(self) -> None:
        place = self.places.chosen
        if place and place.now and await self._sure("door.ask-drop", place):
            self._door.drop(place.line)
            self._redraw()

    @work(group="ask")
    async def action_move(self) -> None:
        """Let the person sit in another role's seat."""
        place = self.places.chosen
        if place is None or place.seat is None:
            return
        others = [
            (role.id, self._role(role.id))
            for role in self.moment.state.plan.roles
            if role.id != place.role
        ]
        role = await self.app.push_screen_wait(ChooseScreen("door.ask-move", others))
        if role:
            await self.ask(MoveSeat(line=place.line, role=role))

    @work(group="ask")
    async def action_grant(self) -> None:
        """Give the person the seat that they asked for."""
        if (place := self._asking) and place.seat:
            await self.ask(MoveSeat(line=place.line, role=place.seat.wanted))

    @work(group="ask")
    async def action_decline(self) -> None:
        if place := self._asking:
            await self.ask(DeclineSeat(line=place.line))

    def action_pane(self, name: str) -> None:
        (self.places if name == "places" else self.attempts).focus()

    def action_leave(self) -> None:
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what can be done with the place under the cursor."""
        return action not in _ABOUT_PLACES or action in self._offers(self.places.chosen)

    def _offers(self, place: Place | None) -> Collection[str]:
        """What can be done with the place."""
        offers = {"grant", "decline"} if self._asking else set[str]()
        if place is None:
            return offers
        offers |= {"invite", "renew", "revoke", "bar"}
        if place.now is not None:
            offers.add("drop")
        if place.seat is not None:
            offers.add("move")
        return offers

    async def _sure(self, question: str, place: Place) -> bool:
        role, person = self._role(place.role), clean(place.person)
        return await self.app.push_screen_wait(AskScreen(question, role=role, person=person))

    def _tell(self, title: str, role: str, secret: str) -> None:
        self.app.push_screen(SecretScreen(title, secret, role=self._role(role)))


def _is_same(place: Place, other: Place) -> bool:
    """The same person's place, or the same empty one, or who came to it or left it since."""
    return (place.line or place.role) == (other.line or other.role)
