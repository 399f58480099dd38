"""The hash chain: each entry's hash closes over its stored bytes and all before them."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from drillkit.journal.upcast import marker
from drillkit.model.events import Entry, entry_adapter

START = bytes(32)
"""What the first entry's hash is chained to."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a chain holds.

    `entries` counts those that hold, `seal` is the hash of the last of them in hex, and `broken`
    is the place of the first that does not hold, None when all do.
    """

    entries: int
    seal: str
    broken: int | None = None

    @property
    def holds(self) -> bool:
        return self.broken is None


def body(entry: Entry) -> bytes:
    """The entry as it is stored and hashed: one JSON object whose first key is the version."""
    return marker() + entry_adapter().dump_json(entry)[1:]


def link(before: bytes, stored: bytes) -> bytes:
    """The hash (32 bytes) of an entry stored as these bytes, behind an entry of hash `before`."""
    return sha256(before + stored).digest()


def verify(rows: Iterable[tuple[object, object, object]]) -> Verdict:
    """Judge the (place, stored bytes, hash) of all entries in order; nothing is decoded.

    Any byte that was changed, and any entry taken out or put in, breaks the chain at its place.
    An end cut off, or a chain made anew from its start, holds: only a seal kept elsewhere tells.
    """
    entries, before = 0, START
    for seq, stored, closed in rows:
        if seq != entries or not isinstance(stored, bytes) or link(before, stored) != closed:
            return Verdict(entries, before.hex(), broken=entries)
        entries, before = entries + 1, link(before, stored)
    return Verdict(entries, before.hex())
