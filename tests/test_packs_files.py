"""The files of a pack: what may be read, how faults are shown, what an editor is told."""

import json
from pathlib import Path

import pytest
from worlds_packs import write_pack

from drillkit import packs
from drillkit.journal import MemoryJournal
from drillkit.model.base import MINUTE, SECOND, millis
from drillkit.model.commands import (
    Arrive,
    DispatchSupplies,
    GiveResponse,
    ReceiveSupplies,
    StartDrill,
)
from drillkit.model.events import InjectReleased
from drillkit.packs.diagnostic import shown
from drillkit.packs.duration import written
from drillkit.packs.rubrics import weights
from drillkit.packs.schema import KINDS
from drillkit.packs.source import LARGEST
from drillkit.session import Opening, Session

PACKAGE = Path(packs.__file__).parent


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    write_pack(folder)
    return folder


def codes(path):
    return [(d.path.name, d.code, d.line, d.col) for d in packs.check(path)]


def test_a_path_that_is_no_pack_gets_one_diagnostic_that_says_what_to_give(pack, tmp_path):
    assert codes(tmp_path / "nowhere") == [("nowhere", "DK101", 1, 1)]
    assert codes(pack / "scenario.toml") == [("scenario.toml", "DK101", 1, 1)]
    assert codes(tmp_path) == [(tmp_path.name, "DK102", 1, 1)]
    (pack / "plan.toml").unlink()
    assert codes(pack) == [("plan.toml", "DK103", 1, 1)]
    (pack / "scenario.toml").write_text("id = 1")
    assert {code for _, code, _, _ in codes(pack)} == {"DK103", "DK112", "DK115"}
    assert "scenario.toml" in packs.check(tmp_path)[0].sentence("en")


def test_a_link_that_leads_out_of_the_pack_is_not_followed(pack, tmp_path):
    (pack / "plan.toml").rename(tmp_path / "secret.toml")
    (pack / "plan.toml").symlink_to(tmp_path / "secret.toml")
    assert codes(pack) == [("plan.toml", "DK104", 1, 1)]


def test_a_link_inside_the_pack_is_followed(pack):
    (pack / "plan.toml").rename(pack / "plan-2.toml")
    (pack / "plan.toml").symlink_to(pack / "plan-2.toml")
    assert codes(pack) == []


def test_a_file_over_the_limit_is_not_read(pack):
    with (pack / "plan.toml").open("ab") as file:
        file.write(b"#" * LARGEST)
    assert codes(pack) == [("plan.toml", "DK105", 1, 1)]


def test_a_file_that_cannot_be_read_says_why(pack, monkeypatch):
    def refuse(self, *args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert {d.code for d in packs.check(pack)} == {"DK106"}
    assert packs.check(pack)[0].sentence("en") == "the file cannot be read: Permission denied"


def test_a_byte_that_is_not_utf8_is_found_in_its_line(pack):
    (pack / "plan.toml").write_bytes("# 预案\n# caf".encode() + b"\xe9\n")
    assert codes(pack) == [("plan.toml", "DK107", 2, 6)]
    (pack / "plan.toml").write_bytes("\ufeff# a\u2028b\r\n".encode() + b"\xff")
    assert codes(pack) == [("plan.toml", "DK107", 2, 1)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('id = "x', (1, 6)),
        ("id = 1\n= 2\n", (2, 1)),
        ("id = 1\n\x1b[2J", (2, 1)),
        (f"n = {'9' * 5000}", (1, 1)),
        ("d = 2026-02-30", (1, 5)),
    ],
)
def test_what_is_not_toml_is_found_in_its_line(pack, text, place):
    (pack / "plan.toml").write_text(text)
    (found,) = packs.check(pack)
    assert (found.path.name, found.code) == ("plan.toml", "DK108")
    assert abs(found.col - place[1]) <= 1
    assert found.line == place[0]
    assert "\x1b" not in packs.render([found], "text", "en")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100 + "]" * 100,
        "a = " + "[" * 9000,
        "x." * 70 + "y = 1",
        "[" + "x." * 70 + "y]",
    ],
)
def test_a_text_that_nests_without_end_is_refused(pack, text):
    (pack / "plan.toml").write_text(text)
    assert [d.code for d in packs.check(pack)] == ["DK109"]


def test_windows_line_ends_and_a_byte_order_mark_change_no_place(pack):
    plan = pack / "plan.toml"
    text = plan.read_text("utf-8").replace("quorum = 2", "quorum = 7")
    plan.write_text(text, "utf-8")
    before = codes(pack)
    plan.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert codes(pack) == before
    assert before[0][1] == "DK313"


def test_the_caret_stands_under_the_fault_after_chinese_text(pack, monkeypatch):
    monkeypatch.chdir(pack.parent)
    plan = pack / "plan.toml"
    text = plan.read_text("utf-8")
    inline = '[[site]]\ntitle = { zh = "机房", en = "Hall", fr = "Salle" }\nid = "x"\n'
    plan.write_text(text.replace("[[site]]\n", inline + "\n[[site]]\n"), "utf-8")
    assert packs.render(packs.check(Path("pack")), "text", "en").splitlines() == [
        'pack/plan.toml:129:35: DK111 unknown key "fr"',
        "     |",
        ' 129 | title = { zh = "机房", en = "Hall", fr = "Salle" }',
        f"     | {' ' * 36}^^",
    ]


def fault(**changes):
    values = {"path": Path("a,b:c/plan.toml"), "line": 3, "col": 7, "width": 2, "code": "DK201"}
    given = {"key": "packs.unknown-role", "values": {"name": "100%", "nearest": "ops"}}
    return packs.Diagnostic(**(values | given | changes))


def test_the_form_for_github_escapes_what_means_something_there():
    assert packs.render([fault()], "github", "en") == (
        "::error file=a%2Cb%3Ac/plan.toml,line=3,col=7::"
        'DK201 unknown role "100%25"; did you mean "ops"?'
    )


def test_the_form_for_programs_is_one_json_document():
    assert json.loads(packs.render([fault()], "json", "zh")) == [
        {
            "file": "a,b:c/plan.toml",
            "line": 3,
            "col": 7,
            "width": 2,
            "severity": "fault",
            "code": "DK201",
            "key": "packs.unknown-role",
            "sentence": "未知的岗位“100%”；是否想写“ops”？",
            "mend": None,
        }
    ]
    assert json.loads(packs.render([], "json", "en")) == []


def test_a_long_line_is_cut_around_the_fault(tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text("x" * 4000 + "YY" + "z" * 4000)
    _, _, line, carets = packs.render([fault(path=file, line=1, col=4001)], "text", "en").split(
        "\n"
    )
    assert len(line) < 180
    assert line[carets.index("^")] == "Y"


def test_what_a_sentence_quotes_is_one_short_printable_line():
    assert shown("a\x1b[2J\nb\u202e") == "a�[2J�b�"
    assert len(shown("x" * 500)) == 80


def test_the_shipped_schemas_are_up_to_date(tmp_path):
    packs.write_schemas(tmp_path, KINDS)
    for kind in KINDS:
        name = f"{kind}.schema.json"
        assert (PACKAGE / "schema" / name).read_bytes() == (tmp_path / name).read_bytes(), (
            f"{name} is stale: drillkit.packs.write_schemas(Path('drillkit/packs/schema'), KINDS)"
        )


def test_a_duration_is_a_string_for_editors_with_its_default_as_written():
    target = packs.schema("plan")["$defs"]["Role"]["properties"]["ack_target"]
    assert (target["type"], target["default"]) == ("string", "1m")


@pytest.mark.parametrize("ms", [0, 1, 999, 1_000, 60_000, 61_500, 3_600_000, 90_061_007])
def test_a_written_duration_is_read_back(ms):
    assert millis(written(ms)) == ms


def test_packs_are_found_below_a_folder_but_not_inside_a_pack(pack, tmp_path):
    other = tmp_path / "family" / "a-pack"
    write_pack(other)
    write_pack(pack / "inner")
    assert packs.packs_under(pack) == [pack]
    assert packs.packs_under(tmp_path) == [other, pack, pack / "inner"]
    assert packs.packs_under(tmp_path / "nowhere") == []


def test_a_pack_is_found_by_path_or_by_id_or_by_the_nearest_spelling(pack, monkeypatch):
    from drillkit.packs import shelf

    monkeypatch.setattr(shelf, "shipped", lambda: [Path("/x/river-flood"), Path("/x/fire")])
    assert packs.find(str(pack)) == pack
    assert packs.find("river-flood") == Path("/x/river-flood")
    with pytest.raises(packs.PackNotFound) as caught:
        packs.find("river-floods")
    assert (caught.value.name, caught.value.nearest) == ("river-floods", "river-flood")
    with pytest.raises(packs.PackNotFound) as caught:
        packs.find("quux")
    assert caught.value.nearest is None


def released(loaded, asked=()):
    """The injects that come when the facilitator starts and the roles do what is `asked`."""
    opening = Opening("s", loaded.scenario, loaded.plan, weights())
    session = Session.open(MemoryJournal(), opening, 0)
    session.ask("facilitator", StartDrill(), at=0, wall=0, id="start")
    for number, (at, by, command) in enumerate(asked):
        session.ask(by, command, at=at, wall=0, id=f"c{number}")
        if isinstance(command, DispatchSupplies):
            (shipment,) = session.state.shipments
            received = ReceiveSupplies(shipment=shipment)
            session.ask(by, received, at=at + 5 * MINUTE, wall=0, id="received")
    session.tick(loaded.scenario.length, 0)
    events = [entry.event for entry in session.entries]
    return [event.inject for event in events if isinstance(event, InjectReleased)]


def test_a_small_pack_plays_and_what_is_done_makes_a_difference(pack):
    loaded = packs.load(pack)
    assert released(loaded) == ["alarm", "short-circuit", "water-in-hall"]
    sent = DispatchSupplies(depot="main-store", site="machine-hall", item="pump", quantity=4)
    done = [
        (SECOND, "commander", Arrive()),
        (2 * SECOND, "stores", Arrive()),
        (2 * MINUTE, "commander", GiveResponse(inject="alarm", options=("close-valve",))),
        (9 * MINUTE, "stores", sent),
    ]
    assert released(loaded, done) == ["alarm", "water-in-hall", "hall-dry"]
