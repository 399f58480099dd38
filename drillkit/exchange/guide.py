"""Reads an evaluation guide that came back: which drill it is of, whose it is, what it brings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from drillkit.exchange.cells import a_line, a_text, shown, whole
from drillkit.exchange.lines import Lines
from drillkit.exchange.problem import Flawed, Place, Problem
from drillkit.exchange.reading import Reading
from drillkit.exchange.workbook import Sheet
from drillkit.model.base import LANGS, Lang
from drillkit.model.text import Line
from drillkit.report.drill import Drill
from drillkit.report.xlsx_layout import (
    FORMAT,
    FREE,
    PASSPORT,
    PASSPORT_KEYS,
    RATER,
    READ_FROM,
    VERSION,
)


@dataclass(frozen=True, slots=True)
class Guide:
    """What the hidden sheet says: its version, its language, and which drill it is of."""

    version: int
    lang: Lang
    session: str
    seq: int
    seal: str


def guide_of(sheets: Iterable[Sheet]) -> Guide | Problem | None:
    """What the hidden sheet says; None where the workbook is no evaluation guide."""
    sheet = next((sheet for sheet in sheets if sheet.name == PASSPORT), None)
    if sheet is None or sheet.cells.get((0, 1)) != FORMAT:
        return None
    row = {key: row for row, key in enumerate(PASSPORT_KEYS)}
    cell = {key: sheet.cells.get((row[key], 1)) for key in PASSPORT_KEYS}
    version, seq = whole(cell["version"]), whole(cell["seq"])
    if version is None or seq is None:
        key = "version" if version is None else "seq"
        return Problem("no-number", sheet.place(row[key], 1))
    if not READ_FROM <= version <= VERSION:
        place = sheet.place(row["version"], 1)
        return Problem("version", place, {"version": version, "known": VERSION})
    lang = next((lang for lang in LANGS if lang == cell["lang"]), None)
    if lang is None:
        return Problem("language", sheet.place(row["lang"], 1), {"its": shown(cell["lang"])})
    return Guide(version, lang, shown(cell["session"]), seq, shown(cell["seal"]))


def read_guide(
    sheets: tuple[Sheet, ...],
    guide: Guide,
    drill: Drill,
    seal_at: Callable[[int], str],
    name: str = "",
) -> Reading:
    """What the guide brings to the drill, whose language must be the guide's.

    `seal_at` gives the hash that closed the journal behind an entry; `name` is the evaluator's,
    where the one in the workbook is not to be used. When anything is wrong with the whole of it,
    nothing is given.
    """
    try:
        _must_fit(sheets, guide, drill, seal_at)
        rater = _rater(sheets, drill, name)
    except Flawed as flaw:
        return Reading(Line(), (), 0, 0, (flaw.problem,))
    return Lines(sheets, drill, rater, guide.version).read()


def _must_fit(
    sheets: tuple[Sheet, ...], guide: Guide, drill: Drill, seal_at: Callable[[int], str]
) -> None:
    opened = drill.state.opened
    assert opened is not None
    for key, fits in (
        ("session", guide.session == opened.session),
        ("seal", guide.seq <= drill.state.seq and guide.seal == seal_at(guide.seq) != ""),
    ):
        if not fits:
            place = Place(PASSPORT, PASSPORT_KEYS.index(key), 1)
            raise Flawed("other-drill", place, session=opened.session, its=guide.session)
    first = Place(sheets[0].name, 0, 0)
    if drill.state.stage != "ended":
        raise Flawed("not-over", first)
    if drill.state.signed:
        raise Flawed("signed", first)


def _rater(sheets: Iterable[Sheet], drill: Drill, name: str) -> Line:
    """Who rates: one name, wherever in the workbook it was written."""
    places = [
        sheet.place(row, FREE)
        for sheet in sheets
        for row in sheet.rows()
        if sheet.cells.get((row, 0)) == RATER
    ]
    first = places[0] if places else Place(PASSPORT, 0, 0)
    by_sheet = {sheet.name: sheet for sheet in sheets}
    found: dict[str, Place] = {}
    if name:
        found[a_line(name, first)] = first
    else:
        for place in places:
            if text := a_text(by_sheet[place.sheet], place.row, FREE):
                found.setdefault(a_line(text, place), place)
    if not found:
        raise Flawed("no-rater", first)
    if len(found) > 1:
        one, other = list(found)[:2]
        raise Flawed("two-raters", found[other], one=one, other=other)
    rater = Line(next(iter(found)))
    if rater in drill.state.submitted:
        raise Flawed("submitted", found[rater], rater=rater)
    return rater
