"""The numbers in a text of either language, in digits and in words, made comparable."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from typing import Any, Final

from drillkit.model.base import Lang

NUMERALS: Final[Mapping[str, Any]] = tomllib.loads(
    (files(__package__ or "") / "numerals.toml").read_text("utf-8")
)

_ZH: Final[Mapping[str, Any]] = NUMERALS["zh"]
_DIGITS: Final[Mapping[str, int]] = _ZH["digits"]
_SCALES: Final[Mapping[str, int]] = _ZH["scales"]
_EN: Final[Mapping[str, float]] = {**NUMERALS["en"], **NUMERALS["en-months"]}
_EN_SCALES: Final[Mapping[str, int]] = NUMERALS["en-scales"]

_CLOCK: Final = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?::[0-5]\d)?(?!:?\d)")
_ZH_CLOCK: Final = re.compile(
    rf"(\d{{1,2}})[{''.join(_ZH['hours'])}](?:(\d{{1,2}}){_ZH['minutes']}?)?({_ZH['half']})?"
)
_EN_CLOCK: Final = re.compile(
    r"(?<![\d:,.])(\d{1,2})(?::([0-5]\d))?\s*(?:[ap]\.?m\b|o'clock)", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\d{1,3}(?:[,\uff0c]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_RUN: Final = re.compile(f"[{''.join([*_DIGITS, *_SCALES])}]+")
_WORD: Final = re.compile(r"[a-z]+")
_SCALE_AFTER: Final = {
    "zh": re.compile(f"(?!{'|'.join(_ZH['units-with-scale'])})[{''.join(_SCALES)}]+"),
    "en": re.compile(rf"[\s-]*({'|'.join(_EN_SCALES)})s?\b", re.IGNORECASE),
}
_BETWEEN: Final = (60, 24)
"""Seconds to minutes to hours, hours to days; weeks only where one is named."""
_WEEK: Final = 7
_BETWEEN_WORDS: Final = frozenset({"and", "a"})
_NOON: Final = 12 * 60


@dataclass(frozen=True, slots=True)
class Written:
    """A number in digits: as it is written, and the values that it can mean."""

    text: str
    values: frozenset[Fraction]
    clock: int | None = None
    """Minutes of the day, where it is a time of day."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of a text."""

    written: tuple[Written, ...]
    values: frozenset[Fraction]
    """In digits or in words, as numbers; of a time of day its hours and its minutes."""
    clocks: frozenset[int]
    halves: bool
    """Whether "half" is said, which turns every number beside it into another."""
    weeks: bool
    """Whether weeks are named."""

    def has(self, number: Written) -> bool:
        """Whether the number is here too, however it is said."""
        if number.clock is not None:
            return self._has_clock(number.clock)
        return any(self._has_value(value) for value in number.values)

    def _has_clock(self, clock: int) -> bool:
        if {clock, (clock + _NOON) % (2 * _NOON)} & self.clocks:
            return True
        hour, minute = divmod(clock, 60)
        said = {Fraction(hour), Fraction(hour % 12), Fraction(hour % 12 or 12)}
        if minute == 30 and self.halves:
            return not said.isdisjoint(self.values)
        near = {Fraction(minute), Fraction(minute, 60)}
        return not said.isdisjoint(self.values) and (not minute or not near.isdisjoint(self.values))

    def _has_value(self, value: Fraction) -> bool:
        said = {Fraction(1), *self.values}
        if self.halves:
            said |= {one + Fraction(1, 2) for one in (Fraction(0), *self.values)}
        if value in said or any(value * 60 == clock for clock in self.clocks):
            return True
        between = (*_BETWEEN, _WEEK) if self.weeks else _BETWEEN
        return any(value in (one * times, one / times) for one in said for times in between)


def numbers(text: str, lang: Lang) -> Numbers:
    """The numbers of `text`."""
    written: list[Written] = []
    rest = text
    for pattern in (_CLOCK, _ZH_CLOCK) if lang == "zh" else (_EN_CLOCK, _CLOCK):
        for found in pattern.finditer(rest):
            if int(found[1]) <= 24 and int(found[2] or 0) < 60:
                half = pattern is _ZH_CLOCK and found[3]
                clock = int(found[1]) % 24 * 60 + (30 if half else int(found[2] or 0))
                values = frozenset({Fraction(int(found[1]))})
                written.append(Written(found[0], values, clock))
        rest = pattern.sub(lambda found: " " * len(found[0]), rest)
    for found in _NUMBER.finditer(rest):
        value = Fraction(re.sub("[,\uff0c]", "", found[0]))
        values = {value, *_scaled(value, rest[found.end() :], lang)}
        if lang == "zh" and rest.startswith(_ZH["tenths"], found.end()):
            values.add(value * 10)
        written.append(Written(found[0], frozenset(values)))
    said = _chinese(text) if lang == "zh" else _english(text)
    clocks = frozenset(one.clock for one in written if one.clock is not None)
    spoken = {value for one in written for value in one.values} | set(said)
    halves = _ZH["half"] in text if lang == "zh" else "half" in text.lower()
    weeks = any(week in text.lower() for week in _ZH["weeks"]) or "week" in text.lower()
    return Numbers(tuple(written), frozenset(spoken), clocks, halves, weeks)


def _scaled(value: Fraction, after: str, lang: Lang) -> Iterator[Fraction]:
    found = _SCALE_AFTER[lang].match(after)
    if found is None:
        return
    if lang == "en":
        yield value * _EN_SCALES[found[1].lower()]
        return
    for scale in found[0]:
        value *= _SCALES[scale]
        yield value


def _english(text: str) -> Iterator[Fraction]:
    """Each word by itself, and what words in a row make: "two hundred and eight"."""
    total, current, is_open = Fraction(0), Fraction(0), False
    for word in _WORD.findall(text.lower()):
        singular = word.removesuffix("s")
        if word not in _EN and word.endswith("th"):
            singular = word.removesuffix("th").replace("tie", "ty")
        if singular in _EN_SCALES and is_open:
            current = (current or Fraction(1)) * _EN_SCALES[singular]
            if _EN_SCALES[singular] >= 1000:
                total, current = total + current, Fraction(0)
            yield total + current
        elif word == "half" and is_open:
            current += Fraction(1, 2)
            yield total + current
        elif (value := _EN.get(word, _EN.get(singular))) is not None:
            yield Fraction(value)
            is_ten = is_open and current % 100 >= 20 and value < 10
            current = current + Fraction(value) if is_ten or current >= 100 else Fraction(value)
            is_open = True
            yield total + current
        elif singular in _EN_SCALES:
            current, is_open = Fraction(_EN_SCALES[singular]), True
            yield current
        elif word not in _BETWEEN_WORDS:
            total, current, is_open = Fraction(0), Fraction(0), False


def _chinese(text: str) -> Iterator[Fraction]:
    """Each run of numerals as one number, and, as in "three or four", each of its digits."""
    for found in _RUN.finditer(text):
        run = found[0]
        yield from (Fraction(_DIGITS[char]) for char in run if char in _DIGITS)
        value = _value(run)
        yield value
        if text.startswith(_ZH["tenths"], found.end()):
            yield from (value * 10, Fraction(10))
        if text.startswith(_ZH["quarter"], found.end()):
            yield value * 15
    if _ZH["half"] in text:
        yield Fraction(1, 2)


def _value(run: str) -> Fraction:
    if not any(char in _SCALES for char in run):
        return Fraction(int("".join(str(_DIGITS[char]) for char in run)))
    total = section = digit = 0
    if run[-1] in _DIGITS and len(run) > 2 and _SCALES.get(run[-2], 0) > 10:
        # What ends on a digit without its scale goes on in the next one: 12,000.
        return _value(run[:-1]) + Fraction(_DIGITS[run[-1]] * _SCALES[run[-2]], 10)
    for char in run:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _SCALES[char] >= 10_000:
            total = (total + section + digit or 1) * _SCALES[char]
            section = digit = 0
        else:
            section += (digit or 1) * _SCALES[char]
            digit = 0
    return Fraction(total + section + digit)
