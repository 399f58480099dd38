"""What a screen draws from: one value, new with every batch, compared by identity."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from drillkit.core.names import Names
from drillkit.core.state import State
from drillkit.model.base import Lang
from drillkit.model.events import Entry, Event


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """The drill as this seat may see it, after the last batch of entries.

    `state` and `entries` are the live ones, changed in place by the next batch: draw from them at
    once, keep nothing of them.
    """

    lang: Lang = "en"
    state: State = field(default_factory=State)
    entries: Sequence[Entry] = ()
    names: Names | None = None
    new: Sequence[Entry] = ()
    """What the last batch brought; nothing when all is to be drawn anew."""

    def brings_only(self, kinds: tuple[type[Event], ...]) -> bool:
        """Whether all that is new is of these kinds."""
        return bool(self.new) and all(isinstance(entry.event, kinds) for entry in self.new)
