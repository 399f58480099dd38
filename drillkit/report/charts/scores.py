"""The six scores: a bar to the points, a whisker over the interval, the coverage in words."""

from collections.abc import Mapping

from drillkit.report.charts.svg import Sheet, fit
from drillkit.report.drill import Drill, bounds, grade, percent, points
from drillkit.words import say

_WIDTH, _ROW, _LABEL, _RIGHT, _TOP = 960.0, 38.0, 176.0, 292.0, 26.0


def scores(drill: Drill, last: Mapping[str, float | None] | None = None) -> str:
    """The picture of all scores of the assessment.

    `last` gives the final points (0 to 100) of the drill before, by the scores' ids.
    """
    shown, before = drill.assessment.scores(), last or {}
    height = _TOP + _ROW * len(shown) + (26 if before else 8)
    about = drill.say("chart.scores-about")
    sheet = Sheet(_WIDTH, height, drill.say("chart.scores"), about, "scores")
    room = _WIDTH - _LABEL - _RIGHT

    def x(value: float) -> float:
        return _LABEL + room * value / 100

    cutoffs = drill.assessment.weights.cutoffs
    for at in (0.0, cutoffs.fair, cutoffs.good, cutoffs.excellent, 100.0):
        sheet.line(x(at), _TOP - 6, x(at), _TOP + _ROW * len(shown) + 2, "grid")
        sheet.text(x(at), _TOP - 11, f"{at:g}", "small", anchor="middle")
    for row, score in enumerate(shown):
        y = _TOP + row * _ROW
        strong = "strong" if score.id == "combined" else ""
        title = fit(say(drill.lang, score.measure.words), _LABEL - 12)
        sheet.text(_LABEL - 10, y + 20, title, strong, anchor="end")
        sheet.box(_LABEL, y + 7, room, 18, "track")
        if score.final is not None:
            sheet.box(_LABEL, y + 7, x(score.final) - _LABEL, 18, f"fill {score.grade or 'open'}")
        sheet.line(x(score.lo), y + 16, x(score.hi), y + 16, "whisker")
        for end in (score.lo, score.hi):
            sheet.line(x(end), y + 11, x(end), y + 21, "whisker")
        if score.is_capped and score.point is not None:
            sheet.line(x(score.point), y + 3, x(score.point), y + 29, "uncapped")
        if (was := before.get(score.id)) is not None:
            sheet.path(_diamond(x(was), y + 16), "last")
        right = _WIDTH - _RIGHT + 12
        sheet.text(right, y + 16, points(score.final), "strong")
        sheet.text(right + 46, y + 16, fit(grade(drill, score), _RIGHT - 62))
        # What it was before the limit leaves no room for all the words.
        key = "chart.seen-short" if score.is_capped else "chart.seen"
        measured = bounds(score, drill.lang)
        seen = drill.say(key, interval=measured, coverage=percent(score.coverage))
        sheet.text(right + 46, y + 30, seen, "small")
    if before:
        sheet.path(_diamond(_LABEL + 6, height - 12), "last")
        sheet.text(_LABEL + 16, height - 8, drill.say("chart.last"), "small")
    return str(sheet)


def _diamond(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 6:.1f} l5 6 l-5 6 l-5 -6 z"
