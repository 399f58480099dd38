"""Each shipped pack says of everything in it where it comes from, or that it is made up."""

import re
from pathlib import Path

import pytest

from drillkit import packs

RECORD, FICTION, SOURCES = "What follows the record", "What is fiction", "Sources"
TRACED = 0.8
"""The share of what is not marked as fiction that leads to a source."""

every_pack = pytest.mark.parametrize("folder", packs.shipped(), ids=lambda folder: folder.name)


def chapters(folder: Path) -> dict[str, str]:
    text = (folder / "SOURCES.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))


def ids(text: str) -> set[str]:
    return set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)*)`", text))


def rows(folder: Path) -> list[list[str]]:
    table = chapters(folder)[RECORD].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table if "|" in line]
    return cells[2:]


@every_pack
def test_every_row_of_the_record_leads_to_a_source_that_is_listed(folder):
    listed = {
        number
        for entry in re.findall(
            r"(?:^- |; )((?:\[\d+[a-z]?\])+)", chapters(folder)[SOURCES], re.MULTILINE
        )
        for number in re.findall(r"\d+[a-z]?", entry)
    }
    for what, _, source, sure in rows(folder):
        named = set(re.findall(r"\[(\d+[a-z]?)\]", source))
        assert named or "fiction" in source, what
        assert named <= listed, what
        assert sure, what


@every_pack
def test_what_is_timed_leads_to_a_source_or_is_marked_as_fiction(folder):
    scenario = packs.load(folder).scenario
    recorded, invented = ids(chapters(folder)[RECORD]), ids(chapters(folder)[FICTION])
    bringers = {
        fact.id: {inject.id for inject in scenario.injects if fact.id in inject.facts}
        for fact in scenario.facts
    }
    timed = {inject.id: {inject.id} for inject in scenario.injects}
    timed |= {fact: {fact, *injects} for fact, injects in bringers.items()}
    open_ones = {
        id: names for id, names in timed.items() if not names & invented or names & recorded
    }
    traced = [id for id, names in open_ones.items() if names & recorded]
    lost = sorted(set(open_ones) - set(traced))
    assert len(traced) >= TRACED * len(open_ones), lost
    assert len(traced) >= len(timed) / 2, "more than half of the pack is fiction"
