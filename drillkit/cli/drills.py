"""Commands on finished or stopped drills: list, score, export, verify."""

import json
import sys
from argparse import Namespace
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from platformdirs import user_data_path
from rich.table import Table
from rich.text import Text

from drillkit.cli import papers
from drillkit.cli.failed import Failed
from drillkit.cli.papers import formats_of
from drillkit.cli.tables import show
from drillkit.core.assignments import evaluators, same_name
from drillkit.core.clocks import face
from drillkit.core.fold import fold
from drillkit.core.state import State
from drillkit.journal import JournalFault
from drillkit.journal.sqlite import SqliteJournal
from drillkit.journal.sqlite import verify as verify_journal
from drillkit.model.base import LANGS, Lang
from drillkit.model.events import SessionOpened
from drillkit.packs.rubrics import weights
from drillkit.report import PLAIN_FORMATS, Drill, score_json
from drillkit.report import export as write_reports
from drillkit.report.drill import bounds, drawn, grade
from drillkit.words import listing, say


def sessions_folder() -> Path:
    """Where sessions lie that nobody gave another place."""
    return user_data_path("drillkit", appauthor=False) / "sessions"


def read_drill(path: Path, lang: Lang, weights_name: str | None = None) -> Drill:
    """The drill in a journal, assessed; raises JournalFault, or Failed when none was opened."""
    journal = SqliteJournal.open(path, write=False)
    with closing(journal):
        entries, seal = journal.read(), journal.seal()
        while journal.head() != len(entries) - 1:
            # A host is writing: what is read must be what is sealed.
            entries, seal = journal.read(), journal.seal()
    if not any(isinstance(entry.event, SessionOpened) for entry in entries[:1]):
        raise Failed("not-started", path=path)
    chosen = weights(weights_name) if weights_name else None
    return drawn(entries, seal, lang, chosen)


@dataclass(frozen=True, slots=True)
class Found:
    """A session on this machine; `began` is the wall time of its first entry, in ms."""

    path: Path
    state: State
    began: int

    def facts(self) -> dict[str, object]:
        """What `sessions --json` says of it."""
        opened = self.state.opened
        return {
            "session": opened.session if opened else "",
            "title": {lang: self.state.scenario.title.in_(lang) for lang in LANGS},
            "stage": self.state.stage,
            "clock": face(self.state.at),
            "entries": self.state.seq + 1,
            "path": str(self.path),
        }


def found_sessions() -> list[Found]:
    """The sessions in the sessions folder, by name."""
    found: list[Found] = []
    for path in sorted(sessions_folder().glob("*.drill")):
        try:
            with closing(SqliteJournal.open(path, write=False)) as journal:
                entries = journal.read()
        except JournalFault:
            # A file that is no journal is not a session; `verify` says what is wrong with it.
            continue
        state = fold(entries)
        if state.opened is not None:
            found.append(Found(path, state, entries[0].wall))
    return found


def sessions(args: Namespace) -> int:
    """List the sessions in the sessions folder."""
    lang: Lang = args.lang
    found = found_sessions()
    if args.json:
        print(json.dumps([one.facts() for one in found], ensure_ascii=False, indent=2))
        return 0
    if not found:
        print(say(lang, "cli.no-sessions"))
        return 0
    table = Table(box=None, pad_edge=False)
    for heading in ("session", "stage", "at", "path"):
        table.add_column(say(lang, f"cli.headings.{heading}"), overflow="fold")
    for one in found:
        stage = say(lang, f"cli.stage.{one.state.stage}")
        title = Text(one.state.scenario.title.in_(lang))
        table.add_row(title, stage, face(one.state.at), Text(str(one.path)))
    show(table)
    return 0


def score(args: Namespace) -> int:
    """Score a drill."""
    lang: Lang = args.lang
    drill = read_drill(Path(args.file), lang, args.weights)
    placed = None
    if args.among:
        # Simulated people take as long to load as all the rest.
        from drillkit.cli.among import placed_among

        placed = placed_among(drill, args)
    if args.json:
        document = score_json(drill)
        if placed is not None:
            document["among"] = placed.json()
        print(json.dumps(document, ensure_ascii=False, indent=2))
        return 0
    table = Table(box=None, pad_edge=False)
    for heading in ("score", "points", "interval", "coverage", "grade"):
        table.add_column(say(lang, f"cli.headings.{heading}"))
    for one in drill.assessment.scores():
        table.add_row(
            say(lang, one.measure.words),
            "-" if one.final is None else f"{one.final:.1f}",
            bounds(one, lang),
            f"{one.coverage:.0%}",
            grade(drill, one) or "-",
        )
    show(table)
    for one in drill.assessment.scores():
        for cap in one.caps:
            name, reason = say(lang, one.measure.words), say(lang, cap.words, **cap.values)
            print(say(lang, "cli.capped", score=name, points=f"{cap.ceiling:.1f}", why=reason))
    if placed is not None:
        placed.show()
    return 0


def _say_if_unknown(drill: Drill, name: str) -> None:
    """Say that nobody in the drill has this name, and who has one.

    The guide is written all the same: paper is made before its evaluator is known to a drill.
    """
    known = evaluators(drill.state)
    if not any(same_name(name, one) for one in known):
        key = "cli.evaluator-unknown" if known else "cli.no-evaluators"
        names = listing(drill.lang, known)
        print(say(drill.lang, key, name=name, known=names), file=sys.stderr)


def export(args: Namespace) -> int:
    """Write the reports of a drill, or the papers of a pack."""
    if papers.is_of_pack(args.file):
        return papers.export(args)
    if args.plan or args.short or args.map:
        raise Failed("export-of-pack-only")
    drill = read_drill(Path(args.file), args.lang)
    if args.last:
        drill = replace(drill, last=_before(drill, Path(args.last)))
    if args.evaluator:
        _say_if_unknown(drill, args.evaluator)
    formats = PLAIN_FORMATS if args.formats is None else formats_of(args.formats)
    for path in write_reports(
        drill, Path(args.to), formats, force=args.force, rater=args.evaluator
    ):
        print(say(args.lang, "cli.wrote", path=path))
    return 0


def _before(drill: Drill, path: Path) -> Drill:
    """The finished drill in that journal, which is to stand beside this one as the one before."""
    last = read_drill(path, drill.lang)
    if last.seal == drill.seal:
        raise Failed("last-same", path=path)
    if last.state.stage != "ended":
        raise Failed("last-not-over", path=path)
    if last.began > drill.began:
        began, this = f"{last.began:%Y-%m-%d %H:%M}", f"{drill.began:%Y-%m-%d %H:%M}"
        raise Failed("last-later", path=path, began=began, this=this)
    return last


def verify(args: Namespace) -> int:
    """Say whether the journal's chain holds."""
    verdict = verify_journal(Path(args.file))
    if verdict.broken is not None:
        raise Failed("verify-broken", entry=verdict.broken)
    print(say(args.lang, "cli.verify-holds", n=verdict.entries, seal=verdict.seal))
    return 0
