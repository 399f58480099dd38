"""Points over skill: a panel a score, the medians joined, the middle half of the drills behind."""

from collections.abc import Mapping, Sequence

from drillkit.report.charts.svg import Sheet
from tests.validity.monotone import Line

_WIDE, _TALL, _GAP = 300.0, 190.0, 26.0
_LEFT, _TOP, _PLOT = 30.0, 30.0, 120.0


def curves(lines: Sequence[Line], names: Mapping[str, str], title: str) -> str:
    """The picture as SVG."""
    rows = -(-len(lines) // 3)
    about = "Median points at each step of skill, with the middle half of the drills."
    sheet = Sheet(3 * _WIDE + 2 * _GAP, rows * _TALL + 6, title, about, f"skill-{lines[0].pack}")
    for place, line in enumerate(lines):
        left, top = place % 3 * (_WIDE + _GAP), place // 3 * _TALL
        _panel(sheet, line, names[line.score], left, top)
    return str(sheet)


def _panel(sheet: Sheet, line: Line, name: str, left: float, top: float) -> None:
    room = _WIDE - _LEFT - 10

    def x(step: float) -> float:
        return left + _LEFT + room * step

    def y(points: float) -> float:
        return top + _TOP + _PLOT * (1 - points / 100)

    sheet.text(left, top + 18, f"{name}   ρ {line.rho:.3f}", "strong")
    for points in (0, 60, 75, 90, 100):
        sheet.line(x(0), y(points), x(1), y(points), "grid")
        if points != 90:
            sheet.text(x(0) - 5, y(points) + 4, str(points), "small", anchor="end")
    for step in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        sheet.text(x(step), y(0) + 16, f"{step:g}", "small", anchor="middle")
    low = [
        f"{x(step):.1f} {y(lo):.1f}"
        for step, (lo, _) in zip(line.steps, line.quarters, strict=True)
    ]
    high = [
        f"{x(step):.1f} {y(hi):.1f}"
        for step, (_, hi) in zip(line.steps, line.quarters, strict=True)
    ]
    sheet.path(f"M{' L'.join([*low, *reversed(high)])} Z", "area")
    middle = [
        f"{x(step):.1f} {y(one):.1f}" for step, one in zip(line.steps, line.medians, strict=True)
    ]
    sheet.path("M" + " L".join(middle), "come")
