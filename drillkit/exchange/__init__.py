"""What other programs bring: what a file is, what in it can be taken, and what is wrong with it."""

from drillkit.exchange.guide import Guide, guide_of, read_guide
from drillkit.exchange.problem import Problem
from drillkit.exchange.ratings import enter, hand_in
from drillkit.exchange.reading import Reading
from drillkit.exchange.workbook import Unreadable, read_workbook

__all__ = [
    "Guide",
    "Problem",
    "Reading",
    "Unreadable",
    "enter",
    "guide_of",
    "hand_in",
    "read_guide",
    "read_workbook",
]
