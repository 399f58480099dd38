"""The facilitator's screen when the script is over, and when the drill is: what is said, what is offered."""

import pytest
from worlds import Play
from worlds_staff import NARROW, a_desk, a_play, an_ended_play, feed, notices, opens, shown
from worlds_ui import FakeDesk, live, press, screen_text, until, until_shown

from drillkit.model.base import FACILITATOR
from drillkit.model.commands import EndDrill
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.settlement import SettlementScreen


def a_control(play: Play) -> ControlScreen:
    desk = a_desk(play)
    return ControlScreen(desk, lambda role: FakeDesk(role, play.session.entries))


def past_its_script() -> Play:
    play = a_play()
    return play.minutes(play.session.state.scenario.length // 60_000 + 1)


@pytest.mark.parametrize(("lang", "said"), [("en", "Ctrl+E ends the drill"), ("zh", "Ctrl+E")])
@live
async def test_a_script_that_is_over_is_said_with_the_key_that_ends_the_drill(
    lang: str, said: str
) -> None:
    play = past_its_script()
    control = a_control(play)
    async with shown(control, NARROW, lang) as pilot:
        await until_shown(pilot, said)
        control._redraw()
        await pilot.pause()
        assert sum(said in notice for notice in notices(pilot)) == 1
        feed(control.desk, play.do(FACILITATOR, EndDrill()))
        await opens(pilot, DebriefScreen)
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is control)
        assert not control._over.display


@live
async def test_while_the_script_goes_on_nothing_is_said_of_its_end() -> None:
    async with shown(a_control(a_play())) as pilot:
        assert "The script is over" not in screen_text(pilot.app)


@live
async def test_after_the_end_the_foot_offers_the_debrief_and_nothing_that_steers() -> None:
    control = a_control(an_ended_play())
    async with shown(control) as pilot:
        await until_shown(pilot, "l Debrief")
        foot = screen_text(pilot.app).splitlines()[-1]
        for gone in ("Start/pause", "Release", "Hold/free", "Ad hoc", "End"):
            assert gone not in foot
        await press(pilot, "m", "space", "r", "ctrl+e")
        assert pilot.app.screen is control
        await press(pilot, "l")
        await opens(pilot, DebriefScreen)


@live
async def test_the_director_who_signs_is_not_asked_who_rates() -> None:
    meeting = SettlementScreen(a_desk(an_ended_play()))
    async with shown(meeting) as pilot:
        await press(pilot, "x")
        await until_shown(pilot, "Who signs as the exercise director?")
        assert "rates" not in screen_text(pilot.app)
