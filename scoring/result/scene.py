"""What the result scorers look at: the state, the time it is judged at, and a few indexes of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drillkit.core.records import InjectRecord, Mark, Response, ShipmentRecord, Telling
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.plan import Plan
from drillkit.model.scenario import Expect, Inject, Option, ReportDue, Scenario
from scoring.process.copies import own_words, plain
from scoring.process.protection import Exposure, exposures

"""When a role said something, and to whom."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that stands: chosen in the last valid answer of a role to an inject."""

    inject: Inject
    role: str
    option: Option
    given: Mark


@dataclass(frozen=True, slots=True)
class Scene:
    """A drill as the result scorers see it; `now` never lies behind the end of play."""

    state: State
    now: Millis
    scenario: Scenario
    plan: Plan
    told: Mapping[tuple[str, str], Sequence[Telling]]
    """(sender, fact) -> the messages and reports of the sender that cite the fact."""
    shipped: Mapping[str, Sequence[ShipmentRecord]]
    """need -> the shipments for it."""
    expected: Mapping[str, Sequence[tuple[Inject, Expect]]]
    """task -> the expected actions that are evidence for it."""
    owed: Mapping[str, Sequence[ReportDue]]
    """task -> the reports that are evidence for it."""
    choices: Sequence[Choice]
    unprotected: Sequence[tuple[Inject, Exposure]]
    """The answers that sent people out before their equipment was complete."""


def scene(state: State, now: Millis) -> Scene:
    """The scene of a staff state (ValueError for a state without the scenario)."""
    scenario = state.scenario
    assert state.opened is not None
    shipped: dict[str, list[ShipmentRecord]] = defaultdict(list)
    for shipment in state.shipments.values():
        shipped[shipment.event.need].append(shipment)
    expected: dict[str, list[tuple[Inject, Expect]]] = defaultdict(list)
    for inject in scenario.injects:
        for expect in inject.expect:
            for task in expect.tasks:
                expected[task].append((inject, expect))
    owed: dict[str, list[ReportDue]] = defaultdict(list)
    for due in scenario.reports:
        for task in due.tasks:
            owed[task].append(due)
    return Scene(
        state,
        min(now, state.ended.at) if state.ended else now,
        scenario,
        state.opened.plan,
        state.told,
        shipped,
        expected,
        owed,
        _choices(state, scenario),
        _unprotected(state, scenario),
    )


def standing_answer(inject: Inject, record: InjectRecord, role: str) -> Response | None:
    """The last valid answer of the role.

    Valid is one that names options of the inject; where the inject has none, one in words that
    are more than a copy of its text. Where only invalid answers came, the last of them.
    """
    answers = record.responses.get(role, ())
    return next((one for one in reversed(answers) if is_valid(inject, one)), None) or (
        answers[-1] if answers else None
    )


def is_valid(inject: Inject, answer: Response) -> bool:
    """Whether the answer can earn anything."""
    if inject.options:
        known = {option.id for option in inject.options}
        return bool(answer.options) and known.issuperset(answer.options)
    bodies = frozenset(plain(text) for text in (inject.body.en, inject.body.zh) if text.strip())
    return len(own_words(answer.text, bodies)) >= 2


def _choices(state: State, scenario: Scenario) -> list[Choice]:
    found: list[Choice] = []
    for inject in scenario.injects:
        record = state.injects.get(inject.id)
        if record is None or not inject.options:
            continue
        for role in record.responses:
            answer = standing_answer(inject, record, role)
            if answer is not None:
                found.extend(
                    Choice(inject, role, option, answer.given)
                    for option in inject.options
                    if option.id in answer.options
                )
    return found


def _unprotected(state: State, scenario: Scenario) -> list[tuple[Inject, Exposure]]:
    bare = [one for one in exposures(state) if one.equipped < one.persons]
    if not bare:
        return []
    injects = {
        answer.given.seq: inject
        for inject in scenario.injects
        if (record := state.injects.get(inject.id))
        for answers in record.responses.values()
        for answer in answers
    }
    return [(injects[exposure.answered.seq], exposure) for exposure in bare]
