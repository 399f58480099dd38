"""The desk tells what is new on every page, and what is read or confirmed on one is so on all."""

from dataclasses import replace

from worlds_desk import Seat, a_need, answered, message
from worlds_ui import briefing, entry, inject, live, opening, title

from drillkit.core.fold import advance
from drillkit.core.script import Refused
from drillkit.core.state import State
from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.text import Line, Prose
from drillkit.ui.moment import Moment
from drillkit.ui.reading import Reading
from drillkit.ui.screens.own_desk import OwnDesk
from drillkit.ui.widgets.columns import fit

# -- what is new -----------------------------------------------------------------------------------


@live
async def test_what_only_wants_reading_is_told_on_every_page():
    async with Seat() as seat:
        await seat.press("7")
        await seat.happens(message("m1"), by="commander")
        await seat.shown("1 Inbox●1 2 Messages●1")
        await seat.happens(ev.BroadcastMade(text=Prose("Lunch is late.")), by="facilitator")
        await seat.shown("1 Inbox●2 2 Messages●1")


@live
async def test_a_report_to_the_role_is_told_on_every_page():
    report = ev.ReportFiled(
        report="r1", rule="first-report", stage="initial", sender="medical",
        to=("commander",), elements={"what": Prose("Water came in.")},
    )  # fmt: skip
    async with Seat("commander") as seat:
        await seat.press("3")
        await seat.happens(report, by="medical")
        await seat.shown("1 Inbox●1")


@live
async def test_what_wants_an_answer_counts_until_it_has_one_and_not_among_the_unread():
    async with Seat() as seat:
        await seat.press("8")
        await seat.happens(inject(), message(ack=True))
        await seat.shown("1 Inbox·2 2 Messages·1 3")
        await seat.happens(answered(), by="medical")
        await seat.shown("1 Inbox·1●1 2 Messages·1 3")


@live
async def test_a_message_read_on_its_page_is_read_in_the_inbox():
    async with Seat() as seat:
        await seat.press("2")
        await seat.happens(message("m1", words="First"), by="commander")
        await seat.happens(message("m2", words="Second"), by="commander")
        await seat.shown("1 Inbox●1 2 Messages●1")
        await seat.press("down")
        await seat.shown("1 Inbox 2 Messages 3")
        await seat.press("1")
        assert "●" not in seat.text
        await seat.press("n")
        await seat.shown("Nothing is unread.")


@live
async def test_a_message_read_in_the_inbox_is_read_on_its_page():
    async with Seat() as seat:
        await seat.happens(message("m1", words="First"), message("m2", words="Second"))
        await seat.press("n", "n")
        await seat.shown("1 Inbox 2 Messages 3")
        await seat.press("2")
        assert "●" not in seat.text


@live
async def test_a_message_behind_a_sheet_is_not_read_yet():
    async with Seat() as seat:
        await seat.press("2", "n")
        await seat.happens(message(), by="commander")
        await seat.shown("2 Messages●1")
        await seat.press("escape")
        await seat.shown("2 Messages 3")


@live
async def test_what_one_sent_oneself_is_no_news():
    async with Seat() as seat:
        await seat.happens(message(sender="medical", to=("commander",)), by="medical")
        await seat.press("2")
        assert "●" not in seat.text


def test_what_came_before_one_sat_down_is_no_news_and_what_came_while_the_line_was_lost_is():
    def told(entries):
        return Moment(state=advance(State(), [], entries), entries=entries)

    old = [*opening("medical"), entry(6, 0, message("m1"))]
    new = [*old, entry(7, 0, message("m2"))]
    reading = Reading()
    reading.take_in(told(old), ("medical",))
    assert reading.unread(lambda _: True) == 0
    reading.take_in(told(new), ("medical",))
    assert [one.seq for one in reading.things if reading.is_unread(one)] == [7]


@live
async def test_after_the_end_nothing_waits_to_be_done():
    async with Seat() as seat:
        await seat.happens(inject(), ev.DrillEnded())
        await seat.shown("1 Inbox●1 2")


# -- confirming ------------------------------------------------------------------------------------


@live
async def test_both_pages_offer_to_confirm_a_message_that_asks_for_it_and_no_other():
    async with Seat() as seat:
        await seat.happens(message("m1"), message("m2", ack=True))
        for page in ("1", "2"):
            await seat.press(page, "home", "down", "down", "down")
            await seat.shown("a Confirm")
            await seat.press("up")
            await seat.gone("a Confirm")
        await seat.press("a", "down", "a")
        await seat.asked()
        assert seat.sent == [do.AcknowledgeMessage(message="m2")]


@live
async def test_what_is_confirmed_on_another_page_or_terminal_is_not_unread():
    async with Seat() as seat:
        await seat.press("7")
        await seat.happens(message(ack=True), by="commander")
        await seat.happens(ev.MessageAcknowledged(message="m1", role="medical"), by="medical")
        await seat.press("1")
        await seat.shown("✓")
        assert "●" not in seat.text
        assert "1 Inbox 2 Messages 3" in seat.text


# -- answering -------------------------------------------------------------------------------------


@live
async def test_the_inbox_names_the_key_that_leads_to_the_answer_where_there_is_one_to_give():
    async with Seat() as seat:
        await seat.happens(message(), inject())
        await seat.press("home", "down")
        assert "enter Answer" not in seat.text
        await seat.press("down")
        await seat.shown("enter Answer")


@live
async def test_the_list_has_the_focus_again_when_the_answer_has_come_back():
    async with Seat() as seat:
        await seat.happens(inject(), message())
        await seat.press("home", "down", "enter", "tab", "=Now", "ctrl+s")
        await seat.shown("Sending…")
        assert "^s Send answer" in seat.text
        await seat.happens(answered(options=(), words="Now"), by="medical")
        await seat.gone("^s Send answer")
        await seat.press("n")
        await seat.shown("│ Come at once.")
        await seat.press("7")
        await seat.shown("Duties")


@live
async def test_whoever_writes_on_while_the_answer_is_on_its_way_is_left_alone():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.press("n", "enter", "tab", "=Now", "ctrl+s", "= and")
        await seat.happens(answered(options=(), words="Now"), by="medical")
        await seat.press("= then")
        await seat.shown("│Now and then")


@live
async def test_the_end_of_the_drill_leads_out_of_the_answer():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.press("n", "enter", "tab", "=Half a")
        await seat.happens(ev.DrillEnded())
        await seat.gone("^s Send answer")
        await seat.press("7")
        await seat.shown("Duties")


@live
async def test_a_notice_that_the_drill_is_paused_goes_when_it_goes_on():
    async with Seat() as seat:
        await seat.happens(message(ack=True), ev.DrillPaused(why=Line("Lunch")))
        seat.desk.refusal = Refused("paused")
        await seat.press("n", "a")
        await seat.shown("The drill is paused; what you have")
        await seat.happens(ev.DrillResumed())
        await seat.gone("The drill is paused")


# -- supplies --------------------------------------------------------------------------------------


@live
async def test_a_sheet_left_untouched_takes_what_the_next_row_says():
    pumps = replace(a_need("n2", 2), item="pump", site="cellar", title=title("Pumps", "水泵"))
    async with Seat("logistics") as seat:
        await seat.happens(a_need(), pumps)
        await seat.press("3", "home", "down", "d")
        await seat.shown("For the need: Water at the gate")
        await seat.press("escape", "down", "d")
        await seat.shown("For the need: Pumps")
        await seat.press("ctrl+s")
        await seat.asked()
        sent = seat.sent[0]
        assert (sent.site, sent.item, sent.quantity, sent.need) == ("cellar", "pump", 2, "n2")


@live
async def test_a_dispatch_begins_with_what_one_vehicle_carries_and_the_depot_has():
    async with Seat("logistics") as seat:
        await seat.happens(a_need(quantity=900), replace(a_need("n2", 9), item="pump"))
        await seat.press("3", "home", "down", "d", "ctrl+s")
        await seat.asked()
        assert seat.sent[0].quantity == 200
        await seat.press("escape", "down", "d", "ctrl+s")
        await seat.asked(2)
        assert (seat.sent[1].item, seat.sent[1].quantity) == ("pump", 3)


@live
async def test_down_moves_on_from_a_field_and_right_turns_it():
    async with Seat("logistics") as seat:
        await seat.happens(a_need())
        await seat.press("3", "home", "down", "d", "shift+tab", "up", "up", "up")
        await seat.shown("◂ North gate ▸")
        await seat.press("down", "right")
        await seat.shown("◂ Pumps ▸")
        assert "◂ North gate ▸" in seat.text


# -- being ready -----------------------------------------------------------------------------------


class OwnSeat(Seat):
    """A desk at a terminal of the person's own, before the start."""

    def __init__(self):
        taken = ev.SeatTaken(line="l1", role="medical", person=Line("Anna"))
        super().__init__(entries=[entry(0, 0, briefing()), entry(1, 0, taken, "medical")])
        self.app._first = OwnDesk(self.desk, "l1")


@live
async def test_whoever_went_in_before_reporting_ready_may_report_it_at_the_desk():
    async with OwnSeat() as seat:
        await seat.shown("Enter: report that you are ready")
        await seat.press("enter")
        await seat.asked()
        assert seat.sent == [do.ReportReady(line="l1")]
        ready = ev.SeatReady(line="l1", role="medical", person=Line("Anna"))
        await seat.happens(ready, by="medical")
        await seat.shown("The drill has not started. Read the briefing below.")


@live
async def test_a_fast_clock_is_drawn_more_often(monkeypatch):
    async with Seat() as seat:
        screen, waits = seat.app.screen, []
        monkeypatch.setattr(type(seat.app), "counts_seconds", False)
        monkeypatch.setattr(screen, "set_timer", lambda wait, _: waits.append(wait))
        for speed in (0, 1, 2, 20):
            seat.desk.speed = speed
            screen.beat()
        assert waits == [8.0, 8.0, 4.0, 1.0]


# -- wide characters -------------------------------------------------------------------------------


def test_a_wide_character_that_is_cut_leaves_no_gap_before_the_ellipsis():
    assert fit("请求线路关停", 8) == ("请求线… ", "")
    assert fit("请求线路关停", 9) == ("请求线路…", "")
    assert fit("to the gate", 7) == ("to the…", "")
    assert fit("a b c d", 5) == ("a b …", "")


@live
async def test_where_names_of_pages_do_not_fit_those_with_nothing_to_tell_go_first():
    needs = [replace(a_need(f"n{nth}"), quantity=nth) for nth in range(1, 12)]
    async with Seat("logistics", size=(70, 24)) as seat:
        await seat.happens(*needs, message(to=("logistics",)))
        await seat.shown("1 Inbox●1 2 Messages●1 3 Supplies·11 4 Reports 5 Public 6 7 8")
