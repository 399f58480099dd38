"""The table of reducers, and how one gets into it."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from drillkit.core.records import Known, Mark
from drillkit.core.state import State
from drillkit.model.events import FactRef

REDUCERS: dict[type, Callable[[State, Mark, Any], None]] = {}
_E = TypeVar("_E")


def on(
    kind: type[_E],
) -> Callable[[Callable[[State, Mark, _E], None]], Callable[[State, Mark, _E], None]]:
    """Keep the function below as the one that this kind of event is worked in by."""

    def keep(
        reducer: Callable[[State, Mark, _E], None],
    ) -> Callable[[State, Mark, _E], None]:
        REDUCERS[kind] = reducer
        return reducer

    return keep


def learn(
    state: State, mark: Mark, roles: Iterable[str], facts: Iterable[FactRef], source: str
) -> None:
    """From now on these roles know these facts, from `source`."""
    known = Known(mark.at, mark.seq, source)
    for fact in facts:
        state.facts.setdefault(fact.id, known)
        state.fact_refs[fact.id] = fact
        for role in roles:
            state.knows[role].setdefault(fact.id, known)
