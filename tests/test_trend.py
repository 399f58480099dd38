"""Several drills side by side: what joins them, what keeps failing, what was seen again."""

import json
from pathlib import Path

import pytest
from report_world import Play, played
from worlds_trend import HOSTILE, a_drill, by_other_weights, in_short_form, of_others

from drillkit.model import commands as ask
from drillkit.model.base import FACILITATOR, MINUTE, Lang
from drillkit.model.text import Prose
from drillkit.report.charts import scores, sequence
from drillkit.report.charts.sequence import MOST
from drillkit.report.charts.trend import trend_chart
from drillkit.report.files import ReportExists
from drillkit.report.trend import Trend, trend_json
from drillkit.report.trend_files import export_trend, standing, trend_html, trend_svg


def test_a_short_and_a_whole_drill_are_not_joined_and_the_reason_is_said() -> None:
    trend = Trend([a_drill(0), in_short_form(a_drill(10)), in_short_form(a_drill(20))])
    assert trend.groups == ((0,), (1, 2))
    assert [one for one in trend.apart() if "the short form" in one] == trend.apart()
    assert len(trend.apart()) == 1


def test_drills_stand_in_the_order_in_which_they_began() -> None:
    trend = Trend([a_drill(30), a_drill(0)])
    assert [trend.label(place) for place in (0, 1)] == ["2027-01-01", "2027-01-31"]


def test_a_trend_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="drill"):
        Trend([])


def test_only_what_compares_is_joined_and_the_rest_is_said() -> None:
    trend = Trend([a_drill(0), by_other_weights(a_drill(10)), a_drill(20), of_others(a_drill(30))])
    assert trend.groups == ((0, 2), (1,), (3,))
    assert [sentence.partition(":")[0] for sentence in trend.apart()] == [
        "2027-01-11 does not compare with 2027-01-01",
        "2027-01-21 does not compare with 2027-01-11",
        "2027-01-31 does not compare with 2027-01-21",
    ]
    assert "weights" in trend.apart()[0]
    assert "organisation" in trend.apart()[2]


@pytest.mark.parametrize(("drills", "lines"), [("same", 6), ("apart", 0)])
def test_a_line_is_drawn_between_drills_that_compare_and_no_others(drills: str, lines: int) -> None:
    second = a_drill(10) if drills == "same" else by_other_weights(a_drill(10))
    trend = Trend([a_drill(0), second])
    known = sum(trend.scores(name)[0].final is not None for name in _NAMES)
    assert trend_chart(trend).count('class="come"') == (known if lines else 0)
    assert known


_NAMES = ("combined", "process", "result", "arrival", "supplies", "information")


@pytest.mark.parametrize(
    ("ratings", "keeps"),
    [("UU", True), ("PUU", True), ("MU", True), ("UP", False), ("UPU", False), ("U", False)],
)
def test_a_task_keeps_failing_when_it_failed_the_last_two_times(ratings: str, keeps: bool) -> None:
    trend = Trend([a_drill(day, rating=rating) for day, rating in enumerate(ratings)])
    [task] = [task for task in trend.tasks if task.task == "stop-water"]
    assert "".join(str(letter) for letter in task.letters) == ratings
    assert task.keeps_failing is keeps


def test_a_time_at_which_it_was_not_observed_does_not_break_the_row_of_failures() -> None:
    ratings = ("U", "not-observed", "M")
    trend = Trend([a_drill(day, rating=rating) for day, rating in enumerate(ratings)])
    [task] = [task for task in trend.tasks if task.task == "stop-water"]
    assert task.keeps_failing


def test_a_lesson_is_seen_again_by_its_rule_and_what_it_is_about() -> None:
    trend = Trend([a_drill(0, rating="U"), a_drill(40, rating="U")])
    again = [one for one in trend.lessons if one.rule == "deadline-missed"]
    assert again
    assert all((one.seen, one.days, one.still) == ((0, 1), 40, True) for one in again)
    assert "still there after 40 days" in standing(trend, again[0])


def test_a_lesson_that_did_not_show_again_says_since_when() -> None:
    trend = Trend([a_drill(0, rating="U"), a_drill(40, rating="P")])
    gone, *_ = [one for one in trend.lessons if one.rule == "deadline-missed" and not one.still]
    assert standing(trend, gone) == "not again since 2027-01-01"


def test_the_json_holds_the_scores_with_their_intervals() -> None:
    drill = a_drill()
    said = trend_json(Trend([drill]))
    combined = drill.assessment.combined
    assert said["drills"][0]["combined"]["lo"] == pytest.approx(combined.lo)
    assert said["drills"][0]["combined"]["grade"] == combined.grade
    json.dumps(said)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_inert_whatever_people_wrote(lang: Lang) -> None:
    page = trend_html(
        Trend([a_drill(day, rating="U", called=HOSTILE, lang=lang) for day in (0, 9)])
    )
    assert "<script" not in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page


def test_the_picture_alone_brings_its_colours() -> None:
    svg = trend_svg(Trend([a_drill()]))
    assert svg.startswith("<svg")
    assert ".chart .come" in svg


def test_files_are_written_once_and_over_only_by_force(tmp_path: Path) -> None:
    trend = Trend([a_drill()])
    written = export_trend(trend, tmp_path / "out")
    assert [path.name for path in written] == ["trend.html", "trend.svg", "trend.json"]
    before = [path.read_bytes() for path in written]
    with pytest.raises(ReportExists):
        export_trend(trend, tmp_path / "out")
    export_trend(trend, tmp_path / "out", force=True)
    assert [path.read_bytes() for path in written] == before


# -- the other new pictures ------------------------------------------------------------------------


def test_the_last_drills_mark_stands_on_the_bars_only_when_it_is_given() -> None:
    drill = played().drill()
    marked = scores(drill, {"combined": 50.0, "arrival": None})
    assert marked.count('class="last"') == 2  # on the bar, and in the legend
    assert 'class="last"' not in scores(drill)


def test_the_sequence_draws_reports_first_and_says_what_it_leaves_out() -> None:
    play = played()
    play = Play()
    play.ask(0, FACILITATOR, ask.StartDrill())
    for nth in range(MOST + 5):
        words = Prose(f"Word {nth}")
        play.ask(MINUTE + nth, "authority", ask.SendMessage(to=("commander",), text=words))
    play.ask(2 * MINUTE, "commander", ask.Arrive())
    report = ask.FileReport(rule="first-notice", elements={"what": Prose("A leak.")})
    play.ask(3 * MINUTE, "commander", report)
    picture = sequence(play.drill())
    assert f"{MOST} of {MOST + 6} are drawn" in picture
    assert picture.count("tip message") == 2 * (MOST - 1)
    assert picture.count("tip report") == 2


def test_a_sequence_of_nothing_is_no_picture() -> None:
    assert sequence(Play().drill()) == ""


def test_the_table_of_scores_stays_within_the_page() -> None:
    page = trend_html(Trend([a_drill()]))
    assert '<div class="scroll">\n<table class="scores">' in page
    assert '<th class="n fold">' in page
