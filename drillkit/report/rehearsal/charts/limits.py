"""Each limit: the times that teams take against target and limit, and the chance to meet it."""

from collections.abc import Sequence
from itertools import groupby
from typing import get_args

from drillkit.rehearse.limits import Kind
from drillkit.report.charts.svg import Sheet
from drillkit.report.drill import NONE, percent
from drillkit.report.rehearsal.charts.marks import (
    PITCH,
    WIDTH,
    anchored,
    chance,
    interval,
    label,
    legend,
    mark,
    pages,
    percents,
)
from drillkit.report.rehearsal.rows import LimitRow, Rows, Spread, time

_LABEL, _TOP, _PAD = 385.0, 58.0, 12.0
_TIMES = (400.0, 220.0)
"""Left and width of the times: from the start to twice the limit."""
_CHANCES = (660.0, 190.0)
_NEVER = 2.0
"""Stands for the share of what never came up, which comes after all that did."""
_ORDER: tuple[Kind, ...] = get_args(Kind)


def limit_charts(rows: Rows) -> dict[str, list[str]]:
    """The pictures of each kind of limit, the hardest first; a kind without any is left out."""
    ranked = sorted(
        rows.limits,
        key=lambda row: (_ORDER.index(row.limit.kind), row.shares or [_NEVER], row.limit.name),
    )
    return {
        kind: [
            _sheet(rows, page, f"limits-{kind}-{nth}")
            for nth, page in enumerate(pages(mine, [_tall(rows)] * len(mine)))
        ]
        for kind, group in groupby(ranked, key=lambda row: row.limit.kind)
        if (mine := list(group))
    }


def _tall(rows: Rows) -> float:
    return max(48.0, PITCH * len(rows.teams) + _PAD)


def _sheet(rows: Rows, shown: Sequence[LimitRow], kind: str) -> str:
    tall = _tall(rows)
    bottom = _TOP + tall * len(shown)
    title = rows.say(f"kind.{shown[0].limit.kind}")
    sheet = Sheet(WIDTH, bottom + 6, title, rows.report("limits.about"), kind)
    x = legend(sheet, rows, 12)
    sheet.path(_ideal(x + 2, 8), "ideal")
    sheet.text(x + 12, 12, rows.report("ideal"), "small")
    left, room = _TIMES
    for row, one in enumerate(shown):
        anchored(sheet, one.limit.name, _TOP + row * tall, tall)
    for times, words in ((0, "0"), (1, rows.report("limit")), (2, rows.report("twice"))):
        anchor = "end" if times == 2 else "middle"
        sheet.text(left + room * times / 2, _TOP - 5, words, "small", anchor=anchor)
    sheet.text(left, _TOP - 20, rows.report("takes"), "strong")
    sheet.text(_CHANCES[0], _TOP - 20, rows.report("chance"), "strong")
    percents(sheet, _CHANCES, _TOP, bottom)
    for row, one in enumerate(shown):
        _row(sheet, rows, one, _TOP + row * tall)
    return str(sheet)


def _row(sheet: Sheet, rows: Rows, row: LimitRow, top: float) -> None:
    tall, limit = _tall(rows), row.limit
    label(sheet, row.title, _under(rows, row), (0, top + 15), _LABEL)
    left, room = _TIMES

    def x(seconds: float) -> float:
        return left + room * min(2.0, seconds / max(1, limit.seconds)) / 2

    sheet.line(0, top, WIDTH, top, "rule")
    sheet.box(left, top + 3, x(limit.target) - left, tall - 6, "within", round=0)
    sheet.box(x(limit.target), top + 3, x(limit.seconds) - x(limit.target), tall - 6, "between")
    sheet.line(x(limit.seconds), top, x(limit.seconds), top + tall, "limit")
    if row.floor is not None:
        sheet.path(_ideal(x(row.floor), top + 5), "ideal")
        sheet.line(x(row.floor), top + 8, x(row.floor), top + tall - 3, "ideal-line")
    first = top + (tall - PITCH * (len(rows.teams) - 1)) / 2
    for team, (takes, met) in enumerate(zip(row.takes, row.chances, strict=True)):
        y = first + PITCH * team
        _takes(sheet, team, takes, (x(takes.p10 or 0), x(takes.median or 0), x(takes.p90 or 0)), y)
        chance(sheet, team, met, _CHANCES, y)
        mark(sheet, team, _CHANCES[0] + _CHANCES[1] + 22, y)
        said = (
            NONE if met.share is None else rows.report("of", share=percent(met.share), n=met.runs)
        )
        sheet.text(_CHANCES[0] + _CHANCES[1] + 32, y + 4, said, "tiny")


def _takes(
    sheet: Sheet, team: int, takes: Spread, xs: tuple[float, float, float], y: float
) -> None:
    if takes.median is not None:
        interval(sheet, team, xs, y)


def _under(rows: Rows, row: LimitRow) -> str:
    limit = row.limit
    if limit.target == limit.seconds:
        parts = [rows.report("row.limit", limit=time(limit.seconds))]
    else:
        target = time(limit.target)
        parts = [rows.report("row.target", target=target, limit=time(limit.seconds))]
    if row.floor is not None:
        parts.append(rows.report("row.ideal", time=time(row.floor)))
    elif limit.name in rows.found.floor:
        parts.append(rows.report("row.ideal-never"))
    return " · ".join([*([row.role] if row.role not in ("", row.title) else []), *parts])


def _ideal(x: float, y: float) -> str:
    return f"M{x - 4:.1f} {y - 4:.1f} h8 l-4 7 z"
