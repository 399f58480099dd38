"""A whole drill from one command: its reports, its seal, its scores, and a drill nobody answers."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from drillkit import packs
from drillkit.cli import main
from drillkit.cli.drills import read_drill
from drillkit.journal.sqlite import SqliteJournal
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import EPOCH, play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled
from scoring.measure import Measure

SCORES = ("arrival", "supplies", "information", "process", "result", "combined")
FILES = {
    "evaluation-guide.xlsx",
    "record-form.html",
    "demo.drill",
    "score-sheet.xlsx",
    "score-sheet.csv",
    "report.html",
    "report.md",
    "score.json",
}


def demo(folder: Path, seed: int) -> None:
    assert main(["demo", "--headless", "--seed", str(seed), "--to", str(folder)]) == 0


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo with seed 7; the tests of this module only read it."""
    folder = tmp_path_factory.mktemp("seven")
    demo(folder, 7)
    return folder


def chain_head(said: str) -> str:
    found = re.search(r"chain head ([0-9a-f]{64})$", said, re.MULTILINE)
    assert found is not None
    return found[1]


# -- files and seal --------------------------------------------------------------------------------


def test_the_demo_leaves_its_journal_and_every_report(seven: Path):
    assert {path.name for path in seven.iterdir()} == FILES
    assert all(path.stat().st_size > 1_000 for path in seven.iterdir())


def test_the_same_seed_plays_the_same_drill_and_another_seed_another(
    seven: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    demo(tmp_path, 7)
    once = chain_head(capsys.readouterr().out)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    demo(tmp_path, 7)  # over the files of the first: a demo may be repeated where it was
    again = chain_head(capsys.readouterr().out)
    demo(tmp_path, 8)
    other = chain_head(capsys.readouterr().out)
    assert once == again != other
    for name in FILES - {"demo.drill"}:
        assert first[name] == (seven / name).read_bytes(), name


def test_the_demo_does_not_overwrite_the_journal_of_another_drill(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    mine = tmp_path / "demo.drill"
    mine.write_bytes(b"something of mine")
    assert main(["demo", "--headless", "--to", str(tmp_path)]) == 1
    assert mine.read_bytes() == b"something of mine"
    assert str(mine) in capsys.readouterr().err


def test_one_changed_letter_is_found_and_its_entry_named(
    seven: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "changed.drill"
    whole = (seven / "demo.drill").read_bytes()
    path.write_bytes(whole)
    assert main(["verify", str(path)]) == 0
    with closing(sqlite3.connect(path)) as db:
        stored = [(seq, body.encode()) for seq, body in db.execute("SELECT seq, body FROM entry")]
    # One whose body lies in one piece in the file, and somewhere in the middle of the drill.
    seq, body = next((n, body) for n, body in stored[150:] if len(body) < 300)
    place = whole.index(body) + body.index(b'"by":"') + len(b'"by":"')
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    capsys.readouterr()
    assert main(["verify", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"The chain breaks at entry {seq}:")


# -- scores ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scored(seven: Path) -> dict[str, Any]:
    return json.loads((seven / "score.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def last(seven: Path) -> int:
    """The place of the last entry of the demo's journal."""
    with closing(SqliteJournal.open(seven / "demo.drill", write=False)) as journal:
        return journal.head()


def test_the_score_of_the_command_is_the_score_that_was_exported(
    seven: Path, scored: dict[str, Any], capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    assert main(["score", str(seven / "demo.drill"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == scored


@pytest.mark.parametrize("name", SCORES)
def test_every_score_has_its_point_interval_coverage_and_terms(scored: dict[str, Any], name: str):
    score = scored[name]
    assert 0 <= score["lo"] <= score["point"] <= score["hi"] <= 100
    assert score["hi"] - score["lo"] == pytest.approx(100 * (1 - score["coverage"]), abs=1e-4)
    assert score["terms"]
    assert score["final"] <= score["point"]


def test_every_term_says_what_it_rests_on(scored: dict[str, Any], last: int):
    for term in (term for name in SCORES for term in terms(scored[name])):
        assert all(0 <= entry <= last for entry in term["entries"]), term["id"]
        if term["standing"] == "not-observed":
            assert (term["point"], term["lo"], term["hi"]) == (None, 0, 100), term["id"]


def test_every_lesson_names_entries_that_are_there(scored: dict[str, Any], last: int):
    assert scored["lessons"]
    for lesson in scored["lessons"]:
        assert lesson["entries"], lesson["id"]
        assert all(0 <= entry <= last for entry in lesson["entries"]), lesson["id"]
        assert all(lesson[part] for part in ("title", "seen", "action")), lesson["id"]


def terms(score: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for term in score["terms"]:
        yield term
        yield from terms(term)


# -- a drill that nobody answers -------------------------------------------------------------------

CLOSED = (
    "arrival.on-time",
    "arrival.acknowledged",
    "arrival.established",
    "supplies.fill",
    "supplies.timeliness",
    "information.reports",
    "information.complete",
)
"""What a drill without anybody shows as clearly as any other: nothing of it was done."""


def leaves(measure: Measure) -> Iterator[Measure]:
    if not measure.children:
        yield measure
    for child in measure.children:
        yield from leaves(child)


def test_a_drill_that_nobody_answers_scores_low_on_evidence_that_is_closed(tmp_path: Path):
    pack = packs.load(packs.find("riverside-hospital-flood"))
    path = tmp_path / "empty-chairs.drill"
    with closing(SqliteJournal.create(path)) as journal:
        opening = Opening("nobody", pack.scenario, pack.plan, weights(), seed=1)
        session = Session.open(journal, opening, EPOCH)
        play(session, lambda clock: Company(session, clock, (), profile=skilled(0.7), seed=1))
    said = read_drill(path, "en").assessment
    assert said.combined.final is not None
    assert said.combined.final < 40
    assert said.arrival.final == 0
    for score in said.scores():
        for leaf in leaves(score.measure):
            if leaf.standing == "value":
                assert leaf.lo == leaf.hi == leaf.point, leaf.id
            else:
                assert (leaf.point, leaf.lo, leaf.hi, leaf.coverage) == (None, 0, 1, 0), leaf.id
    # Who never came, what never arrived and what was never reported is seen, and no gap.
    parts = {part.id: part for score in said.scores() for part in score.measure.children}
    for id in CLOSED:
        assert (parts[id].standing, parts[id].point, parts[id].coverage) == ("value", 0, 1), id
    assert said.combined.coverage > 0.8
