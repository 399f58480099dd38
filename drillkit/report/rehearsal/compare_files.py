"""A comparison or a sweep as files: one HTML page that needs nothing else, and JSON."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from drillkit import whole
from drillkit.report.charts.forest import courses, forest
from drillkit.report.files import ReportExists
from drillkit.report.inert import environment
from drillkit.report.rehearsal.compare import (
    PARTS,
    ChangeRow,
    ComparisonRows,
    SweepRows,
    comparison_json,
    sweep_json,
)
from drillkit.words import say

_TONGUES = {"en": "en", "zh": "zh-CN"}


def export_comparison(rows: ComparisonRows, folder: Path, *, force: bool = False) -> list[Path]:
    """Write comparison.html and comparison.json into `folder`, which is made; the files written.

    Raises ReportExists before anything is written when one is there, unless `force` is set.
    """
    page = comparison_html(rows)
    return _write(
        {"comparison.html": page, "comparison.json": _text(comparison_json(rows))},
        folder,
        force=force,
    )


def export_sweep(rows: SweepRows, folder: Path, *, force: bool = False) -> list[Path]:
    """Write sweep.html and sweep.json into `folder`; otherwise as export_comparison."""
    return _write(
        {"sweep.html": sweep_html(rows), "sweep.json": _text(sweep_json(rows))}, folder, force=force
    )


def _text(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _write(contents: Mapping[str, str], folder: Path, *, force: bool) -> list[Path]:
    paths = {name: folder / name for name in contents}
    for path in paths.values():
        if path.exists() and not force:
            raise ReportExists(path)
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in paths.items():
        whole.put(path, contents[name].encode())
    return list(paths.values())


def comparison_html(rows: ComparisonRows) -> str:
    """The whole comparison. What people wrote is escaped, and nothing in it can act."""
    teams = []
    for number, team in enumerate(rows.teams):
        parts = {verdict: rows.part(team, verdict) for verdict in PARTS}
        scores = [rows.row(one) for one in rows.changes[team.id] if one.kind == "score"]
        teams.append(
            {
                "title": rows.team(team),
                "chart": _drawn(forest(rows, scores, number)) if scores else None,
                "parts": [_part(rows, verdict, found) for verdict, found in parts.items() if found],
                "counted": rows.counted(team),
            }
        )
    return _template("comparison.html.j2").render(
        tongue=_TONGUES[rows.lang],
        t=rows.say,
        what=say(rows.lang, "rehearse.column.of"),
        title=rows.heading,
        organisation=rows.found.second.plan.organisation.in_(rows.lang),
        about=list(rows.about()),
        apart=list(rows.apart()),
        teams=teams,
    )


def _part(rows: ComparisonRows, verdict: str, found: list[ChangeRow]) -> dict[str, Any]:
    return {
        "name": verdict,
        "title": rows.say(f"part.{verdict}", n=len(found)),
        "rows": [
            {
                "title": one.title,
                "before": one.before,
                "after": one.after,
                "by": one.by,
                "within": one.within,
                "pairs": one.change.pairs,
            }
            for one in found
        ],
    }


def sweep_html(rows: SweepRows) -> str:
    """The whole sweep, as comparison_html."""
    teams = []
    for place, team in enumerate(rows.teams):
        told = rows.courses(team)
        titles = [rows.title(next(one for one in course if one is not None)) for course in told]
        lines = [
            {
                "value": value,
                "cells": [rows.row(one) if (one := course[nth]) else None for course in told],
            }
            for nth, value in enumerate(rows.found.values)
        ]
        chart = _drawn(courses(rows, place))
        teams.append({"title": rows.team(team), "chart": chart, "titles": titles, "lines": lines})
    return _template("sweep.html.j2").render(
        tongue=_TONGUES[rows.lang],
        t=rows.say,
        title=rows.heading,
        organisation=rows.found.base.plan.organisation.in_(rows.lang),
        about=list(rows.about()),
        path=rows.found.path,
        teams=teams,
    )


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704  # built by an XML library


@cache
def _template(name: str) -> Any:
    return environment().get_template(name)
