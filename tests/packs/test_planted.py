"""Each fault that is planted in a shipped pack is reported once, at its place, in both languages."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from test_packs import edit, marked_place

from drillkit import packs

PLANTED = tomllib.loads((Path(__file__).parent / "planted.toml").read_text("utf-8"))["planted"]
FOLDERS = {folder.name: folder for folder in packs.shipped()}


def test_enough_is_planted_in_enough_packs():
    assert len(PLANTED) >= 40
    assert len({one["name"] for one in PLANTED}) == len(PLANTED)
    assert {one["pack"] for one in PLANTED} <= set(FOLDERS)


@pytest.mark.parametrize("one", PLANTED, ids=lambda one: one["name"])
def test_what_is_planted_in_a_shipped_pack_is_reported_once_at_its_place(tmp_path, one):
    pack = tmp_path / one["pack"]
    shutil.copytree(FOLDERS[one["pack"]], pack)
    edited = pack / one.get("file", "scenario.toml")
    edit(edited, one["old"], one["new"].replace("«", "").replace("»", ""))
    shown_in = pack / one.get("other", edited.name)
    line, col, width = marked_place(shown_in.read_text("utf-8"), one.get("mark", one["new"]))

    found = packs.lint(pack)

    assert [(d.path, d.code, d.line, d.col, d.width) for d in found] == [
        (shown_in, one["code"], line, col, width)
    ], packs.render(found, "text", "en")
    said = {lang: found[0].sentence(lang) for lang in ("en", "zh")}
    assert said["en"] != said["zh"]
    assert re.search("[\u4e00-\u9fff]", said["zh"])
    for sentence in said.values():
        assert not re.search(r"packs\.|\{\w+\}|None", sentence), sentence
