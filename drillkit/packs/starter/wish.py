"""What somebody wants a new pack or plan to be like, read from what they write."""

import re
from dataclasses import dataclass, field
from typing import Final, get_args

from drillkit.model.base import HOUR, LANGS, LONGEST_ID, MINUTE, STAFF, Lang, Millis, is_id, millis
from drillkit.model.function import FUNCTIONS, Function
from drillkit.model.scenario import Family
from drillkit.model.text import Line, TextTooLong
from drillkit.packs.diagnostic import nearest
from drillkit.packs.sense import odd_character
from drillkit.packs.starter import spoken

FAMILIES: Final[tuple[Family, ...]] = get_args(Family)
SHORTEST, LONGEST = 20 * MINUTE, 2 * HOUR
USUAL_LENGTH: Final = 40 * MINUTE
USUAL_ROLES: Final = "commander,deputy,liaison,on-scene,supplies,spokesperson"
OUTSIDE: Final = ("partner", "authority", "press")
"""Outside partners that every new pack or plan may hold."""


class StarterFault(Exception):
    """It cannot be written like that; `key` and `values` name the sentence (area new)."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = f"new.{key}"
        self.values = values


@dataclass(frozen=True, slots=True)
class Post:
    """A role to be written: its id, and its functions, the first of which names it."""

    id: str
    functions: tuple[Function, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The language of the comments, and those that the texts are written in."""

    lang: Lang
    written: tuple[Lang, ...] = LANGS


@dataclass(frozen=True, slots=True, kw_only=True)
class PackWish:
    """What a new pack is to be like. `length` is in ms; without a title it has the story's own."""

    tongue: Tongue
    family: Family = "technical_failure"
    length: Millis = USUAL_LENGTH
    posts: tuple[Post, ...] = field(default_factory=lambda: posts(USUAL_ROLES))
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWish:
    """What a new plan is to be like; without names the template's own are taken."""

    tongue: Tongue
    posts: tuple[Post, ...] = field(default_factory=lambda: posts(USUAL_ROLES))
    name: str = ""
    stores: tuple[str, ...] = ()


# -- as people write it ----------------------------------------------------------------------------


def length(text: str) -> Millis:
    """A length of play, "40m", "1h30m", "30 min", SHORTEST to LONGEST. Raises StarterFault."""
    try:
        value = millis(spoken.length(text))
    except ValueError:
        value = -1
    if not SHORTEST <= value <= LONGEST:
        raise StarterFault("bad-length", value=text)
    return value


def posts(text: str) -> tuple[Post, ...]:
    """The roles of "commander,nurse-in-charge=medical+customer-liaison".

    A function may be called by its title in either language. Raises StarterFault.
    """
    found: list[Post] = []
    for part in filter(None, (part.strip() for part in spoken.plain(text).split(","))):
        id, equals, rest = (piece.strip() for piece in part.partition("="))
        functions = tuple(_function(name.strip()) for name in (rest if equals else id).split("+"))
        if not equals and len(functions) == 1:
            id = functions[0]
        if not is_id(id):
            raise StarterFault("bad-id", value=id)
        if id in STAFF or id in OUTSIDE:
            raise StarterFault("role-reserved", value=id)
        if any(id == other.id for other in found):
            raise StarterFault("role-twice", value=id)
        found.append(Post(id, tuple(dict.fromkeys(functions))))
    if len(found) < 2:
        raise StarterFault("one-role")
    if not any("commander" in post.functions for post in found):
        raise StarterFault("no-commander")
    return tuple(found)


def _function(name: str) -> Function:
    known = spoken.known_as(name, FUNCTIONS, "new.role")
    for function in FUNCTIONS:
        if function == known:
            return function
    if near := nearest(name, FUNCTIONS):
        raise StarterFault("bad-function-near", value=name, near=near)
    raise StarterFault("bad-function", value=name, known=", ".join(FUNCTIONS))


def family(text: str) -> Family:
    """A family of incidents by its id, the beginning of that, or its name in either language.

    Raises StarterFault.
    """
    known = spoken.known_as(text, FAMILIES, "cli.family")
    meant = spoken.plain(text).replace(" ", "_").replace("-", "_").lower()
    for family in FAMILIES:
        if family == known or (meant and family.startswith(meant)):
            return family
    raise StarterFault("bad-family", value=text, known=", ".join(FAMILIES))


def named(text: str) -> str:
    """A name or title that a person wrote, as a pack may hold it. Raises StarterFault."""
    try:
        line = Line(text)
    except TextTooLong as problem:
        raise StarterFault("too-long", length=problem.length, limit=problem.limit) from problem
    if not line:
        raise StarterFault("blank")
    if odd := odd_character(line):
        raise StarterFault("odd-character", value=odd)
    return line


def slug(text: str) -> str:
    """The text as an id, as far as its letters allow; "" where they allow none."""
    id = (
        re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[: LONGEST_ID - len("-plan")].rstrip("-")
    )
    return id if is_id(id) else ""


def stores(text: str) -> tuple[str, ...]:
    """The names in "North store,Works yard", with any kind of comma. Raises StarterFault."""
    names = tuple(named(part) for part in spoken.commas(text).split(",") if part.strip())
    if not names:
        raise StarterFault("no-stores")
    return tuple(dict.fromkeys(names))
