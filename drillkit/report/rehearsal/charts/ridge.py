"""How often each value came: a histogram of exact counts with its median and 80 % band."""

from collections.abc import Callable
from dataclasses import dataclass

from drillkit.rehearse.tally import Count
from drillkit.report.charts.svg import Sheet
from drillkit.report.rehearsal.charts.marks import interval
from drillkit.report.rehearsal.rows import Spread

STEPS = 40
"""Bars from the lowest to the highest value."""
_TALL = 22.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` on `room` px from x = `left`."""

    low: float
    high: float
    left: float
    room: float

    def x(self, value: float) -> float:
        """Where the value stands; at the edge where it lies beyond."""
        share = (value - self.low) / (self.high - self.low)
        return self.left + self.room * min(1.0, max(0.0, share))


def binned(count: Count, low: float, high: float, steps: int = STEPS) -> list[int]:
    """How many values fall into each of `steps` equal parts; those beyond into the outermost.

    A value on the border of two counts in the upper one.
    """
    bins = [0] * steps
    for value, times in count.values.items():
        step = int((value - low) * steps / (high - low))
        bins[min(steps - 1, max(0, step))] += times
    return bins


def ridge(
    sheet: Sheet,
    scale: Scale,
    y: float,
    *,
    team: int,
    bins: list[int],
    spread: Spread,
    kind: Callable[[float], str],
) -> None:
    """The bars on a base at `y`, and below it the band with the median.

    `kind` gives the class of a bar by the value in its middle; `scale` is in the spread's unit.
    """
    most, wide = max(bins, default=0), scale.room / len(bins)
    sheet.line(scale.left, y, scale.left + scale.room, y, "rule")
    for step, times in enumerate(bins):
        if times:
            high = max(1.0, _TALL * times / most)
            value = scale.low + (scale.high - scale.low) * (step + 0.5) / len(bins)
            x = scale.left + step * wide
            sheet.box(x + 0.4, y - high, wide - 0.8, high, kind(value), round=0)
    if spread.median is None or spread.p10 is None or spread.p90 is None:
        return
    xs = (scale.x(spread.p10), scale.x(spread.median), scale.x(spread.p90))
    interval(sheet, team, xs, y + 6)
