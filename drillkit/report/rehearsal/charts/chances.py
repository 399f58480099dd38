"""How often branches fire and milestones are reached, and usually when."""

from collections.abc import Sequence
from dataclasses import dataclass

from drillkit.report.charts.svg import Sheet
from drillkit.report.drill import NONE, percent
from drillkit.report.rehearsal.charts.marks import (
    PITCH,
    WIDTH,
    anchored,
    chance,
    label,
    legend,
    mark,
    pages,
    percents,
)
from drillkit.report.rehearsal.rows import Chance, Rows, time

_LABEL, _TOP, _PAD = 350.0, 44.0, 12.0
_PLACE = (380.0, 340.0)


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    title: str
    chances: tuple[Chance, ...]
    whens: tuple[int | None, ...]


def branches(rows: Rows) -> list[str]:
    """The injects on a condition; none where the script has no branches."""
    found = [
        _Row(f"branch/{row.id}", row.title, row.chances, _whens(rows, f"branch/{row.id}"))
        for row in rows.branches
        if row.conditional
    ]
    return _sheets(rows, found, "branches")


def milestones(rows: Rows) -> list[str]:
    """The milestones of the story; none where it has none."""
    found = [
        _Row(f"milestone/{row.id}", row.title, row.chances, _whens(rows, f"milestone/{row.id}"))
        for row in rows.milestones
    ]
    return _sheets(rows, found, "milestones")


def _whens(rows: Rows, name: str) -> tuple[int | None, ...]:
    return tuple(tally.count(name).quantile(0.5) for tally in rows.tallies)


def _tall(rows: Rows) -> float:
    return max(38.0, PITCH * len(rows.teams) + _PAD)


def _sheets(rows: Rows, found: list[_Row], kind: str) -> list[str]:
    split = pages(found, [_tall(rows)] * len(found))
    return [_sheet(rows, page, kind, nth) for nth, page in enumerate(split)]


def _sheet(rows: Rows, shown: Sequence[_Row], kind: str, nth: int) -> str:
    tall = _tall(rows)
    bottom = _TOP + tall * len(shown)
    about = rows.report("chances-about")
    sheet = Sheet(WIDTH, bottom + 6, rows.report(kind), about, f"{kind}-{nth}")
    legend(sheet, rows, 12)
    for row, one in enumerate(shown):
        anchored(sheet, one.name, _TOP + row * tall, tall)
    percents(sheet, _PLACE, _TOP, bottom)
    for row, one in enumerate(shown):
        top = _TOP + row * tall
        sheet.line(0, top, WIDTH, top, "rule")
        label(sheet, one.title, "", (0, top + 18), _LABEL)
        first = top + (tall - PITCH * (len(rows.teams) - 1)) / 2
        for team, (often, when) in enumerate(zip(one.chances, one.whens, strict=True)):
            y = first + PITCH * team
            chance(sheet, team, often, _PLACE, y)
            mark(sheet, team, _PLACE[0] + _PLACE[1] + 24, y)
            said = NONE if often.share is None else percent(often.share)
            if when is not None:
                said = rows.report("usually", share=said, time=time(when))
            sheet.text(_PLACE[0] + _PLACE[1] + 34, y + 4, said, "tiny")
    return str(sheet)
