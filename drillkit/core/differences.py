"""Where evaluators differ, and which of it is still to be talked over."""

from collections.abc import Collection, Iterator

from drillkit.core.state import State

TASK, DUTIES = "result.task.", "arrival.duties."
"""What the ids of the measures begin with whose ratings evaluators may differ in."""


def differ(given: Collection[str]) -> bool:
    """The ratings are unequal; who did not observe it differs from nobody."""
    return len(set(given) - {"not-observed"}) > 1


def unsettled(state: State) -> tuple[str, ...]:
    """The measures that raters differ in, and that neither was settled nor set to a value."""
    return tuple(sorted(_unsettled(state)))


def _unsettled(state: State) -> Iterator[str]:
    given: dict[str, list[str]] = {}
    for (task, _), (_, rated) in state.ratings.items():
        if task not in state.settled:
            given.setdefault(f"{TASK}{task}", []).append(rated.rating)
    for (role, _), (_, duty) in state.duties.items():
        if role not in state.settled_duties:
            given.setdefault(f"{DUTIES}{role}", []).append(duty.duty)
    for measure, ratings in given.items():
        if measure not in state.adjudicated and differ(ratings):
            yield measure
