"""Packs that build on packs: what comes of two files, and whose fault it is."""

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds_include import NEW_INJECT, SMALL, Ours, by_id

from drillkit import packs
from drillkit.packs.join import joined
from drillkit.packs.source import read


@pytest.fixture
def ours(tmp_path):
    return Ours(tmp_path / "ours")


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


KEYS = st.sampled_from(
    [
        "id",
        "inject",
        "option",
        "when",
        "title",
        "en",
        "phase",
        "at",
        "fact",
        "recipient",
        "role",
        "drop",
        "all",
        "need",
        "any",
        "expect",
        "length",
        "null",
        "effect",
    ]
)
LEAVES = st.sampled_from(["alarm", "night", "2m", "stores", "inject.alarm", 3, 0.5, True, "\u200d"])
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.dictionaries(KEYS, VALUES, max_size=5))
def test_whatever_is_laid_over_a_pack_it_can_be_played_or_is_told_what_is_wrong(tmp_path, said):
    ours = Ours(tmp_path / f"{len(list(tmp_path.iterdir()))}")
    whole = {**said, "include": "./base", "id": "our-pipe"}
    (ours.folder / "scenario.toml").write_text(tomlkit.dumps(whole), "utf-8")
    for fault in packs.check(ours.folder):
        assert fault.path.is_relative_to(ours.folder)
        assert 1 <= fault.line <= fault.path.read_text("utf-8").count("\n") + 1
        assert fault.sentence("en") != fault.sentence("zh")


# -- whose fault it is -----------------------------------------------------------------------------


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
