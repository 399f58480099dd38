"""`drillkit trend`: what became of an organisation's scores, tasks and lessons over its drills."""

import json
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from rich.table import Table
from rich.text import Text

from drillkit.cli.drills import read_drill
from drillkit.cli.lessons import folder_of
from drillkit.cli.tables import show
from drillkit.lessons.register import Register
from drillkit.lessons.standing import Standing, stand
from drillkit.lessons.steps import a_day
from drillkit.report import Drill
from drillkit.report.trend import SCORES, Trend, trend_json
from drillkit.report.trend_files import (
    age,
    counts,
    due,
    export_trend,
    letter,
    pace,
    score_titles,
    seen,
    standing,
    uncapped,
    weak_tasks,
)
from drillkit.words import say
from scoring.assessment import Score

_MOST = 20
"""Lessons on the screen; the files hold all."""


def trend(args: Namespace) -> int:
    """Show the trend of the drills, and write it where that is asked for."""
    if args.screen:
        # All that a screen needs: who reads the trend as text does without it.
        from drillkit.cli.trend_screen import screen

        return screen(args)
    found = _trend(args)
    if args.json:
        print(json.dumps(trend_json(found), ensure_ascii=False, indent=2))
    else:
        _show(found)
    if args.to:
        for path in export_trend(found, Path(args.to), force=args.force):
            if not args.json:
                print(say(args.lang, "cli.wrote", path=path))
    return 0


def _trend(args: Namespace) -> Trend:
    paths = dict.fromkeys(Path(name).resolve() for name in args.file)
    drills = [read_drill(path, args.lang) for path in paths]
    lessons = Register(folder_of(args)).all()
    return Trend(drills, stand(lessons, day_of(args.on, drills)))


def day_of(on: str | None, drills: Iterable[Drill]) -> str:
    """The day on which lessons are looked at: the one asked for, or that of the latest drill."""
    return a_day(on) if on else max(f"{drill.began:%Y-%m-%d}" for drill in drills)


def _show(trend: Trend) -> None:
    labels = [trend.label(place) for place in range(len(trend.drills))]
    scores = Table(box=None, pad_edge=False)
    scores.add_column(trend.say("column-drill"))
    scores.add_column(trend.say("column-scenario"), overflow="fold")
    for title in score_titles(trend):
        scores.add_column(title, justify="right")
    for label, drill in zip(labels, trend.drills, strict=True):
        found = [getattr(drill.assessment, name) for name in SCORES]
        cells = [_score(trend, one) for one in found]
        scores.add_row(label, Text(drill.state.scenario.title.in_(trend.lang)), *cells)
    show(scores)
    for sentence in trend.apart():
        print(sentence)
    if weak := weak_tasks(trend):
        print()
        tasks = Table(box=None, pad_edge=False)
        tasks.add_column(trend.say("column-task"), overflow="fold")
        for label in labels:
            tasks.add_column(label)
        tasks.add_column("")
        for task in weak:
            told = trend.say("keeps-failing") if task.keeps_failing else ""
            tasks.add_row(Text(task.text), *(letter(trend, one) for one in task.letters), told)
        show(tasks)
    again = [one for one in trend.lessons if len(one.seen) > 1][:_MOST]
    if again:
        print()
        lessons = Table(box=None, pad_edge=False)
        lessons.add_column(trend.say("column-lesson"), overflow="fold")
        lessons.add_column(trend.say("column-seen"))
        lessons.add_column(trend.say("column-standing"))
        for one in again:
            lessons.add_row(Text(one.title), seen(trend, one), standing(trend, one))
        show(lessons)
    if left := len(trend.lessons) - len(again):
        print(trend.say("more", n=left))
    if trend.register:
        print()
        _show_register(trend, trend.register)


def _score(trend: Trend, score: Score) -> str:
    """A score in a cell: points, what they were before a limit, interval and coverage."""
    lines = (
        "-" if score.final is None else f"{score.final:.1f}",
        uncapped(trend, score),
        f"{score.lo:.0f}-{score.hi:.0f} {score.coverage:.0%}",
    )
    return "\n".join(filter(None, lines))


def _show_register(trend: Trend, register: Standing) -> None:
    print(trend.say("register", day=register.on))
    if not any(register.counts.values()):
        print(trend.say("register-empty"))
        return
    print(counts(trend, register))
    print(pace(trend, register))
    if not register.waiting:
        return
    table = Table(box=None, pad_edge=False)
    table.add_column(trend.say("column-open"), overflow="fold")
    for name in ("status", "since", "age", "due"):
        table.add_column(trend.say(f"column-{name}"))
    for one in register.waiting[:_MOST]:
        lesson = one.lesson
        status = say(trend.lang, f"register.status-{lesson.status}")
        title = Text(lesson.title.in_(trend.lang))
        table.add_row(title, status, lesson.since(), age(trend, one), Text(due(trend, one)))
    show(table)
    if (left := len(register.waiting) - _MOST) > 0:
        print(trend.say("more-open", n=left))
