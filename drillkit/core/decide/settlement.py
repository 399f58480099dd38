"""How evaluators come to one verdict: handing in, settling, closing the meeting, signing."""

from drillkit.core.assignments import lead_of, same_name
from drillkit.core.differences import unsettled
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
        void = tuple(event.name for _, event in state.signed.values())
        return [ReportReopened(why=command.why, void=void, meeting=state.meeting is not None)]
    if isinstance(command, SignReport):
        must_be_draft(state)
    else:
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
            if not command.left and (left := unsettled(state)):
                raise Refused("left-unsaid", n=len(left))
            return [MeetingClosed(present=command.present, why=command.why, left=command.left)]
        case SignReport():
            return [_sign(state, by, command)]


def _sign(state: State, by: str, command: SignReport) -> ReportSigned:
    if not command.name:
        raise Refused("name-needed")
    if left := missing(state):
        # What is handed in after a signature would be none of what it stands for.
        raise Refused("not-all-submitted", raters=", ".join(left))
    office = "director" if by == FACILITATOR else "lead"
    if office in state.signed:
        raise Refused("report-signed", names=_signers(state))
    return ReportSigned(office=office, name=command.name)


def must_be_unsigned(state: State) -> None:
    """Raises Refused once anybody has signed: what they stand for must not change.

    The change is refused and the signature not dropped: it would fall by a slip of anybody's, and
    without a word why. Who opens the report again gives a reason, which the report names.
    """
    if state.signed:
        raise Refused("report-signed", names=_signers(state))


def must_be_draft(state: State) -> None:
    """Raises Refused once both offices have signed."""
    if len(state.signed) == len(("director", "lead")):
        raise Refused("report-signed", names=_signers(state))


def _signers(state: State) -> str:
    return ", ".join(event.name for _, event in state.signed.values())


def must_decide(state: State, by: str, who: str) -> None:
    """Raises Refused where it is not theirs to set a value: the director does so, and the lead.

    Without a named lead it is anybody's who has handed in: nobody decides on what is still blind.
    """
    if by == FACILITATOR:
        return
    lead = lead_of(state)
    if lead and not same_name(who, lead):
        raise Refused("not-decider", lead=lead)
    if not any(same_name(who, name) for name in state.submitted):
        raise Refused("hand-in-to-decide")


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
