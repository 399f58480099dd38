"""The evaluation guide: notes during play, ratings after it, and what happened beside what should."""

import unicodedata

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

from drillkit.model.base import EVALUATOR
from drillkit.model.commands import JudgeConduct, MakeNote, RateDuty, RateTask, ReviewPlan
from drillkit.model.text import Line, Prose
from drillkit.ui.screens.dialogs import Form
from drillkit.ui.screens.evaluation import EvaluationScreen, Rater


def a_guide(play: Play, rater: str = "") -> tuple[EvaluationScreen, FakeDesk]:
    desk = a_desk(play, EVALUATOR)
    return EvaluationScreen(desk, Rater(rater)), desk


async def when_assessed(screen: EvaluationScreen, pilot) -> None:  # type: ignore[no-untyped-def]
    await until(pilot, lambda: not screen.is_computing)


@live
async def test_the_guide_puts_what_happened_beside_what_was_expected() -> None:
    guide, _ = a_guide(an_ended_play())
    async with shown(guide) as pilot:
        await when_assessed(guide, pilot)
        await pilot.press("down", "down")
        await until_shown(pilot, "Suggested: Unable")
        assert_golden("evaluation-120x40-en", pilot.app)


@live
async def test_no_letter_is_suggested_before_the_end() -> None:
    guide, _ = a_guide(a_play())
    async with shown(guide, NARROW, "zh") as pilot:
        await pilot.press("down", "down")
        await until_shown(pilot, "3:20 完成，用时 1:20")
        assert "建议等级" not in screen_text(pilot.app)
        assert guide.assessment is None


@live
async def test_a_note_belongs_to_the_chosen_task_or_entry() -> None:
    guide, desk = a_guide(a_play())
    async with shown(guide) as pilot:
        await pilot.press("down", "down", "n")
        await opens(pilot, Form)
        await types(pilot, "well")
        await pilot.press("ctrl+s")
        await sends(pilot, desk, MakeNote(text=Prose("well"), task="act"))
        await pilot.press("2", "down", "n")
        await opens(pilot, Form)
        await pilot.press("ctrl+s")
        await until_shown(pilot, "There is nothing in it yet")
        await types(pilot, "odd")
        await pilot.press("ctrl+s")
        await sends(pilot, desk, MakeNote(text=Prose("odd"), entries=(1,)))


@live
async def test_a_rating_waits_for_the_end() -> None:
    guide, desk = a_guide(a_play())
    async with shown(guide) as pilot:
        await pilot.press("down", "down", "r")
        await until(pilot, lambda: notices(pilot))
        assert notices(pilot) == ["Ratings are given after the end; make a note now."]
        assert desk.sent == []


@live
async def test_the_name_of_who_rates_is_asked_once() -> None:
    play = an_ended_play()
    guide, desk = a_guide(play)
    async with shown(guide) as pilot:
        await when_assessed(guide, pilot)
        await pilot.press("down", "down", "r")
        await opens(pilot, Form)
        await pilot.press("enter")
        await until_shown(pilot, "Give your name")
        await types(pilot, "ann")
        await pilot.press("enter")
        await until_shown(pilot, "Rate this task")
        # The suggested letter U, one step back: M; the reason; the second of the grave things.
        await pilot.press("left", "tab")
        await types(pilot, "slow")
        await pilot.press("tab", "down", "space", "ctrl+s")
        letter = guide.assessment.objectives[0].tasks[0] if guide.assessment else None
        assert letter is not None
        assert letter.suggested == "U"
        rated = RateTask(
            task="act",
            rater=Line("ann"),
            rating="M",
            why=Prose("slow"),
            unsafe=True,
            entries=letter.entries,
        )
        await sends(pilot, desk, rated)
        feed(desk, play.do(EVALUATOR, rated))
        await until_shown(pilot, "ann: Performed with major challenges slow")
        await pilot.press("down", "r")
        await until_shown(pilot, "Rate this task")


@live
async def test_duties_reports_and_the_plan_are_judged() -> None:
    guide, desk = a_guide(an_ended_play(), "bob")
    async with shown(guide) as pilot:
        await when_assessed(guide, pilot)
        await pilot.press("home", *["down"] * 5, "enter")
        await until_shown(pilot, "know and do its duties?")
        await pilot.press("right", "ctrl+s")
        await sends(pilot, desk, RateDuty(role="commander", rater=Line("bob"), duty="adequate"))
        await pilot.press(*["down"] * 4, "r")
        await until_shown(pilot, "How was this report made?")
        await pilot.press("right", "tab")
        await types(pilot, "none")
        await pilot.press("enter")
        omitted = JudgeConduct(rule="first-report", conduct="omitted", why=Line("none"))
        await sends(pilot, desk, omitted)
        await pilot.press("end", "r")
        await until_shown(pilot, "Review the plan")
        await pilot.press("tab", "right", "ctrl+s")
        await sends(pilot, desk, ReviewPlan(suitability="full", sufficiency="mostly"))
        await pilot.press("home", "r")
        await until(pilot, lambda: "Choose a task" in "".join(notices(pilot)))


@live
async def test_hostile_notes_neither_harm_nor_vanish() -> None:
    guide, desk = a_guide(a_hostile_play())
    async with shown(guide, NARROW) as pilot:
        await pilot.press("down", "down")
        await pilot.press("3", "end")
        await until_shown(pilot, "[/b] [TODO] [@click=app.quit]x[/]")
        text = screen_text(pilot.app)
        assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
        assert desk.sent == []


@live
async def test_an_evaluator_has_nowhere_to_leave_to() -> None:
    guide, _ = a_guide(a_play())
    async with shown(guide) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is guide
