"""The pages of the participant's desk beside the inbox."""

from worlds_desk import Seat, a_need, a_shipment, an_order, answered, message
from worlds_ui import (
    inject,
    live,
    title,
)

from drillkit.core.script import Refused
from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import MINUTE
from drillkit.model.text import Line, Prose


@live
async def test_a_message_is_written_with_recipients_facts_and_a_wish_for_acknowledgement():
    async with Seat(size=(120, 40)) as seat:
        await seat.happens(inject())
        await seat.press("2", "n")
        await seat.shown("New message")
        assert "Press officer (no direct channel)" in seat.text
        await seat.press("space", "down", "space", "tab", "=Water!", "tab", "right")
        await seat.press("tab", "space", "tab", "down", "space", "ctrl+s")
        await seat.asked()
        assert seat.sent == [
            do.SendMessage(
                to=("commander", "logistics"),
                text=Prose("Water!"),
                facts=("depth",),
                means="radio",
                ack=True,
            )
        ]
        await seat.gone("To whom")
        sent = message("m7", sender="medical", to=("commander",), words="Water!", ack=True)
        await seat.happens(sent, by="medical")
        await seat.shown("→ Incident commander")
        assert "? Incident commander has not confirmed it yet." in seat.text


@live
async def test_a_refused_message_stays_on_its_sheet_also_when_one_looks_elsewhere():
    async with Seat() as seat:
        seat.desk.refusal = Refused("no-recipient")
        await seat.press("2", "n", "tab", "=Water!", "ctrl+s")
        await seat.shown("Choose who is to receive it.")
        await seat.press("f3")
        await seat.shown("It has rained")
        await seat.press("f4")
        await seat.shown("│Water!")
        seat.desk.refusal = None
        await seat.press("ctrl+s")
        await seat.gone("To whom")


@live
async def test_the_supply_board_shows_needs_requests_shipments_and_stock():
    async with Seat("logistics") as seat:
        await seat.happens(a_need(), an_order(), a_shipment(quantity=370))
        await seat.press("3")
        await seat.shown("STOCK")
        for said in (
            "▲  Sandbags × 300 at North gate", "0/300 10:00",
            "Medical coordinator: Sandbags × 100 for North gate", "? waits",
            "Sandbags × 370 from Yard to North gate", "in 5:00",
            "! 30 bag", "3 pump",
        ):  # fmt: skip
            assert said in seat.text
        await seat.tick(8 * MINUTE)
        assert "0/300 ! 2:00" in seat.text
        await seat.tick(11 * MINUTE)
        assert "0/300 !! +1:00" in seat.text


@live
async def test_a_need_is_served_from_its_line_and_a_refusal_keeps_the_sheet():
    async with Seat("logistics") as seat:
        await seat.happens(a_need())
        await seat.press("3", "enter")
        await seat.shown("Send supplies")
        seat.desk.refusal = Refused(
            "beyond-stock",
            there=30,
            asked=300,
            item=title("Sandbags", "沙袋"),
            depot=title("Yard", "后院仓库"),
        )
        await seat.press("ctrl+s")
        await seat.shown("Yard has 30 of Sandbags; 300")
        await seat.press("backspace", "backspace", "backspace", "=30")
        seat.desk.refusal = None
        await seat.press("ctrl+s")
        await seat.gone("Send supplies")
        assert seat.sent[-1] == do.DispatchSupplies(
            depot="yard", site="gate", item="sandbag", quantity=30, need="n1"
        )


@live
async def test_supplies_are_asked_for_approved_declined_received_and_used():
    async with Seat("commander") as seat:
        await seat.happens(an_order(), a_shipment(), ev.SuppliesArrived(shipment="d1"))
        await seat.press("3")
        await seat.shown("arrived: confirm it")
        await seat.press("a")
        await seat.press("x", "=Too much", "enter")
        await seat.asked(2)
        await seat.press("end", "up", "up", "up", "c")
        await seat.asked(3)
        await seat.press("end", "r", "tab", "tab", "=5", "ctrl+s")
        await seat.asked(4)
        assert seat.sent == [
            do.ApproveRequest(order="o1"),
            do.DeclineRequest(order="o1", why=Line("Too much")),
            do.ReceiveSupplies(shipment="d1"),
            do.RequestSupplies(site="gate", item="pump", quantity=5),
        ]
        await seat.press("u", "tab", "tab", "=2", "ctrl+s")
        await seat.asked(5)
        assert seat.sent[4] == do.UseSupplies(site="gate", item="pump", quantity=2)


@live
async def test_a_report_is_filed_with_its_elements_and_its_draft_is_kept():
    async with Seat(size=(120, 40)) as seat:
        await seat.happens(inject())
        await seat.press("4")
        await seat.shown("• How many are affected")
        await seat.press("enter", "=Flood", "escape")
        await seat.shown("draft")
        await seat.press("enter", "tab", "=40", "ctrl+s")
        await seat.asked()
        assert seat.sent == [
            do.FileReport(
                rule="first-report", elements={"what": Prose("Flood"), "how-many": Prose("40")}
            )
        ]
        await seat.gone("draft")


@live
async def test_no_due_time_of_a_report_is_told():
    async with Seat("commander") as seat:
        await seat.press("4")
        await seat.shown("The plan gives this role no")
        assert "15:00" not in seat.text


@live
async def test_a_statement_is_drafted():
    async with Seat("press") as seat:
        await seat.press("5", "n", "=All safe", "ctrl+s")
        await seat.asked()
        assert seat.sent == [do.DraftStatement(text=Prose("All safe"))]


@live
async def test_a_statement_is_approved_returned_and_issued():
    async with Seat("commander") as seat:
        await seat.happens(
            ev.StatementDrafted(statement="s1", role="press", text=Prose("All safe")), by="press"
        )
        await seat.shown("5 Public·1")
        await seat.press("5")
        await seat.shown("waits for approval")
        await seat.press("a", "b", "=Too early", "enter")
        await seat.asked(2)
        await seat.press("i")
        await seat.asked(3)
        assert seat.sent == [
            do.ApproveStatement(statement="s1"),
            do.ReturnStatement(statement="s1", why=Line("Too early")),
            do.IssueStatement(statement="s1"),
        ]
        await seat.happens(
            ev.StatementIssued(statement="s1", role="press", text=Prose("All safe")), by="press"
        )
        await seat.shown("✓ issued")
        await seat.press("a")
        assert len(seat.sent) == 3


@live
async def test_a_customer_is_told_and_marked():
    async with Seat() as seat:
        await seat.press("6")
        await seat.shown("operational risk · high")
        await seat.press("enter", "=Come in", "ctrl+s")
        await seat.asked()
        assert seat.sent == [do.NotifyCustomer(customer="dialysis", text=Prose("Come in"))]
        await seat.happens(
            ev.CustomerNotified(customer="dialysis", role="medical"), by="medical", at=MINUTE
        )
        await seat.shown("✓ Told at 1:00.")


@live
async def test_the_role_card_tells_duties_limits_channels_and_reports_and_who_is_here():
    async with Seat(size=(120, 40)) as seat:
        await seat.press("7")
        await seat.shown("Does what a medical coordinator does.")
        for said in (
            "Be at the post within 15:00", "file formal reports", "Incident commander, Logistics",
            "First report to Incident commander within 15:00", "✓ Medical coordinator",
            "not called", "outside",
        ):  # fmt: skip
            assert said in seat.text


@live
async def test_the_log_holds_all_that_the_seat_has_seen():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.press("8")
        await seat.shown("Fire brigade to Medical coordinator")
        await seat.press("home")
        await seat.shown("Briefing: The river rises.")


@live
async def test_a_correction_takes_the_answer_back_on_the_screen():
    async with Seat() as seat:
        await seat.happens(inject(), answered(), by="medical")
        await seat.press("n")
        await seat.shown("You answered")
        seq = seat.desk.entries[-1].seq
        await seat.happens(ev.EntryVoided(entry=seq, why=Line("a slip")), by="facilitator")
        await seat.gone("You answered")
        assert "Answer within" in seat.text


@live
async def test_a_pause_and_the_end_are_said():
    async with Seat() as seat:
        await seat.happens(ev.DrillPaused())
        await seat.shown("The drill is paused.")
        assert "‖ paused" in seat.text
        await seat.happens(ev.DrillResumed())
        await seat.gone("The drill is paused.")
        await seat.happens(ev.DrillEnded())
        await seat.shown("The drill is over.")
