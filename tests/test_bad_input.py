"""Bad input: broken packs, foreign and damaged journals, a full disk, and whatever people type."""

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from bench.crash import TOLD
from worlds import Play
from worlds_packs import write_pack

from drillkit.cli import main
from drillkit.core.script import Refused
from drillkit.journal.sqlite import LAYOUT, SqliteJournal
from drillkit.model.commands import Arrive, Command, DispatchSupplies, GiveResponse, SendMessage
from drillkit.model.text import Line, Prose, TextTooLong
from drillkit.words import say
from scoring.assess import assess

PACK = "riverside-hospital-flood"
HOUSE = Path(__file__).parent.parent
LANGS = ("en", "zh")
Fails = Callable[..., str]


@pytest.fixture
def fails(capsys: pytest.CaptureFixture[str]) -> Fails:
    """Run a command that must fail with one sentence and nothing else; the sentence."""

    def run(*words: str, status: int = 1) -> str:
        capsys.readouterr()
        assert main(words) == status
        out, err = capsys.readouterr()
        assert out == ""
        assert err.endswith("\n")
        assert err.count("\n") == 1, err
        assert "Traceback" not in err
        return err.removesuffix("\n")

    return run


# -- packs -----------------------------------------------------------------------------------------


@pytest.fixture
def pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "pack"
    return write_pack(folder)


def scribble(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def break_toml(pack: Path) -> None:
    scribble(pack / "scenario.toml", "[[inject]]\n", "[[inject]\n")


def misspell_key(pack: Path) -> None:
    scribble(pack / "plan.toml", "[[role]]\n", "[[role]]\nwieght = 2\n")


def add_table(pack: Path) -> None:
    scribble(pack / "scenario.toml", "[[inject]]\n", "[[injects]]\n")


def leave_no_plan(pack: Path) -> None:
    (pack / "plan.toml").unlink()


def dangle(pack: Path) -> None:
    (pack / "plan.toml").unlink()
    (pack / "plan.toml").symlink_to(pack / "nowhere.toml")


def put_folder(pack: Path) -> None:
    (pack / "plan.toml").unlink()
    (pack / "plan.toml").mkdir()


def put_bytes(pack: Path) -> None:
    (pack / "scenario.toml").write_bytes(b"id = \xff\xfe")


def empty(pack: Path) -> None:
    (pack / "scenario.toml").write_bytes(b"")


def open_all_brackets(pack: Path) -> None:
    (pack / "scenario.toml").write_text("id = " + "[" * 100_000)


@pytest.mark.parametrize(
    "spoil",
    [
        break_toml,
        misspell_key,
        add_table,
        leave_no_plan,
        dangle,
        put_folder,
        put_bytes,
        empty,
        open_all_brackets,
    ],
)
def test_a_spoiled_pack_is_answered_with_where_it_is_wrong(
    pack: Path, tmp_path: Path, spoil: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
):
    spoil(pack)
    assert main(["check", str(pack), "--format", "json"]) == 1
    out, err = capsys.readouterr()
    faults = json.loads(out)
    assert faults
    assert err == ""
    first = f"{faults[0]['file']}:{faults[0]['line']}:{faults[0]['col']}: {faults[0]['code']} "
    for words in (
        ["check", str(pack)],
        ["host", str(pack), "--session", str(tmp_path / "a.drill")],
    ):
        assert main([*words, "--lang", "zh"] if words[0] == "check" else words) == 1
        out, err = capsys.readouterr()
        assert (out + err).startswith(first)
        assert "Traceback" not in out + err
    assert not (tmp_path / "a.drill").exists(), "no journal is made for a pack that is wrong"


def test_a_pack_that_is_a_file_is_no_pack(pack: Path, capsys: pytest.CaptureFixture[str]):
    path = pack / "scenario.schema.json"
    for words in (["check", str(path)], ["host", str(path), "--headless"]):
        assert main(words) == 1
        out, err = capsys.readouterr()
        assert (out + err).startswith(f"{path}:1:1: ")
        assert "Traceback" not in out + err


def test_a_plan_that_does_not_fit_is_answered_with_where_it_is_wrong(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    plan = tmp_path / "other.toml"
    plan.write_text('id = "other"\n')
    assert main(["host", PACK, "--plan", str(plan), "--headless"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{plan}:1:1: " in err


# -- journals --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drill that was played; tests copy it."""
    folder = tmp_path_factory.mktemp("played")
    assert main(["demo", "--headless", "--to", str(folder)]) == 0
    return folder / "demo.drill"


def text_file(path: Path, played: Path) -> str:
    path.write_text("Dear diary")
    return say("en", "journal.foreign", file=path)


def other_database(path: Path, played: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body TEXT, hash BLOB)")
    return say("en", "journal.foreign", file=path)


def empty_file(path: Path, played: Path) -> str:
    path.touch()
    return say("en", "journal.foreign", file=path)


def folder(path: Path, played: Path) -> str:
    path.mkdir()
    return say("en", "journal.foreign", file=path)


def nothing(path: Path, played: Path) -> str:
    return say("en", "journal.missing", file=path)


def dangling_link(path: Path, played: Path) -> str:
    path.symlink_to(path.with_name("nowhere"))
    return say("en", "journal.missing", file=path)


def newer(path: Path, played: Path) -> str:
    shutil.copy(played, path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    return say("en", "journal.newer", file=path)


def newer_entry(path: Path, played: Path) -> str:
    shutil.copy(played, path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER entry_stays")
        db.execute("""UPDATE entry SET body = replace(body, '{"v":1,', '{"v":9,') WHERE seq = 40""")
        db.commit()
    return say("en", "journal.newer", file=path)


def truncated(path: Path, played: Path) -> str:
    path.write_bytes(played.read_bytes()[:50_000])
    return say("en", "journal.damaged", file=path)


JOURNALS = [
    text_file,
    other_database,
    empty_file,
    folder,
    nothing,
    dangling_link,
    newer,
    newer_entry,
    truncated,
]


@pytest.mark.parametrize("command", ["score", "export", "resume", "verify"])
@pytest.mark.parametrize("journal", JOURNALS)
def test_what_is_no_whole_journal_is_answered_with_what_it_is(
    tmp_path: Path, played: Path, fails: Fails, journal: Callable[[Path, Path], str], command: str
):
    path = tmp_path / "a.drill"
    sentence = journal(path, played)
    before = path.read_bytes() if path.is_file() else None
    options = {"export": ["--to", str(tmp_path / "out")], "resume": ["--headless"]}
    said = fails(command, str(path), *options.get(command, []))
    if command == "verify" and journal is newer_entry:
        sentence = "The chain breaks at entry "  # verify decodes nothing: it names the first
    assert said.startswith(sentence)
    assert not (tmp_path / "out").exists()
    if command != "resume" and before is not None:
        assert path.read_bytes() == before, "who only reads changes nothing"


@pytest.mark.parametrize("command", ["score", "resume"])
def test_a_journal_of_a_host_that_died_before_it_began_holds_no_drill(
    tmp_path: Path, fails: Fails, command: str
):
    path = tmp_path / "a.drill"
    SqliteJournal.create(path).close()
    options = ["--headless"] if command == "resume" else []
    assert fails(command, str(path), *options) == say("en", "cli.not-started", path=path)


def test_a_journal_that_is_being_written_is_left_to_its_host(tmp_path: Path, fails: Fails):
    path = tmp_path / "a.drill"
    with closing(SqliteJournal.create(path)):
        said = fails("resume", str(path), "--headless")
    assert said == say("en", "journal.in_use", file=path)


def test_a_drill_does_not_overwrite_another(tmp_path: Path, played: Path, fails: Fails):
    before = played.read_bytes()
    said = fails("host", PACK, "--headless", "--port", "0", "--session", str(played))
    assert said == say("en", "journal.exists", file=played)
    assert played.read_bytes() == before


def test_a_taken_port_is_one_sentence_and_leaves_no_journal(tmp_path: Path, fails: Fails):
    path = tmp_path / "a.drill"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = fails("host", PACK, "--session", str(path), "--headless", "--port", port)
    assert port in said
    assert "--port" in said
    assert not path.exists()


def test_a_drill_that_cannot_be_played_leaves_no_journal(tmp_path: Path, fails: Fails):
    path = tmp_path / "a.drill"
    host = ["host", PACK, "--port", "0", "--session", str(path)]
    assert "'nobody'" in fails(*host, "--headless", "--stand-ins", "medical,nobody")
    assert fails(*host) == say("en", "cli.terminal-needed")
    fails(*host, "--headless", "--weights", "xyzzy", status=2)
    assert not path.exists()
    nowhere = tmp_path / "no" / "a.drill"
    said = fails("host", PACK, "--headless", "--port", "0", "--session", str(nowhere))
    assert said == say("en", "journal.no_folder", file=nowhere)


def test_reports_that_cannot_be_written_are_no_fault_of_the_drill(
    tmp_path: Path, played: Path, fails: Fails
):
    taken = tmp_path / "taken"
    taken.write_text("mine")
    assert fails("export", str(played), "--to", str(taken)).startswith(f"{taken}: ")
    assert fails("export", str(played), "--to", str(taken / "deep")).startswith(str(taken))
    assert taken.read_text() == "mine"
    (tmp_path / "out" / "report.md").mkdir(parents=True)
    said = fails("export", str(played), "--to", str(tmp_path / "out"), "--formats", "md")
    assert str(tmp_path / "out") in said
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.md"]


def test_a_fault_of_our_own_is_written_down_and_one_sentence_is_said(
    fails: Fails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def stumble() -> list[Path]:
        raise ZeroDivisionError("a secret of the drill")

    monkeypatch.setattr("drillkit.packs.shipped", stumble)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    said = fails("scenarios")
    (log,) = tmp_path.rglob("crash.log")
    assert said == say("en", "cli.crashed", path=log)
    assert "ZeroDivisionError" in log.read_text()
    monkeypatch.setenv("XDG_STATE_HOME", str(log))  # a file, where no folder can be made
    assert "ZeroDivisionError" in fails("scenarios")


# -- a full disk -----------------------------------------------------------------------------------

PLAYING = ["--headless", "--speed", "3600", "--stand-ins", "all"]
WITH_LITTLE_ROOM = """
import resource, sys
room = 1_500_000  # bytes that any one file may hold: the journal reaches them during play
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
from drillkit.cli import main
sys.exit(main())
"""


def test_a_full_disk_ends_the_drill_with_a_sentence_and_loses_nothing(tmp_path: Path):
    path = tmp_path / "a.drill"
    words = ["host", PACK, "--session", str(path), *PLAYING]
    done = subprocess.run(
        [sys.executable, "-c", WITH_LITTLE_ROOM, *words],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert str(path) in done.stderr
    told = [TOLD.fullmatch(line + "\n") for line in done.stdout.splitlines()[1:]]
    assert all(told)
    places = [int(found[1]) for found in told if found]
    with closing(SqliteJournal.open(path, write=False)) as journal:
        kept = {entry.seq for entry in journal.read()}
    assert len(places) > 20
    assert kept.issuperset(places)
    assert main(["resume", str(path), *PLAYING]) == 0
    assert main(["verify", str(path)]) == 0


# -- what people type ------------------------------------------------------------------------------

FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
HOSTILE = [
    "[bold]not bold[/bold] [@click=app.quit]x[/] [/",
    '=HYPERLINK("http://example.test")',
    '<script>alert(1)</script> & "quotes"',
    "\x1b]52;c;aGFjaw==\x07\x1b[2J\x9b31m red",
    "a\u202egnp.exe\u2066",
    f"{FAMILY} 水位上涨 e\u0301 \N{VARIATION SELECTOR-16}",
    "{0} {text} %s %(x)s ' \" \\ \n -- ; DROP TABLE entry",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_people_type_is_kept_as_harmless_text(text: str, tmp_path: Path):
    with closing(SqliteJournal.create(tmp_path / "a.drill")) as journal:
        play = ready(Play(journal=journal))
        play.do("commander", GiveResponse(inject="alarm", options=("wait",), text=Prose(text)))
        play.do("commander", SendMessage(to=("liaison",), text=Prose(text)))
        (response,) = play.session.state.injects["alarm"].responses["commander"]
    with closing(SqliteJournal.open(tmp_path / "a.drill", write=False)) as journal:
        kept = [getattr(entry.event, "text", None) for entry in journal.read()]
    assert kept.count(response.text) == 2
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", response.text)
    for word in ("[/bold]", "<script>", "=HYPERLINK", FAMILY, "DROP TABLE"):
        assert (word in response.text) == (word in text)


def ready(play: Play) -> Play:
    """The alarm is out, and everybody is at the post."""
    play.minutes(1)
    for role in ("commander", "liaison", "supplies"):
        play.do(role, Arrive())
    return play.minutes(2)


@pytest.mark.parametrize("kind", [Line, Prose])
def test_a_hundred_thousand_characters_are_refused_where_they_are_typed(kind: type[Line | Prose]):
    play = ready(Play())
    before = len(play.session.entries)
    with pytest.raises(TextTooLong) as told:
        play.do("commander", GiveResponse(inject="alarm", text=Prose(kind("水" * 100_000))))
    assert (told.value.length, told.value.limit) == (100_000, kind.LIMIT)
    assert len(play.session.entries) == before


def test_an_answer_after_the_limit_is_taken_and_earns_nothing():
    def points(minutes: float) -> float:
        play = ready(Play())
        play.minutes(minutes)
        play.do("commander", GiveResponse(inject="alarm", options=("pump-out",)))
        assert play.session.state.injects["alarm"].responses["commander"]
        play.minutes(20)
        tasks = [one for letter in assess(play.session.state).objectives for one in letter.tasks]
        x = next(one.x for one in tasks if one.task == "act")
        assert x is not None
        return x

    never = ready(Play()).minutes(20)
    tasks = [one for letter in assess(never.session.state).objectives for one in letter.tasks]
    nothing = next(one.x for one in tasks if one.task == "act")
    assert points(3) > points(6) > points(8.1) == points(15) == nothing


REFUSED: list[tuple[str, Command, dict[str, str]]] = [
    (
        "supplies",
        DispatchSupplies(depot="north", site="gate", item="pump", quantity=5),
        {
            "en": "North depot has 4 of Pump; 5 cannot be sent.",
            "zh": "中文 North depot",
        },
    ),
    (
        "supplies",
        DispatchSupplies(depot="north", site="gate", item="pump", quantity=-1),
        {"en": "The quantity is a whole number above 0.", "zh": ""},
    ),
    (
        "commander",
        GiveResponse(inject="alarm", options=("flee",)),
        {"en": "'flee' is not among the options.", "zh": "'flee'"},
    ),
    (
        "supplies",
        GiveResponse(inject="alarm", options=("wait",)),
        {"en": "That inject was not addressed to you.", "zh": ""},
    ),
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("by", "command", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(
    by: str, command: Command, sentence: dict[str, str], lang: str
):
    play = ready(Play())
    before, stock = len(play.session.entries), dict(play.session.state.ledger.stock)
    with pytest.raises(Refused) as told:
        play.do(by, command)
    said = say(lang, told.value.key, **told.value.values)
    assert sentence[lang] in said
    assert said.endswith("." if lang == "en" else "。")
    assert len(play.session.entries) == before
    assert play.session.state.ledger.stock == stock
