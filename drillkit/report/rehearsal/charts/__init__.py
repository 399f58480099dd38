"""Pictures of a rehearsal, each a column of SVG sheets that fit on a page."""

from drillkit.report.rehearsal.charts.chances import branches, milestones
from drillkit.report.rehearsal.charts.costs import costs
from drillkit.report.rehearsal.charts.limits import limit_charts
from drillkit.report.rehearsal.charts.load import load
from drillkit.report.rehearsal.charts.outcomes import outcomes
from drillkit.report.rehearsal.charts.scores import scores
from drillkit.report.rehearsal.charts.stocks import stocks

__all__ = [
    "branches",
    "costs",
    "limit_charts",
    "load",
    "milestones",
    "outcomes",
    "scores",
    "stocks",
]
