"""The after-action report as one HTML file that needs nothing else, for screen and paper."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from drillkit.model.text import clean
from drillkit.report import charts
from drillkit.report.course import course, log
from drillkit.report.drill import Drill, grade, interval, percent, points
from drillkit.report.lessons import LEVELS, foremost, lessons
from drillkit.report.pages import (
    agreement,
    basics,
    cap_text,
    diagnostics,
    fuzzy,
    letters,
    robustness,
    said_by_evaluators,
    status,
    unseen,
)
from drillkit.report.terms import terms
from drillkit.words import say
from scoring.assessment import Score

_MOST_LINKS = 8
_TONGUES = {"en": "en", "zh": "zh-CN"}


def report_html(drill: Drill) -> str:
    """The whole report. What people wrote is escaped, and nothing in it can act."""
    said, lang = drill.assessment, drill.lang

    def dimension(score: Score) -> dict[str, Any]:
        return {
            "id": score.id,
            "title": say(lang, score.measure.words),
            "points": points(score.final),
            "grade": grade(drill, score),
            "tone": score.grade or "open",
            "interval": interval(score),
            "coverage": percent(score.coverage),
            "bucket": say(lang, score.bucket) if score.bucket else "",
            "caps": [cap_text(drill, cap) for cap in score.caps],
            "diagnostics": diagnostics(drill, score),
            "terms": terms(drill, score),
        }

    return _template().render(
        lang=_TONGUES[lang],
        t=drill.say,
        points=points,
        percent=percent,
        status=status(drill),
        drill=drill,
        basics=basics(drill),
        strengths=foremost(lessons(drill, "strength")),
        foremost=foremost(lessons(drill, *LEVELS[:3])),
        improvements=lessons(drill, *LEVELS[:3]),
        levels=[(drill.say(f"level.{level}"), level, lessons(drill, level)) for level in LEVELS],
        combined=dimension(said.combined),
        process=dimension(said.process),
        result=dimension(said.result),
        dimensions=[dimension(score) for score in (said.arrival, said.supplies, said.information)],
        pictures={
            "scores": Markup(charts.scores(drill)),  # noqa: S704  # built by an XML library
            "lanes": Markup(charts.lanes(drill)),  # noqa: S704
            "supplies": Markup(charts.supplies(drill)),  # noqa: S704
            "knowing": Markup(charts.knowing(drill)),  # noqa: S704
            "network": Markup(charts.network(drill)),  # noqa: S704
        },
        course=course(drill),
        unseen=unseen(drill),
        agreement=agreement(drill),
        letters=list(letters(drill)),
        fuzzy=fuzzy(drill),
        robustness=robustness(drill),
        ratings=said_by_evaluators(drill),
        log=log(drill),
    )


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("drillkit.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned,
    )
    environment.filters["links"] = _links
    return environment.get_template("report.html.j2")


def _cleaned(shown: Any) -> Any:
    return clean(shown) if isinstance(shown, str) and not isinstance(shown, Markup) else shown


def _links(entries: Sequence[int]) -> Markup:
    """Entry numbers as links into the log."""
    shown = Markup(" ").join(
        Markup('<a href="#e{seq}">{seq}</a>').format(seq=seq) for seq in entries[:_MOST_LINKS]
    )
    left = len(entries) - _MOST_LINKS
    return shown + Markup(" +{left}").format(left=left) if left > 0 else shown
