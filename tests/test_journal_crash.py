"""A writer is killed at random moments: what it had acknowledged is there, whole and in order."""

import os
import signal
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from drillkit.journal import Draft
from drillkit.journal.sqlite import SqliteJournal, verify
from drillkit.model.events import BroadcastMade
from drillkit.model.text import Prose

KILLS = 10
BATCH = 3

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked writer")


def batch(head: int) -> tuple[int, str, list[Draft]]:
    """The decision that follows on `head`; the same whoever makes it."""
    event = BroadcastMade(text=Prose("水 rises " * Random(head).randint(1, 300)))
    return head, f"after-{head}", [Draft(at=head, wall=head, by="chief", event=event)] * BATCH


def write_until_killed(path: Path, acks: int) -> None:
    journal = SqliteJournal.open(path, write=True)
    while True:
        told = journal.append(*batch(journal.head()))
        os.write(acks, b"%d\n" % told.entries[-1].seq)


def killed_writer(path: Path, wanted: int) -> int:
    """Fork a writer, kill it once it acknowledged `wanted` batches; the last place it named."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            write_until_killed(path, writing)
        os._exit(1)
    os.close(writing)
    heard = b""
    while heard.count(b"\n") < wanted:
        told = os.read(reading, 4096)
        assert told, "the writer ended by itself"
        heard += told
    os.kill(child, signal.SIGKILL)
    while told := os.read(reading, 4096):
        heard += told
    os.close(reading)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    return int(heard.split()[-1])


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path):
    path = tmp_path / "night.drill"
    SqliteJournal.create(path).close()
    dice = Random("kill")
    for _ in range(KILLS):
        acknowledged = killed_writer(path, wanted=dice.randint(1, 60))
        verdict = verify(path)
        assert verdict.holds
        assert verdict.entries > acknowledged
        assert verdict.entries % BATCH == 0, "half a decision was written"
        with closing(SqliteJournal.open(path, write=True)) as journal:
            assert [entry.seq for entry in journal.read()] == list(range(verdict.entries))
            # The one who never heard back asks again, and it happened once.
            assert journal.append(*batch(acknowledged - BATCH)).duplicate
            unheard = journal.append(*batch(acknowledged))
            assert unheard.duplicate == (verdict.entries > acknowledged + 1)
            assert journal.head() == max(verdict.entries - 1, acknowledged + BATCH)
