"""The lobby: a name, a card, who is there, being ready, and the way in."""

import pytest
from textual.screen import Screen
from worlds_ui import (
    HOSTILE,
    FakeDesk,
    briefing,
    entry,
    live,
    opening,
    press,
    screen_text,
    until,
    until_shown,
)

from drillkit.core.script import Refused
from drillkit.model import events as ev
from drillkit.model.commands import ReportReady, TakeSeat
from drillkit.model.text import Line
from drillkit.ui.app import Terminal
from drillkit.ui.screens.desk import DeskScreen
from drillkit.ui.screens.help import HelpScreen
from drillkit.ui.screens.lobby import LobbyScreen


class Hall:
    """A terminal in the lobby, and the desks of whoever gives a name there."""

    def __init__(
        self, role="medical", *, person="", size=(80, 24), lang="en", entries=None, simulated=()
    ):
        self.watch = FakeDesk(role, [entry(0, 0, briefing())] if entries is None else entries)
        self.desks = {}
        self.lobby = LobbyScreen(
            "l1",
            role,
            self._desk_of,
            self.watch,
            self._enter,
            person=person,
            simulated=simulated,
        )
        self.app = Terminal(self.lobby, lang)
        self.role = role
        self.refusal = None
        self._size = size

    def _desk_of(self, name):
        desk = self.desks[name] = FakeDesk(self.role, self.watch.entries)
        desk.refusal = self.refusal
        return desk

    def _enter(self, desk):
        return DeskScreen(desk) if self.role == "medical" else Screen(name="staff")

    async def __aenter__(self):
        self._running = self.app.run_test(size=self._size, notifications=True)
        self.pilot = await self._running.__aenter__()
        await until(self.pilot, lambda: self.lobby.moment.state.briefing)
        return self

    async def __aexit__(self, *problem):
        await self._running.__aexit__(*problem)

    @property
    def text(self):
        return screen_text(self.app)

    async def press(self, *keys):
        await press(self.pilot, *keys)

    async def shown(self, said):
        await until_shown(self.pilot, said)

    async def seated(self, name="Anna", role="medical"):
        await until(self.pilot, lambda: self.lobby.has_class("-seated"))
        self.watch.push(ev.SeatTaken(line="l1", role=role, person=Line(name)), by=role)
        await until(self.pilot, lambda: "l1" in self.lobby.moment.state.seats)

    async def inside(self):
        await until(self.pilot, lambda: self.app.screen is not self.lobby)


@live
async def test_the_name_comes_first_and_takes_the_seat():
    async with Hall() as hall:
        assert "You take the seat: Medical coordinator." in hall.text
        assert "EXERCISE" in hall.text
        await hall.press("=  Anna  ", "enter")
        await hall.seated()
        assert list(hall.desks) == ["Anna"]
        assert hall.desks["Anna"].sent == [TakeSeat(line="l1", person=Line("Anna"))]
        await hall.shown("here")
        assert "It has rained for three days." in hall.text
        assert "Does what a medical coordinator" in hall.text


@live
async def test_a_blank_name_is_refused_and_asked_for_again():
    async with Hall() as hall:
        await hall.press("=   ", "enter")
        await hall.shown("Enter your name first.")
        assert hall.desks == {}
        await hall.press("=Anna", "enter")
        await hall.seated()
        assert hall.desks["Anna"].sent == [TakeSeat(line="l1", person=Line("Anna"))]


@live
async def test_letters_of_a_name_are_no_commands():
    async with Hall() as hall:
        await hall.press("r", "question_mark", "r", "enter")
        await hall.seated("r?r")
        assert list(hall.desks) == ["r?r"]


@live
async def test_a_refused_seat_leaves_the_name_to_be_tried_again():
    async with Hall() as hall:
        hall.refusal = Refused("unknown-seat")
        await hall.press("=Anna", "enter")
        await hall.shown("Nobody sits at that terminal.")
        hall.refusal = None
        await hall.press("enter")
        await hall.seated()


@live
async def test_whoever_comes_back_is_not_asked_for_a_name_and_is_in_at_once_when_play_runs():
    async with Hall(person="Anna", entries=opening("medical")) as hall:
        await hall.inside()
        assert hall.desks["Anna"].sent == [TakeSeat(line="l1", person=Line("Anna"))]
        assert isinstance(hall.app.screen, DeskScreen)
        assert hall.app.screen.desk is hall.desks["Anna"]


@live
async def test_being_ready_is_reported_once_and_the_start_opens_the_desk():
    async with Hall() as hall:
        await hall.press("=Anna", "enter")
        await hall.seated()
        await hall.press("r")
        await until(hall.pilot, lambda: ReportReady(line="l1") in hall.desks["Anna"].sent)
        ready = ev.SeatReady(line="l1", role="medical", person=Line("Anna"))
        hall.watch.push(ready, by="medical")
        await hall.shown("You are ready.")
        await hall.press("r")
        assert hall.desks["Anna"].sent.count(ReportReady(line="l1")) == 1
        hall.watch.push(ev.DrillStarted())
        await hall.inside()
        assert isinstance(hall.app.screen, DeskScreen)
        assert len(hall.app.screen_stack) == 2


@live
async def test_a_start_while_help_is_read_opens_the_desk_after_it():
    async with Hall() as hall:
        await hall.press("=Anna", "enter")
        await hall.seated()
        await hall.press("f1")
        await until(hall.pilot, lambda: isinstance(hall.app.screen, HelpScreen))
        hall.watch.push(ev.DrillStarted())
        await until(hall.pilot, lambda: hall.lobby.moment.state.stage == "running")
        assert isinstance(hall.app.screen, HelpScreen)
        await hall.press("escape")
        await until(hall.pilot, lambda: isinstance(hall.app.screen, DeskScreen))
        assert len(hall.app.screen_stack) == 2


@live
async def test_one_may_go_in_early_to_read():
    async with Hall() as hall:
        await hall.press("=Anna", "enter")
        await hall.seated()
        await hall.press("enter")
        await hall.inside()
        assert isinstance(hall.app.screen, DeskScreen)


@live
async def test_nobody_goes_in_without_a_name_though_play_runs():
    async with Hall(entries=opening()) as hall:
        await hall.press("tab", "enter")
        assert hall.app.screen is hall.lobby
        assert hall.desks == {}


@live
async def test_staff_go_to_their_screen_once_they_are_ready():
    async with Hall("observer") as hall:
        assert "You take the seat: Observer." in hall.text
        await hall.press("=Omar", "enter")
        await hall.seated("Omar", "observer")
        await hall.shown("You look on")
        await hall.press("r")
        await hall.inside()
        assert ReportReady(line="l1") in hall.desks["Omar"].sent


@live
async def test_everybody_sees_who_is_there_ready_or_lost():
    async with Hall() as hall:
        await hall.press("=Anna", "enter")
        await hall.seated()
        for line, role, person in (("l2", "press", "Bo"), ("l3", "press", "Cy")):
            hall.watch.push(ev.SeatTaken(line=line, role=role, person=Line(person)), by=role)
        hall.watch.push(ev.SeatReady(line="l2", role="press", person=Line("Bo")))
        hall.watch.push(ev.SeatLost(line="l3", role="press", person=Line("Cy")))
        await hall.shown("lost")
        rows = {line.split()[-1]: line for line in hall.text.split("\n") if "Bo" in line}
        assert "✓ Press officer" in rows["ready"]
        assert "✗" in next(line for line in hall.text.split("\n") if "Cy" in line)
        assert "free" in hall.text
        assert "◎ Facilitator" in next(s for s in hall.text.split("\n") if "runs the drill" in s)


@live
async def test_one_s_own_readiness_shows_in_the_list_at_once():
    async with Hall() as hall:
        await hall.press("=Anna", "enter")
        await hall.seated()
        await hall.shown("● Medical")
        drawn = hall.lobby._people.draw_moment
        rounds = []
        hall.lobby._people.draw_moment = lambda moment: rounds.append(1) or drawn(moment)
        assert hall.lobby._is_pausing
        hall.watch.push(ev.SeatReady(line="l1", role="medical", person=Line("Anna")))
        await hall.shown("You are ready.")
        assert rounds == [1]
        assert "✓ Medical" in hall.text


@live
async def test_a_hostile_name_stays_text():
    async with Hall() as hall:
        await hall.press(f"={HOSTILE}", "enter")
        person = next(iter(hall.desks))
        await hall.seated(person)
        await hall.shown("[/b] [TODO]")
        assert "\x1b" not in hall.text
        assert "\u202e" not in hall.text
        assert "\x1b" not in person


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@live
async def test_it_reads_in_chinese_too_and_switches_while_it_stands(size):
    async with Hall(size=size, lang="zh") as hall:
        assert "演练" in hall.text.replace(" ", "")
        await hall.press("=安娜", "enter")
        await hall.seated("安娜")
        await hall.shown("安娜")
        assert "在线" in hall.text
        await hall.press("f2")
        await hall.shown("here")
        assert "安娜" in hall.text


@live
async def test_seats_that_stand_ins_play_are_not_shown_as_free():
    async with Hall(person="Ann", simulated=("logistics",)) as hall:
        await until_shown(hall.pilot, "stand-in")
        (line,) = [line for line in hall.text.splitlines() if "stand-in" in line]
        assert "Logistics" in line
        await press(hall.pilot, "f2")
        await until_shown(hall.pilot, "模拟人员")
