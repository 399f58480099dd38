"""The journal as one SQLite file a session, NAME.drill: what append acknowledges is on disk."""

import errno
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from drillkit.journal import Appended, Conflict, Draft, JournalFault
from drillkit.journal.chain import START, Verdict, body, link
from drillkit.journal.chain import verify as verify_chain
from drillkit.journal.lock import Held, Lock
from drillkit.journal.upcast import NewerBody, decode
from drillkit.model.events import Entry

APPLICATION_ID = int.from_bytes(b"dril")
LAYOUT = 1
"""The version of the tables, kept in user_version; bodies have a version of their own."""

# Only the body is stored and everything else is read out of it, so nothing can disagree with what
# the chain protects. The trigger on INSERT also stops INSERT OR REPLACE, which walks past the one
# on DELETE wherever recursive_triggers is off.
_SCHEMA = """
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    at INTEGER AS (json_extract(body, '$.at')),
    by TEXT AS (json_extract(body, '$.by')),
    kind TEXT AS (json_extract(body, '$.event.kind')),
    command TEXT AS (json_extract(body, '$.command'))
) STRICT;
CREATE INDEX entry_command ON entry (command);
CREATE TRIGGER entry_next BEFORE INSERT ON entry
    WHEN new.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry)
    BEGIN SELECT raise(ABORT, 'an entry takes the next place'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
    BEGIN SELECT raise(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
    BEGIN SELECT raise(ABORT, 'an entry is never deleted'); END;
"""
_STAMP = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LAYOUT};"
_LAST = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"
_HASH = "SELECT hash FROM entry WHERE seq = ?"
_AFTER = "SELECT seq, body FROM entry WHERE seq > ? ORDER BY seq"
_OUTCOME = "SELECT seq, body FROM entry WHERE command = ? ORDER BY seq"
_INSERT = "INSERT INTO entry (seq, body, hash) VALUES (?, ?, ?)"
_CHAIN = "SELECT seq, body, hash FROM entry ORDER BY seq"

_PATIENCE = 2.0
"""Seconds to wait for another process that is just opening or closing the file."""

_SQLITE_FAULTS = {
    sqlite3.SQLITE_FULL: "journal.full",
    sqlite3.SQLITE_READONLY: "journal.no_access",
    sqlite3.SQLITE_CANTOPEN: "journal.no_access",
    sqlite3.SQLITE_BUSY: "journal.in_use",
    sqlite3.SQLITE_NOTADB: "journal.foreign",
    sqlite3.SQLITE_CORRUPT: "journal.damaged",
}
_SYSTEM_FAULTS = {
    errno.ENOSPC: "journal.full",
    errno.EACCES: "journal.no_access",
    errno.EPERM: "journal.no_access",
    errno.EROFS: "journal.no_access",
    errno.EEXIST: "journal.exists",
    errno.ENOENT: "journal.no_folder",
}


class SqliteJournal:
    """The journal in one file; made by `create` and `open`.

    A writer holds a lock beside the file until it is closed. Closing it properly leaves one file
    that needs no other beside it, so a copy of it is an archive.
    """

    def __init__(self, file: Path, db: sqlite3.Connection, lock: Lock | None) -> None:
        self._file = file
        self._db = db
        self._lock = lock

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new journal, open for writing. Raises JournalFault when `path` is taken or refused."""
        with ExitStack() as undo, _named(path):
            lock = _locked(path)
            undo.callback(lock.release)
            path.touch(exist_ok=False)
            undo.callback(path.unlink)
            db = _connection(path, "mode=rw")
            undo.callback(db.close)
            db.executescript(f"BEGIN; {_STAMP} {_SCHEMA} COMMIT;")
            _prepare(db)
            undo.pop_all()
        return cls(path, db, lock)

    @classmethod
    def open(cls, path: Path, *, write: bool) -> Self:
        """The journal that is there: to go on writing, or only to read, while its host writes too.

        Opened to read, nothing in the file ever changes. Raises JournalFault for what is no
        journal, is newer than this program, or has a writer already.
        """
        with _named(path):
            if not path.exists():
                raise JournalFault("journal.missing", file=str(path))
            if not path.is_file():
                raise JournalFault("journal.foreign", file=str(path))
        if not write:
            return cls(path, _reader(path), None)
        with ExitStack() as undo, _named(path):
            lock = _locked(path)
            undo.callback(lock.release)
            db = _connection(path, "mode=rw")
            undo.callback(db.close)
            _identify(db, path)
            # Found out now and not with the first answer: a file that cannot be written.
            db.execute(f"PRAGMA user_version = {LAYOUT}")
            _prepare(db)
            undo.pop_all()
        return cls(path, db, lock)

    def append(self, expected: int, command: str, drafts: Sequence[Draft]) -> Appended:
        entries = tuple(
            draft.placed(seq, command) for seq, draft in enumerate(drafts, expected + 1)
        )
        bodies = [body(entry) for entry in entries]
        with _named(self._file), self._db as db:
            db.execute("BEGIN IMMEDIATE")
            if first := self._decoded(db.execute(_OUTCOME, (command,))):
                return Appended(first, duplicate=True)
            head, closed = self._last()
            if head != expected:
                raise Conflict(head)
            rows: list[tuple[int, str, bytes]] = []
            for entry, stored in zip(entries, bodies, strict=True):
                closed = link(closed, stored)
                rows.append((entry.seq, stored.decode(), closed))
            db.executemany(_INSERT, rows)
        return Appended(entries)

    def read(self, after: int = -1) -> Sequence[Entry]:
        with _named(self._file):
            return self._decoded(self._db.execute(_AFTER, (after,)))

    def head(self) -> int:
        with _named(self._file):
            return self._last()[0]

    def seal(self) -> str:
        with _named(self._file):
            return self._last()[1].hex()

    def seal_at(self, seq: int) -> str:
        """The hash that closed the chain behind entry `seq`, in hex; "" when there is none."""
        with _named(self._file):
            row = self._db.execute(_HASH, (seq,)).fetchone()
        return row[0].hex() if row else ""

    def verify(self) -> Verdict:
        """Judge the chain of the entries as they are stored, without decoding any of them.

        An end that was cut off is not seen: compare the seal with one that was kept elsewhere.
        """
        return verify_chain(self._stored())

    def close(self) -> None:
        if self._lock is None:
            self._db.close()
            return
        # With a reader about, or no room left, the journal stays in two files: nothing is lost.
        with suppress(sqlite3.OperationalError):
            self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()
        self._lock.release()

    def _last(self) -> tuple[int, bytes]:
        return self._db.execute(_LAST).fetchone() or (-1, START)

    def _decoded(self, rows: Iterable[tuple[int, bytes]]) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        for seq, stored in rows:
            try:
                entries.append(decode(stored))
            except NewerBody as problem:
                raise JournalFault("journal.newer", file=str(self._file)) from problem
            except ValueError as problem:
                raise JournalFault(
                    "journal.undecodable", file=str(self._file), entry=seq
                ) from problem
        return tuple(entries)

    def _stored(self) -> Iterator[tuple[object, object, object]]:
        with _named(self._file):
            try:
                yield from self._db.execute(_CHAIN)
            except sqlite3.DatabaseError as problem:
                if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                    raise
                # What the file cannot give back does not hold, at the place that was reached.
                yield None, None, None


def verify(path: Path) -> Verdict:
    """Judge the chain of the journal at `path`; see SqliteJournal.verify."""
    with closing(SqliteJournal.open(path, write=False)) as journal:
        return journal.verify()


@contextmanager
def _named(path: Path) -> Generator[None]:
    """What SQLite and the system refuse, as a fault with a sentence."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as problem:
        key = _SQLITE_FAULTS.get(problem.sqlite_errorcode & 0xFF, "journal.refused")
        raise JournalFault(key, file=str(path), why=str(problem)) from problem
    except OSError as problem:
        key = _SYSTEM_FAULTS.get(problem.errno or 0, "journal.refused")
        raise JournalFault(key, file=str(path), why=str(problem.strerror)) from problem


def _locked(path: Path) -> Lock:
    # Two names of one file must meet at one lock.
    target = path.resolve()
    try:
        return Lock(target.with_name(f"{target.name}-lock"))
    except Held:
        raise JournalFault("journal.in_use", file=str(path)) from None


def _connection(path: Path, mode: str) -> sqlite3.Connection:
    # SQLite alone may open the file: closing any other handle on it would drop SQLite's locks.
    uri = f"{path.absolute().as_uri()}?{mode}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE)
    db.text_factory = bytes
    return db


def _prepare(db: sqlite3.Connection) -> None:
    """Set what a writer needs: a commit returns when the bytes are on disk."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA fullfsync = ON")
    db.execute("PRAGMA recursive_triggers = ON")


def _identify(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise JournalFault("journal.foreign", file=str(path))
    if db.execute("PRAGMA user_version").fetchone()[0] > LAYOUT:
        raise JournalFault("journal.newer", file=str(path))


def _reader(path: Path) -> sqlite3.Connection:
    with _named(path):
        try:
            return _reading(path, "mode=ro")
        except sqlite3.OperationalError as problem:
            if _SQLITE_FAULTS.get(problem.sqlite_errorcode & 0xFF) != "journal.no_access":
                raise
        # SQLite wants to put files beside a journal that was not closed, and may not here.
        target = path.resolve()
        if target.with_name(f"{target.name}-wal").exists():
            raise JournalFault("journal.unclosed", file=str(path))
        return _reading(path, "mode=ro&immutable=1")


def _reading(path: Path, mode: str) -> sqlite3.Connection:
    with ExitStack() as undo:
        db = _connection(path, mode)
        undo.callback(db.close)
        db.execute("PRAGMA query_only = ON")
        _identify(db, path)
        undo.pop_all()
    return db
