"""The papers of a pack, before anybody plays it: situation manual and facilitator guide."""

from drillkit.report.papers.files import FORMATS, PLAIN_FORMATS, export_papers
from drillkit.report.papers.guide import guide
from drillkit.report.papers.manual import manual
from drillkit.report.papers.paper import Paper

__all__ = ["FORMATS", "PLAIN_FORMATS", "Paper", "export_papers", "guide", "manual"]
