"""The debrief: from the one number down to the entries, in both languages and sizes."""

import threading
import unicodedata

import pytest
from worlds import Play
from worlds_staff import (
    NARROW,
    a_desk,
    a_hostile_play,
    a_play,
    an_ended_play,
    feed,
    notices,
    opens,
    sends,
    shown,
    types,
)
from worlds_ui import FakeDesk, assert_golden, live, screen_text, until, until_shown

from drillkit.core.state import State
from drillkit.model.base import FACILITATOR
from drillkit.model.commands import Adjudicate, EndDrill
from drillkit.model.text import Line
from drillkit.ui.screens import assessed
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.dialogs import Form
from scoring.assess import assess
from scoring.assessment import Assessment


def a_debrief(play: Play) -> tuple[DebriefScreen, FakeDesk]:
    desk = a_desk(play)
    return DebriefScreen(desk), desk


@live
async def test_a_wide_terminal_shows_scores_terms_lessons_and_letters() -> None:
    debrief, _ = a_debrief(an_ended_play())
    async with shown(debrief) as pilot:
        await until_shown(pilot, "rests on 20 entries")
        assert_golden("debrief-120x40-en", pilot.app)


@live
async def test_a_narrow_terminal_shows_the_lessons_in_chinese() -> None:
    debrief, _ = a_debrief(an_ended_play())
    async with shown(debrief, NARROW, "zh") as pilot:
        await pilot.press("2")
        await pilot.pause()
        await until_shown(pilot, "记录：13")
        assert_golden("debrief-80x24-zh", pilot.app)


@live
async def test_the_language_changes_while_it_is_looked_at() -> None:
    debrief, _ = a_debrief(an_ended_play())
    async with shown(debrief, NARROW) as pilot:
        assert "Combined assessment" in screen_text(pilot.app)
        await pilot.press("f2")
        await until_shown(pilot, "综合评估")
        assert "Combined assessment" not in screen_text(pilot.app)
        await pilot.press("f2")
        await until_shown(pilot, "Combined assessment")


@live
async def test_a_term_opens_into_its_parts_and_a_leaf_leads_to_its_entries() -> None:
    debrief, _ = a_debrief(an_ended_play())
    async with shown(debrief, NARROW) as pilot:
        await pilot.press("down", "down", "enter")
        await until_shown(pilot, "▸ At the post in time")
        await pilot.press("down", "enter")
        await until_shown(pilot, "· Commander")
        await pilot.press("down", "enter")
        await until_shown(pilot, "Entry ")
        marked = [line for line in screen_text(pilot.app).splitlines() if line.startswith("▸")]
        assert any("Commander was called out." in line for line in marked)
        await pilot.press("n")
        await until_shown(pilot, "Commander is at the post.")
        # A closed term hides its parts again.
        await pilot.press("1", "home", "enter")
        await until(pilot, lambda: "At the post in time" not in screen_text(pilot.app))


@live
async def test_all_terms_open_and_close_at_once() -> None:
    debrief, _ = a_debrief(an_ended_play())
    async with shown(debrief) as pilot:
        assert "Critical task: Act" not in screen_text(pilot.app)
        await pilot.press("o", "end")
        await until_shown(pilot, "Critical task: Act")
        await pilot.press("o")
        await until(pilot, lambda: "Critical task: Act" not in screen_text(pilot.app))


@live
async def test_a_lesson_names_its_owner_its_date_and_its_entries() -> None:
    debrief, _ = a_debrief(an_ended_play())
    async with shown(debrief) as pilot:
        await pilot.press("2")
        await until_shown(pilot, "Action: Within 30 days:")
        await until_shown(pilot, "Owner: Liaison.")
        await pilot.press("enter")
        await until_shown(pilot, "Entry ")
        assert debrief.pane == "log"


@live
async def test_a_letter_says_why_it_was_suggested() -> None:
    debrief, _ = a_debrief(an_ended_play())
    async with shown(debrief) as pilot:
        await pilot.press("4", "down")
        await until_shown(pilot, "Suggested: Unable to be performed.")


@live
async def test_a_leaf_is_adjudicated_with_a_reason_and_a_sum_is_not() -> None:
    play = an_ended_play()
    debrief, desk = a_debrief(play)
    async with shown(debrief) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: "Only a leaf" in "".join(notices(pilot)))
        await pilot.press("o", *["down"] * 4, "a")
        await opens(pilot, Form)
        await pilot.press("tab")
        await types(pilot, "120")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "from 0 to 100")
        await pilot.press("backspace", "backspace")
        await types(pilot, "0")
        await pilot.press("enter")
        await types(pilot, "seen")
        await pilot.press("enter")
        set_to = Adjudicate(measure="arrival.on-time.commander", value=0.1, why=Line("seen"))
        await sends(pilot, desk, set_to)
        before = debrief.assessment
        feed(desk, play.do(FACILITATOR, set_to))
        await until(pilot, lambda: debrief.assessment is not before)
        await until_shown(pilot, "adjudicated")


def test_it_says_that_it_computes_until_the_assessment_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = threading.Event()

    def slowly(state: State) -> Assessment:
        go_on.wait(10)
        return assess(state)

    async def look() -> None:
        play = a_play()
        debrief, desk = a_debrief(play)
        async with shown(debrief) as pilot:
            monkeypatch.setattr(assessed, "assess", slowly)
            feed(desk, play.do(FACILITATOR, EndDrill()))
            await until_shown(pilot, "The drill is being assessed…")
            assert debrief.is_computing
            go_on.set()
            await until(pilot, lambda: not debrief.is_computing)
            assert "being assessed" not in screen_text(pilot.app)

    live(look)()


@live
async def test_hostile_words_neither_harm_nor_vanish() -> None:
    play = a_hostile_play()
    play.do(FACILITATOR, EndDrill())
    debrief, desk = a_debrief(play)
    async with shown(debrief, NARROW) as pilot:
        for digit in "12345":
            await pilot.press(digit, "end")
            await pilot.pause()
            text = screen_text(pilot.app)
            assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
        await pilot.press("up")
        await until_shown(pilot, "[/b] [TODO]")
        assert desk.sent == []
