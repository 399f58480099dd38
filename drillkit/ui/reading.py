"""What has come in for a seat, and what of it has been read here: one notion for all its pages."""

from collections.abc import Callable, Collection

from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.ui.moment import Moment

_SHOWN = (ev.BriefingGiven, ev.InjectReleased, ev.BroadcastMade, ev.StatementIssued)


def _comes_in(event: ev.Event, seats: Collection[str]) -> bool:
    match event:
        case ev.MessageSent() | ev.ReportFiled():
            return any(role in seats for role in event.to)
        case _:
            return isinstance(event, _SHOWN)


def is_awaited(state: State, event: ev.Event, seats: Collection[str]) -> bool:
    """Whether one of the seats should still answer or confirm it."""
    match event:
        case ev.InjectReleased():
            inject = state.injects.get(event.inject)
            return inject is not None and any(role in seats for role in inject.awaited)
        case ev.MessageSent():
            message = state.messages.get(event.message)
            done = message.acknowledged if message else {}
            asked = event.ack and any(role in seats for role in event.to)
            return asked and not any(role in seats for role in done)
        case _:
            return False


class Reading:
    """The things that came in, in order; a new one is unread until a page shows it."""

    def __init__(self) -> None:
        self.things: list[ev.Entry] = []
        self._moment = Moment()
        self._seats: Collection[str] = ()
        self._unread = set[int]()
        self._entries: object = None
        self._scanned = 0
        self._last: int | None = None
        """The last entry that is known here; None before the first."""

    def take_in(self, moment: Moment, seats: Collection[str]) -> None:
        """Look at what the moment brought to these seats."""
        self._moment, self._seats = moment, seats
        if moment.entries is not self._entries:
            self._entries, self._scanned = moment.entries, 0
            self.things = []
        for entry in moment.entries[self._scanned :]:
            if _comes_in(entry.event, seats):
                self.things.append(entry)
                # What was here before one sat down is not news, unless it is an inject.
                if isinstance(entry.event, ev.InjectReleased) or (
                    self._last is not None and entry.seq > self._last
                ):
                    self._unread.add(entry.seq)
        self._scanned = len(moment.entries)
        if moment.entries:
            self._last = moment.entries[-1].seq

    def is_unread(self, entry: ev.Entry) -> bool:
        """Nobody has opened or confirmed it for these seats, and it was not shown here."""
        state, seats = self._moment.state, self._seats
        match entry.event:
            case ev.InjectReleased() as event:
                inject = state.injects.get(event.inject)
                done: Collection[str] = inject.opened if inject else ()
            case ev.MessageSent() as event:
                message = state.messages.get(event.message)
                done = message.acknowledged if message else ()
            case _:
                done = ()
        return entry.seq in self._unread and not any(role in seats for role in done)

    def read(self, entry: ev.Entry) -> None:
        """A page shows it."""
        self._unread.discard(entry.seq)

    def unread(self, among: Callable[[ev.Event], bool]) -> int:
        """How many things such as these are unread and want nothing that the counts tell of."""
        state, seats = self._moment.state, self._seats
        return sum(
            among(entry.event)
            and self.is_unread(entry)
            and not (state.is_open and is_awaited(state, entry.event, seats))
            for entry in self.things
        )
