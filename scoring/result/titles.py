"""Titles for sentences: what a thing is called in both languages, short enough for a line."""

from collections.abc import Callable, Sequence

from drillkit.model.base import Lang, Line, Millis, Text, Title
from drillkit.words import listing

HEADLINE = 120
"""Characters of a text that stand for it in a sentence."""


def headline(text: Text | Title) -> Title:
    """The first line of a text, cut where it is long."""
    return Title(en=_cut(text.en), zh=_cut(text.zh))


def _cut(text: str) -> Line:
    first = text.strip().partition("\n")[0]
    return Line(first if len(first) <= HEADLINE else first[: HEADLINE - 1] + "…")


def together(titles: Sequence[Title]) -> Title:
    """Several titles as a list; those that do not fit on a line are counted."""
    distinct = list(dict.fromkeys(titles))
    return Title(
        en=_listed("en", distinct, lambda title: title.en),
        zh=_listed("zh", distinct, lambda title: title.zh),
    )


def _listed(lang: Lang, titles: Sequence[Title], read: Callable[[Title], str]) -> Line:
    names = [read(title) for title in titles]
    for count in range(len(names), 0, -1):
        left = len(names) - count
        text = listing(lang, names[:count]) + (f" (+{left})" if left else "")
        if len(text) <= Line.LIMIT:
            return Line(text)
    return Line(names[0])


def minutes(time: Millis) -> str:
    """A stretch of time as m:ss."""
    seconds = max(0, time) // 1_000
    return f"{seconds // 60}:{seconds % 60:02d}"
