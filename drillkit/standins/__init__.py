"""Simulated people: they sit at a desk like anybody, and do what their skill makes of them."""

from drillkit.standins.company import Company
from drillkit.standins.habits import USUAL_SKILL, skilled
from drillkit.standins.person import VIA, StandInCrashed

__all__ = ["USUAL_SKILL", "VIA", "Company", "StandInCrashed", "skilled"]
