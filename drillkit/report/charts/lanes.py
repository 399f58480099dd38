"""Injects and answers, one lane a role: when it came, when it was answered, and how late."""

from collections.abc import Callable
from dataclasses import dataclass

from drillkit.model.base import MINUTE, Millis
from drillkit.report.charts.svg import Sheet, fit, minute_ticks, text_width
from drillkit.report.course import Answer, answers
from drillkit.report.drill import Drill, moment

_WIDTH, _BAR, _GAP, _TOP, _BOTTOM = 960.0, 16.0, 5.0, 24.0, 34.0
_MOST_LABEL, _LETTER = 190.0, 20.0


@dataclass(frozen=True, slots=True)
class _Bar:
    inject: str
    answer: Answer
    until: Millis


def lanes(drill: Drill) -> str:
    """The picture; "" when nobody was ever asked anything."""
    bars = _bars(drill)
    if not bars:
        return ""
    names = {role: drill.names.role(role, drill.lang) for role in bars}
    label = min(_MOST_LABEL, max(text_width(name) for name in names.values()) + 20)
    end = max(drill.end_at, MINUTE)
    room = _WIDTH - label - 34
    apart = round(end * _LETTER / room)
    tracks = {role: _stacked(mine, apart) for role, mine in bars.items()}

    def x(at: Millis) -> float:
        return label + room * min(at, end) / end

    rows = [max(len(stack), 1) * (_BAR + _GAP) + _GAP * 2 for stack in tracks.values()]
    height = _TOP + sum(rows) + _BOTTOM
    sheet = Sheet(_WIDTH, height, drill.say("chart.lanes"), drill.say("chart.lanes-about"), "lanes")
    sheet.hatch()
    for at in minute_ticks(end):
        sheet.line(x(at), _TOP - 6, x(at), height - _BOTTOM, "grid")
        sheet.text(x(at), _TOP - 10, moment(at), "small", anchor="middle")
    y = _TOP
    for (role, stack), tall in zip(tracks.items(), rows, strict=True):
        for stay in drill.state.presence[role].stays if role in drill.state.presence else ():
            until = stay.left.at if stay.left else end
            sheet.box(x(stay.came.at), y + 1, x(until) - x(stay.came.at), tall - 2, "present")
        sheet.line(0, y + tall, _WIDTH, y + tall, "rule")
        sheet.text(label - 10, y + tall / 2 + 4, fit(names[role], label - 16), anchor="end")
        for row, line in enumerate(stack):
            for bar in line:
                _draw(sheet, drill, bar, x, y + _GAP * 1.5 + row * (_BAR + _GAP))
        y += tall
    _legend(sheet, drill, label, height - 12)
    return str(sheet)


def _bars(drill: Drill) -> dict[str, list[_Bar]]:
    """The bars of each role, in the order of the plan."""
    lanes: dict[str, list[_Bar]] = {role.id: [] for role in drill.state.plan.roles}
    for record in drill.state.injects.values():
        for answer in answers(drill, record):
            until = answer.answered_at
            if until is None:
                until = drill.end_at if answer.limit_at is None else answer.limit_at
            lanes.setdefault(answer.role, []).append(
                _Bar(record.id, answer, min(until, drill.end_at))
            )
    return {role: mine for role, mine in lanes.items() if mine}


def _stacked(bars: list[_Bar], apart: Millis) -> list[list[_Bar]]:
    """The bars on as few lines as keep them and their letters `apart`."""
    lines: list[list[_Bar]] = []
    for bar in sorted(bars, key=lambda bar: (bar.answer.released_at, bar.inject)):
        free = (line for line in lines if _ends(line[-1]) + apart <= bar.answer.released_at)
        line = next(free, None)
        if line is None:
            lines.append([bar])
        else:
            line.append(bar)
    return lines


def _ends(bar: _Bar) -> Millis:
    """Where the bar and the tick of its limit end."""
    return max(bar.until, bar.answer.limit_at or 0)


def _draw(sheet: Sheet, drill: Drill, bar: _Bar, x: Callable[[Millis], float], y: float) -> None:
    answer = bar.answer
    left, right = x(answer.released_at), x(bar.until)
    wide = max(right - left, 3.0)
    if answer.timing in ("late", "too-late"):
        sheet.hatched(left, y, wide, _BAR, f"bar {answer.timing}")
    else:
        sheet.box(left, y, wide, _BAR, f"bar {answer.timing}")
    sheet.path(f"M{left - 4:.1f} {y - 3:.1f} h8 l-4 6 z", "released")
    beside = left + wide + 3
    if answer.limit_at is not None and answer.limit_at <= drill.end_at:
        limit = x(answer.limit_at)
        sheet.line(limit, y - 2, limit, y + _BAR + 2, "limit")
        if left + wide - 1 <= limit < beside + _LETTER:
            beside = limit + 4
    sheet.text(beside, y + 12, drill.say(f"letter.{answer.timing}"), f"letter {answer.timing}")
    room = wide - 8
    title = drill.names.inject(bar.inject, drill.lang)
    # On a hatch nobody could read it.
    if room >= 30 and answer.timing in ("in-time", "missed", "unasked"):
        kind = "inside small" if answer.timing == "in-time" else "small"
        sheet.text(left + 6, y + 12, fit(title, room, 11), kind)


def _legend(sheet: Sheet, drill: Drill, x: float, y: float) -> None:
    for timing in ("in-time", "late", "too-late", "missed"):
        name = f"{drill.say(f'letter.{timing}')} {drill.say(f'timing.{timing}')}"
        if timing in ("late", "too-late"):
            sheet.hatched(x, y - 10, 18, 11, f"bar {timing}")
        else:
            sheet.box(x, y - 10, 18, 11, f"bar {timing}")
        sheet.text(x + 23, y, name, "small")
        x += 23 + text_width(name, 11) + 18
    sheet.path(f"M{x:.1f} {y - 9:.1f} h8 l-4 6 z", "released")
    name = drill.say("chart.released")
    sheet.text(x + 13, y, name, "small")
    x += 13 + text_width(name, 11) + 18
    sheet.line(x + 2, y - 10, x + 2, y + 2, "limit")
    sheet.text(x + 10, y, drill.say("chart.limit"), "small")
