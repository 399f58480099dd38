"""A guide that came back: what is good enters the journal, and each problem is named by its cell."""

import io
import re
import shutil
import zipfile
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from worlds_guide import Filled, a_finished_drill

from drillkit.cli import main
from drillkit.cli.drills import read_drill
from drillkit.exchange import Guide, Problem, guide_of, read_guide, read_workbook
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.base import FACILITATOR, LANGS
from drillkit.model.commands import ReopenReport, SignReport, SubmitRatings
from drillkit.model.events import Entry, NoteMade, TaskRated
from drillkit.model.text import Line
from drillkit.session import Session

HOSTILE = '=HYPERLINK("http://evil.example") [/b] <script>x</script> \u202e ＝1+1'


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


def entries(drill: Path) -> list[Entry]:
    with closing(SqliteJournal.open(drill, write=False)) as journal:
        return list(journal.read())


def ratings(drill: Path) -> list[tuple[str, str, str, str]]:
    return [
        (entry.via, entry.event.task, entry.event.rating, entry.event.why)
        for entry in entries(drill)
        if isinstance(entry.event, TaskRated)
    ]


def notes(drill: Path) -> list[tuple[str, str, str]]:
    return [
        (entry.via, entry.event.task, entry.event.text)
        for entry in entries(drill)
        if isinstance(entry.event, NoteMade) and entry.via
    ]


def taken(drill: Path, back: Path, *more: str) -> int:
    return main(["import", str(back), "--into", str(drill), "--yes", "--lang", "en", *more])


# -- what is good ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_ratings_filled_in_by_another_program_enter_as_that_evaluators(lang, drill, back, capsys):
    guide = Filled(drill, lang).by("林评估").rated(0, "S", "Slow at first").rated(1, "p")
    guide.rated(2, {"en": "Not observed", "zh": "未观察"}[lang], entries="")
    guide.put("H8", "The valve was closed by two people").save(back)
    assert taken(drill, back) == 0
    assert ratings(drill) == [
        ("林评估", "act", "S", "Slow at first"),
        ("林评估", "tell", "P", ""),
        ("林评估", "stay", "not-observed", ""),
    ]
    assert notes(drill) == [("林评估", "act", "The valve was closed by two people")]
    (rated, *_) = [entry for entry in entries(drill) if isinstance(entry.event, TaskRated)]
    assert (rated.by, rated.event.rater, rated.event.entries) == ("evaluator", "林评估", (3,))
    assert capsys.readouterr().err == ""


def test_the_same_workbook_twice_changes_nothing(drill, back, capsys):
    Filled(drill).by("Lin").rated(0, "S").put("H8", "Seen").save(back)
    taken(drill, back)
    before = entries(drill)
    assert taken(drill, back) == 0
    assert entries(drill) == before
    assert "Already in the journal: 2." in capsys.readouterr().out


def test_a_changed_mind_replaces_the_rating_and_may_change_back(drill, back, capsys):
    for rating in ("S", "P", "S"):
        taken(drill, Filled(drill).by("Lin").rated(0, rating).save(back))
    assert [rating for _, _, rating, _ in ratings(drill)] == ["S", "P", "S"]
    assert "(1 in the place of earlier ones)" in capsys.readouterr().out


def test_a_guide_of_what_was_rated_already_comes_back_unchanged(drill, back, capsys):
    taken(drill, Filled(drill).by("Lin").rated(0, "M", "No deputy", "3, 5").save(back))
    again = Filled(drill, "zh", "Lin")
    assert [again.first[cell].value for cell in ("I8", "M8", "N8")] == ["M", "No deputy", "3, 5"]
    before = entries(drill)
    assert taken(drill, again.save(back)) == 0
    assert entries(drill) == before


def test_a_guide_is_exported_blank_or_with_what_an_evaluator_has_given(drill, tmp_path, back):
    taken(drill, Filled(drill).by("Lin").rated(0, "S").save(back))
    for name, rating in (("", None), ("Lin", "S")):
        folder = tmp_path / f"for {name}"
        asked = ["--to", str(folder), "--formats", "eeg", "--evaluator", name]
        assert main(["export", str(drill), *asked]) == 0
        (guide,) = folder.iterdir()
        assert guide.name == "evaluation-guide.xlsx"
        assert load_workbook(guide).worksheets[1]["I8"].value == rating


def test_the_name_on_the_command_line_goes_before_the_one_in_the_workbook(drill, back):
    Filled(drill).by("Lin").rated(0, "S").save(back)
    taken(drill, back, "--as", "Wang")
    assert ratings(drill) == [("Wang", "act", "S", "")]


def test_strengths_and_areas_for_improvement_become_notes(drill, back):
    Filled(drill).by("Lin").put("D12", "Calm voices").put("D13", "No log was kept").save(back)
    assert taken(drill, back) == 0
    assert notes(drill) == [
        ("Lin", "", "Strength (1 Control): Calm voices"),
        ("Lin", "", "Area for improvement (1 Control): No log was kept"),
    ]


def test_hostile_text_enters_as_text(drill, back):
    guide = Filled(drill).by("Lin").rated(0, "S")
    for cell in ("H8", "M8"):
        guide.put(cell, HOSTILE)
        guide.first[cell].data_type = "s"
    assert taken(drill, guide.save(back)) == 0
    (rated,) = ratings(drill)
    assert rated[3] == HOSTILE.replace("\u202e", "")


# -- consent ---------------------------------------------------------------------------------------


def test_without_anybody_to_ask_nothing_is_written(drill, back, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    Filled(drill).by("Lin").rated(0, "S").save(back)
    before = entries(drill)
    assert main(["import", str(back), "--into", str(drill), "--lang", "en"]) == 1
    assert ratings(drill) == []
    assert "Nothing was written." in capsys.readouterr().err
    assert entries(drill) == before


class Person(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "status", "n"), [("y", 0, 1), ("是", 0, 1), ("n", 1, 0), ("", 1, 0)]
)
def test_a_person_is_asked_and_told_how_much_is_good(
    *, answer, status, n, drill, back, capsys, monkeypatch
):
    monkeypatch.setattr("sys.stdin", Person(f"{answer}\n"))
    Filled(drill).by("Lin").rated(0, "S").rated(1, "X").save(back)
    lang = "zh" if answer == "是" else "en"
    assert main(["import", str(back), "--into", str(drill), "--lang", lang]) == status
    assert len(ratings(drill)) == n
    if lang == "en":
        assert (
            "Lin: 1 rating (0 in the place of earlier ones) and 0 notes are good. Already in the journal: 0. Cannot be taken: 1."
            in capsys.readouterr().out
        )


# -- lines that are wrong --------------------------------------------------------------------------


def sentence_of(drill: Path, back: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    taken(drill, back)
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"I8": "=1+1"}, "I8: a formula stands here"),
        ({"I8": "S", "M8": '=CONCATENATE("a")'}, "M8: a formula stands here"),
        ({"I8": "S", "N8": "=A1"}, "N8: a formula stands here"),
        ({"I8": "good"}, "I8: “good” is none of the ratings"),
        ({"I8": 3}, "I8: “3” is none of the ratings"),
        ({"I8": "U"}, "M8: U needs a reason"),
        ({"I8": "M"}, "M8: M needs a reason"),
        ({"I8": "S", "M8": 12.5}, "M8: a text must stand here, not 12.5"),
        ({"I8": "S", "N8": "twelve"}, "N8: numbers of entries must stand here, such as 12, 15; not “twelve”"),
        ({"I8": "S", "N8": 20.23}, "N8: numbers of entries must stand here, such as 12, 15; not “20.23”"),
        ({"I8": "S", "N8": "3; 9999"}, "N8: the journal has no entry 9999"),
        ({"I8": "S", "N8": None}, "I8: a rating needs evidence"),
        ({"M8": "Because"}, "I8: a reason stands in this line, and no rating"),
        ({"H8": "x" * 8001}, "H8: the text has 8001 characters; 8000 is the limit"),
        ({"A8": "nonsense", "I8": "S"}, "B8: this line belongs to no task and no role of the drill"),
        ({"A8": None, "I8": "S"}, "I8: a rating stands here, and nothing says of what"),
        ({"A8": "tell", "I8": "S"}, "B8: this line is number 1.2 by its hidden id"),
    ],
)  # fmt: skip
def test_each_flawed_line_is_named_by_its_cell_and_the_rest_is_good(
    *, lang, changes, expected, drill, back, capsys
):
    guide = Filled(drill, lang).by("Lin").rated(1, "S")
    for cell, value in changes.items():
        guide.put(cell, value)
    guide.save(back)
    sheet = {"en": "1 Control", "zh": "1 中文 Control"}[lang]
    told = sentence_of(drill, back, capsys)
    assert [line for line in told if line.startswith(f"{sheet}!{expected}")], told
    assert ratings(drill) == [("Lin", "tell", "S", "")]


def test_a_note_on_the_task_is_evidence_enough(drill, back, capsys):
    guide = Filled(drill).by("Lin")
    sheet = guide.book.worksheets[2]
    sheet["I8"], sheet["N8"] = "S", None
    assert sentence_of(drill, guide.save(back), capsys) == []
    assert ratings(drill) == [("Lin", "leave", "S", "")]


def test_a_rating_in_the_other_language_is_understood_and_named(drill, back, capsys):
    Filled(drill, "zh").by("Lin").rated(0, "Not applicable").save(back)
    assert sentence_of(drill, back, capsys) == [
        "1 中文 Control!I8: “Not applicable” is of the other language; it was understood (taken)"
    ]
    assert ratings(drill) == [("Lin", "act", "not-applicable", "")]


@pytest.mark.parametrize("lang", LANGS)
def test_sorted_lines_are_found_by_their_ids(lang, drill, back, capsys):
    guide = Filled(drill, lang).by("Lin").rated(0, "S").rated(2, "P")
    guide.rows(lambda rows: rows[::-1]).save(back)
    (told,) = sentence_of(drill, back, capsys)
    assert "!B9: the lines of this sheet were sorted" in told
    assert sorted(ratings(drill)) == [("Lin", "act", "S", ""), ("Lin", "stay", "P", "")]


def test_a_deleted_line_is_missed_at_the_place_where_it_was(drill, back, capsys):
    guide = Filled(drill).by("Lin").rated(0, "S").rated(2, "P")
    guide.first.delete_rows(9)
    told = sentence_of(drill, guide.save(back), capsys)
    assert told == ["1 Control!B9: line 1.2 was here, and is gone; it counts as not rated"]
    assert [task for _, task, _, _ in ratings(drill)] == ["act", "stay"]


def test_a_deleted_sheet_is_missed_line_by_line(drill, back, capsys):
    guide = Filled(drill).by("Lin")
    guide.book.remove(guide.first)
    told = sentence_of(drill, guide.save(back), capsys)
    assert [line.partition(":")[0] for line in told] == [
        "1 Control!B8",
        "1 Control!B9",
        "1 Control!B10",
    ]


def test_a_line_twice_with_the_same_contents_counts_once(drill, back, capsys):
    guide = Filled(drill).by("Lin").rated(0, "S")
    guide.rows(lambda rows: [rows[0], rows[0], rows[1], rows[2]]).save(back)
    told = sentence_of(drill, back, capsys)
    assert told == ["1 Control!B9: the line stands here once more; the other line counts (taken)"]
    assert ratings(drill) == [("Lin", "act", "S", "")]


def test_a_line_twice_with_different_contents_counts_not_at_all(drill, back, capsys):
    guide = Filled(drill).by("Lin").rated(0, "S").rated(1, "P")
    other = lambda row: [*row[:8], "P", *row[9:]]  # noqa: E731
    guide.rows(lambda rows: [rows[0], rows[1], rows[2], other(rows[0])]).save(back)
    told = sentence_of(drill, back, capsys)
    assert [line.partition(":")[0] for line in told if "more than once" in line] == [
        "1 Control!B8",
        "1 Control!B11",
    ]
    assert ratings(drill) == [("Lin", "tell", "P", "")]


# -- workbooks that are wrong as a whole -----------------------------------------------------------


def refused(drill: Path, back: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    before = entries(drill)
    assert taken(drill, back, *more) == 1
    assert entries(drill) == before
    (told,) = capsys.readouterr().err.splitlines()
    return told


def passport(guide: Filled, cell: str, value: object) -> Filled:
    guide.book["drillkit"][cell] = value
    return guide


def test_a_guide_without_a_name_is_refused_at_the_cell_for_it(drill, back, capsys):
    told = refused(drill, Filled(drill).rated(0, "S").save(back), capsys)
    assert told.startswith("Evaluator!D7: the evaluator's name is missing")


def test_two_names_are_one_too_many(drill, back, capsys):
    guide = Filled(drill).by("Lin").put("D6", "Wang").rated(0, "S")
    assert refused(drill, guide.save(back), capsys).startswith(
        "1 Control!D6: two evaluators are named, Lin and Wang"
    )


def test_the_name_may_not_be_a_formula(drill, back, capsys):
    told = refused(drill, Filled(drill).by('=A1&"x"').save(back), capsys)
    assert told.startswith("Evaluator!D7: a formula stands here")


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("B2", 9, "drillkit!B2: the guide has format 9, and this drillkit reads formats up to 2"),
        ("B2", "one", "drillkit!B2: a whole number must stand here"),
        ("B3", "other", "drillkit!B3: the guide is of another drill (session other)"),
        ("B4", "many", "drillkit!B4: a whole number must stand here"),
        ("B4", 10**30, "drillkit!B5: the guide is of another drill"),
        ("B5", "00ff", "drillkit!B5: the guide is of another drill"),
        ("B6", "fr", "drillkit!B6: the guide is in the language “fr”"),
    ],
)
def test_the_guide_of_another_drill_version_or_language_is_refused(
    *, cell, value, expected, drill, back, capsys
):
    guide = passport(Filled(drill).by("Lin").rated(0, "S"), cell, value)
    assert refused(drill, guide.save(back), capsys).startswith(expected)


def test_a_drill_of_the_same_name_and_length_is_still_another(drill, back, tmp_path, capsys):
    twin = a_finished_drill(tmp_path / "twin.drill", words="No pumps")
    assert len(entries(twin)) == len(entries(drill))
    Filled(twin).by("Lin").rated(0, "S").save(back)
    assert refused(drill, back, capsys).startswith("drillkit!B5: the guide is of another drill")


def test_a_drill_that_goes_on_takes_no_ratings(tmp_path, back, capsys):
    drill = a_finished_drill(tmp_path / "on.drill", is_over=False)
    Filled(drill).by("Lin").rated(0, "S").save(back)
    assert "the drill is not over" in refused(drill, back, capsys)


def steer(drill: Path, *steps: tuple[str, object]) -> None:
    with closing(SqliteJournal.open(drill, write=True)) as journal:
        session = Session(journal)
        for number, (by, command) in enumerate(steps):
            session.ask(
                by, command, at=session.state.at, wall=0, id=f"s{session.state.seq}-{number}"
            )


def test_who_has_handed_in_changes_nothing_by_a_workbook(drill, back, capsys):
    taken(drill, Filled(drill).by("Lin").rated(0, "S").save(back))
    capsys.readouterr()
    steer(drill, ("evaluator", SubmitRatings(rater=Line("Lin"))))
    Filled(drill).by("Lin").rated(0, "P").save(back)
    assert refused(drill, back, capsys).startswith("Evaluator!D7: Lin has handed in already")


def test_a_signed_report_takes_no_ratings_until_it_is_opened_again(drill, back, capsys):
    steer(
        drill,
        (FACILITATOR, SignReport(name=Line("Zhou"))),
        ("evaluator", SignReport(name=Line("Lin"))),
    )
    Filled(drill).by("Lin").rated(0, "S").save(back)
    assert "the report is signed" in refused(drill, back, capsys)
    steer(drill, (FACILITATOR, ReopenReport(why=Line("A guide came late"))))
    assert taken(drill, back) == 0


def test_a_journal_that_a_host_holds_is_left_alone(drill, back, capsys):
    Filled(drill).by("Lin").rated(0, "S").save(back)
    with closing(SqliteJournal.open(drill, write=True)):
        assert taken(drill, back) == 1
    assert ratings(drill) == []
    assert str(drill) in capsys.readouterr().err


# -- files that are no guide -----------------------------------------------------------------------


def test_what_is_no_workbook_is_said_to_be_none(drill, back, capsys):
    back.write_bytes(b"PK\x03\x04 broken")
    assert f"{back} is not an .xlsx workbook that can be read" in refused(drill, back, capsys)


def test_a_missing_file_is_named(drill, back, capsys):
    assert str(back) in refused(drill, back, capsys)


def test_a_workbook_of_something_else_is_unknown(drill, back, capsys):
    Workbook().save(back)
    assert "nothing that drillkit knows how to take" in refused(drill, back, capsys)


def test_a_guide_needs_to_know_into_which_drill(drill, back, capsys):
    Filled(drill).by("Lin").save(back)
    assert main(["import", str(back), "--lang", "en"]) == 1
    assert "say with --into which drill" in capsys.readouterr().err


def test_a_cell_at_the_far_corner_makes_no_room_for_itself(drill, back, capsys):
    guide = Filled(drill).by("Lin")
    guide.first["XFD1048576"] = 1
    assert "is larger than any workbook" in refused(drill, guide.save(back), capsys)


def test_entities_that_grow_without_bounds_are_stopped(drill, back, capsys):
    Filled(drill).by("Lin").save(back)
    bomb = '<!DOCTYPE b [<!ENTITY a0 "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    ) + ']><workbook><sheet name="&a9;"/></workbook>'  # fmt: skip
    with zipfile.ZipFile(back) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/workbook.xml"] = bomb.encode()
    with zipfile.ZipFile(back, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    assert "is not an .xlsx workbook that can be read" in refused(drill, back, capsys)


# -- whatever else may come ------------------------------------------------------------------------


def test_what_a_workbook_says_drives_no_terminal(drill, back, capsys):
    guide = Filled(drill).by("Lin").put("I8", "_x001B_]52;c;eA==_x0007_\u202e\x9b2J")
    guide.first.title = "1 \x9b2J\u202e"
    told = sentence_of(drill, guide.save(back), capsys)
    assert any("52;c" in line for line in told)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", "".join(told))


def test_a_number_that_a_program_made_of_a_lines_number_is_understood(drill, back, capsys):
    Filled(drill).by("Lin").rated(0, "S", entries=3).put("B8", 1.1).save(back)
    assert sentence_of(drill, back, capsys) == []
    assert ratings(drill) == [("Lin", "act", "S", "")]


VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "P",
            "U",
            "未观察",
            "act",
            "leave",
            "+rater",
            "+strengths",
            "+duty commander",
            "✓",
            "熟练",
            "1.1",
            "3, 5",
        ]
    ),
    st.floats(),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.dates(),
    st.timedeltas(),
)


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 14), st.integers(0, 13)), VALUES)
)
def test_any_cells_are_taken_or_named(changes):
    sheets, drill, seal_at = a_guide()
    changed = [
        replace(
            sheet,
            cells={
                **sheet.cells,
                **{
                    (row, column): value
                    for (n, row, column), value in changes.items()
                    if n == place
                },
            },
        )
        for place, sheet in enumerate(sheets)
    ]
    match guide_of(changed):
        case Guide() as guide:
            reading = read_guide(tuple(changed), guide, drill, seal_at, "Lin")
            problems = reading.problems
        case Problem() as problem:
            problems = (problem,)
        case None:
            problems = ()
    for problem in problems:
        for lang in LANGS:
            assert problem.place.cell in problem.sentence(lang)


@cache
def a_guide():
    """The sheets of a guide, its drill, and the seals of its journal."""
    with TemporaryDirectory() as folder:
        path = a_finished_drill(Path(folder) / "calm.drill")
        guide = Filled(path).by("Lin").rated(0, "S").save(Path(folder) / "guide.xlsx")
        drill = read_drill(path, "en")
        seals = {drill.entries[-1].seq: drill.seal}
        return read_workbook(guide), drill, lambda seq: seals.get(seq, "")
