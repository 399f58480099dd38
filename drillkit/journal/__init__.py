"""Append and read: what is acknowledged is on disk, and what is not here did not happen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from drillkit.journal.chain import START, body, link
from drillkit.model.base import Millis
from drillkit.model.events import Entry, Event
from drillkit.model.text import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry to be: all but the place that the journal gives it."""

    at: Millis
    wall: int
    by: str
    event: Event
    via: Line = Line()

    def placed(self, seq: int, command: str) -> Entry:
        """The entry that this becomes at place `seq`, by the decision on `command`."""
        return Entry(
            seq=seq,
            at=self.at,
            wall=self.wall,
            by=self.by,
            via=self.via,
            command=command,
            event=self.event,
        )


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append led to; `duplicate` when this command had been appended before."""

    entries: tuple[Entry, ...]
    duplicate: bool = False


class Conflict(Exception):
    """Somebody else appended first; `head` is the last place taken."""

    def __init__(self, head: int) -> None:
        super().__init__(f"the journal is at entry {head}")
        self.head = head


class JournalFault(Exception):
    """The journal cannot be opened, read or written; `key` and `values` name the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.values = values


class Journal(Protocol):
    """The journal of one session."""

    def append(self, expected: int, command: str, drafts: Sequence[Draft]) -> Appended:
        """Write all drafts or none, durably, after entry `expected` (-1: the journal is empty).

        The same `command` again writes nothing and returns the first outcome. Raises Conflict
        when the head is not `expected`, and JournalFault when the disk refuses.
        """
        ...

    def read(self, after: int = -1) -> Sequence[Entry]:
        """The entries behind place `after`, in order."""
        ...

    def head(self) -> int:
        """The last place taken; -1 when the journal is empty."""
        ...

    def seal(self) -> str:
        """The hash that closes the chain so far, in hex; it changes with any byte before it."""
        ...

    def close(self) -> None: ...


class MemoryJournal:
    """A journal that ends with the process: nothing is encoded or hashed before it is sealed."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._outcomes: dict[str, tuple[Entry, ...]] = {}
        self._sealed = 0
        self._seal = START

    def append(self, expected: int, command: str, drafts: Sequence[Draft]) -> Appended:
        if first := self._outcomes.get(command):
            return Appended(first, duplicate=True)
        if expected != self.head():
            raise Conflict(self.head())
        entries = tuple(
            draft.placed(seq, command) for seq, draft in enumerate(drafts, expected + 1)
        )
        self._entries.extend(entries)
        self._outcomes[command] = entries
        return Appended(entries)

    def read(self, after: int = -1) -> Sequence[Entry]:
        return self._entries[after + 1 :]

    def head(self) -> int:
        return len(self._entries) - 1

    def seal(self) -> str:
        for entry in self._entries[self._sealed :]:
            self._seal = link(self._seal, body(entry))
        self._sealed = len(self._entries)
        return self._seal.hex()

    def close(self) -> None:
        """Nothing is held."""
