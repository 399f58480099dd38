"""What the things of a scenario and its plan are called, for screens and papers of the staff."""

from collections.abc import Mapping

from drillkit.core.script import Script
from drillkit.core.state import State
from drillkit.model.base import STAFF, Lang, Text, Title
from drillkit.words import listing, say


class Book:
    """The titles of one drill in one language, found by kind and id.

    An id that the drill does not have stands for itself: a screen shows what it is given.
    """

    def __init__(self, script: Script, lang: Lang) -> None:
        scenario, plan = script.scenario, script.plan
        self.script = script
        self.lang = lang
        self._kinds: dict[str, Mapping[str, Title | Text]] = {
            "role": {one.id: one.title for one in plan.roles},
            "group": {one.id: one.title for one in plan.groups},
            "inject": {one.id: one.title for one in scenario.injects},
            "fact": {one.id: one.title for one in scenario.facts},
            "need": {one.id: one.title for one in scenario.needs},
            "milestone": {one.id: one.title for one in scenario.milestones},
            "outcome": {one.id: one.title for one in scenario.outcomes},
            "recovery": {one.id: one.title for one in scenario.recoveries},
            "objective": {one.id: one.text for one in scenario.objectives},
            "task": {one.id: one.text for one in scenario.tasks},
            "rule": {one.id: one.title for one in plan.reports},
            "due": {one.id: script.rules[one.rule].title for one in scenario.reports},
            "item": {one.id: one.title for one in plan.items},
            "unit": {one.id: one.unit for one in plan.items},
            "site": {one.id: one.title for one in plan.sites},
            "depot": {one.id: one.title for one in plan.depots},
            "vehicle": {v.id: v.title for depot in plan.depots for v in depot.vehicles},
            "customer": {one.id: one.title for one in plan.customers},
            "clause": {one.id: one.title for one in plan.clauses},
        }

    def __call__(self, kind: str, id: str) -> str:
        """The title of the thing `id` of this kind."""
        title = self._kinds[kind].get(id)
        if title is not None:
            return title.in_(self.lang)
        return say(self.lang, f"log.seat.{id}") if kind == "role" and id in STAFF else id

    def roles(self, ids: tuple[str, ...]) -> str:
        """The roles as a list."""
        return listing(self.lang, [self("role", id) for id in ids])

    def anything(self, id: str) -> str:
        """The title of whatever has this id: what a measure is about does not say its kind."""
        for titles in self._kinds.values():
            if id in titles:
                return titles[id].in_(self.lang)
        return id


def open_book(state: State, lang: Lang, before: Book | None = None) -> Book | None:
    """The book of this state's drill; `before` again when it is that. None without the scenario."""
    if state.opened is None:
        return None
    if before and before.lang == lang and before.script.scenario is state.opened.scenario:
        return before
    return Book(Script(state.opened.scenario, state.opened.plan), lang)
