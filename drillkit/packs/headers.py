"""Headers that clash: one bracket for two, a name spelled wrong, a table that is there twice."""

import re
from typing import Final

from drillkit.packs.diagnostic import nearest
from drillkit.packs.slip import Slip
from drillkit.packs.statements import Header, headers

_KEY: Final = re.compile(r"\s*([^=]*[^=\s])\s*=")
_IN_BRACES: Final = re.compile(r"Duplicate inline table key '(.*)'", re.DOTALL)
_CLASHES: Final = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline")


def is_clash(said: str) -> bool:
    """Whether the TOML library means two things of one name."""
    return said.startswith(_CLASHES)


def clash(text: str, at: int, said: str) -> Slip:
    """The header or the key that is to blame for two things of one name, found at `at`."""
    if named := _IN_BRACES.match(said):
        start = text.rfind(named[1], 0, at)
        return Slip("packs.key-twice", max(start, 0), start + len(named[1]), {"name": named[1]})
    start = text.rfind("\n", 0, at) + 1
    *above, own = headers(text, at) or [Header("", "", "", -1, -1)]
    if own.start < start:
        key = _KEY.match(text, start)
        first, last = key.span(1) if key else (start, at)
        return Slip("packs.key-twice", first, last, {"name": text[first:last]})
    return _of_header(text, own, _near(above, own))


def _near(above: list[Header], own: Header) -> list[Header]:
    """Those above `own` that belong to the same table around it."""
    for place in reversed(range(len(above))):
        if own.name.startswith(above[place].name + "."):
            return above[place + 1 :]
    return above


def _of_header(text: str, own: Header, above: list[Header]) -> Slip:
    for place, other in enumerate(above):
        if other.name == own.name:
            if other.left == own.left:
                line = text.count("\n", 0, other.start) + 1
                values = {"name": own.name, "line": line}
                return Slip("packs.table-twice", own.start, own.end, values)
            single = own if own.left == "[" else other
            return Slip("packs.one-bracket", single.start, single.end, {"name": own.name})
        if other.name.startswith(own.name + "."):
            owner = above[place - 1] if place else None
            if owner and nearest(owner.name, [own.name]):
                values = {"name": owner.name, "nearest": own.name}
                return Slip("packs.unknown-key", owner.start, owner.end, values)
            values = {"name": own.name, "part": other.name}
            return Slip("packs.part-first", other.start, other.end, values)
    return Slip("packs.key-twice", own.start, own.end, {"name": own.name})
