"""Forecasts and reference teams on the screens: asked by a key, made elsewhere, called off."""

import asyncio
from collections.abc import Callable

from textual.pilot import Pilot
from worlds_staff import NARROW, WIDE, a_desk, a_play, an_ended_play, notices, opens, shown
from worlds_ui import FakeDesk, live, press, screen_text, title, until, until_shown

from drillkit.core.script import Refused
from drillkit.model.base import MINUTE
from drillkit.packs.profiles import PROFILES, profile
from drillkit.rehearse.among import BEST, SCORES, Among, Place, Standing
from drillkit.rehearse.forecast import Forecast, LikelyScore, Missed, Overload, StaysOpen
from drillkit.rehearse.limits import Limit
from drillkit.rehearse.tally import Crash
from drillkit.ui.screens.among import AmongScreen
from drillkit.ui.screens.ask import ChooseScreen
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.forecast import ForecastScreen

HOSTILE = "[/b][@click=app.quit]x[/] [TODO]"


def a_forecast(team: str = "average") -> Forecast:
    limit = Limit(
        "answer/alarm/act", "answer", "commander", title("Alarm", "警报"), 60, 300, "alarm"
    )
    return Forecast(
        at=15 * MINUTE,
        profile=profile(team),
        runs=199,
        scores=tuple(LikelyScore(id, 74.0, 59.5, 85.2) for id in SCORES),
        open_needs=(StaysOpen(title(HOSTILE, "柴油"), 0.57),),
        missed=(Missed(limit, title("Commander", "总指挥"), 0.83),),
        overload=Overload(title("Supplies", "物资"), 20 * MINUTE, 35 * MINUTE, 0.93, 7),
        crashes=(Crash(2, 2, "the stand-in of 'liaison' broke off"),),
    )


def an_among() -> Among:
    place = Place(200, 0.62, 0.55, 0.69, 71.0, 60.0, 82.0)
    teams = tuple(profile(name) for name in PROFILES)
    return Among(
        seed=1,
        profiles=teams,
        runs=(200, 200, 200),
        crashes=((), (), ()),
        standings=tuple(Standing(id, 74.25, (place, place, None)) for id in (*SCORES, BEST)),
    )


class FakeForesight:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.cancelled = 0
        self.fault: Refused | None = None
        self.told: Callable[[int, int], None] = lambda *_: None
        self.gate = asyncio.Event()

    def profiles(self):
        return [(name, profile(name).title) for name in PROFILES]

    async def forecast(self, team, told):
        self.asked.append(team)
        await self._wait(told)
        return a_forecast(team)

    async def among(self, assessment, told):
        self.asked.append("among")
        await self._wait(told)
        return an_among()

    async def _wait(self, told) -> None:
        self.told = told
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.fault is not None:
            raise self.fault


def a_control(play=None) -> tuple[ControlScreen, FakeForesight, FakeDesk]:
    desk, teams = a_desk(play or a_play()), FakeForesight()
    return ControlScreen(desk, FakeDesk, foresight=teams), teams, desk


async def opened(pilot: Pilot) -> None:
    await press(pilot, "i")
    await opens(pilot, ForecastScreen)


@live
async def test_a_forecast_is_made_while_the_drill_goes_on_and_writes_nothing() -> None:
    control, teams, desk = a_control()
    async with shown(control) as pilot:
        await opened(pilot)
        await until_shown(pilot, "Starting")
        teams.told(48, 200)
        await until_shown(pilot, "48 of 200 runs")
        teams.gate.set()
        await until_shown(pilot, "From 15:00 on, 199 runs by an average team.")
        text = screen_text(pilot.app)
        assert "No prophecy" in text
        assert "74.0   59.5- 85.2  Combined assessment" in text
        assert HOSTILE in text
        assert "83%  Answer: Alarm, Commander, within 5:00" in text
        assert "Supplies, 20:00 to 35:00: at work for 93 % of the time, with 7 things" in text
        assert "One run broke off, with seed 2" in text
        assert desk.sent == []


@live
async def test_it_reads_in_chinese_on_a_narrow_terminal() -> None:
    control, teams, _ = a_control()
    teams.gate.set()
    async with shown(control, NARROW, "zh") as pilot:
        await opened(pilot)
        await until_shown(pilot, "从 15:00 起，由一般水平的队伍推演 199 场。")
        text = screen_text(pilot.app)
        assert "预测不是预言" in text


@live
async def test_leaving_its_screen_leaves_it_going_and_a_notice_tells_when_it_is_there() -> None:
    control, teams, _ = a_control()
    async with shown(control) as pilot:
        await opened(pilot)
        await press(pilot, "escape")
        await opens(pilot, ControlScreen)
        teams.gate.set()
        await until(pilot, lambda: any("Press i" in one for one in notices(pilot)))
        await opened(pilot)
        await until_shown(pilot, "From 15:00 on")
        assert teams.asked == ["average"]
        await press(pilot, "r")
        await until(pilot, lambda: teams.asked == ["average", "average"])


@live
async def test_a_screen_that_is_opened_meanwhile_shows_what_comes() -> None:
    control, teams, _ = a_control()
    async with shown(control) as pilot:
        await opened(pilot)
        await press(pilot, "escape")
        await opens(pilot, ControlScreen)
        await opened(pilot)
        teams.gate.set()
        await until_shown(pilot, "From 15:00 on")
        assert teams.asked == ["average"]


@live
async def test_it_can_be_stopped_and_begun_with_another_team() -> None:
    control, teams, _ = a_control()
    async with shown(control) as pilot:
        await opened(pilot)
        await until(pilot, lambda: teams.asked)
        await press(pilot, "x")
        await until_shown(pilot, "Stopped. r begins anew.")
        await until(pilot, lambda: teams.cancelled == 1)
        teams.gate.set()
        await press(pilot, "p")
        await opens(pilot, ChooseScreen)
        await press(pilot, "down", "down", "enter")
        await until_shown(pilot, "199 runs by an untrained team")
        assert teams.asked == ["average", "untrained"]


@live
async def test_leaving_the_drill_ends_it() -> None:
    control, teams, _ = a_control()
    async with shown(control) as pilot:
        await opened(pilot)
        await until(pilot, lambda: teams.asked)
    await asyncio.sleep(0)
    assert teams.cancelled == 1


@live
async def test_lost_processes_are_a_sentence() -> None:
    control, teams, _ = a_control()
    teams.fault = Refused("simulation-lost")
    teams.gate.set()
    async with shown(control) as pilot:
        await opened(pilot)
        await until_shown(pilot, "were killed, perhaps for want of memory")


@live
async def test_there_is_no_forecast_before_the_start_nor_without_teams() -> None:
    from worlds import Play

    control, teams, _ = a_control(Play(started=False))
    async with shown(control) as pilot:
        await press(pilot, "i")
        await until(pilot, lambda: any("under way" in one for one in notices(pilot)))
        assert teams.asked == []
    bare = ControlScreen(a_desk(a_play()), FakeDesk)
    async with shown(bare) as pilot:
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, ControlScreen)
        assert "control.forecast" not in {
            active.binding.id for active in bare.active_bindings.values() if active.enabled
        }


@live
async def test_the_debrief_places_the_drill_among_teams() -> None:
    for size, lang, told in (
        (WIDE, "en", "62% (55%-69%)  of a practised team (median 71.0, 8 of 10 in 60.0-82.0)"),
        (NARROW, "zh", "的训练有素的队伍不及本次"),
    ):
        teams = FakeForesight()
        debrief = DebriefScreen(a_desk(an_ended_play()), teams)
        async with shown(debrief, size, lang) as pilot:
            await press(pilot, "w")
            await opens(pilot, AmongScreen)
            teams.told(30, 600)
            await until_shown(pilot, "30")
            teams.gate.set()
            await until_shown(pilot, told)
            await press(pilot, "escape")
            await opens(pilot, DebriefScreen)
            await press(pilot, "w")
            await until_shown(pilot, told)
            assert teams.asked == ["among"]
