"""What became of an expected action: its value, or that it cannot be said, or does not apply."""

from typing import NamedTuple, assert_never

from drillkit.core.records import Mark
from drillkit.model.base import Millis
from drillkit.model.scenario import Expect, Inject, ReportDue
from scoring.grading import settled
from scoring.measure import Measure, hard_limit, not_applicable, not_observed, utility, value
from scoring.process.windows import is_ahead, missing
from scoring.result.scene import Scene, is_valid, standing_answer


class Step(NamedTuple):
    """By `at`, with the entry `seq`, this share of the action was done."""

    at: Millis
    seq: int
    share: float


def action(scene: Scene, inject: Inject, expect: Expect, *, closed: bool = True) -> Measure:
    """The measure of one expected action after the release of its inject.

    Its value is the best of share done x latency utility at each step, so more of it never counts
    less. Missing when its window closes it is 0, or not observed where it could have been done
    unseen (`closed` False); before that, and while the script has the inject still ahead, it is
    not observed. An inject that was not released asks for nothing.
    """
    id, words = f"result.action.{inject.id}.{expect.id}", f"result.{expect.action}"
    record = scene.state.injects.get(inject.id)
    if is_ahead(scene.state, inject):
        return not_observed(id, words, weight=expect.weight, about=inject.id)
    if record is None or record.released is None or not _applies(scene, expect):
        return not_applicable(id, words, weight=expect.weight, about=inject.id)
    released = record.released
    limit_at = released.at + hard_limit(expect.target, expect.limit)
    steps = _steps(scene, inject, expect, released)
    is_done = bool(steps) and (expect.action == "respond" or steps[-1].share >= 1.0)
    if not is_done and (not steps or scene.now < limit_at):
        overdue = record.overdue.get(expect.role)
        measure = missing(
            id,
            words,
            limit_at=limit_at,
            now=scene.now,
            closed=closed,
            weight=expect.weight,
            entries=(released.seq, overdue.seq) if overdue else (released.seq,),
            about=inject.id,
        )
    else:
        earned = (
            step.share * utility(step.at - released.at, expect.target, expect.limit)
            for step in steps
        )
        measure = value(
            id,
            words,
            max(earned),
            weight=expect.weight,
            entries=(released.seq, *(step.seq for step in steps)),
            about=inject.id,
        )
    return settled(measure, scene.state)


def done_at(scene: Scene, inject: Inject, expect: Expect) -> Millis | None:
    """When the whole of an expected action was done; None while it is not, or is not asked for."""
    record = scene.state.injects.get(inject.id)
    if record is None or record.released is None or not _applies(scene, expect):
        return None
    steps = _steps(scene, inject, expect, record.released)
    if expect.action == "respond":
        return steps[0].at if steps else None
    return next((step.at for step in steps if step.share >= 1.0), None)


def due_report(scene: Scene, due: ReportDue, *, closed: bool = True) -> Measure:
    """The measure of a due report: 1 when filed within its rule's limit, 0 after it."""
    id, words = f"result.report-due.{due.id}", "result.report-due"
    record = scene.state.due.get(due.id)
    if record is None:
        inject = next((one for one in scene.scenario.injects if one.id == due.after), None)
        if inject is not None and is_ahead(scene.state, inject):
            return not_observed(id, words, about=due.id)
        return not_applicable(id, words, about=due.id)
    filed = scene.state.reports.get(record.filed)
    if filed is not None:
        on_time = filed.filed.at <= record.event.limit_at
        entries = (record.due.seq, filed.filed.seq)
        measure = value(id, words, float(on_time), entries=entries, about=due.id)
    else:
        measure = missing(
            id,
            words,
            limit_at=record.event.limit_at,
            now=scene.now,
            closed=closed,
            entries=(record.due.seq, record.overdue.seq) if record.overdue else (record.due.seq,),
            about=due.id,
        )
    return settled(measure, scene.state)


def _applies(scene: Scene, expect: Expect) -> bool:
    state = scene.state
    match expect.action:
        case "report":
            return expect.report in state.due
        case "dispatch":
            return expect.need in state.needs
        case _:
            return True


def _steps(scene: Scene, inject: Inject, expect: Expect, released: Mark) -> list[Step]:
    match expect.action:
        case "respond":
            return _respond(scene, inject, expect)
        case "tell":
            return _tell(scene, expect, released)
        case "report":
            return _report(scene, expect)
        case "dispatch":
            return _dispatch(scene, expect)
        case "state":
            return _state(scene, expect)
        case "notify":
            return _notify(scene, expect)
        case never:
            assert_never(never)


def _respond(scene: Scene, inject: Inject, expect: Expect) -> list[Step]:
    answer = standing_answer(inject, scene.state.inject(inject.id), expect.role)
    if answer is None:
        return []
    if not is_valid(inject, answer):
        credit = 0.0
    elif inject.options:
        chosen = [option.credit for option in inject.options if option.id in answer.options]
        credit = sum(chosen) / len(chosen)
    else:
        credit = 1.0
    return [Step(answer.given.at, answer.given.seq, credit)]


def _tell(scene: Scene, expect: Expect, released: Mark) -> list[Step]:
    missing = set(expect.to)
    steps: list[Step] = []
    for said, to in sorted(scene.told.get((expect.role, expect.fact or ""), ())):
        if said.seq > released.seq and not missing.isdisjoint(to):
            missing.difference_update(to)
            share = 1.0 - len(missing) / len(set(expect.to))
            steps.append(Step(said.at, said.seq, share))
    return steps


def _report(scene: Scene, expect: Expect) -> list[Step]:
    due = scene.state.due.get(expect.report or "")
    report = scene.state.reports.get(due.filed) if due else None
    return [Step(report.filed.at, report.filed.seq, 1.0)] if report else []


def _dispatch(scene: Scene, expect: Expect) -> list[Step]:
    need = scene.state.needs[expect.need or ""].event
    sent, steps = 0, list[Step]()
    for shipment in scene.shipped.get(need.need, ()):
        if shipment.event.role == expect.role:
            sent += shipment.event.quantity
            share = min(1.0, sent / need.quantity)
            steps.append(Step(shipment.dispatched.at, shipment.dispatched.seq, share))
    return steps


def _state(scene: Scene, expect: Expect) -> list[Step]:
    """The first statement on the fact; where the plan wants an approval, the first approved one."""
    issued = [
        statement.issued
        for statement in scene.state.statements.values()
        if statement.issued
        and (statement.was_approved or scene.plan.release is None)
        and any(fact.id == expect.fact for fact in statement.event.facts)
    ]
    return [Step(mark.at, mark.seq, 1.0) for mark in sorted(issued)[:1]]


def _notify(scene: Scene, expect: Expect) -> list[Step]:
    customer = scene.state.customers.get(expect.customer or "")
    notified = customer.notified if customer else None
    return [Step(notified.at, notified.seq, 1.0)] if notified else []
