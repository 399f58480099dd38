"""The facilitator's door: who sits at which terminal, who knocks, and who is let in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from drillkit.core.records import Seat
from drillkit.core.state import State
from drillkit.desk import Desk
from drillkit.model.commands import MoveSeat
from drillkit.model.text import clean
from drillkit.ui.door import AttemptNow, Door, LineNow
from drillkit.ui.keys import key
from drillkit.ui.language import Speaks
from drillkit.ui.moment import Moment
from drillkit.ui.screens.ask import AskScreen, ChooseScreen
from drillkit.ui.seat import SeatScreen
from drillkit.ui.widgets.attendance import DESKS, LOOKS, sitting, standing
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.columns import fit
from drillkit.ui.widgets.feed import Cells, Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.pane import Pane

_MINUTE = 60.0
_ABOUT_PLACES = ("invite", "renew", "revoke", "bar", "drop", "move")
"""The actions that are about the place under the cursor."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as it is now: with a person on a terminal, with a lost one, or with nobody."""

    role: str
    line: str = ""
    person: str = ""
    standing: str = "nobody"
    now: LineNow | None = None
    barred: bool = False
    sits: bool = False
    """The journal knows the person: they gave a name, and have not left."""


def places(state: State, door: Door) -> Iterator[Place]:
    """Every seat, the plan's first and the staff's last, once for each person in it."""
    here = {now.line: now for now in door.lines()}
    barred = door.barred()
    roles = sorted(state.plan.roles, key=lambda role: role.outside)
    seats = (*(role.id for role in roles), *DESKS)
    for role in seats:
        there = dict(sitting(state, role))
        known = [_place(line, seat, here.get(line), role in barred) for line, seat in there.items()]
        known += [
            Place(role, now.line, now.person, "connected", now, role in barred)
            for now in here.values()
            if now.role == role and not _sits(state, now.line)
        ]
        yield from known or [Place(role, barred=role in barred)]


def _sits(state: State, line: str) -> bool:
    seat = state.seats.get(line)
    return seat is not None and seat.left is None


def _place(line: str, seat: Seat, now: LineNow | None, barred: bool) -> Place:
    return Place(seat.role, line, seat.person, standing(seat), now, barred, sits=True)


class SecretScreen(Speaks, ModalScreen[None]):
    """Shows what is to be read once and told to one person; nothing else keeps it."""

    ABOUT = "door.about-secret"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,enter", "leave", "keys.close", id="secret.close", show=True),
    ]
    DEFAULT_CSS = """
    SecretScreen { align: center middle; background: $background 60%; }
    SecretScreen #secret { margin: 1 0; text-style: bold; color: $accent; height: auto; }
    SecretScreen #secret-title { height: auto; }
    """

    def __init__(self, title: str, secret: str, **values: object) -> None:
        """`title` is a words key, `values` what its placeholders stand for."""
        super().__init__()
        self._key = title
        self._values = values
        self._secret = secret
        self._title = Static(id="secret-title", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -wide"):
            yield self._title
            yield Static(Content(clean(self._secret)), id="secret")
            yield KeyLine(self)

    def relabel(self) -> None:
        super().relabel()
        self._title.update(Content(self.say(self._key, **self._values)))

    def action_leave(self) -> None:
        self.dismiss()


class DoorScreen(SeatScreen):
    """The seats with their terminals, and beside them who has been at the door."""

    ABOUT = "door.about"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    DoorScreen {
        #door { layout: horizontal; height: 1fr; }
        #pane-attempts { width: 46; border-left: solid $panel; }
        &.-narrow {
            #door { layout: vertical; }
            #pane-attempts { width: 1fr; height: 7; border-left: none; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
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

    def __init__(self, desk: Desk, door: Door) -> None:
        super().__init__(desk)
        self._door = door
        self._clock = ClockFace(desk.seat, desk.pulse)
        self.places = Feed[Place](self._draw_place, empty="door.no-places", id="places")
        self.attempts = Feed[AttemptNow](
            self._draw_attempt, empty="door.no-attempts", id="attempts"
        )

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(SeatScreen.moment)
        with Container(id="door"):
            yield Pane(1, "places", "door", self.places)
            yield Pane(2, "attempts", "door", self.attempts)
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.places.focus()
        self.set_interval(1, self._tick)

    def watch_moment(self, moment: Moment) -> None:
        if moment.state.briefing is not None:
            self._redraw()

    def _tick(self) -> None:
        self._clock.tick()
        if self.moment.state.briefing is not None:
            self._redraw()

    def _redraw(self) -> None:
        """Show the door as it is now; the lists send out only what looks different."""
        chosen = self.places.chosen
        now = list(places(self.moment.state, self._door))
        self.places.show(now)
        if chosen is not None:
            kept = (nth for nth, place in enumerate(now) if _is_same(place, chosen))
            at = next(kept, None)
            if at is not None:
                self.places.point(at)
        self.attempts.show(list(self._door.attempts()))
        if self._offers(self.places.chosen) != self._offers(chosen):
            self.refresh_bindings()

    def on_feed_pointed(self) -> None:
        self.refresh_bindings()

    # -- rows --------------------------------------------------------------------------------------

    def _role(self, role: str) -> str:
        names = self.moment.names
        return names.role(role, self.lang) if names else role

    def _draw_place(self, place: Place) -> Row:
        sign, tone = ("⊘", "late") if place.barred else LOOKS[place.standing]
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
        now = place.now
        if place.standing == "lost":
            yield self.say("lobby.lost"), "late"
        elif place.standing == "nobody":
            yield self.say("lobby.nobody"), "quiet"
        elif now is None:
            yield self.say(f"lobby.{place.standing}"), LOOKS[place.standing][1]
        elif now.is_stalled:
            yield self.say("door.stalled"), "warning"
        elif now.is_typing:
            yield self.say("door.typing"), "unread"
        elif now.idle >= _MINUTE:
            # Whole minutes: a list of seconds would be sent anew every second.
            yield self.say("door.idle", n=int(now.idle // _MINUTE)), "dim"
        else:
            yield self.say(f"lobby.{place.standing}"), LOOKS[place.standing][1]

    def _draw_attempt(self, attempt: AttemptNow) -> Row:
        minutes = int(attempt.ago // _MINUTE)
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
        if place is None or not place.sits:
            return
        others = [
            (role.id, self._role(role.id))
            for role in self.moment.state.plan.roles
            if role.id != place.role
        ]
        role = await self.app.push_screen_wait(ChooseScreen("door.ask-move", others))
        if role:
            await self.ask(MoveSeat(line=place.line, role=role))

    def action_pane(self, name: str) -> None:
        (self.places if name == "places" else self.attempts).focus()

    def action_leave(self) -> None:
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what can be done with the place under the cursor."""
        return action not in _ABOUT_PLACES or action in self._offers(self.places.chosen)

    def _offers(self, place: Place | None) -> Collection[str]:
        """What can be done with the place."""
        if place is None:
            return ()
        offers = {"invite", "renew", "revoke", "bar"}
        if place.now is not None:
            offers.add("drop")
        if place.sits:
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
