"""The evaluation guide: objective, target and task, with what was expected and what happened."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from drillkit.core.assignments import watchers
from drillkit.core.book import Book
from drillkit.core.clocks import face
from drillkit.core.records import Mark
from drillkit.core.state import State
from drillkit.model.base import Lang, Millis
from drillkit.model.events import Duty, NoteMade
from drillkit.model.plan import ReportingRule, Role
from drillkit.model.scenario import Expect, Inject, Objective, ReportDue, Target, Task
from drillkit.ui.widgets.columns import STYLES, fit
from drillkit.ui.widgets.cue_details import expected
from drillkit.ui.widgets.feed import Row
from drillkit.ui.widgets.letter_table import LETTER_TONE, letter
from drillkit.ui.widgets.meeting import duty_said
from drillkit.words import listing, say
from scoring.assessment import TaskLetter
from scoring.measure import Measure, hard_limit
from scoring.result.actions import action, due_report
from scoring.result.scene import Scene, scene

Parts = list[str | tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above what belongs to it; `words` is a words key."""

    words: str


@dataclass(frozen=True, slots=True)
class Review:
    """The line for the verdict on the plan itself."""


Item = Heading | Objective | Target | Task | Role | ReportingRule | Review


def guide(book: Book, watched: Collection[Task | Role] | None = None) -> tuple[Item, ...]:
    """What evaluators judge, in the order of the form; of tasks and roles only the `watched`."""
    return tuple(_items(book, watched))


def _items(book: Book, watched: Collection[Task | Role] | None) -> Iterator[Item]:
    scenario, plan = book.script.scenario, book.script.plan
    for objective in scenario.objectives:
        below: list[Item] = []
        for target in scenario.targets:
            tasks = [
                task
                for task in scenario.tasks
                if task.target == target.id and (watched is None or task in watched)
            ]
            if target.objective == objective.id and (tasks or watched is None):
                below += [target, *tasks]
        if below or watched is None:
            yield from (objective, *below)
    roles = [role for role in plan.players() if watched is None or role in watched]
    if roles:
        yield Heading("evaluation.duties")
        yield from roles
    if plan.reports:
        yield Heading("evaluation.conduct")
        yield from plan.reports
    yield Heading("evaluation.plan")
    yield Review()


def running(book: Book, state: State) -> frozenset[str]:
    """The tasks that are tested now, while play is on.

    Those are tested whose injects are planned in the phase that runs, and those of an inject that
    has been released and whose time is not up.
    """
    scenario = book.script.scenario
    if not state.is_open or state.phase is None:
        return frozenset()
    starts = [phase.at for phase in scenario.phases]
    order = [phase.id for phase in scenario.phases]
    place = order.index(state.phase.phase) if state.phase.phase in order else 0
    begin = starts[place]
    end = starts[place + 1] if place + 1 < len(starts) else scenario.length + 1
    found: set[str] = set()
    for inject in scenario.injects:
        released = state.injects[inject.id].released if inject.id in state.injects else None
        planned = inject.at is not None and begin <= inject.at < end
        for expect in inject.expect:
            limit = hard_limit(expect.target, expect.limit)
            if planned or (released is not None and state.at < released.at + limit):
                found.update(expect.tasks)
        for due in book.script.reports_after.get(inject.id, ()):
            record = state.due.get(due.id)
            if planned or (record is not None and state.at < record.event.limit_at):
                found.update(due.tasks)
    return frozenset(found)


def resting_on(entry: int, state: State) -> tuple[str, ...]:
    """The tasks that the entry is evidence for."""
    view = scene(state, state.at)
    return tuple(
        task
        for task, expected in view.expected.items()
        if any(entry in action(view, inject, expect).entries for inject, expect in expected)
    )


def guide_row(
    item: Item,
    state: State,
    book: Book,
    letters: Mapping[str, TaskLetter],
    now: Collection[str] = (),
) -> Row:
    """One item of the guide in one row, with what has been given for it; `now`: tested now."""
    lang = book.lang
    match item:
        case Heading():
            return Row((((" " + say(lang, item.words), "unread"),),))
        case Objective():
            return Row((((" " + item.text.in_(lang), "strong"),),))
        case Target():
            capability = say(lang, "control.head", title=item.capability.in_(lang))
            title = capability + item.threshold.in_(lang)
            return Row(((("   " + title, "time"),),))
        case Task():
            return _task_row(item, state, book, letters.get(item.id), now=item.id in now)
        case Role():
            given = [event.duty for (id, _), (_, event) in state.duties.items() if id == item.id]
            said = _duties(given, lang)
            return Row(((("     " + item.title.in_(lang), ""),),), (((said, "done"),),))
        case ReportingRule():
            judged = [event.conduct for _, event in state.conducts if event.rule == item.id]
            said = listing(lang, [say(lang, f"log.conduct.{one}") for one in dict.fromkeys(judged)])
            return Row(((("     " + item.title.in_(lang), ""),),), (((said, "late"),),))
        case Review():
            said = "" if state.review is None else say(lang, "evaluation.reviewed")
            title = book.script.plan.title.in_(lang)
            return Row(((("     " + title, ""),),), (((said, "done"),),))


def _duties(given: Sequence[Duty], lang: Lang) -> str:
    """The rating of a role's duties; of several in few words, which leave the role its name."""
    if len(given) < 2:
        return "".join(say(lang, f"log.duty.{duty}") for duty in given)
    counted = [
        say(lang, "evaluation.duty-given", n=n, duty=say(lang, f"evaluation.duty-short.{duty}"))
        for duty, n in Counter(given).items()
    ]
    return listing(lang, counted)


def _task_row(task: Task, state: State, book: Book, given: TaskLetter | None, *, now: bool) -> Row:
    lang = book.lang
    notes = sum(note.task == task.id for _, note in state.notes.values())
    star = say(lang, "debrief.critical-mark") if task.critical else ""
    left = (("   ▶ " if now else "     ", "unread"), (star, "warning"), (task.text.in_(lang), ""))
    about = say(lang, "evaluation.notes-mark", n=notes) if notes else ""
    if state.ended is None or given is None:
        return Row((left,), (((about, "dim"),),))
    rated = given.by != "rule"
    word = letter(given.rating, lang)
    shown = word if rated else say(lang, "evaluation.suggested-mark", letter=word)
    tone = LETTER_TONE[given.rating] if rated else "dim"
    return Row((left,), (((about + " ", "dim"), fit(shown, 8, tone, right=True)),))


def task_details(task: Task, state: State, book: Book, given: TaskLetter | None) -> Content:
    """The task as the form has it: standard, expected actions, what happened, notes, ratings."""
    lang, view = book.lang, scene(state, state.at)
    parts: Parts = [(task.text.in_(lang), "bold"), "\n"]
    parts += [say(lang, "evaluation.standard", text=task.standard.in_(lang)), "\n"]
    if task.roles:
        parts += [say(lang, "evaluation.roles", roles=book.roles(task.roles)), "\n"]
    if names := watchers(state, task.id):
        parts += [say(lang, "evaluation.assigned", names=listing(lang, names)), "\n"]
    for inject, expect in view.expected.get(task.id, ()):
        parts += _expected(view, inject, expect, book)
    for due in view.owed.get(task.id, ()):
        parts += _owed(view, due, book)
    for mark, note in state.notes.values():
        if note.task == task.id:
            parts += _note(mark, note, lang)
    if given is not None and state.ended is not None:
        why = listing(lang, [say(lang, key) for key in given.why])
        suggested = say(lang, f"result.letter-{given.suggested}")
        parts += [say(lang, "debrief.suggested", letter=suggested, why=why), "\n"]
    for (id, rater), (mark, rating) in state.ratings.items():
        if id == task.id:
            line = say(
                lang,
                "evaluation.rated",
                rater=rater,
                letter=say(lang, f"result.letter-{rating.rating}"),
                why=rating.why,
                entry=mark.seq,
            )
            parts += [(line, STYLES.get(LETTER_TONE[rating.rating], "")), "\n"]
    return Content.assemble(*parts)


def _expected(view: Scene, inject: Inject, expect: Expect, book: Book) -> Parts:
    lang = book.lang
    record = view.state.injects.get(inject.id)
    released = record.released if record else None
    when = say(lang, "evaluation.after", title=inject.title.in_(lang))
    parts: Parts = ["· ", expected(expect, book), (f"  {when}", "dim"), "\n"]
    measure = action(view, inject, expect)
    if released is None:
        parts += [("    ○ " + say(lang, "evaluation.not-released"), "dim"), "\n"]
        return parts
    done = [seq for seq in measure.entries if seq != released.seq]
    return [*parts, *_became(view, measure, done, released.at, lang)]


def _owed(view: Scene, due: ReportDue, book: Book) -> Parts:
    lang, rule = book.lang, book.script.rules[due.rule]
    line = say(
        lang,
        "control.expects",
        role=book("role", rule.sender),
        text=rule.title.in_(lang),
        target=face(rule.limit),
        limit=face(rule.limit),
    )
    measure = due_report(view, due)
    record = view.state.due.get(due.id)
    if record is None:
        not_yet = say(lang, "evaluation.not-released")
        return ["· ", line, "\n", ("    ○ " + not_yet, "dim"), "\n"]
    done = [seq for seq in measure.entries if seq != record.due.seq]
    return ["· ", line, "\n", *_became(view, measure, done, record.due.at, lang)]


def _became(view: Scene, measure: Measure, done: list[int], since: Millis, lang: Lang) -> Parts:
    """The line that says what became of an expected action."""
    numbers = listing(lang, [str(seq) for seq in done])
    if measure.standing == "value" and measure.point:
        at = _time_of(view.state, done)
        took = "" if at is None else face(at - since)
        said = say(
            lang,
            "evaluation.done",
            time="" if at is None else face(at),
            took=took,
            share=f"{measure.point:.0%}",
            n=len(done),
            entries=numbers,
        )
        return [("    ✓ " + said, "$success"), "\n"]
    if measure.standing == "value":
        said = say(lang, "evaluation.missed", n=len(done), entries=numbers) if done else ""
        return [("    ! " + (said or say(lang, "evaluation.not-done")), "$error"), "\n"]
    key = "evaluation.awaited" if view.state.ended is None else "evaluation.unseen"
    return [("    ○ " + say(lang, key), "dim"), "\n"]


def _time_of(state: State, entries: list[int]) -> Millis | None:
    """When the last of these entries of an expected action was made, as far as the state says."""
    times = {
        mark.seq: mark.at
        for mark in (
            *(given.given for record in state.injects.values() for gs in record.responses.values()
              for given in gs),
            *(record.sent for record in state.messages.values()),
            *(record.filed for record in state.reports.values()),
            *(record.dispatched for record in state.shipments.values()),
            *(record.issued for record in state.statements.values() if record.issued),
            *(record.notified for record in state.customers.values() if record.notified),
        )
    }  # fmt: skip
    known = [times[seq] for seq in entries if seq in times]
    return max(known, default=None)


def _note(mark: Mark, note: NoteMade, lang: Lang) -> Parts:
    line = say(lang, "evaluation.note-at", time=face(mark.at), text=note.text, entry=mark.seq)
    return [("✎ " + line, "$accent"), "\n"]


def role_details(role: Role, state: State, book: Book) -> Content:
    """The role's duties, and how evaluators rated that it knew and did them."""
    lang = book.lang
    parts: Parts = [(role.title.in_(lang), "bold"), "\n", role.duties.in_(lang), "\n"]
    for (id, rater), (mark, event) in state.duties.items():
        if id == role.id:
            parts += [duty_said(rater, mark, event, lang), "\n"]
    if role.id in state.settled_duties:
        _, agreed = state.settled_duties[role.id]
        duty, why = say(lang, f"log.duty.{agreed.duty}"), agreed.why
        said = say(lang, "settlement.settled", letter=duty, why=why, settler=agreed.settler)
        parts += [(said, "bold $success"), "\n"]
    return Content.assemble(*parts)


def rule_details(rule: ReportingRule, state: State, book: Book) -> Content:
    """The reporting rule, and what was judged of how it was kept."""
    lang = book.lang
    parts: Parts = [(rule.title.in_(lang), "bold"), "\n", rule.trigger.in_(lang), "\n"]
    sender, to = book("role", rule.sender), book.roles(rule.to)
    parts += [say(lang, "evaluation.rule", sender=sender, to=to, limit=face(rule.limit)), "\n"]
    for mark, event in state.conducts:
        if event.rule == rule.id:
            conduct = say(lang, f"log.conduct.{event.conduct}")
            said = say(lang, "evaluation.judged", conduct=conduct, why=event.why, entry=mark.seq)
            parts += [(said, "$error"), "\n"]
    return Content.assemble(*parts)


def review_details(state: State, book: Book) -> Content:
    """The verdict on the plan, when it has been given."""
    lang, plan = book.lang, book.script.plan
    parts: Parts = [(plan.title.in_(lang), "bold"), "\n"]
    if state.review is None:
        parts.append(say(lang, "evaluation.not-reviewed"))
    else:
        _, event = state.review
        fit_ = say(lang, f"log.suitability.{event.suitability}")
        enough = say(lang, f"log.sufficiency.{event.sufficiency}")
        parts.append(say(lang, "evaluation.verdict", suitability=fit_, sufficiency=enough))
        if event.why:
            parts += ["\n", event.why]
    return Content.assemble(*parts)
