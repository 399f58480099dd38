"""The home screen: what can be played and gone on with, and what choosing answers."""

import threading

import pytest
from worlds_ui import (
    HOSTILE,
    assert_golden,
    live,
    press,
    screen_text,
    text,
    title,
    until,
    until_shown,
)

from drillkit.model.card import Card, Played, Seat
from drillkit.ui.app import Terminal
from drillkit.ui.screens.home import (
    HomeBroken,
    HomeChoice,
    HomeResults,
    HomeScreen,
    HomeSession,
)
from drillkit.ui.widgets.pane import Details

MEDICAL, PRESS = title("Medical lead", "医疗负责人"), title("Spokesperson", "新闻发言人")


def a_card(id, named, family, minutes, **more):
    given = {
        "where": id,
        "grade": 2,
        "summary": text(f"The story of {id}.", f"{id} 的经过。"),
        "injects": 12,
        "roles": (Seat("medical", MEDICAL), Seat("press", PRESS)),
        "objectives": (text("Nobody is left behind.", "一个都不落下。"),),
        "capabilities": (title("Medical care", "医疗救护"), title("Public warning", "公众预警")),
    }
    return Card(id=id, title=named, family=family, minutes=minutes, **(given | more))


PACKS = (
    a_card(
        "plant",
        title("Attack on the water plant", "水厂遭袭"),
        "sabotage",
        90,
        roles=(Seat("press", PRESS),),
    ),
    a_card("flood", title("Riverside flood", "河畔洪水"), "natural_disaster", 120),
    a_card(
        "grid",
        title("Dark city", "全城停电"),
        "technical_failure",
        60,
        languages=("en",),
        injects=1,
    ),
)
RESULTS = HomeResults("flood", (Played("b", "2026-05-02", 82.84), Played("a", "2025-11-30", None)))
OURS = a_card(
    "ours",
    title("Our flood", "我院内涝"),
    "natural_disaster",
    45,
    where="/packs/ours",
    origin="folder",
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
        (("s",), HomeChoice("short", "flood")),
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
    packs = [a_card("x", title(HOSTILE, HOSTILE), "sabotage", 1, summary=text(HOSTILE, HOSTILE))]
    sessions = [HomeSession("/a/[b].drill", title(HOSTILE, HOSTILE), "running", 0)]
    app = Terminal(HomeScreen(packs, sessions))
    async with app.run_test(size=(120, 24)) as pilot:
        await until_shown(pilot, "[/b] [TODO] [@click=")
        assert "[b].drill" in screen_text(app)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("flood", ["flood", "one.drill"]),
        ("FLOOD river", ["flood", "one.drill"]),
        ("洪水", ["flood", "one.drill"]),
        ("flood 洪水", ["flood", "one.drill"]),
        ("ｍedical", ["flood", "plant", "grid"]),
        ("医疗负责人", ["flood", "grid"]),
        ("left behind", ["flood", "plant", "grid"]),
        ("sabotage", ["plant"]),
        ("人为破坏", ["plant"]),
        ("two.drill", ["two.drill"]),
        ("side", []),
        ("flood plant", []),
    ],
)
@live
async def test_words_find_what_holds_all_of_them_in_either_language(words, found):
    app = Terminal(HomeScreen(PACKS, SESSIONS))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.focused)
        await press(pilot, "slash", f"={words}", "enter")
        rows = [row for row in screen_text(app).split("───")[0].splitlines() if row[:2] == "  "]
        names = {
            "Riverside flood  one": "one.drill",
            "Dark city  two": "two.drill",
            "Riverside flood": "flood",
            "Attack": "plant",
            "Dark city": "grid",
        }
        listed = [next(id for name, id in names.items() if name in row) for row in rows]
        assert listed == found
        assert ("No scenario or drill holds all of that" in screen_text(app)) == (not found)
        await press(pilot, "escape")
        await until_shown(pilot, "Dark city")
        assert "of 5" not in screen_text(app)


@live
async def test_typing_narrows_the_list_letter_by_letter_and_enter_chooses():
    app = Terminal(HomeScreen(PACKS, SESSIONS))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.focused)
        await press(pilot, "slash", "p", "l", "a")
        await until_shown(pilot, "1 of 5")
        assert app._exit is False  # letters are letters here, not keys of the screen
        await press(pilot, "down", "h")
        await until(pilot, lambda: app._exit)
    assert app.return_value == HomeChoice("host", "plant")


@live
async def test_the_details_say_what_a_pack_is_about_and_are_read_by_keyboard():
    app = Terminal(HomeScreen(PACKS, SESSIONS, lambda: iter([RESULTS])))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "last 82.8")
        said = screen_text(app)
        for part in (
            "flood · natural disaster · English 中文",
            "The story of flood.",
            "Exercises: Medical care, Public warning",
            "82.8 on 2026-05-02, – on 2025-11-30",
            "Medical lead, Spokesperson",
            "Nobody is left behind.",
        ):
            assert part in said
        await press(pilot, "v")
        assert isinstance(app.focused, Details)
        await press(pilot, "v", "down", "down")
        await until_shown(pilot, "The story of plant.")
        assert "Not played yet on this machine" in screen_text(app)
        await press(pilot, "v", "escape")
        assert not isinstance(app.focused, Details)


@live
async def test_what_is_found_later_joins_the_list_and_the_cursor_stays_where_it_is():
    app = Terminal(HomeScreen(PACKS, SESSIONS, lambda: iter([OURS, HomeBroken("/packs/bad")])))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "folder · 45 min")
        await until_shown(pilot, "/packs/bad cannot be played")
        await press(pilot, "slash", "=ours", "enter", "enter")
        await until(pilot, lambda: app._exit)
    assert app.return_value == HomeChoice("host", "/packs/ours")


@live
async def test_who_leaves_does_not_wait_for_what_is_still_looked_for():
    going_on, asked = threading.Event(), list[str]()

    def news():
        for number in range(3):
            asked.append(f"ours-{number}")
            assert going_on.wait(30)
            yield OURS

    app = Terminal(HomeScreen(PACKS, (), news))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: asked)
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: app._exit)
        app.screen.workers.cancel_all()
        going_on.set()
    assert asked == ["ours-0"]
    assert app.return_value is None


@pytest.mark.parametrize(("name", "lang"), [("home-80-en", "en"), ("home-80-zh", "zh")])
@live
async def test_the_home_screen_reads_as_it_was_last_looked_at(name, lang):
    app = Terminal(HomeScreen(PACKS, SESSIONS, lambda: iter([RESULTS, OURS])), lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "45 " in screen_text(app))
        await pilot.pause()
        assert_golden(name, app)


@live
async def test_a_search_reads_as_it_was_last_looked_at():
    app = Terminal(HomeScreen(PACKS, SESSIONS, lambda: iter([RESULTS])), "zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "上次 82.8")
        await press(pilot, "slash", "=医疗 flood")
        await until_shown(pilot, "1 / 5")
        assert_golden("home-search-80-zh", app)
