"""Score sheets and after-action reports of a drill that has been played and scored."""

from drillkit.report.drill import Drill
from drillkit.report.files import FORMATS, UnknownFormat, export
from drillkit.report.score_json import schema, score_json

__all__ = ["FORMATS", "Drill", "UnknownFormat", "export", "schema", "score_json"]
