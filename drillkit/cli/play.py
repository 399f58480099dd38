"""Commands that play a drill: demo, host, resume. The composition root of the live parts."""

import asyncio
import os
import socket
import sys
import time
from argparse import Namespace
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    closing,
    contextmanager,
    suppress,
)
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from drillkit import packs
from drillkit.cli import here
from drillkit.cli.drills import read_drill, sessions_folder
from drillkit.cli.faults import Failed
from drillkit.cli.foresight import SimulatedTeams
from drillkit.cli.lessons import folder_of, midnight, remind, reminding, say_what_held
from drillkit.core.chronicle import Names, sentence
from drillkit.core.clocks import face
from drillkit.desk import Clock, Desk, LocalDesk
from drillkit.host.listening import listen
from drillkit.journal import JournalFault
from drillkit.journal.sqlite import SqliteJournal
from drillkit.live import Live, LiveClock, come_back
from drillkit.model.base import FACILITATOR, Lang, Millis
from drillkit.model.commands import ResumeDrill, SetSpeed, StartDrill
from drillkit.model.events import Entry
from drillkit.model.plan import Plan
from drillkit.packs.evaluators import prepared
from drillkit.packs.forms import forms
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import EPOCH, play
from drillkit.report import PLAIN_FORMATS
from drillkit.report import export as write_reports
from drillkit.session import Opening, Session
from drillkit.standins import VIA, Company, skilled
from drillkit.ui.door import Door
from drillkit.words import say

if TYPE_CHECKING:
    from drillkit.ui.app import Terminal

PORT = 2222
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
    pack = packs.load(packs.find(DEMO_PACK))
    name = f"demo-{args.seed}"
    opening = Opening(name, pack.scenario, pack.plan, weights(), seed=args.seed, forms=forms())
    if args.lessons:
        opening = reminding(opening, Path(args.lessons))
    began = midnight(args.on) if args.on else EPOCH
    cast = _Cast("all", args.skill, args.seed)
    headless = args.headless or not has_terminal()
    journal = SqliteJournal.create(path)
    try:
        session = Session.open(journal, opening, began if headless else _wall())
        remind(opening, lang)
        if headless:
            _play_through(session, cast, lang, began)
        else:
            clock = LiveClock(session, time.monotonic, _wall)
            live = Live(session, clock, ends_itself=True, looks_back=True)
            live.add([_company(session, clock, cast, lang)])
            live.send(SetSpeed(speed=DEMO_SPEED))
            live.send(StartDrill())
            if told := _on_screen(live, lang, path):
                return here.SIGNALLED + told
    finally:
        journal.close()
    _report(path, folder, lang)
    say_what_held(path, lang)
    return 0


def host(args: Namespace) -> int:
    """Run a drill from its start."""
    pack = packs.load(packs.find(args.pack), Path(args.plan) if args.plan else None)
    args.stand_ins = args.stand_ins or "none"
    _must_be_playable(args, pack.plan)
    path = Path(args.session) if args.session else _new_session(pack.scenario.id)
    opening = Opening(
        path.stem,
        pack.scenario,
        pack.plan,
        weights(args.weights),
        seed=args.seed,
        forms=forms(tuple(map(Path, args.form))),
        prepared=prepared(Path(args.evaluators), pack.scenario) if args.evaluators else (),
    )
    opening = reminding(opening, folder_of(args))
    with _listening(args) as listener, closing(_empty_journal(path)) as journal:
        session = Session.open(journal, opening, _wall())
        print(say(args.lang, "cli.hosting", path=path), flush=True)
        remind(opening, args.lang)
        return _live(session, args, args.seed, path, listener)


def resume(args: Namespace) -> int:
    """Go on with a drill: it stands paused where its journal ends."""
    path = Path(args.file)
    with closing(SqliteJournal.open(path, write=True)) as journal:
        if journal.head() < 0:
            raise Failed("not-started", path=path)
        session = Session(journal)
        if args.headless and session.state.stage == "ended":
            raise Failed("over-already")
        if args.stand_ins is None:
            args.stand_ins = ",".join(_simulated(session)) or "none"
        _must_be_playable(args, session.script.plan)
        at = face(session.state.at)
        print(say(args.lang, "cli.resumed-at", at=at), flush=True)
        opened = session.state.opened
        assert opened is not None
        with _listening(args) as listener:
            return _live(session, args, opened.seed, path, listener)


def _say_where_the_codes_are(path: Path, lang: Lang) -> None:
    print(say(lang, "cli.invitations", path=path.with_suffix("")), flush=True)


def _what_now(session: Session, path: Path, lang: Lang) -> None:
    """Say how to go on, or how to get the reports."""
    key = "cli.then-export" if session.state.stage == "ended" else "cli.then-resume"
    print(say(lang, key, path=path))
    opened = session.state.opened
    if session.state.stage == "ended" and opened and opened.lessons:
        say_what_held(path, lang)


def _simulated(session: Session) -> list[str]:
    """The roles that stand-ins have played so far."""
    acted = {entry.by for entry in session.entries if entry.via == VIA}
    return [role for role in session.script.players if role in acted]


# -- the live parts --------------------------------------------------------------------------------


def _must_be_playable(args: Namespace, plan: Plan) -> None:
    """Find out what cannot be played before a journal is made for it."""
    players = [role.id for role in plan.players()]
    for role in _roles(args.stand_ins, players):
        if role not in players:
            raise Failed("no-role", role=role, known=", ".join(players))
    if not args.headless and not has_terminal():
        raise Failed("terminal-needed")
    if args.keys and _has_door(args):
        from drillkit.host.keys import enrolled  # asyncssh: only who brings keys waits for it
        from drillkit.host.room import STAFF_SEATS

        enrolled(Path(args.keys), [*(role.id for role in plan.roles), *STAFF_SEATS])


@contextmanager
def _listening(args: Namespace) -> Iterator[socket.socket | None]:
    """Where terminals come in, if they may: they wait there until the door is open.

    Raises Failed when the port is taken: before a journal is made.
    """
    if not _has_door(args):
        yield None
        return
    args.port = PORT if args.port is None else args.port
    try:
        listener = listen(args.bind, args.port)
    except OSError as problem:
        why = os.strerror(problem.errno) if problem.errno else str(problem)
        raise Failed("port-taken", port=args.port, why=why) from problem
    with listener:
        yield listener


def _has_door(args: Namespace) -> bool:
    """Terminals may come in, unless every seat is simulated and nobody watches."""
    return args.port is not None or not (args.headless and args.stand_ins == "all")


def _live(
    session: Session, args: Namespace, seed: int, path: Path, listener: socket.socket | None
) -> int:
    """Play until the drill ends or is left; the answer is the exit status."""
    lang: Lang = args.lang
    clock = LiveClock(session, time.monotonic, _wall)
    live = Live(session, clock, ends_itself=args.headless)
    come_back(live)
    is_over = session.state.stage == "ended"
    if args.speed is not None and not is_over:
        live.send(SetSpeed(speed=args.speed))
    if args.stand_ins != "none" and not is_over:
        cast = _Cast(args.stand_ins, args.skill, seed)
        live.add([_company(session, clock, cast, lang)])
    door = None if listener is None else _door(live, args, path, listener)
    if args.headless:
        told = _headless(live, args, path, door)
    else:
        _say_where_the_codes_are(path, lang)
        told = _on_screen(live, lang, path, door)
    if told:
        return here.SIGNALLED + told
    _what_now(session, path, lang)
    return 0


@asynccontextmanager
async def _door(
    live: Live, args: Namespace, path: Path, listener: socket.socket
) -> AsyncIterator[Door]:
    """The terminals of others."""
    # Loading the door takes as long as the facilitator's first screen, which need not wait for it.
    from drillkit.cli.terminals import terminals

    async with terminals(live, args, path, listener) as door:
        yield door


def _headless(
    live: Live, args: Namespace, path: Path, way_in: AbstractAsyncContextManager[Door] | None
) -> int:
    """Play without a screen: each entry is told in a line once it is on disk. See here.run."""
    session = live.session

    def tell(entries: Sequence[Entry]) -> None:
        names = Names(session.state)
        for entry in entries:
            # One line an entry, even where people wrote several.
            line = " ".join(sentence(entry, names, args.lang).split())
            print(f"{entry.seq:5}  {face(entry.at):>7}  {line}", flush=True)

    async def play_on() -> None:
        async with AsyncExitStack() as doors:
            if way_in is not None:
                door = await doors.enter_async_context(way_in)
                for role in session.script.players:
                    print(door.invitation(role))
                _say_where_the_codes_are(path, args.lang)
            session.listen(tell)
            live.send(StartDrill() if session.state.stage == "briefing" else ResumeDrill())
            await live.run()

    return here.run(play_on())


def _on_screen(
    live: Live, lang: Lang, path: Path, door: AbstractAsyncContextManager[Door] | None = None
) -> int:
    """The facilitator's terminal in this process; leaving it stops the clock, not the drill.

    The door is opened once the screen is there. See here.run for the answer.
    """
    from drillkit.ui.screens.control import ControlScreen

    session, clock = live.session, live.clock
    desk = LocalDesk(session, FACILITATOR, clock)

    def take_seat(role: str) -> Desk:
        return LocalDesk(session, role, clock, via=FACILITATOR)

    foresight = SimulatedTeams(session, clock, path, lang)
    screen = ControlScreen(desk, take_seat, foresight=foresight)

    async def both() -> None:
        async with AsyncExitStack() as doors:
            with here.terminal(screen, lang) as app:
                await beside(app, doors)
        come_back(live)

    async def beside(app: "Terminal", doors: AsyncExitStack) -> None:
        tasks: list[asyncio.Task[None]] = []

        def start(work: Coroutine[object, object, None]) -> "asyncio.Task[None]":
            task = asyncio.create_task(work)
            task.add_done_callback(failed)
            tasks.append(task)
            return task

        def failed(task: "asyncio.Task[None]") -> None:
            # A clock that failed must not leave a screen behind that looks alive.
            if not task.cancelled() and task.exception() is not None:
                app.exit()

        def over(_: object) -> None:
            app.leave_question = ""

        async def let_in(door: AbstractAsyncContextManager[Door]) -> None:
            await screen.shown.wait()
            screen.give_door(await doors.enter_async_context(door))

        start(live.run()).add_done_callback(over)
        if door is not None:
            app.leave_question = "ui.quit-host"
            start(let_in(door))
        try:
            await app.run_async()
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    return here.run(both())


def has_terminal() -> bool:
    """Whether somebody can see a screen and type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who is simulated, how able they are, and with which dice."""

    roles: str
    skill: float
    seed: int


def _company(session: Session, clock: Clock, cast: _Cast, lang: Lang) -> Company:
    wanted = _roles(cast.roles, session.script.players)
    return Company(session, clock, wanted, profile=skilled(cast.skill), seed=cast.seed, lang=lang)


def _roles(names: str, players: Iterable[str]) -> list[str]:
    if names == "all":
        return list(players)
    if names == "none":
        return []
    return [name.strip() for name in names.split(",") if name.strip()]


def _play_through(session: Session, cast: _Cast, lang: Lang, began: int) -> None:
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
            return _company(session, clock, cast, lang)

        play(session, company_of, wall=began, progress=progress)


# -- files -----------------------------------------------------------------------------------------


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


def _empty_journal(path: Path) -> SqliteJournal:
    """A new journal, or one that an interrupted start has left without an entry."""
    if path.is_file():
        with closing(SqliteJournal.open(path, write=False)) as journal:
            is_empty = journal.head() < 0
        if is_empty:
            return SqliteJournal.open(path, write=True)
    return SqliteJournal.create(path)


def _new_session(pack: str) -> Path:
    folder = sessions_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    return folder / f"{pack}-{stamp}.drill"


def _wall() -> int:
    return time.time_ns() // 1_000_000
