"""What keeps a text from being TOML, in words for somebody who never heard of TOML."""

import re
import tomllib
from collections.abc import Iterator
from typing import Final, NamedTuple

from drillkit.packs.duration import meant
from drillkit.packs.headers import clash, is_clash
from drillkit.packs.marks import MARKS, changed, plain_line, plain_of
from drillkit.packs.slip import Slip
from drillkit.packs.statements import Before, Header, before, header_at

_PLACE: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")
_AT_END: Final = " (at end of document)"
_MOST: Final = 200
"""Slips that are looked for in one file."""

_STATEMENT: Final = re.compile(r"[ \t]*(?:\[\[?[\w.-]+\]|[\w.\"'-]+[ \t]*=)")
_BLOCK_KEY: Final = re.compile(r"[ \t]*[\w.-]+[ \t]*=[ \t]*\"\"\"$")
_RAN_ON: Final = re.compile(r",\s*(?:[\w.-]+\s*=\s*)?$")
_AS_VALUE: Final = re.compile(r"[ \t]*[:\"'\[{0-9]")
_LANG_KEY: Final = re.compile(r"\b(?:en|zh)[ \t]*=[ \t]*$")
_BACKSLASH: Final = ("Unescaped", "Invalid hex", "Escaped character")
_NUMBER: Final = re.compile(r"[\[,=]\s*[\d.]+$")
_HEADER_NAME: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*$")


class _Problem(NamedTuple):
    """Where the TOML library stopped, as an offset, and what it said."""

    at: int
    said: str


def _problem(text: str) -> _Problem | None:
    try:
        tomllib.loads(text)
    except RecursionError:  # said where the file is read
        return None
    except ValueError as problem:
        said = str(problem)
        if place := _PLACE.search(said):
            line, col = int(place[1]), int(place[2])
            start = 0
            for _ in range(line - 1):
                start = text.index("\n", start) + 1
            return _Problem(start + col - 1, _PLACE.sub("", said))
        return _Problem(len(text) if said.endswith(_AT_END) else 0, said.removesuffix(_AT_END))
    return None


def slips(text: str) -> Iterator[Slip]:
    """What is wrong in `text`: all lines with marks of the wrong kind, up to the first other slip.

    A mend has the length of what it replaces.
    """
    problem = _problem(text)
    for _ in range(_MOST):
        if problem is None:
            return
        start = text.rfind("\n", 0, problem.at) + 1
        end = _line_end(text, problem.at)
        line = text[start:end]
        plain = plain_line(line)
        mended = text[:start] + plain + text[end:]
        after = _problem(mended) if plain != line else problem
        if after is not None and after.at <= end:
            yield _slip(text, problem)
            return
        first, last, wide, narrow = changed(line, plain)
        told = _odd(start + first, start + last, wide, narrow)
        yield told._replace(mend=plain[first:last])
        text, problem = mended, after


def _slip(text: str, problem: _Problem) -> Slip:
    at, said = problem
    if is_clash(said):
        return clash(text, at, said)
    found = before(text, at)
    if found.quote is not None:
        return _in_text(text, problem, found.quote)
    if (block := found.block) and _swallowed(text, block, found):
        line = text.count("\n", 0, block[1]) + 1
        return Slip("packs.block-ran-on", block[0], block[0] + 3, {"line": line})
    if header := header_at(text, found.starts[-1]):
        return _in_header(text, header)
    if at < len(text) and text[at] in MARKS and not said.startswith("Invalid statement"):
        return _odd(at, at + 1, text[at].strip(), plain_of(text[at]))
    return _in_brackets(text, problem, found) if found.brackets else _in_line(text, problem, found)


def _odd(start: int, end: int, wide: str, plain: str) -> Slip:
    if not wide:
        return Slip("packs.odd-blank", start, end)
    return Slip("packs.odd-marks", start, end, {"wide": wide, "plain": plain})


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _in_text(text: str, problem: _Problem, quote: int) -> Slip:
    at, said = problem
    for mark in ('"""', "'''"):
        if text.startswith(mark, quote) and at >= len(text):
            return Slip("packs.block-open", quote, quote + 3, {"mark": mark})
    if said.startswith(_BACKSLASH):
        slash = text.rfind("\\", quote, at + 1)
        return Slip("packs.backslash", slash, slash + 1)
    if at >= len(text) or text[at] == "\n":
        return Slip("packs.quote-open", quote, _line_end(text, quote), {"mark": text[quote]})
    # The library points to the character before, or to it.
    odd = next((n for n in (at, at + 1) if n < len(text) and not text[n].isprintable()), at)
    return Slip("packs.odd-character", odd, odd + 1, {"name": f"U+{ord(text[odd]):04X}"})


def _swallowed(text: str, block: tuple[int, int], found: Before) -> bool:
    """Whether the text in three quotes ended with those that should begin the next one."""
    last = text[text.rfind("\n", 0, block[1]) + 1 : block[1]]
    is_next = not text[block[1] : found.starts[-1]].strip()
    return is_next and "\n" in text[slice(*block)] and bool(_BLOCK_KEY.match(last))


def _in_header(text: str, header: Header) -> Slip:
    end = _line_end(text, header.start)
    if _HEADER_NAME.match(header.name) and len(header.left) != len(header.right):
        n = max(len(header.left), min(len(header.right), 2))
        values = {"header": "[" * n + header.name + "]" * n}
        return Slip("packs.brackets", header.start, header.end, values)
    return Slip("packs.no-header", header.start, header.start + _width(text[header.start : end]))


def _width(line: str) -> int:
    """Characters of a value or statement at the start of `line`, without a note behind it."""
    return max(len(line.partition(" #")[0].rstrip()), 1)


def _in_brackets(text: str, problem: _Problem, found: Before) -> Slip:
    at, said = problem
    top = found.brackets[-1]
    char, behind = text[at : at + 1], text[:at].rstrip()
    if found.text and len(behind) == found.text[1] and _RAN_ON.search(text[: found.text[1] - 1]):
        start, end = found.text
        end -= len(text[start : end - 1]) - len(text[start : end - 1].rstrip(", ")) + 1
        ran_on = _RAN_ON.search(text, start, found.text[1] - 1)
        return Slip("packs.quote-open", start, ran_on.start() if ran_on else end, {"mark": '"'})
    if text[top] == "{" and char in ("", "\n"):
        return Slip("packs.brace-open", top, top + 1, {"mark": "}"})
    line = text.rfind("\n", 0, at) + 1
    if text[top] == "[" and (not char or (line > top and _STATEMENT.match(text, line))):
        return Slip("packs.list-open", top, top + 1)
    if char == "}" and behind.endswith(","):
        return Slip("packs.last-comma", len(behind) - 1, len(behind), {"mark": char})
    if said.startswith("Expected '='"):
        return Slip("packs.no-equals", at, at + 1)
    if said.startswith("Unclosed"):
        if found.text and found.text[1] == at and _closes_later(text, at, text[at - 1]):
            return _inner(text, found.text)
        is_closed = found.text is not None and found.text[1] == len(behind)
        if is_closed or char in "\"'[{" or (char.isdigit() and _NUMBER.search(behind)):
            return Slip("packs.no-comma", at, at + 1)
        at = max(behind.rfind(mark) for mark in ",[{=") + 1
        at += len(text[at:]) - len(text[at:].lstrip())
    if char in "\n,]}#":
        return Slip("packs.no-value", at, at + 1)
    end = at + len(re.split(r"[,\]}\n]", text[at:], maxsplit=1)[0].rstrip())
    return _unquoted(text, at, max(end, at + 1))


def _closes_later(text: str, at: int, quote: str) -> bool:
    """Whether the words at `at` look like those between two quotation marks inside a text."""
    rest = text[at : _line_end(text, at)]
    return bool(rest) and rest[0] not in "\"'[{,]}" and quote in rest


def _inner(text: str, closed: tuple[int, int]) -> Slip:
    quote = text[closed[1] - 1]
    return Slip("packs.inner-quote", closed[1] - 1, closed[1], {"mark": quote})


def _unquoted(text: str, start: int, end: int) -> Slip:
    value = text[start:end]
    if value.count('"') % 2:  # one of its quotation marks is there
        value = value.strip('"“” ')
    value = value.replace('"', "'")
    if not _LANG_KEY.search(text, 0, start):
        value = meant(value) or value
    return Slip("packs.unquoted", start, end, {"value": value})


def _in_line(text: str, problem: _Problem, found: Before) -> Slip:
    at, said = problem
    start = found.starts[-1]
    start += len(text[start:at]) - len(text[start:at].lstrip())
    whole = start + _width(text[start : _line_end(text, start)])
    equals = text.find("=", start, at)
    if said.startswith("Invalid value"):
        if text[at : at + 1] in ("", "\n", "#"):
            return Slip("packs.no-value", start, at)
        return _unquoted(text, at, at + _width(text[at : _line_end(text, at)]))
    if said.startswith("Expected '='"):
        if _AS_VALUE.match(text, at):
            return Slip("packs.no-equals", at, at + 1)
        return Slip("packs.no-statement", start, whole)
    if said.startswith("Expected newline") and equals >= 0:
        value = equals + 1 + len(text[equals + 1 : at]) - len(text[equals + 1 : at].lstrip())
        if text[value] not in "\"'[{":
            return _unquoted(text, value, value + _width(text[value : _line_end(text, value)]))
        rest = text[at : _line_end(text, at)]
        if found.text and text[value] in "\"'" and text[value] in rest:
            return _inner(text, found.text)
        return Slip("packs.too-much", at, at + _width(rest))
    if said.startswith(("Invalid statement", "Invalid initial")):
        return Slip("packs.no-statement", start, max(whole, start + 1))
    return Slip("packs.syntax", at, at + 1)
