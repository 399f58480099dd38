"""A score held down by a limit: wherever it stands, what it was before stands beside it."""

from pathlib import Path

from worlds_staff import NARROW, a_capped_play, a_desk, shown
from worlds_trend import a_drill
from worlds_ui import live, screen_text, until_shown

from drillkit.cli.trend import _score
from drillkit.cli.trend_screen import view
from drillkit.lessons.register import Register
from drillkit.model.base import Lang
from drillkit.report import Drill
from drillkit.report.html import document_html
from drillkit.report.sections import after_action
from drillkit.report.trend import Trend
from drillkit.report.trend_files import trend_html
from drillkit.ui.app import Terminal
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.trend import TrendScreen
from scoring.assess import assess


def a_capped_drill(lang: Lang = "en") -> Drill:
    play = a_capped_play()
    state = play.session.state
    return Drill(state, play.session.entries, assess(state), "0" * 64, lang)


@live
async def test_the_debrief_sets_a_capped_score_apart_from_its_interval() -> None:
    async with shown(DebriefScreen(a_desk(a_capped_play()))) as pilot:
        head = screen_text(pilot.app).splitlines()[1]
        assert "59.0 (87.7 before the limit; 80.6–88.7) Poor" in head
        assert "between" not in head
        await until_shown(pilot, "87.7 before the limit; 81–89")
        await until_shown(pilot, "▾ Combined assessment ▾59.0")


@live
async def test_the_debrief_says_it_in_chinese_on_a_narrow_terminal() -> None:
    async with shown(DebriefScreen(a_desk(a_capped_play())), NARROW, "zh") as pilot:
        await until_shown(pilot, "59.0（上限前 87.7；80.6–88.7）")
        await pilot.press("3")
        await until_shown(pilot, "上限前 87.7；81–89")


@live
async def test_the_details_of_a_capped_score_say_its_interval_and_coverage() -> None:
    async with shown(DebriefScreen(a_desk(a_capped_play()))) as pilot:
        await pilot.press("3")
        await until_shown(pilot, "Combined assessment 59.0 (87.7 before the limit; 80.6–88.7)  92%")


@live
async def test_the_facilitators_scores_say_what_a_limit_held_down() -> None:
    desk = a_desk(a_capped_play())
    async with shown(ControlScreen(desk, lambda _: desk)) as pilot:
        await until_shown(pilot, "87.7 before the limit; 81–89")


def test_the_report_says_what_a_capped_score_was_before_the_limit() -> None:
    page = document_html(after_action(a_capped_drill()))
    assert "Measured 87.7 before the limit; 80.6–88.7, coverage" in page
    assert '<td class="n">87.7 before the limit; 80.6–88.7</td>' in page


def test_the_trend_says_what_a_capped_score_was_before_the_limit() -> None:
    drill = a_capped_drill()
    trend = Trend([drill])
    assert _score(trend, drill.assessment.combined) == "59.0\n87.7 before the limit\n81-89 92%"
    assert "87.7 before the limit<br><span>80.6–88.7</span>" in trend_html(trend)
    assert "before the limit" not in trend_html(Trend([a_drill()]))


@live
async def test_the_trends_screen_marks_what_a_limit_held_down(tmp_path: Path) -> None:
    app = Terminal(TrendScreen(view({"a.drill": a_capped_drill()}, Register(tmp_path), None)))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "▾59.0")
        await pilot.press("down")
        await until_shown(pilot, "Combined assessment 59.0 (87.7 before the limit; 80.6–88.7)")


@live
async def test_the_head_is_read_to_its_end_when_the_evaluators_must_meet() -> None:
    debrief = DebriefScreen(a_desk(a_capped_play()))
    async with shown(debrief) as pilot:
        object.__setattr__(debrief.assessment, "pending", "result.agreement-insufficient")
        debrief.draw()
        await until_shown(pilot, "second opinion (fuzzy): Good, 85.8")
