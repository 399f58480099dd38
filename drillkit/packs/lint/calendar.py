"""When the things of a script can come at the earliest, whoever plays."""

from collections.abc import Sequence
from typing import Final

from drillkit.core.injects import answers_expected
from drillkit.model.base import Millis
from drillkit.model.scenario import Inject, Scenario
from drillkit.model.when import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Delivered,
    Knows,
    MilestoneReached,
    NotBefore,
    Overdue,
    Released,
    Reported,
    Stated,
    When,
)

NEVER: Final[Millis] = 1 << 60
"""Later than any drill: what only the facilitator brings."""


class Calendar:
    """The earliest times of injects and needs, on the exercise clock in ms."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._injects: dict[str, Inject] = {inject.id: inject for inject in scenario.injects}
        self._bringers: dict[str, list[str]] = {}
        for inject in scenario.injects:
            for fact in inject.facts:
                self._bringers.setdefault(fact, []).append(inject.id)
        self._after = {report.id: report.after for report in scenario.reports}
        self.injects: dict[str, Millis] = dict.fromkeys(self._injects, NEVER)
        self.needs: dict[str, Millis] = {need.id: NEVER for need in scenario.needs}
        self._milestones: dict[str, Millis] = {one.id: NEVER for one in scenario.milestones}
        while self._round():
            pass

    def _round(self) -> bool:
        """Bring every time forward as far as what is known allows; whether any has moved."""
        before = (dict(self.injects), dict(self.needs), dict(self._milestones))
        for inject in self._scenario.injects:
            self.injects[inject.id] = self._start(inject.at, inject.when)
        for need in self._scenario.needs:
            self.needs[need.id] = self._start(need.at, need.when)
        for milestone in self._scenario.milestones:
            self._milestones[milestone.id] = self._holds(milestone.when)
        return before != (self.injects, self.needs, self._milestones)

    def _start(self, at: Millis | None, when: When | None) -> Millis:
        if when is None:
            return NEVER if at is None else at
        return max(at or 0, self._holds(when))

    def _brought(self, fact: str) -> Millis:
        return min((self.injects[id] for id in self._bringers.get(fact, ())), default=0)

    def _overdue(self, id: str) -> Millis:
        limits = [one.limit or 2 * one.target for one in answers_expected(self._injects[id])]
        return self.injects[id] + min(limits, default=0)

    def _nth(self, parts: Sequence[When], nth: int) -> Millis:
        return sorted(self._holds(part) for part in parts)[min(nth, len(parts)) - 1]

    def _holds(self, when: When) -> Millis:
        """Presence, outcomes and what must not hold can be so from the start."""
        match when:
            case AllOf(all=parts):
                return self._nth(parts, len(parts))
            case AnyOf(any=parts):
                return self._nth(parts, 1)
            case AtLeast(at_least=n, of=parts):
                return self._nth(parts, n)
            case NotBefore(not_before=at):
                return at
            case MilestoneReached(milestone=id):
                return self._milestones[id]
            case Answered(answered=id) | Released(released=id):
                return self.injects[id]
            case Overdue(overdue=id):
                return self._overdue(id)
            case Knows(fact=id) | Stated(stated=id):
                return self._brought(id)
            case Delivered(delivered=id):
                return self.needs[id]
            case Reported(reported=id):
                return self.injects[self._after[id]]
            case _:
                return 0
