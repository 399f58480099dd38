"""How busy a stand-in is: what it is at, and how much waits meanwhile."""

from dataclasses import dataclass, field

from drillkit.model.base import Millis


@dataclass(slots=True)
class Load:
    """The record of one person's attention, in ms of exercise time.

    `stints` are [from, to) of each thing done, `to` -1 while it is being done; `queue` says how
    many things were in mind and not yet begun from each time on.
    """

    stints: list[tuple[Millis, Millis]] = field(default_factory=list)
    queue: list[tuple[Millis, int]] = field(default_factory=list)

    def waits(self, now: Millis, waiting: int) -> None:
        """So many things are in mind from now on."""
        self.queue.append((now, waiting))

    def begins(self, now: Millis, waiting: int) -> int:
        """Something is begun; the answer names it for `ends`."""
        self.waits(now, waiting)
        self.stints.append((now, -1))
        return len(self.stints) - 1

    def ends(self, stint: int, now: Millis) -> None:
        self.stints[stint] = (self.stints[stint][0], now)
