"""A finished drill by other weights: what changes, why, and what is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from report_world import played

from drillkit.cli import main
from drillkit.journal import Draft
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.weights import WeightSet
from drillkit.packs import PackFaults
from drillkit.packs.rubrics import weights
from drillkit.report import Drill
from drillkit.report.rescore import changes, rescore_json, score_changes, settings
from scoring.assess import assess

STANDARD = Path(__file__).parent.parent / "scoring" / "rubrics" / "standard.toml"


def a_set(tmp_path: Path, *edits: tuple[str, str], id: str = "ours") -> Path:
    """The standard set with these lines in the place of others."""
    text = STANDARD.read_text(encoding="utf-8").replace('id = "standard"', f'id = "{id}"')
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / f"{id}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def both(chosen: WeightSet) -> tuple[Drill, Drill]:
    old = played().drill()
    return old, replace(old, assessment=assess(old.state, weights=chosen))


def on_disk(folder: Path) -> Path:
    path = folder / "drill.drill"
    journal = SqliteJournal.create(path)
    entries = played().session.entries
    drafts = [
        Draft(at=one.at, wall=one.wall, by=one.by, event=one.event, via=one.via) for one in entries
    ]
    journal.append(-1, "all", drafts)
    journal.close()
    return path


def test_the_same_set_changes_nothing() -> None:
    old, new = both(weights())
    assert settings(old.assessment.weights, new.assessment.weights) == []
    assert not any(one.why for one in changes(old, new))
    assert not any(one.why for one in score_changes(old, new))


def test_a_changed_weight_is_named_where_it_stands_and_what_is_above_it_by_its_parts(
    tmp_path: Path,
) -> None:
    edits = (("on_time = 0.45", "on_time = 0.25"), ("duties = 0.25", "duties = 0.45"))
    old, new = both(weights(str(a_set(tmp_path, *edits))))
    assert [one.key for one in settings(old.assessment.weights, new.assessment.weights)] == [
        "arrival.on_time",
        "arrival.duties",
    ]
    why = {one.id: one.why for one in changes(old, new)}
    assert why["arrival.on-time"] == ("weight",)
    assert why["arrival"] == why["combined"] == ("parts",)
    assert why["supplies"] == ()


def test_a_changed_cut_off_changes_the_grade_and_no_point(tmp_path: Path) -> None:
    old = played().drill()
    final = old.assessment.information.final
    assert final is not None
    edits = (
        ("excellent = 90", "excellent = 100"),
        ("good = 75", "good = 99"),
        ("fair = 60", "fair = 0"),
    )
    new = replace(old, assessment=assess(old.state, weights=weights(str(a_set(tmp_path, *edits)))))
    assert not any(one.why for one in changes(old, new))
    graded = [one for one in score_changes(old, new) if one.grade[0] != one.grade[1]]
    assert graded
    assert all(one.why == ("cutoffs",) and one.final[0] == one.final[1] for one in graded)


def test_the_same_evidence_may_be_worth_less(tmp_path: Path) -> None:
    edit = ("some_challenges = 82", "some_challenges = 62")
    old, new = both(weights(str(a_set(tmp_path, edit))))
    worth = [one for one in changes(old, new) if "worth" in one.why]
    assert worth
    assert all(one.is_leaf and one.weight[0] == one.weight[1] for one in worth)


def test_the_document_holds_both_sets_whole(tmp_path: Path) -> None:
    edit = ("good = 75", "good = 80")
    old, new = both(weights(str(a_set(tmp_path, edit))))
    said = rescore_json(old, new)
    assert (said["old"]["weights"]["id"], said["new"]["weights"]["id"]) == ("standard", "ours")
    assert said["settings"] == [{"key": "cutoffs.good", "old": 75.0, "new": 80.0}]
    assert said["old"]["seal"] == said["new"]["seal"]


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ([("process = 0.60", "process = 0"), ("result = 0.40", "result = 0")], "DK151"),
        ([("good = 75", "good = 95")], "DK152"),
        ([("fair = 60.0", "fair = nan")], "DK125"),
        ([("performed = 95", "performed = 950")], "DK125"),
        ([("unable = 30.0", "unable = -inf")], "DK125"),
    ],
)
def test_a_set_that_no_score_can_be_computed_from_is_refused(
    tmp_path: Path, edits: list[tuple[str, str]], code: str
) -> None:
    with pytest.raises(PackFaults) as faults:
        weights(str(a_set(tmp_path, *edits)))
    assert code in {fault.code for fault in faults.value.diagnostics}


def test_the_command_writes_beside_the_drill_and_never_over_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drill = on_disk(tmp_path)
    before = drill.read_bytes()
    own = a_set(tmp_path, ("good = 75", "good = 80"))
    for _ in range(2):
        assert main(["rescore", str(drill), "--weights", str(own)]) == 0
    first = tmp_path / "drill.ours-1.json"
    assert [path.name for path in tmp_path.glob("*.json")] == [first.name]
    own = a_set(tmp_path, ("good = 75", "good = 85"))
    assert main(["rescore", str(drill), "--weights", str(own)]) == 0
    second = tmp_path / "drill.ours-1-2.json"
    assert json.loads(first.read_text("utf-8"))["settings"][0]["new"] == 80
    assert json.loads(second.read_text("utf-8"))["settings"][0]["new"] == 85
    assert drill.read_bytes() == before
    assert "cutoffs.good: 75 → 85" in capsys.readouterr().out


def test_a_set_that_is_refused_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drill = on_disk(tmp_path)
    own = a_set(tmp_path, ("good = 75", "good = 95"))
    assert main(["rescore", str(drill), "--weights", str(own)]) == 1
    assert list(tmp_path.glob("*.json")) == []
    assert '"good" must not lie above "excellent"' in capsys.readouterr().err
