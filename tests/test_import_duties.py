"""Marks, duties and handing in: what an evaluation guide brings beside letters and reasons."""

import io
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from worlds_guide import Filled, a_finished_drill

from drillkit.cli import main
from drillkit.core.fold import fold
from drillkit.core.state import State
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.base import EVALUATOR, LANGS
from drillkit.model.commands import RateTask, SubmitRatings
from drillkit.model.events import DutyRated, RatingsSubmitted, TaskRated
from drillkit.model.text import Line, Prose
from drillkit.session import Session


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_finished_drill(tmp_path_factory.mktemp("played") / "calm.drill")


@pytest.fixture
def drill(played: Path, tmp_path: Path) -> Path:
    """A drill that the test may write into."""
    return Path(shutil.copy(played, tmp_path))


@pytest.fixture
def back(tmp_path: Path) -> Path:
    return tmp_path / "back.xlsx"


def events(drill: Path, kind: type) -> list:
    with closing(SqliteJournal.open(drill, write=False)) as journal:
        return [entry.event for entry in journal.read() if isinstance(entry.event, kind)]


def state_of(drill: Path) -> State:
    with closing(SqliteJournal.open(drill, write=False)) as journal:
        return fold(journal.read())


def taken(drill: Path, back: Path, *more: str, lang: str = "en") -> int:
    return main(["import", str(back), "--into", str(drill), "--yes", "--lang", lang, *more])


def told(drill: Path, back: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    taken(drill, back)
    return capsys.readouterr().err.splitlines()


def flags(drill: Path) -> list[tuple[str, bool, bool, bool]]:
    return [
        (one.task, one.harmed, one.unsafe, one.noncompliant) for one in events(drill, TaskRated)
    ]


def duties(drill: Path) -> list[tuple[str, str, str]]:
    return [(one.rater, one.role, one.duty) for one in events(drill, DutyRated)]


# -- marks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_marks_beside_a_rating_say_what_made_it_grave(lang, drill, back, capsys):
    guide = Filled(drill, lang).by("Lin").rated(0, "M", "No deputy").marked(0, "unsafe")
    guide.marked(0, "noncompliant", "√").rated(1, "S").save(back)
    assert told(drill, back, capsys) == []
    assert flags(drill) == [("act", False, True, True), ("tell", False, False, False)]


@pytest.mark.parametrize("mark", ["✓", "✔", "✔️", "☑", "√", "x", "X", "Ｘ", "×", True])
def test_whatever_people_tick_with_is_a_mark(mark, drill, back, capsys):
    Filled(drill).by("Lin").rated(0, "S").marked(0, "harmed", mark).save(back)
    assert told(drill, back, capsys) == []
    assert flags(drill) == [("act", True, False, False)]


@pytest.mark.parametrize("mark", ["", " ", None, False])
def test_an_empty_cell_or_an_empty_box_is_no_mark(mark, drill, back, capsys):
    Filled(drill).by("Lin").rated(0, "S").marked(0, "harmed", mark).save(back)
    assert told(drill, back, capsys) == []
    assert flags(drill) == [("act", False, False, False)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("the truck was late", "“the truck was late” is no mark: choose ✓ from the list"),
        ("no", "“no” is no mark"),
        (1, "“1” is no mark"),
        ("=TRUE()", "a formula stands here"),
    ],
)
def test_what_is_no_mark_is_named_by_its_cell_and_the_line_is_left(
    *, value, said, drill, back, capsys
):
    guide = Filled(drill).by("Lin").rated(0, "S").rated(1, "P")
    guide.marked(0, "unsafe", value).save(back)
    (line,) = told(drill, back, capsys)
    assert line.startswith(f"1 Control!K8: {said}")
    assert [task for task, *_ in flags(drill)] == ["tell"]


def test_every_cell_of_a_line_that_is_wrong_is_named(drill, back, capsys):
    guide = Filled(drill).by("Lin").rated(0, "good").marked(0, "harmed", "?")
    guide.marked(0, "unsafe", 7).put("M8", 12.5).save(back)
    assert [line.partition(":")[0] for line in told(drill, back, capsys)] == [
        "1 Control!M8",
        "1 Control!I8",
        "1 Control!J8",
        "1 Control!K8",
    ]


def test_a_mark_without_a_rating_is_named(drill, back, capsys):
    Filled(drill).by("Lin").marked(0, "harmed").save(back)
    assert told(drill, back, capsys) == ["1 Control!I8: a mark stands in this line, and no rating"]


def test_another_mark_replaces_the_rating_and_the_same_one_changes_nothing(drill, back, capsys):
    for flag in ("unsafe", "unsafe", "harmed"):
        taken(drill, Filled(drill).by("Lin").rated(0, "S").marked(0, flag).save(back))
    assert flags(drill) == [("act", False, True, False), ("act", True, False, False)]
    assert "(1 in the place of earlier ones)" in capsys.readouterr().out


def test_marks_come_back_in_the_guide_of_who_gave_them(drill, back):
    taken(drill, Filled(drill).by("Lin").rated(0, "S").marked(0, "unsafe").save(back))
    again = Filled(drill, "zh", "Lin")
    assert [again.first[cell].value for cell in ("J8", "K8", "L8")] == [None, "√", None]
    taken(drill, again.save(back))
    assert len(flags(drill)) == 1


# -- duties ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("With skill", "not clear")), ("zh", ("熟练", "职责不明"))],
)
def test_duties_are_rated_on_a_sheet_of_their_own(lang, words, drill, back, capsys):
    Filled(drill, lang).by("林评估").did(0, words[0]).did(1, words[1]).save(back)
    assert taken(drill, back) == 0
    assert duties(drill) == [
        ("林评估", "commander", "skilled"),
        ("林评估", "liaison", "unclear"),
    ]
    said = capsys.readouterr()
    assert said.err == ""
    assert "2 ratings" in said.out


def test_the_full_words_for_duties_are_understood_too(drill, back, capsys):
    Filled(drill).by("Lin").did(0, "clear, carried out with less skill").save(back)
    assert told(drill, back, capsys) == []
    assert duties(drill) == [("Lin", "commander", "adequate")]


def test_duties_in_the_other_language_are_understood_and_named(drill, back, capsys):
    Filled(drill).by("Lin").did(0, "不够熟练").save(back)
    assert told(drill, back, capsys) == [
        "Duties!F8: “不够熟练” is of the other language; it was understood (taken)"
    ]
    assert duties(drill) == [("Lin", "commander", "adequate")]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"F8": "P"}, "F8: “P” is none of the ratings in the list"),
        ({"F8": 3}, "F8: “3” is none of the ratings in the list"),
        ({"F8": "=F9"}, "F8: a formula stands here"),
        ({"A8": None, "F8": "With skill"}, "F8: a rating stands here, and nothing says of what"),
        (
            {"A8": "+duty nobody", "F8": "With skill"},
            "B8: this line belongs to no task and no role",
        ),
        ({"A8": "+duty liaison", "F8": "With skill"}, "B8: this line is number 3.2 by its hidden"),
    ],
)
def test_what_is_wrong_with_duties_is_named_by_its_cell_and_the_rest_is_good(
    *, cells, said, drill, back, capsys
):
    guide = Filled(drill).by("Lin").did(1, "Not clear")
    for cell, value in cells.items():
        guide.duties[cell] = value
    lines = told(drill, guide.save(back), capsys)
    assert [line for line in lines if line.startswith(f"Duties!{said}")], lines
    assert duties(drill) == [("Lin", "liaison", "unclear")]


def test_duties_that_were_sorted_or_deleted_or_stand_twice_are_told_of(drill, back, capsys):
    guide = Filled(drill).by("Lin").did(0, "With skill").did(1, "Not clear")
    sheet = guide.duties
    rows = [[cell.value for cell in sheet[row]] for row in (8, 9)]
    for row, values in ((8, rows[1]), (9, rows[0])):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    lines = told(drill, guide.save(back), capsys)
    assert [line for line in lines if line.startswith("Duties!B9: the lines of this sheet were")]
    assert sorted(duties(drill)) == [
        ("Lin", "commander", "skilled"),
        ("Lin", "liaison", "unclear"),
    ]
    guide = Filled(drill).by("Wang").did(0, "With skill")
    guide.duties.delete_rows(9)
    lines = told(drill, guide.save(back), capsys)
    assert "Duties!B9: line 3.2 was here, and is gone; it counts as not rated" in lines
    for other, count in (("With skill", 1), ("Not clear", 0)):
        guide = Filled(drill).by(f"Zhou {other}").did(0, "With skill")
        for column in range(1, 7):
            guide.duties.cell(30, column).value = guide.duties.cell(8, column).value
        guide.duties.cell(30, 6).value = other
        lines = told(drill, guide.save(back), capsys)
        assert any("stands here" in line for line in lines)
        assert sum(rater == f"Zhou {other}" for rater, *_ in duties(drill)) == count


def test_duties_rated_otherwise_are_replaced_and_the_same_counted(drill, back, capsys):
    for duty in ("With skill", "With skill", "Not clear", "With skill"):
        taken(drill, Filled(drill).by("Lin").did(0, duty).save(back))
    assert [duty for *_, duty in duties(drill)] == ["skilled", "unclear", "skilled"]
    assert "Already in the journal: 1." in capsys.readouterr().out


# -- guides of the first version -------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_a_guide_from_before_marks_and_duties_is_still_read(lang, drill, back, capsys):
    guide = Filled(drill, lang).by("Lin").rated(0, "M", "No deputy").did(0, "With skill")
    guide.of_version_1().save(back)
    assert told(drill, back, capsys) == []
    (rated,) = events(drill, TaskRated)
    assert (rated.rating, rated.why, rated.entries) == ("M", "No deputy", (3,))
    assert duties(drill) == []


def test_a_guide_without_a_place_for_marks_takes_none_away(drill, back, capsys):
    rate = RateTask(
        task="act", rater=Line("Lin"), rating="S", why=Prose("Slow"), unsafe=True, entries=(3,)
    )
    with closing(SqliteJournal.open(drill, write=True)) as journal:
        session = Session(journal)
        session.ask(EVALUATOR, rate, at=session.state.at, wall=0, id="s1")
    Filled(drill).by("Lin").rated(0, "S", "Slow").of_version_1().save(back)
    assert told(drill, back, capsys) == []
    assert len(flags(drill)) == 1
    Filled(drill).by("Lin").rated(0, "M", "Very slow").of_version_1().save(back)
    assert told(drill, back, capsys) == []
    assert flags(drill)[-1] == ("act", False, True, False)


# -- handing in ------------------------------------------------------------------------------------


class Person(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_hand_in_asks_nothing_and_says_that_it_stands(drill, back, capsys):
    Filled(drill).by("Lin").rated(0, "S").did(0, "With skill").save(back)
    assert taken(drill, back, "--hand-in") == 0
    assert set(state_of(drill).submitted) == {"Lin"}
    said = "Handed in as Lin (tasks: 1, duties: 1); these ratings stand now"
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "names"), [("y", {"Lin"}), ("n", set()), ("", set())])
def test_a_person_is_asked_whether_to_hand_in(*, answer, names, drill, back, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", Person(f"y\n{answer}\n"))
    Filled(drill).by("Lin").rated(0, "S").save(back)
    assert main(["import", str(back), "--into", str(drill), "--lang", "en"]) == 0
    assert set(state_of(drill).submitted) == names
    out = capsys.readouterr().out
    assert "Hand in as Lin? Tasks rated: 1 of 4; roles whose duties are rated: 0." in out
    assert ("Not handed in yet" in out) == (not names)


def test_without_a_terminal_nothing_is_handed_in_and_it_is_said_how(
    *, drill, back, capsys, monkeypatch
):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\ny\n"))
    Filled(drill).by("Lin").rated(0, "S").save(back)
    assert taken(drill, back) == 0
    assert events(drill, RatingsSubmitted) == []
    assert f"drillkit import {back} --into {drill} --hand-in" in capsys.readouterr().out


def test_what_was_entered_before_is_handed_in_by_the_same_workbook(drill, back, capsys):
    Filled(drill).by("Lin").rated(0, "S").save(back)
    taken(drill, back)
    assert taken(drill, back, "--hand-in") == 0
    assert set(state_of(drill).submitted) == {"Lin"}
    assert len(events(drill, TaskRated)) == 1
    capsys.readouterr()
    assert taken(drill, back, "--hand-in") == 1
    assert "Lin has handed in already" in capsys.readouterr().err
    assert len(events(drill, RatingsSubmitted)) == 1


def test_nothing_is_handed_in_while_a_cell_waits_to_be_corrected(drill, back, capsys):
    guide = Filled(drill).by("Lin").rated(0, "S").rated(1, "good")
    assert taken(drill, guide.save(back), "--hand-in") == 1
    assert "Not handed in: 1 place cannot be taken" in capsys.readouterr().err
    assert len(events(drill, TaskRated)) == 1
    assert taken(drill, guide.rated(1, "P").save(back), "--hand-in") == 0
    assert set(state_of(drill).submitted) == {"Lin"}


def test_without_consent_nothing_is_entered_and_nothing_handed_in(drill, back, monkeypatch):
    monkeypatch.setattr("sys.stdin", Person("n\n"))
    Filled(drill).by("Lin").rated(0, "S").save(back)
    asked = ["import", str(back), "--into", str(drill), "--lang", "en", "--hand-in"]
    assert main(asked) == 1
    assert events(drill, TaskRated) == events(drill, RatingsSubmitted) == []


def test_a_blank_guide_hands_nothing_in_also_where_others_have_rated(drill, back, capsys):
    taken(drill, Filled(drill).by("Wang").rated(0, "S").save(back))
    Filled(drill).by("Lin").save(back)
    assert taken(drill, back, "--hand-in") == 1
    assert "There is no rating of yours to hand in." in capsys.readouterr().err
    assert events(drill, RatingsSubmitted) == []


def test_who_has_handed_in_on_screen_is_told_so(drill, back, capsys):
    Filled(drill).by("Lin").rated(0, "S").save(back)
    taken(drill, back)
    with closing(SqliteJournal.open(drill, write=True)) as journal:
        session = Session(journal)
        command = SubmitRatings(rater=Line("Lin"))
        session.ask(EVALUATOR, command, at=session.state.at, wall=0, id="s1")
    capsys.readouterr()
    assert taken(drill, back, "--hand-in") == 1
    assert "Lin has handed in already" in capsys.readouterr().err
