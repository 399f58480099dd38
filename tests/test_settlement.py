"""The evaluators' way to one verdict: who may do what in which order."""

import pytest
from worlds import Play

from drillkit.core.script import Refused
from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import (
    CloseMeeting,
    EndDrill,
    RateDuty,
    RateTask,
    ReopenReport,
    SettleDuty,
    SettleTask,
    SignReport,
    SubmitRatings,
)
from drillkit.model.text import Line, Prose

ANN, BO = Line("Ann"), Line("Bo")


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
        play.do(EVALUATOR, RateDuty(role="commander", rater=rater, duty=duty))
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
    play.do(EVALUATOR, SignReport(name=ANN))
    settle(play)
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
