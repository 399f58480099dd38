"""What somebody wrote, less what was only copied from the script."""

from drillkit.core.state import State


def plain(text: str) -> str:
    """The text on one line, in small letters."""
    return " ".join(text.split()).casefold()


def copied_from(state: State) -> frozenset[str]:
    """What the released injects say, in both languages: whoever copies copies one of these."""
    return frozenset(
        plain(text)
        for record in state.injects.values()
        if record.event is not None
        for text in (record.event.body.en, record.event.body.zh)
        if text.strip()
    )


def own_words(text: str, bodies: frozenset[str]) -> str:
    """The text in plain; "" where it holds a whole inject and adds less than a fifth of its own.

    Quoting a part of an inject is no copy: that is how a fact is passed on.
    """
    words = plain(text)
    for body in bodies:
        if body in words and len(words) - len(body) < max(len(body), len(words)) / 5:
            return ""
    return words
