"""Lessons about people: who came late or not, who had no alternate, which group did not stand."""

from collections.abc import Iterator

from drillkit.core.records import Mark, Stay
from drillkit.model.plan import Role
from scoring.measure import hard_limit
from scoring.result.lessons.evidence import Evidence, Rule, Seen

FEW_ACTS = 3
"""A role that did less than this was silent."""


def _called(evidence: Evidence) -> Iterator[tuple[Role, Mark, Stay | None]]:
    """The called roles and the first stay at their post."""
    for role in evidence.plan.players():
        presence = evidence.state.presence.get(role.id)
        if presence is not None and presence.called is not None:
            yield role, presence.called, presence.stays[0] if presence.stays else None


def _is_late(role: Role, call: Mark, stay: Stay | None) -> bool:
    return stay is not None and stay.came.at - call.at > role.arrive_target


def _is_absent(evidence: Evidence, role: Role, call: Mark, stay: Stay | None) -> bool:
    limit_at = call.at + hard_limit(role.arrive_target, role.arrive_limit)
    return stay is None and evidence.now >= limit_at


def _late(evidence: Evidence, *, key: bool) -> Iterator[Seen]:
    for role, call, stay in _called(evidence):
        if role.key is not key or stay is None or not _is_late(role, call, stay):
            continue
        took = stay.came.at - call.at
        is_grave = took >= hard_limit(role.arrive_target, role.arrive_limit)
        mild, grave = ("corrective", "deficiency") if key else ("improvement", "corrective")
        yield Seen(
            grave if is_grave else mild,
            role.title,
            (call.seq, stay.came.seq),
            role.id,
            times={"time": took, "target": role.arrive_target},
        )


def late_key_role(evidence: Evidence) -> Iterator[Seen]:
    """A key post that was taken after its target time."""
    return _late(evidence, key=True)


def late_role(evidence: Evidence) -> Iterator[Seen]:
    """Another post that was taken after its target time."""
    return _late(evidence, key=False)


def _absent(evidence: Evidence, *, key: bool) -> Iterator[Seen]:
    for role, call, stay in _called(evidence):
        if role.key is key and _is_absent(evidence, role, call, stay):
            yield Seen(
                "deficiency" if key else "corrective",
                role.title,
                (call.seq,),
                evidence.commander(),
                times={"limit": hard_limit(role.arrive_target, role.arrive_limit)},
            )


def absent_key_role(evidence: Evidence) -> Iterator[Seen]:
    """A key post that nobody had taken when its time was up."""
    return _absent(evidence, key=True)


def absent_role(evidence: Evidence) -> Iterator[Seen]:
    """Another post that nobody had taken when its time was up."""
    return _absent(evidence, key=False)


def no_alternate(evidence: Evidence) -> Iterator[Seen]:
    """A key post that came late or not at all, and for which the plan names nobody else."""
    for role, call, stay in _called(evidence):
        if not role.key or role.alternates:
            continue
        if _is_late(role, call, stay) or _is_absent(evidence, role, call, stay):
            entries = (call.seq, stay.came.seq) if stay else (call.seq,)
            yield Seen("corrective", role.title, entries, evidence.commander())


def quorum_late(evidence: Evidence) -> Iterator[Seen]:
    """A group that stood after its target time."""
    for group in evidence.plan.groups:
        first, stood = _first_call(evidence, group.id), evidence.state.established.get(group.id)
        if first is None or stood is None or stood.at - first.at <= group.target:
            continue
        took = stood.at - first.at
        yield Seen(
            "corrective" if took >= hard_limit(group.target, group.limit) else "improvement",
            group.title,
            (first.seq, stood.seq),
            evidence.commander(),
            times={"time": took, "target": group.target},
        )


def quorum_missing(evidence: Evidence) -> Iterator[Seen]:
    """A group that did not stand when its time was up."""
    for group in evidence.plan.groups:
        first = _first_call(evidence, group.id)
        if first is None or group.id in evidence.state.established:
            continue
        limit = hard_limit(group.target, group.limit)
        if evidence.now >= first.at + limit:
            yield Seen(
                "deficiency",
                group.title,
                (first.seq,),
                evidence.commander(),
                times={"limit": limit},
            )


def silent_role(evidence: Evidence) -> Iterator[Seen]:
    """A role that was at its post and did hardly anything until the end."""
    if evidence.state.ended is None:
        return
    for role, call, stay in _called(evidence):
        acts = len(evidence.state.acts.get(role.id, ()))
        if stay is not None and acts < FEW_ACTS:
            yield Seen(
                "improvement",
                role.title,
                (call.seq, stay.came.seq),
                evidence.commander(),
                numbers={"n": acts},
            )


def fast_quorum(evidence: Evidence) -> Iterator[Seen]:
    """A group that stood within its target time."""
    for group in evidence.plan.groups:
        first, stood = _first_call(evidence, group.id), evidence.state.established.get(group.id)
        if first is not None and stood is not None and stood.at - first.at <= group.target:
            yield Seen(
                "strength",
                group.title,
                (first.seq, stood.seq),
                evidence.commander(),
                times={"time": stood.at - first.at, "target": group.target},
            )


def _first_call(evidence: Evidence, group: str) -> Mark | None:
    return min((call for role, call, _ in _called(evidence) if role.group == group), default=None)


RULES = (
    Rule("late-key-role", "arrival", "organization", late_key_role),
    Rule("absent-key-role", "arrival", "organization", absent_key_role),
    Rule("late-role", "arrival", "organization", late_role),
    Rule("absent-role", "arrival", "organization", absent_role),
    Rule("no-alternate", "arrival", "planning", no_alternate),
    Rule("quorum-late", "command", "organization", quorum_late),
    Rule("quorum-missing", "command", "organization", quorum_missing),
    Rule("silent-role", "command", "exercise", silent_role),
)
STRENGTHS = (Rule("fast-quorum", "command", "organization", fast_quorum),)
