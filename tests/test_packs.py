"""A pack is read whole or refused whole: each fault at its place, with its code and sentence."""

import re
import shutil
import time
import tomllib
from pathlib import Path

import pytest
from worlds_packs import BURST_PIPE, write_pack

from drillkit import packs
from drillkit.words import area

HERE = Path(__file__).parent
FAULTS = tomllib.loads((HERE / "packs" / "faults.toml").read_text("utf-8"))["fault"]
PLANTED = tomllib.loads((HERE / "packs" / "planted.toml").read_text("utf-8"))["planted"]
FILE_CODES = {f"DK10{digit}" for digit in range(1, 10)} - {"DK108"}


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    write_pack(folder)
    return folder


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def marked_place(text, marked):
    """Line, column and width that the marks in `marked` enclose, the first time it is in `text`."""
    plain = marked.replace("«", "").replace("»", "")
    start = text.index(plain) + marked.index("«")
    before = text[:start]
    line = before.count("\n") + 1
    return line, start - before.rfind("\n"), marked.index("»") - marked.index("«") - 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_a_planted_fault_is_reported_at_its_place_and_nothing_else_is(pack, fault):
    edit(pack / "scenario.toml", *fault.get("before", ("", "")))
    edited = pack / fault.get("file", "scenario.toml")
    edit(edited, fault["old"], fault["new"].replace("«", "").replace("»", ""))
    shown_in = pack / fault.get("other", edited.name)
    place = marked_place(shown_in.read_text("utf-8"), fault.get("mark", fault["new"]))

    found = packs.check(pack)

    assert [(d.path, d.code, (d.line, d.col, d.width)) for d in found] == [
        (shown_in, fault["code"], place)
    ], packs.render(found, "text", "en")
    assert found[0].values.get("nearest") == fault.get("near")
    assert found[0].sentence("en") != found[0].sentence("zh")


def test_every_code_has_a_planted_fault_or_a_test_below():
    planted = {fault["code"] for fault in (*FAULTS, *PLANTED)} | FILE_CODES
    of_forms = {code for key, code in packs.CODES.items() if key.startswith("packs.form-")}
    of_weights = {"DK151", "DK152"}
    of_evaluators = {"DK161", "DK162", "DK163"}
    of_zips = {code for key, code in packs.CODES.items() if key.startswith("packs.zip-")}
    of_other_plans = {code for code in packs.CODES.values() if code[:4] in ("DK37", "DK44", "DK45")}
    of_short = {code for key, code in packs.CODES.items() if key.startswith("packs.short-")}
    of_includes = {f"DK18{digit}" for digit in range(1, 9)}
    of_stories = {"DK401", "DK402", "DK403", "DK404", "DK412", "DK413", "DK414"}
    of_values = {"DK415", "DK461", "DK462"}
    of_more = of_values | of_zips | of_includes | of_stories | of_short | of_other_plans
    tested = planted | of_forms | of_weights | of_evaluators | of_more
    assert set(packs.CODES.values()) - tested == {"DK123", "DK333"}


def test_every_sentence_can_be_said_in_both_languages():
    for lang in ("en", "zh"):
        entries = area(lang, "packs")
        assert set(packs.CODES) <= set(entries)
        for key, code in packs.CODES.items():
            names = re.findall(r"{(\w+)}", str(entries[key]))
            fault = packs.Diagnostic(Path("x"), 1, 1, 1, code, key, dict.fromkeys(names, "@@"))
            assert fault.sentence(lang).count("@@") == len(names)


def test_what_waits_for_a_circle_is_named_beside_the_circle(pack):
    scenario = pack / "scenario.toml"
    edit(scenario, '{ milestone = "pumped-out" }', '{ released = "hall-dry" }')
    edit(scenario, 'at = "8m"\nwithin', 'when = { released = "hall-dry" }\nwithin')
    assert [(d.code, dict(d.values)) for d in packs.check(pack)] == [
        ("DK332", {"chain": "hall-dry → hall-dry"}),
        ("DK333", {"names": "hall-dry"}),
        ("DK333", {"names": "pumps"}),
    ]


def test_a_title_of_301_characters_is_too_long(pack):
    edit(pack / "scenario.toml", '"Water alarm"', f'"{"x" * 301}"')
    (found,) = packs.check(pack)
    assert (found.code, found.values["bound"]) == ("DK123", "300")


def test_the_faults_of_both_files_come_in_one_run_scenario_first(pack):
    edit(pack / "plan.toml", 'group = "command-post"', 'gruop = "command-post"')
    edit(pack / "scenario.toml", "ratio = 2.0", 'ratio = "two"')
    edit(pack / "scenario.toml", 'rule = "first-notice"', 'rule = "second-notice"')
    with pytest.raises(packs.PackFaults) as caught:
        packs.load(pack)
    found = [(d.path.name, d.code) for d in caught.value.diagnostics]
    assert found == [("scenario.toml", "DK115"), ("scenario.toml", "DK217"), ("plan.toml", "DK111")]


def test_an_unknown_role_is_not_called_unaddressed_as_well(pack):
    edit(pack / "scenario.toml", 'role = "commander"', 'role = "comander"')
    edit(pack / "plan.toml", 'group = "command-post"\nweight', 'group = "post"\nweight')
    assert [d.code for d in packs.check(pack)] == ["DK201", "DK202"]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("plan.toml", "[[role]]", "[[rol]]", "DK111"),  # a role that is named elsewhere is hidden
        ("plan.toml", 'id = "stores"', "", "DK112"),
        ("plan.toml", "[[depot.vehicle]]", "[[depot.vehicle]", "DK108"),
        (
            "scenario.toml",
            '[[inject.option]]\nid = "wait"',
            '[[inject.optoin]]\nid = "wait"',
            "DK111",
        ),
        ("scenario.toml", '[[inject]]\nid = "alarm"', '[[inject]]\nid = ["alarm"]', "DK115"),
    ],
)
def test_a_name_that_a_fault_of_shape_hides_is_not_called_unknown(pack, file, old, new, code):
    edit(pack / file, old, new)
    assert [(d.path.name, d.code) for d in packs.check(pack)] == [(file, code)]


def test_a_pack_is_loaded_with_its_plan_or_another(pack, tmp_path):
    other = tmp_path / "revised.toml"
    shutil.copy(pack / "plan.toml", other)
    edit(other, 'version = "1"', 'version = "2"')
    loaded = packs.load(pack)
    assert (loaded.folder, loaded.scenario.id, loaded.plan.version) == (pack, "burst-pipe", "1")
    assert packs.load(pack, other).plan.version == "2"
    (pack / "plan.toml").unlink()
    assert packs.load(pack, other).plan.version == "2"


def test_a_fault_in_another_plan_is_reported_in_that_file(pack, tmp_path):
    other = tmp_path / "revised.toml"
    shutil.copy(pack / "plan.toml", other)
    edit(other, "quorum = 2", "quorum = 9")
    with pytest.raises(packs.PackFaults) as caught:
        packs.load(pack, other)
    assert [(d.path, d.code) for d in caught.value.diagnostics] == [(other, "DK313")]


@pytest.mark.parametrize("folder", [BURST_PIPE, *packs.shipped()], ids=lambda folder: folder.name)
def test_what_comes_with_the_program_is_clean(folder):
    assert packs.render(packs.lint(folder), "text", "en") == ""
    if folder != BURST_PIPE:
        assert packs.load(folder).scenario.id == folder.name


def test_a_check_is_quick():
    packs.lint(BURST_PIPE)
    began = time.process_time()
    packs.lint(BURST_PIPE)
    assert time.process_time() - began < 0.25
