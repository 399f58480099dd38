"""Marks that look like those of TOML and are none: curly quotes, full-width signs, odd blanks."""

import re
from typing import Final

_FAR: Final = 0xFEE0
"""From a plain character to the full-width one."""
QUOTES: Final = "\u201c\u201d\u201e\u201f\u2018\u2019\uff02\uff07"
_PLAIN_OF: Final = {
    **dict.fromkeys(QUOTES, '"'),
    **{chr(ord(plain) + _FAR): plain for plain in "=,[]{}.#-0123456789"},
    **dict(zip("\u3001\u3010\u3011\u3000\u00a0", ",[]  ", strict=True)),
}
MARKS: Final = frozenset(_PLAIN_OF)

_TEXT: Final = re.compile(r"""\"{3}|'{3}|"(?:\\.|[^"\\])*"|'[^']*'""")
_CLOSE_IN_LIST: Final = re.compile(
    rf"[{QUOTES}\"](?=\s*(?:[,\uff0c\u3001\]\uff3d\u3011}}\uff5d#\uff03]|$))"
)
_CLOSE: Final = re.compile(rf"[{QUOTES}\"](?=\s*(?:[#\uff03]|$))")


def plain_line(line: str) -> str:
    """The line with such marks outside its texts made plain, character for character.

    What cannot be told for certain stays: whether the line is TOML then, its reader finds out.
    """
    done: list[str] = []
    at = depth = 0
    while at < len(line):
        char = line[at]
        if text := _TEXT.match(line, at):
            if len(text[0]) == len('"""') and text[0] in ('"""', "'''"):
                return "".join(done) + line[at:]
            done.append(text[0])
        elif char == '"' or char in QUOTES:
            end = (_CLOSE_IN_LIST if depth else _CLOSE).search(line, at + 1)
            inner = line[at + 1 : end.start()] if end else ""
            if end is None or not inner or inner[0] in QUOTES or '"' in inner or "\\" in inner:
                return "".join(done) + line[at:]
            done.append(f'"{inner}"')
        else:
            plain = _PLAIN_OF.get(char, char)
            if plain == "#":
                return "".join(done) + plain + line[at + 1 :]
            depth += (plain in "[{") - (plain in "]}")
            done.append(plain)
        at += len(done[-1])
    return "".join(done)


def changed(line: str, plain: str) -> tuple[int, int, str, str]:
    """From where to where two such lines differ, and which marks do: as they are, and plain.

    Blanks cannot be shown and are not told.
    """
    places = [at for at, (a, b) in enumerate(zip(line, plain, strict=True)) if a != b]
    wide = dict.fromkeys(line[at] for at in places if not line[at].isspace())
    narrow = dict.fromkeys(_PLAIN_OF[mark] for mark in wide)
    return places[0], places[-1] + 1, " ".join(wide), " ".join(narrow)


def plain_of(mark: str) -> str:
    """What is meant by one of MARKS."""
    return _PLAIN_OF[mark]
