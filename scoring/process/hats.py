"""Who stood in for whom, entry by entry: a substitute knows and may what the post does."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from drillkit.core.state import State


class Hats:
    """The posts that each role has held as a substitute."""

    def __init__(self, state: State) -> None:
        self._held: dict[str, list[tuple[int, float, str]]] = defaultdict(list)
        for post, presence in state.presence.items():
            for stay in presence.stays:
                if stay.substitute:
                    left = stay.left.seq if stay.left else float("inf")
                    self._held[stay.substitute].append((stay.came.seq, left, post))

    def is_bare(self, role: str) -> bool:
        """The role has never stood in for another."""
        return role not in self._held

    def worn(self, role: str, seq: int) -> tuple[str, ...]:
        """The role itself, and the posts that it held in entry `seq`."""
        held = self._held.get(role)
        if held is None:
            return (role,)
        return (role, *(post for since, left, post in held if since < seq < left))

    def by_hat(
        self, role: str, entries: Sequence[int]
    ) -> Iterator[tuple[tuple[str, ...], Sequence[int]]]:
        """The entries (in order) in stretches with the posts that the role held in each."""
        if self.is_bare(role):
            yield (role,), entries
            return
        for worn, stretch in groupby(entries, lambda seq: self.worn(role, seq)):
            yield worn, list(stretch)
