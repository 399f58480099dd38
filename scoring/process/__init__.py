"""The process of a drill: who came when, where supplies went, who learnt what by when."""

from scoring.process.arrival import arrival
from scoring.process.information import information
from scoring.process.process import process
from scoring.process.supplies import supplies

__all__ = ["arrival", "information", "process", "supplies"]
