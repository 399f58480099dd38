"""Which evaluator watches which tasks, and who leads them: by name, from before they come."""

from collections.abc import Iterable, Iterator

from drillkit.core.state import State
from drillkit.model.base import EVALUATOR
from drillkit.model.scenario import Scenario


def key_of(name: str) -> str:
    """The name as it is compared: letter case and spacing tell nobody apart."""
    return " ".join(name.split()).casefold()


def same_name(one: str, other: str) -> bool:
    """Whether both are the name of one person."""
    return key_of(one) == key_of(other)


def tasks_of(state: State, name: str) -> tuple[str, ...]:
    """The tasks that are assigned to this evaluator."""
    found = state.assigned.get(key_of(name))
    return found[1].tasks if found else ()


def watchers(state: State, task: str) -> list[str]:
    """The evaluators to whom the task is assigned, in alphabetical order."""
    return sorted(event.evaluator for _, event in state.assigned.values() if task in event.tasks)


def unwatched(state: State, tasks: Iterable[str]) -> list[str]:
    """The tasks that nobody watches, once something is assigned to somebody; before that none."""
    seen = {task for _, event in state.assigned.values() for task in event.tasks}
    return [task for task in tasks if task not in seen] if state.assigned else []


def lead_of(state: State) -> str:
    """Who was named to lead the evaluators; "" for nobody."""
    return state.lead[1].name if state.lead else ""


def evaluators(state: State) -> list[str]:
    """All that are known by name: seated, assigned, named lead, or with ratings to their name."""
    found: dict[str, str] = {}
    for name in _names(state):
        found.setdefault(key_of(name), name)
    return sorted(found.values())


def _names(state: State) -> Iterator[str]:
    yield from (one.person for one in state.seats.values() if one.role == EVALUATOR)
    yield from (event.evaluator for _, event in state.assigned.values())
    yield from state.submitted
    yield from (rater for _, rater in (*state.ratings, *state.duties))
    if lead := lead_of(state):
        yield lead


def tasks_below(scenario: Scenario, id: str) -> tuple[str, ...]:
    """The tasks of an objective or a capability target, or the task of this id; () for no such."""
    targets = {one.id for one in scenario.targets if id in (one.id, one.objective)}
    return tuple(task.id for task in scenario.tasks if task.id == id or task.target in targets)
