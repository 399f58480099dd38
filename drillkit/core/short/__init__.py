"""The short form of a drill: its marked injects, played in twenty minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from drillkit.core.short.conditions import at_other_times
from drillkit.core.short.keep import kept
from drillkit.core.short.outcomes import at_pace
from drillkit.core.short.pace import (
    LENGTH,
    Pace,
    arises,
    branching,
    fair_time,
    limit_of,
    pace,
    starts_of,
)
from drillkit.core.short.phases import paced
from drillkit.model.base import LANGS, Millis, Text
from drillkit.model.plan import Plan
from drillkit.model.scenario import (
    Expect,
    Fact,
    Inject,
    Milestone,
    Need,
    Recipient,
    Scenario,
)
from drillkit.model.text import Prose
from drillkit.model.when import AllOf, NotBefore, When
from drillkit.words import say

__all__ = ["LENGTH", "ShortForm", "shortened"]


@dataclass(frozen=True, slots=True)
class ShortForm:
    """The scenario as it is played in the short form.

    `fit` is the share of the script's own times that people keep between a decision and what hangs
    on it: 1 unless more is marked than twenty minutes hold.
    """

    scenario: Scenario
    fit: float = 1.0


def shortened(scenario: Scenario, plan: Plan) -> ShortForm:
    """The short form under this plan; of a scenario no longer than it, the marked injects.

    The injects marked `short` stay, with what hangs on them, and the script's times are drawn
    together (see pace). Targets, limits, roads and needs keep their length: a limit that would
    pass after the end is drawn in to the end, and what cannot reach its target by then is not
    asked. Outcomes that move by the minute move by the script's minutes, as before.
    """
    fewer = kept(scenario, plan)
    if fewer.length <= LENGTH:
        return ShortForm(fewer)
    times = pace(fewer, plan)
    shorter = _Shorter(fewer, plan, times).scenario()
    # What the end cuts off may have been all that something else hung on.
    return ShortForm(kept(shorter, plan), times.fit)


def _told_short(briefing: Text) -> Text:
    """The briefing, after what is otherwise in the short form."""
    told = {lang: say(lang, "packs.short-briefing") for lang in LANGS}
    return Text(en=Prose(f"{told['en']}\n{briefing.en}"), zh=Prose(f"{told['zh']}\n{briefing.zh}"))


@dataclass(frozen=True, slots=True)
class _Shorter:
    """A scenario on its way to other times."""

    before: Scenario
    plan: Plan
    pace: Pace

    def scenario(self) -> Scenario:
        before = self.before
        reports = {rule.id: rule.limit for rule in self.plan.reports}
        customers = {one.id: one.notify_within for one in self.plan.customers}
        due = tuple(
            one for one in before.reports if reports.get(one.rule, 0) <= self._left(one.after)
        )
        needs = tuple(map(self._need, (one for one in before.needs if self._can_be_met(one))))
        at_risk = tuple(
            one for one in before.at_risk if customers.get(one.customer, 0) <= self._left(one.after)
        )
        there = (
            {one.id for one in due},
            {one.id for one in needs},
            {one.customer for one in at_risk},
        )
        return before.model_copy(
            update={
                "length": LENGTH,
                "briefing": _told_short(before.briefing),
                "phases": paced(before, self.pace),
                "injects": tuple(self._inject(one, *there) for one in before.injects),
                "facts": tuple(map(self._fact, before.facts)),
                "needs": needs,
                "reports": due,
                "at_risk": at_risk,
                "milestones": tuple(self._milestones()),
                "outcomes": tuple(
                    at_pace(one, self.pace, partial(at_other_times, at=self.pace))
                    for one in before.outcomes
                ),
                "recoveries": tuple(
                    one
                    for one in before.recoveries
                    if one.after is None or one.target <= self._left(one.after)
                ),
            }
        )

    def _left(self, inject: str) -> Millis:
        """What is left of play when the inject comes, as far as the script says."""
        planned = next((one.at for one in self.before.injects if one.id == inject), None)
        return LENGTH if planned is None else LENGTH - self.pace(planned)

    def _when(self, when: When | None) -> When | None:
        return when and at_other_times(when, self.pace)

    def _inject(
        self, inject: Inject, reports: set[str], needs: set[str], risks: set[str]
    ) -> Inject:
        left = self._left(inject.id)
        asked = (
            one
            for one in inject.expect
            if one.target <= left
            and (one.report is None or one.report in reports)
            and (one.need is None or one.need in needs)
            and (one.customer is None or one.customer in risks)
        )
        return inject.model_copy(
            update={
                "at": None if inject.at is None else self.pace(inject.at),
                "when": self._when(inject.when),
                "expect": tuple(self._drawn_in(one, left) for one in asked),
            }
        )

    def _drawn_in(self, expect: Expect, left: Millis) -> Expect:
        if limit_of(expect) <= left:
            return expect
        return expect.model_copy(update={"limit": left})

    def _fact(self, fact: Fact) -> Fact:
        bringing = [self._left(one.id) for one in self.before.injects if fact.id in one.facts]
        left = max(bringing, default=LENGTH)
        return fact.model_copy(
            update={
                "recipients": tuple(
                    self._told(one, left) for one in fact.recipients if one.target <= left
                )
            }
        )

    def _told(self, recipient: Recipient, left: Millis) -> Recipient:
        limit = 2 * recipient.target if recipient.limit is None else recipient.limit
        return recipient if limit <= left else recipient.model_copy(update={"limit": left})

    def _can_be_met(self, need: Need) -> bool:
        at = arises(need, starts_of(self.before))
        return at is None or self.pace(at) + need.within <= LENGTH

    def _need(self, need: Need) -> Need:
        at = None if need.at is None else self.pace(need.at)
        return need.model_copy(update={"at": at, "when": self._when(need.when)})

    def _milestones(self) -> Iterator[Milestone]:
        hanging = branching(self.before)
        for one in self.before.milestones:
            if one.id in hanging:
                yield one.model_copy(update={"when": at_other_times(one.when, self.pace)})
            elif not self._is_too_late(one.when):
                when = at_other_times(one.when, partial(self._fair, one.when))
                yield one.model_copy(update={"when": when})

    def _fair(self, when: When, time: Millis) -> Millis:
        return min(LENGTH, fair_time(self.before, when, time, self.pace))

    def _is_too_late(self, when: When) -> bool:
        """It waits for a time that the short form does not reach."""
        parts = when.all if isinstance(when, AllOf) else (when,)
        return any(
            isinstance(part, NotBefore) and self._fair(when, part.not_before) >= LENGTH
            for part in parts
        )
