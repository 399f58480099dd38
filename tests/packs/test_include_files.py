"""Packs that build on packs: what is never read, and how a user meets them."""

import json
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from worlds_include import NEW_INJECT, SMALL, Ours, by_id

from drillkit import packs
from drillkit.journal.sqlite import SqliteJournal
from drillkit.packs.include import DEEPEST


@pytest.fixture
def ours(tmp_path):
    return Ours(tmp_path / "ours")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../base", "DK182"),
        ("./base/../../secret", "DK182"),
        ("/etc", "DK182"),
        ("C:base", "DK182"),
        (".\\\\base", "DK182"),
        ("./a\\u0000b", "DK182"),
        (".", "DK182"),
        ("./nowhere", "DK181"),
        ("./" + "x" * 5000, "DK181"),
        ("base", "DK181"),
        ("riverside-hospital-floods", "DK181"),
        ("", "DK181"),
    ],
)
def test_a_pack_is_named_by_an_id_or_inside_the_folder_and_no_other_way(ours, name, code):
    shutil.copytree(SMALL, ours.folder.parent / "base")
    shutil.copytree(SMALL, ours.folder.parent / "secret")
    ours.says("scenario.toml", "", head=f'include = "{name}"\nid = "our-pipe"\n')
    found = packs.check(ours.folder)
    assert {(d.path.name, d.line, d.code) for d in found} == {("scenario.toml", 1, code)}


def test_the_nearest_shipped_id_is_offered(ours):
    ours.says("scenario.toml", "", head='include = "riverside-hospital-flod"\nid = "x"\n')
    assert packs.check(ours.folder)[0].values["nearest"] == "riverside-hospital-flood"


def test_a_link_that_leads_out_is_not_followed(ours, tmp_path):
    outside = tmp_path / "outside"
    ours.base.rename(outside)
    ours.base.symlink_to(outside)
    assert ours.found() == [("scenario.toml", 2, "DK182")]
    ours.base.unlink()
    ours.base.mkdir()
    shutil.copy(outside / "scenario.toml", ours.base)
    (ours.base / "plan.toml").symlink_to(outside / "plan.toml")
    assert ours.found() == [("base/plan.toml", 1, "DK104")]


@pytest.mark.parametrize("value", ["3", "['./base']", "{ pack = './base' }"])
def test_an_include_is_a_text(ours, value):
    ours.says("scenario.toml", "", head=f'include = {value}\nid = "our-pipe"\n')
    assert ours.found() == [("scenario.toml", 1, "DK115")]


def test_packs_that_build_on_each_other_are_refused(tmp_path, monkeypatch):
    from drillkit.packs import shelf

    for one, other in (("hen", "egg"), ("egg", "hen")):
        (tmp_path / one).mkdir()
        for name in ("scenario.toml", "plan.toml"):
            (tmp_path / one / name).write_text(f'include = "{other}"\nid = "{one}"\n')
    monkeypatch.setattr(shelf, "shipped", lambda: [tmp_path / "hen", tmp_path / "egg"])
    for path in (tmp_path / "hen" / "plan.toml", None):
        found = packs.check(tmp_path / "hen")
        assert {d.code for d in found} == {"DK183"}
        if path:
            path.unlink()
            (tmp_path / "egg" / "plan.toml").unlink()


def test_only_so_many_build_on_one_another(tmp_path):
    folder = tmp_path
    for level in range(DEEPEST + 1):
        folder /= "in"
        folder.mkdir()
        (folder / "scenario.toml").write_text(f'include = "./in"\nid = "l{level}"\n')
    shutil.copytree(SMALL, folder / "in")
    assert packs.check(tmp_path / "in" / "in") == ()
    assert {d.code for d in packs.check(tmp_path / "in")} == {"DK184"}


def test_a_pack_that_builds_on_another_has_an_id_of_its_own(ours):
    ours.says("scenario.toml", "", head='include = "./base"\n')
    assert ours.found() == [("scenario.toml", 1, "DK185")]
    ours.says("scenario.toml", "", head='include = "./base"\nid = "burst-pipe"\n')
    assert ours.found() == [("scenario.toml", 2, "DK185")]


def test_nothing_can_be_dropped_where_nothing_is_included(ours):
    path = ours.base / "scenario.toml"
    path.write_text('drop = ["inject.alarm"]\n' + path.read_text("utf-8"), "utf-8")
    assert [(d.line, d.code) for d in packs.check(ours.base)] == [(1, "DK187")]


# -- as a user meets it ----------------------------------------------------------------------------


def drillkit(*words, **more):
    return subprocess.run(
        [sys.executable, "-m", "drillkit", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        **more,
    )


def test_a_drill_needs_nothing_but_its_journal(ours, tmp_path):
    ours.says("scenario.toml", 'drop = ["inject.hall-dry"]' + NEW_INJECT)
    ours.says("plan.toml", '[[role]]\nid = "stores"\ntitle.en = "Quartermaster"')
    whole = tmp_path / "ours.zip"
    with zipfile.ZipFile(whole, "w") as zipped:
        for file in sorted(ours.folder.rglob("*.toml")):
            zipped.write(file, f"ours/{file.relative_to(ours.folder)}")
    assert drillkit("check", whole).returncode == 0
    shown = drillkit("preview", whole, "--as", "stores")
    assert shown.returncode == 0
    assert "Quartermaster" in shown.stdout
    drill = tmp_path / "one.drill"
    words = ["host", whole, "--headless", "--stand-ins", "all", "--session", drill]
    done = drillkit(*words, "--speed", "3600", "--port", "0")
    assert done.returncode == 0, done.stderr
    shutil.rmtree(ours.folder)
    whole.unlink()
    scored = drillkit("score", drill, "--json")
    assert scored.returncode == 0, scored.stderr
    assert json.loads(scored.stdout)
    journal = SqliteJournal.open(drill, write=False)
    opened = journal.read()[0].event
    journal.close()
    assert opened.scenario.id == "our-pipe"
    assert "vending" in by_id(opened.scenario.injects)
    assert "hall-dry" not in by_id(opened.scenario.injects)
    assert opened.plan.role("stores").title.en == "Quartermaster"


def test_the_command_line_names_file_and_line_of_either_file(ours):
    ours.says("scenario.toml", NEW_INJECT.replace('"technician"', '"tecnician"'))
    base = ours.base / "plan.toml"
    base.write_text(
        base.read_text("utf-8").replace('group = "command-post"', 'group = "post"', 1), "utf-8"
    )
    done = drillkit("check", "ours", cwd=ours.folder.parent)
    assert done.returncode == 1
    at, below = (
        ours.line("scenario.toml", "tecnician"),
        ours.line("base/plan.toml", 'group = "post"'),
    )
    assert f"ours/scenario.toml:{at}:10: DK201" in done.stdout
    assert f"ours/base/plan.toml:{below}:9: DK202" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_rehearsal_plays_what_was_joined(ours):
    ours.says("scenario.toml", NEW_INJECT)
    done = drillkit(
        "rehearse", ours.folder, "--runs", "2", "--workers", "1", "--profile", "average"
    )
    assert done.returncode == 0, done.stderr


def test_a_plan_that_builds_on_another_is_not_revised_by_halves(ours):
    ours.says("plan.toml", "")
    done = drillkit("lessons", "revise", "--plan", ours.folder / "plan.toml")
    assert done.returncode == 1
    assert "builds on the plan of another pack" in done.stderr


def test_a_change_may_be_tried_without_a_file(ours):
    ours.says("plan.toml", "")
    setting = packs.Setting.read("depots.main-store.stock.pump=9")
    assert packs.load(ours.folder, None, [setting]).plan.depots[0].stock[0].quantity == 9
    setting = packs.Setting.read("scenario.injects.alarm.to=boss")
    with pytest.raises(packs.PackFaults) as said:
        packs.load(ours.folder, None, [setting])
    assert said.value.diagnostics[0].path.name == "scenario.toml"


@pytest.mark.parametrize("base", [folder.name for folder in packs.shipped()])
def test_a_pack_to_start_from_builds_on_any_shipped_one(tmp_path, base):
    folder = tmp_path / "our-drill"
    packs.write_including(folder, base)
    assert packs.check(folder) == ()
    assert packs.load(folder).scenario.id == "our-drill"
    for name in ("scenario.toml", "plan.toml"):
        text = (folder / name).read_text("utf-8")
        schema = text.splitlines()[0].removeprefix("#:schema ./")
        assert (folder / schema).is_file()
        loose = re.sub(r"^# (?=[a-z\[])(.*[\]\"]$)", r"\1", text, flags=re.MULTILINE)
        loose = loose.replace("drop = ", "# drop = ")
        (folder / name).write_text(loose, "utf-8")
    assert packs.check(folder) == ()
    assert "As it would be told here." in {
        one.body.en for one in packs.load(folder).scenario.injects
    }


@pytest.mark.parametrize("name", ["riverside-hospital-flood", "Our Drill", "x" * 70])
def test_a_folder_whose_name_is_no_id_gets_one(tmp_path, name):
    packs.write_including(tmp_path / name, "riverside-hospital-flood")
    assert packs.load(tmp_path / name).scenario.id == "our-riverside-hospital-flood"


def test_a_new_pack_that_builds_on_another_overwrites_nothing(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    assert drillkit("new", tmp_path, "--include", "winter-blackout").returncode == 1
    wrong = drillkit("new", tmp_path / "ours", "--include", "winter-blakout")
    assert wrong.returncode == 2
    assert "winter-blackout" in wrong.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt"]


def test_a_shipped_pack_is_built_on_by_its_id(tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "scenario.toml").write_text('include = "winter-blackout"\nid = "our-winter"\n')
    made, base = packs.load(folder), packs.load(packs.find("winter-blackout"))
    assert made.scenario == base.scenario.model_copy(update={"id": "our-winter"})
    assert made.plan == base.plan
