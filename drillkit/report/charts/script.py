"""The script as a picture: which inject reaches whom when, and until when it is to be answered."""

from collections.abc import Callable

from drillkit.core.injects import answers_expected
from drillkit.model.base import Millis
from drillkit.model.scenario import Inject
from drillkit.report.charts.svg import Sheet, fit, minute_ticks, text_width
from drillkit.report.papers.paper import Paper

_WIDTH, _ROW, _BAR, _TOP, _BOTTOM = 960.0, 22.0, 8.0, 44.0, 46.0
_MOST_LABEL, _DISC = 190.0, 15.0
_X = Callable[[Millis], float]
"""Where a time stands from left to right (px)."""


def script_chart(paper: Paper) -> str:
    """A lane a role. A number stands where its inject comes, a bar reaches to its last limit."""
    scenario = paper.pack.scenario
    roles = [role.id for role in paper.pack.plan.players()]
    names = {role: paper.book("role", role) for role in roles}
    label = min(_MOST_LABEL, max(map(text_width, names.values()), default=0.0) + 20)
    room = _WIDTH - label - 24
    lanes = {role: _stacked(paper, role, scenario.length, room) for role in roles}
    height = _TOP + sum(_ROW * max(1, len(lane)) for lane in lanes.values()) + _BOTTOM

    def x(at: Millis) -> float:
        return label + room * min(at, scenario.length) / scenario.length

    about = paper.say("chart-about")
    sheet = Sheet(_WIDTH, height, paper.say("chart"), about, "script")
    for at in minute_ticks(scenario.length):
        sheet.line(x(at), _TOP - 6, x(at), height - _BOTTOM, "grid")
        sheet.text(x(at), height - _BOTTOM + 14, paper.time(at), "small", anchor="middle")
    _phases(sheet, paper, x, height)
    y = _TOP
    for role, lane in lanes.items():
        tall = _ROW * max(1, len(lane))
        sheet.line(0, y + tall, _WIDTH, y + tall, "rule")
        sheet.text(label - 10, y + tall / 2 + 4, fit(names[role], label - 16), anchor="end")
        for row, line in enumerate(lane):
            for inject in line:
                _draw(sheet, paper, inject, role, x=x, y=y + row * _ROW)
        y += tall
    _legend(sheet, paper, label, height - 8)
    return str(sheet)


def _stacked(paper: Paper, role: str, length: Millis, room: float) -> list[list[Inject]]:
    """The injects that reach the role, on as few lines as keep their numbers apart."""
    apart = _DISC * 1.2 * length / room
    lines: list[list[Inject]] = []
    for inject in paper.injects:
        if role not in inject.to or inject.at is None:
            continue
        at = inject.at
        line = next((one for one in lines if (one[-1].at or 0) + apart <= at), None)
        if line is None:
            lines.append([inject])
        else:
            line.append(inject)
    return lines


def _draw(sheet: Sheet, paper: Paper, inject: Inject, role: str, *, x: _X, y: float) -> None:
    assert inject.at is not None
    left, middle = x(inject.at), y + _ROW / 2
    limits = [
        2 * one.target if one.limit is None else one.limit
        for one in answers_expected(inject)
        if one.role == role
    ]
    if limits:
        wide = x(inject.at + max(limits)) - left
        sheet.box(left, middle - _BAR / 2, wide, _BAR, "present")
    kind = "bar waiting" if inject.when is not None else "bar in-time"
    sheet.box(left - _DISC / 2, middle - _DISC / 2, _DISC, _DISC, kind, round=_DISC / 2)
    number = "small" if inject.when is not None else "inside small"
    told = str(paper.numbers[inject.id])
    sheet.text(left, middle + 4, told, number, anchor="middle")


def _phases(sheet: Sheet, paper: Paper, x: _X, height: float) -> None:
    """Where each phase begins, by its name; those that share a name are one."""
    phases = paper.pack.scenario.phases
    starts = [
        phase
        for place, phase in enumerate(phases)
        if place == 0 or phase.title != phases[place - 1].title
    ]
    ends = [*(phase.at for phase in starts[1:]), paper.pack.scenario.length]
    for phase, end in zip(starts, ends, strict=True):
        sheet.line(x(phase.at), 6, x(phase.at), height - _BOTTOM, "axis")
        wide = x(end) - x(phase.at)
        title = phase.title.in_(paper.lang)
        if wide > 30:
            sheet.text(x(phase.at) + 4, 16, fit(title, wide - 6, 11), "strong small")
            story = paper.story(phase.at)
            sheet.text(x(phase.at) + 4, 30, fit(story, wide - 6, 11), "small")


def _legend(sheet: Sheet, paper: Paper, x: float, y: float) -> None:
    for name, kind in (("planned", "bar in-time"), ("branch", "bar waiting"), ("limit", "present")):
        sheet.box(x, y - 9, 12, 10, kind, round=5)
        told = paper.say(f"legend.{name}")
        sheet.text(x + 17, y, told, "small")
        x += 17 + text_width(told, 11) + 20
