"""Every shipped pack is worth playing, by the figures of 200 rehearsals a team."""

import pytest
from rehearsed import HEAD, RUNS, TABLE, judged, row

from drillkit import packs
from drillkit.rehearse.rehearsal import Rehearsal
from drillkit.rehearse.worth import worth


@pytest.mark.parametrize("folder", packs.shipped(), ids=lambda folder: folder.name)
def test_a_shipped_pack_holds_every_line(folder):
    found = judged(folder, RUNS)
    assert found.lacks == (), HEAD + row(folder, found)
    assert row(folder, found) in TABLE.read_text(encoding="utf-8"), (
        "python -m tests.rehearsed --write"
    )


def test_what_a_pack_lacks_is_named(monkeypatch):
    import rehearsed

    from drillkit.rehearse import worth as rules

    for name, bound in (("APART", 101.0), ("IDLE", 0), ("BUSY", 0.0), ("KEPT", 1.01), ("FEW", 1)):
        monkeypatch.setattr(rules, name, bound)
    monkeypatch.setattr(rules, "MISSED", 1.01)
    monkeypatch.setattr(rules, "RARE", 1.01)
    found = rehearsed.judged(packs.find("riverside-hospital-flood"), 3)
    assert {lack.rule for lack in found.lacks} == {
        "apart", "idle", "busy", "kept", "missed", "branch"
    }  # fmt: skip


def test_a_rehearsal_without_the_three_teams_cannot_be_judged():
    from worlds_rehearse import a_job

    with pytest.raises(KeyError):
        worth(Rehearsal(a_job(), 1, (), {}, {}))
