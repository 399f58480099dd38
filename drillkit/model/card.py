"""What is known of a pack to whoever chooses one: a card, and how it went before."""

from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import LANGS, Lang, Text, Title
from drillkit.model.scenario import Family

Origin = Literal["shipped", "installed", "folder", "zip"]
"""With the program, in another installed package, in a folder, or in a zip."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A role that somebody plays."""

    id: str
    title: Title


@dataclass(frozen=True, slots=True)
class Card:
    """One pack. `where` is what a command takes for it: its id, or a path.

    `minutes` is the length of play, `capabilities` are those of its targets, `source` the installed
    package that it came with.
    """

    id: str
    where: str
    family: Family
    grade: int
    title: Title
    summary: Text
    minutes: int
    injects: int
    roles: tuple[Seat, ...]
    objectives: tuple[Text, ...] = ()
    capabilities: tuple[Title, ...] = ()
    languages: tuple[Lang, ...] = LANGS
    origin: Origin = "shipped"
    source: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """A finished drill: its combined assessment in points, and the day (YYYY-MM-DD, UTC)."""

    path: str
    day: str
    score: float | None
