"""Who can have learnt what by when: one sweep over all that was passed on, in the order of entries.

Scoring model 4.3: knowledge travels along time-respecting paths, since a sender passes on only
what it knew when it sent. Entries order ties, so one sweep in their order is exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drillkit.core.records import Known
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.events import FactRef
from scoring.process.hats import Hats


class Telling(NamedTuple):
    """Facts passed on in entry `seq`, to roles or to everybody (`to` None)."""

    seq: int
    at: Millis
    source: str
    through: tuple[str, ...]
    """Those without whom it would not have been said; nobody when the script says it."""
    hats: tuple[str, ...]
    """The posts whose knowledge the teller draws on."""
    to: tuple[str, ...] | None
    facts: tuple[str, ...]
    told_at: int
    """The entry in which it was written: a statement is drafted before it is issued."""


Knowledge = Mapping[str, Mapping[str, Known]]
"""Role -> fact -> since when, by its own ears; PUBLIC is everybody."""
PUBLIC = ""


def tellings(state: State) -> list[Telling]:
    """All that was passed on, in the order of entries."""
    hats = Hats(state)
    told = [
        Telling(mark.seq, mark.at, id, (), (), event.to, _ids(event.facts), mark.seq)
        for id, record in state.injects.items()
        if (mark := record.released) and (event := record.event) and event.facts
    ]
    written = [
        *((id, record.sent, record.event) for id, record in state.messages.items()),
        *((id, record.filed, record.event) for id, record in state.reports.items()),
    ]
    told += [
        Telling(
            mark.seq,
            mark.at,
            id,
            (event.sender,),
            hats.worn(event.sender, mark.seq),
            event.to,
            _ids(event.facts),
            mark.seq,
        )
        for id, mark, event in written
        if event.facts
    ]
    told += [
        Telling(
            mark.seq,
            mark.at,
            id,
            (record.event.role, mark.by),
            hats.worn(record.event.role, record.drafted.seq),
            None,
            _ids(record.event.facts),
            record.drafted.seq,
        )
        for id, record in state.statements.items()
        if (mark := record.issued) and record.event.facts
    ]
    return sorted(told)


def _ids(facts: Iterable[FactRef]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts)


def carried(told: Sequence[Telling], without: str | None = None) -> Knowledge:
    """Who knows what since when, if the role `without` had neither heard nor said anything.

    `told` is in the order of entries, as `tellings` gives it.
    """
    knows: dict[str, dict[str, Known]] = {PUBLIC: {}}
    for telling in told:
        if without in telling.through:
            continue
        known = Known(telling.at, telling.seq, telling.source)
        for fact in telling.facts:
            if telling.hats and not _knew(knows, telling, fact):
                continue
            for role in (PUBLIC,) if telling.to is None else telling.to:
                if role != without:
                    knows.setdefault(role, {}).setdefault(fact, known)
    return knows


def _knew(knows: Knowledge, telling: Telling, fact: str) -> bool:
    return any(
        (known := known_since(knows, hat, fact)) is not None and known.seq < telling.told_at
        for hat in telling.hats
    )


def known_since(knows: Knowledge, role: str, fact: str) -> Known | None:
    """Since when the role knows the fact, by itself or because it is public."""
    own, public = knows.get(role, {}).get(fact), knows[PUBLIC].get(fact)
    return min((known for known in (own, public) if known), default=None)
