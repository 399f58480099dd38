"""Packs that build on packs: what comes of two files, whose fault it is, and what is never read."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillkit import packs
from drillkit.journal.sqlite import SqliteJournal
from drillkit.packs.include import DEEPEST
from drillkit.packs.join import joined
from drillkit.packs.source import read

SMALL = Path(__file__).parent / "burst-pipe"
STORY = """
include = "./base"
id = "our-pipe"
"""
PLAN = """
include = "./base"
"""


class Ours:
    """A pack that builds on the small one, which lies in its folder `base`."""

    def __init__(self, folder):
        self.folder, self.base = folder, folder / "base"
        shutil.copytree(SMALL, self.base)
        self.says("scenario.toml", "")

    def says(self, name, text, head=None):
        head = head or (STORY if name == "scenario.toml" else PLAN)
        (self.folder / name).write_text(head + text, "utf-8")

    def load(self):
        return packs.load(self.folder)

    def found(self):
        """Where each fault is told: file below the folder, line, code."""
        return [
            (d.path.relative_to(self.folder).as_posix(), d.line, d.code)
            for d in packs.check(self.folder)
        ]

    def line(self, name, text):
        lines = (self.folder / name).read_text("utf-8").splitlines()
        return 1 + next(nth for nth, line in enumerate(lines) if text in line)


@pytest.fixture
def ours(tmp_path):
    return Ours(tmp_path / "ours")


def by_id(things):
    return {thing.id: thing for thing in things}


def test_a_pack_that_changes_nothing_is_the_other_under_its_own_name(ours):
    base, made = packs.load(SMALL), ours.load()
    assert made.scenario == base.scenario.model_copy(update={"id": "our-pipe"})
    assert made.plan == base.plan


def test_names_texts_and_times_are_overridden_by_id_key_by_key(ours):
    ours.says(
        "scenario.toml",
        """
        length = "45m"
        title.zh = "我厂水管爆裂"
        [[inject]]
        id = "alarm"
        body.en = "Ours."
        to = ["commander", "stores"]
        [[inject.option]]
        id = "wait"
        harm = 1.0
        [[inject.option]]
        id = "ask"
        title = { en = "Ask first", zh = "先询问" }
        """,
    )
    ours.says(
        "plan.toml",
        """
        [[role]]
        id = "stores"
        title.en = "Quartermaster"
        [[depot]]
        id = "main-store"
        [[depot.stock]]
        item = "pump"
        quantity = 9
        [[route]]
        depot = "main-store"
        site = "machine-hall"
        time = "9m"
        """,
    )
    made, base = ours.load(), packs.load(SMALL)
    story, was = made.scenario, base.scenario
    assert (story.length, story.title.en, story.title.zh) == (
        45 * 60_000,
        was.title.en,
        "我厂水管爆裂",
    )
    alarm, before = by_id(story.injects)["alarm"], by_id(was.injects)["alarm"]
    assert (alarm.body.en, alarm.body.zh) == ("Ours.", before.body.zh)
    assert alarm.to == ("commander", "stores")
    assert [(option.id, option.harm) for option in alarm.options] == [
        ("close-valve", 0.0),
        ("wait", 1.0),
        ("ask", 0.0),
    ]
    assert alarm.expect == before.expect
    assert [one.id for one in story.injects] == [one.id for one in was.injects]
    stores = made.plan.role("stores")
    assert (stores.title.en, stores.title.zh) == (
        "Quartermaster",
        base.plan.role("stores").title.zh,
    )
    assert [(s.item, s.quantity) for s in made.plan.depots[0].stock] == [("pump", 9)]
    assert made.plan.depots[0].vehicles == base.plan.depots[0].vehicles
    assert [route.time for route in made.plan.routes] == [9 * 60_000]


def test_a_condition_is_replaced_whole(ours):
    ours.says("scenario.toml", '[[inject]]\nid = "short-circuit"\nwhen = { overdue = "alarm" }\n')
    assert by_id(ours.load().scenario.injects)["short-circuit"].when.overdue == "alarm"


def test_what_is_dropped_is_gone_and_what_is_new_is_there(ours):
    ours.says(
        "scenario.toml",
        """
        drop = ["inject.hall-dry", "inject.alarm.option.wait", "inject.alarm.means",
                "fact.pipe-burst.recipient.stores", "inject.short-circuit"]
        [[inject]]
        id = "short-circuit"
        title = { en = "Dark", zh = "停电" }
        body = { en = "It is dark.", zh = "一片漆黑。" }
        at = "5m"
        sender = "technician"
        to = ["stores"]
        [[phase]]
        id = "before"
        title = { en = "Before", zh = "之前" }
        at = "0s"
        clock = "2026-03-10 01:30"
        [[phase]]
        id = "night"
        at = "1m"
        [[outcome]]
        id = "machines-saved"
        move = []
        """,
    )
    story = ours.load().scenario
    injects = by_id(story.injects)
    assert list(injects) == ["alarm", "water-in-hall", "short-circuit"]
    assert [option.id for option in injects["alarm"].options] == ["close-valve"]
    assert injects["alarm"].means == "phone"
    assert story.facts[0].recipients == ()
    dark = injects["short-circuit"]
    assert (dark.when, dark.expect, dark.kind) == (None, (), "expected-action")
    assert [(phase.id, phase.at) for phase in story.phases] == [("before", 0), ("night", 60_000)]
    assert story.outcomes[0].moves == ()


def test_a_plan_of_its_own_takes_the_place_of_the_other(ours):
    own = (SMALL / "plan.toml").read_text("utf-8").replace("small-plant-plan", "our-plan")
    (ours.folder / "plan.toml").write_text(own, "utf-8")
    assert ours.load().plan.id == "our-plan"


def test_a_plan_may_build_on_that_of_a_pack_that_has_none_of_its_own(tmp_path):
    outer = tmp_path / "outer"
    inner = Ours(outer / "middle")
    (outer / "scenario.toml").write_text('include = "./middle"\nid = "outer"\n')
    (outer / "plan.toml").write_text('include = "./middle"\nid = "outer-plan"\n')
    made = packs.load(outer)
    assert made.plan == packs.load(inner.base).plan.model_copy(update={"id": "outer-plan"})
    (outer / "plan.toml").unlink()
    assert packs.load(outer).plan == packs.load(SMALL).plan


def test_a_plan_given_by_hand_may_build_on_a_shipped_one(tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text('include = "riverside-hospital-flood"\nversion = "ours"\n')
    made = packs.load(packs.find("riverside-hospital-flood"), mine)
    assert made.plan.version == "ours"
    assert len(made.plan.roles) > 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_file_laid_over_itself_changes_nothing_and_everything_keeps_its_line(tmp_path, data):
    base = read(SMALL / "scenario.toml")
    assert joined(base, base).data == base.data
    named = [f"inject.{one['id']}" for one in base.data["inject"]]
    gone = data.draw(st.sets(st.sampled_from(named)))
    text = f"include = './base'\ndrop = {sorted(gone)!r}"
    (tmp_path / "over.toml").write_text(text)
    over = read(tmp_path / "over.toml")
    made = joined(base, over)
    kept = [one for one in base.data["inject"] if f"inject.{one['id']}" not in gone]
    assert made.data == {**base.data, "inject": kept}
    for where, span in made.spans.items():
        file = made.file_of(where)
        assert 0 <= span.start <= span.end <= len(file.text)
        if len(where) == 3 and where[0] == "inject" and where[2] == "id":
            told = made.data["inject"][where[1]]["id"]
            assert file.text[span.start : span.end] == f'"{told}"'


# -- whose fault it is -----------------------------------------------------------------------------

NEW_INJECT = """
[[inject]]
id = "vending"
title = { en = "Machine", zh = "售货机" }
body = { en = "It hums.", zh = "它在响。" }
at = "2m"
sender = "technician"
to = ["commander"]
"""


@pytest.mark.parametrize(
    ("text", "mark", "code"),
    [
        (NEW_INJECT.replace('"technician"', '"tecnician"'), "tecnician", "DK201"),
        (NEW_INJECT.replace('at = "2m"', 'att = "2m"'), "att", "DK111"),
        (NEW_INJECT.replace('at = "2m"', ""), "[[inject]]", "DK306"),
        (NEW_INJECT.replace('to = ["commander"]', ""), "[[inject]]", "DK112"),
        (NEW_INJECT + NEW_INJECT.replace('id = "vending"', "id = 'vending'"), "'vending'", "DK230"),
        (NEW_INJECT.replace("It hums.", "\U0001f468\u200d"), "\u200d", "DK314"),
        ('[[inject]]\nid = "alarm"\ntitle.fr = "Eau"', "title.fr", "DK111"),
        ('[[inject]]\nid = "alarm"\nat = "2"', "at = ", "DK116"),
        ('[[inject]]\nid = "alarm"\nfacts = ["hall-dry"]', "facts", "DK208"),
        ('[[inject]]\nid = "alarm"\n[[inject.option]]\nid = "wait"\ncredit = 3', "credit", "DK125"),
        ('[[inject]]\ntitle.en = "No name"', "[[inject]]", "DK112"),
        ('[[need]]\nid = "pumps"\nwithin = "1m"', "within", "DK336"),
        ("inject = 3", "inject = 3", "DK115"),
        ('drop = ["inject.alarrm"]', "alarrm", "DK188"),
        ('drop = ["inject.alarm.option.wiat"]', "wiat", "DK188"),
        ('drop = ["inject.alarm.facts.0"]', "facts.0", "DK188"),
        ("drop = [3]", "drop", "DK115"),
        ('drop = "inject.alarm"', "drop", "DK115"),
    ],
)
def test_a_fault_of_the_pack_that_builds_is_told_there(ours, text, mark, code):
    ours.says("scenario.toml", text)
    found = ours.found()
    assert ("scenario.toml", ours.line("scenario.toml", mark), code) in found
    told = [one for one in found if one[2] not in ("DK112", "DK354")] or found
    assert all(file == "scenario.toml" for file, _, _ in found), found
    assert len(told) == 1 or code == "DK112", found


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("scenario.toml", 'sender = "technician"', 'sender = "tecnician"', "DK201"),
        ("scenario.toml", "ratio = 2.0", 'ratio = "two"', "DK115"),
        ("scenario.toml", 'length = "40m"', 'length = "40m', "DK108"),
        ("scenario.toml", "quantity = 4", "quantity = 4\ncolour = 1", "DK111"),
        ("plan.toml", "quorum = 2", "quorum = 9", "DK313"),
        ("plan.toml", 'group = "command-post"', 'group = "post"', "DK202"),
    ],
)
def test_a_fault_of_the_included_pack_is_told_in_its_file(ours, file, old, new, code):
    path = ours.base / file
    text = path.read_text("utf-8").replace(old, new, 1)
    path.write_text(text, "utf-8")
    line = ours.line(f"base/{file}", new.split("\n")[-1])
    assert ours.found() == [(f"base/{file}", line, code)]


def test_faults_of_both_files_come_in_one_run_each_in_its_own(ours):
    path = ours.base / "scenario.toml"
    path.write_text(path.read_text("utf-8").replace('rule = "first-notice"', 'rule = "first"'))
    ours.says("scenario.toml", NEW_INJECT.replace('["commander"]', '["comander"]'))
    ours.says("plan.toml", '[[role]]\nid = "stores"\ngroup = "post"')
    assert [(file, code) for file, _, code in ours.found()] == [
        ("scenario.toml", "DK201"),
        ("base/scenario.toml", "DK217"),
        ("plan.toml", "DK202"),
    ]


@pytest.mark.parametrize(
    ("text", "mark", "said"),
    [
        ('drop = ["fact.hall-wet"]', "drop", 'unknown fact "hall-wet"'),
        ('drop = ["inject.hall-dry", "inject.alarm"]', "drop", 'unknown inject "alarm"'),
        ('length = "15m"', "include", "play ends at 15m"),
        ('[[need]]\nid = "pumps"\nsite = "hall"', "site", 'unknown site "hall"'),
    ],
)
def test_what_no_longer_fits_is_told_at_its_cause(ours, text, mark, said):
    ours.says("scenario.toml", text)
    found = packs.check(ours.folder)
    assert {d.path for d in found} == {ours.folder / "scenario.toml"}
    assert said in found[0].sentence("en")
    assert found[0].line == ours.line("scenario.toml", mark)
    if found[0].within:
        assert "base/scenario.toml, line " in found[0].sentence("en")
        assert "base/scenario.toml 第 " in found[0].sentence("zh")


def test_a_role_that_a_plan_of_its_own_lacks_is_told_at_the_include(ours):
    ours.says("plan.toml", 'drop = ["role.stores"]')
    found = packs.check(ours.folder)
    assert {(d.path.name, d.code) for d in found} == {("scenario.toml", "DK186")}
    assert 'unknown role "stores"' in found[0].sentence("en")


def test_a_fault_in_the_middle_of_three_is_told_in_the_middle(tmp_path):
    middle = Ours(tmp_path / "outer" / "middle")
    middle.says("scenario.toml", 'drop = ["fact.hall-wet"]')
    (tmp_path / "outer" / "scenario.toml").write_text('include = "./middle"\nid = "outer"\n')
    own = [(d.path, d.line, d.code) for d in packs.check(middle.folder)]
    assert own
    assert [(d.path, d.line, d.code) for d in packs.check(tmp_path / "outer")] == own


# -- what is never read ----------------------------------------------------------------------------


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
