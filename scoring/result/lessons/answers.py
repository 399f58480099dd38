"""Lessons about decisions: answers that came late or not, were wrong, or were changed again."""

from collections.abc import Iterator

from drillkit.model.form import UNRATED
from drillkit.model.scenario import Expect, Inject
from scoring.measure import hard_limit
from scoring.result.lessons.evidence import Evidence, Rule, Seen
from scoring.result.titles import headline

POOR_CREDIT = 0.5
"""An option that earns less is a wrong one."""
MANY_REVISIONS = 3


def _responses(evidence: Evidence) -> Iterator[tuple[Inject, Expect]]:
    for inject in evidence.scenario.injects:
        for expect in inject.expect:
            if expect.action == "respond":
                yield inject, expect


def deadline_missed(evidence: Evidence) -> Iterator[Seen]:
    """An expected answer that had not come by its hard limit."""
    for inject, expect in _responses(evidence):
        record = evidence.state.injects.get(inject.id)
        if record is None or record.released is None:
            continue
        limit = hard_limit(expect.target, expect.limit)
        limit_at = record.released.at + limit
        answers = record.responses.get(expect.role, ())
        if evidence.now < limit_at or any(answer.given.at < limit_at for answer in answers):
            continue
        overdue = record.overdue.get(expect.role)
        yield Seen(
            "corrective",
            inject.title,
            (record.released.seq, overdue.seq) if overdue else (record.released.seq,),
            expect.role,
            expect.tasks,
            titles={"role": evidence.role(expect.role)},
            times={"limit": limit},
        )


def wrong_option(evidence: Evidence) -> Iterator[Seen]:
    """A standing answer that misses what was expected, or does harm."""
    expected = {(inject.id, expect.role): expect for inject, expect in _responses(evidence)}
    for choice in evidence.scene.choices:
        expect = expected.get((choice.inject.id, choice.role))
        is_poor = expect is not None and choice.option.credit < POOR_CREDIT
        if is_poor or choice.option.harm > 0:
            yield Seen(
                "deficiency" if choice.option.harm > 0 else "corrective",
                choice.inject.title,
                (choice.given.seq,),
                choice.role,
                expect.tasks if expect else (),
                titles={"role": evidence.role(choice.role), "option": choice.option.title},
            )


def repeated_correction(evidence: Evidence) -> Iterator[Seen]:
    """An answer that was changed again and again."""
    for inject in evidence.scenario.injects:
        record = evidence.state.injects.get(inject.id)
        for role, answers in record.responses.items() if record else ():
            if len(answers) > MANY_REVISIONS:
                yield Seen(
                    "improvement",
                    inject.title,
                    tuple(answer.given.seq for answer in answers),
                    role,
                    titles={"role": evidence.role(role)},
                    numbers={"n": len(answers) - 1},
                )


def ppe_missing(evidence: Evidence) -> Iterator[Seen]:
    """People sent into danger before their equipment was complete."""
    for inject, exposure in evidence.scene.unprotected:
        yield Seen(
            "deficiency",
            exposure.need.title,
            (exposure.answered.seq,),
            evidence.commander(),
            tuple(dict.fromkeys(task for expect in inject.expect for task in expect.tasks)),
            titles={"role": evidence.role(exposure.answered.by), "inject": inject.title},
            numbers={"equipped": exposure.equipped, "persons": exposure.persons},
        )


def performed(evidence: Evidence) -> Iterator[Seen]:
    """A whole objective without challenges: its critical tasks, and half of all, were observed."""
    texts = {objective.id: objective.text for objective in evidence.scenario.objectives}
    critical = {task.id for task in evidence.scenario.tasks if task.critical}
    for one in evidence.letters:
        entries = {seq for task in one.tasks for seq in task.entries}
        unseen = [task.task for task in one.tasks if task.rating in UNRATED]
        is_whole = critical.isdisjoint(unseen) and 2 * len(unseen) <= len(one.tasks)
        if one.rating == "P" and entries and is_whole:
            yield Seen(
                "strength",
                headline(texts[one.objective]),
                tuple(sorted(entries)),
                evidence.commander(),
                tuple(task.task for task in one.tasks),
            )


RULES = (
    Rule("deadline-missed", "command", "training", deadline_missed),
    Rule("wrong-option", "command", "training", wrong_option),
    Rule("repeated-correction", "command", "training", repeated_correction),
    Rule("ppe-missing", "supplies", "equipment", ppe_missing),
)
STRENGTHS = (Rule("objective-performed", "command", "exercise", performed),)
