"""The evaluators' way to one verdict: who may do what in which order."""

from dataclasses import replace

import pytest
from worlds import Play

from drillkit.core.chronicle import sentence
from drillkit.core.fold import fold
from drillkit.core.names import Names
from drillkit.core.script import Refused
from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import (
    Adjudicate,
    AssignTasks,
    CloseMeeting,
    EndDrill,
    JudgeConduct,
    MakeNote,
    NameLead,
    RateDuty,
    RateTask,
    ReopenReport,
    RestoreValue,
    ReviewPlan,
    SettleDuty,
    SettleTask,
    SignReport,
    SubmitRatings,
    VoidEntry,
)
from drillkit.model.events import ReportReopened
from drillkit.model.text import Line, Prose
from scoring.assess import assess

ANN, BO, CHEN = Line("Ann"), Line("Bo"), Line("Chen")
SEEN = Prose("Seen.")


def ended():
    play = Play()
    play.do(FACILITATOR, EndDrill())
    return play


def a_task(play):
    return next(iter(play.session.script.tasks))


def rate(play, rater, rating):
    play.do(EVALUATOR, RateTask(task=a_task(play), rater=rater, rating=rating, why=Prose("Seen.")))


def settle(play, rating="S"):
    task = a_task(play)
    play.do(EVALUATOR, SettleTask(task=task, rating=rating, why=Line("Agreed."), settler=ANN))


def refused(play, by, command):
    with pytest.raises(Refused) as said:
        play.do(by, command)
    return said.value.key.removeprefix("refused.")


def test_the_meeting_settles_only_when_all_have_handed_in():
    play = ended()
    rate(play, ANN, "P")
    rate(play, BO, "U")
    play.do(EVALUATOR, SubmitRatings(rater=ANN))
    command = SettleTask(task=a_task(play), rating="M", why=Line("Agreed."), settler=ANN)
    assert refused(play, EVALUATOR, command) == "not-all-submitted"
    assert refused(play, EVALUATOR, CloseMeeting(present=(ANN, BO))) == "not-all-submitted"
    play.do(EVALUATOR, SubmitRatings(rater=BO))
    settle(play, "M")
    play.do(EVALUATOR, CloseMeeting(present=(ANN, BO)))
    state = play.session.state
    assert state.settled[a_task(play)][1].rating == "M"
    assert {rater: one.rating for (_, rater), (_, one) in state.ratings.items()} == {
        "Ann": "P",
        "Bo": "U",
    }


def test_duties_are_settled_like_tasks_when_all_have_handed_in_and_with_a_reason():
    play = ended()
    for rater, duty in ((ANN, "skilled"), (BO, "unclear")):
        play.do(EVALUATOR, RateDuty(role="commander", rater=rater, duty=duty, why=SEEN))
    agreed = SettleDuty(role="commander", duty="adequate", why=Line("Agreed."), settler=ANN)
    play.do(EVALUATOR, SubmitRatings(rater=ANN))
    assert refused(play, EVALUATOR, agreed) == "not-all-submitted"
    play.do(EVALUATOR, SubmitRatings(rater=BO))
    unsaid = SettleDuty(role="commander", duty="adequate", why=Line(), settler=ANN)
    assert refused(play, EVALUATOR, unsaid) == "reason-needed"
    nobody = SettleDuty(role="nobody", duty="adequate", why=Line("Agreed."), settler=ANN)
    assert refused(play, EVALUATOR, nobody) == "unknown-role"
    play.do(EVALUATOR, agreed)
    state = play.session.state
    assert state.settled_duties["commander"][1].duty == "adequate"
    assert [one.duty for _, one in state.duties.values()] == ["skilled", "unclear"]


def test_what_is_handed_in_stands():
    play = ended()
    assert refused(play, EVALUATOR, SubmitRatings(rater=ANN)) == "nothing-rated"
    rate(play, ANN, "P")
    play.do(EVALUATOR, SubmitRatings(rater=ANN))
    command = RateTask(task=a_task(play), rater=ANN, rating="P")
    assert refused(play, EVALUATOR, command) == "ratings-submitted"


def test_a_report_that_both_have_signed_changes_only_when_it_is_opened_again():
    play = ended()
    rate(play, ANN, "P")
    play.do(EVALUATOR, SubmitRatings(rater=ANN))
    settle(play)
    play.do(EVALUATOR, SignReport(name=ANN))
    play.do(FACILITATOR, SignReport(name=Line("Dr Qian")))
    assert set(play.session.state.signed) == {"lead", "director"}
    command = RateTask(task=a_task(play), rater=BO, rating="P")
    assert refused(play, EVALUATOR, command) == "report-signed"
    play.do(EVALUATOR, ReopenReport(why=Line("Bo came late.")))
    assert play.session.state.signed == {}
    rate(play, BO, "U")


@pytest.mark.parametrize("rating", ["M", "U"])
def test_a_letter_that_tells_of_failure_needs_a_reason(rating):
    command = RateTask(task="act", rater=ANN, rating=rating)
    assert refused(ended(), EVALUATOR, command) == "reason-needed"


def test_whoever_has_rated_nothing_may_hand_in_to_take_part_in_the_meeting():
    play = ended()
    rate(play, ANN, "P")
    play.do(EVALUATOR, SubmitRatings(rater=BO))
    assert set(play.session.state.submitted) == {"Bo"}
    command = RateTask(task=a_task(play), rater=BO, rating="P")
    assert refused(play, EVALUATOR, command) == "ratings-submitted"


# -- values that are set ---------------------------------------------------------------------------

ACT = "result.task.act"


def met():
    """Ann and Bo differ and have handed in, and so has Chen, who leads."""
    play = ended()
    rate(play, ANN, "P")
    rate(play, BO, "U")
    for rater in (ANN, BO, CHEN):
        play.do(EVALUATOR, SubmitRatings(rater=rater))
    play.do(FACILITATOR, NameLead(name=CHEN))
    return play


def a_ruling(value=0.7, decider=CHEN):
    return Adjudicate(measure=ACT, value=value, why=Line("Radio."), decider=decider)


def test_taking_a_setting_back_does_not_leave_it_not_observed():
    play = met()
    before = assess(play.session.state)
    play.do(EVALUATOR, a_ruling())
    assert assess(play.session.state).combined.point != before.combined.point
    play.do(EVALUATOR, RestoreValue(measure=ACT, why=Line("A slip."), decider=CHEN))
    assert play.session.state.adjudicated == {}
    assert assess(play.session.state).combined.measure == before.combined.measure
    back = RestoreValue(measure=ACT, why=Line("A slip."), decider=CHEN)
    assert refused(play, EVALUATOR, back) == "nothing-set"


def test_not_observed_is_set_by_a_choice_of_its_own_and_means_what_it_meant():
    play = met()
    play.do(EVALUATOR, a_ruling(None))
    tasks = assess(play.session.state).objectives[0].measure.children[0].children
    act = next(one for one in tasks if one.id == ACT)
    assert (act.standing, act.evidence) == ("not-observed", "adjudicated")


@pytest.mark.parametrize("command", [a_ruling(decider=ANN), a_ruling(decider=Line())])
def test_an_evaluator_who_does_not_lead_sets_no_value(command):
    assert refused(met(), EVALUATOR, command) == "not-decider"


def test_who_has_not_handed_in_sets_no_value_and_the_director_may():
    play = ended()
    rate(play, ANN, "P")
    rate(play, BO, "U")
    play.do(EVALUATOR, SubmitRatings(rater=BO))
    assert refused(play, EVALUATOR, a_ruling(decider=ANN)) == "hand-in-to-decide"
    play.do(EVALUATOR, a_ruling(decider=BO))
    play.do(FACILITATOR, a_ruling(decider=Line()))
    play.do(FACILITATOR, NameLead(name=ANN))
    assert refused(play, EVALUATOR, a_ruling(decider=ANN)) == "hand-in-to-decide"


# -- signatures ------------------------------------------------------------------------------------


def signed_once():
    play = met()
    settle = SettleTask(task="act", rating="S", why=Line("Agreed."), settler=CHEN)
    play.do(EVALUATOR, settle)
    play.do(EVALUATOR, CloseMeeting(present=(ANN, BO), closer=CHEN))
    play.do(EVALUATOR, SignReport(name=CHEN))
    return play


CHANGES = [
    (EVALUATOR, a_ruling()),
    (FACILITATOR, a_ruling(None)),
    (EVALUATOR, RestoreValue(measure=ACT, why=Line("A slip."), decider=CHEN)),
    (EVALUATOR, SettleTask(task="act", rating="M", why=Line("No."), settler=CHEN)),
    (EVALUATOR, SettleDuty(role="commander", duty="adequate", why=Line("So."), settler=CHEN)),
    (EVALUATOR, RateTask(task="tell", rater=Line("Dan"), rating="P")),
    (EVALUATOR, RateDuty(role="commander", rater=Line("Dan"), duty="skilled")),
    (EVALUATOR, SubmitRatings(rater=Line("Dan"))),
    (EVALUATOR, CloseMeeting(present=(ANN,), closer=CHEN)),
    (EVALUATOR, MakeNote(text=Prose("Late."))),
    (EVALUATOR, SignReport(name=CHEN)),
    (FACILITATOR, AssignTasks(evaluator=ANN, tasks=("act",))),
    (FACILITATOR, ReviewPlan(suitability="full", sufficiency="full")),
    (FACILITATOR, JudgeConduct(rule="first", conduct="false", why=Line("So."))),
    (FACILITATOR, VoidEntry(entry=1, why=Line("No."))),
]


@pytest.mark.parametrize(("by", "command"), CHANGES, ids=lambda it: getattr(it, "kind", it))
def test_nothing_is_changed_under_the_one_signature_that_stands(by, command):
    assert refused(signed_once(), by, command) == "report-signed"


def test_opening_again_voids_the_signatures_and_the_closing_of_the_meeting_and_says_so():
    play = signed_once()
    (entry,) = play.do(EVALUATOR, ReopenReport(why=Line("Bo came late.")))
    state = play.session.state
    assert (state.signed, state.meeting) == ({}, None)
    assert [event.void for _, event in state.reopened] == [(CHEN,)]
    said = sentence(entry, Names(state), "en")
    assert said == (
        "The report was opened again; no longer valid as signatures: Chen. "
        "Reason: Bo came late. The evaluators' meeting is open again."
    )
    play.do(EVALUATOR, a_ruling())


def test_a_report_that_an_old_journal_opened_again_keeps_its_meeting():
    play = signed_once()
    last = play.session.entries[-1]
    old = replace(last, seq=last.seq + 1, event=ReportReopened(why=Line("Late.")))
    state = fold([*play.session.entries, old])
    assert state.signed == {}
    assert state.meeting is not None
    assert sentence(old, Names(state), "zh") == "报告重新打开，原签字作废。 原因：Late."


def test_nobody_signs_while_somebody_has_not_handed_in():
    play = ended()
    rate(play, ANN, "P")
    rate(play, BO, "P")
    play.do(EVALUATOR, SubmitRatings(rater=ANN))
    play.do(FACILITATOR, NameLead(name=ANN))
    assert refused(play, EVALUATOR, SignReport(name=ANN)) == "not-all-submitted"
    assert refused(play, FACILITATOR, SignReport(name=Line("Qian"))) == "not-all-submitted"


# -- the meeting -----------------------------------------------------------------------------------


def test_an_empty_meeting_does_not_leave_points_open_without_a_word():
    play = met()
    close = CloseMeeting(present=(ANN, BO), closer=CHEN)
    assert refused(play, EVALUATOR, close) == "left-unsaid"
    play.do(EVALUATOR, replace(close, left=Prose("Bo saw another room.")))
    assert play.session.state.meeting[1].left == "Bo saw another room."


@pytest.mark.parametrize(
    "command", [a_ruling(), SettleTask(task="act", rating="S", why=Line("So."), settler=CHEN)]
)
def test_what_was_settled_or_set_is_not_left_open(command):
    play = met()
    play.do(EVALUATOR, command)
    (closed,) = play.do(EVALUATOR, CloseMeeting(present=(ANN, BO), closer=CHEN))
    assert (closed.event.present, closed.event.left) == ((ANN, BO), "")


def test_duties_that_were_not_clear_need_a_reason_except_from_paper():
    play = ended()
    unclear = RateDuty(role="commander", rater=ANN, duty="unclear")
    assert refused(play, EVALUATOR, unclear) == "reason-needed"
    play.do(EVALUATOR, replace(unclear, on_paper=True))
    (entry,) = play.do(EVALUATOR, replace(unclear, why=SEEN))
    assert "Reason: Seen." in sentence(entry, Names(play.session.state), "en")
