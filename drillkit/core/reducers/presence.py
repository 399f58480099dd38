"""Who was called out, came and went, and who sits where."""

from drillkit.core.records import Mark, Seat, Stay
from drillkit.core.reducers.table import on
from drillkit.core.state import State
from drillkit.model import events as ev


@on(ev.RoleCalled)
def _role_called(state: State, mark: Mark, event: ev.RoleCalled) -> None:
    presence = state.presence[event.role]
    presence.called = presence.called or mark


@on(ev.CallAcknowledged)
def _call_acknowledged(state: State, mark: Mark, event: ev.CallAcknowledged) -> None:
    presence = state.presence[event.role]
    presence.acknowledged = presence.acknowledged or mark


@on(ev.RoleArrived)
def _role_arrived(state: State, mark: Mark, event: ev.RoleArrived) -> None:
    state.presence[event.role].stays.append(
        Stay(mark, event.evidence, event.substitute, event.alternate)
    )
    if event.substitute:
        _hold(state, event.substitute)


@on(ev.RoleLeft)
def _role_left(state: State, mark: Mark, event: ev.RoleLeft) -> None:
    presence = state.presence[event.role]
    if presence.is_here:
        presence.stays[-1].left = mark
        if substitute := presence.stays[-1].substitute:
            _hold(state, substitute)


def _hold(state: State, substitute: str) -> None:
    state.holding[substitute] = tuple(
        role
        for role, presence in state.presence.items()
        if presence.is_here and presence.stays[-1].substitute == substitute
    )


@on(ev.GroupEstablished)
def _group_established(state: State, mark: Mark, event: ev.GroupEstablished) -> None:
    state.established.setdefault(event.group, mark)


@on(ev.SeatTaken)
def _seat_taken(state: State, mark: Mark, event: ev.SeatTaken) -> None:
    state.seats[event.line] = Seat(event.role, event.person, mark)


@on(ev.SeatReady)
def _seat_ready(state: State, mark: Mark, event: ev.SeatReady) -> None:
    if seat := state.seats.get(event.line):
        seat.ready = mark


@on(ev.SeatLost)
def _seat_lost(state: State, mark: Mark, event: ev.SeatLost) -> None:
    if seat := state.seats.get(event.line):
        seat.lost = mark


@on(ev.SeatRegained)
def _seat_regained(state: State, mark: Mark, event: ev.SeatRegained) -> None:
    if seat := state.seats.get(event.line):
        seat.lost = None


@on(ev.SeatLeft)
def _seat_left(state: State, mark: Mark, event: ev.SeatLeft) -> None:
    if seat := state.seats.get(event.line):
        seat.left = mark


@on(ev.SeatAsked)
def _seat_asked(state: State, mark: Mark, event: ev.SeatAsked) -> None:
    if seat := state.seats.get(event.line):
        seat.wanted, seat.why = event.wanted, event.why
        seat.asked, seat.declined = mark, None


@on(ev.SeatDeclined)
def _seat_declined(state: State, mark: Mark, event: ev.SeatDeclined) -> None:
    if seat := state.seats.get(event.line):
        seat.asked, seat.declined = None, mark


@on(ev.DoorChanged)
def _door_changed(state: State, mark: Mark, event: ev.DoorChanged) -> None:
    """The host keeps the door; the journal only tells of it."""


@on(ev.SeatMoved)
def _seat_moved(state: State, mark: Mark, event: ev.SeatMoved) -> None:
    if seat := state.seats.get(event.line):
        seat.role = event.role
        seat.wanted, seat.why, seat.asked, seat.declined = "", "", None, None
