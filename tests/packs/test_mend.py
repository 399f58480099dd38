"""`check --fix` mends what needs no judgement, keeps the rest to the byte, and writes whole files."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_packs import edit
from worlds_packs import write_pack

from drillkit import packs
from drillkit.packs.diagnostic import is_slip
from drillkit.packs.mend import mend


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    write_pack(folder)
    return folder


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("comander", "commander"),
        ("first-notcie", "first-notice"),
        ("techniciam", "technician"),
        ("title", "titles"),
        ("pmup", "pump"),
    ],
)
def test_one_slip_of_the_fingers_is_one(name, near):
    assert is_slip(name, near)
    assert is_slip(near, name)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("ward-a", "ward-b"),
        ("store-1", "store-2"),
        ("north-store", "south-store"),
        ("en", "zh"),
        ("bus", "buss"),
        ("pump", "pump"),
        ("hall-wet", "hall"),
        ("commander", "comandre"),
    ],
)
def test_another_name_is_no_slip(name, near):
    assert not is_slip(name, near)


MENDABLE = [
    ("你怎么办？", "你怎么办?"),
    ('rule = "first-notice"', 'rule = "first-notcie"'),
    ("积水已达", "积水(约)已达"),
    ('[[inject]]\nid = "alarm"', '[[inject]]\nid = "alarm" # kept,  blanks too  '),
    ('means = "radio"', "means = 'raido'"),
    ('title.zh = "短路"', 'title.zh = "短路\ufe0f"'),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_what_is_shown_is_changed_and_line_ends_stay(pack, end, mark):
    scenario = pack / "scenario.toml"
    for old, new in MENDABLE:
        edit(scenario, old, new)
    text = scenario.read_text("utf-8")
    scenario.write_bytes((mark + text.replace("\n", end)).encode())

    changes = mend(pack)

    want = text
    for change in changes:
        assert want.count(change.was) >= 1
    for old, new in (("怎么办?", "怎么办？"), ("(约)", "（约）"), ("first-notcie", "first-notice"),
                     ("'raido'", '"radio"'), ("\ufe0f", "")):  # fmt: skip
        want = want.replace(old, new)
    assert scenario.read_bytes() == (mark + want.replace("\n", end)).encode()
    assert len(changes) == 5
    assert packs.lint(pack) == ()
    assert mend(pack) == ()


def test_what_may_mean_two_things_is_left_to_people(pack):
    edit(pack / "plan.toml", "[[site]]", """[[site]]
id = "machine-hals"
title.en = "Old hall"
title.zh = "旧机房"

[[site]]""")  # fmt: skip
    edit(pack / "scenario.toml", 'site = "machine-hall"', 'site = "machine-hal"')
    before = (pack / "scenario.toml").read_bytes()
    assert mend(pack) == ()
    assert (pack / "scenario.toml").read_bytes() == before


def test_a_file_that_is_no_toml_is_left_alone(pack):
    edit(pack / "scenario.toml", "grade = 3", "grade = ")
    before = (pack / "scenario.toml").read_bytes()
    assert mend(pack) == ()
    assert (pack / "scenario.toml").read_bytes() == before


def test_the_rights_of_a_file_stay(pack):
    edit(pack / "scenario.toml", *MENDABLE[0])
    (pack / "scenario.toml").chmod(0o600)
    assert len(mend(pack)) == 1
    assert (pack / "scenario.toml").stat().st_mode & 0o777 == 0o600
    assert sorted(path.suffix for path in pack.iterdir()) == [".json", ".json", ".toml", ".toml"]


ODD = st.text(
    st.sampled_from("水闸3.,;:?!()（）“”。 aZ１Ａ\ufe0f\u3000\n-"), min_size=1, max_size=40
)


@given(ODD, ODD)
@settings(max_examples=60)
def test_mending_ends_and_leaves_nothing_to_mend(tmp_path_factory, en, zh):
    folder = tmp_path_factory.mktemp("any") / "pack"
    write_pack(folder)
    path = folder / "scenario.toml"
    text = path.read_text("utf-8").replace("报警面板显示机房门口进水。你怎么办？", "ZH")
    text = text.replace('"ZH"', f'"""\n水{zh}"""')
    text = text.replace("What do you do?", f"Go{en}".replace("\n", "\\n"))
    path.write_text(text, "utf-8")
    before = tomllib.loads(path.read_text("utf-8"))

    mend(folder)

    assert all(found.mend is None for found in packs.lint(folder))
    after = tomllib.loads(path.read_text("utf-8"))
    assert [one["id"] for one in after["inject"]] == [one["id"] for one in before["inject"]]
    assert after["inject"][0]["body"]["zh"].count("水") == before["inject"][0]["body"]["zh"].count(
        "水"
    )


def test_what_a_pack_builds_on_is_neither_told_of_nor_touched(pack, tmp_path):
    base = pack / "base"
    write_pack(base)
    edit(base / "scenario.toml", *MENDABLE[0])
    before = (base / "scenario.toml").read_bytes()
    (pack / "plan.toml").unlink()
    over = pack / "scenario.toml"
    over.write_text(
        'include = "./base"\nid = "ours"\n\n[[inject]]\nid = "short-circuit"\ntitle.zh = "短,路"\n',
        "utf-8",
    )
    (found,) = packs.lint(pack)
    assert (found.path, found.line, found.code) == (over, 6, "DK431")
    assert [(change.found.path, change.now) for change in mend(pack)] == [(over, "，")]
    assert packs.lint(pack) == ()
    assert (base / "scenario.toml").read_bytes() == before
