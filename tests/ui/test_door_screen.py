"""The door: who sits at which terminal, who knocks, and what the facilitator does about it."""

from dataclasses import replace

import pytest
from textual.widgets import Static
from worlds_staff import NARROW, WIDE, a_desk, a_play, notices, opens, shown
from worlds_ui import HOSTILE, live, press, screen_text, until, until_shown

from drillkit.model import events as ev
from drillkit.model.commands import LoseSeat, MoveSeat, ReportReady, TakeSeat
from drillkit.model.text import Line
from drillkit.ui.app import Terminal
from drillkit.ui.door import AttemptNow, LineNow
from drillkit.ui.screens.ask import AskScreen, ChooseScreen
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.door import DoorScreen
from drillkit.ui.screens.secret import SecretScreen

CODE = "kelp-42-moss"


class FakeDoor:
    """A door that keeps what it was asked."""

    def __init__(self):
        self.asked = []
        self.shut = frozenset()
        self.void = frozenset()
        self.now = [
            LineNow("l1", "commander", "Anna", "10.0.0.5", idle=5, is_typing=True),
            LineNow("l3", "supplies", "", "10.0.0.7", idle=130),
        ]
        self.knocks = [
            AttemptNow(3, "10.0.0.9", "liaison", "wrong"),
            AttemptNow(130, "10.0.0.5", "commander", "right"),
        ]

    def lines(self):
        return self.now

    def attempts(self):
        return self.knocks

    def barred(self):
        return self.shut

    def revoked(self):
        return self.void

    def invitation(self, seat):
        return f"ssh -p 2222 {seat}@host"

    def renew(self, seat):
        self.asked.append(("renew", seat))
        return CODE

    def revoke(self, seat):
        self.asked.append(("revoke", seat))
        self.void = frozenset({seat})

    def bar(self, seat, barred, /):
        self.asked.append(("bar", seat, barred))
        self.shut = frozenset({seat}) if barred else frozenset()

    def drop(self, line):
        self.asked.append(("drop", line))


def a_house():
    """A play in which Anna commands, Ben the liaison lost his line, and nobody has supplies."""
    play = a_play()
    play.do("commander", TakeSeat(line="l1", person=Line("Anna")))
    play.do("commander", ReportReady(line="l1"))
    play.do("liaison", TakeSeat(line="l2", person=Line("Ben")))
    play.do("liaison", LoseSeat(line="l2"))
    return play


class Porch:
    """A terminal at the door."""

    def __init__(self, *, size=WIDE, lang="en", play=None):
        self.desk = a_desk(play or a_house())
        self.door = FakeDoor()
        self.screen = DoorScreen(self.desk, self.door)
        self.app = Terminal(self.screen, lang)
        self._size = size

    async def __aenter__(self):
        self._running = self.app.run_test(size=self._size, notifications=True)
        self.pilot = await self._running.__aenter__()
        await until(self.pilot, lambda: self.screen.places.chosen)
        return self

    async def __aexit__(self, *problem):
        await self._running.__aexit__(*problem)

    @property
    def text(self):
        return screen_text(self.app)

    def row(self, said):
        return next(line for line in self.text.split("\n") if said in line)

    async def press(self, *keys):
        await press(self.pilot, *keys)

    async def confirm(self, key):
        """Press the key and say yes to what it asks."""
        await self.press(key)
        await opens(self.pilot, AskScreen)
        await self.press("y")
        await until(self.pilot, lambda: not isinstance(self.app.screen, AskScreen))


@pytest.mark.parametrize("size", [NARROW, WIDE])
@live
async def test_every_seat_is_there_with_its_person_and_what_the_line_does(size):
    async with Porch(size=size) as porch:
        assert "Anna" in porch.row("✓ Commander")
        assert "typing" in porch.row("✓ Commander")
        assert "Ben" in porch.row("✗ Liaison")
        assert "lost" in porch.row("✗ Liaison")
        assert "no name yet" in porch.row("● Supplies")
        assert "idle for 2 min" in porch.row("● Supplies")
        assert "free" in porch.row("○ Office")
        assert "free" in porch.row("○ Evaluator")
        assert "wrong code" in porch.row("10.0.0.9")
        assert "just now" in porch.row("10.0.0.9")
        assert "2 min ago" in porch.row("let in")


@live
async def test_a_stalled_line_and_a_new_person_show_within_a_second():
    async with Porch() as porch:
        porch.door.now[0] = replace(porch.door.now[0], is_typing=False, is_stalled=True)
        porch.screen.tick()
        await until_shown(porch.pilot, "stalled")
        porch.desk.push(ev.SeatTaken(line="l9", role="liaison", person=Line("Cy")))
        await until_shown(porch.pilot, "Cy")


@live
async def test_the_cursor_stays_with_its_person_when_others_come():
    async with Porch() as porch:
        await porch.press("down", "down")
        assert porch.screen.places.chosen.line == "l3"
        porch.desk.push(ev.SeatTaken(line="l9", role="commander", person=Line("Cy")))
        await until_shown(porch.pilot, "Cy")
        assert porch.screen.places.chosen.line == "l3"


@live
async def test_the_invitation_is_shown_and_closed():
    async with Porch() as porch:
        await porch.press("i")
        await opens(porch.pilot, SecretScreen)
        assert "ssh -p 2222 commander@host" in porch.text
        await porch.press("escape")
        await until(porch.pilot, lambda: porch.app.screen is porch.screen)
        assert porch.door.asked == []


@live
async def test_a_new_code_is_asked_for_first_and_shown_once_and_nowhere_else():
    async with Porch() as porch:
        await porch.confirm("c")
        await opens(porch.pilot, SecretScreen)
        assert CODE in porch.text
        assert notices(porch.pilot) == []
        await porch.press("escape")
        await until(porch.pilot, lambda: porch.app.screen is porch.screen)
        assert CODE not in porch.text
        assert porch.door.asked == [("renew", "commander")]
        assert porch.desk.sent == []
        assert not any(CODE in str(s.content) for s in porch.screen.query(Static))


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("c", ("renew", "commander")),
        ("r", ("revoke", "commander")),
        ("x", ("bar", "commander", True)),
        ("d", ("drop", "l1")),
    ],
)
@live
async def test_what_cannot_be_taken_back_is_asked_first(key, asked):
    async with Porch() as porch:
        await porch.press(key)
        await opens(porch.pilot, AskScreen)
        await porch.press("n")
        await until(porch.pilot, lambda: porch.app.screen is porch.screen)
        assert porch.door.asked == []
        await porch.confirm(key)
        assert porch.door.asked == [asked]


@live
async def test_a_barred_seat_says_so_and_is_opened_again():
    async with Porch() as porch:
        await porch.confirm("x")
        await until_shown(porch.pilot, "barred")
        assert "⊘ Commander" in porch.text
        await porch.confirm("x")
        assert porch.door.asked[-1] == ("bar", "commander", False)
        await until(porch.pilot, lambda: "barred" not in porch.text)


@live
async def test_a_seat_whose_code_was_revoked_says_so():
    async with Porch() as porch:
        porch.door.knocks = [AttemptNow(1, "10.0.0.9", "commander", "revoked")]
        assert "no code" not in porch.text
        await porch.confirm("r")
        await until_shown(porch.pilot, "no code")
        assert "⊘ Commander" in porch.text
        await until_shown(porch.pilot, "code revoked")


@live
async def test_only_a_line_that_is_there_can_be_ended():
    async with Porch() as porch:
        await porch.press("down")
        assert porch.screen.places.chosen.person == "Ben"
        await porch.press("d")
        assert porch.app.screen is porch.screen
        assert porch.door.asked == []


@live
async def test_a_person_is_moved_to_another_role():
    async with Porch() as porch:
        await porch.press("m")
        await opens(porch.pilot, ChooseScreen)
        await porch.press("enter")
        await until(porch.pilot, lambda: porch.desk.sent)
        assert porch.desk.sent == [MoveSeat(line="l1", role="liaison")]


@live
async def test_a_line_without_a_name_cannot_be_moved():
    async with Porch() as porch:
        await porch.press("down", "down", "m")
        assert porch.app.screen is porch.screen


@live
async def test_hostile_names_addresses_and_seats_stay_text():
    play = a_house()
    play.do("supplies", TakeSeat(line="l8", person=Line(HOSTILE)))
    async with Porch(play=play) as porch:
        porch.door.now = [LineNow("l4", "office", HOSTILE, HOSTILE, idle=0)]
        porch.door.knocks = [AttemptNow(1, HOSTILE, HOSTILE, "no-such-seat")]
        porch.screen.tick()
        await until_shown(porch.pilot, "no such seat")
        assert "[/b] [TODO]" in porch.row("Supplies")
        assert "[/b] [TODO]" in porch.row("Office")
        await porch.press("down", "down")
        await porch.press("r")
        await opens(porch.pilot, AskScreen)
        assert "\x1b" not in porch.text
        assert "\u202e" not in porch.text


@live
async def test_it_reads_in_chinese_too():
    async with Porch(size=NARROW, lang="zh") as porch:
        assert "正在输入" in porch.text
        assert "断线" in porch.text
        assert "加入码错误" in porch.text
        await porch.press("c")
        await until_shown(porch.pilot, "生成新的加入码")


# -- from control ----------------------------------------------------------------------------------


@live
async def test_control_opens_the_door_and_comes_back():
    desk = a_desk(a_house())
    control = ControlScreen(desk, lambda role: desk, FakeDoor())
    async with shown(control) as pilot:
        await press(pilot, "t")
        await opens(pilot, DoorScreen)
        await until_shown(pilot, "Anna")
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is control)


@live
async def test_without_a_door_control_offers_none():
    desk = a_desk(a_house())
    async with shown(ControlScreen(desk, lambda role: desk)) as pilot:
        screen = pilot.app.screen
        await press(pilot, "t")
        assert pilot.app.screen is screen
        assert "Terminals" not in screen_text(pilot.app)


@live
async def test_control_names_the_people_at_their_posts_and_whose_line_is_lost():
    desk = a_desk(a_house())
    async with shown(ControlScreen(desk, lambda role: desk)) as pilot:
        text = screen_text(pilot.app)
        assert "Anna" in text
        assert "✗ Ben (lost)" in text
