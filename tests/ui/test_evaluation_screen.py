"""The evaluation guide: notes during play, ratings after it, and what happened beside what should."""

import unicodedata

from worlds import Play, a_scenario
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

from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import (
    AssignTasks,
    JudgeConduct,
    MakeNote,
    RateDuty,
    RateTask,
    ReviewPlan,
    SubmitRatings,
)
from drillkit.model.events import ResponseGiven
from drillkit.model.text import Line, Prose
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.assignments import AssignmentsScreen
from drillkit.ui.screens.dialogs import Form
from drillkit.ui.screens.evaluation import EvaluationScreen, Rater
from drillkit.ui.screens.settlement import SettlementScreen


def a_guide(play: Play, rater: str = "") -> tuple[EvaluationScreen, FakeDesk]:
    desk = a_desk(play, EVALUATOR)
    return EvaluationScreen(desk, Rater(rater)), desk


def guide_text(pilot) -> str:  # type: ignore[no-untyped-def]
    """What stands in the left column: the journal beside it may name any task."""
    return "\n".join(line[:67] for line in screen_text(pilot.app).splitlines()[:20])


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
        await pilot.press("2", "g", "down", "n")
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
        noted = next(mark.seq for mark, _ in play.session.state.notes.values())
        rated = RateTask(
            task="act",
            rater=Line("ann"),
            rating="M",
            why=Prose("slow"),
            unsafe=True,
            entries=tuple(sorted((*letter.entries, noted))),
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
        await pilot.press("right", "right", "ctrl+s")
        await until_shown(pilot, "that duties were not clear is said with a reason")
        await types(pilot, "lost")
        await pilot.press("ctrl+s")
        why = Prose("lost")
        rated = RateDuty(role="commander", rater=Line("bob"), duty="unclear", why=why)
        await sends(pilot, desk, rated)
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


@live
async def test_a_letter_that_tells_of_failure_is_not_sent_without_a_reason() -> None:
    guide, desk = a_guide(an_ended_play(), "bob")
    async with shown(guide) as pilot:
        await when_assessed(guide, pilot)
        await pilot.press("down", "down", "r")
        await opens(pilot, Form)
        await pilot.press("ctrl+s")
        await until_shown(pilot, "Say why: major challenges")
        assert desk.sent == []


def in_two_phases() -> Play:
    """The small drill, with a second phase from minute 9 on."""
    first = {
        "id": "rise",
        "title": {"en": "Rise", "zh": "上涨"},
        "at": "0s",
        "clock": "2026-07-20 13:00",
    }
    return Play(a_scenario(phase=[first, {**first, "id": "fall", "at": "9m"}]))


@live
async def test_the_tasks_that_the_running_phase_tests_are_marked() -> None:
    play = in_two_phases().minutes(8)
    guide, desk = a_guide(play)
    async with shown(guide) as pilot:
        await until_shown(pilot, "▶ Tell")
        seen = len(play.session.entries)
        play.minutes(20)
        feed(desk, tuple(play.session.entries[seen:]))
        await until_shown(pilot, "▶ 1 task is tested now")
        assert "▶ Act" in screen_text(pilot.app)


@live
async def test_a_note_on_an_entry_offers_the_task_that_it_is_evidence_for() -> None:
    play = a_play()
    guide, desk = a_guide(play)
    given = next(one.seq for one in play.session.entries if isinstance(one.event, ResponseGiven))
    async with shown(guide) as pilot:
        await pilot.press("2")
        guide.feeds["journal"].point(given)
        await pilot.press("n")
        await opens(pilot, Form)
        await until_shown(pilot, "Belongs to the task")
        await types(pilot, "firm")
        await pilot.press("ctrl+s")
        await sends(pilot, desk, MakeNote(text=Prose("firm"), task="act", entries=(given,)))


@live
async def test_an_evaluator_sees_what_is_theirs_first_and_all_of_it_with_a_key() -> None:
    play = a_play()
    play.do(FACILITATOR, AssignTasks(evaluator=Line("bob"), tasks=("act",)))
    guide, desk = a_guide(play, "bob")
    async with shown(guide) as pilot:
        await until_shown(pilot, "showing your 1 of 2 tasks")
        assert "Tell" not in guide_text(pilot)
        assert "Act" in guide_text(pilot)
        await pilot.press("m")
        await until_shown(pilot, "showing all 2 tasks")
        assert "Tell" in guide_text(pilot)
        await pilot.press("m")
        await until_shown(pilot, "showing your 1 of 2 tasks")
        changed = AssignTasks(evaluator=Line("bob"), tasks=("act", "tell"))
        feed(desk, play.do(FACILITATOR, changed))
        await until_shown(pilot, "showing your 2 of 2 tasks")
        assert notices(pilot) == ["2 tasks are assigned to you now."]
    # The journal keeps it, not the terminal.
    again = EvaluationScreen(a_desk(play, EVALUATOR), Rater("bob"))
    async with shown(again) as pilot:
        await until_shown(pilot, "showing your 2 of 2 tasks")
        await pilot.press("down", "down")
        await until_shown(pilot, "Assigned to: bob")


@live
async def test_to_whom_nothing_is_assigned_all_tasks_are_shown_and_the_key_is_not_offered() -> None:
    play = a_play()
    play.do(FACILITATOR, AssignTasks(evaluator=Line("bob"), tasks=("act",)))
    guide, _ = a_guide(play, "ann")
    async with shown(guide) as pilot:
        await until_shown(pilot, "showing all 2 tasks")
        assert "m Mine" not in screen_text(pilot.app)
        assert "nobody watches" not in screen_text(pilot.app)


@live
async def test_the_facilitator_is_told_what_nobody_watches_and_goes_to_who_watches_what() -> None:
    play = a_play()
    play.do(FACILITATOR, AssignTasks(evaluator=Line("bob"), tasks=("act",)))
    guide = EvaluationScreen(a_desk(play, FACILITATOR), Rater())
    async with shown(guide) as pilot:
        await until_shown(pilot, "1 task nobody watches")
        await pilot.press("a")
        await opens(pilot, AssignmentsScreen)


@live
async def test_ratings_are_handed_in_after_a_question_and_lead_to_the_meeting() -> None:
    play = an_ended_play()
    play.do(EVALUATOR, RateTask(task="act", rater=Line("bob"), rating="P"))
    guide, desk = a_guide(play, "bob")
    async with shown(guide) as pilot:
        await pilot.press("v")
        await until(pilot, lambda: "Hand in your own" in "".join(notices(pilot)))
        await pilot.press("s")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "So far you rated 1 of 2.")
        await pilot.press("y")
        handed_in = SubmitRatings(rater=Line("bob"))
        await sends(pilot, desk, handed_in)
        feed(desk, play.do(EVALUATOR, handed_in))
        await until_shown(pilot, "handed in: bob")
        await pilot.press("v")
        await opens(pilot, SettlementScreen)


@live
async def test_who_took_the_seat_under_a_name_is_not_asked_again() -> None:
    guide = EvaluationScreen(a_desk(an_ended_play(), EVALUATOR), Rater("Ann", is_known=True))
    async with shown(guide) as pilot:
        await when_assessed(guide, pilot)
        await pilot.press("w")
        await pilot.pause()
        assert pilot.app.screen is guide
        await pilot.press("down", "down", "r")
        await until_shown(pilot, "Rate this task")
