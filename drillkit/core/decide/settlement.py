"""How evaluators come to one verdict: handing in, settling, closing the meeting, signing."""

from drillkit.core.assignments import lead_of, same_name
from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.base import FACILITATOR
from drillkit.model.commands import (
    CloseMeeting,
    ReopenReport,
    SettleDuty,
    SettleTask,
    SignReport,
    SubmitRatings,
)
from drillkit.model.events import (
    DutySettled,
    Event,
    MeetingClosed,
    RatingsSubmitted,
    ReportReopened,
    ReportSigned,
    TaskSettled,
)

SettlementCommand = (
    SubmitRatings | SettleTask | SettleDuty | CloseMeeting | SignReport | ReopenReport
)


def raters(state: State) -> tuple[str, ...]:
    """Everybody who has rated anything, in alphabetical order."""
    return tuple(sorted({rater for _, rater in (*state.ratings, *state.duties)}))


def missing(state: State) -> tuple[str, ...]:
    """The raters who have not handed in yet."""
    return tuple(rater for rater in raters(state) if rater not in state.submitted)


def decide_settlement(
    script: Script, state: State, by: str, command: SettlementCommand
) -> list[Event]:
    """The events that a step towards the verdict leads to; raises Refused."""
    if isinstance(command, ReopenReport):
        if not state.signed:
            raise Refused("not-signed")
        if not command.why:
            raise Refused("reason-needed")
        return [ReportReopened(why=command.why)]
    must_be_unsigned(state)
    _must_lead(state, by, command)
    match command:
        case SubmitRatings():
            # Who has rated nothing may hand in too: whoever leads the meeting need not rate.
            if not raters(state):
                raise Refused("nothing-rated")
            if command.rater in state.submitted:
                return []
            return [RatingsSubmitted(rater=command.rater)]
        case SettleTask():
            if command.task not in script.tasks:
                raise Refused("unknown-task", task=command.task)
            _must_be_ripe(state, command.why)
            return [
                TaskSettled(
                    task=command.task,
                    rating=command.rating,
                    why=command.why,
                    settler=command.settler,
                )
            ]
        case SettleDuty():
            script.role(command.role)
            _must_be_ripe(state, command.why)
            return [
                DutySettled(
                    role=command.role,
                    duty=command.duty,
                    why=command.why,
                    settler=command.settler,
                )
            ]
        case CloseMeeting():
            _must_all_be_in(state)
            if not command.present:
                raise Refused("nobody-present")
            return [MeetingClosed(present=command.present, why=command.why)]
        case SignReport():
            if not command.name:
                raise Refused("name-needed")
            return [
                ReportSigned(office="director" if by == FACILITATOR else "lead", name=command.name)
            ]


def must_be_unsigned(state: State) -> None:
    """Raises Refused once both offices have signed: what they stand for must not change."""
    if len(state.signed) == len(("director", "lead")):
        raise Refused("report-signed")


def _must_be_ripe(state: State, why: str) -> None:
    """Something is settled when all have handed in, and with a reason."""
    _must_all_be_in(state)
    if not why:
        raise Refused("reason-needed")


def _must_lead(state: State, by: str, command: SettlementCommand) -> None:
    """Raises Refused where a step is the lead's and somebody else takes it."""
    match command:
        case SettleTask(settler=who) | SettleDuty(settler=who) | CloseMeeting(closer=who):
            signs = False
        case SignReport(name=who) if by != FACILITATOR:
            signs = True
        case _:
            return
    if lead := lead_of(state):
        if not same_name(who, lead):
            raise Refused("not-lead", lead=lead)
    elif signs and not _leads_alone(state, who):
        raise Refused("lead-needed")


def _leads_alone(state: State, who: str) -> bool:
    """Nobody but them has taken part, so that there is nobody else who could lead."""
    return all(same_name(who, other) for other in state.submitted or raters(state))


def _must_all_be_in(state: State) -> None:
    if left := missing(state):
        raise Refused("not-all-submitted", raters=", ".join(left))
    if not state.submitted:
        raise Refused("nothing-submitted")
