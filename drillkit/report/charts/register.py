"""The register over time: lessons identified and closed so far; what lies between is open."""

from collections.abc import Callable, Sequence
from datetime import date

from drillkit.lessons.standing import Tally
from drillkit.report.charts.svg import Sheet, text_width
from drillkit.report.trend import Trend

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 960.0, 250.0, 40.0, 16.0, 30.0, 48.0
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_APART = 76.0
"""Px between two dates that can both be read."""


def register_chart(trend: Trend) -> str:
    """The picture; "" where all happened on one day, which numbers say better."""
    found = trend.register
    if found is None or len(found.course) < 2:
        return ""
    drills = [f"{drill.began:%Y-%m-%d}" for drill in trend.drills]
    first = _day(min(found.course[0].day, *drills))
    last = _day(max(found.course[-1].day, found.on, *drills))
    last += 1 + (last - first) // 40  # so that what the last day brought has a width
    most = found.course[-1].opened
    sheet = Sheet(
        _WIDTH, _HEIGHT, trend.say("register-chart"), trend.say("register-chart-about"), "register"
    )
    floor, room = _HEIGHT - _FOOT, _WIDTH - _LEFT - _RIGHT

    def x(day: str) -> float:
        return _LEFT + room * (_day(day) - first) / max(1, last - first)

    def y(count: int) -> float:
        return floor - (floor - _TOP) * count / most

    step = next((step for step in _STEPS if most <= step * 6), most)
    for count in range(0, most + 1, step):
        sheet.line(_LEFT, y(count), _WIDTH - _RIGHT, y(count), "grid")
        sheet.text(_LEFT - 6, y(count) + 4, str(count), "small", anchor="end")
    end = date.fromordinal(last).isoformat()
    opened = _stairs(found.course, end, x, lambda one: y(one.opened), floor)
    closed = _stairs(found.course, end, x, lambda one: y(one.closed), floor)
    sheet.path("M" + " L".join([*opened, *closed[::-1]]) + " Z", "area")
    sheet.path("M" + " L".join(opened), "come")
    sheet.path("M" + " L".join(closed), "closed")
    told = -_APART
    for day in drills:
        sheet.line(x(day), _TOP - 6, x(day), floor, "limit")
        if x(day) - told >= _APART:
            told = x(day)
            at = min(max(told, _LEFT + 20), _WIDTH - _RIGHT - 30)
            sheet.text(at, floor + 18, day, "small", anchor="middle")
    _legend(sheet, trend)
    return str(sheet)


def _day(written: str) -> int:
    return date.fromisoformat(written).toordinal()


def _stairs(
    course: Sequence[Tally],
    end: str,
    x: Callable[[str], float],
    y: Callable[[Tally], float],
    floor: float,
) -> list[str]:
    """The corners of a line that rises on the days on which something happened."""
    corners, height = list[str](), floor
    for one in course:
        corners += [f"{x(one.day):.1f} {height:.1f}", f"{x(one.day):.1f} {y(one):.1f}"]
        height = y(one)
    return [*corners, f"{x(end):.1f} {height:.1f}"]


def _legend(sheet: Sheet, trend: Trend) -> None:
    at, y = _LEFT, _HEIGHT - 12
    for kind, key in (("come", "register-opened"), ("closed", "register-closed")):
        sheet.line(at, y - 4, at + 22, y - 4, kind)
        text = trend.say(key)
        sheet.text(at + 28, y, text, "small")
        at += 28 + text_width(text, 11) + 24
    sheet.line(at + 6, y - 11, at + 6, y + 2, "limit")
    sheet.text(at + 14, y, trend.say("register-drill"), "small")
