"""The evaluation guide's lists: whose row it is, where the cursor stands, what has been rated."""

from worlds import Play, a_scenario
from worlds_staff import NARROW, a_desk, a_play, an_ended_play, feed, opens, shown, types
from worlds_ui import live, press, screen_text, until, until_shown

from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import (
    AcknowledgeCall,
    AssignTasks,
    EndDrill,
    JudgeConduct,
    MakeNote,
    RateDuty,
    RateTask,
    SubmitRatings,
)
from drillkit.model.text import Line, Prose
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.dialogs import Form
from drillkit.ui.screens.evaluation import EvaluationScreen, Rater


def a_guide(play: Play, rater: str = "Ann") -> EvaluationScreen:
    return EvaluationScreen(a_desk(play, EVALUATOR), Rater(rater))


def many_tasks(n: int) -> Play:
    """A drill with so many tasks that the guide is longer than the screen."""
    scenario = a_scenario()
    first = scenario.tasks[0]
    more = [first.model_copy(update={"id": f"more-{nth}"}) for nth in range(n)]
    return Play(scenario.model_copy(update={"tasks": (*scenario.tasks, *more)}))


@live
async def test_a_role_keeps_its_name_beside_the_ratings_of_many() -> None:
    play = an_ended_play()
    for name, duty in (
        ("Ann", "skilled"),
        ("Bo", "skilled"),
        ("Cy", "unclear"),
        ("Di", "adequate"),
    ):
        play.do(
            EVALUATOR, RateDuty(role="commander", rater=Line(name), duty=duty, why=Prose("Seen"))
        )
        play.do(EVALUATOR, SubmitRatings(rater=Line(name)))
    play.do(EVALUATOR, RateDuty(role="liaison", rater=Line("Ed"), duty="skilled"))
    guide = a_guide(play)
    async with shown(guide) as pilot:
        await until_shown(pilot, "  Commander ")
        await until_shown(pilot, " 2 skilled, 1 not clear, 1 less skilled")
        await until_shown(pilot, "clear, carried out with skill")
        await pilot.press("f2")
        await until_shown(pilot, "熟练 2 人")


@live
async def test_a_report_that_many_judged_alike_says_it_once() -> None:
    play = an_ended_play()
    rule = play.session.state.plan.reports[0].id
    for _ in range(9):
        play.do(EVALUATOR, JudgeConduct(rule=rule, conduct="omitted", why=Line("Not filed")))
    guide = a_guide(play)
    async with shown(guide) as pilot:
        await until_shown(pilot, "First report")
        (line,) = [one for one in screen_text(pilot.app).splitlines() if "    First report" in one]
        assert line.split("│")[0].count("omitted") == 1


@live
async def test_the_journal_is_entered_at_its_newest_entry_and_a_note_belongs_to_that() -> None:
    play = a_play()
    guide = a_guide(play)
    async with shown(guide) as pilot:
        journal, desk = guide.feeds["journal"], guide.desk
        feed(desk, play.do("liaison", AcknowledgeCall()))
        newest = play.session.entries[-1].seq
        await until(pilot, lambda: journal.chosen and journal.chosen.seq == newest)
        await press(pilot, "tab", "n")
        await opens(pilot, Form)
        await types(pilot, "late")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: desk.sent)
        (note,) = desk.sent
        assert isinstance(note, MakeNote)
        assert note.entries == (newest,)


@live
async def test_who_reads_an_older_entry_stays_there_while_new_ones_come() -> None:
    play = a_play()
    guide = a_guide(play)
    async with shown(guide) as pilot:
        journal = guide.feeds["journal"]
        await press(pilot, "tab", "up", "up")
        here = journal.chosen
        feed(guide.desk, play.do("liaison", AcknowledgeCall()))
        await until(pilot, lambda: len(guide.moment.entries) == len(play.session.entries))
        await press(pilot, "1", "tab")
        assert journal.chosen is here


@live
async def test_the_key_for_all_tasks_keeps_the_chosen_row_and_does_not_end_at_the_bottom() -> None:
    play = many_tasks(40)
    play.do(FACILITATOR, AssignTasks(evaluator=Line("Ann"), tasks=("act", "tell")))
    guide = a_guide(play)
    async with shown(guide, NARROW) as pilot:
        rows = guide.feeds["guide"]
        await press(pilot, "down", "down")
        chosen = rows.chosen
        await press(pilot, "m")
        await until_shown(pilot, "showing all 42 tasks")
        assert rows.chosen is chosen
        assert "Hold the water." in screen_text(pilot.app)
        rows.point(20)
        await press(pilot, "m")
        await until_shown(pilot, "showing your 2 of 42 tasks")
        assert "Hold the water." in screen_text(pilot.app)
        assert rows.chosen is guide.book.script.scenario.objectives[0]


@live
async def test_what_one_rated_beside_the_assigned_tasks_is_counted_apart() -> None:
    play = many_tasks(5)
    play.do(FACILITATOR, AssignTasks(evaluator=Line("Ann"), tasks=("act", "tell")))
    play.minutes(30)
    play.do(FACILITATOR, EndDrill())
    for task in ("act", "more-1", "more-2"):
        play.do(EVALUATOR, RateTask(task=task, rater=Line("Ann"), rating="P"))
    guide = a_guide(play)
    async with shown(guide) as pilot:
        await press(pilot, "m")
        await until_shown(pilot, "you rated 1 of 2 assigned to you, and 2 more")
        await until_shown(pilot, "showing all 7 tasks")
        await press(pilot, "s")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "So far you rated 1 of 2")
        await until_shown(pilot, "and 2 more.")
