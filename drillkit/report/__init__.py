"""Score sheets, record forms and after-action reports of a drill that was played and scored."""

from drillkit.report.drill import Drill
from drillkit.report.files import (
    FORMATS,
    PLAIN_FORMATS,
    ExtraMissing,
    ReportExists,
    UnknownFormat,
    export,
)
from drillkit.report.fonts import MissingCharacter, NoChineseFont
from drillkit.report.score_json import schema, score_json

__all__ = [
    "FORMATS",
    "PLAIN_FORMATS",
    "Drill",
    "ExtraMissing",
    "MissingCharacter",
    "NoChineseFont",
    "ReportExists",
    "UnknownFormat",
    "export",
    "schema",
    "score_json",
]
