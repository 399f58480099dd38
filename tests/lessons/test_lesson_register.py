"""The register on disk: lossless, comments kept, atomic, and every bad file named with its line."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_lessons import DAY, a_lesson, a_register, a_sighting, a_step

from drillkit.lessons import LessonFault, toml
from drillkit.lessons.register import Register
from drillkit.lessons.steps import assigned, stepped
from drillkit.model.lesson import Lesson
from drillkit.model.text import Prose
from drillkit.packs import PackFaults

words = st.text(max_size=60).map(Prose).filter(bool)
lines = words.map(lambda text: " ".join(text.split())).filter(bool)
days = st.dates(min_value=__import__("datetime").date(2027, 1, 11)).map(str)


def both(each: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({"en": each, "zh": each})


sightings = st.fixed_dictionaries(
    {
        "session": lines,
        "began": st.just("2027-01-10 09:00"),
        "scenario": st.just("small"),
        "seen": both(words),
        "entries": st.lists(st.integers(0, 999), max_size=3),
    },
    optional={
        "took": st.integers(0, 10_000_000),
        "short": st.just({"item": "water", "site": "school", "asked": 9, "got": 0}),
    },
)
lessons = st.fixed_dictionaries(
    {
        "title": both(lines),
        "text": both(words),
        "owner": lines,
        "drill": st.lists(sightings, max_size=3),
        "capability": st.lists(both(lines), max_size=2),
        "tasks": st.lists(st.sampled_from(["decide", "supply", "count"]), max_size=3),
        "level": st.sampled_from(["deficiency", "corrective", "improvement"]),
    },
    optional={"revision": both(words), "clause": st.just("c-1"), "due": days},
).map(lambda said: a_lesson(**said))


@given(lesson=lessons)
def test_writing_and_reading_any_lesson_loses_nothing(lesson: Lesson):
    with tempfile.TemporaryDirectory() as folder:
        a_register(Path(folder), lesson)
        assert Register(Path(folder)).all() == (lesson,)


@given(before=lessons, after=lessons)
def test_any_lesson_can_be_changed_into_any_other_and_comments_survive(
    before: Lesson, after: Lesson
):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{before.id}.toml"
        a_register(Path(folder), before)
        text = path.read_text(encoding="utf-8")
        path.write_text(f"# from the safety office\n\n{text}", encoding="utf-8")
        register = Register(Path(folder))
        register.all()
        register.put([after])
        assert register.all() == (after,)
        assert path.read_text(encoding="utf-8").startswith("# from the safety office\n\n")


def test_comments_and_order_of_a_person_stay_where_they_are(tmp_path: Path):
    lesson = a_lesson()
    a_register(tmp_path, lesson)
    path = tmp_path / f"{lesson.id}.toml"
    text = path.read_text(encoding="utf-8")
    commented = text.replace('owner = "medic"', 'owner = "medic"  # on leave in March')
    commented = commented.replace("[[step]]", "# how far it is\n[[step]]")
    path.write_text(commented, encoding="utf-8")
    register = Register(tmp_path)
    register.put([stepped(register.find(lesson.id), a_step("agreed"))])
    after = path.read_text(encoding="utf-8")
    assert after.startswith(commented.rstrip("\n"))
    register.put([assigned(register.find(lesson.id), owner="aide", due="", on=DAY, by="S")])
    assert 'owner = "aide" # on leave in March' in " ".join(path.read_text("utf-8").split("  "))


def test_writing_the_same_again_writes_nothing(tmp_path: Path):
    register = a_register(tmp_path, a_lesson())
    assert register.put(register.all()) == []


def test_what_somebody_else_changed_meanwhile_is_not_written_over(tmp_path: Path):
    register = a_register(tmp_path, a_lesson())
    mine, theirs = Register(tmp_path), Register(tmp_path)
    lesson, same = mine.find("late-key-role-medic"), theirs.find("late-key-role-medic")
    theirs.put([stepped(same, a_step("agreed"))])
    with pytest.raises(LessonFault, match="changed-meanwhile"):
        mine.put([stepped(lesson, a_step("rejected"))])
    assert register.all()[0].status == "agreed"
    assert [path.name for path in tmp_path.iterdir()] == ["late-key-role-medic.toml"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('level = "corrective"', 'level = "grave"', ":2:"),
        ('owner = "medic"', 'ownr = "medic"', "owner"),
        ('due = "2027-02-15"', 'due = "soon"', "soon is not a date"),
        ('began = "2027-01-10 09:00"', 'began = "January"', "January is not a time"),
        ('to = "identified"', 'to = "verified"', "A lesson begins as identified"),
        ('id = "late-key-role-medic"', 'id = "other"', ":1: the id is other"),
        ('id = "late-key-role-medic"', "id = ", ":1:"),
    ],
)
def test_a_bad_file_is_named_with_its_line_and_the_others_are_read(
    tmp_path: Path, old: str, new: str, told: str
):
    good = a_lesson(id="good")
    a_register(tmp_path, a_lesson(), good)
    path = tmp_path / "late-key-role-medic.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    contents = Register(tmp_path).contents()
    assert contents.lessons == (good,)
    [fault] = contents.faults
    if isinstance(fault, PackFaults):
        one = fault.diagnostics[0]
        said = f"{one.path}:{one.line}: {one.sentence('en')}"
    else:
        said = fault.in_("en")
    assert said.startswith(f"{path}:")
    assert told in said
    with pytest.raises((PackFaults, LessonFault)):
        Register(tmp_path).all()


def test_an_unknown_lesson_is_answered_with_the_nearest_name(tmp_path: Path):
    register = a_register(tmp_path, a_lesson())
    with pytest.raises(LessonFault) as refused:
        register.find("late-key-role-medics")
    assert "did you mean late-key-role-medic?" in refused.value.in_("en")
    with pytest.raises(LessonFault, match="unknown"):
        register.find("x")


def test_a_register_that_is_not_there_is_empty(tmp_path: Path):
    assert Register(tmp_path / "none").all() == ()


def test_a_duration_is_written_as_people_write_it():
    data = toml.data_of(a_lesson())
    assert data["drill"][0]["took"] == "6m40s"
    assert a_sighting()["took"] == 400_000
