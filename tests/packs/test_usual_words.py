"""Values that a beginner writes: durations, names, conditions, numbers off the scale."""

import pytest
from test_packs import edit
from worlds_packs import write_pack

from drillkit import packs
from drillkit.packs.diagnostic import is_slip
from drillkit.packs.mend import mend
from drillkit.packs.shelf import PackNotFound, find


@pytest.fixture
def pack(tmp_path):
    return write_pack(tmp_path / "pack")


def told(pack, old, new, file="scenario.toml"):
    edit(pack / file, old, new)
    (found,) = packs.lint(pack)
    assert all("{" not in found.sentence(lang) for lang in ("en", "zh") if "{" not in new)
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"11"', "11m"),
        ("8", "8m"),
        ('"5 minutes"', "5m"),
        ('"2 小时"', "2h"),
        ('"十分钟"', None),
        ('"90 sec."', "90s"),
    ],
)
def test_a_duration_without_its_unit_is_told_with_it(pack, written, meant):
    found = told(pack, 'at = "8m"', f"at = {written}")
    assert found.code == "DK116"
    assert found.values.get("meant") == meant
    for lang in ("en", "zh"):
        assert f'"{meant or "2m30s"}"' in found.sentence(lang)


def test_hours_that_should_be_minutes_are_told_as_both(pack):
    found = told(pack, 'at = "20m"', 'at = "11:00"')
    assert found.code == "DK304"
    for lang in ("en", "zh"):
        assert "11h" in found.sentence(lang)
        assert '"11m"' in found.sentence(lang)


@pytest.mark.parametrize(
    ("written", "read", "meant"), [("0:20", "20m", "20s"), ("0:20:00", "20m", "20m")]
)
def test_a_duration_with_colons_gets_advice(pack, written, read, meant):
    found = told(pack, 'at = "20m"', f'at = "{written}"')
    assert (found.code, found.severity) == ("DK461", "advice")
    assert (found.values["read"], found.values["meant"]) == (read, meant)


def test_no_time_at_all_is_clear_with_a_colon(pack):
    edit(pack / "scenario.toml", 'at = "0s"', 'at = "0:00"')
    assert packs.lint(pack) == ()


def test_an_urgency_off_the_scale_gets_advice(pack):
    found = told(pack, "urgency = 3", "urgency = 9")
    assert (found.code, found.values["most"]) == ("DK462", "5")


def test_a_need_beyond_all_stores_gets_advice(pack):
    found = told(pack, "quantity = 4", "quantity = 7")
    assert (found.code, found.severity, found.values["held"]) == ("DK415", "advice", "6")


@pytest.mark.parametrize(
    ("word", "near"), [("late", "overdue"), ("after", "released"), ("time", "not_before")]
)
def test_a_usual_wrong_word_in_a_condition_leads_to_the_right_one(pack, word, near):
    found = told(pack, '{ milestone = "pumped-out" }\n', f'{{ {word} = "pumped-out" }}\n')
    assert (found.code, found.values["nearest"]) == ("DK119", near)
    assert "outcome" in found.sentence("en")
    assert "…" not in found.sentence("en")


def test_a_role_that_is_like_no_other_is_told_with_those_there_are(pack):
    found = told(pack, 'to = ["commander", "stores"]', 'to = ["commander", "xyz"]')
    assert found.code == "DK201"
    for lang in ("en", "zh"):
        assert "commander" in found.sentence(lang)


def test_a_name_with_a_capital_is_one_fault(pack):
    found = told(pack, 'to = ["commander", "stores"]', 'to = ["Commander", "stores"]')
    assert (found.code, found.values["nearest"]) == ("DK120", "commander")


def test_a_role_with_a_capital_is_no_fault_where_it_is_named(pack):
    found = told(pack, 'id = "stores"', 'id = "Stores"', "plan.toml")
    assert (found.code, found.values["nearest"]) == ("DK120", "stores")


def test_a_letter_missing_in_a_short_word_of_a_name_is_a_slip():
    assert is_slip("next-wrd", "next-ward")
    assert not is_slip("bus", "buss")
    assert not is_slip("next-war", "next-way")


def test_the_scenario_file_means_its_pack(pack):
    assert find(str(pack / "scenario.toml")) == pack
    assert mend(find(str(pack / "scenario.toml"))) == ()


def test_a_folder_beside_is_suggested(pack, monkeypatch):
    monkeypatch.chdir(pack.parent)
    for name in ("pakc", str(pack.parent / "pakc")):
        with pytest.raises(PackNotFound) as caught:
            find(name)
        assert caught.value.nearest == name.replace("pakc", "pack")
