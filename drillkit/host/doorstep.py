"""Who stands at the door without having shown a code: bounded, and nobody can fill it alone."""

from collections import Counter
from typing import Protocol


class Stranger(Protocol):
    """A connection at the door."""

    place: str
    """Whence it comes: see admission.place."""
    is_silent: bool
    """It has not even said which seat it wants."""

    def send_away(self) -> None: ...


class Doorstep:
    """The strangers, oldest first."""

    def __init__(self, room: int) -> None:
        """`room` is how many may stand here at once, at least one."""
        self._room = room
        self._here: dict[Stranger, None] = {}

    def __len__(self) -> int:
        return len(self._here)

    def come(self, stranger: Stranger) -> None:
        """Let one more stand here. Where it is crowded another goes: from the place that takes
        most room, a silent one before one that speaks, an old one before a new one.
        """
        while len(self._here) >= self._room:
            crowd = Counter(other.place for other in self._here)
            # The newcomer counts, but does not go: who waits behind a crowd would never get in.
            crowd[stranger.place] += 1
            first = max(self._here, key=lambda other: (crowd[other.place], other.is_silent))
            self.leave(first)
            first.send_away()
        self._here[stranger] = None

    def leave(self, stranger: Stranger) -> None:
        """Gone, or let in; whoever is not here stays away."""
        self._here.pop(stranger, None)
