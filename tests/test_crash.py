"""The host of a drill is killed again and again: nothing told is lost, nothing happens twice."""

import signal
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest
from bench.crash import HOUSE, PACK, Damage, Drill, crash

from drillkit.model.events import DrillPaused, DrillResumed

KILLS = 6


def test_six_kills_lose_nothing_that_was_told_and_do_nothing_twice(tmp_path: Path):
    damage = crash(tmp_path, KILLS, speed=3600, lines=50, seed=5)
    found = asdict(damage)
    assert found.pop("kills") == KILLS
    assert found.pop("drills") >= 1
    # A drill of this pack tells about 290 lines, and it was played to its end.
    assert found.pop("told") > 200
    assert found == dict.fromkeys(found, 0)


def test_after_a_kill_the_clock_goes_on_where_it_stood(tmp_path: Path):
    drill = Drill(tmp_path / "a.drill", 1, 600, Damage())
    assert drill.play(lines=20)
    before = drill.entries()
    assert drill.play(lines=5)
    paused, resumed = [
        entry
        for entry in drill.entries()[len(before) :]
        if isinstance(entry.event, DrillPaused | DrillResumed)
    ]
    assert paused.at == resumed.at == before[-1].at


def test_an_interrupt_closes_the_journal_and_says_so(tmp_path: Path):
    drill = Drill(tmp_path / "a.drill", 1, 600, Damage())
    pipe = subprocess.PIPE
    with subprocess.Popen(drill.command(), cwd=HOUSE, stdout=pipe, stderr=pipe) as host:
        assert host.stdout is not None
        assert host.stderr is not None
        for _ in range(20):
            host.stdout.readline()
        host.send_signal(signal.SIGINT)
        host.stdout.read()
        assert host.stderr.read() == b"Stopped. What was played so far is in the journal.\n"
        assert host.wait(30) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["a.drill"]
    assert drill.play(lines=5), "it can be gone on with"


def test_a_drill_that_is_over_is_not_gone_on_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    from drillkit.cli import main

    words = ["--headless", "--port", "0", "--speed", "3600", "--session", str(tmp_path / "a.drill")]
    assert main(["host", PACK, *words]) == 0
    assert main(["resume", str(tmp_path / "a.drill"), "--headless"]) == 1
    assert capsys.readouterr().err == "That drill is over; `drillkit export` writes its reports.\n"
