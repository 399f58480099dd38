"""Each kind of supply: when needs for it arise and are met, and what the stores still hold."""

from collections.abc import Callable
from dataclasses import dataclass

from drillkit.model.base import SECOND, Millis
from drillkit.model.plan import Depot, Item
from drillkit.model.scenario import Need
from drillkit.rehearse.numbers import BIN
from drillkit.report.charts.svg import Sheet, fit, minute_ticks
from drillkit.report.drill import moment
from drillkit.report.rehearsal.charts.marks import (
    PITCH,
    WIDTH,
    anchored,
    colour,
    interval,
    label,
    legend,
    mark,
    pages,
)
from drillkit.report.rehearsal.rows import Rows

_LABEL, _RIGHT, _TOP, _HEAD, _STORE = 300.0, 30.0, 44.0, 24.0, 56.0
_PLOT = 38.0


@dataclass(frozen=True, slots=True)
class _Block:
    item: Item
    needs: tuple[Need, ...]
    depots: tuple[Depot, ...]


def stocks(rows: Rows) -> list[str]:
    """The pictures, a block a kind of supply; none where nothing is kept or needed."""
    found = [block for item in rows.found.job.plan.items if (block := _block(rows, item))]
    split = pages(found, [_tall(rows, block) for block in found])
    return [_sheet(rows, page, nth) for nth, page in enumerate(split)]


def _block(rows: Rows, item: Item) -> _Block | None:
    job = rows.found.job
    needs = tuple(need for need in job.scenario.needs if need.item == item.id)
    depots = tuple(
        depot
        for depot in job.plan.depots
        if any(_name(depot, item) in tally.courses for tally in rows.tallies)
    )
    return _Block(item, needs, depots) if needs or depots else None


def _name(depot: Depot, item: Item) -> str:
    return f"stock/{depot.id}/{item.id}"


def _need(rows: Rows) -> float:
    return max(36.0, PITCH * len(rows.teams) + 8)


def _tall(rows: Rows, block: _Block) -> float:
    return _HEAD + _need(rows) * len(block.needs) + _STORE * len(block.depots) + 8


def _sheet(rows: Rows, blocks: list[_Block], nth: int) -> str:
    bottom = _TOP + sum(_tall(rows, block) for block in blocks)
    title, about = rows.report("stocks.title"), rows.report("stocks.about")
    sheet = Sheet(WIDTH, bottom + 6, title, about, f"stocks-{nth}")
    end = rows.found.job.scenario.length
    room = WIDTH - _LABEL - _RIGHT

    def x(at: Millis) -> float:
        return _LABEL + room * min(at, end) / end

    legend(sheet, rows, 12)
    for at in minute_ticks(end):
        sheet.line(x(at), _TOP - 4, x(at), bottom, "grid")
        sheet.text(x(at), _TOP - 9, moment(at), "small", anchor="middle")
    top = _TOP
    for block in blocks:
        _draw(sheet, rows, block, x, top)
        top += _tall(rows, block)
    return str(sheet)


def _draw(
    sheet: Sheet, rows: Rows, block: _Block, x: Callable[[Millis], float], top: float
) -> None:
    item, lang = block.item, rows.lang
    sheet.line(0, top, WIDTH, top, "axis")
    name = rows.report("item", item=item.title, unit=item.unit)
    sheet.text(0, top + 17, fit(name, _LABEL - 8), "strong")
    top += _HEAD
    for need in block.needs:
        _arises(sheet, rows, need, x, top)
        top += _need(rows)
    for depot in block.depots:
        anchored(sheet, f"out/{depot.id}/{item.id}", top, _STORE)
        opening = sum(stock.quantity for stock in depot.stock if stock.item == item.id)
        under = rows.report("in-store", n=opening)
        label(sheet, depot.title.in_(lang), under, (12, top + 18), _LABEL - 50)
        _store(sheet, rows, (_name(depot, item), opening), x, top)
        top += _STORE


def _arises(sheet: Sheet, rows: Rows, need: Need, x: Callable[[Millis], float], top: float) -> None:
    site = rows.names.site(need.site, rows.lang)
    under = rows.report("needed", quantity=need.quantity, site=site)
    label(sheet, need.title.in_(rows.lang), under, (12, top + 14), _LABEL - 30)
    tall = _need(rows)
    first = top + (tall - PITCH * (len(rows.teams) - 1)) / 2
    for team, tally in enumerate(rows.tallies):
        y = first + PITCH * team
        arose = tally.count(f"arose/{need.id}").quantile(0.5)
        if arose is None:
            sheet.text(x(0) + 4, y + 4, rows.report("never-arose"), "tiny")
            continue
        start, limit = arose * SECOND, arose * SECOND + need.within
        sheet.box(x(start), y - 5, x(limit) - x(start), PITCH - 2, "within", round=0)
        sheet.line(x(limit), y - 6, x(limit), y + 6, "limit")
        met = [tally.count(f"met/{need.id}").quantile(share) for share in (0.1, 0.5, 0.9)]
        low, middle, high = (x(start + (one or 0) * SECOND) for one in met)
        if met[1] is not None:
            interval(sheet, team, (low, middle, high), y)


def _store(
    sheet: Sheet, rows: Rows, store: tuple[str, int], x: Callable[[Millis], float], top: float
) -> None:
    name, opening = store
    courses = [
        (team, sums.means())
        for team, tally in enumerate(rows.tallies)
        if (sums := tally.courses.get(name))
    ]
    highest = max([opening, 1, *(max(means) for _, means in courses)])
    base = top + 8 + _PLOT

    def y(quantity: float) -> float:
        return base - _PLOT * max(0.0, quantity) / highest

    sheet.line(x(0), base, WIDTH - _RIGHT, base, "axis")
    sheet.text(_LABEL - 6, y(highest) + 6, f"{highest:.0f}", "tiny", anchor="end")
    sheet.text(_LABEL - 6, base + 3, "0", "tiny", anchor="end")
    for team, means in courses:
        steps = [f"M{x(0):.1f} {y(opening):.1f}"]
        steps += [f"L{x((step + 1) * BIN):.1f} {y(mean):.1f}" for step, mean in enumerate(means)]
        sheet.path(" ".join(steps), f"course {colour(team)}")
    for team, means in courses:
        mark(sheet, team, x(len(means) * BIN) + 8, y(means[-1]))
