"""What an append costs beside a bare insert with the same pragmas: python -m tests.bench.journal."""

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from drillkit.journal import Draft
from drillkit.journal.chain import body
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.events import MessageSent
from drillkit.model.text import Prose

ROUNDS = 2_000
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "recursive_triggers = ON",
)


def a_draft(seq: int) -> Draft:
    event = MessageSent(
        message=f"m{seq}",
        sender="medical",
        to=("fire",),
        means="radio",
        text=Prose("Two pumps, please."),
    )
    return Draft(at=seq * 1_000, wall=1_784_500_000_000 + seq, by="medical", event=event)


def bare(path: Path) -> Callable[[int], object]:
    """The least that keeps the same bytes: one table, one insert, one commit."""
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    db.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, command TEXT, body TEXT, hash BLOB)")
    db.execute("CREATE INDEX entry_command ON entry (command)")
    rows = [
        (seq, f"c{seq}", body(a_draft(seq).placed(seq, f"c{seq}")).decode(), bytes(32))
        for seq in range(ROUNDS)
    ]

    def insert(seq: int) -> None:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", rows[seq])
        db.execute("COMMIT")

    return insert


def journal(path: Path) -> Callable[[int], object]:
    made = SqliteJournal.create(path)
    drafts = [[a_draft(seq)] for seq in range(ROUNDS)]
    return lambda seq: made.append(seq - 1, f"c{seq}", drafts[seq])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ways = {
            "bare insert": bare(Path(folder, "bare")),
            "append": journal(Path(folder, "a.drill")),
        }
        took: dict[str, list[int]] = {name: [] for name in ways}
        for seq in range(ROUNDS):  # by turns, so that the disk's moods meet both
            for name, write in ways.items():
                begun = perf_counter_ns()
                write(seq)
                took[name].append(perf_counter_ns() - begun)
    for name, times in took.items():
        p99 = sorted(times)[ROUNDS * 99 // 100]
        sys.stdout.write(f"{name:12} {median(times) / 1e6:.3f} ms, p99 {p99 / 1e6:.3f} ms\n")
    ratio = median(took["append"]) / median(took["bare insert"])
    sys.stdout.write(f"ratio        {ratio:.2f}\n")


if __name__ == "__main__":
    main()
