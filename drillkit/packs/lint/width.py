"""Titles that are too wide for the line on which a screen of 80 columns draws them."""

from collections.abc import Iterator, Mapping
from typing import Final

from drillkit.model.base import LANGS
from drillkit.packs.cells import cells
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.lint.texts import Pair

ROOM: Final[Mapping[str, int]] = {
    "title": 60,  # in the head of a screen, between the seat and the clocks
    "organisation": 60,
    "phase.title": 24,  # under its stretch of the timeline, and beside the role in the head
    "inject.title": 54,  # the script: 20 for time, mark and state before it, 6 for the count after
    "milestone.title": 62,  # in a condition behind "if", in the script's line
    "need.title": 52,  # the supply board: mark, title, 14 for the bar, 10 for the time left
    "outcome.title": 52,  # beside its value and unit
    "outcome.unit": 20,
    "recovery.title": 52,
    "role.title": 40,  # the roster's pane: mark, name, state and time
    "group.title": 40,
    "item.title": 44,  # "goods to place", with a number on either side
    "item.unit": 12,
    "site.title": 44,
    "depot.title": 44,
    "depot.vehicle.title": 44,
    "customer.title": 56,  # beside kind, grade and the time left
    "report.title": 52,  # beside the stage and the draft's mark
    "report.element.title": 62,  # the label on the border of a field in a column
    "clause.title": 78,
}
"""Cells that a title has at 80 columns beside what stands on the same line. What is wrapped, as
options, facts and all prose are, has all the room it wants and is not here."""


def width_advice(pair: Pair) -> Iterator[Diagnostic]:
    """The title where it is wider than the room it has."""
    room = ROOM.get(pair.kind)
    if room is None:
        return
    for lang in LANGS:
        wide = cells(pair.half(lang))
        if wide > room:
            yield pair.advice("packs.too-wide", lang, wide=wide, room=room)
