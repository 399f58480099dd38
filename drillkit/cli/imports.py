"""`drillkit import`: takes what other programs bring, by what the file is, and only on consent."""

import sys
import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from drillkit.cli.failed import Failed
from drillkit.core.state import State
from drillkit.exchange import (
    Guide,
    Problem,
    Reading,
    Unreadable,
    enter,
    guide_of,
    hand_in,
    read_guide,
    read_workbook,
)
from drillkit.exchange.workbook import Sheet
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.base import Lang
from drillkit.model.commands import MakeNote
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
        if not reading.rater:
            return 1
        if reading.given:
            print(_summary(reading, lang))
            if not (args.yes or _consents(say(lang, "import.ask"), lang)):
                return _failed(lang, "import.not-taken", {})
            enter(reading, session, _wall)
            print(say(lang, "import.taken", rater=reading.rater, path=args.into))
        else:
            print(say(lang, "import.nothing", rater=reading.rater, n=reading.unchanged))
        status = int(bool(reading.refused) and not reading.given)
        return _handed_in(reading, session, args) or status


def _wall() -> int:
    return time.time_ns() // 1_000_000


def _handed_in(reading: Reading, session: Session, args: Namespace) -> int:
    """Hand in what now stands, where that is wanted; the answer is the exit status.

    Not while any place cannot be taken: what is handed in is corrected by no workbook.
    """
    lang, rater = args.lang, reading.rater
    tasks, duties = _rated(session.state, rater)
    if reading.refused and args.hand_in:
        return _failed(lang, "import.not-handed-in", {"n": reading.refused})
    if not (tasks or duties):
        return _failed(lang, "refused.nothing-rated", {}) if args.hand_in else 0
    if not args.hand_in:
        if reading.refused:
            print(say(lang, "import.not-handed-in", n=reading.refused))
            return 0
        question = say(
            lang,
            "import.hand-in-ask",
            rater=rater,
            tasks=tasks,
            all=len(session.script.tasks),
            duties=duties,
        )
        if not _consents(question, lang):
            print(say(lang, "import.hand-in-later", path=args.into, workbook=args.workbook))
            return 0
    hand_in(rater, session, _wall)
    print(say(lang, "import.handed-in", rater=rater, tasks=tasks, duties=duties))
    return 0


def _rated(state: State, rater: str) -> tuple[int, int]:
    """How many tasks, and the duties of how many roles, this rater has rated."""
    tasks = sum(one == rater for _, one in state.ratings)
    return tasks, sum(one == rater for _, one in state.duties)


def _tell(problems: Sequence[Problem], lang: Lang) -> None:
    for problem in problems:
        print(problem.sentence(lang), file=sys.stderr)


def _summary(reading: Reading, lang: Lang) -> str:
    notes = sum(isinstance(one.command, MakeNote) for one in reading.given)
    return say(
        lang,
        "import.summary",
        rater=reading.rater,
        ratings=say(lang, "import.ratings", n=len(reading.given) - notes),
        notes=say(lang, "import.notes", n=notes),
        replaced=reading.replaced,
        unchanged=reading.unchanged,
        refused=reading.refused,
    )


def _consents(question: str, lang: Lang) -> bool:
    """What the person here says to it; nobody here consents to nothing."""
    if not sys.stdin.isatty():
        return False
    try:
        answer = input(question + " ")
    except EOFError:
        return False
    return answer.strip().casefold() in say(lang, "import.yes").split()
