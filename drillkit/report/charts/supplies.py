"""Supplies: for each need what had come by when, against what was asked for and by when."""

from drillkit.core.records import NeedRecord
from drillkit.model.base import MINUTE, Millis
from drillkit.report.charts.svg import Sheet, fit, minute_ticks
from drillkit.report.drill import Drill, moment

_WIDTH, _COLUMNS, _TALL, _GAP = 960.0, 3, 178.0, 20.0
_LEFT, _TOP, _PLOT = 38.0, 50.0, 92.0


def supplies(drill: Drill) -> str:
    """The picture, one panel a need; "" when nothing was needed."""
    needs = list(drill.state.needs.values())
    if not needs:
        return ""
    rows = -(-len(needs) // _COLUMNS)
    about = drill.say("chart.supplies-about")
    height = rows * _TALL + 8
    sheet = Sheet(_WIDTH, height, drill.say("chart.supplies"), about, "supplies")
    sheet.hatch()
    wide = (_WIDTH - _GAP * (_COLUMNS - 1)) / _COLUMNS
    for index, need in enumerate(needs):
        column, row = index % _COLUMNS, index // _COLUMNS
        _panel(sheet, drill, need, (column * (wide + _GAP), row * _TALL), wide)
    return str(sheet)


def _panel(
    sheet: Sheet, drill: Drill, need: NeedRecord, place: tuple[float, float], wide: float
) -> None:
    left, top = place
    asked, start = need.event.quantity, need.arose.at
    end = max(drill.end_at, start + MINUTE)
    highest = max(asked, need.filled)
    x0, room = left + _LEFT, wide - _LEFT - 22

    def x(at: Millis) -> float:
        return x0 + room * (min(max(at, start), end) - start) / (end - start)

    def y(quantity: float) -> float:
        return top + _TOP + _PLOT * (1 - quantity / highest)

    sheet.text(left, top + 16, fit(need.event.title.in_(drill.lang), wide), "strong")
    site = drill.names.site(need.event.site, drill.lang)
    sheet.text(left, top + 31, fit(f"{_state(drill, need)} · {site}", wide, 11), "small")
    deadline = x(need.event.limit_at)
    in_time = sum(came for at, came, _ in need.arrivals if at <= need.event.limit_at)
    if in_time < asked:
        # The gap at the deadline: what was not there when it was needed.
        sheet.hatched(deadline - 3, y(asked), 6, y(in_time) - y(asked), "bar late")
    sheet.line(x0, y(0), x0 + room, y(0), "axis")
    sheet.line(x0, y(asked), x0 + room, y(asked), "asked")
    if need.event.limit_at <= end:
        sheet.line(deadline, top + _TOP - 6, deadline, y(0) + 4, "limit")
    steps, come = [f"M{x(start):.1f} {y(0):.1f}"], 0
    for at, quantity, _ in need.arrivals:
        come += quantity
        steps.append(f"H{x(at):.1f} V{y(come):.1f}")
    outline = " ".join([*steps, f"H{x(end):.1f}"])
    sheet.path(f"{outline} V{y(0):.1f} Z", "area")
    sheet.path(outline, "come")
    sheet.text(x0 - 5, y(asked) + 4, str(asked), "small", anchor="end")
    sheet.text(x0 - 5, y(0) + 4, "0", "small", anchor="end")
    for at in minute_ticks(end - start, 4):
        sheet.text(x(start + at), y(0) + 16, moment(start + at), "small", anchor="middle")


def _state(drill: Drill, need: NeedRecord) -> str:
    if not need.is_met:
        return drill.say("chart.filled", come=need.filled, asked=need.event.quantity)
    come = 0
    for at, quantity, _ in need.arrivals:
        come += quantity
        if come >= need.event.quantity:
            key = "chart.met" if at <= need.event.limit_at else "chart.met-late"
            return drill.say(key, come=need.filled, asked=need.event.quantity, at=moment(at))
    raise AssertionError("a need that is met had enough arrivals")
