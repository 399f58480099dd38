"""What is said of a rehearsal: the same rows for the screen, the page and programs."""

from drillkit.report.rehearsal.rows import Rows

__all__ = ["Rows"]
