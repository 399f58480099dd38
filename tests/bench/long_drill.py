"""A drill of many entries for the benches: a shipped pack, stand-ins, and a lively radio net."""

from collections.abc import Sequence

from drillkit import packs
from drillkit.core.script import Refused
from drillkit.desk import Clock
from drillkit.journal import Journal, MemoryJournal
from drillkit.model.base import EVALUATOR, MINUTE, Millis
from drillkit.model.commands import AcknowledgeMessage, Command, MakeNote, SendMessage
from drillkit.model.events import Entry, MessageSent
from drillkit.model.text import Prose
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled

PACK = "riverside-hospital-flood"
_NOTE_EVERY = 100


class Chatter(Company):
    """Stand-ins who beside their work write to each other until there are `most` entries."""

    def __init__(self, session: Session, clock: Clock, every: Millis, most: int) -> None:
        super().__init__(session, clock, session.script.players, profile=skilled(0.9), seed=1)
        self._journal = session
        self._every = every
        self._most = most
        self._next: Millis = 2 * MINUTE
        self._said = 0
        self._asked = 0

    def peek(self) -> Millis | None:
        mine = self._next if len(self._journal.entries) < self._most else None
        return min((at for at in (mine, super().peek()) if at is not None), default=None)

    def advance(self, now: Millis) -> None:
        while self._next <= now and len(self._journal.entries) < self._most:
            self._say(self._next)
            self._next += self._every
        super().advance(now)

    def _say(self, at: Millis) -> None:
        players = self._journal.script.players
        self._said += 1
        sender, to = players[self._said % len(players)], players[self._said * 7 % len(players)]
        text = Prose(f"Situation report {self._said}: nothing new at the gate.")
        try:
            (sent, *_) = self._ask(at, sender, SendMessage(to=(to,), text=text, ack=True))
            assert isinstance(sent.event, MessageSent)
            self._ask(at, to, AcknowledgeMessage(message=sent.event.message))
        except Refused:
            # Not arrived yet, or speaking to oneself: then nothing is said.
            return
        if self._said % _NOTE_EVERY == 0:
            self._ask(at, EVALUATOR, MakeNote(text=text, entries=(sent.seq,)))

    def _ask(self, at: Millis, by: str, command: Command) -> Sequence[Entry]:
        self._asked += 1
        return self._journal.ask(by, command, at=at, wall=at, id=f"chatter-{self._asked}")


def long_drill(entries: int = 10_000, journal: Journal | None = None) -> Session:
    """An ended drill of about so many entries in the journal."""
    pack = packs.load(packs.find(PACK))
    opening = Opening("bench", pack.scenario, pack.plan, weights(), 1)
    session = Session.open(journal or MemoryJournal(), opening, wall=0)
    every = max(1, pack.scenario.length * 2 // entries)
    play(session, lambda clock: Chatter(session, clock, every, entries))
    return session
