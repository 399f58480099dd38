"""What an expert would see in an inject: the oracle that a stand-in's judgement is drawn from.

A stand-in cannot understand a text, and it must not see what no participant sees: credits,
consequences, what is owed. So understanding is modelled here: this module alone reads the
scenario, and says only what an expert would conclude from what the stand-in has just read. How
much of it the stand-in then thinks of, and when, is drawn from its skill.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from drillkit.core.script import Script
from drillkit.model.base import MINUTE, Millis, Title
from drillkit.model.plan import ReportingRule
from drillkit.model.scenario import Expect, Inject, ReportDue

_SOON: Millis = 4 * MINUTE
"""By when an expert would pass word on where the scenario names no target."""


@dataclass(frozen=True, slots=True)
class Choosable:
    """An option as an expert judges it: `worth` is 1 at best, below 0 where it does harm."""

    option: str
    worth: float


@dataclass(frozen=True, slots=True)
class Word:
    """Something to pass on: a fact, or without one ("") only that there is something to see to."""

    inject: str
    topic: Title
    fact: str
    to: tuple[str, ...]
    within: Millis = _SOON


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do: file the due report `what`, notify the customer, publish the fact."""

    kind: str
    what: str
    within: Millis


class Judgement:
    """The expert's conclusions on one scenario and plan."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._channels: dict[str, set[str]] = defaultdict(set)
        for channel in script.plan.channels:
            self._channels[channel.sender].update(channel.to)
        self._topics: dict[str, list[str]] = defaultdict(list)
        self._words: dict[tuple[str, str], list[Word]] = defaultdict(list)
        self._duties: dict[tuple[str, str], list[Duty]] = defaultdict(list)
        for inject in script.scenario.injects:
            for fact in inject.facts:
                self._topics[fact].append(inject.id)
            self._judge(inject)

    # -- answers ---------------------------------------------------------------------------------

    def options(self, inject: str) -> tuple[Choosable, ...]:
        """The options of the inject, the best first; none for an inject of the facilitator's."""
        spec = self._script.injects.get(inject)
        if spec is None:
            return ()
        judged = (
            Choosable(option.id, option.credit - option.harm - (0.5 if option.exposes else 0.0))
            for option in spec.options
        )
        return tuple(sorted(judged, key=lambda one: -one.worth))

    def deciding(self, inject: str) -> Millis | None:
        """How long an expert thinks over the answer, where the scenario says so."""
        spec = self._script.injects.get(inject)
        return None if spec is None else spec.decide

    # -- what follows from what was read ---------------------------------------------------------

    def topics(self, facts: Iterable[str], text: str) -> tuple[str, ...]:
        """The injects that a message is about: it cites their facts, or names their title."""
        found = dict.fromkeys(topic for fact in facts for topic in self._topics.get(fact, ()))
        for inject in self._script.scenario.injects:
            if inject.title.en in text or inject.title.zh in text:
                found[inject.id] = None
        return tuple(found)

    def words(self, role: str, inject: str) -> tuple[Word, ...]:
        """What the role should pass on once it has learnt of the inject."""
        return tuple(self._words.get((role, inject), ()))

    def duties(self, role: str, inject: str) -> tuple[Duty, ...]:
        """What the role should do once it has learnt of the inject."""
        return tuple(self._duties.get((role, inject), ()))

    def report(self, due: str) -> ReportDue | None:
        return next((one for one in self._script.scenario.reports if one.id == due), None)

    def is_sure(self, fact: str) -> bool:
        """Whether an expert would pass the fact on as confirmed."""
        spec = self._script.facts.get(fact)
        return spec is None or spec.true

    def is_rumour(self, fact: str) -> bool:
        """Not true, and nobody is waiting for it: it should stop here."""
        spec = self._script.facts.get(fact)
        return spec is not None and not spec.true and not spec.recipients

    def is_grave(self, fact: str) -> bool:
        spec = self._script.facts.get(fact)
        return spec is not None and spec.severity == 3

    def corrected_by(self, fact: str) -> str:
        """The earlier fact that this one replaces; "" for none."""
        spec = self._script.facts.get(fact)
        return (spec.corrects or "") if spec else ""

    def may_tell(self, sender: str, to: str) -> bool:
        """Whether the plan has a channel from the one to the other."""
        return not self._channels or to in self._channels.get(sender, ())

    # -- one inject, judged once -----------------------------------------------------------------

    def _judge(self, inject: Inject) -> None:
        told: dict[str, set[str]] = {fact: set(inject.to) for fact in inject.facts}
        for expect in inject.expect:
            if expect.action == "tell":
                self._tell(inject, expect.fact or "", expect.role, expect.to, expect.target)
                told.setdefault(expect.fact or "", set()).update(expect.to)
        for fact in inject.facts:
            for recipient in self._script.facts[fact].recipients:
                if recipient.role not in told[fact]:
                    self._route(inject, fact, recipient.role, told[fact])
                    told[fact].add(recipient.role)
        informed = set(inject.to).union(*(told[fact] for fact in inject.facts))
        for role, duty in self._owed(inject):
            self._duties[role, inject.id].append(duty)
            if role not in informed:
                self._route(inject, self._fact_for(inject), role, informed)
                informed.add(role)

    def _fact_for(self, inject: Inject) -> str:
        """The fact that draws somebody in; a rumour is not passed on for that."""
        sure = (fact for fact in inject.facts if self._script.facts[fact].true)
        return next(sure, "")

    def _owed(self, inject: Inject) -> list[tuple[str, Duty]]:
        script = self._script
        owed: dict[tuple[str, str, str], Duty] = {}

        def owe(role: str, kind: str, what: str, within: Millis) -> None:
            before = owed.get((role, kind, what))
            if before is None or within < before.within:
                owed[role, kind, what] = Duty(kind, what, within)

        for due in script.reports_after.get(inject.id, ()):
            rule = script.rules[due.rule]
            owe(rule.sender, "report", due.id, self._in_play(inject, rule) // 2)
        for at_risk in script.at_risk_after.get(inject.id, ()):
            customer = script.customers[at_risk.customer]
            owe(customer.owner, "notify", customer.id, customer.notify_within)
        for expect in inject.expect:
            what = self._object(expect)
            if what:
                owe(expect.role, expect.action, what, expect.target)
        return [(role, duty) for (role, _, _), duty in owed.items()]

    def _in_play(self, inject: Inject, rule: ReportingRule) -> Millis:
        """The limit of a report after this inject in play, at the pace that the story then has."""
        if rule.clock == "exercise":
            return rule.limit
        phases = self._script.scenario.phases
        begun = [phase for phase in phases if inject.at is None or phase.at <= inject.at]
        pace = begun[-1].ratio if inject.at is not None else max(one.ratio for one in begun)
        return round(rule.limit / pace)

    def _object(self, expect: Expect) -> str:
        match expect.action:
            case "report":
                return expect.report or ""
            case "notify":
                return expect.customer or ""
            case "state":
                return expect.fact or ""
            case _:
                return ""

    def _tell(
        self, inject: Inject, fact: str, role: str, to: Iterable[str], within: Millis = _SOON
    ) -> None:
        """Let the role tell them where it may, and through somebody who may where it may not."""
        direct = tuple(other for other in to if self.may_tell(role, other))
        if direct:
            self._words[role, inject.id].append(Word(inject.id, inject.title, fact, direct, within))
        for other in to:
            if other not in direct:
                self._relay(inject, fact, (role,), other, set())

    def _route(self, inject: Inject, fact: str, to: str, told: set[str]) -> None:
        """Have word reach `to`: from a reader of the inject, or through one who can reach both."""
        players = [role for role in inject.to if role in self._script.players]
        for role in players:
            if self.may_tell(role, to):
                self._words[role, inject.id].append(Word(inject.id, inject.title, fact, (to,)))
                return
        self._relay(inject, fact, players, to, told)

    def _relay(
        self, inject: Inject, fact: str, sources: Iterable[str], to: str, told: set[str]
    ) -> None:
        # Whoever hears of it anyway is the better relay.
        relays = sorted(self._script.players, key=lambda role: role not in told)
        for source in sources:
            for relay in relays:
                if relay not in (source, to) and (
                    self.may_tell(source, relay) and self.may_tell(relay, to)
                ):
                    if relay not in told:
                        self._words[source, inject.id].append(
                            Word(inject.id, inject.title, fact, (relay,))
                        )
                    self._words[relay, inject.id].append(Word(inject.id, inject.title, fact, (to,)))
                    return
