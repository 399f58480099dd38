"""Who is busy when: a strip a role and team, dark where there is no pause, with what waits."""

from collections.abc import Callable, Sequence
from math import ceil

from drillkit.model.base import Millis
from drillkit.rehearse.numbers import BIN
from drillkit.rehearse.tally import Sums
from drillkit.report.charts.svg import Sheet, fit, minute_ticks, text_width
from drillkit.report.drill import NONE, moment, percent
from drillkit.report.rehearsal.charts.marks import WIDTH, anchored, label, legend, mark, pages
from drillkit.report.rehearsal.rows import PersonRow, Rows

_LABEL, _RIGHT, _TOP, _ROW, _PAD = 200.0, 62.0, 44.0, 24.0, 8.0
_STRIP = 11.0
_SHADES = 5
_NUMBER = 20.0
"""Room that the number of a queue takes."""


def load(rows: Rows) -> list[str]:
    """The picture, a block a role; none where nobody came to a post."""
    shown = [row for row in rows.people if any(busy is not None for busy in row.busy)]
    split = pages(shown, [_block(rows)] * len(shown))
    return [_sheet(rows, page, nth) for nth, page in enumerate(split)]


def _block(rows: Rows) -> float:
    return max(40.0, _ROW * len(rows.teams) + _PAD)


def _sheet(rows: Rows, shown: Sequence[PersonRow], nth: int) -> str:
    block = _block(rows)
    bottom = _TOP + block * len(shown)
    title, about = rows.report("load.title"), rows.report("load.about")
    sheet = Sheet(WIDTH, bottom + 6, title, about, f"load-{nth}")
    end = _end(rows)
    room = WIDTH - _LABEL - _RIGHT

    def x(at: Millis) -> float:
        return _LABEL + room * min(at, end) / end

    _shades(sheet, rows, legend(sheet, rows, 12) + 16)
    for row, one in enumerate(shown):
        anchored(sheet, f"busy/{one.id}", _TOP + row * block, block)
    for at in minute_ticks(end):
        sheet.line(x(at), _TOP - 4, x(at), bottom, "grid")
        sheet.text(x(at), _TOP - 9, moment(at), "small", anchor="middle")
    for row, one in enumerate(shown):
        top = _TOP + row * block
        sheet.line(0, top, WIDTH, top, "rule")
        label(sheet, one.title, "", (0, top + 18), _LABEL - 34)
        for team, tally in enumerate(rows.tallies):
            y = top + _PAD / 2 + _ROW * team + 2
            mark(sheet, team, _LABEL - 14, y + 6)
            if busy := tally.courses.get(f"busy/{one.id}"):
                _strip(sheet, busy, tally.courses.get(f"queue/{one.id}"), x, y)
            share = one.busy[team]
            said = NONE if share is None else percent(share)
            sheet.text(WIDTH, y + 10, said, "small", anchor="end")
    return str(sheet)


def _end(rows: Rows) -> Millis:
    steps = [
        len(sums.sums)
        for tally in rows.tallies
        for name, sums in tally.courses.items()
        if name.startswith("busy/")
    ]
    return max(steps, default=1) * BIN


def _strip(
    sheet: Sheet, busy: Sums, queue: Sums | None, x: Callable[[Millis], float], y: float
) -> None:
    sheet.box(x(0), y, x(len(busy.sums) * BIN) - x(0), _STRIP, "track", round=0)
    for step, mean in enumerate(busy.means()):
        if shade := min(_SHADES, ceil(mean * _SHADES / 1000 - 0.25)):
            left = x(step * BIN)
            sheet.box(left, y, x((step + 1) * BIN) - left, _STRIP, f"heat h{shade}", round=0)
    if queue is None:
        return
    every = max(1, ceil(_NUMBER / (x(BIN) - x(0))))
    means = queue.means()
    for step in range(0, len(means), every):
        waiting = round(max(means[step : step + every]))
        if waiting > 1:
            middle = (x(step * BIN) + x(min(step + every, len(means)) * BIN)) / 2
            sheet.text(middle, y + _STRIP + 9, str(waiting), "tiny", anchor="middle")


def _shades(sheet: Sheet, rows: Rows, x: float) -> None:
    words = rows.report("load.shade")
    sheet.text(x, 12, fit(words, 200, 11), "small")
    x += text_width(words, 11) + 8
    for shade in range(_SHADES + 1):
        sheet.box(x + shade * 14, 3, 14, 10, "track", round=0)
        if shade:
            sheet.box(x + shade * 14, 3, 14, 10, f"heat h{shade}", round=0)
    sheet.text(x + 14 * (_SHADES + 1) + 8, 12, rows.report("load.waiting"), "small")
