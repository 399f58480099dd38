"""Messages, reports, statements to the public, and customers at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from drillkit.model.scenario import Means
from drillkit.model.text import Line, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """Tell other roles or outside partners something."""

    kind: Literal["send_message"] = "send_message"
    to: tuple[str, ...]
    text: Prose
    facts: tuple[str, ...] = ()
    means: Means = "phone"
    confirmed: bool = True
    ack: bool = False
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeMessage:
    """Confirm a message."""

    kind: Literal["acknowledge_message"] = "acknowledge_message"
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """File a formal report under a rule of the plan."""

    kind: Literal["file_report"] = "file_report"
    rule: str
    elements: Mapping[str, Prose]
    facts: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStatement:
    """Draft a public statement."""

    kind: Literal["draft_statement"] = "draft_statement"
    text: Prose
    facts: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveStatement:
    """Approve a drafted statement."""

    kind: Literal["approve_statement"] = "approve_statement"
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnStatement:
    """Send a drafted statement back."""

    kind: Literal["return_statement"] = "return_statement"
    statement: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueStatement:
    """Make a statement public."""

    kind: Literal["issue_statement"] = "issue_statement"
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyCustomer:
    """Tell a customer at risk."""

    kind: Literal["notify_customer"] = "notify_customer"
    customer: str
    text: Prose = Prose()
