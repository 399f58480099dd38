"""A rehearsal as one JSON document, and the published schema that it keeps to."""

import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

from drillkit.model.base import SECOND, Lang, Text, Title
from drillkit.model.text import clean
from drillkit.rehearse.advice import Advice
from drillkit.rehearse.numbers import BIN
from drillkit.rehearse.tally import Count, Tally
from drillkit.report.rehearsal.charts.outcomes import reach
from drillkit.report.rehearsal.charts.ridge import binned
from drillkit.report.rehearsal.rows import Chance, LimitRow, Rows, Spread, spread

VERSION = 1
_DECIMALS = 6


def rehearsal_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `rehearsal_json` gives."""
    place = files("drillkit.report").joinpath("rehearsal.schema.json")
    return json.loads(place.read_text(encoding="utf-8"))


def rehearsal_json(rows: Rows) -> dict[str, Any]:
    """All of it: points from 0 to 100, shares from 0 to 1, times in seconds.

    Where a list has one member a team, it is in the order of `teams`.
    """
    found, lang = rows.found, rows.lang
    job = found.job
    scenario, plan = job.scenario, job.plan
    return {
        "version": VERSION,
        "language": lang,
        "scenario": {
            "id": scenario.id,
            "version": scenario.version,
            "title": scenario.title.in_(lang),
            "family": scenario.family,
        },
        "plan": {"id": plan.id, "version": plan.version, "title": plan.title.in_(lang)},
        "weights": {"id": job.weights.id, "version": job.weights.version},
        "cutoffs": {
            name: getattr(job.weights.cutoffs, name) for name in ("excellent", "good", "fair")
        },
        "seed": job.seed,
        "short": job.short,
        "runs": found.runs,
        "done": found.done,
        "whole": found.is_whole,
        "step": BIN // SECOND,
        "teams": [_team(rows, place) for place in range(len(rows.teams))],
        "ideal": dict(found.floor),
        "advice": [_advice(rows, one) for one in rows.advice],
        "scores": [
            {
                "id": row.id,
                "title": row.title,
                "teams": [_score(tally, row.id) for tally in rows.tallies],
            }
            for row in rows.scores
        ],
        "limits": [_limit(rows, row) for row in rows.limits],
        "branches": [
            {
                "id": row.id,
                "title": row.title,
                "conditional": row.conditional,
                "teams": _events(rows, f"branch/{row.id}", row.chances),
            }
            for row in rows.branches
        ],
        "milestones": [
            {
                "id": row.id,
                "title": row.title,
                "teams": _events(rows, f"milestone/{row.id}", row.chances),
            }
            for row in rows.milestones
        ],
        "outcomes": _outcomes(rows),
        "people": _people(rows),
        "needs": _needs(rows),
        "stocks": _stocks(rows),
        "costs": [
            [
                {"id": row.id, "title": row.title, "points": _number(row.points)}
                for row in rows.costs(place, None)
            ]
            for place in range(len(rows.teams))
        ],
    }


def _number(x: float | None) -> float | None:
    return None if x is None else round(float(x), _DECIMALS)


def _team(rows: Rows, place: int) -> dict[str, Any]:
    team, tally = rows.teams[place], rows.tallies[place]
    return {
        "id": team.id,
        "title": rows.team(team),
        "profile": team.model_dump(mode="json", exclude={"id", "title"}),
        "runs": tally.runs,
        "crashes": [{"seed": crash.seed, "what": clean(crash.what)} for crash in tally.crashes],
    }


def _advice(rows: Rows, one: Advice) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "rank": one.rank,
        "values": {name: _value(value, rows.lang) for name, value in one.values.items()},
        "names": list(one.names),
        "sentence": rows.sentence(one),
    }


def _value(value: str | int | Title | Text, lang: Lang) -> str | int:
    return value.in_(lang) if isinstance(value, (Title, Text)) else value


# -- numbers of many runs --------------------------------------------------------------------------


def _spread(count: Count, unit: int = 1) -> dict[str, Any]:
    """How many runs it happened in and how many not; quantiles; the mean with its interval."""
    found: Spread = spread(count, unit)
    edges = (min(count.values, default=None), max(count.values, default=None))
    lowest, highest = (None if edge is None else _number(edge / unit) for edge in edges)
    return {
        "n": found.n,
        "missing": count.missing,
        "min": lowest,
        "p10": _number(found.p10),
        "median": _number(found.median),
        "p90": _number(found.p90),
        "max": highest,
        "mean": _number(found.mean),
        "mean_lo": _number(found.mean_lo),
        "mean_hi": _number(found.mean_hi),
    }


def _bins(count: Count, unit: int, low: float, high: float) -> dict[str, Any]:
    return {
        "from": _number(low),
        "to": _number(high),
        "counts": binned(count, low * unit, high * unit),
    }


def _chance(one: Chance) -> dict[str, Any]:
    return {
        "hits": one.hits,
        "runs": one.runs,
        "share": _number(one.share),
        "lo": _number(one.lo),
        "hi": _number(one.hi),
    }


def _course(tally: Tally, name: str) -> dict[str, Any] | None:
    sums = tally.courses.get(name)
    if sums is None:
        return None
    return {"means": [_number(mean) for mean in sums.means()], "runs": list(sums.runs)}


# -- what they are of ------------------------------------------------------------------------------


def _score(tally: Tally, id: str) -> dict[str, Any]:
    count = tally.count(f"score/{id}")
    return {
        **_spread(count, 100),
        "bins": _bins(count, 100, 0, 100),
        "before_caps": _spread(tally.count(f"raw/{id}"), 100),
    }


def _limit(rows: Rows, row: LimitRow) -> dict[str, Any]:
    limit = row.limit
    return {
        "name": limit.name,
        "kind": limit.kind,
        "title": row.title,
        "role": {"id": limit.role, "title": row.role} if limit.role else None,
        "inject": limit.inject or None,
        "target": limit.target,
        "limit": limit.seconds,
        "ideal": row.floor,
        "teams": [
            {"met": _chance(chance), "takes": _spread(tally.count(limit.name))}
            for tally, chance in zip(rows.tallies, row.chances, strict=True)
        ],
    }


def _events(rows: Rows, name: str, chances: Sequence[Chance]) -> list[dict[str, Any]]:
    return [
        {"happened": _chance(chance), "at": _spread(tally.count(name))}
        for tally, chance in zip(rows.tallies, chances, strict=True)
    ]


def _outcomes(rows: Rows) -> list[dict[str, Any]]:
    found = []
    for outcome in rows.found.job.scenario.outcomes:
        counts = [tally.count(f"outcome/{outcome.id}") for tally in rows.tallies]
        low, high = reach(outcome, [value / 1000 for count in counts for value in count.values])
        found.append(
            {
                "id": outcome.id,
                "title": outcome.title.in_(rows.lang),
                "unit": outcome.unit.in_(rows.lang),
                "start": outcome.start,
                "null": outcome.null,
                "reference": outcome.reference,
                "teams": [
                    {**_spread(count, 1000), "bins": _bins(count, 1000, low, high)}
                    for count in counts
                ],
            }
        )
    return found


def _people(rows: Rows) -> list[dict[str, Any]]:
    def of(tally: Tally, id: str) -> dict[str, Any]:
        return {
            "busy": _spread(tally.count(f"busy/{id}"), 1000),
            "queue": _spread(tally.count(f"queue/{id}")),
            "idle": _spread(tally.count(f"idle/{id}")),
            "busy_course": _course(tally, f"busy/{id}"),
            "queue_course": _course(tally, f"queue/{id}"),
        }

    return [
        {"id": row.id, "title": row.title, "teams": [of(tally, row.id) for tally in rows.tallies]}
        for row in rows.people
    ]


def _needs(rows: Rows) -> list[dict[str, Any]]:
    return [
        {
            "id": need.id,
            "title": need.title.in_(rows.lang),
            "item": need.item,
            "site": need.site,
            "quantity": need.quantity,
            "within": need.within // SECOND,
            "teams": [
                {"arose": _spread(tally.count(f"arose/{need.id}"))} for tally in rows.tallies
            ],
        }
        for need in rows.found.job.scenario.needs
    ]


def _stocks(rows: Rows) -> list[dict[str, Any]]:
    plan, in_lang = rows.found.job.plan, _in(rows.lang)
    stores = [
        (depot, item)
        for depot in plan.depots
        for item in plan.items
        if any(f"stock/{depot.id}/{item.id}" in tally.courses for tally in rows.tallies)
    ]
    return [
        {
            "depot": {"id": depot.id, "title": in_lang(depot.title)},
            "item": {
                "id": item.id,
                "title": in_lang(item.title),
                "unit": in_lang(item.unit),
            },
            "opening": sum(stock.quantity for stock in depot.stock if stock.item == item.id),
            "teams": [
                {
                    "course": _course(tally, f"stock/{depot.id}/{item.id}"),
                    "out": _spread(tally.count(f"out/{depot.id}/{item.id}")),
                }
                for tally in rows.tallies
            ],
        }
        for depot, item in stores
    ]


def _in(lang: Lang) -> Callable[[Title], str]:
    return lambda title: title.in_(lang)
