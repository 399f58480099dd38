"""How fast people read: one measure for simulated people and for the advice on packs."""

from functools import lru_cache

_FIRST_LOOK = 3
"""Seconds until the eye has found who writes and what about."""
LETTERS_A_SECOND = 15
"""Reading under way: about 180 English words, or 300 Chinese characters, a minute."""
_LETTERS_A_HANZI = 3
_FIRST_HANZI = "\u2e80"


def reading_seconds(text: str) -> float:
    """What an expert takes to read the text once, in whatever language it is."""
    return _FIRST_LOOK + in_letters(text) / LETTERS_A_SECOND


@lru_cache(1024)
def in_letters(text: str) -> int:
    """How long a text is to read, in letters."""
    hanzi = sum(character >= _FIRST_HANZI for character in text)
    return len(text) + (_LETTERS_A_HANZI - 1) * hanzi
