"""Information flow: who learnt what by when, what was reported, how fully, truly and duly.

Scoring model 4.3, reporting limits of doctrine 2.9 as the plan's rules have them.
"""

from collections.abc import Iterator

from drillkit.core.records import DueRecord
from drillkit.core.state import State
from drillkit.model.base import Millis, Title
from drillkit.model.plan import Plan, ReportingRule
from drillkit.model.weights import WeightSet
from scoring.assessment import Cap, Score
from scoring.grading import score, settled
from scoring.measure import Measure, hard_limit, not_observed, total, utility, value
from scoring.process.aim import Aim, known_duly
from scoring.process.copies import copied_from, own_words
from scoring.process.network import diagnostics, recipients
from scoring.process.traffic import Traffic, releases, shares, tally
from scoring.process.windows import is_ahead, missing, play_time

CEILINGS = {"late": 74.0, "omitted": 59.0, "false": 39.0, "concealed": 39.0}
_CAP_WORDS = {
    "late": "score.cap-late",
    "omitted": "score.cap-omitted",
    "false": "score.cap-false",
    "concealed": "score.cap-concealed",
}
SHORTEST_ELEMENT = 2
"""An element of a report with fewer characters says nothing."""


def information(state: State, now: Millis, weights: WeightSet, *, thorough: bool = True) -> Score:
    """Score information flow as it stands at exercise time `now` (ms).

    `thorough` adds the diagnostics of the network, which take longer than the score itself.
    """
    at = play_time(state, now)
    terms = weights.information
    traffic = tally(state, at)
    measure = total(
        "information",
        "score.information",
        [
            total(
                "information.reached",
                "score.reached",
                [*_reached(state, at), *_ahead(state)],
                weight=terms.reached,
            ),
            total(
                "information.reports",
                "score.reports",
                [*_reports(state, at), *_customers(state, at)],
                weight=terms.reports,
            ),
            total(
                "information.complete",
                "score.complete",
                [_complete(state, id, due, at) for id, due in state.due.items()],
                weight=terms.complete,
            ),
            _accurate(traffic, terms.accurate),
            shares(
                "information.closed-loop",
                "score.closed-loop",
                traffic.closed_loop,
                weight=terms.closed_loop,
            ),
            total(
                "information.discipline",
                "score.discipline",
                [
                    shares(
                        "information.discipline.paths", "score.paths", traffic.paths, weight=1.0
                    ),
                    total("information.discipline.releases", "score.releases", releases(state)),
                ],
                weight=terms.discipline,
            ),
        ],
    )
    shown: dict[str, float | str] = {"unsupported": float(traffic.unsupported)}
    if thorough:
        shown |= diagnostics(state)
    return score(
        "information",
        settled(measure, state),
        weights,
        caps=list(_caps(state, at)),
        bucket=_bucket(state, at),
        diagnostics=shown,
    )


# -- I1: who must know, knows in time --------------------------------------------------------------


def _ahead(state: State) -> Iterator[Measure]:
    """What the script will still ask to be known, while play is on."""
    scenario = state.scenario
    coming = {id for one in scenario.injects if is_ahead(state, one) for id in one.facts}
    for fact in scenario.facts:
        if fact.id in coming and fact.id not in state.facts:
            for recipient in fact.recipients:
                yield not_observed(
                    f"information.reached.{fact.id}.{recipient.role}",
                    "score.reached",
                    weight=recipient.weight,
                    about=fact.id,
                )


def _reached(state: State, at: Millis) -> Iterator[Measure]:
    """A leaf for each who must know a fact: the latency utility times how aimed the telling was."""
    knows = known_duly(state)
    aim = Aim(state)
    for fact, recipient in recipients(state):
        role, up = recipient.role, state.facts[fact.id]
        id, words, about = f"information.reached.{fact.id}.{role}", "score.reached", fact.id
        known = knows(role, fact.id)
        if known is None:
            yield missing(
                id,
                words,
                limit_at=up.at + hard_limit(recipient.target, recipient.limit),
                now=at,
                closed=fact.closed,
                weight=recipient.weight,
                entries=(up.seq,),
                about=about,
            )
        else:
            earned = utility(known.at - up.at, recipient.target, recipient.limit)
            earned *= aim.of(known.source)
            entries = (up.seq, known.seq)
            yield value(id, words, earned, weight=recipient.weight, entries=entries, about=about)


# -- I2: reports and customers told by their limit -------------------------------------------------


def _reports(state: State, at: Millis) -> Iterator[Measure]:
    for id, due in state.due.items():
        leaf, words, limit_at = f"information.reports.{id}", "score.reports", due.event.limit_at
        if not due.filed:
            entries = (due.due.seq,)
            yield missing(leaf, words, limit_at=limit_at, now=at, entries=entries, about=id)
        else:
            filed = state.reports[due.filed].filed
            earned = 1.0 if filed.at <= limit_at else 0.0
            yield value(leaf, words, earned, entries=(due.due.seq, filed.seq), about=id)


def _customers(state: State, at: Millis) -> Iterator[Measure]:
    for id, record in state.customers.items():
        if record.event is None or record.at_risk is None:
            continue
        leaf, words = f"information.reports.customer.{id}", "score.customers"
        limit_at, began, told = record.event.limit_at, record.at_risk, record.notified
        if told is None:
            entries = (began.seq,)
            yield missing(leaf, words, limit_at=limit_at, now=at, entries=entries, about=id)
        else:
            earned = 1.0 if told.at <= limit_at else 0.0
            yield value(leaf, words, earned, entries=(began.seq, told.seq), about=id)


# -- I3: reports with all that belongs in them -----------------------------------------------------


def _complete(state: State, id: str, due: DueRecord, at: Millis) -> Measure:
    """The share of the elements that say something of their own.

    The same words in several elements count once, and a copy of an inject, padded or not, counts
    for nothing: one text put everywhere is not a report.
    """
    leaf, words = f"information.complete.{id}", "score.complete"
    if not due.filed:
        limit_at, entries = due.event.limit_at, (due.due.seq,)
        return missing(leaf, words, limit_at=limit_at, now=at, entries=entries, about=id)
    report = state.reports[due.filed]
    rule = _rule(state.plan, due.event.rule)
    if rule is None:
        return not_observed(leaf, words, about=id)
    read = copied_from(state)
    said = {own_words(report.event.elements.get(element.id, ""), read) for element in rule.elements}
    present = sum(len(words) >= SHORTEST_ELEMENT for words in said)
    entries = (report.filed.seq,)
    return value(leaf, words, present / len(rule.elements), entries=entries, about=id)


# -- I4: accuracy ----------------------------------------------------------------------------------


def _accurate(traffic: Traffic, weight: float) -> Measure:
    id, words = "information.accurate", "score.accurate"
    if not traffic.accurate:
        return not_observed(id, words, weight=weight)
    return shares(id, words, traffic.accurate, weight=weight)


# -- caps, and what the record form says -----------------------------------------------------------


def _caps(state: State, at: Millis) -> Iterator[Cap]:
    """Statutory reports that came late or never, and conduct that an evaluator judged."""
    for due in state.due.values():
        rule = _rule(state.plan, due.event.rule)
        if rule is None or not rule.statutory:
            continue
        if due.filed:
            filed = state.reports[due.filed].filed
            if filed.at > due.event.limit_at:
                yield _cap("late", rule.title, (due.due.seq, filed.seq))
        elif at >= due.event.limit_at:
            conduct = "late" if state.ended is None else "omitted"
            yield _cap(conduct, rule.title, (due.due.seq,))
    for mark, event in state.conducts:
        rule = _rule(state.plan, event.rule)
        report = event.rule if rule is None else rule.title
        yield _cap(event.conduct, report, (mark.seq, *event.entries), mark.by)


def _cap(conduct: str, report: Title | str, entries: tuple[int, ...], by: str = "rule") -> Cap:
    return Cap(CEILINGS[conduct], _CAP_WORDS[conduct], {"report": report}, entries, by)


def _rule(plan: Plan, id: str) -> ReportingRule | None:
    return next((rule for rule in plan.reports if rule.id == id), None)


def _bucket(state: State, at: Millis) -> str:
    """The option of the record form for reports upward; "" while none is decided."""
    late = decided = False
    for due in state.due.values():
        if due.filed:
            decided = True
            late = late or state.reports[due.filed].filed.at > due.event.limit_at
        elif at >= due.event.limit_at:
            return "score.bucket-report-missing"
    if not decided:
        return ""
    return "score.bucket-reports-late" if late else "score.bucket-reports-in-time"
