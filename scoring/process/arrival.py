"""Role arrival: who came when, who confirmed the call, when groups stood, how duties were done.

Scoring model 4.1. Only roles that people play and that were called out are scored.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate
from statistics import median

from drillkit.core.records import Mark, Presence, Stay
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.events import DutyRated
from drillkit.model.plan import Group, Role
from drillkit.model.weights import ArrivalWeights, WeightSet
from scoring.assessment import Cap, Score
from scoring.grading import score, settled
from scoring.measure import (
    Evidence,
    Measure,
    hard_limit,
    not_applicable,
    not_observed,
    total,
    utility,
    value,
)
from scoring.process.windows import missing, play_time

KEY_ABSENT_CEILING = 59.0
ON_TIME_SHARE = 0.60
"""Below this share of roles in time the record form says that individuals were missing."""
DUTY = {"skilled": 1.0, "adequate": 0.65, "unclear": 0.20}
_EVIDENCE: dict[str, Evidence] = {"declared": "declared", "simulated": "simulated"}


def arrival(state: State, now: Millis, weights: WeightSet) -> Score:
    """Score role arrival as it stands at exercise time `now` (ms)."""
    at = play_time(state, now)
    terms = weights.arrival
    roles = state.plan.players()
    called = [(role, mark) for role in roles if (mark := state.presence[role.id].called)]
    spread = _spread(state)
    measure = total(
        "arrival",
        "score.arrival",
        [
            total(
                "arrival.on-time",
                "score.on-time",
                [_on_time(state, role, at, terms, spread) for role in roles],
                weight=terms.on_time,
            ),
            total(
                "arrival.acknowledged",
                "score.acknowledged",
                [_acknowledged(state, role, at) for role in roles],
                weight=terms.acknowledged,
            ),
            total(
                "arrival.established",
                "score.established",
                [_established(state, group, at, spread) for group in state.plan.groups],
                weight=terms.established,
            ),
            total("arrival.duties", "score.duties", _duties(state, roles, at), weight=terms.duties),
        ],
    )
    absent = [(role, mark) for role, mark in called if _is_absent(state, role, mark, at)]
    caps = [
        Cap(KEY_ABSENT_CEILING, "score.cap-key-absent", {"role": role.title}, (mark.seq,))
        for role, mark in absent
        if role.key and not _stood_in(state, role, mark)
    ]
    return score(
        "arrival",
        settled(measure, state),
        weights,
        caps=caps,
        bucket=_bucket(state, called, [role for role, _ in absent]),
    )


# -- A1 and A2: at the post, and confirmed ---------------------------------------------------------


def _on_time(
    state: State, role: Role, at: Millis, terms: ArrivalWeights, spread: Mapping[str, int]
) -> Measure:
    """The best stay at the post, times the share of play from then on that the post was held.

    Scoring model 4.1 takes the share into the duties alone, which nobody may have rated: then
    whoever checks in and goes loses nothing. Nor does it ask how many posts one person holds; here
    whoever holds several posts of others is at each post, its own too, only in part.
    """
    id, words = f"arrival.on-time.{role.id}", "score.on-time"
    presence = state.presence[role.id]
    call = presence.called
    if call is None:
        return not_applicable(id, words, weight=role.weight, about=role.id)
    if not presence.stays:
        return missing(
            id,
            words,
            limit_at=call.at + hard_limit(role.arrive_target, role.arrive_limit),
            now=at,
            weight=role.weight,
            entries=(call.seq,),
            about=role.id,
        )

    def earned(stay: Stay) -> float:
        credit = _credit(stay, terms)
        credit *= _share_present(presence, stay.came, at)
        credit /= spread.get(stay.substitute or role.id, 1)
        return credit * utility(stay.came.at - call.at, role.arrive_target, role.arrive_limit)

    # The best stay counts: a substitute who holds the post until its holder comes costs nothing.
    best = max(presence.stays, key=earned)
    return value(
        id,
        words,
        earned(best),
        weight=role.weight,
        evidence=_EVIDENCE.get(best.evidence, "auto"),
        entries=(call.seq, best.came.seq),
        about=role.id,
    )


def _spread(state: State) -> dict[str, int]:
    """The most posts of others that each role held at once, where it was more than one."""
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for presence in state.presence.values():
        for stay in presence.stays:
            if stay.substitute:
                held[stay.substitute].append((stay.came.seq, 1))
                if stay.left:
                    held[stay.substitute].append((stay.left.seq, -1))
    most = {role: max(accumulate(by for _, by in sorted(steps))) for role, steps in held.items()}
    return {role: posts for role, posts in most.items() if posts > 1}


def _credit(stay: Stay, terms: ArrivalWeights) -> float:
    """Sigma: 1 for the holder of the post, less for who stands in."""
    if not stay.substitute:
        return 1.0
    return terms.alternate if stay.alternate else terms.substitute


def _acknowledged(state: State, role: Role, at: Millis) -> Measure:
    id, words = f"arrival.acknowledged.{role.id}", "score.acknowledged"
    presence = state.presence[role.id]
    call, answer = presence.called, presence.acknowledged
    if call is None:
        return not_applicable(id, words, about=role.id)
    if answer is None:
        limit_at = call.at + role.ack_limit
        return missing(id, words, limit_at=limit_at, now=at, entries=(call.seq,), about=role.id)
    earned = utility(answer.at - call.at, role.ack_target, role.ack_limit)
    return value(id, words, earned, entries=(call.seq, answer.seq), about=role.id)


# -- A3: groups that stand -------------------------------------------------------------------------


def _established(state: State, group: Group, at: Millis, spread: Mapping[str, int]) -> Measure:
    id, words = f"arrival.established.{group.id}", "score.established"
    calls = [
        mark
        for role in state.plan.players()
        if role.group == group.id and (mark := state.presence[role.id].called)
    ]
    if not calls:
        return not_applicable(id, words, about=group.id)
    first, stood = min(calls), _stood(state, group, spread)
    if stood is None:
        limit_at = first.at + hard_limit(group.target, group.limit)
        return missing(id, words, limit_at=limit_at, now=at, entries=(first.seq,), about=group.id)
    earned = utility(stood.at - first.at, group.target, group.limit)
    return value(id, words, earned, entries=(first.seq, stood.seq), about=group.id)


def _stood(state: State, group: Group, spread: Mapping[str, int]) -> Mark | None:
    """When the group stood; a person who holds several posts of others makes up one member."""
    if not spread:
        return state.established.get(group.id)
    members = [role for role in state.plan.roles if role.group == group.id]
    stays = [(role, stay) for role in members for stay in state.presence[role.id].stays]
    for mark in sorted(stay.came for _, stay in stays):
        here = [
            (role, stay.substitute or role.id)
            for role, stay in stays
            if stay.came.seq <= mark.seq and (stay.left is None or stay.left.seq > mark.seq)
        ]
        held = {role.id for role, _ in here}
        bodies = {person if person in spread else role.id for role, person in here}
        if len(bodies) >= group.quorum and all(role.id in held for role in members if role.key):
            return mark
    return None


# -- A4/5: duties, and staying at the post ---------------------------------------------------------


def _duties(state: State, roles: tuple[Role, ...], at: Millis) -> list[Measure]:
    rated: dict[str, list[tuple[Mark, DutyRated]]] = defaultdict(list)
    for (role_id, _), rating in state.duties.items():
        rated[role_id].append(rating)
    return [_duty(state, role, rated.get(role.id, []), at) for role in roles]


def _duty(state: State, role: Role, ratings: list[tuple[Mark, DutyRated]], at: Millis) -> Measure:
    """What the evaluators' meeting settled on; else the median of the raters, and their spread."""
    id, words = f"arrival.duties.{role.id}", "score.duties"
    agreed = state.settled_duties.get(role.id)
    counted = [agreed] if agreed else ratings
    seen = [DUTY[event.duty] for _, event in counted if event.duty in DUTY]
    presence = state.presence[role.id]
    if not seen:
        declined = any(event.duty == "not-applicable" for _, event in counted)
        if declined or presence.called is None:
            return not_applicable(id, words, about=role.id)
        return not_observed(id, words, about=role.id)
    entries = [mark.seq for mark, event in ratings if event.duty in DUTY]
    entries += [agreed[0].seq] if agreed else []
    entries += [stay.left.seq for stay in presence.stays if stay.left]
    held = _share_present(presence, presence.stays[0].came, at) if presence.stays else 1.0
    given = [x * held for x in seen]
    evidence: Evidence = "adjudicated" if agreed else "evaluator"
    leaf = value(id, words, median(given), evidence=evidence, entries=entries, about=role.id)
    return replace(leaf, lo=min(given), hi=max(given))


def _share_present(presence: Presence, since: Mark, at: Millis) -> float:
    """The share of the time from an arrival on that the post was held; 1 if it was never left."""
    stays = [stay for stay in presence.stays if stay.came >= since]
    if not any(stay.left for stay in stays):
        return 1.0
    held = sum((stay.left.at if stay.left else at) - stay.came.at for stay in stays)
    return held / (at - since.at) if at > since.at else 1.0


# -- what the record form says ---------------------------------------------------------------------


def _took(state: State, role: Role, call: Mark) -> Millis | None:
    """How long after the call the holder of the post came in person; None: not so far."""
    stays = (stay for stay in state.presence[role.id].stays if not stay.substitute)
    first = next(stays, None)
    return None if first is None else first.came.at - call.at


def _is_absent(state: State, role: Role, call: Mark, at: Millis) -> bool:
    """The hard limit has passed, and the holder of the post had not come by then."""
    limit = hard_limit(role.arrive_target, role.arrive_limit)
    took = _took(state, role, call)
    return at - call.at >= limit and (took is None or took >= limit)


def _stood_in(state: State, role: Role, call: Mark) -> bool:
    """A designated alternate held the post before the hard limit."""
    by = call.at + hard_limit(role.arrive_target, role.arrive_limit)
    return any(stay.alternate and stay.came.at < by for stay in state.presence[role.id].stays)


def _bucket(state: State, called: list[tuple[Role, Mark]], absent: list[Role]) -> str:
    """The option of the record form, scoring model 4.1; "" while the evidence is open."""
    if any(role.key for role in absent):
        return "score.bucket-key-absent"
    if absent:
        return "score.bucket-some-absent"
    took = [_took(state, role, call) for role, call in called]
    if not called or None in took:
        return ""
    in_time = sum(
        time is not None and time <= role.arrive_target
        for (role, _), time in zip(called, took, strict=True)
    )
    if in_time == len(called):
        return "score.bucket-prompt"
    if in_time < ON_TIME_SHARE * len(called):
        return "score.bucket-some-absent"
    return "score.bucket-mostly-prompt"
