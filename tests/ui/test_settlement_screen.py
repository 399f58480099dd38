"""The evaluators' meeting on screen: where they differ, settling, closing and signing."""

import unicodedata
from dataclasses import replace

from worlds import Play
from worlds_staff import NARROW, a_desk, a_play, feed, notices, opens, sends, shown, types
from worlds_ui import HOSTILE, FakeDesk, assert_golden, live, screen_text, until, until_shown

from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import (
    Adjudicate,
    CloseMeeting,
    EndDrill,
    NameLead,
    RateDuty,
    RateTask,
    ReopenReport,
    RestoreValue,
    SettleDuty,
    SettleTask,
    SignReport,
    SubmitRatings,
    TakeSeat,
)
from drillkit.model.events import Duty, Rating
from drillkit.model.text import Line, Prose
from drillkit.ui.screens.ask import AskScreen, ChooseScreen
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.dialogs import Form
from drillkit.ui.screens.settlement import SettlementScreen

GIVEN: dict[str, tuple[Rating, Rating]] = {"Ann": ("P", "S"), "Bo": ("U", "S"), "Cy": ("M", "S")}


DUTIES: dict[str, tuple[Duty, Duty]] = {
    "Ann": ("skilled", "adequate"),
    "Bo": ("unclear", "adequate"),
    "Cy": ("not-observed", "adequate"),
}


def a_meeting(
    why: str = "As I saw it.", *, handed_in: bool = True, with_duties: bool = False
) -> Play:
    """Three evaluators differ on one task, and on one role's duties, and agree on the others."""
    play = a_play().minutes(30)
    for line, name in enumerate(GIVEN):
        play.do(EVALUATOR, TakeSeat(line=f"l{line}", person=Line(name)))
    play.do(FACILITATOR, EndDrill())
    for name, letters in GIVEN.items():
        for task, rating in zip(("act", "tell"), letters, strict=True):
            rate = RateTask(task=task, rater=Line(name), rating=rating, why=Prose(why))
            play.do(EVALUATOR, rate)
    for name, duties in DUTIES.items() if with_duties else ():
        for role, duty in zip(("commander", "liaison"), duties, strict=True):
            play.do(EVALUATOR, RateDuty(role=role, rater=Line(name), duty=duty, why=Prose(why)))
    for name in GIVEN if handed_in else ("Ann",):
        play.do(EVALUATOR, SubmitRatings(rater=Line(name)))
    return play


def a_screen(
    play: Play, seat: str = EVALUATOR, name: str = "Ann"
) -> tuple[SettlementScreen, FakeDesk]:
    desk = a_desk(play, seat)
    return SettlementScreen(desk, name), desk


@live
async def test_where_the_evaluators_differ_stands_first() -> None:
    screen, _ = a_screen(a_meeting())
    async with shown(screen) as pilot:
        await until_shown(pilot, "Bo: Unable to be performed As I saw it.")
        assert_golden("settlement-120x40-en", pilot.app)


@live
async def test_on_a_narrow_terminal_in_chinese_too() -> None:
    screen, _ = a_screen(a_meeting())
    async with shown(screen, NARROW, "zh") as pilot:
        await until_shown(pilot, "按日志")
        assert_golden("settlement-80x24-zh", pilot.app)


@live
async def test_a_task_is_settled_with_a_reason_by_who_sits_there() -> None:
    play = a_meeting()
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("s")
        await opens(pilot, Form)
        # From P on to S.
        await pilot.press("right", "tab", "enter")
        await until_shown(pilot, "Give a reason")
        await types(pilot, "agreed")
        await pilot.press("enter")
        settled = SettleTask(task="act", rating="S", why=Line("agreed"), settler=Line("Ann"))
        await sends(pilot, desk, settled)
        feed(desk, play.do(EVALUATOR, settled))
        await until_shown(pilot, "Settled: Performed with some challenges. agreed (Ann)")
        await until_shown(pilot, "→ S")


@live
async def test_duties_on_which_evaluators_differ_stand_on_the_agenda_too() -> None:
    screen, _ = a_screen(a_meeting(with_duties=True))
    async with shown(screen) as pilot:
        await until_shown(pilot, "3 points")
        assert_golden("settlement-duties-120x40-en", pilot.app)


@live
async def test_duties_are_settled_with_a_reason_too() -> None:
    play = a_meeting(with_duties=True)
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("end")
        await until_shown(pilot, "Bo: not clear")
        await pilot.press("s")
        await opens(pilot, Form)
        # From what the first of them gave, with skill, on to with less skill.
        await pilot.press("right", "tab")
        await types(pilot, "agreed")
        await pilot.press("enter")
        settled = SettleDuty(
            role="commander", duty="adequate", why=Line("agreed"), settler=Line("Ann")
        )
        await sends(pilot, desk, settled)
        feed(desk, play.do(EVALUATOR, settled))
        await until_shown(pilot, "Settled: clear, carried out with less skill. agreed (Ann)")
        await until_shown(pilot, "→ limited")
        await until_shown(pilot, "2 points")
        await pilot.press("a")
        await opens(pilot, Form)
        await pilot.press("tab")
        await types(pilot, "70")
        await pilot.press("enter")
        await types(pilot, "radio")
        await pilot.press("enter")
        measure, why = "arrival.duties.commander", Line("radio")
        ruling = Adjudicate(measure=measure, value=0.7, why=why, decider=Line("Ann"))
        await sends(pilot, desk, ruling)


@live
async def test_a_value_is_set_by_adjudication() -> None:
    play = a_meeting()
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("a")
        await opens(pilot, Form)
        await pilot.press("tab", "enter")
        await types(pilot, "radio")
        await pilot.press("enter")
        await until_shown(pilot, "The value is a number from 0 to 100.")
        await types(pilot, "70")
        await pilot.press("ctrl+s")
        ruling = Adjudicate(
            measure="result.task.act", value=0.7, why=Line("radio"), decider=Line("Ann")
        )
        await sends(pilot, desk, ruling)
        feed(desk, play.do(EVALUATOR, ruling))
        await until_shown(pilot, "= 70 Ann")
        await until_shown(pilot, "Set to 70 points: radio (Ann)")


@live
async def test_a_setting_is_taken_back_or_set_to_not_observed_by_choices_that_say_so() -> None:
    play = a_meeting()
    ruling = Adjudicate(
        measure="result.task.act", value=0.7, why=Line("radio"), decider=Line("Ann")
    )
    play.do(EVALUATOR, ruling)
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("a")
        await opens(pilot, Form)
        await pilot.press("right")
        await until_shown(pilot, "“not observed”: no value, a wider interval")
        await pilot.press("right")
        await until_shown(pilot, "what was measured: takes the setting back")
        await pilot.press("tab", "tab")
        await types(pilot, "slip")
        await pilot.press("enter")
        measure, why = "result.task.act", Line("slip")
        await sends(pilot, desk, RestoreValue(measure=measure, why=why, decider=Line("Ann")))
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("a")
        await opens(pilot, Form)
        await pilot.press("right", "tab", "tab")
        await types(pilot, "dark")
        await pilot.press("enter")
        unseen = replace(ruling, value=None, why=Line("dark"))
        await sends(pilot, desk, unseen)
        feed(desk, play.do(EVALUATOR, unseen))
        await until_shown(pilot, "= ○ Ann")


@live
async def test_the_meeting_is_closed_with_who_was_there() -> None:
    screen, desk = a_screen(a_meeting())
    async with shown(screen) as pilot:
        await pilot.press("c")
        await opens(pilot, Form)
        await until_shown(pilot, "2 points have not been settled yet.")
        await until_shown(pilot, "  Tell")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "or say why they are left open; the report says so too.")
        await types(pilot, "dark")
        await pilot.press("ctrl+s")
        present = tuple(Line(name) for name in GIVEN)
        closed = CloseMeeting(present=present, left=Prose("dark"), closer=Line("Ann"))
        await sends(pilot, desk, closed)


@live
async def test_the_lead_signs_after_a_question_and_the_director_too() -> None:
    screen, desk = a_screen(a_meeting())
    async with shown(screen) as pilot:
        await pilot.press("x")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "The evaluators' meeting has not been closed.")
        await until_shown(pilot, "2 points have not been settled yet.")
        await until_shown(pilot, "Sign all the same, as lead evaluator, in the name of")
        await pilot.press("n", "x")
        await opens(pilot, AskScreen)
        assert desk.sent == []
        await pilot.press("y")
        await sends(pilot, desk, SignReport(name=Line("Ann")))
    screen, desk = a_screen(a_meeting(), FACILITATOR, "")
    async with shown(screen) as pilot:
        await pilot.press("x")
        await opens(pilot, Form)
        await types(pilot, "qian")
        await pilot.press("enter")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "as exercise director")
        await pilot.press("y")
        await sends(pilot, desk, SignReport(name=Line("qian")))


@live
async def test_nobody_signs_a_grade_that_needs_a_meeting() -> None:
    screen, desk = a_screen(a_meeting())
    async with shown(screen) as pilot:
        assert screen.assessment is not None
        object.__setattr__(screen.assessment, "pending", "result.agreement-insufficient")
        await pilot.press("x")
        await until(pilot, lambda: "too little for a final grade" in "".join(notices(pilot)))
        assert desk.sent == []


@live
async def test_who_leads_stands_beside_the_signatures_and_others_are_told_so() -> None:
    play = a_meeting()
    play.do(FACILITATOR, NameLead(name=Line("Bo")))
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await until_shown(pilot, "Lead evaluator")
        refused = "Bo leads the evaluators: only they settle, close the meeting and sign as lead."
        for press in "scx":
            await pilot.press(press)
            await until(pilot, lambda: notices(pilot))
            assert (notices(pilot), pilot.app.screen) == ([refused], screen), press
            pilot.app.clear_notifications()
        assert desk.sent == []
        await pilot.press("a")
        await until(pilot, lambda: notices(pilot))
        only = "Bo leads the evaluators: only they and the exercise director set values."
        assert (notices(pilot), pilot.app.screen) == ([only], screen)
        await pilot.press("3", "end", "up", "up", "up")
        await until_shown(pilot, "Only the lead evaluator settles")


@live
async def test_a_signed_report_can_be_opened_again() -> None:
    play = a_meeting()
    play.do(FACILITATOR, NameLead(name=Line("Ann")))
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("o")
        feed(desk, play.do(EVALUATOR, SignReport(name=Line("Ann"))))
        await until_shown(pilot, "Ann, 1970-01-01 00:")
        assert pilot.app.screen is screen
        await pilot.press("o")
        await opens(pilot, Form)
        await types(pilot, "late")
        await pilot.press("enter")
        await sends(pilot, desk, ReopenReport(why=Line("late")))
        feed(desk, play.do(EVALUATOR, ReopenReport(why=Line("late"))))
        await until_shown(pilot, "Opened again")
        await pilot.press("3", "end", "up", "up")
        await until_shown(pilot, "No longer valid as signatures: Ann. Reason: late")


@live
async def test_the_facilitator_hands_in_for_who_has_gone() -> None:
    screen, desk = a_screen(a_meeting(handed_in=False), FACILITATOR, "")
    async with shown(screen) as pilot:
        await pilot.press("h")
        await opens(pilot, ChooseScreen)
        await pilot.press("enter")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "Hand in the ratings of Bo as they are?")
        await pilot.press("y")
        await sends(pilot, desk, SubmitRatings(rater=Line("Bo")))
    screen, desk = a_screen(a_meeting(handed_in=False))
    async with shown(screen) as pilot:
        await pilot.press("h")
        await pilot.pause()
        assert pilot.app.screen is screen


@live
async def test_the_debrief_leads_to_the_meeting() -> None:
    debrief = DebriefScreen(a_desk(a_meeting()))
    async with shown(debrief) as pilot:
        await pilot.press("m")
        await opens(pilot, SettlementScreen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is debrief)


@live
async def test_hostile_reasons_neither_harm_nor_vanish() -> None:
    screen, _ = a_screen(a_meeting(HOSTILE))
    async with shown(screen) as pilot:
        await until_shown(pilot, "[/b] [TODO] [@click=app.quit]x[/]")
        text = screen_text(pilot.app)
        assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
