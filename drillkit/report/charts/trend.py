"""Scores over drills: a panel a score, points with intervals; lines join what compares."""

from drillkit.report.charts.svg import Sheet, fit
from drillkit.report.drill import points
from drillkit.report.trend import SCORES, Trend
from drillkit.words import say

_WIDTH, _COLUMNS, _TALL, _GAP = 960.0, 3, 196.0, 24.0
_LEFT, _TOP, _PLOT = 30.0, 34.0, 120.0
_DOT = 3.6


def trend_chart(trend: Trend) -> str:
    """The picture: the combined score first, then its parts."""
    rows = -(-len(SCORES) // _COLUMNS)
    about = trend.say("chart-about")
    sheet = Sheet(_WIDTH, rows * _TALL + 6, trend.say("chart"), about, "trend")
    wide = (_WIDTH - _GAP * (_COLUMNS - 1)) / _COLUMNS
    for index, name in enumerate(SCORES):
        column, row = index % _COLUMNS, index // _COLUMNS
        _panel(sheet, trend, name, (column * (wide + _GAP), row * _TALL), wide)
    return str(sheet)


def _panel(sheet: Sheet, trend: Trend, name: str, place: tuple[float, float], wide: float) -> None:
    left, top = place
    scores, count = trend.scores(name), len(trend.drills)
    x0, room = left + _LEFT, wide - _LEFT - 8
    step = room / count

    def x(nth: int) -> float:
        return x0 + step * (nth + 0.5)

    def y(value: float) -> float:
        return top + _TOP + _PLOT * (1 - value / 100)

    kind = "strong" if name == "combined" else ""
    title = say(trend.lang, scores[0].measure.words)
    sheet.text(left, top + 18, fit(title, wide), kind)
    cutoffs = trend.drills[-1].assessment.weights.cutoffs
    for at in (0.0, cutoffs.fair, cutoffs.good, cutoffs.excellent, 100.0):
        sheet.line(x0, y(at), x0 + room, y(at), "grid")
        if at != cutoffs.excellent:
            sheet.text(x0 - 5, y(at) + 4, f"{at:g}", "small", anchor="end")
    for group in trend.groups:
        seen = [(nth, final) for nth in group if (final := scores[nth].final) is not None]
        if len(seen) > 1:
            steps = [f"{x(nth):.1f} {y(final):.1f}" for nth, final in seen]
            sheet.path("M" + " L".join(steps), "come")
    every = -(-count * 66 // int(room))
    for nth, score in enumerate(scores):
        sheet.line(x(nth), y(score.lo), x(nth), y(score.hi), "whisker")
        for end in (score.lo, score.hi):
            sheet.line(x(nth) - 4, y(end), x(nth) + 4, y(end), "whisker")
        if score.final is not None:
            here = y(score.final)
            kind = f"fill {score.grade or 'open'}"
            sheet.box(x(nth) - _DOT, here - _DOT, 2 * _DOT, 2 * _DOT, kind, round=_DOT)
            sheet.text(x(nth) + 6, here - 6, points(score.final), "small")
        if nth % every == 0:
            when = f"{trend.drills[nth].began:%y-%m-%d}"
            sheet.text(x(nth), top + _TOP + _PLOT + 18, when, "small", anchor="middle")
