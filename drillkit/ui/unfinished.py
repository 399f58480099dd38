"""What is still open when somebody wants to end the drill, in sentences."""

from drillkit.core.state import State
from drillkit.model.base import Lang
from drillkit.words import say


def unfinished(state: State, lang: Lang) -> list[str]:
    """A sentence for each kind of thing that is still open; none when nothing is."""
    injects = state.injects
    waiting = [
        inject
        for inject in state.scenario.injects
        if inject.at is not None
        and (inject.id not in injects or injects[inject.id].status in ("planned", "held"))
    ]
    counts = {
        "control.open-injects": len(waiting),
        "control.open-answers": sum(len(record.awaited) for record in injects.values()),
        "control.open-reports": sum(not due.filed for due in state.due.values()),
        "control.open-needs": sum(not need.is_met for need in state.needs.values()),
        "control.open-customers": sum(
            customer.at_risk is not None and customer.notified is None
            for customer in state.customers.values()
        ),
        "control.open-shipments": len(state.ledger.transit),
    }
    return [say(lang, key, n=count) for key, count in counts.items() if count]
