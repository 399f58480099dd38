"""Whether both halves of a text say the same: numbers, names, and each in its own language."""

import re
from collections.abc import Iterator
from typing import Final

from drillkit.model.base import LANGS, Lang
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.lint.numbers import NUMERALS, numbers
from drillkit.packs.lint.texts import Pair

HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

_LATIN: Final = re.compile(r"[A-Za-z]+")
_CODE: Final = re.compile(r"\b(?=[A-Za-z]*\d)(?=\d*[A-Z])[A-Z]{1,4}-?\d+[A-Z]?\b|\b\d+[A-Z]\b")
_ENGLISH: Final = re.compile(r"[A-Za-z]{3,}[\s,]+[A-Za-z]{2,}|[a-z]{4,}")
_OWN_LETTERS: Final = re.compile("|".join(map(re.escape, NUMERALS["zh"]["letters"])))


def halves_advice(pair: Pair) -> Iterator[Diagnostic]:
    """The first name, or else the first number, that one half has and the other lacks."""
    if pair.langs != LANGS:
        return
    if not HAN.search(pair.zh) and _ENGLISH.search(pair.zh) and _ENGLISH.search(pair.en):
        yield pair.advice("packs.untranslated-zh", "zh")
        return
    if found := HAN.search(pair.en):
        yield pair.advice("packs.untranslated-en", "en", found[0])
        return
    found = list(_names(pair))
    # The number in a name that is lacking lacks with it.
    yield from found or _numbers(pair)


def _other(lang: Lang) -> Lang:
    return "en" if lang == "zh" else "zh"


def _numbers(pair: Pair) -> Iterator[Diagnostic]:
    """One advice for a text: a number that was changed in one half lacks in both."""
    found = {lang: numbers(pair.half(lang), lang) for lang in LANGS}
    for lang in ("zh", "en"):
        there = found[_other(lang)]
        for number in found[lang].written:
            if not there.has(number):
                key = f"packs.number-lacks-{_other(lang)}"
                yield pair.advice(key, lang, number.text, number=number.text)
                return


def _names(pair: Pair) -> Iterator[Diagnostic]:
    english = pair.en.lower()
    initials = {word[0] for word in _LATIN.findall(english)}
    chinese = _OWN_LETTERS.sub(" ", pair.zh)
    for name in _LATIN.findall(chinese):
        known = initials if len(name) == 1 else english
        if name.lower() not in known:
            yield pair.advice("packs.name-lacks-en", "zh", name, name=name)
            return
    for name in _CODE.findall(pair.en):
        if name.replace("-", "").lower() not in pair.zh.replace("-", "").lower():
            yield pair.advice("packs.name-lacks-zh", "en", name, name=name)
            return
