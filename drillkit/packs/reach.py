"""What can never happen in the scenario, whoever plays it, and what nothing leads to."""

from collections.abc import Iterator
from typing import Final

from drillkit.core.injects import answers_expected
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.model.when import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Delivered,
    Knows,
    MilestoneReached,
    Overdue,
    Released,
    Reported,
    Stated,
    When,
)
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.positions import Where
from drillkit.packs.sense import every
from drillkit.packs.source import Source

Node = tuple[str, str]
"""Something that may come to pass: ("inject", "alarm")."""

_ARROW: Final = " → "


def _node(condition: When) -> Node | None:
    """What the condition waits for; None when it waits for time, presence or a measure."""
    match condition:
        case MilestoneReached(milestone=name):
            return "milestone", name
        case Answered(answered=name) | Released(released=name) | Overdue(overdue=name):
            return "inject", name
        case Knows(fact=name) | Stated(stated=name):
            return "fact", name
        case Delivered(delivered=name):
            return "need", name
        case Reported(reported=name):
            return "report", name
        case _:
            return None


def _possible(condition: When, reached: set[Node]) -> bool:
    match condition:
        case AllOf():
            return all(_possible(part, reached) for part in condition.all)
        case AnyOf():
            return any(_possible(part, reached) for part in condition.any)
        case AtLeast():
            wanted = min(condition.at_least, len(condition.of))  # more has a diagnostic of its own
            return sum(_possible(part, reached) for part in condition.of) >= wanted
        case _:
            node = _node(condition)
            return node is None or node in reached


def _waits_for(condition: When) -> Iterator[Node]:
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts) | AtLeast(of=parts):
            for part in parts:
                yield from _waits_for(part)
        case _:
            if node := _node(condition):
                yield node


class _Story:
    """What each thing of the scenario waits for."""

    def __init__(self, scenario: Scenario) -> None:
        self.whens: dict[Node, tuple[Where, When]] = {}
        self.bringers: dict[Node, list[Node]] = {}
        free: set[Node] = set()
        dated = (
            ("inject", scenario.injects),
            ("milestone", scenario.milestones),
            ("need", scenario.needs),
        )
        for kind, things in dated:
            for place, thing in enumerate(things):
                node = (kind, thing.id)
                if thing.when is None:
                    free.add(node)
                else:
                    self.whens[node] = ((kind, place, "when"), thing.when)
        for fact in scenario.facts:
            brought = [("inject", i.id) for i in scenario.injects if fact.id in i.facts]
            self.bringers["fact", fact.id] = brought
        for report in scenario.reports:
            self.bringers["report", report.id] = [("inject", report.after)]
        # A fact that no inject brings has a diagnostic of its own.
        free |= {node for node, brought in self.bringers.items() if not brought}
        self.reached = self._reach(free)

    def _reach(self, reached: set[Node]) -> set[Node]:
        while True:
            new = {
                node
                for node, (_, when) in self.whens.items()
                if node not in reached and _possible(when, reached)
            }
            new |= {
                node
                for node, brought in self.bringers.items()
                if node not in reached and not reached.isdisjoint(brought)
            }
            if not new:
                return reached
            reached |= new

    def lacking(self, node: Node) -> list[Node]:
        """What `node` waits for that never comes."""
        waits = list(_waits_for(self.whens[node][1])) if node in self.whens else []
        waits += self.bringers.get(node, [])
        return [other for other in dict.fromkeys(waits) if other not in self.reached]

    def circle(self, start: Node) -> list[Node]:
        """The shortest way from `start` back to itself along what never comes; empty if none."""
        came_from: dict[Node, Node] = {}
        edge = [start]
        while edge:
            further: list[Node] = []
            for node in edge:
                for other in self.lacking(node):
                    if other == start:
                        way = [start, node]
                        while way[-1] != start:
                            way.append(came_from[way[-1]])
                        return way[::-1]
                    if other not in came_from:
                        came_from[other] = node
                        further.append(other)
            edge = further
        return []


def _story_faults(source: Source, story: _Story) -> Iterator[Diagnostic]:
    told: set[Node] = set()
    for node, (where, _) in story.whens.items():
        if node in story.reached or node in told:
            continue
        if circle := story.circle(node):
            told.update(circle)
            chain = _ARROW.join(name for _, name in circle)
            yield source.fault("packs.waits-for-itself", where, chain=chain)
        else:
            waits = ", ".join(name for _, name in story.lacking(node))
            yield source.fault("packs.unreachable", where, names=waits)


def _answer_faults(source: Source, scenario: Scenario, plan: Plan) -> Iterator[Diagnostic]:
    """Conditions on what nobody is asked, or able, to do."""
    injects = {inject.id: inject for inject in scenario.injects}
    for where, value in every(scenario):
        match value:
            case Overdue(overdue=name) if not answers_expected(injects[name]):
                yield source.fault("packs.never-overdue", (*where, "overdue"), inject=name)
            case Answered(answered=name, role=str(role)) if role not in injects[name].to:
                here = (*where, "role")
                yield source.fault("packs.never-answered-by", here, role=role, inject=name)
            case Stated() if plan.release is None:
                yield source.fault("packs.never-released", (*where, "stated"))
            case _:
                pass


def _evidence_faults(source: Source, scenario: Scenario) -> Iterator[Diagnostic]:
    brought = {fact for inject in scenario.injects for fact in inject.facts}
    for place, fact in enumerate(scenario.facts):
        if fact.id not in brought:
            yield source.fault("packs.fact-without-inject", ("fact", place, "id"), name=fact.id)
    aimed = {target.objective for target in scenario.targets}
    for place, objective in enumerate(scenario.objectives):
        if objective.id not in aimed:
            where = ("objective", place, "id")
            yield source.fault("packs.objective-without-target", where, name=objective.id)
    tasked = {task.target for task in scenario.tasks}
    for place, target in enumerate(scenario.targets):
        if target.id not in tasked:
            where = ("target", place, "id")
            yield source.fault("packs.target-without-task", where, name=target.id)
    shown = {task for i in scenario.injects for expect in i.expect for task in expect.tasks}
    shown |= {task for report in scenario.reports for task in report.tasks}
    for place, task in enumerate(scenario.tasks):
        if task.closed and task.id not in shown:
            where = ("task", place, "id")
            yield source.fault("packs.task-without-evidence", where, name=task.id)


def reach_faults(source: Source, scenario: Scenario, plan: Plan) -> Iterator[Diagnostic]:
    """What can never come about, and what is never seen or judged. Every name must be known."""
    yield from _answer_faults(source, scenario, plan)
    yield from _story_faults(source, _Story(scenario))
    yield from _evidence_faults(source, scenario)
