"""Which injects come together, whichever way the story goes."""

from collections.abc import Callable, Iterable

from drillkit.model.base import Millis
from drillkit.model.scenario import Inject
from drillkit.packs.lint.calendar import NEVER, Calendar


def coming(
    injects: Iterable[Inject], calendar: Calendar, weight: Callable[[Inject], Millis]
) -> list[tuple[Millis, Inject]]:
    """The injects in order of their earliest times, as far as they can all come in one drill.

    Of those that hang on conditions and may come at the same moment, which are the branches of one
    decision, the heaviest stands for all. Contingencies stay out: they replace what did not come.
    """
    certain: list[tuple[Millis, Inject]] = []
    branches: dict[Millis, Inject] = {}
    for inject in injects:
        at = calendar.injects[inject.id]
        if at >= NEVER or inject.kind == "contingency":
            continue
        if inject.when is None:
            certain.append((at, inject))
        elif at not in branches or weight(inject) > weight(branches[at]):
            branches[at] = inject
    return sorted([*certain, *branches.items()], key=lambda pair: pair[0])
