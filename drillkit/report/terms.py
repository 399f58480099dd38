"""The terms of a score as rows: numbered, indented, each with its evidence and its standard."""

from collections.abc import Iterator
from dataclasses import dataclass

from drillkit.core.chronicle import headline, sentence
from drillkit.core.measured import about
from drillkit.core.records import Mark
from drillkit.model.base import Millis
from drillkit.model.events import (
    CustomerAtRisk,
    InjectReleased,
    NeedArose,
    ReportFellDue,
    RoleCalled,
    ValueAdjudicated,
)
from drillkit.report.drill import Drill, moment
from drillkit.words import say
from scoring.assessment import Score
from scoring.measure import Measure, hard_limit

_FULL = 0.9995
"""From here on nothing is lost that one decimal of points could show."""

_BEGINNINGS = (CustomerAtRisk, InjectReleased, NeedArose, ReportFellDue, RoleCalled)
"""What asks for something: where it is the last evidence, nothing came of it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a score sheet. Points are 0 to 100 or None; `depth` is 0 for the score itself.

    `measured` is what the log alone gives to a leaf, `judged` what people gave it. `name` is the
    title with the subject, or the subject alone below a term of the same title.
    """

    number: str
    depth: int
    id: str
    name: str
    title: str
    subject: str
    weight: float
    standard: str
    point: float | None
    lo: float
    hi: float
    coverage: float
    standing: str
    evidence: str
    entries: tuple[int, ...]
    lost: str
    measured: float | None
    decided_by: str
    is_leaf: bool

    @property
    def judged(self) -> float | None:
        is_judged = self.is_leaf and self.evidence in ("evaluator", "adjudicated")
        return self.point if is_judged else None

    @property
    def is_seen(self) -> bool:
        return self.standing == "value"


def terms(drill: Drill, score: Score) -> list[Term]:
    """The tree of a score, flattened in reading order."""
    return list(_rows(drill, score.measure, "", 0, ""))


@dataclass(frozen=True, slots=True)
class Worst:
    """The leaf that cost a term most ("" where none cost anything), and how many were not seen."""

    name: str
    point: float | None
    lost: str
    entries: tuple[int, ...]
    leaves: int
    unseen: int


def worst(drill: Drill, measure: Measure) -> Worst:
    """What to say of a term in one line; a term that is a leaf itself is its own worst."""
    found = list(_leaves(measure, 1.0, ""))
    unseen = sum(leaf.point is None for _, leaf, _ in found)
    seen = [
        (share * (1 - leaf.point), leaf, above)
        for share, leaf, above in found
        if leaf.point is not None
    ]
    loss, leaf, above = max(seen, key=lambda one: one[0], default=(0.0, measure, ""))
    if loss <= 1 - _FULL:
        return Worst("", None, "", (), len(found), unseen)
    row = _row(drill, leaf, "", 0, above)
    return Worst(row.name, row.point, row.lost, row.entries, len(found), unseen)


def _leaves(measure: Measure, share: float, above: str) -> Iterator[tuple[float, Measure, str]]:
    """The leaves that apply, each with its share of the whole and the words above it."""
    parts = [part for part in measure.children if part.is_applicable]
    if not measure.children:
        yield share, measure, above
    whole = sum(part.weight for part in parts)
    for part in parts:
        yield from _leaves(part, share * part.weight / whole if whole else 0.0, measure.words)


def _rows(drill: Drill, measure: Measure, number: str, depth: int, above: str) -> Iterator[Term]:
    yield _row(drill, measure, number, depth, above)
    for index, child in enumerate(measure.children, 1):
        below = f"{number}.{index}" if number else str(index)
        yield from _rows(drill, child, below, depth + 1, measure.words)


def _row(drill: Drill, measure: Measure, number: str, depth: int, above: str) -> Term:
    ruling = drill.state.adjudicated.get(measure.id)
    title, what = say(drill.lang, measure.words), subject(drill, measure)
    named = drill.say("titled", title=title, subject=what) if what else title
    return Term(
        name=what if what and measure.words == above else named,
        number=number,
        depth=depth,
        id=measure.id,
        title=title,
        subject=what,
        weight=measure.weight,
        standard=standard(drill, measure),
        point=None if measure.point is None else 100 * measure.point,
        lo=100 * measure.lo,
        hi=100 * measure.hi,
        coverage=measure.coverage,
        standing=measure.standing,
        evidence=measure.evidence,
        entries=measure.entries,
        lost=_lost(drill, measure),
        measured=_measured(drill, measure),
        decided_by=decided_by(drill, *ruling) if ruling else "",
        is_leaf=not measure.children,
    )


def decided_by(drill: Drill, mark: Mark, ruling: ValueAdjudicated) -> str:
    """Who set a value: by name where the journal has one, else the seat."""
    return ruling.decider or drill.names.person(mark, drill.lang)


def _measured(drill: Drill, measure: Measure) -> float | None:
    """What the log says by itself, before anybody decided otherwise."""
    if measure.children or measure.evidence == "evaluator":
        return None
    point = drill.undecided.get(measure.id, measure.point)
    return None if point is None else 100 * point


def subject(drill: Drill, measure: Measure) -> str:
    """What a measure is about: a role, a need, who should know what."""
    return about(drill.names, measure.id, measure.about, drill.lang)


def standard(drill: Drill, measure: Measure) -> str:
    """Target and hard limit of a leaf, where the plan or the scenario sets them."""
    plan, scenario = drill.state.plan, drill.state.scenario
    match measure.id.split("."):
        case ["arrival", "on-time", id] if role := plan.role(id):
            return _within(role.arrive_target, hard_limit(role.arrive_target, role.arrive_limit))
        case ["arrival", "acknowledged", id] if role := plan.role(id):
            return _within(role.ack_target, role.ack_limit)
        case ["arrival", "established", id]:
            for group in plan.groups:
                if group.id == id:
                    return _within(group.target, hard_limit(group.target, group.limit))
        case ["supplies", "fill" | "timeliness", id] if need := drill.state.needs.get(id):
            return f"{need.event.quantity}, {_within(need.event.limit_at - need.arose.at)}"
        case ["information", "reached", id, role]:
            for recipient in next((f.recipients for f in scenario.facts if f.id == id), ()):
                if recipient.role == role:
                    limit = hard_limit(recipient.target, recipient.limit)
                    return _within(recipient.target, limit)
        case ["information", "reports", "customer", id]:
            for customer in plan.customers:
                if customer.id == id:
                    return _within(customer.notify_within)
        case ["information", "reports", id] if due := drill.state.due.get(id):
            return _within(due.event.limit_at - due.due.at)
        case ["result", "recovery", id]:
            for recovery in scenario.recoveries:
                if recovery.id == id:
                    return _within(recovery.target, hard_limit(recovery.target, recovery.limit))
    return ""


def _within(target: Millis, limit: Millis | None = None) -> str:
    return moment(target) if limit in (None, target) else f"{moment(target)} / {moment(limit)}"


def _lost(drill: Drill, measure: Measure) -> str:
    """Why a leaf earned less than all: the ruling, or what its last entry says."""
    if measure.children or measure.point is None or measure.point >= _FULL:
        return ""
    if ruling := drill.state.adjudicated.get(measure.id):
        return ruling[1].why
    told = (seq for seq in measure.entries if seq not in drill.hidden)
    last = max((seq for seq in told if seq < len(drill.entries)), default=None)
    if last is None:
        return ""
    entry = drill.entries[last]
    told = headline(sentence(entry, drill.names, drill.lang), 120)
    key = "lost-missing" if isinstance(entry.event, _BEGINNINGS) else "lost"
    return drill.say(key, at=moment(entry.at), told=told)
