"""Lessons about telling those outside: formal reports, and customers at risk."""

from collections.abc import Iterator

from drillkit.core.records import DueRecord, ReportRecord
from drillkit.model.plan import Element, ReportingRule
from scoring.result.lessons.evidence import Evidence, Rule, Seen
from scoring.result.titles import together


def _due(
    evidence: Evidence,
) -> Iterator[tuple[ReportingRule, DueRecord, ReportRecord | None, tuple[str, ...]]]:
    """The due reports: rule, record, what was filed, and the tasks it is evidence for."""
    rules = {rule.id: rule for rule in evidence.plan.reports}
    tasks = {due.id: due.tasks for due in evidence.scenario.reports}
    for id, record in evidence.state.due.items():
        rule = rules.get(record.event.rule)
        if rule is not None:
            yield rule, record, evidence.state.reports.get(record.filed), tasks.get(id, ())


def _missing(rule: ReportingRule, report: ReportRecord) -> list[Element]:
    given = report.event.elements
    return [element for element in rule.elements if not given.get(element.id, "").strip()]


def report_late(evidence: Evidence) -> Iterator[Seen]:
    """A due report that went out after its limit."""
    for rule, record, report, tasks in _due(evidence):
        if report is not None and report.filed.at > record.event.limit_at:
            yield Seen(
                "corrective" if rule.statutory else "improvement",
                rule.title,
                (record.due.seq, report.filed.seq),
                rule.sender,
                tasks,
                titles={"role": evidence.role(rule.sender)},
                times={
                    "time": report.filed.at - record.due.at,
                    "limit": record.event.limit_at - record.due.at,
                },
            )


def report_omitted(evidence: Evidence) -> Iterator[Seen]:
    """A due report that had not gone out at its limit."""
    for rule, record, report, tasks in _due(evidence):
        if report is None and evidence.now >= record.event.limit_at:
            overdue = record.overdue
            yield Seen(
                "corrective",
                rule.title,
                (record.due.seq, overdue.seq) if overdue else (record.due.seq,),
                rule.sender,
                tasks,
                titles={"role": evidence.role(rule.sender)},
                times={"limit": record.event.limit_at - record.due.at},
            )


def report_incomplete(evidence: Evidence) -> Iterator[Seen]:
    """A due report that lacked required elements."""
    for rule, _, report, tasks in _due(evidence):
        lacks = _missing(rule, report) if report else []
        if report and lacks:
            yield Seen(
                "corrective" if rule.statutory else "improvement",
                rule.title,
                (report.filed.seq,),
                rule.sender,
                tasks,
                titles={"missing": tuple(element.title for element in lacks)},
            )


def customer_late(evidence: Evidence) -> Iterator[Seen]:
    """A customer at risk who was told after the limit, or not at all."""
    for customer in evidence.plan.customers:
        record = evidence.state.customers.get(customer.id)
        if record is None or record.event is None or record.at_risk is None:
            continue
        limit_at, told = record.event.limit_at, record.notified
        if (told is None and evidence.now >= limit_at) or (told and told.at > limit_at):
            yield Seen(
                "corrective" if customer.grade == "high" else "improvement",
                customer.title,
                (record.at_risk.seq, told.seq) if told else (record.at_risk.seq,),
                customer.owner,
                titles={"role": evidence.role(customer.owner)},
                times={"limit": limit_at - record.at_risk.at},
            )


def reports_in_order(evidence: Evidence) -> Iterator[Seen]:
    """Every report that fell due went out in time, with all its elements."""
    due = list(_due(evidence))
    filed = [
        report
        for rule, record, report, _ in due
        if report and report.filed.at <= record.event.limit_at and not _missing(rule, report)
    ]
    if due and len(filed) == len(due):
        yield Seen(
            "strength",
            together([rule.title for rule, *_ in due]),
            tuple(sorted({report.filed.seq for report in filed})),
            evidence.holder("report"),
            numbers={"n": len(filed)},
        )


RULES = (
    Rule("report-late", "information", "training", report_late),
    Rule("report-omitted", "information", "planning", report_omitted),
    Rule("report-incomplete", "information", "planning", report_incomplete),
    Rule("customer-late", "customers", "planning", customer_late),
)
STRENGTHS = (Rule("reports-in-order", "information", "training", reports_in_order),)
