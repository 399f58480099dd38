"""The measures that cost each team most of the combined score."""

from drillkit.report.charts.svg import Sheet, fit
from drillkit.report.rehearsal.charts.marks import WIDTH, colour, mark, pages
from drillkit.report.rehearsal.rows import Rows

_LABEL, _RIGHT, _HEAD, _ROW = 480.0, 70.0, 30.0, 21.0


def costs(rows: Rows) -> list[str]:
    """The pictures, a block a team on one scale; none where no team lost anything."""
    lost = {place: rows.costs(place) for place in range(len(rows.teams))}
    shown = [place for place in lost if lost[place]]
    most = max((row.points for found in lost.values() for row in found), default=0) or 1.0
    heights = [_HEAD + _ROW * len(lost[place]) + 10 for place in shown]
    return [_sheet(rows, page, most, nth) for nth, page in enumerate(pages(shown, heights))]


def _sheet(rows: Rows, places: list[int], most: float, nth: int) -> str:
    height = sum(_HEAD + _ROW * len(rows.costs(place)) + 10 for place in places)
    title, about = rows.report("costs.title"), rows.report("costs.about")
    sheet = Sheet(WIDTH, height + 4, title, about, f"costs-{nth}")
    room, top = WIDTH - _LABEL - _RIGHT, 0.0
    for place in places:
        mark(sheet, place, 8, top + 14)
        sheet.text(20, top + 18, fit(rows.team(rows.teams[place]), WIDTH - 40), "strong")
        top += _HEAD
        for row in rows.costs(place):
            sheet.text(_LABEL - 10, top + 14, fit(row.title, _LABEL - 14), anchor="end")
            sheet.box(_LABEL, top + 3, room * row.points / most, _ROW - 7, f"bars {colour(place)}")
            x = _LABEL + room * row.points / most + 8
            sheet.text(x, top + 14, f"{row.points:.2f}", "strong")
            top += _ROW
        top += 10
    return str(sheet)
