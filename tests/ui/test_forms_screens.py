"""Forms and questions: the clock stays in sight, and nothing that is written gets lost."""

import pytest
from worlds_desk import Seat, a_need, an_order
from worlds_staff import a_desk, a_play, opens, shown
from worlds_ui import FakeDesk, live, opening, press, screen_text, until, until_shown

from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import MINUTE, SECOND
from drillkit.model.text import Prose
from drillkit.ui.app import Terminal
from drillkit.ui.drafts import Drafts
from drillkit.ui.screens.ask import AskScreen, LineScreen
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.desk import DeskScreen
from drillkit.ui.screens.dialogs import Form
from drillkit.ui.screens.hot_seat import HotSeat
from drillkit.ui.screens.seats import SeatsScreen
from drillkit.ui.widgets.clock_face import ClockFace


class Place(Seat):
    """A desk screen of a person whose drafts are kept."""

    def __init__(self, drafts, seat="medical"):
        super().__init__(seat)
        self.app = Terminal(DeskScreen(self.desk, drafts))


# -- the clock -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "kind"), [("ctrl+e", Form), ("r", AskScreen), ("s", SeatsScreen), ("b", Form)]
)
@live
async def test_the_clock_stays_in_sight_over_control_and_goes_on(key, kind):
    play = a_play()
    desk = a_desk(play)
    async with shown(
        ControlScreen(desk, lambda role: FakeDesk(role, play.session.entries))
    ) as pilot:
        await press(pilot, key)
        await opens(pilot, kind)
        await until(pilot, lambda: "15:00 ▸" in screen_text(pilot.app).split("\n")[0])
        desk.at += 7 * SECOND
        await until(pilot, lambda: "15:07 ▸" in screen_text(pilot.app).split("\n")[0])


@live
async def test_a_form_as_tall_as_the_terminal_leaves_the_clock_s_line_free():
    play = a_play()
    control = ControlScreen(a_desk(play), lambda role: FakeDesk(role, play.session.entries))
    async with shown(control, (80, 20)) as pilot:
        await press(pilot, "a")
        await opens(pilot, Form)
        await until(pilot, lambda: "15:00 ▸" in screen_text(pilot.app).split("\n")[0])
        assert "╭" not in screen_text(pilot.app).split("\n")[0]


@live
async def test_the_clock_of_a_desk_stays_in_sight_over_its_questions():
    async with Seat() as seat:
        await seat.press("7", "l")
        await opens(seat.pilot, LineScreen)
        await until(seat.pilot, lambda: "Medical coordinator" in seat.text.split("\n")[0])
        seat.desk.at = 9 * MINUTE
        await until(seat.pilot, lambda: "9:00 ▸" in seat.text.split("\n")[0])
        seat.desk.push(ev.DrillPaused())
        await until(seat.pilot, lambda: "‖ paused" in seat.text.split("\n")[0])


@live
async def test_a_question_that_lies_over_no_drill_shows_no_clock():
    app = Terminal(AskScreen("ui.quit-unsent"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "without sending it?")
        assert not app.screen.query(ClockFace)


# -- what is written -------------------------------------------------------------------------------


@live
async def test_a_line_half_written_is_not_thrown_away_unasked():
    async with Seat() as seat:
        await seat.press("7", "l")
        line = await opens(seat.pilot, LineScreen)
        await seat.press("=Called home", "escape")
        await opens(seat.pilot, AskScreen)
        await seat.press("n")
        await until(seat.pilot, lambda: seat.app.screen is line)
        assert "Called home" in seat.text
        await seat.press("escape")
        await opens(seat.pilot, AskScreen)
        await seat.press("y")
        await opens(seat.pilot, DeskScreen)
        assert not seat.sent
        await seat.press("l")
        await opens(seat.pilot, LineScreen)
        await seat.press("escape")
        await opens(seat.pilot, DeskScreen)


@live
async def test_an_unsent_report_is_there_on_the_next_terminal():
    drafts = Drafts()
    async with Place(drafts) as seat:
        await seat.press("4", "enter", "=Fire in the hall", "tab", "=Twelve")
        await until(seat.pilot, lambda: drafts.get("report-first-report-how-many"))
        assert seat.app.screen.has_unsent
    async with Place(drafts) as seat:
        await seat.press("4")
        await seat.shown("draft")
        assert seat.app.screen.has_unsent
        await seat.press("enter")
        await seat.shown("Fire in the hall")
        assert "Twelve" in seat.text
        await seat.press("ctrl+s")
        await seat.asked()
        assert seat.sent[0].elements == {
            "what": Prose("Fire in the hall"),
            "how-many": Prose("Twelve"),
        }
        await until(seat.pilot, lambda: drafts.get("report-first-report-what") is None)
        assert drafts.get("report-first-report-how-many") is None
        assert not seat.app.screen.has_unsent


@live
async def test_a_report_keeps_its_words_over_other_pages():
    async with Place(Drafts()) as seat:
        await seat.press("4", "enter", "=Fire", "f3", "f6", "= in the hall")
        await seat.shown("Fire in the hall")


@live
async def test_what_is_being_written_to_a_customer_is_there_on_the_next_terminal():
    drafts = Drafts()
    async with Place(drafts) as seat:
        await seat.press("6", "enter", "=Come tomorrow")
        await until(seat.pilot, lambda: drafts.get("customer-dialysis"))
    async with Place(drafts) as seat:
        await seat.press("6")
        await seat.shown("draft")
        await seat.press("enter")
        await seat.shown("Come tomorrow")
        await seat.press("ctrl+s")
        await seat.asked()
        assert seat.sent == [do.NotifyCustomer(customer="dialysis", text=Prose("Come tomorrow"))]
        await until(seat.pilot, lambda: drafts.get("customer-dialysis") is None)


# -- what a shipment is for ------------------------------------------------------------------------


def a_supplier():
    seat = Seat("logistics")
    seat.desk.push(a_need(quantity=100), an_order(), by="logistics")
    return seat


@live
async def test_a_dispatch_says_which_need_it_serves_and_lets_it_go_with_another_item():
    async with a_supplier() as seat:
        await seat.press("3", "enter")
        await seat.shown("For the need: Water at the gate")
        await seat.press("shift+tab", "shift+tab", "shift+tab", "right")
        await seat.shown("No known need of this item there.")
        await seat.press("tab", "tab", "tab", "backspace", "backspace", "backspace", "=2", "ctrl+s")
        await seat.asked()
        (sent,) = seat.sent
        assert (sent.item, sent.need, sent.order) == ("pump", "", "")


@live
async def test_a_dispatch_begun_elsewhere_finds_the_need_that_fits_it():
    async with a_supplier() as seat:
        await seat.press("3", "end", "d")
        await seat.shown("No known need of this item there.")
        await seat.press("tab", "left")
        await seat.shown("For the need: Water at the gate")
        await seat.press("right")
        await seat.shown("No known need of this item there.")
        await seat.press("left")
        await seat.shown("For the need: Water at the gate")


@live
async def test_a_dispatch_for_a_request_names_it_as_long_as_it_fits():
    async with a_supplier() as seat:
        await seat.press("3", "down", "down", "enter")
        await seat.shown("For the request:")
        await seat.press("shift+tab", "shift+tab", "shift+tab", "right")
        await seat.gone("For the request:")


# -- the facilitator in a seat ---------------------------------------------------------------------


@live
async def test_only_what_no_draft_keeps_is_asked_about_on_leaving_a_hot_seat():
    seat = HotSeat(FakeDesk("logistics", opening("logistics")))
    app = Terminal(DeskScreen(FakeDesk("medical", opening("medical"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Briefing")
        app.push_screen(seat)
        await until_shown(pilot, "Logistics")
        await press(pilot, "3", "r", "tab", "tab", "=7", "f3", "escape")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "throws it away")
        await press(pilot, "n")
        await opens(pilot, HotSeat)
        await press(pilot, "3", "backspace", "escape", "2", "n", "tab", "=Kept", "escape", "escape")
        await until(pilot, lambda: not isinstance(app.screen, HotSeat | AskScreen))
