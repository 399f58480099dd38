"""The participant's desk: given these entries, after these keys, these commands and this text."""

import pytest
from worlds_ui import (
    HOSTILE,
    FakeDesk,
    a_plan,
    assert_golden,
    briefing,
    entry,
    inject,
    live,
    opening,
    phase,
    press,
    screen_text,
    text,
    title,
    until,
    until_shown,
)

from drillkit.core.script import Refused
from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import MINUTE, SECOND
from drillkit.model.text import Line, Prose
from drillkit.ui.app import Terminal
from drillkit.ui.screens.desk import DeskScreen


def message(id="m1", *, sender="commander", to=("medical",), words="Come at once.", **more):
    return ev.MessageSent(
        message=id, sender=sender, to=to, means="radio", text=Prose(words), **more
    )


def answered(inject="water", options=("move",), words="", role="medical"):
    return ev.ResponseGiven(inject=inject, role=role, options=options, text=Prose(words))


def a_need(need="n1", quantity=300):
    return ev.NeedArose(
        need=need,
        title=title("Water at the gate", "北门进水"),
        site="gate",
        item="sandbag",
        quantity=quantity,
        limit_at=10 * MINUTE,
        urgency=3.0,
        life_critical=True,
        known_to=("logistics",),
    )


def an_order(order="o1", quantity=100):
    return ev.SuppliesRequested(
        order=order, role="medical", site="gate", item="sandbag", quantity=quantity
    )


def a_shipment(shipment="d1", quantity=100):
    return ev.SuppliesDispatched(
        shipment=shipment,
        role="logistics",
        depot="yard",
        site="gate",
        item="sandbag",
        quantity=quantity,
        vehicle="truck",
        arrives_at=5 * MINUTE,
        back_at=10 * MINUTE,
        need="n1",
    )


class Seat:
    """A desk screen at a fake desk, with its pilot."""

    def __init__(self, seat="medical", *, size=(80, 24), lang="en", entries=None):
        self.desk = FakeDesk(seat, opening(seat) if entries is None else entries)
        self.app = Terminal(DeskScreen(self.desk), lang)
        self._size = size

    async def __aenter__(self):
        self._running = self.app.run_test(size=self._size, notifications=True)
        self.pilot = await self._running.__aenter__()
        await until(self.pilot, lambda: isinstance(self.app.screen, DeskScreen))
        await until(self.pilot, lambda: self.app.screen.page is not None)
        return self

    async def __aexit__(self, *problem):
        await self._running.__aexit__(*problem)

    @property
    def text(self):
        return screen_text(self.app)

    @property
    def sent(self):
        """What the desk was asked, but for opening injects, which reading does by itself."""
        return [command for command in self.desk.sent if not isinstance(command, do.OpenInject)]

    async def press(self, *keys):
        await press(self.pilot, *keys)

    async def shown(self, said):
        await until_shown(self.pilot, said)

    async def gone(self, said):
        await until(self.pilot, lambda: said not in self.text)

    async def asked(self, number=1):
        await until(self.pilot, lambda: len(self.sent) >= number)

    async def happens(self, *events, by="director", at=None):
        self.desk.push(*events, by=by, at=at)
        await until(
            self.pilot, lambda: len(self.app.screen.moment.entries) == len(self.desk.entries)
        )

    async def tick(self, at):
        """The exercise clock stands at `at`, and a second has passed."""
        self.desk.at = at
        self.app.screen._tick()
        await self.pilot.pause()


# -- coming ----------------------------------------------------------------------------------------


@live
async def test_before_the_start_the_briefing_is_there_to_read():
    async with Seat(entries=[entry(0, 0, briefing())]) as seat:
        await seat.shown("The drill has not started.")
        assert "It has rained for three days." in seat.text


@live
async def test_the_call_is_confirmed_and_the_arrival_reported_with_one_key_each():
    entries = [entry(0, 0, briefing()), entry(1, 0, ev.DrillStarted()), entry(2, 0, phase())]
    async with Seat(entries=[*entries, entry(3, 0, ev.RoleCalled(role="medical"))]) as seat:
        await seat.shown("YOU ARE CALLED OUT.")
        await seat.press("enter")
        await seat.asked(1)
        await seat.happens(ev.CallAcknowledged(role="medical"), by="medical")
        await seat.shown("NOT AT YOUR POST.")
        await seat.press("enter")
        await seat.asked(2)
        await seat.happens(ev.RoleArrived(role="medical", evidence="declared"), by="medical")
        await seat.gone("NOT AT YOUR POST.")
        assert seat.sent == [do.AcknowledgeCall(), do.Arrive()]


@live
async def test_nothing_is_asked_twice_while_the_first_asking_is_under_way():
    entries = [entry(0, 0, briefing()), entry(1, 0, ev.DrillStarted())]
    async with Seat(entries=entries) as seat:
        await seat.shown("NOT AT YOUR POST.")
        await seat.press("enter", "enter")
        await seat.happens(ev.RoleArrived(role="medical", evidence="declared"), by="medical")
        seat.desk.gate.clear()
        await seat.press("5", "n", "=All safe", "ctrl+s", "ctrl+s")
        seat.desk.gate.set()
        await seat.gone("New public statement")
        assert seat.sent == [do.Arrive(), do.DraftStatement(text=Prose("All safe"))]


@live
async def test_a_refused_arrival_can_be_reported_again():
    entries = [entry(0, 0, briefing()), entry(1, 0, ev.DrillStarted())]
    async with Seat(entries=entries) as seat:
        seat.desk.refusal = Refused("already-here")
        await seat.press("enter")
        await seat.shown("That post is taken")
        await seat.press("enter")
        await seat.asked(2)
        assert seat.sent == [do.Arrive(), do.Arrive()]


@live
async def test_the_banner_takes_clicks_too():
    entries = [entry(0, 0, briefing()), entry(1, 0, ev.DrillStarted())]
    async with Seat(entries=entries) as seat:
        await seat.shown("NOT AT YOUR POST.")
        await seat.pilot.click("Banner")
        await seat.asked()
        assert seat.sent == [do.Arrive()]


@live
async def test_one_may_leave_with_a_reason_and_come_back():
    async with Seat() as seat:
        await seat.press("7", "l", "=Lunch", "enter")
        await seat.asked()
        assert seat.sent == [do.Leave(why=Line("Lunch"))]
        await seat.happens(ev.RoleLeft(role="medical", why=Line("Lunch")), by="medical")
        await seat.shown("YOU HAVE LEFT YOUR POST.")
        await seat.press("enter")
        await seat.asked(2)
        assert seat.sent[1] == do.Arrive()


@live
async def test_an_absent_post_can_be_taken_over_the_plan_s_own_substitute_first():
    async with Seat("logistics") as seat:
        await seat.press("7", "t")
        await seat.shown("Whose post do you take over?")
        await seat.press("enter")
        await seat.asked()
        assert seat.sent == [do.Arrive(instead_of="commander")]


@live
async def test_a_substitute_answers_what_came_to_the_post_it_holds():
    arrived = ev.RoleArrived(
        role="commander", evidence="declared", substitute="logistics", alternate=True
    )
    due = (ev.Due("commander", 2 * MINUTE, 4 * MINUTE),)
    async with Seat("logistics") as seat:
        await seat.happens(arrived, inject(to=("commander",), due=due))
        await seat.press("n", "enter", "space", "ctrl+s")
        await seat.asked()
        assert seat.sent == [do.GiveResponse(inject="water", options=("move",))]


# -- the inbox -------------------------------------------------------------------------------------


@live
async def test_a_new_inject_is_marked_unread_and_counts_down():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.shown("● Water in the basement   2:00")
        assert "1 Inbox·1" in seat.text
        await seat.tick(30 * SECOND)
        await seat.shown("● Water in the basement   1:30")


@live
async def test_the_countdown_turns_to_a_warning_and_then_late_by_sign_and_words():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.press("n")
        await seat.shown("Answer within 2:00.")
        await seat.tick(2 * MINUTE + 5 * SECOND)
        assert "! The target time has passed; 1:55 until" in seat.text
        assert " ! 1:55" in seat.text
        await seat.tick(4 * MINUTE + 7 * SECOND)
        assert "!! Late by 0:07. Answer all the same." in seat.text
        assert "!! +0:07" in seat.text


@live
async def test_a_tick_draws_only_the_lines_that_changed():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.shown("2:00")
        feed = seat.app.screen.page.feed
        drawn = []
        real = feed.render_line
        feed.render_line = lambda y: drawn.append(y) or real(y)
        await seat.tick(1 * SECOND)
        await seat.shown("1:59")
        assert set(drawn) == {2}


@live
async def test_reading_an_inject_opens_it_once():
    async with Seat() as seat:
        await seat.happens(inject())
        assert seat.desk.sent == []
        await seat.press("n")
        await seat.shown("Water stands 10 cm deep.")
        assert "From Fire brigade, by phone" in seat.text
        assert "• 10 cm of water" in seat.text
        await seat.happens(ev.InjectOpened(inject="water", role="medical"), by="medical")
        await seat.gone("●")
        await seat.press("up", "down")
        assert seat.desk.sent == [do.OpenInject(inject="water")]


@live
async def test_an_answer_is_given_shown_as_sending_and_done_when_its_entry_comes():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.press("n", "enter", "space", "tab", "=Now", "ctrl+s")
        await seat.asked()
        given = do.GiveResponse(inject="water", options=("move",), text=Prose("Now"))
        assert seat.sent == [given]
        await seat.shown("Sending…")
        await seat.press("ctrl+s")
        assert seat.sent == [given]
        await seat.happens(answered(words="Now"), by="medical")
        await seat.gone("Sending…")
        assert "You answered: Move the patients / Now" in seat.text
        assert "Answer within" not in seat.text
        assert "✓" in seat.text


@live
async def test_a_later_answer_replaces_the_earlier_and_the_history_stays():
    async with Seat(size=(120, 40)) as seat:
        await seat.happens(inject(), answered(words="Now"))
        await seat.press("n", "enter", "down", "space", "ctrl+s")
        await seat.asked()
        assert seat.sent == [do.GiveResponse(inject="water", options=("wait",), text=Prose("Now"))]
        await seat.happens(answered(options=("wait",), words="Now"), by="medical", at=MINUTE)
        await seat.shown("1:00  You answered: Wait and see / Now")
        assert "0:00  You answered: Move the patients / Now" in seat.text


@live
async def test_an_inject_that_takes_one_answer_offers_no_second():
    async with Seat() as seat:
        await seat.happens(inject(revise=False), answered())
        await seat.press("n")
        await seat.shown("this inject takes one answer")
        assert "( )" not in seat.text
        assert "Your words" not in seat.text


@live
async def test_several_options_may_be_chosen_where_the_inject_says_so():
    async with Seat() as seat:
        await seat.happens(inject(several=True, words=False))
        await seat.press("n", "enter", "space", "down", "space", "ctrl+s")
        await seat.asked()
        assert seat.sent[0].options == ("move", "wait")
        assert "Your words" not in seat.text


@live
async def test_a_refused_answer_stays_as_a_draft_and_the_sentence_is_shown():
    async with Seat() as seat:
        await seat.happens(inject())
        seat.desk.refusal = Refused("paused")
        await seat.press("n", "enter", "space", "tab", "=Now", "ctrl+s")
        await seat.shown("The drill is paused; what you have")
        await seat.shown("Not sent. Your draft is kept here.")
        assert "│Now" in seat.text
        assert "(•) Move the patients" in seat.text


@live
async def test_each_inject_keeps_its_own_draft_while_one_reads_another():
    async with Seat() as seat:
        await seat.happens(inject(), inject("fire", title=title("Smoke", "烟雾")))
        await seat.press("n", "enter", "tab", "=first", "escape", "n")
        await seat.shown("│ Smoke")
        assert "│first" not in seat.text
        await seat.press("enter", "tab", "=second", "escape", "up")
        await seat.shown("│first")
        await seat.press("down")
        await seat.shown("│second")
        assert seat.sent == []


@live
async def test_a_text_that_is_too_long_is_said_to_be_and_kept():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.press("n", "enter", "tab")
        seat.app.screen.page.box.words.load_text("x" * 8001)
        await seat.press("ctrl+s")
        await seat.shown("The text has 8001 characters, the")
        assert "! 8001/8000" in seat.text
        assert seat.sent == []
        assert len(seat.app.screen.page.box.words.text) == 8001


@live
async def test_a_new_inject_does_not_take_the_reader_away_from_an_answer():
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.press("n", "enter", "tab", "=Half a")
        await seat.happens(inject("fire", title=title("Smoke", "烟雾")))
        await seat.shown("● Smoke")
        await seat.press("= word")
        assert "│Half a word" in seat.text


@live
async def test_a_message_is_confirmed_with_one_key_and_answered_with_another():
    async with Seat() as seat:
        await seat.happens(message(ack=True), by="commander")
        await seat.shown("? confirm")
        assert "2 Messages·1" in seat.text
        await seat.press("n", "a")
        await seat.asked()
        assert seat.sent == [do.AcknowledgeMessage(message="m1")]
        await seat.happens(ev.MessageAcknowledged(message="m1", role="medical"), by="medical")
        await seat.gone("? confirm")
        await seat.press("r", "=Coming", "ctrl+s")
        await seat.asked(2)
        assert seat.sent[1] == do.SendMessage(
            to=("commander",), text=Prose("Coming"), reply_to="m1"
        )


@live
async def test_broadcasts_and_reports_and_public_statements_come_in_too():
    async with Seat("commander") as seat:
        await seat.happens(
            ev.BroadcastMade(text=Prose("Lunch is late.")),
            ev.ReportFiled(
                report="r1", rule="first-report", stage="initial", sender="medical",
                to=("commander",), elements={"what": Prose("Water came in.")},
            ),
            ev.StatementIssued(statement="s1", role="press", text=Prose("We are safe.")),
        )  # fmt: skip
        for said in ("Lunch is late.", "Water came in.", "We are safe."):
            await seat.press("n")
            await seat.shown(f"│ {said}")
        assert "Public statement, issued by Press officer" in seat.text


# -- the other pages -------------------------------------------------------------------------------


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
            "!! Sandbags × 300 bag at North gate", "0/300 10:00",
            "Medical coordinator: Sandbags × 100 bag for North gate", "? waits",
            "Sandbags × 370 bag from Yard to North gate", "in 5:00",
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
        await seat.happens(inject(), answered())
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


# -- all of it -------------------------------------------------------------------------------------


def _hostile(lang):
    """A drill in which every human text is hostile."""
    bad = Line(HOSTILE)
    two = {"en": str(bad), "zh": str(bad)}

    def spoil(value):
        if isinstance(value, dict):
            if set(value) == {"en", "zh"}:
                return two
            return {key: spoil(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [spoil(inner) for inner in value]
        return value

    plan = a_plan()
    spoilt = type(plan).model_validate(spoil(plan.model_dump(by_alias=True)))
    words, line = text(HOSTILE, HOSTILE), title(HOSTILE, HOSTILE)
    fact = ev.FactRef("depth", line)
    told = briefing(spoilt)
    events = [
        ev.BriefingGiven(
            title=line, family=told.family, grade=2, briefing=words, length=1, plan=spoilt
        ),
        ev.DrillStarted(),
        ev.PhaseBegun(phase="one", title=line, clock="2026-07-20 13:00", ratio=1, script=0),
        ev.RoleArrived(role="commander", evidence="declared"),
        inject(
            title=line, body=words, facts=(fact,), to=("commander",),
            options=(ev.Choice("move", line), ev.Choice("wait", line)),
            due=(ev.Due("commander", 1, 2),),
        ),
        answered(words=HOSTILE, role="commander"),
        message(to=("commander",), sender="medical", words=HOSTILE, facts=(fact,), ack=True),
        ev.BroadcastMade(text=Prose(HOSTILE)),
        a_need(), an_order(), a_shipment(),
        ev.StatementDrafted(statement="s1", role="press", text=Prose(HOSTILE), facts=(fact,)),
        ev.StatementReturned(statement="s1", role="commander", why=bad),
    ]  # fmt: skip
    return [entry(seq, 0, event) for seq, event in enumerate(events)]


@pytest.mark.parametrize(("size", "lang"), [((80, 24), "zh"), ((120, 40), "en")])
@live
async def test_hostile_text_neither_crashes_nor_vanishes_nor_acts_on_any_page(lang, size):
    async with Seat("commander", size=size, lang=lang, entries=_hostile(lang)) as seat:
        pages = {
            "1": ("n", "enter", "escape"), "2": ("r", "escape", "n", "escape"),
            "3": ("d", "escape", "r", "escape"), "4": ("enter", "escape"),
            "5": ("n", "escape"), "6": ("enter", "escape"), "7": ("t", "escape"), "8": ("home",),
        }  # fmt: skip
        for page, keys in pages.items():
            await seat.press(page)
            await seat.shown("[/b]")
            for key in keys:
                await seat.press(key)
                strips = seat.app.screen._compositor.render_strips()
                for strip in strips:
                    for segment in strip:
                        assert not set(segment.text) & set("\x1b\x9b\x07\u202e")
                        assert "@click" not in str(segment.style and segment.style.meta)
        await seat.press("f2", "f1")
        await until(seat.pilot, lambda: "F10" in seat.text)
        assert seat.app._exit is False


def _full_drill():
    return [
        *opening("medical"),
        entry(6, 20 * SECOND, inject()),
        entry(7, 25 * SECOND, message(ack=True), "commander"),
        entry(8, 30 * SECOND, ev.BroadcastMade(text=Prose("The canteen is closed."))),
        entry(9, 40 * SECOND, a_need()),
        entry(10, 45 * SECOND, an_order(), "medical"),
        entry(11, 50 * SECOND, a_shipment(quantity=370), "logistics"),
    ]


@pytest.mark.parametrize(
    ("name", "size", "lang", "keys"),
    [
        ("desk-inbox-80-en", (80, 24), "en", ("home", "down")),
        ("desk-inbox-120-zh", (120, 40), "zh", ("home", "down")),
        ("desk-supplies-80-zh", (80, 24), "zh", ("3", "d")),
        ("desk-message-80-en", (80, 24), "en", ("2", "n")),
        ("desk-role-120-en", (120, 40), "en", ("7",)),
    ],
)
@live
async def test_the_desk_reads_as_it_was_last_looked_at(name, size, lang, keys):
    async with Seat(size=size, lang=lang, entries=_full_drill()) as seat:
        await seat.tick(70 * SECOND)
        await seat.press(*keys)
        await seat.pilot.pause()
        assert_golden(name, seat.app)
