"""Messages, formal reports, public statements and customers told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from drillkit.model.base import Millis
from drillkit.model.events.parts import FactRef
from drillkit.model.scenario import Means
from drillkit.model.text import Line, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent:
    """A message between roles or with an outside partner; `unsupported` facts were not known."""

    kind: Literal["message_sent"] = "message_sent"
    message: str
    sender: str
    to: tuple[str, ...]
    means: Means
    text: Prose
    facts: tuple[FactRef, ...] = ()
    unsupported: tuple[str, ...] = ()
    confirmed: bool = True
    ack: bool = False
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAcknowledged:
    """The recipient confirmed the message."""

    kind: Literal["message_acknowledged"] = "message_acknowledged"
    message: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFellDue:
    """A report is due; its limit is `limit_at` ms of exercise time."""

    kind: Literal["report_fell_due"] = "report_fell_due"
    due: str
    rule: str
    sender: str
    limit_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOverdue:
    """A due report passed its limit without being filed."""

    kind: Literal["report_overdue"] = "report_overdue"
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiled:
    """A formal report went out with these elements; `due` is the due report it answers."""

    kind: Literal["report_filed"] = "report_filed"
    report: str
    rule: str
    stage: Literal["initial", "follow-up", "final"]
    sender: str
    to: tuple[str, ...]
    elements: Mapping[str, Prose]
    facts: tuple[FactRef, ...] = ()
    unsupported: tuple[str, ...] = ()
    confirmed: bool = True
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductJudged:
    """An evaluator judged a reporting conduct: late, omitted, false or concealed."""

    kind: Literal["conduct_judged"] = "conduct_judged"
    rule: str
    conduct: Literal["late", "omitted", "false", "concealed"]
    why: Line
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDrafted:
    """A public statement was drafted."""

    kind: Literal["statement_drafted"] = "statement_drafted"
    statement: str
    role: str
    text: Prose
    facts: tuple[FactRef, ...] = ()
    unsupported: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementApproved:
    """Somebody entitled approved the statement."""

    kind: Literal["statement_approved"] = "statement_approved"
    statement: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementReturned:
    """The statement was sent back to its drafter."""

    kind: Literal["statement_returned"] = "statement_returned"
    statement: str
    role: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementIssued:
    """The statement is public: everybody may read it and knows its facts."""

    kind: Literal["statement_issued"] = "statement_issued"
    statement: str
    role: str
    text: Prose
    facts: tuple[FactRef, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAtRisk:
    """The scenario put a customer at risk; to be notified by `limit_at`."""

    kind: Literal["customer_at_risk"] = "customer_at_risk"
    customer: str
    limit_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerNotified:
    """A customer at risk was told."""

    kind: Literal["customer_notified"] = "customer_notified"
    customer: str
    role: str
    text: Prose = Prose()
