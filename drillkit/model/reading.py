"""How fast people read: one measure for simulated people and for the advice on packs."""

from functools import lru_cache

_FIRST_LOOK = 3
"""Seconds until the eye has found who writes and what about."""
_LETTERS_A_SECOND, _HANZI_A_SECOND = 15.0, 5.0
"""Reading under way: about 180 English words, or 300 Chinese characters, a minute."""
_FIRST_HANZI = "\u2e80"


@lru_cache(1024)
def reading_seconds(text: str) -> float:
    """What an expert takes to read the text once, in whatever language it is."""
    hanzi = sum(character >= _FIRST_HANZI for character in text)
    return _FIRST_LOOK + (hanzi / _HANZI_A_SECOND + (len(text) - hanzi) / _LETTERS_A_SECOND)
