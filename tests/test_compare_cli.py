"""Plan against plan at the command line: what it says, what it writes, and each way to ask wrongly."""

import json
from pathlib import Path

import pytest
from worlds_packs import write_pack

from drillkit import packs
from drillkit.cli import main
from drillkit.model.lesson import Lesson
from drillkit.packs.shape import model_of
from drillkit.packs.source import read

FLOOD = "riverside-hospital-flood"
_PLAN = (packs.find(FLOOD) / "plan.toml").read_text(encoding="utf-8")
_NORTH = _PLAN.index('id = "north-store"')
OLD = _PLAN[:_NORTH] + _PLAN[_NORTH:].replace(
    '"generator"\nquantity = 7', '"generator"\nquantity = 5', 1
)
"""The flood's plan with too few generators above the water."""
FEW = ("--runs", "8", "--workers", "1", "--profile", "average")
MORE = "depots.upper-store.stock.generator=6"


def small(folder: Path) -> str:
    return str(write_pack(folder))


@pytest.fixture
def pack(tmp_path, capsys) -> str:
    made = small(tmp_path / "pack")
    capsys.readouterr()
    return made


@pytest.fixture
def slower(pack, tmp_path) -> str:
    text = (Path(pack) / "plan.toml").read_text(encoding="utf-8")
    plan = tmp_path / "slower.toml"
    plan.write_text(text.replace('travel = "2m"', 'travel = "40m"', 1), encoding="utf-8")
    return str(plan)


@pytest.mark.parametrize(("lang", "words"), [("en", "Worse: "), ("zh", "变差：")])
def test_a_plan_against_another_is_told_in_parts(lang, words, pack, slower, capsys) -> None:
    assert main(["rehearse", pack, "--against", slower, *FEW, "--lang", lang]) == 0
    told = capsys.readouterr().out
    assert words in told
    assert "slower.toml" in told


def test_a_setting_alone_rehearses_the_changed_pack(pack, capsys) -> None:
    role = packs.load(Path(pack)).plan.players()[0].id
    assert main(["rehearse", pack, *FEW, "--set", f"roles.{role}.travel=9m"]) == 0
    assert "Rehearsal" in capsys.readouterr().out


def test_a_setting_beside_another_plan_is_set_in_both_and_said(pack, slower, capsys) -> None:
    more = ("--set", "roles.technician.travel=3m")
    assert main(["rehearse", pack, "--against", slower, *more, *FEW]) == 0
    assert "Set in all of it: roles.technician.travel=3m." in capsys.readouterr().out


def test_a_comparison_is_written_as_a_page_and_for_programs(pack, slower, tmp_path, capsys) -> None:
    to = tmp_path / "out"
    assert main(["rehearse", pack, "--against", slower, *FEW, "--json", "--to", str(to)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((to / "comparison.json").read_text(encoding="utf-8"))
    assert told["teams"][0]["pairs"] == 8
    verdicts = {one["verdict"] for one in told["teams"][0]["changes"]}
    assert "worse" in verdicts
    page = (to / "comparison.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count("<svg") == 1
    assert main(["rehearse", pack, "--against", slower, *FEW, "--to", str(to)]) == 1
    assert "comparison.html" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_sweep_is_shown_and_written(lang, pack, tmp_path, capsys) -> None:
    role = packs.load(Path(pack)).plan.players()[0].id
    to = tmp_path / "out"
    asked = ["rehearse", pack, "--sweep", f"roles.{role}.travel=0m,9m,18m", *FEW, "--to", str(to)]
    assert main([*asked, "--lang", lang]) == 0
    told = capsys.readouterr().out
    assert "18m" in told
    assert "━" in told
    assert json.loads((to / "sweep.json").read_text(encoding="utf-8"))["values"] == [
        "0m",
        "9m",
        "18m",
    ]
    assert "<svg" in (to / "sweep.html").read_text(encoding="utf-8")
    assert main([*asked, "--json", "--force"]) == 0
    assert json.loads(capsys.readouterr().out)["teams"][0]["values"][0]["value"] == "0m"


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        (["--against", "no.toml"], 1, "There is no file no.toml"),
        (["--plan", "no.toml"], 1, "There is no file no.toml"),
        (["--against", "OWN"], 1, "say the same"),
        (["--plan", "OTHER", "--against", "OTHER"], 1, "say the same"),
        (["--compare"], 1, "give a --set"),
        (["--against", "OTHER", "--sweep", "roles.x.travel=1m,2m"], 1, "in one way"),
        (["--set", "roles"], 2, "write PATH=VALUE"),
        (["--set", "rols.x.travel=1m", "--compare"], 2, 'did you mean "roles"?'),
        (["--set", "roles.ROLE.travel=5x", "--compare"], 2, "roles.ROLE.travel=5x: "),
        (["--set", "roles.ROLE.travel=OWNTRAVEL", "--compare"], 1, "say the same"),
        (["--sweep", "roles.ROLE.travel=1"], 2, "no row of values"),
        (["--sweep", "roles.ROLE.travel=1..3"], 2, "is not a duration"),
        (["--against", "FAULTY"], 1, "unknown key"),
        (["--against", "LACKING"], 1, 'the scenario needs its role "stores"'),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(asked, status, told, names, capsys) -> None:
    words = [names.get(word, word) for word in asked]
    words = [word.replace("ROLE", names["ROLE"]).replace("OWNTRAVEL", "2m") for word in words]
    assert main(["rehearse", names["PACK"], *words, *FEW]) == status
    told_so = capsys.readouterr().err
    assert told.replace("ROLE", names["ROLE"]) in told_so
    assert "fault of its own" not in told_so


@pytest.fixture
def names(pack, slower, tmp_path, monkeypatch) -> dict[str, str]:
    monkeypatch.chdir(tmp_path)
    plan = Path(pack) / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    role = packs.load(Path(pack)).plan.players()[0].id
    faulty, lacking = tmp_path / "faulty.toml", tmp_path / "lacking.toml"
    faulty.write_text(text.replace("[[role]]\n", "[[role]]\ntravell = 1\n", 1), encoding="utf-8")
    lacking.write_text(text.replace('"stores"', '"somebody-else"'), encoding="utf-8")
    paths = {"OWN": plan, "OTHER": slower, "FAULTY": faulty, "LACKING": lacking}
    return {"PACK": pack, "ROLE": role, **{name: str(path) for name, path in paths.items()}}


# -- what lessons gained ---------------------------------------------------------------------------


def a_lesson() -> str:
    return """\
# Kept by the safety office.
id = "unmet-need-ward-generators"
level = "corrective"
title.en = "Need not met"
title.zh = "需求未满足"
text.en = "Keep more."  # since spring
text.zh = "多备。"
rule = "unmet-need"
subject.kind = "need"
subject.id = "ward-generators"
subject.title.en = "Portable sets"
subject.title.zh = "便携发电机"

[[drill]]
session = "first"
began = "2027-01-01 09:00"
scenario = "riverside-hospital-flood"
seen.en = "None came."
seen.zh = "没有送到。"
short.item = "generator"
short.site = "ward-block"
short.asked = 6
short.got = 3

[[step]]
to = "identified"
on = "2027-01-02"
by = "Safety"
"""


@pytest.fixture
def kept(tmp_path) -> Path:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "unmet-need-ward-generators.toml").write_text(a_lesson(), encoding="utf-8")
    (tmp_path / "old.toml").write_text(OLD, encoding="utf-8")
    return folder


def rehearsed(kept: Path, new: str, *more: str) -> int:
    plans = kept.parent / "old.toml", kept.parent / "new.toml"
    plans[1].write_text(new, encoding="utf-8")
    asked = ["lessons", "rehearse", "--lessons", str(kept), "--on", "2027-01-03", "--pack", FLOOD]
    asked += ["--plan", str(plans[0]), "--against", str(plans[1]), "--runs", "4", "--workers", "1"]
    return main([*asked, *more])


def better_plan() -> str:
    """Generators above the water, on the floor where they are needed."""
    place = OLD.index('[[depot.vehicle]]\nid = "stair-team"')
    return f'{OLD[:place]}[[depot.stock]]\nitem = "generator"\nquantity = 6\n\n{OLD[place:]}'


def test_a_gain_is_written_beside_the_lesson_and_nothing_else_is_touched(kept, capsys) -> None:
    assert rehearsed(kept, better_plan()) == 0
    assert "within its limit +" in capsys.readouterr().out
    path = kept / "unmet-need-ward-generators.toml"
    text = path.read_text(encoding="utf-8")
    assert text.startswith(a_lesson().rstrip())
    lesson, faults = model_of(read(path), Lesson)
    assert lesson is not None, faults
    (gain,) = lesson.gains
    assert (gain.old, gain.new, gain.runs, gain.seed, gain.on) == (
        "old.toml", "new.toml", 4, 1, "2027-01-03"
    )  # fmt: skip
    assert gain.number == "met/ward-generators"
    assert gain.chance is not None
    assert gain.chance.by > 0
    assert not gain.limit_moved
    for lang, words in (("en", "Rehearsed"), ("zh", "对比推演")):
        assert main(["lessons", "show", lesson.id, "--lessons", str(kept), "--lang", lang]) == 0
        assert words in capsys.readouterr().out


def test_the_same_rehearsal_again_replaces_its_gain_and_another_is_added(kept) -> None:
    for more in ((), (), ("--seed", "9")):
        assert rehearsed(kept, better_plan(), *more) == 0
    lesson, _ = model_of(read(kept / "unmet-need-ward-generators.toml"), Lesson)
    assert lesson is not None
    assert [gain.seed for gain in lesson.gains] == [1, 9]


def test_a_plan_that_takes_up_no_lesson_touches_none(kept, capsys) -> None:
    before = (kept / "unmet-need-ward-generators.toml").read_bytes()
    assert rehearsed(kept, OLD.replace('travel = "4m"', 'travel = "5m"', 1)) == 0
    assert "takes up no change" in capsys.readouterr().out
    assert (kept / "unmet-need-ward-generators.toml").read_bytes() == before


def test_the_same_plan_twice_has_no_gain(kept, capsys) -> None:
    assert rehearsed(kept, OLD) == 1
    assert "say the same" in capsys.readouterr().err
