"""Who watches what, as drawn rows and details: tasks, and the evaluators whose they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from drillkit.core.assignments import (
    evaluators,
    lead_of,
    same_name,
    tasks_below,
    tasks_of,
    watchers,
)
from drillkit.core.book import Book
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR
from drillkit.model.scenario import Objective, Target, Task
from drillkit.ui.widgets.columns import DASH, STYLES, Piece, cut
from drillkit.ui.widgets.feed import Row
from drillkit.ui.widgets.letter_table import Parts
from drillkit.words import listing, say

_WIDEST = 24
"""Cells that names may take from the title of a task."""

Part = Objective | Target | Task


@dataclass(frozen=True, slots=True)
class Watcher:
    """An evaluator, with the tasks that are theirs."""

    name: str
    tasks: tuple[str, ...]
    leads: bool
    is_here: bool


def parts(book: Book) -> Iterator[Part]:
    """Each objective, under it its targets, and under each of those its tasks."""
    scenario = book.script.scenario
    for objective in scenario.objectives:
        yield objective
        for target in scenario.targets:
            if target.objective == objective.id:
                yield target
                yield from (task for task in scenario.tasks if task.target == target.id)


def people(state: State) -> tuple[Watcher, ...]:
    """All evaluators that are known by name."""
    here = [
        seat.person
        for seat in state.seats.values()
        if seat.role == EVALUATOR and seat.left is None and seat.lost is None
    ]
    return tuple(
        Watcher(
            name,
            tasks_of(state, name),
            same_name(name, lead_of(state)),
            any(same_name(name, person) for person in here),
        )
        for name in evaluators(state)
    )


def watching_all(state: State, book: Book, part: Part) -> list[str]:
    """The evaluators to whom everything of this part is assigned."""
    below = set(tasks_below(book.script.scenario, part.id))
    return [one.name for one in people(state) if below and below <= set(one.tasks)]


def part_row(part: Part, state: State, book: Book) -> Row:
    """One part in one row; a task with those who watch it."""
    lang = book.lang
    match part:
        case Objective():
            return Row((((" " + part.text.in_(lang), "strong"),),))
        case Target():
            title = say(lang, "control.head", title=part.capability.in_(lang))
            return Row(((("   " + title + part.threshold.in_(lang), "time"),),))
        case Task():
            star = say(lang, "debrief.critical-mark") if part.critical else ""
            left: tuple[Piece, ...] = (
                ("     ", ""),
                (star, "warning"),
                (part.text.in_(lang), ""),
            )
            return Row((left,), ((_watched_by(part, state, book),),))


def _watched_by(task: Task, state: State, book: Book) -> Piece:
    names = watchers(state, task.id)
    if not names:
        return f" {DASH} ", "warning" if state.assigned else "quiet"
    said = listing(book.lang, names)
    return f" {said if cell_len(said) <= _WIDEST else cut(said, _WIDEST)} ", "done"


def watcher_row(one: Watcher, book: Book) -> Row:
    """An evaluator in one row: at a terminal or not, leading or not, and how many tasks."""
    sign, tone = ("✓", "done") if one.is_here else ("○", "quiet")
    lead = say(book.lang, "assignments.leads-mark") if one.leads else ""
    count = say(book.lang, "assignments.count", n=len(one.tasks)) if one.tasks else DASH
    left: tuple[Piece, ...] = ((f" {sign} ", tone), (one.name, ""), (lead, "warning"))
    return Row((left,), (((count + " ", "dim"),),))


def part_details(part: Part, state: State, book: Book) -> Content:
    """What the part asks for, and who watches how much of it."""
    lang = book.lang
    said: Parts = []
    match part:
        case Objective():
            said += [(part.text.in_(lang), "bold"), "\n"]
        case Target():
            said += [(part.capability.in_(lang), "bold"), "\n", part.threshold.in_(lang), "\n"]
        case Task():
            standard = say(lang, "evaluation.standard", text=part.standard.in_(lang))
            said += [(part.text.in_(lang), "bold"), "\n", standard, "\n"]
            if part.roles:
                said += [say(lang, "evaluation.roles", roles=book.roles(part.roles)), "\n"]
    below = tasks_below(book.script.scenario, part.id)
    for one in people(state):
        if n := len(set(below) & set(one.tasks)):
            share = say(lang, "assignments.share", name=one.name, n=n, all=len(below))
            said += [(share, STYLES["done"]), "\n"]
    return Content.assemble(*said)


def watcher_details(one: Watcher, book: Book) -> Content:
    """What is theirs, and whether they are there and lead."""
    lang = book.lang
    where = say(lang, "assignments.here" if one.is_here else "assignments.not-here")
    said: Parts = [(one.name, "bold"), "  ", (where, "dim"), "\n"]
    if one.leads:
        said += [(say(lang, "assignments.leads"), STYLES["warning"]), "\n"]
    if not one.tasks:
        said.append(say(lang, "assignments.all-theirs"))
    for task in one.tasks:
        said += ["· " + book("task", task), "\n"]
    return Content.assemble(*said)
