"""From entries to state: all at once, or one at a time as they come."""

from collections.abc import Iterable, Sequence

from drillkit.core.records import Mark
from drillkit.core.reducers import REDUCERS
from drillkit.core.state import State
from drillkit.model.base import DIRECTOR
from drillkit.model.events import (
    CallAcknowledged,
    ConductJudged,
    CustomerNotified,
    DutyRated,
    Entry,
    EntryVoided,
    MessageAcknowledged,
    MessageSent,
    NoteMade,
    PlanReviewed,
    ReportFiled,
    ResponseGiven,
    RoleArrived,
    RoleLeft,
    TaskRated,
    ValueAdjudicated,
    ValueRestored,
)

CORRECTABLE: frozenset[type] = frozenset(
    (
        CallAcknowledged,
        ConductJudged,
        CustomerNotified,
        DutyRated,
        MessageAcknowledged,
        MessageSent,
        NoteMade,
        PlanReviewed,
        ReportFiled,
        ResponseGiven,
        RoleArrived,
        RoleLeft,
        TaskRated,
        ValueAdjudicated,
        ValueRestored,
    )
)
"""What a person can have done by mistake, and what nothing physical follows from."""


def fold(entries: Iterable[Entry]) -> State:
    """The state that these entries amount to; entries voided by a later one do not count."""
    listed = entries if isinstance(entries, Sequence) else list(entries)
    voided = {entry.event.entry for entry in listed if isinstance(entry.event, EntryVoided)}
    state = State()
    for entry in listed:
        apply(state, entry, counts=entry.seq not in voided)
    return state


def advance(state: State, before: Sequence[Entry], new: Sequence[Entry]) -> State:
    """The state after `new`; folded anew from `before` when one of them voids an older entry."""
    for entry in new:
        if isinstance(entry.event, EntryVoided):
            return fold([*before, *new])
    for entry in new:
        apply(state, entry)
    return state


def apply(state: State, entry: Entry, *, counts: bool = True) -> None:
    """Let one entry work on the state; one that does not `count` only moves its place and clock."""
    state.seq, state.at, state.wall = entry.seq, entry.at, entry.wall
    if counts:
        if entry.by != DIRECTOR:
            state.acts[entry.by].append(entry.at)
        kind = type(entry.event)
        if kind in CORRECTABLE:
            state.correctable.add(entry.seq)
        REDUCERS[kind](state, _mark(entry), entry.event)


def _mark(entry: Entry) -> Mark:
    return Mark(entry.at, entry.seq, entry.by, entry.via, entry.wall)
