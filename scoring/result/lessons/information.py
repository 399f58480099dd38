"""Lessons about knowledge: what did not arrive, what was wrong, and what nobody confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from drillkit.core.records import Known, Mark
from drillkit.model.base import MINUTE
from drillkit.model.events import FactRef
from drillkit.model.scenario import Fact, Recipient
from scoring.measure import hard_limit
from scoring.result.lessons.evidence import Evidence, Rule, Seen

ACK_WITHIN = 5 * MINUTE
"""A message that wants a confirmation should have it by then."""
QUICK = 10 * MINUTE
"""A false fact corrected within this time was corrected quickly."""
WIDE_DROP = 0.25
"""A role whose silence would cost the others this share of what they learnt is a bottleneck."""


class Claim(NamedTuple):
    """Something that was said by message, report or issued statement."""

    mark: Mark
    role: str
    facts: Sequence[FactRef]
    unsupported: Sequence[str]
    confirmed: bool

    def cites(self, facts: Iterable[str]) -> bool:
        return not {fact.id for fact in self.facts}.isdisjoint(facts)


def _claims(evidence: Evidence) -> Iterator[Claim]:
    """What the roles that are played said, statements only once they were issued."""
    state = evidence.state
    said = [
        *((record.sent, record.event.sender, record.event) for record in state.messages.values()),
        *((record.filed, record.event.sender, record.event) for record in state.reports.values()),
        *(
            (record.issued, record.event.role, record.event)
            for record in state.statements.values()
            if record.issued
        ),
    ]
    for mark, role, event in said:
        if evidence.is_played(role):
            yield Claim(mark, role, event.facts, event.unsupported, event.confirmed)


def _came_up(evidence: Evidence) -> Iterator[tuple[Fact, Known]]:
    for fact in evidence.scenario.facts:
        known = evidence.state.facts.get(fact.id)
        if known is not None:
            yield fact, known


def fact_unreached(evidence: Evidence) -> Iterator[Seen]:
    """A fact that some of those who need it did not know by their hard limit."""
    for fact, known in _came_up(evidence):
        lacking = [
            recipient
            for recipient in fact.recipients
            if fact.closed and _lacks(evidence, fact, known, recipient)
        ]
        if lacking:
            yield Seen(
                "deficiency" if fact.severity == 3 else "corrective",
                fact.title,
                (known.seq,),
                evidence.commander(),
                titles={"roles": tuple(evidence.role(one.role) for one in lacking)},
            )


def _lacks(evidence: Evidence, fact: Fact, known: Known, recipient: Recipient) -> bool:
    limit_at = known.at + hard_limit(recipient.target, recipient.limit)
    return evidence.now >= limit_at and evidence.knows(recipient.role, fact.id) is None


def fact_late(evidence: Evidence) -> Iterator[Seen]:
    """A fact that some of those who need it learnt after their target time."""
    for fact, known in _came_up(evidence):
        late = [
            (recipient, learnt)
            for recipient in fact.recipients
            if (learnt := evidence.knows(recipient.role, fact.id))
            and learnt.at - known.at > recipient.target
        ]
        if late:
            yield Seen(
                "corrective" if fact.severity == 3 else "improvement",
                fact.title,
                tuple(sorted({known.seq, *(learnt.seq for _, learnt in late)})),
                evidence.commander(),
                titles={"roles": tuple(evidence.role(one.role) for one, _ in late)},
                times={"time": max(learnt.at - known.at for _, learnt in late)},
            )


def unsupported_claim(evidence: Evidence) -> Iterator[Seen]:
    """Something said that the sender could not know."""
    titles = {fact.id: fact.title for fact in evidence.scenario.facts}
    for claim in _claims(evidence):
        for fact in claim.unsupported:
            if fact in titles:
                yield Seen(
                    "corrective",
                    titles[fact],
                    (claim.mark.seq,),
                    claim.role,
                    titles={"role": evidence.role(claim.role)},
                )


def false_confirmed(evidence: Evidence) -> Iterator[Seen]:
    """A false fact that was passed on as if it were confirmed."""
    for fact, _ in _came_up(evidence):
        wrong = _passed_as_true(evidence, fact)
        if wrong:
            yield Seen(
                "deficiency" if fact.severity == 3 else "corrective",
                fact.title,
                tuple(sorted(claim.mark.seq for claim in wrong)),
                wrong[0].role,
                titles={"roles": tuple(evidence.role(claim.role) for claim in wrong)},
            )


def _corrections(evidence: Evidence, fact: Fact) -> set[str]:
    return {other.id for other in evidence.scenario.facts if other.corrects == fact.id}


def _passed_as_true(evidence: Evidence, fact: Fact) -> list[Claim]:
    if fact.true:
        return []
    corrections = _corrections(evidence, fact)
    return [
        claim
        for claim in _claims(evidence)
        if claim.confirmed and claim.cites([fact.id]) and not claim.cites(corrections)
    ]


def unapproved_release(evidence: Evidence) -> Iterator[Seen]:
    """A public statement that was issued without approval."""
    if evidence.plan.release is None:
        return
    for record in evidence.state.statements.values():
        if record.issued and not record.was_approved:
            yield Seen(
                "corrective",
                evidence.role(record.issued.by),
                (record.drafted.seq, record.issued.seq),
                evidence.plan.release.spokesperson,
            )


def unacknowledged(evidence: Evidence) -> Iterator[Seen]:
    """Messages that wanted a confirmation and did not get it in time."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for record in evidence.state.messages.values():
        if record.event.ack and evidence.now - record.sent.at >= ACK_WITHIN:
            for role in record.event.to:
                if role not in record.acknowledged and evidence.is_played(role):
                    waiting[role].append(record.sent.seq)
    for role, entries in waiting.items():
        yield Seen(
            "improvement",
            evidence.role(role),
            tuple(entries),
            role,
            numbers={"n": len(entries)},
        )


def bottleneck(evidence: Evidence) -> Iterator[Seen]:
    """A role without which most of what others learnt would not have reached them."""
    shown = evidence.information.diagnostics
    role, drop = shown.get("bottleneck"), shown.get("bottleneck-drop")
    if not isinstance(role, str) or not isinstance(drop, float) or drop < WIDE_DROP:
        return
    entries = [claim.mark.seq for claim in _claims(evidence) if claim.role == role and claim.facts]
    # One telling is no hub yet.
    if len(entries) > 1:
        yield Seen(
            "improvement",
            evidence.role(role),
            tuple(sorted(entries)),
            evidence.commander(),
            numbers={"share": round(100 * drop)},
        )


def rumour_stopped(evidence: Evidence) -> Iterator[Seen]:
    """A false fact that nobody passed on as confirmed, and that was marked or corrected soon."""
    for fact, known in _came_up(evidence):
        if fact.true or _passed_as_true(evidence, fact):
            continue
        corrections = _corrections(evidence, fact)
        stopped = [
            claim.mark
            for claim in _claims(evidence)
            if (claim.cites([fact.id]) and not claim.confirmed)
            or (claim.cites(corrections) and _is_quick(evidence, claim, corrections))
        ]
        if stopped:
            first = min(stopped)
            yield Seen(
                "strength",
                fact.title,
                (known.seq, first.seq),
                first.by if evidence.is_played(first.by) else evidence.commander(),
                times={"time": first.at - known.at},
            )


def _is_quick(evidence: Evidence, claim: Claim, corrections: set[str]) -> bool:
    since = [
        evidence.state.facts[fact.id].at
        for fact in claim.facts
        if fact.id in corrections and fact.id in evidence.state.facts
    ]
    return bool(since) and claim.mark.at - min(since) <= QUICK


RULES = (
    Rule("fact-unreached", "information", "planning", fact_unreached),
    Rule("fact-late", "information", "training", fact_late),
    Rule("unsupported-claim", "information", "training", unsupported_claim),
    Rule("false-confirmed", "information", "training", false_confirmed),
    Rule("unapproved-release", "release", "planning", unapproved_release),
    Rule("unacknowledged", "information", "training", unacknowledged),
    Rule("bottleneck", "information", "organization", bottleneck),
)
STRENGTHS = (Rule("rumour-stopped", "information", "training", rumour_stopped),)
