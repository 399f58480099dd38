"""`drillkit import`: takes what other programs bring, by what the file is, and only on consent."""

import sys
import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from drillkit.cli.faults import Failed
from drillkit.exchange import (
    Guide,
    Problem,
    Reading,
    Unreadable,
    enter,
    guide_of,
    read_guide,
    read_workbook,
)
from drillkit.exchange.workbook import Sheet
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.base import Lang
from drillkit.model.commands import RateTask
from drillkit.report import Drill
from drillkit.session import Session
from drillkit.words import say
from scoring.assess import assess


def imports(args: Namespace) -> int:
    """Read a file that came back, and enter what is good of it."""
    path = Path(args.workbook)
    try:
        sheets = read_workbook(path)
    except Unreadable as fault:
        return _failed(args.lang, fault.key, fault.values)
    match guide_of(sheets):
        case None:
            return _failed(args.lang, "import.unknown-file", {"path": path})
        case Problem() as problem:
            _tell([problem], args.lang)
            return 1
        case Guide() if args.into is None:
            return _failed(args.lang, "import.into-needed", {"path": path})
        case guide:
            return _ratings(sheets, guide, args)


def _failed(lang: Lang, key: str, values: Mapping[str, object]) -> int:
    print(say(lang, key, **values), file=sys.stderr)
    return 1


def _ratings(sheets: tuple[Sheet, ...], guide: Guide, args: Namespace) -> int:
    """Enter the ratings of an evaluation guide; the journal is ours until that is done."""
    lang: Lang = args.lang
    journal = SqliteJournal.open(Path(args.into), write=True)
    with closing(journal):
        if journal.head() < 0:
            raise Failed("not-started", path=args.into)
        session = Session(journal)
        drill = Drill(
            state=session.state,
            entries=session.entries,
            assessment=assess(session.state, thorough=False),
            seal=journal.seal(),
            lang=guide.lang,
        )
        reading = read_guide(sheets, guide, drill, journal.seal_at, args.name or "")
        _tell(reading.problems, lang)
        if not reading.given:
            if reading.rater:
                print(say(lang, "import.nothing", rater=reading.rater, n=reading.unchanged))
            return int(any(not problem.is_minor for problem in reading.problems))
        print(_summary(reading, lang))
        if not (args.yes or _consents(lang)):
            return _failed(lang, "import.not-taken", {})
        enter(reading, session, lambda: time.time_ns() // 1_000_000)
    print(say(lang, "import.taken", rater=reading.rater, path=args.into))
    return 0


def _tell(problems: Sequence[Problem], lang: Lang) -> None:
    for problem in problems:
        print(problem.sentence(lang), file=sys.stderr)


def _summary(reading: Reading, lang: Lang) -> str:
    ratings = sum(isinstance(one.command, RateTask) for one in reading.given)
    return say(
        lang,
        "import.summary",
        rater=reading.rater,
        ratings=ratings,
        notes=len(reading.given) - ratings,
        replaced=reading.replaced,
        unchanged=reading.unchanged,
        refused=sum(not problem.is_minor for problem in reading.problems),
    )


def _consents(lang: Lang) -> bool:
    """What the person here says to it; nobody here consents to nothing."""
    if not sys.stdin.isatty():
        return False
    try:
        answer = input(say(lang, "import.ask") + " ")
    except EOFError:
        return False
    return answer.strip().casefold() in say(lang, "import.yes").split()
