"""The home screen: what can be played and gone on with, and what choosing answers."""

import pytest
from worlds_ui import HOSTILE, assert_golden, live, press, screen_text, title, until, until_shown

from drillkit.ui.app import Terminal
from drillkit.ui.screens.home import HomeChoice, HomePack, HomeScreen, HomeSession

PACKS = (
    HomePack("plant", title("Attack on the water plant", "水厂遭袭"), "sabotage", 90, 1),
    HomePack("flood", title("Riverside flood", "河畔洪水"), "natural_disaster", 120, 8),
    HomePack("grid", title("Dark city", "全城停电"), "technical_failure", 60, 5, ("en",)),
)
SESSIONS = (
    HomeSession("/drills/one.drill", title("Riverside flood", "河畔洪水"), "paused", 125_000),
    HomeSession("/drills/two.drill", title("Dark city", "全城停电"), "ended", 3_600_000),
)


async def _after(*keys, packs=PACKS, sessions=SESSIONS):
    """What the home screen answers after these keys."""
    app = Terminal(HomeScreen(packs, sessions))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.focused)
        await press(pilot, *keys)
        await until(pilot, lambda: app._exit)
    return app.return_value


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        (("enter",), HomeChoice("host", "flood")),
        (("h",), HomeChoice("host", "flood")),
        (("down", "down", "d"), HomeChoice("demo", "plant")),
        (("end", "up", "enter"), HomeChoice("resume", "/drills/one.drill")),
        (("end", "enter"), HomeChoice("debrief", "/drills/two.drill")),
        (("end", "b"), HomeChoice("debrief", "/drills/two.drill")),
        (("t",), HomeChoice("trend")),
        (("l",), HomeChoice("lessons")),
        (("ctrl+q",), None),
    ],
)
@live
async def test_choosing_answers_with_what_is_to_be_done(keys, choice):
    packs = [pack for pack in PACKS if pack.id != "grid"]
    assert await _after(*keys, packs=packs) == choice


@live
async def test_keys_that_do_not_fit_the_line_do_nothing():
    app = Terminal(HomeScreen(PACKS, SESSIONS))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.focused)
        await press(pilot, "r", "b", "end", "h", "d", "r", "home", "enter", "h")
        assert app._exit is False
        assert "Debrief" not in screen_text(app)


@live
async def test_there_is_no_trend_before_a_drill_is_over():
    app = Terminal(HomeScreen(PACKS, SESSIONS[:1]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.focused)
        await press(pilot, "t")
        assert app._exit is False
        assert "Trend" not in screen_text(app)


@live
async def test_without_any_scenario_it_says_so():
    app = Terminal(HomeScreen((), ()), "zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "这里没有情景。")
        await press(pilot, "enter", "h")
        assert app._exit is False


@live
async def test_hostile_titles_and_paths_are_shown_as_they_are():
    packs = [HomePack("x", title(HOSTILE, HOSTILE), "sabotage", 1, 1)]
    sessions = [HomeSession("/a/[b].drill", title(HOSTILE, HOSTILE), "running", 0)]
    app = Terminal(HomeScreen(packs, sessions))
    async with app.run_test(size=(120, 24)) as pilot:
        await until_shown(pilot, "[/b] [TODO] [@click=")
        assert "[b].drill" in screen_text(app)


@pytest.mark.parametrize(("name", "lang"), [("home-80-en", "en"), ("home-80-zh", "zh")])
@live
async def test_the_home_screen_reads_as_it_was_last_looked_at(name, lang):
    app = Terminal(HomeScreen(PACKS, SESSIONS), lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.focused)
        await pilot.pause()
        assert_golden(name, app)
