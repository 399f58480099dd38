"""How wide a terminal draws a text."""

import unicodedata


def cells(text: str) -> int:
    """Terminal cells that `text` takes; ambiguous characters count one, as most terminals do."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
