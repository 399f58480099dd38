"""Asking for another seat, answering that at the door, standing in, and who acts for whom."""

from dataclasses import replace

import pytest
from test_door_screen import Porch, a_house
from worlds import Play
from worlds_desk import Seat
from worlds_staff import NARROW, a_desk, a_play, feed, notices, opens, shown
from worlds_ui import FakeDesk, live, opening, press, screen_text, until, until_shown

from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import FACILITATOR, MINUTE
from drillkit.model.text import Line, Prose
from drillkit.ui.app import Terminal
from drillkit.ui.door import LineNow
from drillkit.ui.screens.ask import ChooseScreen, LineScreen
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.door import DoorScreen
from drillkit.ui.screens.own_desk import OwnDesk
from drillkit.ui.screens.seats import SeatsScreen

WHY = Line("I know the stores")


class Own(Seat):
    """The desk of Mia, the medical coordinator, at a terminal of her own."""

    def __init__(self, *, lang="en", arrived=("medical",), **more):
        super().__init__(entries=opening(*arrived), lang=lang, **more)
        self.desk.push(ev.SeatTaken(line="l1", role="medical", person=Line("Mia")))
        self.app = Terminal(OwnDesk(self.desk, "l1"), lang)


def asked(role="medical", wanted="logistics", line="l1", person="Mia"):
    return ev.SeatAsked(line=line, role=role, person=Line(person), wanted=wanted, why=WHY)


def declined():
    return ev.SeatDeclined(line="l1", role="medical", person=Line("Mia"), wanted="logistics")


# -- the person who asks ---------------------------------------------------------------------------


@live
async def test_a_person_asks_for_another_seat_with_a_reason():
    async with Own() as seat:
        await seat.press("7", "a")
        await opens(seat.pilot, ChooseScreen)
        await seat.press("down", "enter")
        await opens(seat.pilot, LineScreen)
        await seat.press("enter")
        await until(seat.pilot, lambda: "Give a reason" in "".join(notices(seat.pilot)))
        await opens(seat.pilot, LineScreen)
        await seat.press(f"={WHY}", "enter")
        await seat.asked()
        assert seat.sent == [do.AskSeat(line="l1", role="logistics", why=WHY)]
        await seat.happens(asked())
        await seat.shown("You have asked for the seat of Logistics")
        await seat.happens(declined())
        await seat.shown("has not granted you the seat of Logistics")
        assert any("has not granted" in said for said in notices(seat.pilot))


@live
async def test_an_old_refusal_is_no_news_on_the_next_terminal():
    entries = [asked(), declined()]
    seat = Own()
    seat.desk.push(*entries)
    async with seat:
        await seat.press("7")
        await seat.shown("has not granted you")
        assert not notices(seat.pilot)


@live
async def test_only_at_a_terminal_of_ones_own_can_one_ask():
    async with Seat() as seat:
        await seat.press("7", "a")
        assert not isinstance(seat.app.screen, ChooseScreen)
        assert "Another seat" not in seat.text


@live
async def test_it_asks_in_chinese_too():
    async with Own(lang="zh") as seat:
        await seat.press("7", "a")
        await seat.shown("您想改任哪个岗位")
        await seat.press("escape")
        await seat.happens(asked())
        await seat.shown("您已申请改任物资保障，等待主持人答复")


# -- standing in -----------------------------------------------------------------------------------


@live
async def test_who_finds_a_substitute_at_the_post_reports_in_and_takes_it_back():
    entries = opening("logistics")
    async with Own(arrived=("logistics",)) as seat:
        await seat.happens(ev.RoleCalled(role="medical"), ev.CallAcknowledged(role="medical"))
        held = ev.RoleArrived(role="medical", evidence="declared", substitute="logistics")
        await seat.happens(held)
        await seat.shown("SOMEBODY ELSE HOLDS YOUR POST")
        await seat.press("enter")
        await seat.asked()
        assert seat.sent == [do.Arrive()]
        assert entries


@live
async def test_a_late_chief_s_post_is_offered_to_the_deputy_whom_the_plan_names():
    seat = Seat("logistics")
    seat.desk.push(ev.RoleCalled(role="commander"))
    async with seat:
        await seat.gone("Role·1")
        await seat.happens(ev.BroadcastMade(text=Prose("Go on")), at=90 * MINUTE)
        await seat.shown("Role·1")
        await seat.press("7")
        await seat.shown("yours to take over with t:")
        await seat.press("t")
        await opens(seat.pilot, ChooseScreen)
        lines = seat.text.split("\n")
        first = next(line for line in lines if "( )" in line)
        assert "Incident commander" in first
        assert "names somebody else" not in first
        assert "Press officer (the plan names somebody else)" in seat.text
        await seat.press("enter")
        await seat.asked()
        assert seat.sent == [do.Arrive(instead_of="commander")]


@live
async def test_the_top_line_names_the_posts_that_are_held_and_says_when_one_is_given_back():
    async with Own(size=(120, 30)) as seat:
        held = ev.RoleArrived(role="commander", evidence="declared", substitute="medical")
        await seat.happens(held)
        await seat.shown("Medical coordinator + Incident commander")
        back = ev.RoleArrived(role="commander", evidence="declared")
        await seat.happens(ev.RoleLeft(role="commander"), back)
        await seat.gone("coordinator + Incident")
        assert notices(seat.pilot) == ["You no longer stand in for Incident commander."]


# -- the facilitator's door ------------------------------------------------------------------------


def a_house_with_a_wish():
    play = a_house()
    play.do("commander", do.AskSeat(line="l1", role="supplies", why=WHY))
    return play


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("a", do.MoveSeat(line="l1", role="supplies")),
        ("n", do.DeclineSeat(line="l1")),
    ],
)
@live
async def test_one_key_grants_or_declines_whoever_asks(key, command):
    async with Porch(play=a_house_with_a_wish()) as porch:
        assert "? → Supplies" in porch.row("✓ Commander")
        asks = "? Anna (Commander) asks for the seat of Supplies: “I know the stores”"
        assert asks in porch.text
        await porch.press("down", "down", key)
        await until(porch.pilot, lambda: porch.desk.sent)
        assert porch.desk.sent == [command]


@live
async def test_without_a_wish_there_is_nothing_to_grant_and_the_chosen_one_comes_first():
    play = a_house()
    async with Porch(play=play) as porch:
        assert "Grant" not in porch.text
        await porch.press("a", "n")
        assert not porch.desk.sent
        feed(porch.desk, play.do("commander", do.AskSeat(line="l1", role="supplies", why=WHY)))
        feed(porch.desk, play.do("liaison", do.AskSeat(line="l2", role="supplies", why=WHY)))
        await until_shown(porch.pilot, "(and 1 more)")
        assert "Anna (Commander) asks" in porch.text
        await porch.press("down")
        await until_shown(porch.pilot, "Ben (Liaison) asks")
        await porch.press("a")
        await until(porch.pilot, lambda: porch.desk.sent)
        assert porch.desk.sent == [do.MoveSeat(line="l2", role="supplies")]


@live
async def test_the_door_says_who_is_late_who_has_gone_and_whom_nobody_plays():
    play = a_play()
    play.do("liaison", do.Leave())
    late = [entry for entry in play.session.entries if entry.by != "supplies"]
    desk = FakeDesk(FACILITATOR)
    for entry in late:
        if not isinstance(entry.event, ev.SuppliesDispatched | ev.SuppliesArrived):
            desk.push(entry.event, by=entry.by, at=entry.at)
    desk.entries = [
        replace(entry, via=Line("stand-in" if entry.by == "liaison" else "facilitator"))
        if entry.by in ("liaison", "commander")
        else entry
        for entry in desk.entries
    ]
    desk.at = 60 * MINUTE
    porch = Porch(play=play)
    porch.desk = desk
    porch.screen = DoorScreen(desk, porch.door)
    porch.app = Terminal(porch.screen)
    porch.door.now = [LineNow("l3", "supplies", "", "10.0.0.7", idle=1, is_typing=True)]
    async with porch:
        assert "! late to confirm" in porch.row("Supplies")
        assert "» typing" in porch.row("Supplies")
        assert "← left · ◆ stand-in" in porch.row("Liaison")
        assert "◎ you" in porch.row("Commander")
        assert "◎ you" in porch.row("○ Facilitator")


# -- control ---------------------------------------------------------------------------------------


class Watch:
    """Lines as a door tells them to control."""

    def __init__(self, *lines):
        self.now = lines

    def lines(self):
        return self.now


@live
async def test_control_is_told_who_asks_and_shows_it_beside_the_post():
    play = a_house()
    desk = a_desk(play)
    async with shown(ControlScreen(desk, lambda role: desk, Watch())) as pilot:
        feed(desk, play.do("commander", do.AskSeat(line="l1", role="supplies", why=WHY)))
        said = "Anna asks for the seat of Supplies. Press t to answer."
        await until(pilot, lambda: notices(pilot) == [said])
        await until_shown(pilot, "? → Su")
        await press(pilot, "2")
        await until_shown(pilot, "? asks for the seat of Supplies: “I know the stores”")


@live
async def test_a_wish_that_is_there_already_is_counted_on_the_tab_and_not_announced():
    desk = a_desk(a_house_with_a_wish())
    async with shown(ControlScreen(desk, lambda role: desk), NARROW) as pilot:
        await until_shown(pilot, "2 People·1")
        assert not notices(pilot)


@live
async def test_control_tells_who_types_and_who_is_idle_by_sign_and_in_words():
    desk = a_desk(a_house())
    lines = Watch(LineNow("l1", "commander", "Anna", "a", idle=185))
    async with shown(ControlScreen(desk, lambda role: desk, lines)) as pilot:
        await until_shown(pilot, "✓ Commander  ~ Anna ")
        await press(pilot, "2")
        await until_shown(pilot, "~ Anna: idle for 3 min")
        lines.now = (LineNow("l1", "commander", "Anna", "a", idle=0, is_typing=True),)
        await until_shown(pilot, "» Anna")


@live
async def test_the_cursor_goes_along_with_the_script_until_it_is_moved_away():
    play = Play()
    desk = a_desk(play)
    control = ControlScreen(desk, lambda role: desk)
    async with shown(control) as pilot:
        first = control.chosen_cue().inject
        feed(desk, play.do(FACILITATOR, do.ReleaseInject(inject=first)))
        await until(pilot, lambda: control.chosen_cue().inject != first)
        following = control.chosen_cue().inject
        await press(pilot, "home")
        feed(desk, play.do(FACILITATOR, do.ReleaseInject(inject=following)))
        await until(
            pilot,
            lambda: any(c.inject == following and c.status != "planned" for c in control.cues()),
        )
        assert control.chosen_cue() == control.cues()[0]
        await press(pilot, "2", "f")
        assert control.pane == "script"
        assert control.chosen_cue().status == "planned"


@live
async def test_the_seat_list_tells_persons_stand_ins_and_the_facilitator_apart():
    play = a_house()
    desk = a_desk(play)
    desk.entries = [
        replace(entry, via=Line("stand-in")) if entry.by == "supplies" else entry
        for entry in desk.entries
    ]
    async with shown(ControlScreen(desk, lambda role: desk)) as pilot:
        await press(pilot, "s")
        await opens(pilot, SeatsScreen)
        text = screen_text(pilot.app)
        signs = ("✓ Commander", "✗ Liaison", "◆ Supplies", "◎ Office")
        row = {
            sign.split()[1]: next(one for one in text.split("\n") if f"│  {sign}" in one)
            for sign in signs
        }
        assert "Anna" in row["Commander"]
        assert "Ben (lost)" in row["Liaison"]
        assert "stand-in" in row["Supplies"]
        assert "outside partner" in row["Office"]
