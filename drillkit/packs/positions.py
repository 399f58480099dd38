"""Where everything stands in a TOML text: a scan for places only, over text that is valid."""

import re
import tomllib
from collections.abc import Mapping
from typing import Final, NamedTuple

Where = tuple[str | int, ...]
"""The way to a thing in the parsed data: table keys and places in lists, ("inject", 3, "to", 0)."""

DEEPEST: Final = 64
"""Levels of nesting that are followed; no pack needs a quarter of them."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
# Up to two quotation marks may stand directly before the three that close a multi-line string.
_SCALAR = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?""""{0,2}'
    r"|'''[\s\S]*?''''{0,2}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*"
    r"|[^\s,\]}#]+"
)


class Span(NamedTuple):
    """Offsets in characters: of the key, and of the value that it names.

    The key of a list element is the element itself; that of a table is its header, or its part of
    a dotted key. A table without brackets of its own has its key for a value.
    """

    key: int
    key_end: int
    start: int
    end: int


class TooDeep(ValueError):
    """The text nests deeper than DEEPEST; `offset` says where."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"nested deeper than {DEEPEST} levels")
        self.offset = offset


class _Part(NamedTuple):
    name: str
    start: int
    end: int


class _Scan:
    """One walk through a text, noting every place once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[Where, Span] = {}
        self._last: dict[Where, int] = {}

    def run(self) -> dict[Where, Span]:
        base: Where = ()
        at = self._skip(_BLANK, 0)
        while at < len(self.text):
            if self.text[at] == "[":
                base, at = self._header(at)
            else:
                at = self._pair(base, at)
            at = self._skip(_BLANK, at)
        return self.spans

    def _skip(self, what: re.Pattern[str], at: int) -> int:
        found = what.match(self.text, at)
        assert found is not None, f"text that tomllib would refuse, at {at}"
        return found.end()

    def _note(self, where: Where, span: Span) -> None:
        if len(where) > DEEPEST:
            raise TooDeep(span.key)
        self.spans[where] = span

    def _imply(self, where: Where, part: _Part) -> None:
        if where not in self.spans:
            self._note(where, Span(part.start, part.end, part.start, part.end))

    def _keys(self, at: int) -> tuple[list[_Part], int]:
        parts: list[_Part] = []
        while True:
            at = self._skip(_SPACE, at)
            end = self._skip(_KEY, at)
            written = self.text[at:end]
            quoted = written[0] in "\"'"
            name = tomllib.loads(f"k = {written}")["k"] if quoted else written
            parts.append(_Part(name, at, end))
            at = self._skip(_SPACE, end)
            if self.text[at] != ".":
                return parts, at
            at += 1

    def _header(self, at: int) -> tuple[Where, int]:
        many = self.text.startswith("[[", at)
        parts, close = self._keys(at + 1 + many)
        end = close + 1 + many
        where: Where = ()
        for part in parts[:-1]:
            where = (*where, part.name)
            self._imply(where, part)
            if where in self._last:
                where = (*where, self._last[where])
        where = (*where, parts[-1].name)
        span = Span(at, end, at, end)
        if many:
            self._last[where] = self._last.get(where, -1) + 1
            if where not in self.spans:
                self._note(where, span)
            where = (*where, self._last[where])
        self._note(where, span)
        return where, end

    def _pair(self, base: Where, at: int) -> int:
        parts, equals = self._keys(at)
        where = base
        for part in parts[:-1]:
            where = (*where, part.name)
            self._imply(where, part)
        last = parts[-1]
        start = self._skip(_SPACE, equals + 1)
        return self._value((*where, last.name), last, start)

    def _value(self, where: Where, key: _Part | None, start: int) -> int:
        if len(where) > DEEPEST:
            raise TooDeep(start)
        match self.text[start]:
            case "[":
                end = self._array(where, start)
            case "{":
                end = self._inline(where, start)
            case _:
                end = self._skip(_SCALAR, start)
        named = (key.start, key.end) if key else (start, end)
        self._note(where, Span(*named, start, end))
        return end

    def _array(self, where: Where, start: int) -> int:
        at, place = self._skip(_BLANK, start + 1), 0
        while self.text[at] != "]":
            at = self._skip(_BLANK, self._value((*where, place), None, at))
            place += 1
            if self.text[at] == ",":
                at = self._skip(_BLANK, at + 1)
        return at + 1

    def _inline(self, where: Where, start: int) -> int:
        at = self._skip(_SPACE, start + 1)
        while self.text[at] != "}":
            at = self._skip(_SPACE, self._pair(where, at))
            if self.text[at] == ",":
                at = self._skip(_SPACE, at + 1)
        return at + 1


def spans(text: str) -> Mapping[Where, Span]:
    """The place of every key, value, table and list element of `text`.

    `text` is TOML that tomllib has accepted, without carriage returns. Raises TooDeep.
    """
    return _Scan(text).run()
