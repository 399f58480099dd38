"""A pack as its papers tell it: in one language, with the words for its parts."""

from dataclasses import dataclass
from functools import cached_property

from drillkit.core.book import Book
from drillkit.core.clocks import face, story_at
from drillkit.core.injects import in_order
from drillkit.core.script import Script
from drillkit.model.base import MINUTE, Lang, Millis
from drillkit.model.scenario import Inject
from drillkit.packs import Pack
from drillkit.report.drill import NONE
from drillkit.words import listing, say, units


@dataclass(frozen=True)
class Paper:
    """What the situation manual and the facilitator guide are drawn from."""

    pack: Pack
    lang: Lang

    @cached_property
    def book(self) -> Book:
        return Book(Script(self.pack.scenario, self.pack.plan), self.lang)

    @cached_property
    def injects(self) -> tuple[Inject, ...]:
        """In the order of the script."""
        return tuple(in_order(self.pack.scenario))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each inject in the script, from 1."""
        return {inject.id: place for place, inject in enumerate(self.injects, 1)}

    def say(self, key: str, **values: object) -> str:
        """The sentence `papers.<key>`."""
        return say(self.lang, f"papers.{key}", **values)

    def listed(self, parts: list[str]) -> str:
        return listing(self.lang, parts)

    @property
    def title(self) -> str:
        return self.pack.scenario.title.in_(self.lang)

    @property
    def form(self) -> str:
        """Whole or short, and how long it is played."""
        minutes = round(self.pack.scenario.length / MINUTE)
        return self.say("form-short" if self.pack.short else "form-whole", n=minutes)

    def number(self, inject: str) -> str:
        """An inject by its number and title, "3 Water in the basement"."""
        title = self.book("inject", inject)
        return self.say("numbered", number=self.numbers.get(inject, "?"), title=title)

    def goods(self, item: str, quantity: int) -> str:
        """So many of an item, with its unit."""
        name, unit = self.book("item", item), self.book("unit", item)
        return units.goods(self.lang, name, quantity, unit)

    def minutes(self, time: Millis) -> str:
        """A length of time in minutes, "4" or "4.5"."""
        return self.say("minutes", n=f"{time / MINUTE:g}")

    def story(self, at: Millis | None) -> str:
        """The story's day and time at a time of the script; "" without one."""
        if at is None:
            return ""
        return f"{story_at(self.pack.scenario.phases, at):%m-%d %H:%M}"

    def time(self, at: Millis | None) -> str:
        """A time of the script; a dash where there is none."""
        return NONE if at is None else face(at)
