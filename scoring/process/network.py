"""Diagnostics of information flow: shown, never graded, for what is graded is gamed.

Scoring model 4.3. Times are minutes, shares 0..1, roles by their id.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from math import ceil, fsum
from statistics import median

from drillkit.core.records import Known
from drillkit.core.state import State
from drillkit.model.base import MINUTE
from drillkit.model.scenario import Fact, Recipient
from scoring.measure import utility
from scoring.process.knowledge import carried, known_since, tellings


def diagnostics(state: State) -> dict[str, float | str]:
    """All of them; what has no evidence is left out."""
    shown: dict[str, float | str] = {}
    times = sorted(
        max(0, known.at - state.facts[fact.id].at) / MINUTE
        for fact, recipient in recipients(state)
        if (known := state.knows_fact(recipient.role, fact.id))
    )
    if times:
        shown["median-to-role"] = median(times)
        shown["p90-to-role"] = times[ceil(0.9 * len(times)) - 1]
    told = [telling for telling in tellings(state) if telling.through]
    deliveries = [
        (telling.seq, role, fact)
        for telling in told
        for role in telling.to or ()
        for fact in telling.facts
    ]
    if deliveries:
        repeated = sum(
            (known := state.knows_fact(role, fact)) is not None and known.seq < seq
            for seq, role, fact in deliveries
        )
        shown["redundancy"] = repeated / len(deliveries)
    if state.messages:
        shown["busiest-rate"], shown["busiest-role"] = _busiest(state)
        shown["fragmentation"] = _fragmentation(state)
    if weakest := _bottleneck(state):
        shown["bottleneck-drop"], shown["bottleneck"] = weakest
    return shown


def recipients(state: State) -> Iterator[tuple[Fact, Recipient]]:
    """Who must know which of the facts that have come up."""
    for fact in state.scenario.facts:
        if fact.id in state.facts:
            for recipient in fact.recipients:
                yield fact, recipient


def _busiest(state: State) -> tuple[float, str]:
    """The most messages that a role sent and got in one minute of play, and which role."""
    load: dict[tuple[str, int], int] = defaultdict(int)
    players = {role.id for role in state.plan.players()}
    for record in state.messages.values():
        minute = record.sent.at // MINUTE
        for role in {record.event.sender, *record.event.to} & players:
            load[role, minute] += 1
    most = max(load.values(), default=0)
    return float(most), min(
        (role for (role, _), count in load.items() if count == most), default=""
    )


def _fragmentation(state: State) -> float:
    """DF = 1 - sum over ordered pairs of 1 / hops, by n (n - 1): 0 all linked, 1 none."""
    players = [role.id for role in state.plan.players()]
    if len(players) < 2:
        return 0.0
    links: dict[str, set[str]] = defaultdict(set)
    for record in state.messages.values():
        links[record.event.sender].update(record.event.to)
    among = set(players)
    near = {role: links[role] & among for role in players}
    # Sets have no order to rely on; fsum does not depend on it.
    whole = fsum(1 / hops for role in players for hops in _hops(role, near))
    return 1 - whole / (len(players) * (len(players) - 1))


def _hops(start: str, near: dict[str, set[str]]) -> Iterable[int]:
    found = {start: 0}
    queue = deque([start])
    while queue:
        role = queue.popleft()
        for other in near[role] - found.keys():
            found[other] = found[role] + 1
            queue.append(other)
    return (hops for role, hops in found.items() if role != start)


def _bottleneck(state: State) -> tuple[float, str] | None:
    """The role without whose ears and mouth the others would have learnt least: drop of I1."""
    told = tellings(state)
    whole = carried(told)
    drops = []
    for role in sorted({role for telling in told for role in telling.through}):
        rest = carried(told, without=role)
        before = _reached(state, role, lambda who, fact: known_since(whole, who, fact))
        after = _reached(state, role, lambda who, fact, rest=rest: known_since(rest, who, fact))
        drops.append((before - after, role))
    worst = max(drops, default=None)
    return worst if worst and worst[0] > 0 else None


def _reached(state: State, without: str, known: Callable[[str, str], Known | None]) -> float:
    """The part of I1 that the others earn; who was not reached counts 0."""
    got = whole = 0.0
    for fact, recipient in recipients(state):
        whole += recipient.weight
        learnt = known(recipient.role, fact.id)
        if learnt is not None and recipient.role != without:
            took = learnt.at - state.facts[fact.id].at
            got += recipient.weight * utility(took, recipient.target, recipient.limit)
    return got / whole if whole else 0.0
