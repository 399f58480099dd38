"""The wallboard: clocks and counts from an observer's view, and nothing else."""

import pytest
from worlds_staff import a_hostile_play, a_play, an_ended_play
from worlds_ui import FakeDesk, live, press, screen_text, until

from drillkit.core.sight import shown
from drillkit.model import events as ev
from drillkit.model.base import FACILITATOR, MINUTE, OBSERVER, SECOND
from drillkit.model.commands import Broadcast, TakeSeat
from drillkit.model.text import Line, Prose
from drillkit.ui.app import Terminal
from drillkit.ui.screens.wallboard import WallboardScreen


def what(play):
    """What the play's observer is shown."""
    session = play.session
    seen = (
        shown(session.script, session.state, (OBSERVER,), entry, session.entries)
        for entry in session.entries
    )
    return [entry for entry in seen if entry is not None]


class Wall:
    """A wallboard in front of a play."""

    def __init__(self, play, *, size=(120, 40), lang="en"):
        self.desk = FakeDesk(OBSERVER, what(play))
        self.desk.at = play.now
        self.screen = WallboardScreen(self.desk)
        self.app = Terminal(self.screen, lang)
        self._size = size

    async def __aenter__(self):
        self._running = self.app.run_test(size=self._size, notifications=True)
        self.pilot = await self._running.__aenter__()
        await until(self.pilot, lambda: self.screen.moment.state.briefing)
        return self

    async def __aexit__(self, *problem):
        await self._running.__aexit__(*problem)

    @property
    def text(self):
        return screen_text(self.app)

    def row(self, said):
        return next(line for line in self.text.split("\n") if said in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@live
async def test_it_shows_presence_and_what_is_open_and_late_per_role(size):
    play = a_play()
    play.do("commander", TakeSeat(line="l1", person=Line("Anna")))
    async with Wall(play, size=size) as wall:
        assert "✓ Commander" in wall.row("Commander")
        assert "1 open" in wall.row("Liaison")
        assert "○ Office" not in wall.text
        assert "Anna" in wall.text
        assert "running" in wall.text
        assert "Rise" in wall.text
        assert "Needs met: 0 of 1" in wall.text


@live
async def test_what_is_late_is_said_by_sign_and_number():
    async with Wall(an_ended_play()) as wall:
        assert "! 1 overdue" in wall.row("Liaison")
        assert "ended" in wall.text


@live
async def test_titles_texts_and_answers_are_never_there():
    async with Wall(a_play()) as wall:
        for said in ("Alarm", "Call", "Pump", "Bags at the gate", "Water is rising", "Start all"):
            assert said not in wall.text


@live
async def test_the_last_broadcast_is_there_and_hostile_words_stay_words():
    play = a_hostile_play()
    play.do(FACILITATOR, Broadcast(text=Prose("[/b] [@click=app.quit]x[/] \x1b[2J end")))
    play.do("commander", TakeSeat(line="l1", person=Line("[/] [TODO]")))
    async with Wall(play) as wall:
        assert "To everybody" in wall.text
        assert "[@click=app.quit]x[/]" in wall.text
        assert "[/] [TODO]" in wall.text
        assert "\x1b" not in wall.text


@live
async def test_the_clocks_go_on_between_the_entries():
    async with Wall(a_play()) as wall:
        wall.desk.at = 16 * MINUTE + 5 * SECOND
        wall.screen.tick()
        assert wall.screen._exercise.value == "16:05"
        assert wall.screen._story.value == "14:04"


@live
async def test_the_course_grows_by_what_is_released():
    async with Wall(a_play()) as wall:
        before = wall.row("┃")
        assert "✓" in before
        wall.desk.push(ev.DrillPaused())
        await until(wall.pilot, lambda: "paused" in wall.text)
        assert wall.row("┃") == before


@live
async def test_it_reads_in_chinese_too():
    async with Wall(an_ended_play(), lang="zh", size=(80, 24)) as wall:
        assert "逾期 1" in wall.text
        assert "演练时钟" in wall.text
        await press(wall.pilot, "f2")
        await until(wall.pilot, lambda: "1 overdue" in wall.text)
