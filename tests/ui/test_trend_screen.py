"""The trend on a screen: scores with intervals, failing tasks, lessons by age, and where they go."""

import unicodedata
from pathlib import Path

import pytest
from worlds_lessons import a_lesson, a_register, a_sighting
from worlds_result import two
from worlds_scoring import weights
from worlds_trend import a_drill, by_other_weights
from worlds_ui import HOSTILE, assert_golden, live, press, screen_text, title, until, until_shown

from drillkit.cli.trend_screen import view
from drillkit.lessons.register import Register
from drillkit.model.base import MINUTE, Text
from drillkit.model.text import Prose
from drillkit.ui.app import Terminal
from drillkit.ui.screens.trend import (
    TrendChoice,
    TrendDrill,
    TrendLesson,
    TrendMark,
    TrendScreen,
    TrendTask,
    TrendView,
)

SCORES = ("result.combined", "score.arrival")
CUTOFFS = weights().cutoffs


def _text(en: str, zh: str) -> Text:
    return Text(en=Prose(en), zh=Prose(zh))


def _drill(path: str, label: str, *marks: TrendMark) -> TrendDrill:
    return TrendDrill(path, label, title("Riverside flood", "河畔洪水"), marks, CUTOFFS)


def a_view(**more: object) -> TrendView:
    """Two drills, a task that keeps failing, an overdue lesson and one that is not from here."""
    said = {
        "drills": (
            _drill(
                "/drills/one.drill",
                "2027-01-01",
                TrendMark(68.7, 60.0, 75.4, "fair"),
                TrendMark(None, 0.0, 100.0, None),
            ),
            _drill(
                "/drills/two.drill",
                "2027-02-20",
                TrendMark(85.6, 81.5, 86.2, "good"),
                TrendMark(96.9, 72.6, 97.6, "excellent"),
            ),
        ),
        "scores": SCORES,
        "tasks": (
            TrendTask(
                _text("Set the level", "确定级别"), ("U", "M"), True, "/drills/two.drill", MINUTE
            ),
            TrendTask(_text("Stop surgery", "停止手术"), ("U", "S"), False, "/drills/one.drill", 0),
        ),
        "lessons": (
            TrendLesson(a_lesson(), 40, is_overdue=True, path="/drills/one.drill", at=5_000),
            TrendLesson(a_lesson(id="free", due=""), None, is_overdue=False),
        ),
        "on": "2027-02-20",
        **more,
    }
    return TrendView(**said)


async def _after(*keys: str, shown: TrendView | None = None) -> object:
    """What the screen answers after these keys."""
    app = Terminal(TrendScreen(shown or a_view()))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.focused)
        await press(pilot, *keys)
        await until(pilot, lambda: app._exit)
    return app.return_value


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        (("down", "enter"), TrendChoice("debrief", "/drills/one.drill")),
        (("down", "down", "p"), TrendChoice("replay", "/drills/two.drill")),
        (("2", "p"), TrendChoice("replay", "/drills/two.drill", MINUTE)),
        (("2", "down", "b"), TrendChoice("debrief", "/drills/one.drill")),
        (("3", "enter"), TrendChoice("debrief", "/drills/one.drill", 5_000)),
        (("3", "down", "p", "escape"), None),
        (("enter", "p", "escape"), None),
        (("ctrl+q",), None),
    ],
)
@live
async def test_a_key_leads_to_the_drill_that_shows_it(keys, choice):
    assert await _after(*keys) == choice


@live
async def test_a_wide_terminal_shows_scores_tasks_and_lessons_at_once():
    app = Terminal(TrendScreen(a_view(left_out=1)))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "Key post taken late")
        shown = screen_text(app)
        for part in (
            "1 drill that does not compare is left out",
            "85.6   82–86  +16.9",
            "! Set the level",
            "U M",
            "40 days",
        ):
            assert part in shown
        # What was not observed in one of them has no step to the other.
        assert "96.9   73–98\n" in "\n".join(line[:60].rstrip() for line in shown.splitlines())
        await press(pilot, "3")
        await until_shown(pilot, "due: 2027-02-15, overdue")
        await press(pilot, "down")
        await until_shown(pilot, "due: no due date")


@live
async def test_the_trend_in_chinese_reads_as_it_was_last_looked_at():
    app = Terminal(TrendScreen(a_view()), "zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.focused)
        await pilot.pause()
        assert_golden("trend-80-zh", app)


@live
async def test_the_language_changes_while_it_is_looked_at():
    app = Terminal(TrendScreen(a_view()))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "f2")
        await until_shown(pilot, "确定级别")
        await until_shown(pilot, "反复未完成")


@live
async def test_hostile_words_and_an_empty_register_neither_harm_nor_vanish():
    task = TrendTask(_text(HOSTILE, HOSTILE), ("U", None), False, "", 0)
    lesson = TrendLesson(a_lesson(title=two(HOSTILE)), 1, is_overdue=False)
    for lessons in ((lesson,), ()):
        app = Terminal(TrendScreen(a_view(tasks=(task,), lessons=lessons)))
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "2")
            await until_shown(pilot, "[/b] [TODO] [@click=")
            text = screen_text(app)
            assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
            if not lessons:
                assert "No lesson stands in the register." in text


@live
async def test_files_of_the_register_that_are_no_lessons_are_told():
    app = Terminal(TrendScreen(a_view(strange=2)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "2 files could not be read.")


# -- what is shown ---------------------------------------------------------------------------------


def test_the_view_holds_the_drills_like_the_latest_and_where_each_thing_was_seen(tmp_path: Path):
    first, second = a_drill(0, rating="U"), a_drill(40, rating="U")
    drills = {"a": second, "b": by_other_weights(a_drill(10)), "c": first}
    session = first.state.opened.session
    here = a_sighting(session, f"{first.began:%Y-%m-%d %H:%M}") | {"entries": [0, 3]}
    a_register(tmp_path, a_lesson(drill=[here]), a_lesson(id="elsewhere"))
    (tmp_path / "bad.toml").write_text("level = 3", encoding="utf-8")
    shown = view(drills, Register(tmp_path), None)
    assert [one.path for one in shown.drills] == ["c", "a"]
    assert (shown.left_out, shown.strange, shown.on) == (1, 1, "2027-02-10")
    [task] = [one for one in shown.tasks if one.keeps_failing and one.letters == ("U", "U")][:1]
    assert task.path == "a"
    where = {one.lesson.id: (one.path, one.at) for one in shown.lessons}
    assert where == {
        "elsewhere": ("", 0),
        "late-key-role-medic": ("c", first.entries[3].at),
    }


def test_the_view_is_of_the_day_that_is_asked_for(tmp_path: Path):
    a_register(tmp_path, a_lesson())
    [lesson] = view({"a": a_drill()}, Register(tmp_path), "2027-02-20").lessons
    assert (lesson.days, lesson.is_overdue) == (40, True)
