"""The file of a journal: forged, torn, locked, full, foreign, old and new."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from drillkit.journal import Draft, JournalFault, lock, upcast
from drillkit.journal.chain import link
from drillkit.journal.sqlite import APPLICATION_ID, SqliteJournal, verify
from drillkit.model.events import BroadcastMade
from drillkit.model.text import Prose
from drillkit.words import area, say


def a_draft(at: int = 0, text: str = "Water rises: 水位上升 🌊") -> Draft:
    return Draft(at=at, wall=at, by="chief", event=BroadcastMade(text=Prose(text)))


def filled(path: Path, count: int = 5) -> SqliteJournal:
    journal = SqliteJournal.create(path)
    for seq in range(count):
        journal.append(seq - 1, f"c{seq}", [a_draft(at=seq)])
    return journal


def plant(journal: SqliteJournal, stored: bytes) -> None:
    seq, closed = journal.head() + 1, bytes.fromhex(journal.seal())
    journal._db.execute(
        "INSERT INTO entry (seq, body, hash) VALUES (?, ?, ?)",
        (seq, stored.decode(), link(closed, stored)),
    )


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def contents(path: Path) -> dict[str, bytes]:
    """The journal and what it has not yet taken in; SQLite's shared memory beside it is no data."""
    return {
        file.name: file.read_bytes()
        for file in path.parent.glob("*.drill*")
        if not file.name.endswith("-shm")
    }


def refused(opening: Callable[[], object], key: str) -> JournalFault:
    with pytest.raises(JournalFault) as fault:
        opening()
    assert fault.value.key == key
    for lang in ("en", "zh"):
        assert str(fault.value.values["file"]) in say(lang, fault.value.key, **fault.value.values)
    return fault.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.drill"


# The file


def test_an_entry_that_cannot_be_encoded_leaves_the_file_as_it_was(path: Path):
    with closing(filled(path, 1)) as journal:
        with pytest.raises(ValueError):
            journal.append(0, "b", [a_draft(), replace(a_draft(), by="\ud800")])
        assert journal.append(0, "c", [a_draft()]).entries[0].seq == 1


def test_a_closed_journal_is_one_file_and_comes_back_whole(path: Path):
    journal = filled(path)
    entries, seal = journal.read(), journal.seal()
    journal.close()
    assert names(path.parent) == [path.name]
    with closing(SqliteJournal.open(path, write=True)) as again:
        assert (again.read(), again.seal()) == (entries, seal)
        assert again.append(4, "c4", [a_draft()]).duplicate
        assert again.append(4, "c5", [a_draft()]).entries[0].seq == 5


def test_the_file_can_be_read_with_any_sqlite(path: Path):
    filled(path).close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT seq, at, by, kind, command FROM entry").fetchall()[1] == (
            1,
            1,
            "chief",
            "broadcast_made",
            "c1",
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET body = '{}' WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 4",
        "INSERT OR REPLACE INTO entry (seq, body, hash) VALUES (1, '{}', x'00')",
        "INSERT INTO entry (seq, body, hash) VALUES (7, '{}', x'00')",
    ],
)
@pytest.mark.parametrize("foreign", [True, False], ids=["another program", "our connection"])
def test_the_file_itself_refuses_to_change_what_it_holds(path: Path, sql: str, foreign: bool):
    with closing(filled(path)) as journal:
        with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.IntegrityError):
            (other if foreign else journal._db).execute(sql)
        assert len(journal.read()) == 5
        assert verify(path).holds


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection with which a forger took the guards off."""
    with closing(sqlite3.connect(path)) as db, db:
        for guard in ("entry_next", "entry_stays", "entry_kept"):
            db.execute(f"DROP TRIGGER {guard}")
        yield db


@pytest.mark.parametrize(
    ("forgery", "broken"),
    [
        ("UPDATE entry SET body = replace(body, 'chief', 'chiefs') WHERE seq = 3", 3),
        ("UPDATE entry SET hash = x'00' WHERE seq = 2", 2),
        ("DELETE FROM entry WHERE seq = 0", 0),
        ("DELETE FROM entry WHERE seq = 2", 2),
        ("UPDATE entry SET seq = 9 WHERE seq = 4", 4),
        ("INSERT INTO entry (seq, body, hash) VALUES (5, '{}', x'00')", 5),
    ],
)
def test_the_first_entry_that_does_not_hold_is_named(path: Path, forgery: str, broken: int):
    filled(path).close()
    with unguarded(path) as db:
        db.execute(forgery)
    verdict = verify(path)
    assert (verdict.holds, verdict.broken, verdict.entries) == (False, broken, broken)


def test_one_changed_byte_is_named_even_where_the_json_is_broken(path: Path):
    filled(path).close()
    image = bytearray(path.read_bytes())
    second = image.index(b'{"v":1,"seq":1,')
    image[second] = 0xFF
    path.write_bytes(image)
    assert verify(path).broken == 1
    with (
        closing(SqliteJournal.open(path, write=False)) as journal,
        pytest.raises(JournalFault) as fault,
    ):
        journal.read()
    assert (fault.value.key, fault.value.values["entry"]) == ("journal.undecodable", 1)


def test_no_changed_byte_in_the_file_goes_unseen_and_changes_what_is_read(path: Path):
    with closing(filled(path, 3)) as journal:
        entries = journal.read()
    image = path.read_bytes()
    for place in range(0, len(image), 3):
        if not image[place]:
            continue
        path.write_bytes(image[:place] + bytes([image[place] ^ 0x15]) + image[place + 1 :])
        try:
            if verify(path).holds:
                with closing(SqliteJournal.open(path, write=False)) as journal:
                    assert journal.read() == entries, place
        except JournalFault as fault:
            say("en", fault.key, **fault.values)


def test_an_end_cut_off_holds_but_has_another_seal(path: Path):
    with closing(filled(path)) as journal:
        seal = journal.seal()
    with unguarded(path) as db:
        db.execute("DELETE FROM entry WHERE seq = 4")
    verdict = verify(path)
    assert (verdict.holds, verdict.entries) == (True, 4)
    assert verdict.seal != seal


# Writers and readers


def test_a_second_writer_is_refused_until_the_first_is_done(path: Path):
    first = filled(path)
    refused(lambda: SqliteJournal.open(path, write=True), "journal.in_use")
    first.close()
    SqliteJournal.open(path, write=True).close()


def test_a_second_name_of_the_file_does_not_let_a_second_writer_in(path: Path):
    alias = path.with_name("alias.drill")
    alias.symlink_to(path)
    with closing(filled(path)):
        refused(lambda: SqliteJournal.open(alias, write=True), "journal.in_use")


def test_a_lock_on_a_file_that_is_just_being_removed_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path, seize, seized = tmp_path / "lock", lock._seize, []

    def as_its_holder_leaves(held: int) -> None:
        if not seized:
            path.unlink()
        seized.append(held)
        seize(held)

    monkeypatch.setattr(lock, "_seize", as_its_holder_leaves)
    taken = lock.Lock(path)
    assert len(seized) == 2
    with pytest.raises(lock.Held):
        lock.Lock(path)
    taken.release()


def test_a_reader_follows_while_the_host_writes(path: Path):
    with closing(filled(path, 2)) as host, closing(SqliteJournal.open(path, write=False)) as reader:
        assert reader.head() == 1
        host.append(1, "more", [a_draft()])
        assert reader.read(1) == host.read(1)
        assert reader.seal() == host.seal()


def test_a_reader_stays_while_hosts_come_and_go(path: Path):
    filled(path, 2).close()
    with closing(SqliteJournal.open(path, write=False)) as reader:
        assert reader.head() == 1
        for head in (1, 2):
            with closing(SqliteJournal.open(path, write=True)) as host:
                host.append(head, f"c{head + 1}", [a_draft()])
                assert reader.head() == head + 1
        assert reader.head() == 3
    assert verify(path).entries == 4


def test_a_reader_writes_nothing(path: Path):
    with closing(filled(path)) as host:
        left = path.parent / "left"
        left.mkdir()
        for file in (path, path.with_name(f"{path.name}-wal")):
            shutil.copy(file, left)
        seal = host.seal()
    for file in (path, left / path.name):
        before = contents(file)
        with closing(SqliteJournal.open(file, write=False)) as reader:
            assert reader.seal() == seal
            refused(lambda: reader.append(4, "x", [a_draft()]), "journal.no_access")
        assert contents(file) == before


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that anybody may enter, with a journal closed, one left open and one copied alone."""
    folder = Path(tempfile.mkdtemp())
    filled(folder / "closed.drill").close()
    with closing(filled(folder / "host.drill")) as host:
        for name in ("host.drill", "host.drill-wal"):
            shutil.copy(folder / name, folder / name.replace("host", "left"))
        host._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(folder / "host.drill", folder / "alone.drill")
    yield folder
    shutil.rmtree(folder)


@contextmanager
def nobody(folder: Path, may: int) -> Iterator[None]:
    """Be a user who may only read the files, and do in the folder what the mode says."""
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(may)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.parametrize("name", ["closed.drill", "alone.drill"])
def test_a_journal_in_one_file_is_read_where_nothing_can_be_written(shelf: Path, name: str):
    with nobody(shelf, 0o555):
        assert verify(shelf / name).entries == 5
        with closing(SqliteJournal.open(shelf / name, write=False)) as journal:
            assert len(journal.read()) == 5


def test_a_journal_in_pieces_where_nothing_can_be_written_is_a_sentence(shelf: Path):
    with nobody(shelf, 0o555):
        refused(lambda: verify(shelf / "left.drill"), "journal.unclosed")


def test_nothing_is_written_where_nothing_can_be_written(shelf: Path):
    with nobody(shelf, 0o555):
        closed = shelf / "closed.drill"
        refused(lambda: SqliteJournal.open(closed, write=True), "journal.no_access")
        refused(lambda: SqliteJournal.create(shelf / "new.drill"), "journal.no_access")


@pytest.mark.parametrize("name", ["closed.drill", "alone.drill"])
def test_a_file_that_cannot_be_written_is_found_out_at_opening(shelf: Path, name: str):
    with nobody(shelf, 0o777):
        refused(lambda: SqliteJournal.open(shelf / name, write=True), "journal.no_access")
    assert not (shelf / f"{name}-lock").exists()


def test_a_folder_that_may_not_be_entered_is_a_sentence(shelf: Path):
    with nobody(shelf, 0o000):
        refused(lambda: verify(shelf / "closed.drill"), "journal.no_access")


# Faults


def foreign_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE entry (seq, body, hash)")


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    "put",
    [
        foreign_sqlite,
        Path.touch,
        Path.mkdir,
        lambda path: path.write_text("not a journal, but a text " * 100),
        lambda path: path.write_bytes(b"SQLite format 3\0"),
    ],
    ids=["foreign SQLite", "empty file", "folder", "text", "stump"],
)
def test_what_is_no_journal_is_refused_and_left_alone(path: Path, put, write: bool):
    put(path)
    before = contents(path) if path.is_file() else None
    refused(lambda: SqliteJournal.open(path, write=write), "journal.foreign")
    assert names(path.parent) == [path.name]
    assert before is None or contents(path) == before


@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_not_there_is_not_made_by_opening_it(path: Path, write: bool):
    refused(lambda: SqliteJournal.open(path, write=write), "journal.missing")
    assert names(path.parent) == []


def test_creating_refuses_a_file_that_is_there(path: Path):
    filled(path, 2).close()
    refused(lambda: SqliteJournal.create(path), "journal.exists")
    assert verify(path).entries == 2


def test_creating_in_no_folder_is_refused(tmp_path: Path):
    refused(lambda: SqliteJournal.create(tmp_path / "no" / "where.drill"), "journal.no_folder")


def test_a_name_that_the_system_refuses_is_refused(tmp_path: Path):
    refused(lambda: SqliteJournal.create(tmp_path / ("n" * 300)), "journal.refused")


@pytest.mark.parametrize("write", [True, False])
def test_a_file_with_newer_tables_is_refused(path: Path, write: bool):
    filled(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    refused(lambda: SqliteJournal.open(path, write=write), "journal.newer")


def test_a_newer_body_is_refused_and_verified_all_the_same(path: Path):
    with closing(filled(path)) as journal:
        plant(journal, b'{"v":99,"event":{"kind":"telepathy"}}')
        refused(journal.read, "journal.newer")
        assert journal.verify().entries == 6


@pytest.mark.parametrize(
    "stored", [b'{"v":1,"seq":5}', b"{}", b"[1]", b'{"v":0,"event":{"kind":"x"}}']
)
def test_a_body_that_is_no_entry_is_named(path: Path, stored: bytes):
    with closing(filled(path)) as journal:
        plant(journal, stored)
        assert refused(journal.read, "journal.undecodable").values["entry"] == 5


@pytest.mark.parametrize("write", [True, False])
def test_a_torn_file_is_damaged(path: Path, write: bool):
    filled(path, 60).close()
    path.write_bytes(path.read_bytes()[:-8192])
    refused(lambda: SqliteJournal.open(path, write=write), "journal.damaged")


def test_a_lost_page_does_not_hold_from_its_first_entry_on(path: Path):
    filled(path, 60).close()
    image = path.read_bytes()
    page = image.index(b'{"v":1,"seq":30,') // 4096 * 4096
    path.write_bytes(image[:page] + bytes(4096) + image[page + 4096 :])
    with closing(SqliteJournal.open(path, write=False)) as journal:
        refused(journal.read, "journal.damaged")
        verdict = journal.verify()
    assert verdict.broken is not None
    assert verdict.broken == verdict.entries <= 30


def test_a_full_disk_leaves_nothing_half_written_and_is_got_over(path: Path):
    with closing(filled(path)) as journal:
        before = journal.read()
        (pages,) = journal._db.execute("PRAGMA page_count").fetchone()
        journal._db.execute(f"PRAGMA max_page_count = {pages + 1}")
        drafts = [a_draft(text="x" * 3_000) for _ in range(20)]
        refused(lambda: journal.append(4, "much", drafts), "journal.full")
        assert (journal.read(), journal.head()) == (before, 4)
        journal._db.execute("PRAGMA max_page_count = 100000")
        told = journal.append(4, "much", drafts)
        assert (told.duplicate, journal.head()) == (False, 24)
    assert verify(path).entries == 25


def test_a_disk_too_full_for_a_new_journal_keeps_no_stump(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("drillkit.journal.sqlite._STAMP", "PRAGMA max_page_count = 1;")
    refused(lambda: SqliteJournal.create(path), "journal.full")
    assert names(path.parent) == []


def test_the_sentences_are_the_same_in_both_languages():
    assert area("en", "journal").keys() == area("zh", "journal").keys()


def test_the_file_says_what_it_is(path: Path):
    filled(path).close()
    assert path.read_bytes()[68:72] == b"dril" == APPLICATION_ID.to_bytes(4)


# Versions


def test_an_old_body_is_brought_to_today_step_by_step(path: Path, monkeypatch: pytest.MonkeyPatch):
    with closing(filled(path, 1)) as journal:
        plant(
            journal,
            b'{"v":1,"seq":1,"at":5,"wall":6,"by":"chief","via":"","command":"x","event":{"kind":"shout","words":"Run"}}',
        )

        def renamed(old: upcast.Body) -> upcast.Body:
            return old | {"event": {"kind": "broadcast_made", "words": old["event"]["words"]}}

        def reworded(old: upcast.Body) -> upcast.Body:
            return old | {
                "event": {
                    "kind": "broadcast_made",
                    "text": old["event"].get("words") or old["event"]["text"],
                }
            }

        monkeypatch.setattr(upcast, "VERSION", 4)
        monkeypatch.setattr(
            upcast, "UPCASTS", {("shout", 1): renamed, ("broadcast_made", 2): reworded}
        )
        untouched, brought = journal.read()
        journal.append(1, "new", [a_draft()])
        assert untouched.event == a_draft().event
        assert brought.event == BroadcastMade(text=Prose("Run"))
        assert journal.read(1)[0].event == a_draft().event
        assert verify(path).holds
