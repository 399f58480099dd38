"""Symbols that fonts and terminals do not agree on."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.lint.texts import Pair

_SYMBOLS: Final = frozenset({"So", "No", "Nl", "Sm", "Sk"})
_NO_GLYPH: Final = frozenset({"Co", "Cn"})
"""Private or not assigned: a box in one font, a drawing in another."""
_HARMLESS: Final = frozenset("\u00d7\u00f7\u00b1\u00b0\u00b2\u00b3\u2192")
"""Ambiguous by the table, but in every Latin font; the screens draw with the arrow themselves."""


def glyph_advice(pair: Pair) -> Iterator[Diagnostic]:
    """Symbols that are drawn one cell wide here and two cells wide there, or as a box."""
    for lang in pair.langs:
        for char in dict.fromkeys(pair.half(lang)):
            if _is_odd(char):
                yield pair.advice("packs.odd-glyph", lang, char, name=f"U+{ord(char):04X}")


def _is_odd(char: str) -> bool:
    if char.isascii() or char in _HARMLESS:
        return False
    kind = unicodedata.category(char)
    is_ambiguous = kind in _SYMBOLS and unicodedata.east_asian_width(char) == "A"
    return is_ambiguous or kind in _NO_GLYPH
