"""The room before the drill: who one is, what one's role is, who else is there, and being ready."""

from collections.abc import Callable, Collection
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from drillkit.core.clocks import face
from drillkit.desk import Desk
from drillkit.model.base import STAFF
from drillkit.model.commands import ReportReady, TakeSeat
from drillkit.model.plan import Role
from drillkit.model.text import Line, TextTooLong
from drillkit.ui.keys import key
from drillkit.ui.moment import Moment
from drillkit.ui.seat import SeatScreen
from drillkit.ui.widgets.attendance import Attendance, standing
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.followed import reminders
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.still import Still

_NAME = 60
"""Characters of a person's name: what a list can show."""
_PAUSE = 1.0
"""Seconds from one drawing of the list of people to the next; a crowd comes in all at once."""


class LobbyScreen(SeatScreen):
    """Asks for a name, takes the seat, and goes on to the seat's own screen when play runs."""

    ABOUT = "lobby.about"
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    LobbyScreen {
        #lobby-headline {
            height: 1; background: $warning; color: $background; text-style: bold;
            content-align: center middle;
        }
        #lobby-name { height: auto; padding: 1 2; }
        #lobby-name Input {
            border: round $border; height: 3; padding: 0 1; width: 1fr; max-width: 66;
        }
        #lobby-room { height: 1fr; display: none; }
        #lobby-card { width: 1fr; padding: 0 1; }
        Attendance { width: 50%; border-left: solid $border-blurred; }
        #lobby-next { height: 1; color: $accent; padding: 0 1; }
        Static { height: auto; }
        &.-seated #lobby-name { display: none; }
        &.-seated #lobby-room { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "ready", "lobby.key-ready", id="lobby.ready", show=True),
        key("enter", "go_in", "lobby.key-go-in", id="lobby.go-in", show=True),
    ]

    def __init__(
        self,
        line: str,
        role: str,
        desk_of: Callable[[str], Desk],
        watch: Desk,
        enter: Callable[[Desk], Screen[None]],
        *,
        person: str = "",
        simulated: Collection[str] = (),
    ) -> None:
        """A terminal `line` at the seat of `role`.

        `desk_of` gives the desk of a person by name, `watch` is one to follow until then, `enter`
        makes the screen that comes after. With `person` nobody is asked: they come back.
        `simulated` are the roles that stand-ins play.
        """
        super().__init__(watch)
        self._line = line
        self._role = role
        self._desk_of = desk_of
        self._enter = enter
        self._person = person
        self._is_taking = False
        self._is_seated = False
        self._has_gone = False
        self._is_pausing = self._is_behind = False
        self._mine = ""
        """How far this terminal's person is, as the list shows it."""
        self._clock = ClockFace(role, watch.pulse)
        self._headline = Still(id="lobby-headline")
        self._question = Still()
        self._field = Input(max_length=_NAME, select_on_focus=False, id="name")
        self._field.cursor_blink = False
        self._card = Still()
        self._people = Attendance(simulated)
        self._next = Still(id="lobby-next")

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(SeatScreen.moment)
        yield self._headline
        with Vertical(id="lobby-name"):
            yield self._question
            yield self._field
        with Horizontal(id="lobby-room"):
            with VerticalScroll(id="lobby-card"):
                yield self._card
            yield self._people
        yield self._next
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.beat()
        if self._person:
            # An Input can hold a value only once it has an app.
            self._field.value = self._person
            self.take()
        else:
            self._field.focus()

    def tick(self) -> None:
        self._clock.tick()

    # -- the moment --------------------------------------------------------------------------------

    def watch_moment(self, moment: Moment) -> None:
        self._headline.update(Content(self.say("lobby.exercise")))
        if moment.state.briefing is None or moment.names is None:
            return
        role = moment.names.role(self._role, moment.lang)
        self._question.update(Content(self.say("lobby.name", role=role)))
        self._card.update(Content.assemble(*self._parts(moment)))
        self._draw_people()
        self._show_next()
        self.refresh_bindings()
        if self._plays:
            self._go()

    def _draw_people(self) -> None:
        """Show who is there: at once, and then once in a while, however many come in.

        What the person here did shows at once.
        """
        mine = standing(self.moment.state.seats.get(self._line))
        if self._is_pausing and mine == self._mine:
            self._is_behind = True
            return
        self._mine, self._is_behind = mine, False
        self._people.draw_moment(self.moment)
        if not self._is_pausing:
            self._is_pausing = True
            self.set_timer(_PAUSE, self._catch_up)

    def _catch_up(self) -> None:
        self._is_pausing = False
        if self._is_behind:
            self._draw_people()

    @property
    def _plays(self) -> bool:
        """There is something to do in the seat itself."""
        return self.moment.state.stage not in ("unopened", "briefing")

    @property
    def _is_ready(self) -> bool:
        seat = self.moment.state.seats.get(self._line)
        return seat is not None and seat.ready is not None

    def _show_next(self) -> None:
        if not self._is_seated:
            word = "lobby.next-name"
        elif self._role in STAFF:
            word = "lobby.next-staff"
        else:
            word = "lobby.next-wait" if self._is_ready else "lobby.next-ready"
        self._next.update(Content(self.say(word)))

    def _parts(self, moment: Moment) -> list[Content | str | tuple[str, str]]:
        state, lang, names = moment.state, moment.lang, moment.names
        briefing = state.briefing
        assert briefing is not None
        assert names is not None
        parts: list[Content | str | tuple[str, str]] = [
            (briefing.title.in_(lang), "bold"),
            "\n",
            briefing.briefing.in_(lang),
            *reminders(briefing.lessons, lang),
            "\n\n",
            (names.role(self._role, lang), "bold $accent"),
        ]
        role = state.plan.role(self._role)
        if role is None:
            return [*parts, "\n", self.say(f"lobby.staff-{self._role}")]
        for title, lines in self._sections(role, moment):
            parts += ["\n", (self.say(f"desk.card-{title}"), "$secondary")]
            parts += [f"\n  {line}" for line in lines]
        return parts

    def _sections(self, role: Role, moment: Moment) -> list[tuple[str, list[str]]]:
        names, lang = moment.names, moment.lang
        assert names is not None
        limits = [
            self.say("desk.card-ack", target=face(role.ack_target)),
            self.say("desk.card-arrive", target=face(role.arrive_target)),
        ]
        sections = [
            ("duties", role.duties.in_(lang).split("\n")),
            ("limits", limits),
            ("may", [self.say(f"desk.may-{permission}") for permission in role.may]),
            ("alternates", [names.role(other, lang) for other in role.alternates]),
        ]
        return [(title, lines) for title, lines in sections if lines]

    # -- taking the seat ---------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.take()

    @work(group="take")
    async def take(self) -> None:
        """Sit down under the name that stands in the field."""
        if self._is_taking or self._is_seated:
            return
        try:
            person = Line(self._field.value)
        except TextTooLong as problem:
            self.notice("ui.too-long", length=problem.length, limit=problem.limit)
            return
        if not person:
            self.notice("refused.name-needed")
            self._field.focus()
            return
        self._is_taking = True
        before, self.desk = self.desk, self._desk_of(person)
        accepted = await self.ask(TakeSeat(line=self._line, person=person))
        self._is_taking = False
        if not accepted:
            self.desk = before
            self._field.focus()
            return
        self._is_seated = True
        self.add_class("-seated")
        self.query_one("#lobby-card").focus()
        self._show_next()
        self.refresh_bindings()
        if self._plays:
            self._go()

    @work(group="ready")
    async def action_ready(self) -> None:
        """Report that one has read the briefing; staff go on to their own screen at once."""
        if await self.ask(ReportReady(line=self._line)) and self._role in STAFF:
            self._go()

    def on_screen_resume(self) -> None:
        if self._plays:
            self._go()

    def action_go_in(self) -> None:
        self._go()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Being ready and going in come after the name."""
        if action == "ready":
            return self._is_seated and not self._is_ready
        return self._is_seated if action == "go_in" else True

    def _go(self) -> None:
        """Leave for the seat's own screen, once; not from under what lies over the lobby."""
        if self._is_seated and not self._has_gone and self.is_active:
            self._has_gone = True
            self.app.switch_screen(self._enter(self.desk))
