"""The trend with the register of lessons: in the text, on the page, for programs, as a picture."""

import json
from pathlib import Path

import pytest
from worlds_lessons import a_lesson, a_register
from worlds_result import two
from worlds_trend import HOSTILE, a_drill

from drillkit.cli import main
from drillkit.lessons.standing import Standing, stand
from drillkit.model.base import LANGS, Lang
from drillkit.report.charts.register import register_chart
from drillkit.report.trend import Trend, trend_json
from drillkit.report.trend_files import age, due, trend_html

LESSONS = (
    a_lesson(),
    a_lesson("verified", id="done"),
    a_lesson("rejected", id="no", step=[{"to": "identified", "on": "2027-01-02", "by": "S"}]),
    a_lesson(id="free", due="", step=[{"to": "identified", "on": "2027-03-02", "by": "S"}]),
)


def a_trend(register: Standing | None, lang: Lang = "en") -> Trend:
    return Trend([a_drill(day, lang=lang) for day in (0, 50)], register)


def test_programs_get_counts_ages_and_the_days_to_close() -> None:
    said = trend_json(a_trend(stand(LESSONS, "2027-02-20")))["register"]
    assert said["counts"]["verified"] == 1
    assert said["overdue"] == 1
    assert [(one["id"], one["days"], one["due"]) for one in said["open"]] == [
        ("late-key-role-medic", 40, "2027-02-15"),
        ("free", None, None),
    ]
    assert said["days_to_close"] == {"median": 4, "least": 4, "most": 4, "n": 1}
    json.dumps(said)


def test_without_a_register_nothing_is_said_of_one() -> None:
    assert trend_json(a_trend(None))["register"] is None
    assert "register of lessons" not in trend_html(a_trend(None)).partition("<body>")[2]
    assert register_chart(a_trend(None)) == ""


def test_a_lesson_without_a_date_says_so() -> None:
    found = stand(LESSONS, "2027-02-20")
    trend = a_trend(found)
    free = found.waiting[-1]
    assert (age(trend, free), due(trend, free)) == ("identified after that day", "no due date")


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_holds_every_lesson_and_is_inert(lang: Lang) -> None:
    hostile = a_lesson(id="x", title=two(HOSTILE))
    page = trend_html(a_trend(stand((*LESSONS, hostile), "2027-02-20"), lang))
    assert "<script" not in page
    assert "2027-02-15" in page
    assert page.count("<svg") == 2


def test_the_picture_is_drawn_where_time_passed_and_not_of_a_single_day() -> None:
    assert register_chart(a_trend(stand(LESSONS, "2027-02-20"))).count('class="limit"') == 3
    assert register_chart(a_trend(stand(LESSONS[:1], "2027-02-20"))) == ""
    assert register_chart(a_trend(stand((), "2027-02-20"))) == ""


def test_an_empty_register_says_so() -> None:
    assert "No lesson stands in the register." in trend_html(a_trend(stand((), "2027-02-20")))


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", "--headless", "--on", "2027-02-20", "--to", str(folder)]) == 0
    return folder / "demo.drill"


def test_the_command_reads_the_register_and_takes_the_day_of_the_latest_drill(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_register(tmp_path, *LESSONS)
    assert main(["trend", str(drill), "--lessons", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "The register of lessons on 2027-02-20" in said
    assert "2 identified, 0 agreed, 0 implemented, 1 verified (learned), 1 rejected" in said
    assert "1 is past its due date." in said
    assert "40 days" in said
    assert "2027-02-15, overdue" in said
    assert main(["trend", str(drill), "--lessons", str(tmp_path), "--on", "2027-03-03"]) == 0
    assert "51 days" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lessons", "BAD"), "late-key-role-medic.toml:2:"),
        (("--on", "2027-1-1"), "2027-1-1 is not a date"),
    ],
)
def test_a_slip_is_a_sentence_with_its_place_and_nothing_is_written(
    drill: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, str],
    told: str,
) -> None:
    folder = tmp_path / "register"
    a_register(folder, a_lesson())
    if "BAD" in words:
        path = folder / "late-key-role-medic.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"corrective"', '"grave"'), encoding="utf-8")
    said = [word.replace("BAD", str(folder)) for word in words]
    assert main(["trend", str(drill), *said, "--to", str(tmp_path / "out")]) == 1
    out, err = capsys.readouterr()
    assert told in err.splitlines()[0]
    assert out == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("lang", "told"), [("en", "needs a terminal"), ("zh", "需要终端")])
def test_a_screen_without_a_terminal_is_a_sentence(
    drill: Path, capsys: pytest.CaptureFixture[str], lang: str, told: str
) -> None:
    assert main(["trend", "--screen", str(drill), "--lang", lang]) == 1
    assert told in capsys.readouterr().err
