"""One TOML file of a pack: its text, its data, and the place of everything in it."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Literal

from drillkit.packs.diagnostic import CODES, Diagnostic, PackFaults, is_slip, shown
from drillkit.packs.positions import DEEPEST, Span, TooDeep, Where, spans
from drillkit.packs.syntax import slips

SCENARIO_FILE: Final = "scenario.toml"
PLAN_FILE: Final = "plan.toml"

CHOICES: Final = "choices"
"""The value of a sentence that lists all that may be written: a list with a hole helps nobody."""

_MOST_CHOICES: Final = 800

LARGEST: Final = 2_000_000
"""Bytes in a file of a pack; the longest drills take a twentieth of it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is TOML, read and scanned once; or one joined with the file that it builds on.

    `files` says of what was taken from another file in which one it stands: `spans` are offsets
    there.
    """

    path: Path
    text: str
    data: Mapping[str, Any]
    spans: Mapping[Where, Span]
    starts: tuple[int, ...]
    files: Mapping[Where, "Source"] = field(default_factory=dict)

    def file_of(self, where: Where) -> "Source":
        """The file in which `where` stands."""
        return self.files.get(where, self)

    def fault(
        self, key: str, where: Where, part: Literal["key", "value"] = "value", /, **values: object
    ) -> Diagnostic:
        """The fault `key` at the key or the value of `where`, or of the nearest table around it."""
        while where and where not in self.spans:
            where, part = where[:-1], "key"
        span = self.spans.get(where, Span(0, 1, 0, 1))
        start, end = (span.key, span.key_end) if part == "key" else (span.start, span.end)
        return self.file_of(where).fault_at(key, start, end, **values)

    def fault_at(self, key: str, start: int, end: int, /, **values: object) -> Diagnostic:
        """The fault `key` at an offset of this very file; the underline stays in the line."""
        line = bisect_right(self.starts, start) - 1
        line_end = self.text.find("\n", start)
        width = min(end, line_end if line_end >= 0 else len(self.text)) - start
        return fault(self.path, key, line + 1, start - self.starts[line] + 1, width, **values)

    def slip(self, found: Diagnostic, where: Where, name: str, near: str | None) -> Diagnostic:
        """`found` at the key or the text `name`, which `near` may replace if it can be no other."""
        if near is None or where not in self.spans or not is_slip(name, near):
            return found
        file = self.file_of(where)
        start = file.starts[found.line - 1] + found.col - 1
        marked = file.text[start : start + found.width]
        if marked == name:
            return replace(found, mend=near)
        return replace(found, mend=f'"{near}"') if marked[1:-1] == name else found

    def value_at(self, where: Where) -> Any:
        """What stands in the data at `where`; None for nothing."""
        found: Any = self.data
        for part in where:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):  # a default, which is not written down
                return None
        return found

    def is_header(self, where: Where) -> bool:
        """Whether `where` is a table under a header of its own."""
        span = self.spans.get(where)
        return span is not None and self.file_of(where).text.startswith("[", span.key)

    def line_of(self, where: Where) -> int:
        """The line, from 1, on which `where` stands."""
        return bisect_right(self.file_of(where).starts, self.spans[where].start)


def fault(
    path: Path, key: str, line: int = 1, col: int = 1, width: int = 1, /, **values: object
) -> Diagnostic:
    """The fault `key`, with what its sentence quotes made fit to be shown."""
    quoted = {
        name: shown(value, most=_MOST_CHOICES) if name == CHOICES else shown(value)
        for name, value in values.items()
        if value is not None
    }
    return Diagnostic(path, line, col, max(width, 1), CODES[key], key, quoted)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise PackFaults((fault(path, "packs.unreadable", detail=why),)) from problem
    if len(raw) > LARGEST:
        raise PackFaults((fault(path, "packs.too-big", most=LARGEST // 1_000_000),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = problem.object[: problem.start].decode()  # the object lacks the byte order mark
        line, col = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise PackFaults((fault(path, "packs.not-utf8", line, col),)) from problem
    return text.replace("\r\n", "\n")


def read(path: Path) -> Source:
    """The file at `path`. Raises PackFaults with what keeps it from being read."""
    text = _text(path)
    starts = tuple(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))[:-1]
    try:
        data = tomllib.loads(text)
        return Source(path, text, data, spans(text), starts)
    except RecursionError as problem:
        raise PackFaults((fault(path, "packs.too-deep", most=DEEPEST),)) from problem
    except TooDeep as problem:
        line = bisect_right(starts, problem.offset)
        col = problem.offset - starts[line - 1] + 1
        raise PackFaults((fault(path, "packs.too-deep", line, col, most=DEEPEST),)) from problem
    except ValueError as problem:  # TOMLDecodeError, or an integer with thousands of digits
        bare = Source(path, text, {}, {}, starts)
        found = tuple(
            replace(bare.fault_at(slip.key, slip.start, slip.end, **slip.values), mend=slip.mend)
            for slip in slips(text)
        )
        raise PackFaults(found) from problem
