"""The statements of a TOML text up to the place where it is no TOML any more."""

import re
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(
    r'(?P<block>"""(?:\\[\s\S]|[^\\])*?""""{0,2}'
    r"|'''[\s\S]*?''''{0,2})"
    r"|(?P<open_block>\"\"\"|''')"
    r'|(?P<text>"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*')"
    r"|(?P<open_text>[\"'])"
    r"|(?P<note>#[^\n]*)"
    r"|(?P<bracket>[\[\]{}])"
    r"|(?P<end>\n)"
)
_HEADER: Final = re.compile(r"[ \t]*(?P<left>\[{1,2})(?P<name>[^\[\]\n#]*)(?P<right>\]*)")


@dataclass(frozen=True, slots=True)
class Header:
    """A line such as [[inject]]: the name in it, its brackets, and where it stands."""

    name: str
    left: str
    right: str
    start: int
    end: int


@dataclass(slots=True)
class Before:
    """What stands before a place in a text that is TOML up to there. All numbers are offsets."""

    starts: list[int] = field(default_factory=lambda: [0])
    """Where statements begin; the last is the one that the place is in."""
    brackets: list[int] = field(default_factory=list)
    """Those that the statement has open, the innermost last."""
    quote: int | None = None
    """Where a text begins that is not closed."""
    text: tuple[int, int] | None = None
    """The last text of the statement."""
    block: tuple[int, int] | None = None
    """The last text in three quotes."""


def before(text: str, at: int) -> Before:
    """What stands in `text` before `at`."""
    found = Before()
    for token in _TOKEN.finditer(text, 0, at):
        match token.lastgroup:
            case "open_block" | "open_text":
                found.quote = token.start()
                break
            case "block":
                found.text = found.block = token.span()
            case "text":
                found.text = token.span()
            case "bracket" if token[0] in "[{":
                found.brackets.append(token.start())
            case "bracket" if found.brackets:
                found.brackets.pop()
            case "end" if not found.brackets or header_at(text, found.starts[-1]):
                found.starts.append(token.end())
                found.brackets.clear()
                found.text = None
            case _:
                pass
    return found


def header_at(text: str, start: int) -> Header | None:
    """The header, right or not quite, that the statement at `start` is."""
    found = _HEADER.match(text, start)
    if found is None:
        return None
    name, start = found["name"].strip(), found.start("left")
    return Header(name, found["left"], found["right"], start, found.end())


def headers(text: str, at: int) -> list[Header]:
    """All headers before `at`, and the one that it stands in."""
    starts = before(text, at).starts
    return [header for start in starts if (header := header_at(text, start))]
