"""What commands print: on a terminal sentences end their lines between words."""

import io

import pytest

from drillkit.cli.tables import tell


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [20, 33, 80])
def test_a_long_sentence_is_not_broken_inside_a_word(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = _Terminal()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    sentence = "These numbers test the script [not] your colleagues, and nobody else at all."
    tell(sentence)
    lines = out.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    assert " ".join(line.strip() for line in lines) == sentence
