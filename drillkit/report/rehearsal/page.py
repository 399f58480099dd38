"""A rehearsal as one HTML page that needs nothing else: advice first, then pictures, then how."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from drillkit.rehearse.advice import Advice
from drillkit.report.inert import environment
from drillkit.report.rehearsal import charts
from drillkit.report.rehearsal.method import Column, crashes, profiles
from drillkit.report.rehearsal.rows import Rows

_TONGUES = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One sheet, and the words above it ("" where it goes on from the one before)."""

    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its pictures, and how to read them."""

    id: str
    title: str
    about: str
    figures: tuple[Figure, ...]


def rehearsal_html(rows: Rows) -> str:
    """The whole page. What people wrote is escaped, and nothing in it can act."""
    sections = [section for section in _sections(rows) if section.figures]
    return _template().render(
        tongue=_TONGUES[rows.lang],
        t=rows.report,
        title=rows.title,
        organisation=rows.found.job.plan.organisation.in_(rows.lang),
        about=list(rows.about()),
        advice=list(_advice(rows, sections)),
        nothing=rows.say("head.nothing"),
        sections=sections,
        method=_method(rows),
    )


def _sections(rows: Rows) -> Iterator[Section]:
    def section(name: str, figures: Iterable[Figure]) -> Section:
        title, about = rows.report(f"{name}.title"), rows.report(f"{name}.about")
        return Section(name, title, about, tuple(figures))

    limits = charts.limit_charts(rows)
    facts = limits.pop("know", [])
    by_kind = (
        figure
        for kind, sheets in limits.items()
        for figure in _figures(rows.say(f"kind.{kind}"), sheets)
    )
    yield section("scores", _figures("", charts.scores(rows)))
    yield section("limits", by_kind)
    yield section("facts", _figures("", facts))
    yield section("load", _figures("", charts.load(rows)))
    story = [
        *_figures(rows.report("branches"), charts.branches(rows)),
        *_figures(rows.report("milestones"), charts.milestones(rows)),
    ]
    yield section("story", story)
    yield section("stocks", _figures("", charts.stocks(rows)))
    yield section("outcomes", _figures("", charts.outcomes(rows)))
    yield section("costs", _figures("", charts.costs(rows)))


def _figures(title: str, sheets: list[str]) -> Iterator[Figure]:
    for nth, sheet in enumerate(sheets):
        yield Figure("" if nth else title, Markup(sheet))  # noqa: S704  # built by an XML library


# -- advice ----------------------------------------------------------------------------------------

_DRAWN = {"idle": "busy", "queue": "busy"}
"""Names of numbers that are drawn in the row of another."""
_SECTION = {
    "unreachable": "limits",
    "too": "limits",
    "rarely": "limits",
    "branch": "story",
    "runs": "stocks",
    "deaf": "facts",
}
"""Where a rule's matter is drawn, by the first word of its name; else among the people."""


def _advice(rows: Rows, sections: list[Section]) -> Iterator[dict[str, Any]]:
    for one in rows.advice:
        target, section = _rests_on(one, sections)
        yield {
            "sentence": rows.sentence(one),
            "rank": min(one.rank, 5),
            "target": target,
            "where": section,
        }


def _rests_on(one: Advice, sections: list[Section]) -> tuple[str, str]:
    """The id of the row that the advice rests on, else of its section; and the section's title."""
    for name in one.names:
        kind, slash, rest = name.partition("/")
        row = f"{_DRAWN.get(kind, kind)}{slash}{rest}"
        for section in sections:
            if any(f'id="{row}"' in figure.svg for figure in section.figures):
                return row, section.title
    id = _SECTION.get(one.rule.partition("-")[0], "load")
    return next(((id, section.title) for section in sections if section.id == id), ("", ""))


# -- how it was made -------------------------------------------------------------------------------


def _method(rows: Rows) -> dict[str, Any]:
    job, found = rows.found.job, rows.found
    last = job.seed + found.runs - 1
    weights = f"{job.weights.id} {job.weights.version}"
    return {
        "sentences": [
            rows.report("method.runs", n=found.runs, first=job.seed, last=last),
            rows.report("method.pack", plan=job.plan.title, weights=weights),
            rows.report("method.ideal" if found.floor else "method.no-ideal"),
            rows.report("method.intervals"),
            rows.report("method.counts"),
            rows.report("method.people"),
        ],
        "columns": [rows.team(team) for team in rows.teams],
        "profiles": _table(profiles(rows)),
        "crashes": list(crashes(rows)),
    }


def _table(columns: list[Column]) -> list[tuple[str, list[str]]]:
    return [
        (label, [column[place][1] for column in columns])
        for place, (label, _) in enumerate(columns[0] if columns else [])
    ]


@cache
def _template() -> Any:
    return environment().get_template("rehearsal.html.j2")
