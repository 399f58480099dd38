"""Finding packs by words."""

import re
import unicodedata

from drillkit.model.base import LANGS
from drillkit.model.card import Card
from drillkit.words import say


def matches(card: Card, words: str) -> bool:
    """Whether the card holds all of the words."""
    return holds(" ".join(_texts(card)), words)


def holds(text: str, words: str) -> bool:
    """Whether the text holds all of the words, in whatever case and width.

    A word in Latin letters is found where one begins with it, so that "our" is not in "hour".
    """
    plain = _plain(text)
    return all(_begins(plain, word) for word in _plain(words).split())


def _begins(text: str, word: str) -> bool:
    edge = r"(?<![a-z0-9])" if word[0].isascii() else ""
    return re.search(edge + re.escape(word), text) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _texts(card: Card) -> list[str]:
    titles = [card.title, card.summary, *card.objectives, *card.capabilities]
    titles += (role.title for role in card.roles)
    return [
        card.id,
        *(role.id for role in card.roles),
        *(say(lang, f"cli.family.{card.family}") for lang in LANGS),
        *(title.in_(lang) for title in titles for lang in LANGS),
    ]
