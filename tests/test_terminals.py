"""The codes that a host keeps for its own drill, and for no other."""

import json
from pathlib import Path

from drillkit.cli.terminals import kept_codes


def test_codes_are_taken_up_by_the_drill_that_they_were_made_for_only(tmp_path: Path) -> None:
    path = tmp_path / "a.codes"
    assert kept_codes(path, 5) == {}
    path.write_text(json.dumps({"opening": 5, "hashes": {"medical": "00"}}))
    assert kept_codes(path, 5) == {"medical": "00"}
    assert kept_codes(path, 6) == {}


def test_a_spoiled_file_of_codes_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.codes"
    for text in ("", "{", "[]", "7"):
        path.write_text(text)
        assert kept_codes(path, 5) == {}
