"""What people write for a family, a function or a length, in either language, as a pack has it."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from drillkit.model.base import LANGS
from drillkit.words import say

_ASIDE: Final = re.compile(r"\([^()]*\)")
_UNITS: Final = (
    (re.compile(r"\s*(?:小时|时|hours?|hrs?)\s*", re.IGNORECASE), "h"),
    (re.compile(r"\s*(?:分钟|分|minutes?|mins?)\s*", re.IGNORECASE), "m"),
)
_COMMAS: Final = str.maketrans("\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}", ",,")


def plain(text: str) -> str:
    """Full-width letters, digits and signs as those of a keyboard; what stands in brackets goes."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", commas(text))).strip()


def commas(text: str) -> str:
    """Every kind of comma as the one of a keyboard; the rest stays as it is."""
    return text.translate(_COMMAS)


def length(text: str) -> str:
    """A length such as "30 分钟" or "1 hour 30 min" as a pack has it, here "30m" and "1h30m"."""
    short = plain(text)
    for unit, letter in _UNITS:
        short = unit.sub(letter, short)
    return short


def known_as(text: str, ids: Sequence[str], titles: str) -> str | None:
    """Which of `ids` the text is, or is the title of; the titles are the sentences `titles`.id."""
    meant = _bare(text)
    for id in ids:
        if meant in (_bare(id), *(_bare(say(lang, f"{titles}.{id}")) for lang in LANGS)):
            return id
    return None


def _bare(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", plain(text)).casefold()
