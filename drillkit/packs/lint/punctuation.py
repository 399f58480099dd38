"""Marks and digits of the wrong width in the Chinese half, and blanks at the ends of lines."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.lint.numbers import NUMERALS
from drillkit.packs.lint.texts import Pair

_MARKS: Final[Mapping[str, str]] = NUMERALS["zh"]["marks"]
_STOP: Final[str] = NUMERALS["zh"]["stop"]
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CLOSERS: Final = "\u201d\u2019\uff09\u300b\u3011"
_HALF: Final = re.compile(
    rf"(?<=[{_HAN}{_CLOSERS}])[,;:?!](?![,;:?!/])"  # after a character
    rf"|(?<=[{_HAN}])\.(?=[{_HAN}\s\"']|$)"  # a stop that is no decimal point, and no ellipsis
    rf"|[,;?!](?=[{_HAN}])"  # before one; a colon may stand in 8:00
)
_ROUND: Final = re.compile(rf"\((?=[^()\n]*[{_HAN}])[^()\n]*\)")
_WIDE: Final = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_BLANKS: Final = re.compile(r"[ \t\u3000]+(?=\n)")
_NARROW: Final = 0xFEE0
"""From a full-width digit or letter to the plain one."""


def punctuation_advice(pair: Pair) -> Iterator[Diagnostic]:
    """Each mark by itself, with what belongs in its place."""
    if "zh" in pair.langs:
        yield from _marks(pair)
    for lang in pair.langs:
        for found in _BLANKS.finditer(pair.file(lang).text, *pair.written(lang)):
            yield pair.mend("packs.trailing-blanks", lang, found.span(), "")


def _marks(pair: Pair) -> Iterator[Diagnostic]:
    text = pair.file("zh").text
    start, end = pair.written("zh")
    quote = 3 if text.startswith(('"""', "'''"), start) else 1
    start, end = start + quote, end - quote
    for found in _HALF.finditer(text, start, end):
        mark = found[0]
        full = _STOP if mark == "." else _MARKS[mark]
        yield pair.mend("packs.half-width", "zh", found.span(), full, mark=mark, full=full)
    for found in _ROUND.finditer(text, start, end):
        by = f"{_MARKS['(']}{found[0][1:-1]}{_MARKS[')']}"
        said = {"mark": "( )", "full": f"{_MARKS['(']} {_MARKS[')']}"}
        yield pair.mend("packs.half-width", "zh", found.span(), by, **said)
    for found in _WIDE.finditer(text, start, end):
        plain = "".join(chr(ord(char) - _NARROW) for char in found[0])
        yield pair.mend("packs.full-width", "zh", found.span(), plain, wide=found[0], plain=plain)
