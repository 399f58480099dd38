"""Messages and reports in their order: a line a seat, time downwards, an arrow each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from drillkit.core.records import Mark
from drillkit.model.events import MessageSent, ReportFiled
from drillkit.report.charts.svg import Sheet, fit, text_width
from drillkit.report.drill import Drill, moment

_WIDTH, _LEFT, _ROW, _BOTTOM = 960.0, 52.0, 25.0, 12.0
_TURN = -32
_RISE = 0.53
"""Sine of the turn."""
_SMALL = 10.5
MOST = 60
"""Arrows in one picture; more could not be read."""


@dataclass(frozen=True, slots=True)
class _Sent:
    mark: Mark
    sender: str
    to: tuple[str, ...]
    text: str
    kind: Literal["report", "message"]
    rank: int


def sequence(drill: Drill) -> str:
    """The picture of what was told to whom; "" when nobody wrote to anybody."""
    every = _sent(drill)
    if not every:
        return ""
    foremost = sorted(every, key=lambda one: (one.rank, one.mark))[:MOST]
    shown = sorted(foremost, key=lambda one: one.mark)
    seats = _seats(drill, shown)
    step = (_WIDTH - _LEFT) / (len(seats) + 1)
    places = {seat: _LEFT + step * (nth + 0.5) for nth, seat in enumerate(seats)}
    names = {seat: fit(drill.names.role(seat, drill.lang), 170) for seat in seats}
    top = 32 + max(text_width(name) for name in names.values()) * _RISE
    height = top + _ROW * len(shown) + _BOTTOM
    about = drill.say("chart.sequence-about", shown=len(shown), all=len(every))
    sheet = Sheet(_WIDTH, height, drill.say("chart.sequence"), about, "sequence")
    for seat, x in places.items():
        sheet.line(x, top - 12, x, height - _BOTTOM, "rule")
        sheet.text(x, top - 18, names[seat], turn=_TURN)
    before = ""
    for row, one in enumerate(shown):
        y = top + _ROW * (row + 0.7)
        at = moment(one.mark.at)
        if at != before:
            sheet.text(_LEFT - 8, y + 4, at, "small", anchor="end")
        before = at
        _arrows(sheet, one, places, y)
    return str(sheet)


def _arrows(sheet: Sheet, one: _Sent, places: Mapping[str, float], y: float) -> None:
    start, ends = places[one.sender], [places[seat] for seat in one.to]
    for end in (min(ends), max(ends)):
        sheet.line(start, y, end, y, f"sent {one.kind}")
    for end in ends:
        way = 1 if end > start else -1
        sheet.path(f"M{end:.1f} {y:.1f} l{-7 * way} -4 v8 z", f"tip {one.kind}")
    sheet.box(start - 2.5, y - 2.5, 5, 5, f"tip {one.kind}", round=2.5)
    left = min(start, *ends) + 5
    sheet.text(left, y - 4, fit(one.text, _WIDTH - left, _SMALL), "small")


def _seats(drill: Drill, shown: Sequence[_Sent]) -> list[str]:
    """Those who wrote or were written to, in the order of the plan; others behind."""
    met = {seat for one in shown for seat in (one.sender, *one.to)}
    known = [role.id for role in drill.state.plan.roles if role.id in met]
    return [*known, *sorted(met.difference(known))]


def _sent(drill: Drill) -> list[_Sent]:
    """All that was written to somebody else, with how much it matters that it is drawn."""
    found: list[_Sent] = []
    for message in drill.state.messages.values():
        rank = 1 if message.event.facts else 2
        found += _one(message.sent, message.event, message.event.text, "message", rank)
    for report in drill.state.reports.values():
        title = drill.names.rule(report.event.rule, drill.lang)
        found += _one(report.filed, report.event, title, "report", 0)
    return found


def _one(
    mark: Mark,
    event: MessageSent | ReportFiled,
    text: str,
    kind: Literal["report", "message"],
    rank: int,
) -> list[_Sent]:
    to = tuple(seat for seat in event.to if seat != event.sender)
    return [_Sent(mark, event.sender, to, text, kind, rank)] if to else []
