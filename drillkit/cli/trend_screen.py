"""The trend on a screen, and the replay or debrief that is chosen there."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from drillkit.cli import here, live, play, replay
from drillkit.cli.drills import found_sessions, read_drill
from drillkit.cli.failed import Failed
from drillkit.cli.lessons import folder_of
from drillkit.cli.parser import parse
from drillkit.cli.trend import day_of
from drillkit.lessons.register import BEGAN, Register
from drillkit.lessons.standing import stand
from drillkit.model.base import Lang, Millis
from drillkit.model.lesson import Lesson
from drillkit.report import Drill
from drillkit.report.before import kind
from drillkit.report.trend import SCORES, TaskTrend, Trend
from drillkit.ui.screens.trend import (
    TrendChoice,
    TrendDrill,
    TrendLesson,
    TrendMark,
    TrendScreen,
    TrendTask,
    TrendView,
)
from drillkit.words import say
from scoring.assessment import TaskLetter

_WEAK = ("M", "U")


def of_sessions(lang: Lang) -> int:
    """The trend over the finished drills of the sessions folder."""
    ended = [one.path for one in found_sessions() if one.state.stage == "ended"]
    chosen = parse(["trend", "--screen", *map(str, ended)], lang)
    chosen.lang = lang
    return screen(chosen)


def screen(args: Namespace) -> int:
    """Show the drills that compare with the latest, then do what was chosen; see here.run."""
    if not live.has_terminal():
        raise Failed("trend-needs-terminal")
    lang: Lang = args.lang
    drills = _read(dict.fromkeys(Path(name).resolve() for name in args.file), lang)
    shown = TrendScreen(view(drills, Register(folder_of(args)), args.on))
    choice: object = None

    async def look() -> None:
        nonlocal choice, lang
        with here.terminal(shown, lang) as app:
            choice = await app.run_async()
            lang = app.lang

    told = here.run(look())
    if not isinstance(choice, TrendChoice):
        return here.SIGNALLED + told if told else 0
    chosen = parse(["replay" if choice.kind == "replay" else "resume", choice.path], lang)
    chosen.lang = lang
    if choice.kind == "debrief":
        return play.resume(chosen)
    chosen.start = choice.at
    return replay.replay(chosen)


def _read(paths: Mapping[Path, object], lang: Lang) -> dict[str, Drill]:
    """The drills by their paths, with a bar for who waits."""
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(say(lang, "trend.reading"), total=len(paths))
        found: dict[str, Drill] = {}
        for path in paths:
            found[str(path)] = read_drill(path, lang)
            bar.advance(task)
    return found


def view(drills: Mapping[str, Drill], register: Register, on: str | None) -> TrendView:
    """What the screen shows of these drills, by their paths: those like the latest of them."""
    latest = Trend(list(drills.values())).drills[-1]
    alike = {path: one for path, one in drills.items() if kind(one) == kind(latest)}
    trend = Trend(list(alike.values()))
    places = {id(one): path for path, one in alike.items()}
    paths = [places[id(one)] for one in trend.drills]
    contents = register.contents()
    found = stand(contents.lessons, day_of(on, trend.drills))
    seen = {_known(one): (path, one) for path, one in drills.items()}
    days = [(one.lesson, one.days, one.is_overdue) for one in found.waiting]
    days += [(one.lesson, one.days, False) for one in found.learned]
    return TrendView(
        drills=tuple(
            TrendDrill(
                path=path,
                label=trend.label(place),
                title=drill.state.scenario.title,
                marks=tuple(
                    TrendMark(
                        score.final,
                        score.lo,
                        score.hi,
                        score.grade,
                        score.point if score.is_capped else None,
                    )
                    for score in (getattr(drill.assessment, name) for name in SCORES)
                ),
                cutoffs=drill.assessment.weights.cutoffs,
            )
            for place, (path, drill) in enumerate(zip(paths, trend.drills, strict=True))
        ),
        scores=tuple(trend.scores(name)[0].measure.words for name in SCORES),
        tasks=tuple(_task(task, trend, paths) for task in trend.tasks if task.is_weak),
        lessons=tuple(
            TrendLesson(lesson, age, late, *_where(lesson, seen)) for lesson, age, late in days
        ),
        on=found.on,
        left_out=len(drills) - len(alike),
        strange=len(contents.faults),
    )


def _known(drill: Drill) -> tuple[str, str]:
    """How a lesson names the drill in which it was seen."""
    opened = drill.state.opened
    return opened.session if opened else "", drill.began.strftime(BEGAN)


def _task(task: TaskTrend, trend: Trend, paths: Sequence[str]) -> TrendTask:
    """A weak task, with the last drill in which it went badly, at what shows it."""
    place = max(nth for nth, one in enumerate(task.letters) if one in _WEAK)
    drill = trend.drills[place]
    [text] = [one.text for one in drill.state.scenario.tasks if one.id == task.task]
    at = _moment(drill, _letter(drill, task.task).entries)
    return TrendTask(text, task.letters, task.keeps_failing, paths[place], at)


def _letter(drill: Drill, task: str) -> TaskLetter:
    return next(
        one for whole in drill.assessment.objectives for one in whole.tasks if one.task == task
    )


def _where(lesson: Lesson, seen: Mapping[tuple[str, str], tuple[str, Drill]]) -> tuple[str, Millis]:
    """The last drill that is here in which the lesson was seen, and the moment; "" if none is."""
    for sighting in reversed(lesson.drills):
        if here_too := seen.get((sighting.session, sighting.began)):
            path, drill = here_too
            return path, _moment(drill, sighting.entries)
    return "", 0


def _moment(drill: Drill, entries: Sequence[int]) -> Millis:
    """When play showed the first of these entries; the begin where they show none of it."""
    known = (drill.entries[seq].at for seq in entries if 0 < seq < len(drill.entries))
    return min(known, default=0)
