"""Differences with their intervals: a row a number, the upright line is no difference."""

from collections.abc import Sequence

from drillkit.report.charts.svg import Sheet, fit
from drillkit.report.rehearsal.compare import ChangeRow, ComparisonRows, SweepRows

_WIDTH, _ROW, _LABEL, _RIGHT, _TOP = 960.0, 30.0, 200.0, 250.0, 30.0
_DOT = 4.0
_TONES = {"better": "excellent", "worse": "poor", "different": "good"}


def forest(rows: ComparisonRows, changes: Sequence[ChangeRow], number: int) -> str:
    """The picture of these changes, all in one unit; `number` tells pictures of a page apart."""
    height = _TOP + _ROW * len(changes) + 10
    about = rows.say("chart.forest-about")
    sheet = Sheet(_WIDTH, height, rows.say("chart.forest"), about, f"forest{number}")
    reach = max((max(abs(one.change.lo), abs(one.change.hi)) for one in changes), default=0.0)
    reach = _even(reach)
    room = _WIDTH - _LABEL - _RIGHT

    def x(value: float) -> float:
        return _LABEL + room * (value + reach) / (2 * reach)

    foot = _TOP + _ROW * len(changes)
    for at in (-reach, -reach / 2, 0.0, reach / 2, reach):
        sheet.line(x(at), _TOP - 6, x(at), foot, "axis" if not at else "grid")
        figure = f"{at:+g}".replace("-", "\N{MINUS SIGN}") if at else "0"
        sheet.text(x(at), _TOP - 11, figure, "small", anchor="middle")
    for place, row in enumerate(changes):
        change, y = row.change, _TOP + _ROW * place + _ROW / 2
        strong = "strong" if change.id == "combined" else ""
        sheet.text(_LABEL - 10, y + 4, fit(row.title, _LABEL - 12), strong, anchor="end")
        sheet.line(x(change.lo), y, x(change.hi), y, "whisker")
        for end in (change.lo, change.hi):
            sheet.line(x(end), y - 5, x(end), y + 5, "whisker")
        tone = f"fill {_TONES.get(change.verdict, 'open')}"
        sheet.box(x(change.by) - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT, tone, round=1)
        right = _WIDTH - _RIGHT + 14
        sheet.text(right, y + 4, row.by, "strong")
        sheet.text(right + 62, y + 4, row.within, "small")
    return str(sheet)


def _even(reach: float) -> float:
    """The next round number, so that the axis has plain figures."""
    for step in (0.2, 0.5, 1.0, 2.0, 4.0, 10.0, 20.0, 40.0, 100.0):
        if reach <= step:
            return step
    return -(-reach // 100) * 100.0


_PANEL, _TALL, _LEFT, _HEAD, _PLOT = 960.0, 176.0, 70.0, 30.0, 106.0


def courses(rows: SweepRows, place: int) -> str:
    """A panel a number: its difference from the pack as it stands at each value."""
    told = rows.courses(rows.teams[place])
    about = rows.say("chart.sweep-about")
    sheet = Sheet(_PANEL, _TALL * len(told) + 4, rows.say("chart.sweep"), about, f"sweep{place}")
    values = rows.found.values
    step = (_PANEL - _LEFT - 16) / len(values)
    for number, course in enumerate(told):
        top = _TALL * number
        shown = [(nth, one) for nth, one in enumerate(course) if one is not None]
        lo = min(0.0, *(one.lo for _, one in shown))
        hi = max(0.0, *(one.hi for _, one in shown))
        lo, hi = (lo, hi) if hi > lo else (-1.0, 1.0)

        def y(value: float, top: float = top, lo: float = lo, hi: float = hi) -> float:
            return top + _HEAD + _PLOT * (hi - value) / (hi - lo)

        first = shown[0][1]
        kind = "strong" if not number else ""
        sheet.text(0, top + 14, fit(rows.title(first), _PANEL - 10), kind)
        for at in sorted({lo, 0.0, hi}):
            sheet.line(_LEFT, y(at), _PANEL - 16, y(at), "axis" if not at else "grid")
            if not at or abs(y(at) - y(0.0)) > 12:
                figure = rows.figure(first, at)
                sheet.text(_LEFT - 6, y(at) + 4, figure, "small", anchor="end")
        for nth, change in shown:
            x = _LEFT + step * (nth + 0.5)
            sheet.line(x, y(change.lo), x, y(change.hi), "whisker")
            for end in (change.lo, change.hi):
                sheet.line(x - 5, y(end), x + 5, y(end), "whisker")
            tone = f"fill {_TONES.get(change.verdict, 'open')}"
            sheet.box(x - _DOT, y(change.by) - _DOT, 2 * _DOT, 2 * _DOT, tone, round=1)
        for nth, value in enumerate(values):
            x = _LEFT + step * (nth + 0.5)
            sheet.text(x, top + _HEAD + _PLOT + 18, fit(value, step), "small", anchor="middle")
    return str(sheet)
