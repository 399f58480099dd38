"""What keeps a file from being TOML is told in plain words at its place, in both languages."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_packs import edit, marked_place
from worlds_packs import BURST_PIPE, write_pack

from drillkit import packs
from drillkit.packs.marks import plain_line
from drillkit.packs.mend import mend, mended
from drillkit.packs.source import read

SLIPS = tomllib.loads((Path(__file__).parent / "slips.toml").read_text("utf-8"))["slip"]
SCENARIO = (BURST_PIPE / "scenario.toml").read_text("utf-8")


@pytest.fixture
def pack(tmp_path):
    return write_pack(tmp_path / "pack")


def told(path):
    """What is told of the file, which must be no TOML."""
    with pytest.raises(packs.PackFaults) as caught:
        read(path)
    return caught.value.diagnostics


@pytest.mark.parametrize("end", ["", "\n", "\nlast = 1\n"])
@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip['key']}: {slip['text'][:30]}")
def test_a_slip_is_told_at_its_place(tmp_path, slip, end):
    if end and slip["key"] == "block-open":
        end = "\n"
    path = tmp_path / "any.toml"
    head = '# Notes "with [marks] of every ’ kind\nfirst = """\n[no header]\nno = [1\n"""\n'
    text = head + slip["text"].replace("«", "").replace("»", "") + end
    path.write_text(text, "utf-8")

    (found,) = told(path)

    assert (found.key, found.line, found.col, found.width) == (
        f"packs.{slip['key']}",
        *marked_place(text, slip["text"]),
    ), packs.render([found], "text", "en")
    assert (found.mend is not None) == ("mended" in slip)
    if "mended" in slip:
        assert mended(text, [found])[0] == head + slip["mended"] + end


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip['key']}: {slip['text'][:30]}")
def test_the_chinese_sentence_has_no_english_of_the_library(tmp_path, slip):
    path = tmp_path / "any.toml"
    path.write_text(slip["text"].replace("«", "").replace("»", ""), "utf-8")
    for found in told(path):
        said = found.sentence("zh")
        for value in sorted((*found.values.values(), "inject"), key=len, reverse=True):
            said = said.replace(value, "")
        assert re.search("[\u4e00-\u9fff]", said)
        assert not re.search("[A-Za-z]{2}", said), said


def test_every_line_with_such_marks_is_told_and_mended(pack):
    scenario = pack / "scenario.toml"
    before = scenario.read_text("utf-8")
    lines = [
        re.sub('^(title[.]zh) = "([^"]*)"', r"\1 ＝ “\2”", line) for line in before.split("\n")
    ]
    scenario.write_text("\n".join(lines), "utf-8")
    wrong = sum("“" in line and "＝" in line for line in lines)
    assert wrong > 5
    assert len(packs.lint(pack)) == wrong
    assert len(mend(pack)) == wrong
    assert scenario.read_text("utf-8") == before
    assert packs.lint(pack) == ()


def test_a_header_with_one_bracket_where_there_is_but_one_such_table(pack):
    edit(pack / "scenario.toml", "[[need]]", "[need]")
    (found,) = packs.check(pack)
    place = marked_place((pack / "scenario.toml").read_text("utf-8"), "«[need]»")
    assert (found.code, (found.line, found.col, found.width)) == ("DK115", place)
    assert "[[need]]" in found.sentence("en")
    assert "[[need]]" in found.sentence("zh")


@given(
    st.integers(0, len(SCENARIO) - 1), st.integers(0, 3), st.text('"[]{}=,#\n\\a“”＝ ', max_size=2)
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_into_a_file_is_told_at_a_place_in_it(tmp_path_factory, at, cut, typed):
    path = tmp_path_factory.mktemp("any") / "scenario.toml"
    text = SCENARIO[:at] + typed + SCENARIO[at + cut :]
    path.write_text(text, "utf-8")
    lines = text.split("\n")
    for found in packs.check(path.parent):
        if found.path == path:
            assert 1 <= found.line <= len(lines)
            assert 1 <= found.col <= len(lines[found.line - 1]) + 1
        assert all(found.sentence(lang) for lang in ("en", "zh"))
        if found.key == "packs.odd-marks" and found.mend:
            assert len(found.mend) == found.width


@given(st.text("ab\"'“”‘’＝=，,［］[]# \\中", max_size=20))
def test_a_line_that_is_toml_already_stays_as_it_is(line):
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        assert len(plain_line(line)) == len(line)
    else:
        assert plain_line(line).partition("#")[0] == line.partition("#")[0]
