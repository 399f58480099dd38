"""What people write for a family, a function or a length, in either language, as a pack has it."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from drillkit.model.base import LANGS
from drillkit.words import say

_ASIDE: Final = re.compile(r"\([^()]*\)")
_COMMAS: Final = str.maketrans("\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}", ",,")


def plain(text: str) -> str:
    """Full-width letters, digits and signs as those of a keyboard; what stands in brackets goes."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", commas(text))).strip()


def commas(text: str) -> str:
    """Every kind of comma as the one of a keyboard; the rest stays as it is."""
    return text.translate(_COMMAS)


def length(text: str) -> str:
    """A length such as "1 hour 30 min", in either language, as a pack has it, here "1h30m"."""
    short = plain(text).lower()
    for letter in ("h", "m"):
        names = " ".join(say(lang, f"new.unit.{letter}") for lang in LANGS).split()
        longest_first = sorted(names, key=len, reverse=True)
        short = re.sub(rf"\s*(?:{'|'.join(longest_first)})\s*", letter, short)
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
