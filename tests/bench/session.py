"""Long drills: folding, scoring and live scores, beside bare floors: python -m tests.bench.session.

The floor of a fold is one pass over the entries that looks at each; that of scoring is the fold.
"""

import sys
from collections.abc import Callable, Sequence
from itertools import islice
from statistics import median
from time import perf_counter
from typing import NamedTuple

from drillkit import packs
from drillkit.core.fold import fold
from drillkit.journal import MemoryJournal
from drillkit.model.base import FACILITATOR, SECOND
from drillkit.model.commands import (
    AcknowledgeMessage,
    Arrive,
    Command,
    GiveResponse,
    SendMessage,
    StartDrill,
)
from drillkit.model.events import Entry, MessageSent
from drillkit.model.text import Prose
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import EPOCH
from drillkit.session import Opening, Session
from scoring.assess import assess

LONG, USUAL = 100_000, 5_000
ROUNDS = 5


def a_long_drill(entries: int) -> Session:
    """A drill in memory in which everybody came, talked without end, and answered what was due."""
    pack = packs.load(packs.find("riverside-hospital-flood"))
    opening = Opening("long", pack.scenario, pack.plan, weights())
    session = Session.open(MemoryJournal(), opening, EPOCH)
    players = session.script.players
    asked = 0

    def ask(by: str, command: Command, at: int) -> Sequence[Entry]:
        nonlocal asked
        asked += 1
        return session.ask(by, command, at=at, wall=EPOCH + at, id=f"c{asked}")

    ask(FACILITATOR, StartDrill(), 0)
    for role in players:
        ask(role, Arrive(), SECOND)
    step = pack.scenario.length * 9 // 5 // entries  # each message is two: sent and confirmed
    while len(session.entries) < entries:
        at = session.state.at + step
        by, to = players[asked % len(players)], players[(asked * 7 + 1) % len(players)]
        if by == to:
            to = players[(asked + 1) % len(players)]
        facts = tuple(islice(session.state.knows[by], 1))
        text = Prose(f"Message {asked}: the pumps hold.")
        told = ask(by, SendMessage(to=(to,), text=text, facts=facts, ack=True), at)
        for entry in told:
            if isinstance(entry.event, MessageSent):
                ask(to, AcknowledgeMessage(message=entry.event.message), at)
        answer(session, ask, at)
    return session


def answer(session: Session, ask: Callable[[str, Command, int], object], at: int) -> None:
    """Give the first answer that is still awaited."""
    for record in session.state.injects.values():
        if record.event is not None and record.awaited:
            options = tuple(option.id for option in record.event.options[:1])
            text = Prose("" if options else "We are on it.")
            ask(record.awaited[0], GiveResponse(inject=record.id, options=options, text=text), at)
            return


class Row(NamedTuple):
    """One line of the table; `floor` is the row that it is compared with."""

    name: str
    seconds: float
    floor: str = ""
    target: str = ""


def taken(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of some rounds, in seconds."""
    times: list[float] = []
    for _ in range(rounds):
        since = perf_counter()
        work()
        times.append(perf_counter() - since)
    return median(times)


def look_at_each(entries: Sequence[Entry]) -> int:
    return sum(entry.event.kind != "" for entry in entries)


def main() -> None:
    since = perf_counter()
    usual = a_long_drill(USUAL)
    built = perf_counter() - since
    long = a_long_drill(LONG).entries
    entries, state = usual.entries, usual.state
    rows = [
        Row(f"look at {LONG:,}", taken(lambda: look_at_each(long))),
        Row(f"fold {LONG:,}", taken(lambda: fold(long), 3), f"look at {LONG:,}", "< 2 s"),
        Row(f"fold {USUAL:,}", taken(lambda: fold(entries))),
        Row(f"play {USUAL:,}", built, f"fold {USUAL:,}"),
        Row(f"score {USUAL:,}", taken(lambda: assess(fold(entries))), f"fold {USUAL:,}", "< 1 s"),
        Row(
            f"live score at {USUAL:,}",
            taken(lambda: assess(state, thorough=False), 50),
            f"fold {USUAL:,}",
            "< 5 ms",
        ),
    ]
    floors = {row.name: row.seconds for row in rows}
    for row in rows:
        beside = f"{row.seconds / floors[row.floor]:8.2f} x {row.floor}" if row.floor else ""
        sys.stdout.write(f"{row.name:20} {row.seconds * 1e3:9.2f} ms  {row.target:7} {beside}\n")


if __name__ == "__main__":
    main()
