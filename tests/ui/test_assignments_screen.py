"""Who watches what, on the facilitator's screen: given by name, taken away, and who leads."""

import unicodedata

from worlds import Play
from worlds_staff import NARROW, a_desk, a_play, feed, notices, opens, sends, shown, types
from worlds_ui import HOSTILE, FakeDesk, live, screen_text, until, until_shown

from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import AssignTasks, Command, NameLead, TakeSeat
from drillkit.model.text import Line
from drillkit.ui.screens.assignments import AssignmentsScreen
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.dialogs import Form

ANN, BO = Line("ann"), Line("bo")


def with_evaluators(*names: Line) -> Play:
    play = a_play()
    for number, name in enumerate(names):
        play.do(EVALUATOR, TakeSeat(line=f"l{number}", person=name))
    return play


def a_screen(play: Play) -> tuple[AssignmentsScreen, FakeDesk]:
    desk = a_desk(play)
    return AssignmentsScreen(desk), desk


async def asked_for(pilot, desk: FakeDesk, play: Play, command: Command) -> None:  # type: ignore[no-untyped-def]
    """The desk has been asked for this, and it has come to pass."""
    await sends(pilot, desk, command)
    feed(desk, play.do(FACILITATOR, command))


@live
async def test_a_whole_objective_is_given_to_somebody_who_has_not_come_yet() -> None:
    play = a_play()
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await until_shown(pilot, "Nothing is assigned")
        await pilot.press("a")
        await opens(pilot, Form)
        await types(pilot, "ann")
        await pilot.press("enter")
        await asked_for(pilot, desk, play, AssignTasks(evaluator=ANN, tasks=("act", "tell")))
        await until_shown(pilot, "Every task is watched.")
        await until_shown(pilot, "ann watches 2 of 2")


@live
async def test_one_task_is_given_to_who_sits_there_and_taken_away_again() -> None:
    play = with_evaluators(ANN, BO)
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("down", "down", "enter")
        await opens(pilot, Form)
        await pilot.press("space", "ctrl+s")
        await asked_for(pilot, desk, play, AssignTasks(evaluator=ANN, tasks=("act",)))
        await until_shown(pilot, "1 task nobody watches")
        await pilot.press("a")
        await opens(pilot, Form)
        await until_shown(pilot, "[x] ann")
        await pilot.press("space", "ctrl+s")
        await asked_for(pilot, desk, play, AssignTasks(evaluator=ANN))
        await until_shown(pilot, "Nothing is assigned")


@live
async def test_an_evaluator_is_cleared_and_named_lead_from_the_list() -> None:
    play = with_evaluators(ANN, BO)
    play.do(FACILITATOR, AssignTasks(evaluator=BO, tasks=("act",)))
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("x")
        await until(pilot, lambda: notices(pilot))
        assert notices(pilot) == ["Choose an evaluator in the list first."]
        await pilot.press("2", "end", "l")
        await opens(pilot, Form)
        await pilot.press("ctrl+s")
        await asked_for(pilot, desk, play, NameLead(name=BO))
        await until_shown(pilot, "bo leads")
        await pilot.press("x")
        await asked_for(pilot, desk, play, AssignTasks(evaluator=BO))


@live
async def test_the_lead_is_named_by_name_and_taken_back() -> None:
    play = a_play()
    screen, desk = a_screen(play)
    async with shown(screen) as pilot:
        await pilot.press("l")
        await opens(pilot, Form)
        await pilot.press("tab")
        await types(pilot, "ann")
        await pilot.press("enter")
        await asked_for(pilot, desk, play, NameLead(name=ANN))
        await until_shown(pilot, "ann leads")
        await pilot.press("l")
        await opens(pilot, Form)
        await pilot.press("right", "ctrl+s")
        await asked_for(pilot, desk, play, NameLead())
        await until_shown(pilot, "nobody is named to lead")


@live
async def test_it_is_one_key_away_from_the_control_screen_and_back() -> None:
    control = ControlScreen(a_desk(a_play()), lambda _: a_desk(a_play()))
    async with shown(control) as pilot:
        await pilot.press("w")
        await opens(pilot, AssignmentsScreen)
        await until_shown(pilot, "Hold the water.")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is control)


@live
async def test_on_a_narrow_terminal_in_chinese_names_neither_harm_nor_vanish() -> None:
    play = with_evaluators(Line(HOSTILE))
    play.do(FACILITATOR, AssignTasks(evaluator=Line(HOSTILE), tasks=("act",)))
    screen, _ = a_screen(play)
    async with shown(screen, NARROW, "zh") as pilot:
        await until_shown(pilot, "有 1 项任务无人观察")
        await pilot.press("2")
        await until_shown(pilot, "[/b] [TODO] [@click=app.quit]x[/]")
        text = screen_text(pilot.app)
        assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
