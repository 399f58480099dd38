"""Titles that are too wide for the line on which a screen of 80 columns draws them."""

from collections.abc import Iterator, Mapping
from typing import Final

from drillkit.packs.cells import cells
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.lint.texts import Pair

_LINE: Final = 78
"""A line at 80 columns, less its mark or margin."""
_SCRIPT: Final = 50
"""A line of the script: 20 cells for time, mark and state before, 10 for "in 1:02:30" after."""
_PANE: Final = 40
"""The narrow pane of the control screen, 52 cells: a mark before, a time and the bar after."""
_HALF: Final = 44
"""What shares a line with another name and a number, "4 of ITEM to SITE", and may be cut last."""
_LABEL: Final = 62
"""What stands in a frame or behind "if", beside a state."""
_UNIT: Final = 20
_PHASE: Final = 24
"""In the head of every screen, between the seat's name and the clocks."""

ROOM: Final[Mapping[str, int]] = {
    "title": _LABEL,
    "organisation": _LABEL,
    "phase.title": _PHASE,
    "inject.title": _SCRIPT,
    "milestone.title": _LABEL,
    "need.title": _SCRIPT,
    "outcome.title": _SCRIPT,
    "outcome.unit": _UNIT,
    "recovery.title": _SCRIPT,
    "role.title": _PANE,
    "group.title": _PANE,
    "item.title": _HALF,
    "item.unit": _UNIT,
    "site.title": _HALF,
    "depot.title": _HALF,
    "depot.vehicle.title": _HALF,
    "customer.title": _SCRIPT,
    "report.title": _SCRIPT,
    "report.element.title": _LABEL,
    "clause.title": _LINE,
}
"""Cells for a title beside what stands on the same line at 80 columns. What is wrapped, as options,
facts and all prose are, has all the room it wants and is not here."""


def width_advice(pair: Pair) -> Iterator[Diagnostic]:
    """The title where it is wider than the room it has."""
    room = ROOM.get(pair.kind)
    if room is None:
        return
    for lang in pair.langs:
        wide = cells(pair.half(lang))
        if wide > room:
            yield pair.advice("packs.too-wide", lang, wide=wide, room=room)
