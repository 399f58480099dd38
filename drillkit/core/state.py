"""Where a drill stands: one state, folded from entries in place and private to its fold."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from drillkit.core.ledger import Ledger
from drillkit.core.records import (
    Citation,
    CustomerRecord,
    DueRecord,
    InjectRecord,
    Known,
    Mark,
    MessageRecord,
    NeedRecord,
    OrderRecord,
    OutcomeRecord,
    Presence,
    Receipt,
    ReportRecord,
    Seat,
    ShipmentRecord,
    StatementRecord,
    Telling,
)
from drillkit.model.base import Millis
from drillkit.model.events import (
    BriefingGiven,
    BroadcastMade,
    ConductJudged,
    DutyRated,
    DutySettled,
    EntryVoided,
    FactRef,
    FormFilled,
    LeadNamed,
    MeetingClosed,
    MilestoneReached,
    NoteMade,
    PhaseBegun,
    PlanReviewed,
    ReportReopened,
    ReportSigned,
    SessionOpened,
    TaskRated,
    TasksAssigned,
    TaskSettled,
    ValueAdjudicated,
)
from drillkit.model.form import Form
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario

Stage = Literal["unopened", "briefing", "running", "paused", "ended"]


@dataclass(slots=True)
class State:
    """All that the entries so far amount to, for whoever saw them.

    A participant's state is folded from the entries that the role may see, so everything here
    copes with what it never saw: no scenario, a message without its beginning.
    """

    seq: int = -1
    at: Millis = 0
    wall: int = 0
    stage: Stage = "unopened"
    aborted: bool = False
    started: Mark | None = None
    ended: Mark | None = None
    speed: float = 1.0
    skipped: Millis = 0
    """How much script the jumps have left out: script time is exercise time plus this."""
    phase: PhaseBegun | None = None

    opened: SessionOpened | None = None
    briefing: BriefingGiven | None = None

    presence: dict[str, Presence] = field(default_factory=lambda: defaultdict(Presence))
    holding: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Role -> the posts that it holds as a substitute now."""
    seats: dict[str, Seat] = field(default_factory=dict)
    """Line -> who sits there."""
    established: dict[str, Mark] = field(default_factory=dict)
    injects: dict[str, InjectRecord] = field(default_factory=dict)
    broadcasts: list[tuple[Mark, BroadcastMade]] = field(default_factory=list)
    messages: dict[str, MessageRecord] = field(default_factory=dict)
    told: dict[tuple[str, str], list[Telling]] = field(default_factory=lambda: defaultdict(list))
    """(sender, fact) -> the messages and reports that cited it, in order."""
    cited: dict[Citation, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Who cited which fact how, in messages and reports -> the entries."""
    sent: dict[tuple[str, tuple[str, ...]], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """(sender, recipients) -> the entries of the messages."""
    receipts: dict[str, list[Receipt]] = field(default_factory=lambda: defaultdict(list))
    """Role -> the acknowledgements that it was asked for and gave."""
    unconfirmed: dict[tuple[str, str], Mark] = field(default_factory=dict)
    """(message, role) -> when an acknowledgement was asked for that has not come."""
    reports: dict[str, ReportRecord] = field(default_factory=dict)
    due: dict[str, DueRecord] = field(default_factory=dict)
    statements: dict[str, StatementRecord] = field(default_factory=dict)
    customers: dict[str, CustomerRecord] = field(
        default_factory=lambda: defaultdict(CustomerRecord)
    )
    facts: dict[str, Known] = field(default_factory=dict)
    """When each fact first came up."""
    fact_refs: dict[str, FactRef] = field(default_factory=dict)
    knows: dict[str, dict[str, Known]] = field(default_factory=lambda: defaultdict(dict))
    """Role -> fact -> since when: senders pass on only what they know."""
    public: dict[str, Known] = field(default_factory=dict)
    """Facts that an issued statement has made known to all."""
    ledger: Ledger = field(default_factory=Ledger)
    needs: dict[str, NeedRecord] = field(default_factory=dict)
    orders: dict[str, OrderRecord] = field(default_factory=dict)
    shipments: dict[str, ShipmentRecord] = field(default_factory=dict)
    milestones: dict[str, tuple[Mark, MilestoneReached]] = field(default_factory=dict)
    outcomes: dict[str, OutcomeRecord] = field(default_factory=dict)

    assigned: dict[str, tuple[Mark, TasksAssigned]] = field(default_factory=dict)
    """Evaluator -> the tasks that they watch; by the name as `assignments.key_of` has it."""
    lead: tuple[Mark, LeadNamed] | None = None
    notes: dict[str, tuple[Mark, NoteMade]] = field(default_factory=dict)
    ratings: dict[tuple[str, str], tuple[Mark, TaskRated]] = field(default_factory=dict)
    duties: dict[tuple[str, str], tuple[Mark, DutyRated]] = field(default_factory=dict)
    adjudicated: dict[str, tuple[Mark, ValueAdjudicated]] = field(default_factory=dict)
    conducts: list[tuple[Mark, ConductJudged]] = field(default_factory=list)
    review: tuple[Mark, PlanReviewed] | None = None
    submitted: dict[str, Mark] = field(default_factory=dict)
    """Rater -> when they handed in their ratings."""
    settled: dict[str, tuple[Mark, TaskSettled]] = field(default_factory=dict)
    """Task -> the letter that the evaluators' meeting gave it."""
    settled_duties: dict[str, tuple[Mark, DutySettled]] = field(default_factory=dict)
    """Role -> what the evaluators' meeting settled on its duties."""
    meeting: tuple[Mark, MeetingClosed] | None = None
    signed: dict[str, tuple[Mark, ReportSigned]] = field(default_factory=dict)
    """Office -> who stands for the report."""
    reopened: list[tuple[Mark, ReportReopened]] = field(default_factory=list)
    """Each time that the report was opened again after somebody had signed."""
    forms: dict[str, Form] = field(default_factory=dict)
    """The forms that this seat may fill in."""
    filled: dict[tuple[str, str], tuple[Mark, FormFilled]] = field(default_factory=dict)
    """(form, whose hand) -> what they put down; an anonymous hand is its entry's number."""
    voided: dict[int, tuple[Mark, EntryVoided]] = field(default_factory=dict)
    correctable: set[int] = field(default_factory=set)
    """The entries that a later one may void."""
    acts: dict[str, list[Millis]] = field(default_factory=lambda: defaultdict(list))
    """When each seat did something."""

    @property
    def scenario(self) -> Scenario:
        """The scenario; only the staff's state holds it (ValueError elsewhere)."""
        if self.opened is None:
            raise ValueError("this state was folded without the scenario")
        return self.opened.scenario

    @property
    def plan(self) -> Plan:
        """The plan, from the briefing (ValueError before it)."""
        if self.briefing is None:
            raise ValueError("the briefing has not been given")
        return self.briefing.plan

    @property
    def is_open(self) -> bool:
        """Play is on: running or paused."""
        return self.stage in ("running", "paused")

    def knows_fact(self, role: str, fact: str) -> Known | None:
        """Since when the role knows the fact, by itself or because it is public."""
        own, public = self.knows[role].get(fact), self.public.get(fact)
        return min((known for known in (own, public) if known), default=None)

    def inject(self, id: str) -> InjectRecord:
        """The record of an inject, made when first asked for."""
        record = self.injects.get(id)
        if record is None:
            record = self.injects[id] = InjectRecord(id)
        return record
