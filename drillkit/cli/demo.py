"""`drillkit demo`: a whole drill with stand-ins in every seat, then its reports."""

import time
from argparse import Namespace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from drillkit import packs
from drillkit.cli import here
from drillkit.cli.drills import read_drill
from drillkit.cli.failed import Failed
from drillkit.cli.lessons import midnight, remind, reminding, say_what_held
from drillkit.cli.live import Cast, company, has_terminal, on_screen, wall
from drillkit.desk import Clock
from drillkit.journal import JournalFault
from drillkit.journal.sqlite import SqliteJournal
from drillkit.live import Live, LiveClock
from drillkit.model.base import Lang, Millis
from drillkit.model.commands import SetSpeed, StartDrill
from drillkit.packs.forms import forms
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import EPOCH, play
from drillkit.report import PLAIN_FORMATS
from drillkit.report import export as write_reports
from drillkit.session import Opening, Session
from drillkit.standins import Company
from drillkit.words import say

DEMO_PACK = "riverside-hospital-flood"
DEMO_SPEED = 60.0
"""Ninety minutes of play in a minute and a half."""


def demo(args: Namespace) -> int:
    """A whole drill with stand-ins in every seat, then its reports."""
    lang: Lang = args.lang
    folder = Path(args.to)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "demo.drill"
    _make_room(path)
    pack = packs.load(packs.find(DEMO_PACK), short=args.short)
    name = f"demo-{args.seed}"
    opening = Opening(
        name,
        pack.scenario,
        pack.plan,
        weights(),
        seed=args.seed,
        short=pack.short,
        forms=forms(),
    )
    if args.lessons:
        opening = reminding(opening, Path(args.lessons))
    began = midnight(args.on) if args.on else EPOCH
    cast = Cast("all", args.skill, args.seed)
    headless = args.headless or not has_terminal()
    journal = SqliteJournal.create(path)
    try:
        session = Session.open(journal, opening, began if headless else wall())
        remind(opening, lang)
        if headless:
            _play_through(session, cast, lang, began)
        else:
            clock = LiveClock(session, time.monotonic, wall)
            live = Live(session, clock, ends_itself=True, looks_back=True)
            live.add([company(session, clock, cast, lang)])
            live.send(SetSpeed(speed=DEMO_SPEED))
            live.send(StartDrill())
            if told := on_screen(live, lang, path):
                return here.SIGNALLED + told
    finally:
        journal.close()
    _report(path, folder, lang)
    say_what_held(path, lang)
    return 0


def _play_through(session: Session, cast: Cast, lang: Lang, began: int) -> None:
    """As fast as it goes, with a progress bar where somebody watches."""
    title = say(lang, "cli.demo-playing", title=session.state.scenario.title)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=None)

        def progress(at: Millis, length: Millis) -> None:
            bar.update(task, completed=at, total=length)

        def company_of(clock: Clock) -> Company:
            return company(session, clock, cast, lang)

        play(session, company_of, wall=began, progress=progress)


def _report(path: Path, folder: Path, lang: Lang) -> None:
    drill = read_drill(path, lang)
    combined = drill.assessment.combined
    title = drill.state.scenario.title
    if combined.final is None or combined.grade is None:
        print(say(lang, "cli.demo-undecided", title=title))
    else:
        grade = say(lang, f"result.grade-{combined.grade}")
        points = f"{combined.final:.1f}"
        print(say(lang, "cli.demo-done", title=title, points=points, grade=grade))
    for written in write_reports(drill, folder, PLAIN_FORMATS, force=True):
        print(say(lang, "cli.wrote", path=written))
    print(say(lang, "cli.seal", path=path, n=len(drill.entries), seal=drill.seal))


def _make_room(path: Path) -> None:
    """Take away the journal of an earlier demo, and nothing else."""
    if not path.exists():
        return
    try:
        # To write: another demo may be playing into it.
        journal = SqliteJournal.open(path, write=True)
    except JournalFault as fault:
        if fault.key == "journal.in_use":
            raise
        raise Failed("demo-foreign", path=path) from fault
    try:
        first = journal.read()[:1]
    finally:
        journal.close()
    if first and not getattr(first[0].event, "session", "").startswith("demo-"):
        raise Failed("demo-foreign", path=path)
    for ending in ("", "-wal", "-shm", "-lock"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
