"""The command line as people meet it: help, lists, checks, scores, exports, and every slip."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from drillkit.cli import main
from drillkit.cli.options import SPEEDS
from drillkit.cli.parser import _COMMANDS, parse
from drillkit.core.decide.facilitator import FASTEST, SLOWEST
from drillkit.words import say

PACK = "riverside-hospital-flood"
LANGS = ("en", "zh")


class Said:
    """What one run of a command said, and its exit status."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err


@pytest.fixture
def drillkit(capsys: pytest.CaptureFixture[str]):
    """Run a command in this process."""

    def run(*words: str) -> Said:
        capsys.readouterr()
        try:
            status = main(words)
        except SystemExit as ended:
            status = int(str(ended.code))
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(status, out, err)

    return run


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drill that was played; the tests of this module only read it."""
    folder = tmp_path_factory.mktemp("played")
    assert main(["demo", "--headless", "--seed", "3", "--to", str(folder)]) == 0
    return folder / "demo.drill"


# -- help, and slips -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_explains_itself_with_an_example(drillkit, command: str, lang: str):
    said = drillkit(command, "--help", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    example = said.out.splitlines()[-1]
    assert say(lang, "cli.example", line="") in example
    line = example.split("drillkit ", 1)[1]
    assert parse(line.split(), lang).command == command


@pytest.mark.parametrize("lang", LANGS)
def test_the_help_of_all_lists_every_command(drillkit, lang: str):
    said = drillkit("--help", f"--lang={lang}")
    assert said.status == 0
    for command in _COMMANDS:
        assert re.search(rf"^ +{command}\b", said.out, re.MULTILINE)
        assert say(lang, f"cli.{command}-about").split()[0] in said.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["chek"], "'chek' is not known; did you mean 'check'?"),
        (["xyzzy"], "'xyzzy' is not known; known are demo, scenarios, check, preview"),
        (["score"], "missing: FILE.drill"),
        (["score", "a.drill", "--jsn"], "not understood: --jsn"),
        (["score", "a.drill", "--lang", "fr"], "--lang: 'fr' is not known; known are en, zh"),
        (["check", "a", "--format", "jsom"], "did you mean 'json'?"),
        (["host", PACK, "--seed", "x"], "--seed: 'x' is not a value that it takes"),
        (["host", PACK, "--speed", "nan"], "--speed: 'nan' is not a number from 0.1 to 3600"),
        (["resume", "a.drill", "--speed", "0"], "--speed: '0' is not a number from 0.1 to 3600"),
        (["demo", "--skill", "2"], "--skill: '2' is not a number from 0 to 1"),
        (["demo", "--to"], "--to: it takes one value"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_slip_is_answered_with_usage_and_one_sentence(drillkit, words: list[str], sentence: str):
    said = drillkit(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("usage: drillkit")
    last = said.err.splitlines()[-1]
    assert last.startswith("drillkit: ")
    assert sentence in last


def test_a_slip_is_answered_in_the_language_that_was_asked_for(drillkit):
    for asked in (["--lang", "zh"], ["--lang=zh"]):
        said = drillkit("demo", "--skill", "2", *asked)
        assert said.status == 2
        assert said.err.startswith("用法：drillkit")
        assert said.err.splitlines()[-1].endswith("'2' 不是 0 到 1 之间的数")


def test_the_language_can_be_written_in_either_way(drillkit):
    title = "滨河医院暴雨内涝"
    for words in (
        ["scenarios", "--lang", "zh"],
        ["scenarios", "--lang=zh"],
        ["--lang=zh", "scenarios"],
    ):
        assert title in drillkit(*words).out
    assert title not in drillkit("scenarios").out


def test_the_speeds_that_the_command_line_takes_are_those_of_the_director():
    assert SPEEDS == (SLOWEST, FASTEST)


def test_without_a_terminal_the_home_screen_says_what_it_needs(drillkit):
    said = drillkit()
    assert (said.status, said.err) == (1, say("en", "cli.terminal-needed") + "\n")


# -- packs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_scenarios_lists_the_packs(drillkit, lang: str):
    said = drillkit("scenarios", "--lang", lang)
    assert said.status == 0
    first = next(line for line in said.out.splitlines() if line.startswith(PACK))
    assert say(lang, "cli.family.natural_disaster") in first
    assert " 90 " in first


def test_scenarios_as_json_is_one_document(drillkit):
    said = drillkit("scenarios", "--json")
    assert (said.status, said.err) == (0, "")
    first = next(pack for pack in json.loads(said.out) if pack["id"] == PACK)
    assert first["family"] == "natural_disaster"
    assert first["minutes"] == 90
    assert first["title"]["zh"] == "滨河医院暴雨内涝"
    assert len(first["roles"]) == 10
    assert Path(first["folder"], "scenario.toml").is_file()


@pytest.mark.parametrize("lang", LANGS)
def test_a_new_pack_passes_check(drillkit, tmp_path: Path, lang: str):
    folder = tmp_path / "pack"
    said = drillkit("new", str(folder), "--lang", lang, "--family", "sabotage", "--length", "1h")
    assert said.status == 0
    assert say(lang, "new.pack-done", n=9, path=folder) in said.out
    assert f"drillkit check {folder}" in said.out
    checked = drillkit("check", str(folder), "--lang", lang)
    assert checked.status == 0
    # Nine injects leave gaps in an hour of play, and no other advice is called for.
    codes = {word for word in checked.out.split() if word.startswith("DK")}
    assert codes <= {"DK403"}


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ([], 2, "Say what to write"),
        (["DIR", "--plan", "own.toml"], 2, "not both"),
        (["DIR", "--name", "Firm"], 2, "--name is for a plan"),
        (["--plan", "own.toml", "--length", "1h"], 2, "--length is for a pack"),
        (["DIR", "--length", "5h"], 2, "no length from 20m to 2h"),
        (["DIR", "--roles", "commander,medcal"], 2, "did you mean 'medical'?"),
        (["DIR", "--family", "flood"], 2, "write one of natural_disaster"),
        (["DIR", "--lang", "fr"], 2, "known are en, zh, both"),
        (["--plan", "no/own.toml"], 1, "The folder no is not there"),
        (["--plan", "there.toml"], 1, "there.toml is there already"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_new_cannot_write_is_one_sentence(
    drillkit, tmp_path: Path, monkeypatch, *, words: list[str], status: int, sentence: str
):
    monkeypatch.chdir(tmp_path)
    Path("there.toml").write_text("mine")
    said = drillkit("new", *words)
    assert (said.status, said.out) == (status, "")
    assert sentence in said.err.splitlines()[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["there.toml"]


def test_the_pack_may_be_in_both_languages_and_the_command_in_one(drillkit, tmp_path: Path):
    for folder, more in (("one", ["--lang", "both"]), ("other", [])):
        said = drillkit("--lang", "zh", "new", str(tmp_path / folder), *more)
        assert "已在" in said.out
        text = (tmp_path / folder / "scenario.toml").read_text("utf-8")
        assert ".en = " in text
        assert "# 阶段" in text
    assert "Wrote a pack" in drillkit("new", str(tmp_path / "third"), "--lang", "both").out


def test_what_is_proposed_after_new_can_be_typed_and_speaks_the_same_language(
    drillkit, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for words in (["new", "my drill"], ["new", "--plan", "our plan.toml"]):
        said = drillkit(*words, "--lang", "zh")
        line = next(line for line in said.out.splitlines() if "drillkit check" in line)
        again = drillkit(*shlex.split(line)[1:])
        assert again.status == 0
        assert "份预案" in again.out or "个情景包" in again.out
    monkeypatch.setenv("DRILLKIT_LANG", "zh")
    assert "--lang" not in drillkit("new", "third", "--lang", "zh").out


@pytest.mark.parametrize("lang", LANGS)
def test_a_folder_whose_name_gives_no_id_is_told_which_one_it_got(drillkit, tmp_path, lang):
    said = drillkit("new", str(tmp_path / "停氧"), "--title", "停氧", "--lang", lang)
    assert say(lang, "new.pack-id", id="technical-failure") in said.out
    assert 'id = "technical-failure"\n' in (tmp_path / "停氧" / "scenario.toml").read_text("utf-8")
    said = drillkit("new", str(tmp_path / "oxygen"), "--lang", lang)
    assert "technical-failure" not in said.out


def test_who_stops_new_reads_that_nothing_was_written(drillkit, tmp_path: Path, monkeypatch):
    def stops(prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", stops)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    for words in ([str(tmp_path / "pack")], ["--plan", str(tmp_path / "plan.toml")]):
        said = drillkit("new", *words)
        assert said.status == 130
        assert said.err == "\n" + say("en", "new.stopped") + "\n"
    assert list(tmp_path.iterdir()) == []


def test_new_overwrites_nothing(drillkit, tmp_path: Path):
    mine = tmp_path / "scenario.toml"
    mine.write_text("mine")
    for folder in (tmp_path, mine):
        said = drillkit("new", str(folder))
        assert (said.status, said.out) == (1, "")
        assert said.err == say("en", "cli.not-empty", path=folder) + "\n"
    assert mine.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [mine]


@pytest.fixture
def faulty(drillkit, tmp_path: Path) -> Path:
    """A pack with one key that is misspelled."""
    folder = tmp_path / "faulty"
    drillkit("new", str(folder))
    scenario = folder / "scenario.toml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("[[inject]]\n", "[[inject]]\ntilte = 3\n", 1), "utf-8")
    return folder


def the_slip(folder: Path) -> tuple[str, int]:
    """The file and line where `faulty` put the misspelled key."""
    path = folder / "scenario.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    return str(path), lines.index("tilte = 3") + 1


def test_check_names_file_line_and_column(drillkit, faulty: Path):
    path, line = the_slip(faulty)
    said = drillkit("check", str(faulty))
    assert said.status == 1
    assert said.out.startswith(f"{path}:{line}:1: ")
    assert '"tilte"; did you mean "title"?' in said.out.splitlines()[0]
    assert said.err == say("en", "cli.check-found", n=1) + "\n"


def test_check_as_json_is_one_document(drillkit, faulty: Path):
    path, line = the_slip(faulty)
    said = drillkit("check", str(faulty), "--format", "json")
    assert (said.status, said.err) == (1, "")
    (fault,) = json.loads(said.out)
    assert (fault["file"], fault["line"], fault["col"]) == (path, line, 1)
    clean = drillkit("check", PACK, "--format", "json")
    assert (clean.status, json.loads(clean.out)) == (0, [])


def test_check_for_github_is_an_annotation(drillkit, faulty: Path):
    path, line = the_slip(faulty)
    said = drillkit("check", str(faulty), "--format", "github")
    assert said.status == 1
    assert said.out.startswith("::error ")
    assert f"file={path}" in said.out
    assert f"line={line}" in said.out


def test_check_of_a_folder_without_packs_says_so(drillkit, tmp_path: Path):
    said = drillkit("check", str(tmp_path))
    assert (said.status, said.err) == (1, say("en", "cli.check-none", path=tmp_path) + "\n")


@pytest.mark.parametrize("command", ["check", "host"])
def test_an_unknown_pack_is_answered_with_the_nearest(drillkit, command: str):
    said = drillkit(command, "riverside-hospital-flod")
    assert (said.status, said.out) == (2, "")
    assert said.err == f"There is no pack 'riverside-hospital-flod'; did you mean {PACK!r}?\n"
    assert drillkit(command, "xyzzy").err == say("en", "cli.no-pack", name="xyzzy") + "\n"


# -- drills ----------------------------------------------------------------------------------------


def test_verify_says_that_the_chain_holds(drillkit, played: Path):
    said = drillkit("verify", str(played))
    assert said.status == 0
    assert re.fullmatch(r"The chain holds: \d+ entries, head [0-9a-f]{64}\n", said.out)


@pytest.mark.parametrize("lang", LANGS)
def test_score_shows_the_six_scores(drillkit, played: Path, lang: str):
    said = drillkit("score", str(played), "--lang", lang)
    assert said.status == 0
    heading, *rows = said.out.splitlines()
    assert say(lang, "cli.headings.coverage") in heading
    scores, caps = rows[:6], rows[6:]
    assert all("%" in row for row in scores)
    found = json.loads(drillkit("score", str(played), "--json").out)
    names = ("arrival", "supplies", "information", "process", "result", "combined")
    assert len(caps) == sum(len(found[name]["caps"]) for name in names)


def test_score_as_json_is_one_document(drillkit, played: Path):
    said = drillkit("score", str(played), "--json")
    assert (said.status, said.err) == (0, "")
    assert json.loads(said.out)["scenario"]["id"] == PACK


def test_a_score_with_other_weights_names_them(drillkit, played: Path, tmp_path: Path):
    standard = Path(__file__).parent.parent / "scoring" / "rubrics" / "standard.toml"
    ours = tmp_path / "ours.toml"
    text = standard.read_text(encoding="utf-8")
    ours.write_text(text.replace('id = "standard"', 'id = "ours"'), encoding="utf-8")
    said = drillkit("score", str(played), "--weights", str(ours), "--json")
    assert json.loads(said.out)["weights"]["id"] == "ours"


def test_unknown_weights_are_answered_with_the_nearest(drillkit, played: Path):
    said = drillkit("score", str(played), "--weights", "standart")
    assert (said.status, said.out) == (2, "")
    assert said.err == "There are no weights 'standart'; did you mean 'standard'?\n"


def test_export_writes_what_was_asked_for_and_says_so(drillkit, played: Path, tmp_path: Path):
    folder = tmp_path / "reports"
    said = drillkit("export", str(played), "--to", str(folder), "--formats", "md, csv")
    assert said.status == 0
    names = {"report.md", "score-sheet.csv"}
    assert {path.name for path in folder.iterdir()} == names
    wrote = {say("en", "cli.wrote", path=folder / name) for name in names}
    assert set(said.out.splitlines()) == wrote


def test_a_report_is_written_in_the_language_that_was_asked_for(drillkit, played, tmp_path: Path):
    drillkit("export", str(played), "--to", str(tmp_path), "--formats", "md", "--lang", "zh")
    assert "滨河医院暴雨内涝" in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_an_unknown_format_is_answered_with_the_nearest(drillkit, played: Path, tmp_path: Path):
    folder = tmp_path / "reports"
    said = drillkit("export", str(played), "--to", str(folder), "--formats", "md,xslx")
    assert (said.status, said.out) == (2, "")
    assert said.err == "There is no format 'xslx'; did you mean 'xlsx'?\n"
    assert not folder.exists()


def test_sessions_lists_the_drills_of_this_machine_and_passes_over_what_is_none(
    drillkit, played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert drillkit("sessions").out == say("en", "cli.no-sessions") + "\n"
    assert json.loads(drillkit("sessions", "--json").out) == []
    folder = tmp_path / "drillkit" / "sessions"
    folder.mkdir(parents=True)
    path = folder / "night.drill"
    path.write_bytes(played.read_bytes())
    (folder / "notes.drill").write_text("no journal")
    (folder / "cut.drill").write_bytes(played.read_bytes()[:20_000])
    (only,) = json.loads(drillkit("sessions", "--json").out)
    assert (only["path"], only["stage"], only["clock"]) == (str(path), "ended", "1:30:00")
    _, row = drillkit("sessions").out.splitlines()
    assert row.rstrip().endswith(str(path)), "a path is whole, so that it can be copied"


# -- the program -----------------------------------------------------------------------------------


def test_the_program_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "drillkit", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"drillkit \d+\.\d+\S*\n", done.stdout)


def test_a_reader_who_has_had_enough_is_no_fault():
    run = [sys.executable, "-m", "drillkit", "scenarios", "--json"]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1
