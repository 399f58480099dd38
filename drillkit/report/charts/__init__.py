"""Pictures of a drill as SVG that needs nothing else: text stays text, colours come from CSS."""

from drillkit.report.charts.knowing import knowing
from drillkit.report.charts.lanes import lanes
from drillkit.report.charts.network import network
from drillkit.report.charts.scores import scores
from drillkit.report.charts.sequence import sequence
from drillkit.report.charts.supplies import supplies

__all__ = ["knowing", "lanes", "network", "scores", "sequence", "supplies"]
