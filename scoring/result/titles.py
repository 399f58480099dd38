"""Titles for sentences: what a thing is called in both languages, short enough for a line."""

from collections.abc import Callable, Sequence
from functools import partial

from drillkit.model.base import Lang, Line, Millis, Text, Title
from drillkit.words import listing, say

HEADLINE = 120
"""Characters of a text that stand for it in a sentence."""
_COMMAS = (", ", "\u3001", "\uff0c")


def headline(text: Text | Title) -> Title:
    """The first line of a text, cut where it is long."""
    return Title(en=_cut(text.en), zh=_cut(text.zh))


def _cut(text: str) -> Line:
    first = text.strip().partition("\n")[0]
    return Line(first if len(first) <= HEADLINE else first[: HEADLINE - 1] + "…")


def together(titles: Sequence[Title]) -> Title:
    """Several titles as a list; those that do not fit on a line are counted.

    Where one of them is a list itself or has a comma, they are set apart more strongly.
    """
    distinct = list(dict.fromkeys(titles))
    return Title(
        en=_listed("en", distinct, lambda title: title.en),
        zh=_listed("zh", distinct, lambda title: title.zh),
    )


def _listed(lang: Lang, titles: Sequence[Title], read: Callable[[Title], str]) -> Line:
    names = [read(title) for title in titles]
    inner = any(mark in name for name in names for mark in _COMMAS)
    join = say(lang, "list.apart").join if inner else partial(listing, lang)
    for count in range(len(names), 0, -1):
        left = len(names) - count
        text = join(names[:count]) + (f" (+{left})" if left else "")
        if len(text) <= Line.LIMIT:
            return Line(text)
    return Line(names[0])


def minutes(time: Millis) -> str:
    """A stretch of time as m:ss."""
    seconds = max(0, time) // 1_000
    return f"{seconds // 60}:{seconds % 60:02d}"
