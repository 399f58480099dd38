"""Who spoke to whom: seats in two bent columns, a bow for each direction, as wide as its use."""

from collections import Counter
from collections.abc import Sequence
from math import hypot, sqrt

from drillkit.report.charts.svg import Sheet, fit, text_width
from drillkit.report.drill import Drill

_WIDTH, _BOX, _ROW, _MOST_LABEL = 960.0, 26.0, 58.0, 170.0
_BENT = 0.8
"""0: straight columns; 1: an ellipse."""


def network(drill: Drill) -> str:
    """The picture of messages and reports; "" when nobody wrote to anybody."""
    sent = _sent(drill)
    if not sent:
        return ""
    known = [role.id for role in drill.state.plan.roles]
    seats = {seat for pair in sent for seat in pair}
    seats_in_order = sorted(seats, key=lambda seat: (seat not in known, seat))
    seats_in_order.sort(key=lambda seat: known.index(seat) if seat in known else len(known))
    height = _ROW * (len(seats_in_order) + 1) // 2 + 20
    about = drill.say("chart.network-about")
    sheet = Sheet(_WIDTH, height, drill.say("chart.network"), about, "network")
    places = _places(seats_in_order, height)
    most = max(sent.values())
    for (sender, to), count in sorted(sent.items(), key=lambda pair: (pair[1], pair[0])):
        _bow(sheet, places[sender], places[to], count, most)
    outside = {role.id for role in drill.state.plan.roles if role.outside}
    for seat, (x, y) in places.items():
        name = fit(drill.names.role(seat, drill.lang), _MOST_LABEL)
        wide = text_width(name) + 18
        kind = "seat outside" if seat in outside else "seat"
        sheet.box(x - wide / 2, y - _BOX / 2, wide, _BOX, kind, round=6)
        sheet.text(x, y + 4, name, anchor="middle")
    return str(sheet)


def _places(seats: Sequence[str], height: float) -> dict[str, tuple[float, float]]:
    """Clockwise from the top right, in even rows, so that no two boxes meet."""
    half = -(-len(seats) // 2)
    places: dict[str, tuple[float, float]] = {}
    for side, column in ((1, seats[:half]), (-1, list(reversed(seats[half:])))):
        for index, seat in enumerate(column):
            y = (index + 0.5) / len(column) * (height - 2 * _BOX) + _BOX
            out = sqrt(1 - _BENT * (2 * y / height - 1) ** 2)
            places[seat] = (_WIDTH / 2 + side * (_WIDTH / 2 - 100) * out, y)
    return places


def _sent(drill: Drill) -> Counter[tuple[str, str]]:
    """(sender, recipient) -> how many messages and reports."""
    sent: Counter[tuple[str, str]] = Counter()
    for message in drill.state.messages.values():
        sent.update((message.event.sender, to) for to in message.event.to)
    for report in drill.state.reports.values():
        sent.update((report.event.sender, to) for to in report.event.to)
    return Counter({pair: count for pair, count in sent.items() if pair[0] != pair[1]})


def _bow(
    sheet: Sheet, start: tuple[float, float], end: tuple[float, float], count: int, most: int
) -> None:
    """A bow that leaves room for the one back; an arrow and the count near its middle."""
    (x1, y1), (x2, y2) = start, end
    long = hypot(x2 - x1, y2 - y1)
    bend = min(60.0, long * 0.16)
    cx = (x1 + x2) / 2 - (y2 - y1) / long * bend
    cy = (y1 + y2) / 2 + (x2 - x1) / long * bend
    width = 1 + 3 * count / most
    sheet.path(f"M{x1:.1f} {y1:.1f} Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}", f"bow w{round(width)}")
    # The bow is half way to its control point at its middle, and parallel to the chord there.
    mx, my = (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4
    ux, uy = (x2 - x1) / long, (y2 - y1) / long
    tip = f"M{mx + ux * 7:.1f} {my + uy * 7:.1f}"
    left = f"L{mx - ux * 5 - uy * 5:.1f} {my - uy * 5 + ux * 5:.1f}"
    right = f"L{mx - ux * 5 + uy * 5:.1f} {my - uy * 5 - ux * 5:.1f}"
    sheet.path(f"{tip} {left} {right} Z", "arrow")
    sheet.text(mx - uy * 13, my + ux * 13 + 4, str(count), "count", anchor="middle")
