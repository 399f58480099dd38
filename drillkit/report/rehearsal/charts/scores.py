"""The spread of each score for each team, on the ground of the grades."""

from collections.abc import Sequence

from drillkit.report.charts.svg import Sheet, fit
from drillkit.report.drill import NONE
from drillkit.report.rehearsal.charts.marks import WIDTH, anchored, legend, mark, pages
from drillkit.report.rehearsal.charts.ridge import Scale, binned, ridge
from drillkit.report.rehearsal.rows import Rows, ScoreRow, Spread
from scoring.grading import grade

_LABEL, _RIGHT, _TOP, _HEAD, _ROW = 190.0, 210.0, 46.0, 26.0, 38.0


def scores(rows: Rows) -> list[str]:
    """The picture: a block a score, the whole before its parts, a line a team."""
    block = _HEAD + _ROW * len(rows.teams)
    return [
        _sheet(rows, page, nth)
        for nth, page in enumerate(pages(rows.scores, [block] * len(rows.scores)))
    ]


def _sheet(rows: Rows, shown: Sequence[ScoreRow], nth: int) -> str:
    block = _HEAD + _ROW * len(rows.teams)
    height = _TOP + block * len(shown) + 6
    title, about = rows.report("scores.title"), rows.report("scores.about")
    sheet = Sheet(WIDTH, height, title, about, f"spread-scores-{nth}")
    scale = Scale(0, 100, _LABEL, WIDTH - _LABEL - _RIGHT)
    cutoffs = rows.found.job.weights.cutoffs
    legend(sheet, rows, 12)
    for row, score in enumerate(shown):
        anchored(sheet, f"score/{score.id}", _TOP + row * block, block)
    for at in (0.0, cutoffs.fair, cutoffs.good, cutoffs.excellent, 100.0):
        sheet.line(scale.x(at), _TOP - 4, scale.x(at), height - 6, "grid")
        sheet.text(scale.x(at), _TOP - 9, f"{at:g}", "small", anchor="middle")

    def kind(points: float) -> str:
        return f"fill {grade(points, cutoffs)}"

    for row, score in enumerate(shown):
        top = _TOP + row * block
        sheet.line(0, top, WIDTH, top, "rule")
        sheet.text(0, top + 17, fit(score.title, _LABEL - 12), "strong")
        for team, spread in enumerate(score.spreads):
            y = top + _HEAD + _ROW * team + 18
            mark(sheet, team, 8, y - 2)
            sheet.text(20, y + 2, fit(rows.team(rows.teams[team]), _LABEL - 34, 11), "small")
            bins = binned(rows.tallies[team].count(f"score/{score.id}"), 0, 10_000)
            ridge(sheet, scale, y, team=team, bins=bins, spread=spread, kind=kind)
            _numbers(sheet, rows, spread, y)
    return str(sheet)


def _numbers(sheet: Sheet, rows: Rows, spread: Spread, y: float) -> None:
    x = WIDTH - _RIGHT + 16
    if spread.median is None:
        sheet.text(x, y - 2, NONE)
        return
    sheet.text(x, y - 4, f"{spread.median:.1f}", "strong")
    sheet.text(x + 36, y - 4, f"{spread.p10:.1f}{NONE}{spread.p90:.1f}")
    if spread.mean is not None and spread.mean_hi is not None:
        margin = f"{spread.mean_hi - spread.mean:.1f}"
        mean = rows.report("mean", mean=f"{spread.mean:.1f}", margin=margin)
        sheet.text(x, y + 9, mean, "small")
