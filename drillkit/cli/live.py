"""A drill that is played now, by the facilitator at this terminal or by nobody: the live parts."""

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
    contextmanager,
    suppress,
)
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from drillkit.cli import here
from drillkit.cli.failed import Failed
from drillkit.cli.foresight import SimulatedTeams
from drillkit.cli.lessons import say_what_held
from drillkit.core.chronicle import Names, sentence
from drillkit.core.clocks import face
from drillkit.core.state import State
from drillkit.desk import Clock, Desk, LocalDesk
from drillkit.host.listening import listen
from drillkit.live import Live, LiveClock, come_back
from drillkit.model.base import FACILITATOR, Lang
from drillkit.model.commands import ResumeDrill, SetSpeed, StartDrill
from drillkit.model.events import Entry
from drillkit.model.plan import Plan
from drillkit.session import Session
from drillkit.standins import Company, skilled
from drillkit.ui.door import Door
from drillkit.words import say

if TYPE_CHECKING:
    from drillkit.ui.app import Terminal

PORT = 2222


def must_be_playable(args: Namespace, plan: Plan) -> None:
    """Find out what cannot be played before a journal is made for it."""
    players = [role.id for role in plan.players()]
    for role in roles_of(args.stand_ins, players):
        if role not in players:
            raise Failed("no-role", role=role, known=", ".join(players))
    if not args.headless and not has_terminal():
        raise Failed("terminal-needed")
    if args.keys and _has_door(args):
        from drillkit.host.keys import enrolled  # asyncssh: only who brings keys waits for it
        from drillkit.host.room import STAFF_SEATS

        enrolled(Path(args.keys), [*(role.id for role in plan.roles), *STAFF_SEATS])


@contextmanager
def listening(args: Namespace) -> Iterator[socket.socket | None]:
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


def live_through(
    session: Session, args: Namespace, seed: int, path: Path, listener: socket.socket | None
) -> int:
    """Play until the drill ends or is left; the answer is the exit status."""
    lang: Lang = args.lang
    clock = LiveClock(session, time.monotonic, wall)
    live = Live(session, clock, ends_itself=args.headless)
    come_back(live)
    is_over = session.state.stage == "ended"
    if args.speed is not None and not is_over:
        live.send(SetSpeed(speed=args.speed))
    if args.stand_ins != "none" and not is_over:
        cast = Cast(args.stand_ins, args.skill, seed)
        live.add([company(session, clock, cast, lang)])
    door = None if listener is None else _door(live, args, path, listener)
    if args.headless:
        told = _headless(live, args, path, door)
    else:
        _say_where_the_codes_are(path, lang)
        told = on_screen(live, lang, path, door)
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


def _say_where_the_codes_are(path: Path, lang: Lang) -> None:
    print(say(lang, "cli.invitations", path=path.with_suffix("")), flush=True)


def _what_now(session: Session, path: Path, lang: Lang) -> None:
    """Say how to go on, or how to get the reports."""
    key = "cli.then-export" if session.state.stage == "ended" else "cli.then-resume"
    print(say(lang, key, path=path))
    opened = session.state.opened
    if session.state.stage == "ended" and opened and opened.lessons:
        say_what_held(path, lang)


def on_screen(
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

    foresight = SimulatedTeams(session, clock, path)
    screen = ControlScreen(desk, take_seat, foresight=foresight, stand_ins=live)

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

        async def let_in(door: AbstractAsyncContextManager[Door]) -> None:
            await screen.shown.wait()
            screen.give_door(await doors.enter_async_context(door))

        start(live.run())
        if door is not None:
            app.leave_question = lambda: leave_question(session.state)
            start(let_in(door))
        try:
            await app.run_async()
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    return here.run(both())


def leave_question(state: State) -> str:
    """The words key of what is asked before the host is left: whom it would stop; "" for nobody."""
    if state.stage != "ended":
        return "ui.quit-host"
    is_joined = any(not seat.left and not seat.lost for seat in state.seats.values())
    return "ui.quit-joined" if is_joined else ""


def has_terminal() -> bool:
    """Whether somebody can see a screen and type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is simulated, how able they are, and with which dice."""

    roles: str
    skill: float
    seed: int


def company(session: Session, clock: Clock, cast: Cast, lang: Lang) -> Company:
    """The stand-ins of the cast in this session."""
    wanted = roles_of(cast.roles, session.script.players)
    return Company(session, clock, wanted, profile=skilled(cast.skill), seed=cast.seed, lang=lang)


def roles_of(names: str, players: Iterable[str]) -> list[str]:
    """The roles that `all`, `none` or a list of ids names."""
    if names == "all":
        return list(players)
    if names == "none":
        return []
    return [name.strip() for name in names.split(",") if name.strip()]


def wall() -> int:
    """The wall clock, in ms since 1970."""
    return time.time_ns() // 1_000_000
