"""Who was told so that it counts: by a message that was aimed, or by a statement that was approved.

Scoring model 4.3 credits whoever knows in time, however that came about. Then it would pay to
forward everything to everybody, and to make everything public without asking.
"""

from collections.abc import Callable

from drillkit.core.records import Known
from drillkit.core.state import State
from scoring.process.knowledge import carried, known_since, tellings

AIMED = 0.5
"""From this share of addressees who must know on, a message counts in full."""


class Aim:
    """How aimed the messages of a drill were."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._must_know = {
            fact.id: {one.role for one in fact.recipients} for fact in state.scenario.facts
        }

    def of(self, source: str) -> float:
        """What knowledge from this entry's message counts, 0..1; 1 for what is no message.

        It falls in proportion once fewer than half of the addressees must know any of what the
        message cites: everybody else reads for nothing, and the next message waits meanwhile.
        """
        message = self._state.messages.get(source)
        if message is None:
            return 1.0
        must = set[str]().union(*(self._must_know.get(fact.id, ()) for fact in message.event.facts))
        needed = len(must.intersection(message.event.to)) / len(message.event.to)
        return min(1.0, needed / AIMED)


def known_duly(state: State) -> Callable[[str, str], Known | None]:
    """Since when a role knows a fact, had nothing been made public that needed an approval.

    Whoever was told duly as well keeps that.
    """
    undue = {
        id
        for id, statement in state.statements.items()
        if state.plan.release and statement.issued and not statement.was_approved
    }
    if not undue:
        return state.knows_fact
    knows = carried([one for one in tellings(state) if one.source not in undue])
    return lambda role, fact: known_since(knows, role, fact)
