"""People sent into a hazard: had they protective equipment? Scoring model 4.2, cap and bucket."""

from collections.abc import Iterator
from dataclasses import dataclass

from drillkit.core.records import Mark
from drillkit.core.state import State
from drillkit.model.scenario import Need
from scoring.assessment import Cap

UNPROTECTED_CEILING = 74.0


@dataclass(frozen=True, slots=True)
class Exposure:
    """An answer that sent people where they need protection, and how many of them had it."""

    need: Need
    answered: Mark
    persons: int
    equipped: int


def exposures(state: State) -> Iterator[Exposure]:
    """Every answer so far that exposed people; a later answer does not bring them back."""
    needs = {need.id: need for need in state.scenario.needs}
    for inject in state.scenario.injects:
        record = state.injects.get(inject.id)
        exposing = {option.id: needs[option.exposes] for option in inject.options if option.exposes}
        if record is None or not exposing:
            continue
        for answers in record.responses.values():
            for answer in answers:
                chosen = {exposing[id].id: exposing[id] for id in answer.options if id in exposing}
                for need in chosen.values():
                    persons = need.protects or need.quantity
                    equipped = min(persons, _there_before(state, need.id, answer.given.seq))
                    yield Exposure(need, answer.given, persons, equipped)


def _there_before(state: State, need: str, seq: int) -> int:
    """What had arrived for the need before entry `seq`."""
    record = state.needs.get(need)
    if record is None:
        return 0
    return sum(
        units
        for _, units, shipment in record.arrivals
        if (arrived := state.shipments[shipment].arrived) and arrived.seq < seq
    )


def cap(exposure: Exposure) -> Cap:
    """The ceiling that sending unprotected people brings."""
    values = {
        "need": exposure.need.title,
        "equipped": exposure.equipped,
        "persons": exposure.persons,
    }
    entries = (exposure.answered.seq,)
    return Cap(UNPROTECTED_CEILING, "score.cap-unprotected", values, entries)


def protection_bucket(share: float) -> str:
    """The record form's option for the share (0..1) of exposed people who were protected."""
    if share >= 1:
        return "score.bucket-protected-all"
    return "score.bucket-protected-most" if share >= 0.8 else "score.bucket-protected-few"
