"""`drillkit rescore`: a new score set beside the old one, with what changed and why."""

import json
import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from rich.table import Table
from rich.text import Text

from drillkit.cli.drills import read_drill
from drillkit.cli.tables import show
from drillkit.model.base import Lang
from drillkit.packs.rubrics import weights
from drillkit.report import Drill
from drillkit.report.rescore import changes, rescore_json, score_changes, settings, told
from drillkit.words import say
from scoring.assess import assess

_TERMS = 3
"""How deep the table goes where nothing changed by itself: to the terms of a dimension."""
_ARROW = " → "
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


def rescore(args: Namespace) -> int:
    """Score by the other weights, show what changes, and write it beside; never over a file."""
    lang: Lang = args.lang
    path = Path(args.file)
    chosen = weights(args.weights)
    old = read_drill(path, lang)
    new = replace(old, assessment=assess(old.whole or old.state, weights=chosen))
    document = json.dumps(rescore_json(old, new), ensure_ascii=False, indent=2) + "\n"
    if args.json:
        print(document, end="")
        if not args.to:
            return 0
    else:
        _show(old, new, lang)
    folder = Path(args.to) if args.to else path.parent
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{path.stem}.{chosen.id}-{_ODD.sub('_', chosen.version)}"
    written = _put_beside(folder, stem, document.encode())
    if not args.json:
        print(say(lang, "cli.wrote", path=written))
    return 0


def _put_beside(folder: Path, stem: str, content: bytes) -> Path:
    """Write `<stem>.json`, with a number where another one has the name; the file that holds it."""
    number = 1
    while True:
        path = folder / (f"{stem}.json" if number == 1 else f"{stem}-{number}.json")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            if path.read_bytes() == content:
                return path
            number += 1
            continue
        return path


def _show(old: Drill, new: Drill, lang: Lang) -> None:
    def word(name: str, **values: object) -> str:
        return say(lang, f"rescore.{name}", **values)

    before, after = old.assessment.weights, new.assessment.weights
    print(
        word(
            "head",
            old=f"{before.id} {before.version}",
            new=f"{after.id} {after.version}",
            title=new.state.scenario.title.in_(lang),
        )
    )
    differing = settings(before, after)
    if not differing:
        print(word("same-set"))
    for one in differing:
        print(f"  {one.key}: {one.old:g}{_ARROW}{one.new:g}")
    print()
    scores = Table(box=None, pad_edge=False)
    for name in ("score", "points", "interval", "grade", "why"):
        scores.add_column(word(f"column-{name}"))
    for score in score_changes(old, new):
        scores.add_row(
            score.title,
            _both(*(_points(x) for x in score.final)),
            _both(*(f"{lo:.1f}-{hi:.1f}" for lo, hi in score.span)),
            _both(*(say(lang, f"result.grade-{x}") if x else "-" for x in score.grade)),
            told(score.why, lang),
        )
    show(scores)
    print()
    terms = Table(box=None, pad_edge=False)
    for name in ("term", "weight", "points", "why"):
        terms.add_column(word(f"column-{name}"))
    for term in changes(old, new):
        if term.depth <= _TERMS or term.why:
            terms.add_row(
                Text("  " * term.depth + term.name),
                _both(*(f"{x:.2f}" for x in term.weight)),
                _both(*(_points(x) for x in term.point)),
                told(term.why, lang) or word("unchanged"),
            )
    show(terms)


def _both(old: str, new: str) -> str:
    """Once where it is the same."""
    return old if old == new else f"{old}{_ARROW}{new}"


def _points(x: float | None) -> str:
    return "-" if x is None else f"{x:.1f}"
