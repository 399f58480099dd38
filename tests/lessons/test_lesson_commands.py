"""`drillkit lessons` as people type it: two drills a month apart, the plan revised, every slip."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from worlds_lessons import a_lesson, a_register

from drillkit import packs
from drillkit.cli import main
from drillkit.cli.lesson_options import _COMMANDS
from drillkit.lessons.register import Register

HOUSE = Path(__file__).parent.parent.parent
PACK = packs.find("riverside-hospital-flood")
LATE = ("late-key-role-commander", "late-role-supplies")
"""Two posts that are late in the first drill and not in the second."""
STAYS = "late-key-role-medical"


def program(*words: object, status: int = 0) -> str:
    """Run the real program; what it said on both streams."""
    done = subprocess.run(
        [sys.executable, "-m", "drillkit", *map(str, words)],
        cwd=HOUSE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "DRILLKIT_LANG": "en"},
        timeout=120,
        check=False,
        text=True,
    )
    assert done.returncode == status, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the first drill, its lessons, and the second drill a month later."""
    home = tmp_path_factory.mktemp("organisation")
    register = home / "register"

    def lessons(*words: object) -> None:
        assert main(["lessons", *map(str, words), "--lessons", str(register)]) == 0

    program(
        "demo",
        "--headless",
        "--seed",
        5,
        "--skill",
        0.6,
        "--on",
        "2027-01-10",
        "--to",
        home / "first",
    )
    lessons("collect", home / "first/demo.drill", "--on", "2027-01-11", "--by", "Safety")
    lessons("agree", *LATE, STAYS, "--on", "2027-01-12", "--by", "Safety")
    lessons("assign", STAYS, "--owner", "deputy", "--due", "2027-02-01", "--on", "2027-01-12")
    lessons(
        "implement", *LATE, STAYS, "--on", "2027-01-20", "--why", "Text message instead of calls"
    )
    said = program(
        "demo",
        "--headless",
        "--seed",
        9,
        "--skill",
        0.9,
        "--on",
        "2027-02-10",
        "--to",
        home / "second",
        "--lessons",
        register,
    )
    (home / "second.txt").write_text(said, encoding="utf-8")
    return home


def test_the_second_drill_shows_the_open_lessons_and_says_which_held(home: Path):
    said = (home / "second.txt").read_text(encoding="utf-8")
    assert "open lessons of earlier drills" in said
    assert "late-key-role-commander: Key post taken late: Commander · Commander" in said
    assert "held: late-key-role-commander: it measured 100.0 points (P)" in said
    assert f"open: {STAYS}: it was seen again" in said


def test_the_second_drill_verifies_two_and_leaves_one(home: Path, tmp_path: Path):
    register = tmp_path / "register"
    register.mkdir()
    for file in (home / "register").iterdir():
        (register / file.name).write_bytes(file.read_bytes())
    second = home / "second/demo.drill"
    said = program("lessons", "verify", second, "--lessons", register, "--on", "2027-02-11")
    for id in LATE:
        assert f"Held in demo-9: {id}" in said
        assert Register(register).find(id).status == "implemented"
    assert f"Not verified: {STAYS}: it was seen again." in said
    said = program(
        "lessons",
        "verify",
        second,
        STAYS,
        LATE[0],
        "--lessons",
        register,
        "--on",
        "2027-02-11",
        status=1,
    )
    assert said == f"Not verified: {STAYS}: it was seen again.\n"
    assert Register(register).find(LATE[0]).status == "implemented"
    program("lessons", "verify", second, "--yes", "--lessons", register, "--on", "2027-02-11")
    lessons = {one.id: one for one in Register(register).all()}
    assert [lessons[id].status for id in LATE] == ["verified", "verified"]
    assert lessons[STAYS].status == "implemented"
    proof = lessons[LATE[0]].steps[-1]
    assert (proof.session, bool(proof.entries)) == ("demo-9", True)


def test_the_lessons_revise_the_plan_and_the_diff_says_why(home: Path, tmp_path: Path):
    for file in PACK.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    plan, revised = tmp_path / "plan.toml", tmp_path / "next.toml"
    revise = [
        "lessons",
        "revise",
        "--plan",
        plan,
        "--lessons",
        home / "register",
        "--on",
        "2027-01-15",
    ]
    said = program(*revise, "--to", revised, status=1)
    assert "accept changes with --accept" in said
    assert not revised.exists()
    said = program(*revise, "--to", revised, "--accept", "target-deputy")
    assert (
        "Because of late-key-role-deputy (corrective): Key post taken late: Deputy commander"
        in said
    )
    assert "2027-01-10 00:00, demo-5, entries 5, 36" in said
    assert '\n-arrive_target = "9m"\n' in said
    assert '\n+arrive_target = "10m"\n' in said
    assert "1 change accepted." in said
    before, after = plan.read_text("utf-8").split("\n"), revised.read_text("utf-8").split("\n")
    assert len([1 for old, new in zip(before, after, strict=True) if old != new]) == 2
    assert program(*revise, "--to", revised, "--yes", status=1).count("--force") == 1
    program(*revise, "--to", revised, "--yes", "--force")
    plan.write_bytes(revised.read_bytes())
    assert "nothing wrong" in program("check", tmp_path)
    assert plan.read_text("utf-8").count("# ---") == "\n".join(before).count("# ---")
    assert "asks for a change" in program(*revise, "--to", tmp_path / "third.toml")


def test_a_drill_s_own_lessons_revise_a_plan_without_a_register(home: Path, tmp_path: Path):
    revised = tmp_path / "next.toml"
    drill = home / "first/demo.drill"
    words = ["revise", "--plan", PACK / "plan.toml", "--from", drill, "--to", revised, "--yes"]
    said = program("lessons", *words, "--lessons", tmp_path / "none", "--on", "2027-01-15")
    assert "Because of late-key-role-deputy" in said
    assert revised.is_file()


# -- in this process: quicker, for every slip ------------------------------------------------------


class Said:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def lessons(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    a_register(
        tmp_path / "register", a_lesson(), a_lesson("agreed", id="second-one", level="deficiency")
    )

    folder = str(tmp_path / "register")

    def run(*words: object) -> Said:
        capsys.readouterr()
        try:
            status = main(["lessons", "--lessons", folder, "--on", "2027-01-16", *map(str, words)])
        except SystemExit as ended:
            status = int(str(ended.code))
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(status, out, err)

    return run


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_explains_itself_with_an_example(lessons, command: str, lang: str):
    said = lessons(command, "--help", "--lang", lang)
    assert said.status == 0
    assert f"drillkit lessons {command}" in said.out


def test_the_list_puts_the_gravest_first_and_counts_the_days(lessons):
    said = lessons("list", "--on", "2027-01-21")
    rows = said.out.splitlines()
    assert rows[1].startswith("second-one")
    assert rows[2].split()[:4] == ["late-key-role-medic", "identified", "corrective", "10"]
    assert json.loads(lessons("list", "--json", "--on", "2027-01-21").out)[1]["age_days"] == 10


def test_without_a_command_and_a_terminal_the_list_is_shown(lessons):
    assert "late-key-role-medic" in lessons().out


def test_a_lesson_is_shown_whole(lessons):
    said = lessons("show", "second-one")
    for part in (
        "second-one  [deficiency]  agreed",
        "To do: Call earlier",
        "2027-01-15  agreed, Safety: Because",
    ):
        assert part in said.out


def test_the_improvement_plan_is_exported_in_each_form(lessons, tmp_path: Path):
    for form in ("csv", "md", "json"):
        assert (
            lessons("export", "--to", tmp_path / f"plan.{form}", "--on", "2027-03-01").status == 0
        )
    rows = list(csv.reader((tmp_path / "plan.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 3
    assert len({len(row) for row in rows}) == 1
    assert "**overdue**" in (tmp_path / "plan.md").read_text("utf-8")
    told = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert [one["status"] for one in told["lessons"]] == ["agreed", "identified"]
    assert lessons("export", "--to", tmp_path / "plan.csv").status == 1


def test_formulas_and_markup_in_a_lesson_stay_text(lessons, tmp_path: Path):
    title = {"en": "=cmd|x [a](b) <script>", "zh": "=1+1"}
    a_register(tmp_path / "register", a_lesson(id="hostile", title=title))
    lessons("export", "--to", tmp_path / "plan.csv")
    lessons("export", "--to", tmp_path / "plan.md")
    assert "\"'=cmd|x" in (tmp_path / "plan.csv").read_text("utf-8-sig")
    assert "\\<script\\>" in (tmp_path / "plan.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["show", "nothing"], 1, "There is no lesson nothing"),
        (["agree", "second-one"], 1, "is agreed; from there it cannot become agreed"),
        (["agree", "late-key-role-medic", "second-one"], 1, "cannot become agreed"),
        (["agree", "late-key-role-medic", "--on", "tomorrow"], 1, "tomorrow is not a date"),
        (["implement", "second-one"], 2, "--why"),
        (["implement", "second-one", "--why", " "], 1, "Say what was done"),
        (["reject", "second-one", "--why", "x", "--on", "2026-01-01"], 1, "is before that"),
        (["assign", "second-one"], 1, "Say to whom"),
        (["export", "--to", "plan.doc"], 1, ".csv, .md or .json"),
        (["collect", "nothing.drill"], 1, "nothing.drill"),
        (["verify", "nothing.drill"], 1, "nothing.drill"),
        (["revise", "--plan", "nothing.toml"], 1, "nothing.toml"),
        (["dance"], 2, "dance"),
    ],
)
def test_a_slip_gets_one_sentence_and_changes_nothing(
    lessons, tmp_path: Path, words: list[str], status: int, told: str
):
    files = sorted((tmp_path / "register").iterdir())
    before = [file.read_bytes() for file in files]
    said = lessons(*words)
    assert said.status == status
    assert told in said.err
    assert [file.read_bytes() for file in files] == before
    assert sorted((tmp_path / "register").iterdir()) == files


def test_a_bad_file_is_named_and_the_others_are_listed(lessons, tmp_path: Path):
    (tmp_path / "register/bad.toml").write_text('id = "bad"\nlevel = 3\n', encoding="utf-8")
    said = lessons("list")
    assert said.status == 1
    assert "bad.toml:2:" in said.err
    assert "1 file could not be read." in said.err
    assert "second-one" in said.out
    assert lessons("export", "--to", tmp_path / "plan.md").status == 1


def test_a_drill_that_is_not_over_teaches_nothing_yet(lessons, tmp_path: Path):
    path = tmp_path / "open.drill"
    from drillkit.journal.sqlite import SqliteJournal
    from drillkit.packs.rubrics import weights
    from drillkit.session import Opening, Session

    pack = packs.load(PACK)
    journal = SqliteJournal.create(path)
    Session.open(journal, Opening("open", pack.scenario, pack.plan, weights()), 0)
    journal.close()
    assert "not over" in lessons("collect", path).err
