"""What was said: how accurate, how confirmed, by which path; tallied by role in one pass.

Scoring model 4.3, I4 to I6. A drill has thousands of messages, so a leaf is a role's share, not a
message's.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from drillkit.core.records import Citation, Mark, ReportRecord, StatementRecord
from drillkit.core.repeats import repeats
from drillkit.core.state import State
from drillkit.model.base import MINUTE, SECOND, Millis
from drillkit.model.events import StatementDrafted
from drillkit.model.plan import Plan
from drillkit.model.reading import LETTERS_A_SECOND, in_letters
from drillkit.model.scenario import Scenario
from scoring.measure import Measure, not_observed, total, utility, value
from scoring.process.hats import Hats

ACK_TARGET: Millis = 2 * MINUTE
ACK_LIMIT: Millis = 6 * MINUTE
_SKIMMED = 5
"""Times as fast as an expert reads: nobody takes words in faster."""


@dataclass(slots=True)
class Tally:
    """A role's share: `got` of `whole`, `pending` still open, and the entries counted."""

    whole: float = 0.0
    got: float = 0.0
    pending: float = 0.0
    entries: list[int] = field(default_factory=list)

    def add(self, weight: float, got: float, entries: Iterable[int]) -> None:
        self.whole += weight
        self.got += got
        self.entries += entries


Tallies = defaultdict[str, Tally]
Worn = tuple[str, ...]


@dataclass(slots=True)
class Traffic:
    """The tallies of I4, I5 and I6 by role, and how many citations rested on nothing."""

    accurate: Tallies = field(default_factory=lambda: defaultdict(Tally))
    closed_loop: Tallies = field(default_factory=lambda: defaultdict(Tally))
    paths: Tallies = field(default_factory=lambda: defaultdict(Tally))
    unsupported: int = 0


def tally(state: State, at: Millis) -> Traffic:
    """Go through all messages, reports and statements of the roles that people play.

    A report that repeats an earlier one, and a notice to a customer before there was anything to
    tell, count like a message by no path: scoring model 4.3 would leave both free.
    """
    traffic = Traffic()
    players = {role.id for role in state.plan.players()}
    hats = Hats(state)
    truth = Truth(state, hats)
    for citation, entries in state.cited.items():
        if citation.sender in players:
            truth.weigh(traffic, citation, entries)
    for statement in state.statements.values():
        if statement.issued:
            for citation in _citations(statement.event):
                truth.weigh(traffic, citation, [statement.drafted.seq])
    _confirm(traffic, state, players, at)
    filed: list[ReportRecord] = []
    for report in state.reports.values():
        event = report.event
        said = (fact.id for fact in event.facts)
        if event.sender in players and repeats(filed, event.rule, event.elements, said):
            traffic.paths[event.sender].add(1.0, 0.0, (report.filed.seq,))
        filed.append(report)
    for customer in state.customers.values():
        if (early := customer.early) and early.by in players:
            traffic.paths[early.by].add(1.0, 0.0, (early.seq,))
    paths: dict[tuple[Worn, tuple[str, ...]], list[int]] = defaultdict(list)
    for (sender, to), entries in state.sent.items():
        if sender in players:
            for worn, worn_entries in hats.by_hat(sender, entries):
                paths[worn, to] += worn_entries
    allowed = _allowed(state.plan, {worn for worn, _ in paths})
    for (worn, to), entries in paths.items():
        by_path = allowed is None or allowed[worn].issuperset(to)
        traffic.paths[worn[0]].add(len(entries), len(entries) if by_path else 0, entries)
    return traffic


def shares(id: str, words: str, tallies: Tallies, *, weight: float) -> Measure:
    """A leaf for each role, and one for what it has still open."""
    return total(id, words, list(_shares(id, words, tallies)), weight=weight)


def _shares(id: str, words: str, tallies: Tallies) -> Iterator[Measure]:
    for role, sum_ in tallies.items():
        if sum_.whole:
            x = sum_.got / sum_.whole
            yield value(
                f"{id}.{role}", words, x, weight=sum_.whole, entries=sum_.entries, about=role
            )
        if sum_.pending:
            yield not_observed(f"{id}.{role}.open", words, weight=sum_.pending, about=role)


def _citations(draft: StatementDrafted) -> Iterator[Citation]:
    for fact in draft.facts:
        yield Citation(draft.role, fact.id, draft.confirmed, supported=True)
    for id in draft.unsupported:
        yield Citation(draft.role, id, draft.confirmed, supported=False)


# -- I4: accuracy ----------------------------------------------------------------------------------


class Truth:
    """What is true of the scenario's facts, and who knew better when."""

    def __init__(self, state: State, hats: Hats) -> None:
        self._state = state
        self._hats = hats
        self._facts = {fact.id: fact for fact in state.scenario.facts}
        self._corrections = _corrections(state.scenario)

    def weigh(self, traffic: Traffic, citation: Citation, entries: Sequence[int]) -> None:
        """Weigh the citations by the severity of their fact; what is wrong earns nothing."""
        spec = self._facts.get(citation.fact)
        weight = 1.0 if spec is None else float(spec.severity)
        count = len(entries)
        right = 0
        if not citation.supported:
            traffic.unsupported += count
        elif not (citation.confirmed and spec is not None and not spec.true):
            right = count - self._outdated(citation, entries)
        traffic.accurate[citation.sender].add(weight * count, weight * right, entries)

    def _outdated(self, citation: Citation, entries: Sequence[int]) -> int:
        """How many of these citations came after the sender knew better."""
        role, fact = citation.sender, citation.fact
        if fact not in self._corrections:
            return 0
        if not self._hats.is_bare(role):
            return sum(self.outdated(role, fact, seq) for seq in entries)
        known = (self._state.knows_fact(role, better) for better in self._corrections[fact])
        since = min((one.seq for one in known if one is not None), default=None)
        return 0 if since is None else len(entries) - bisect_right(entries, since)

    def outdated(self, role: str, fact: str, seq: int) -> bool:
        """Before entry `seq` the role knew, in any of its hats, a fact that corrects this one."""
        replaced_by = self._corrections.get(fact)
        return replaced_by is not None and any(
            (known := self._state.knows_fact(hat, better)) is not None and known.seq < seq
            for better in replaced_by
            for hat in self._hats.worn(role, seq)
        )


def _corrections(scenario: Scenario) -> dict[str, set[str]]:
    """Fact -> the facts that replace it, also by way of others."""
    replaced_by: dict[str, set[str]] = defaultdict(set)
    for fact in scenario.facts:
        if fact.corrects:
            replaced_by[fact.corrects].add(fact.id)
    return {fact: _all_after(fact, replaced_by) for fact in tuple(replaced_by)}


def _all_after(fact: str, replaced_by: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    queue = [fact]
    while queue:
        new = replaced_by.get(queue.pop(), set()) - found
        found |= new
        queue.extend(new)
    return found


# -- I5: closed loop -------------------------------------------------------------------------------


def _confirm(traffic: Traffic, state: State, players: set[str], at: Millis) -> None:
    """One acknowledgement is due from each recipient that people play.

    One that came sooner than the words can be taken in earns nothing, where scoring model 4.3
    counts how soon alone: whoever confirms unread closes no loop.
    """
    for role, receipts in state.receipts.items():
        if role in players:
            earned = sum(
                utility(one.latency, ACK_TARGET, ACK_LIMIT)
                for one in receipts
                if one.latency >= _taken_in(state.messages[one.message].event.text)
            )
            entries = [seq for one in receipts for seq in (one.sent, one.given)]
            traffic.closed_loop[role].add(len(receipts), earned, entries)
    for (_, role), sent in state.unconfirmed.items():
        if role not in players:
            continue
        if at >= sent.at + ACK_LIMIT:
            traffic.closed_loop[role].add(1.0, 0.0, (sent.seq,))
        else:
            traffic.closed_loop[role].pending += 1.0


def _taken_in(text: str) -> Millis:
    """The ms that nobody is faster than in taking in a text, once the eye is on it."""
    return in_letters(text) * SECOND // (_SKIMMED * LETTERS_A_SECOND)


# -- I6: paths and public releases -----------------------------------------------------------------


def _allowed(plan: Plan, senders: set[Worn]) -> dict[Worn, set[str]] | None:
    """Whom each may write to straight, in its hats; None: the plan leaves every path open."""
    if not plan.channels:
        return None
    return {
        worn: {role for path in plan.channels if path.sender in worn for role in path.to}
        for worn in senders
    }


def releases(state: State) -> list[Measure]:
    """A leaf for each issued statement: the share of the checks that it passes.

    What the plan wants approved and nobody approved passes none, where scoring model 4.3 would
    take a third off: what is public cannot be called back, so the order of the steps is the rule.
    """
    hats = Hats(state)
    truth = Truth(state, hats)
    return [
        _release(state, hats, truth, statement)
        for statement in state.statements.values()
        if statement.issued
    ]


def _release(state: State, hats: Hats, truth: Truth, statement: StatementRecord) -> Measure:
    event, issued, rule = statement.event, statement.issued, state.plan.release
    assert issued is not None
    tellers = (event.role, issued.by)
    if rule is not None and not statement.was_approved:
        return _leaf(statement, issued, 0.0)
    checks = [
        not any(truth.outdated(role, ref.id, issued.seq) for role in tellers for ref in event.facts)
    ]
    if rule is not None:
        worn = hats.worn(issued.by, issued.seq)
        checks += [True, rule.spokesperson in worn]
    return _leaf(statement, issued, sum(checks) / len(checks))


def _leaf(statement: StatementRecord, issued: Mark, x: float) -> Measure:
    id = statement.event.statement
    return value(
        f"information.discipline.releases.{id}",
        "score.releases",
        x,
        entries=(statement.drafted.seq, issued.seq),
        about=id,
    )
