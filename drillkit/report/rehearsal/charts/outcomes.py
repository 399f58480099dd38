"""How the outcome variables end, between doing nothing and expert play."""

from collections.abc import Sequence

from drillkit.model.scenario import Outcome
from drillkit.report.charts.svg import Sheet, fit
from drillkit.report.drill import NONE
from drillkit.report.rehearsal.charts.marks import (
    WIDTH,
    anchored,
    colour,
    legend,
    mark,
    pages,
    wrapped,
)
from drillkit.report.rehearsal.charts.ridge import Scale, binned, ridge
from drillkit.report.rehearsal.rows import Rows, spread

_LABEL, _RIGHT, _TOP, _HEAD, _ROW = 250.0, 190.0, 24.0, 40.0, 36.0


def outcomes(rows: Rows) -> list[str]:
    """The pictures, a block an outcome variable; none where the scenario has none."""
    found = rows.found.job.scenario.outcomes
    split = pages(found, [_block(rows)] * len(found))
    return [_sheet(rows, page, nth) for nth, page in enumerate(split)]


def _block(rows: Rows) -> float:
    return _HEAD + _ROW * len(rows.teams) + 6


def _sheet(rows: Rows, shown: Sequence[Outcome], nth: int) -> str:
    height = _TOP + _block(rows) * len(shown) + 6
    title, about = rows.report("outcomes.title"), rows.report("outcomes.about")
    sheet = Sheet(WIDTH, height, title, about, f"outcomes-{nth}")
    legend(sheet, rows, 12)
    for row, outcome in enumerate(shown):
        _draw(sheet, rows, outcome, _TOP + row * _block(rows))
    return str(sheet)


def _draw(sheet: Sheet, rows: Rows, outcome: Outcome, top: float) -> None:
    name, tall = f"outcome/{outcome.id}", _block(rows)
    counts = [tally.count(name) for tally in rows.tallies]
    low, high = reach(outcome, [value / 1000 for count in counts for value in count.values])
    scale = Scale(low, high, _LABEL, WIDTH - _LABEL - _RIGHT)
    anchored(sheet, name, top, tall)
    sheet.line(0, top, WIDTH, top, "rule")
    for nth, line in enumerate(wrapped(outcome.title.in_(rows.lang), _LABEL - 40, 2)):
        sheet.text(0, top + 17 + nth * 14, line, "strong")
    unit = fit(outcome.unit.in_(rows.lang), _RIGHT - 24, 11)
    sheet.text(WIDTH - _RIGHT + 16, top + 28, unit, "small")
    for at, key in ((outcome.null, "nothing"), (outcome.reference, "expert")):
        x = scale.x(at)
        sheet.line(x, top + 32, x, top + tall - 4, "limit")
        anchor = "start" if x < scale.left + scale.room / 2 else "end"
        y = top + (28 if key == "nothing" else 15)
        sheet.text(x, y, rows.report(key, value=f"{at:g}"), "small", anchor=anchor)
    for team, count in enumerate(counts):
        y = top + _HEAD + _ROW * team + 22
        mark(sheet, team, 8, y - 4)
        sheet.text(20, y, fit(rows.team(rows.teams[team]), _LABEL - 34, 11), "small")
        found = spread(count, 1000)
        bins = binned(count, 1000 * low, 1000 * high)
        kind = f"bars {colour(team)}"
        ridge(sheet, scale, y, team=team, bins=bins, spread=found, kind=lambda _at, kind=kind: kind)
        said = NONE
        if found.median is not None:
            said = f"{found.median:.1f} ({found.p10:.1f}{NONE}{found.p90:.1f})"
        sheet.text(WIDTH - _RIGHT + 16, y, said)


def reach(outcome: Outcome, values: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest that the axis shows: marks and values with a little room."""
    known = [outcome.null, outcome.reference, outcome.start, *values]
    low, high = min(known), max(known)
    room = (high - low) * 0.02 or 1.0
    return low - room, high + room
