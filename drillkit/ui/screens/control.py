"""The facilitator's screen: the script, the people, the supplies, what is said, how it stands."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from drillkit.core.book import open_book
from drillkit.core.clocks import script_time
from drillkit.core.state import Stage
from drillkit.desk import Desk
from drillkit.model.base import FACILITATOR, SECOND, Millis
from drillkit.model.events import Entry
from drillkit.ui.door import Door, LineNow
from drillkit.ui.foresight import Foresight
from drillkit.ui.keys import key
from drillkit.ui.moment import Moment
from drillkit.ui.relief import NoStandIns, Relief
from drillkit.ui.screens.assignments import AssignmentsScreen
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.door import DoorScreen
from drillkit.ui.screens.evaluation import EvaluationScreen, Rater
from drillkit.ui.screens.forms import FormsScreen
from drillkit.ui.screens.steering import Steering
from drillkit.ui.widgets.attendance import at_work, sitting, told_of_people
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.cue_details import cue_details, post_details
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.score_table import score_details, score_row
from drillkit.ui.widgets.still import Still
from drillkit.ui.widgets.timeline import Cue, ScriptStrip, cues, drawn
from drillkit.ui.widgets.watch import (
    Post,
    Provision,
    logged,
    post_row,
    posts,
    provision_row,
    provisions,
    said,
)
from scoring.assess import assess
from scoring.assessment import Assessment, Score

if TYPE_CHECKING:
    from drillkit.ui.screens.forecast import Outlook

_BEFORE = 3
"""Injects that stay in sight before the next one: answers to them may be awaited."""

PANES = ("script", "roster", "messages", "supplies", "scores", "log")


class ControlScreen(Steering):
    """Everything at once on a wide terminal, one pane at a time on a narrow one."""

    PANES = PANES
    LEFT = ("script", "log")
    AREA = "control"
    ABOUT = "control.about"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            key(str(number), f"pane('{name}')", f"control.key-{name}", id=f"control.pane-{name}")
            for number, name in enumerate(PANES, 1)
        ),
        key("e", "evaluate", "control.key-evaluate", id="control.evaluate", show=True),
        key("w", "assign", "assignments.key-open", id="control.assign"),
        key("o", "forms", "form.key-forms", id="control.forms"),
        key("l", "debrief", "control.key-debrief", id="control.debrief", show=True),
        key("f", "follow", "control.key-follow", id="control.follow"),
        key("t", "door", "control.key-door", id="control.door", show=True),
        key("i", "forecast", "forecast.key-open", id="control.forecast"),
    ]
    DEFAULT_CSS = """
    ControlScreen {
        #panes {
            layout: grid; grid-size: 2 2; grid-columns: 1fr 52; grid-rows: 1fr 9; height: 1fr;
        }
        #right { row-span: 2; }
        #script-over { height: 1; padding: 0 1; background: $warning; color: $background; }
        #pane-scores { height: 13; }
        #pane-log { height: 35%; }
        Details { height: 100%; }
        &.-narrow {
            #panes { layout: vertical; }
            #pane-scores, #pane-log { height: 1fr; }
            Details { height: 6; }
        }
    }
    """

    def __init__(
        self,
        desk: Desk,
        take_seat: Callable[[str], Desk],
        door: Door | None = None,
        foresight: Foresight | None = None,
        stand_ins: Relief | None = None,
    ) -> None:
        """`door` is given where people come in at terminals of their own, `foresight` where
        simulated teams may play beside the drill, `stand_ins` where anybody is simulated.
        """
        super().__init__(desk, take_seat, stand_ins or NoStandIns())
        self._door = door
        self._foresight = foresight
        self._outlook: Outlook | None = None
        self.shown = asyncio.Event()
        """Set once the script and the people stand on the screen."""
        self._cues: tuple[Cue, ...] = ()
        self._scores: Assessment | None = None
        self._scores_are_stale = False
        self._stage: Stage = "unopened"
        self._debrief_waits = False
        self._lines: Mapping[str, LineNow] = {}
        self._next = ""
        """The inject that is due next; a cursor that stands there goes along with the script."""
        self._asked: int | None = None
        """Up to which entry the wishes for other seats are known; None before the first look."""
        self._rater = Rater()
        self._clock = ClockFace(FACILITATOR, desk.pulse)
        self._strip = ScriptStrip()
        self._over = Still(id="script-over")
        self._over.display = False
        self.lay_out(
            {
                "script": Feed[Cue](self._draw_cue, empty="control.no-script", id="script"),
                "roster": Feed[Post](self._draw_post, empty="control.no-roster", id="roster"),
                "messages": Feed[Entry](
                    self.draw_entry, empty="control.no-messages", newest=True, id="messages"
                ),
                "supplies": Feed[Provision](
                    self._draw_provision, empty="control.no-supplies", id="supplies"
                ),
                "scores": Feed[Score](
                    self._draw_score, tall=2, empty="control.no-scores", id="scores"
                ),
                "log": Feed[Entry](self.draw_entry, empty="control.no-log", newest=True, id="log"),
            }
        )

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(ControlScreen.moment)
        yield self.tabs
        yield self._strip
        yield self._over
        with Container(id="panes"):
            with self.left:
                yield self.panes["script"]
                yield self.panes["log"]
            with self.right:
                for name in ("roster", "scores", "supplies", "messages"):
                    yield self.panes[name]
            yield self.details
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)

    # -- what the drill is -------------------------------------------------------------------------

    def watch_moment(self, moment: Moment) -> None:
        """New entries, or another language: draw from the moment at once."""
        state = moment.state
        self.book = open_book(state, self.lang, self.book)
        if self.book is None or moment.names is None:
            return
        first, self._scores_are_stale = not self._cues, True
        self._redraw()
        self.feeds["log"].show(logged(moment.entries))
        self.feeds["messages"].show(said(moment.entries))
        if first:
            # `call_after_refresh` does not wait for the layout that this brings about.
            self.set_timer(0.1, self.shown.set)
            self._score()
            # Only after the first layout is it known how much is in sight.
            self.call_after_refresh(self._point_at, self._next, anew=True)
        self._say_who_asks()
        self.tell()
        was, self._stage = self._stage, state.stage
        if was != self._stage:
            self.refresh_bindings()
        if state.stage == "ended" and was in ("running", "paused"):
            self._debrief_waits = True
            self._show_debrief_when_due()

    @property
    def _now(self) -> Millis:
        """Where the exercise clock stands, never behind the last entry."""
        state = self.moment.state
        return state.at if state.ended else max(self.desk.pulse().at, state.at)

    def _tick(self) -> None:
        self._clock.tick()
        if self.book is None:
            return
        if self.moment.state.stage == "running":
            self._redraw()
        elif self._door is not None:
            # People come, go and type while the clock stands still, too.
            self._look_at_lines()
            self.feeds["roster"].update_lines()
        if self._scores_are_stale:
            self._score()

    def _redraw(self) -> None:
        """Show what depends on the clock; the lists send out only what looks different."""
        state, book, now = self.moment.state, self.book, self._now
        assert book is not None
        chosen = self.chosen_cue()
        # Countdowns are read in whole seconds.
        now -= now % SECOND
        self._cues = cues(state, book, now)
        self.feeds["script"].show(self._cues)
        stays = chosen is not None and (
            chosen.inject != self._next or self._status(chosen.inject) == "held"
        )
        self._next = self._due_next()
        self._point_at(chosen.inject if chosen and stays else self._next)
        self._strip.show(self._cues, state, self.lang, script_time(state, now))
        self._say_script_is_over(script_time(state, now))
        self._look_at_lines()
        self.feeds["roster"].show(posts(state, book, now))
        self.feeds["supplies"].show(provisions(state, book, now))
        late = sum(cue.status == "overdue" for cue in self._cues)
        unmet = sum(not need.is_met for need in state.needs.values())
        asking = sum(seat.asked is not None for seat in state.seats.values())
        self.waiting = {"script": late, "supplies": unmet, "roster": asking}
        self.tabs.show(self.pane, self.waiting)

    def _say_script_is_over(self, now: Millis) -> None:
        """Nothing ends a drill but its facilitator: say so once, and as long as it goes on."""
        state = self.moment.state
        over = state.is_open and now >= state.scenario.length
        if over and not self._over.display:
            self.remark("control.script-over")
        self._over.display = over
        self._over.update(Content(self.say("control.script-over") if over else ""))

    def _score(self) -> None:
        self._scores_are_stale = False
        self._scores = assess(self.moment.state, now=self._now, thorough=False)
        self.feeds["scores"].show(self._scores.scores())

    def _status(self, inject: str) -> str:
        return next((cue.status for cue in self._cues if cue.inject == inject), "")

    def _due_next(self) -> str:
        """The inject whose time comes next; failing that the first that may still come."""
        waiting = [cue for cue in self._cues if cue.status == "planned"]
        timed = [cue for cue in waiting if cue.planned is not None]
        return next((cue.inject for cue in [*timed, *waiting, *reversed(self._cues)]), "")

    def action_follow(self) -> None:
        """Go to where the script is now, and along with it from here on."""
        self.action_pane("script")
        self._point_at(self._next, anew=True)

    def _look_at_lines(self) -> None:
        self._lines = {now.line: now for now in self._door.lines()} if self._door else {}

    def _say_who_asks(self) -> None:
        """A notice for each new wish for another seat, unless one stands at the door already."""
        state, names = self.moment.state, self.moment.names
        before, self._asked = self._asked, state.seq
        for seat in state.seats.values():
            new = seat.asked and before is not None and seat.asked.seq > before
            if new and names and not isinstance(self.app.screen, DoorScreen):
                wanted = names.role(seat.wanted, self.lang)
                self.notice("control.asks-seat", person=seat.person, wanted=wanted)

    def _point_at(self, inject: str, *, anew: bool = False) -> None:
        """Put the cursor there, with what came just before in sight."""
        place = next((i for i, cue in enumerate(self._cues) if cue.inject == inject), None)
        feed = self.feeds["script"]
        if place is None or (not anew and feed.chosen and feed.chosen.inject == inject):
            return
        feed.point(max(0, place - _BEFORE))
        feed.point(place)

    # -- rows --------------------------------------------------------------------------------------

    def _draw_cue(self, cue: Cue) -> Row:
        assert self.book is not None
        return drawn(cue, self.book)

    def _draw_post(self, post: Post) -> Row:
        assert self.book is not None
        row = post_row(post, self.book)
        assert self.moment.names is not None
        people = sitting(self.moment.state, post.role)
        there = at_work(people, self._lines, self.moment.names, self.lang)
        return Row(((*row.lines[0], *there), *row.lines[1:]), row.rights)

    def _draw_provision(self, provision: Provision) -> Row:
        assert self.book is not None
        return provision_row(provision, self.book)

    def _draw_score(self, score: Score) -> Row:
        assert self._scores is not None
        return score_row(score, self._scores.weights.cutoffs, self.lang)

    # -- what is chosen ----------------------------------------------------------------------------

    def chosen_cue(self) -> Cue | None:
        return self.feeds["script"].chosen

    def chosen_entry(self) -> Entry | None:
        """The entry under the cursor of the list one is in, when that is a list of entries."""
        return self.feeds[self.pane].chosen if self.pane in ("messages", "log") else None

    def cues(self) -> Sequence[Cue]:
        return self._cues

    def told_of(self, thing: object) -> Content:
        assert self.book is not None
        match thing:
            case Cue():
                return cue_details(thing, self.moment.state, self.book)
            case Post():
                names, people = self.moment.names, sitting(self.moment.state, thing.role)
                assert names is not None
                told = told_of_people(people, self._lines, names, self.lang)
                return post_details(thing, self.book) + told
            case Entry():
                return self.told_of_entry(thing)
            case Score():
                return score_details(thing, self.book)
            case _:
                return Content("")

    # -- other screens -----------------------------------------------------------------------------

    def action_evaluate(self) -> None:
        self.app.push_screen(EvaluationScreen(self.desk, self._rater))

    def action_assign(self) -> None:
        self.app.push_screen(AssignmentsScreen(self.desk))

    def action_forms(self) -> None:
        self.app.push_screen(FormsScreen(self.desk, self._rater))

    def give_door(self, door: Door) -> None:
        """From now on people come in at terminals of their own."""
        self._door = door
        self.refresh_bindings()

    def action_door(self) -> None:
        if self._door is not None:
            self.app.push_screen(DoorScreen(self.desk, self._door, self.stand_ins.simulated))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is something to do for: at this stage of the drill, and on this host."""
        match action:
            case "debrief":
                return self.moment.state.stage == "ended"
            case "forecast":
                return self._foresight is not None and self.moment.state.stage != "ended"
            case "door":
                return self._door is not None
            case _:
                return super().check_action(action, parameters)

    def action_forecast(self) -> None:
        """What if nothing changes: made in the background, for this screen alone."""
        if self._foresight is None:
            return
        if self.moment.state.stage not in ("running", "paused"):
            self.notice("forecast.only-in-play")
            return
        # SimPy stands behind it, for which the first screen does not wait.
        from drillkit.ui.screens.forecast import ForecastScreen, Outlook  # noqa: PLC0415

        self._outlook = self._outlook or Outlook()
        screen = ForecastScreen(self._outlook, self._foresight, self._say_forecast_is_there)
        self.app.push_screen(screen)

    def _say_forecast_is_there(self) -> None:
        if self.is_current:
            self.remark("forecast.ready")

    def on_unmount(self) -> None:
        if self._outlook is not None:
            self._outlook.stop()

    def action_debrief(self) -> None:
        self.app.push_screen(DebriefScreen(self.desk, self._foresight))

    def on_screen_resume(self) -> None:
        self._show_debrief_when_due()

    def _show_debrief_when_due(self) -> None:
        if self._debrief_waits and self.is_current:
            self._debrief_waits = False
            self.action_debrief()
