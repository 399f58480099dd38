"""What is wrong with a file, at a place that whoever sent it can find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from drillkit.model.base import Lang
from drillkit.model.text import clean
from drillkit.words import say


class Place(NamedTuple):
    """A cell; row and column are counted from 0."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """As spreadsheets name it: "C7"."""
        letters, left = "", self.column + 1
        while left:
            left, digit = divmod(left - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{letters}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a sentence of the area `import`, and where.

    `is_minor` when what stands there is taken all the same.
    """

    key: str
    place: Place
    values: Mapping[str, object] = field(default_factory=dict)
    is_minor: bool = False

    def sentence(self, lang: Lang) -> str:
        """Sheet, cell, and what is wrong with it."""
        what = say(lang, f"import.problem.{self.key}", **self.values)
        return say(
            lang, "import.at", sheet=clean(self.place.sheet), cell=self.place.cell, what=what
        )


class Flawed(Exception):
    """What stands at this place cannot be taken."""

    def __init__(self, key: str, place: Place, **values: object) -> None:
        super().__init__(key)
        self.problem = Problem(key, place, values)
