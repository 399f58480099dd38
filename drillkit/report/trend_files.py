"""The trend as files: one HTML page that needs nothing else, the picture alone, and JSON."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from drillkit import whole
from drillkit.lessons.standing import Standing, Waiting
from drillkit.report.charts.register import register_chart
from drillkit.report.charts.trend import trend_chart
from drillkit.report.drill import interval, percent, points
from drillkit.report.files import ReportExists
from drillkit.report.inert import environment
from drillkit.report.trend import SCORES, LessonTrend, TaskTrend, Trend, trend_json
from drillkit.words import listing, say
from scoring.assessment import Score

_TONGUES = {"en": "en", "zh": "zh-CN"}


def export_trend(trend: Trend, folder: Path, *, force: bool = False) -> list[Path]:
    """Write trend.html, trend.svg and trend.json into `folder`, which is made; the files written.

    Raises ReportExists before anything is written when one is there, unless `force` is set.
    """
    document = json.dumps(trend_json(trend), ensure_ascii=False, indent=2) + "\n"
    contents = {
        "trend.html": trend_html(trend),
        "trend.svg": trend_svg(trend),
        "trend.json": document,
    }
    paths = {name: folder / name for name in contents}
    for path in paths.values():
        if path.exists() and not force:
            raise ReportExists(path)
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in paths.items():
        whole.put(path, contents[name].encode())
    return list(paths.values())


def trend_svg(trend: Trend) -> str:
    """The picture with its own colours, to stand in another document."""
    css = files("drillkit.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    picture = trend_chart(trend)
    start = picture.index(">") + 1
    return f"{picture[:start]}<style>{css.replace('<', '')}</style>{picture[start:]}\n"


def trend_html(trend: Trend) -> str:
    """The whole trend. What people wrote is escaped, and nothing in it can act."""
    return _template().render(
        tongue=_TONGUES[trend.lang],
        t=trend.say,
        organisation=trend.drills[-1].state.plan.organisation.in_(trend.lang),
        apart=trend.apart(),
        chart=Markup(trend_chart(trend)),  # noqa: S704  # built by an XML library
        scores=score_titles(trend),
        drills=list(_drills(trend)),
        tasks=[
            {
                "text": task.text,
                "letters": [letter(trend, one) for one in task.letters],
                "keeps_failing": task.keeps_failing,
            }
            for task in weak_tasks(trend)
        ],
        lessons=[
            {
                "title": one.title,
                "level": say(trend.lang, f"report.level.{one.level}"),
                "seen": seen(trend, one),
                "standing": standing(trend, one),
            }
            for one in trend.lessons
        ],
        register=_register(trend, trend.register) if trend.register else None,
    )


def score_titles(trend: Trend) -> list[str]:
    """What the scores are called, in the order of SCORES."""
    return [say(trend.lang, trend.scores(name)[0].measure.words) for name in SCORES]


def weak_tasks(trend: Trend) -> list[TaskTrend]:
    """The tasks that went badly at least once."""
    return [task for task in trend.tasks if task.is_weak]


def letter(trend: Trend, rating: str | None) -> str:
    """A rating in a cell: its letter, or a sign for none."""
    if rating in ("P", "S", "M", "U"):
        return rating
    return trend.say("unrated") if rating else ""


def seen(trend: Trend, lesson: LessonTrend) -> str:
    """In how many of the drills."""
    return trend.say("seen", n=len(lesson.seen), all=len(trend.drills))


def standing(trend: Trend, lesson: LessonTrend) -> str:
    """Whether the lesson showed again in the latest drill, and over how many days."""
    if not lesson.still:
        return trend.say("gone", last=trend.label(lesson.seen[-1]))
    if len(lesson.seen) == 1:
        return trend.say("new")
    return trend.say("again", n=lesson.days, first=trend.label(lesson.seen[0]))


def uncapped(trend: Trend, score: Score) -> str:
    """What a capped score was before the limit; "" for any other."""
    if not score.is_capped:
        return ""
    return say(trend.lang, "score.uncapped", point=points(score.point))


def counts(trend: Trend, register: Standing) -> str:
    """How many lessons stand in each state, and how many are past their day."""
    said = [
        trend.say("counted", status=say(trend.lang, f"register.status-{status}"), n=n)
        for status, n in register.counts.items()
    ]
    return trend.say("counts", counts=listing(trend.lang, said), n=register.overdue)


def pace(trend: Trend, register: Standing) -> str:
    """How long it took to close a lesson."""
    found = register.pace
    if found is None:
        return trend.say("no-pace")
    return trend.say(
        "pace", n=found.n, median=f"{found.median:g}", low=found.least, high=found.most
    )


def age(trend: Trend, one: Waiting) -> str:
    """How long a lesson has been open."""
    return trend.say("not-yet") if one.days is None else trend.say("days", n=one.days)


def due(trend: Trend, one: Waiting) -> str:
    """By when it is due, and whether that day is over."""
    if not one.lesson.due:
        return trend.say("no-due")
    return trend.say("overdue", day=one.lesson.due) if one.is_overdue else one.lesson.due


def _register(trend: Trend, register: Standing) -> dict[str, Any]:
    return {
        "head": trend.say("register", day=register.on),
        "is_empty": not any(register.counts.values()),
        "counts": counts(trend, register),
        "pace": pace(trend, register),
        "chart": Markup(register_chart(trend)),  # noqa: S704  # built by an XML library
        "open": [
            {
                "title": one.lesson.title.in_(trend.lang),
                "level": say(trend.lang, f"register.level-{one.lesson.level}"),
                "status": say(trend.lang, f"register.status-{one.lesson.status}"),
                "since": one.lesson.since(),
                "age": age(trend, one),
                "due": due(trend, one),
                "is_overdue": one.is_overdue,
            }
            for one in register.waiting
        ],
        "closed": [
            {
                "title": one.lesson.title.in_(trend.lang),
                "since": one.lesson.since(),
                "verified": one.lesson.since("verified"),
                "took": trend.say("days", n=one.days),
            }
            for one in register.learned
        ],
    }


def _drills(trend: Trend) -> Iterator[dict[str, Any]]:
    for place, drill in enumerate(trend.drills):
        weights = drill.assessment.weights
        yield {
            "label": trend.label(place),
            "title": drill.state.scenario.title.in_(trend.lang),
            "weights": f"{weights.id} {weights.version}",
            "scores": [
                {
                    "final": points(score.final),
                    "before": uncapped(trend, score),
                    "interval": interval(score),
                    "coverage": percent(score.coverage),
                }
                for score in (getattr(drill.assessment, name) for name in SCORES)
            ],
        }


@cache
def _template() -> Any:
    return environment().get_template("trend.html.j2")
