"""Several people at one register in the same instant: all that was told to be written is there."""

import subprocess
import sys
from pathlib import Path

import pytest
from worlds_lessons import DAY, a_lesson, a_register, a_step

from drillkit.journal.lock import Lock
from drillkit.lessons import LessonFault, register
from drillkit.lessons.register import LOCK, Register
from drillkit.lessons.steps import assigned, stepped
from drillkit.model.lesson import Lesson

ROUNDS = 15
CHANGER = """
import sys
from pathlib import Path
from drillkit.lessons import register as patience
from drillkit.lessons.register import Register
from drillkit.lessons.steps import assigned

patience._PATIENCE = 60.0  # a loaded machine is no fault of the register's
register = Register(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for nth in range(int(sys.argv[3])):
    owner = f"{sys.argv[2]}-{nth}"
    register.change(
        ["late-key-role-medic"],
        lambda one: assigned(one, owner=owner, due="", on=sys.argv[4], by=sys.argv[2]),
    )
"""
PUTTER = """
import sys
from pathlib import Path
from drillkit.lessons import LessonFault
from drillkit.lessons import register as patience
from drillkit.lessons.register import Register
from drillkit.lessons.steps import assigned

patience._PATIENCE = 60.0  # a loaded machine is no fault of the register's
register = Register(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for nth in range(int(sys.argv[3])):
    owner = f"{sys.argv[2]}-{nth}"
    [lesson] = register.all()
    try:
        register.put([assigned(lesson, owner=owner, due="", on=sys.argv[4], by=sys.argv[2])])
    except LessonFault as fault:
        assert fault.key == "register.changed-meanwhile", fault
    else:
        print(owner)
"""


def race(program: str, folder: Path, *names: str) -> list[str]:
    """What processes of these names say that run the program side by side."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(folder), name, str(ROUNDS), DAY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60)[0] for one in running]
    assert [one.returncode for one in running] == [0] * len(running)
    return [line for text in said for line in text.splitlines()]


def owners(folder: Path) -> list[str]:
    [lesson] = Register(folder).all()
    return [step.why.split()[0] for step in lesson.steps if step.to == "assigned"]


def test_two_processes_that_change_one_lesson_at_once_lose_nothing(tmp_path: Path):
    a_register(tmp_path, a_lesson())
    race(CHANGER, tmp_path, "anna", "bo")
    wanted = {f"{name}-{nth}" for name in ("anna", "bo") for nth in range(ROUNDS)}
    assert len(owners(tmp_path)) == len(wanted)
    assert set(owners(tmp_path)) == wanted
    assert [path.name for path in tmp_path.iterdir()] == ["late-key-role-medic.toml"]


def test_of_two_who_write_what_they_read_before_only_the_one_who_was_told_so_has_written(
    tmp_path: Path,
):
    a_register(tmp_path, a_lesson())
    written = race(PUTTER, tmp_path, "anna", "bo")
    assert sorted(owners(tmp_path)) == sorted(written)


def test_who_keeps_the_register_too_long_is_waited_for_and_then_named_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    one = a_register(tmp_path, a_lesson())
    monkeypatch.setattr(register, "_PATIENCE", 0.0)
    lock = Lock(tmp_path / LOCK)
    with pytest.raises(LessonFault, match="busy") as told:
        one.change(["late-key-role-medic"], agree)
    assert str(tmp_path) in told.value.in_("en")
    lock.release()
    [lesson] = one.change(["late-key-role-medic"], agree)
    assert lesson.status == "agreed"


def test_a_change_that_is_refused_changes_none_of_the_lessons(tmp_path: Path):
    one = a_register(tmp_path, a_lesson(), a_lesson("verified", id="done"))
    with pytest.raises(LessonFault, match="no-way"):
        one.change(["late-key-role-medic", "done"], agree)
    assert one.find("late-key-role-medic").status == "identified"


def test_a_name_that_is_none_leaves_no_folder_behind(tmp_path: Path):
    with pytest.raises(LessonFault, match="unknown"):
        Register(tmp_path / "none").change(["x"], agree)
    assert not (tmp_path / "none").exists()


def test_a_lesson_named_twice_is_changed_once(tmp_path: Path):
    one = a_register(tmp_path, a_lesson())
    named = ["late-key-role-medic"] * 2
    [lesson] = one.change(named, lambda it: assigned(it, owner="aide", due="", on=DAY, by="S"))
    assert len(lesson.steps) == 2


def agree(lesson: Lesson) -> Lesson:
    return stepped(lesson, a_step("agreed"))
