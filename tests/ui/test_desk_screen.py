"""The participant's desk: given these entries, after these keys, these commands and this text."""

import pytest
from worlds_desk import Seat, a_need, a_shipment, an_order, answered, message
from worlds_ui import (
    HOSTILE,
    a_plan,
    assert_golden,
    briefing,
    entry,
    inject,
    live,
    opening,
    phase,
    text,
    title,
    until,
)

from drillkit.core.script import Refused
from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import MINUTE, SECOND
from drillkit.model.text import Line, Prose

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


@live
async def test_what_a_substitute_answered_is_not_said_to_be_one_s_own():
    held = ev.RoleArrived(role="medical", evidence="declared", substitute="logistics")
    async with Seat() as seat:
        await seat.happens(inject())
        await seat.press("n")
        await seat.shown("Your choice")
        await seat.happens(held)
        await seat.happens(answered(words="Now"), by="logistics")
        await seat.shown("Logistics answered in your place: Move")
        assert "You answered" not in seat.text


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
        await seat.happens(inject(), answered(words="Now"), by="medical")
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
