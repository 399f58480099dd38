"""What the evaluators' meeting changes in the score, and what it leaves as it was."""

import pytest
from worlds import Play
from worlds_forms import a_form
from worlds_result import Drill

from drillkit.model import events as ev
from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import (
    EndDrill,
    FillForm,
    RateDuty,
    RateTask,
    SettleDuty,
    SettleTask,
    SubmitRatings,
)
from drillkit.model.text import Line, Prose
from scoring.assess import assess
from scoring.result.raters import icc
from scoring.result.settlement import (
    duty_verdicts,
    has_met,
    needs_meeting,
    reliability,
    verdicts,
)

ANN, BO = Line("Ann"), Line("Bo")
SEEN = Prose("Seen.")


def played(*letters: tuple[Line, ev.Rating], duties: tuple[str, ...] = ()) -> Play:
    """The small drill, ended, with these letters for the task "act", handed in."""
    play = Play().minutes(30)
    play.do(FACILITATOR, EndDrill())
    for rater, letter in letters:
        play.do(EVALUATOR, RateTask(task="act", rater=rater, rating=letter, why=Prose("Seen.")))
    for rater, duty in zip((ANN, BO), duties, strict=False):
        play.do(EVALUATOR, RateDuty(role="commander", rater=rater, duty=duty, why=SEEN))
    for rater, _ in letters:
        play.do(EVALUATOR, SubmitRatings(rater=rater))
    return play


def settle(play: Play, letter: ev.Rating) -> None:
    command = SettleTask(task="act", rating=letter, why=Line("Agreed."), settler=ANN)
    play.do(EVALUATOR, command)


def act(play: Play):
    return verdicts(play.session.state, assess(play.session.state))[0]


def letter_of(play: Play):
    return assess(play.session.state).objectives[0].tasks[0]


def human(play: Play):
    task = assess(play.session.state).objectives[0].measure.children[0].children[0]
    return next(child for child in task.children or (task,) if child.words != "result.auto")


def test_a_settled_letter_counts_in_place_of_the_median() -> None:
    play = played((ANN, "P"), (BO, "U"))
    assert (letter_of(play).rating, letter_of(play).by) == ("U", "Ann, Bo")
    settle(play, "S")
    assert (letter_of(play).rating, letter_of(play).by) == ("S", "meeting")
    assert human(play).point == 0.82
    assert {rater: one.rating for (_, rater), (_, one) in play.session.state.ratings.items()} == {
        "Ann": "P",
        "Bo": "U",
    }


def test_the_raters_spread_is_the_interval_until_the_meeting_closes_it() -> None:
    play = played((ANN, "P"), (BO, "U"))
    assert (human(play).lo, human(play).point, human(play).hi) == (0.30, 0.625, 0.95)
    settle(play, "M")
    assert (human(play).lo, human(play).point, human(play).hi) == (0.67, 0.67, 0.67)


def duties_of(play: Play, role: str = "commander"):
    """The leaf of a role's duties in the score of role arrival."""
    arrival = assess(play.session.state).arrival.measure
    duties = next(one for one in arrival.children if one.id == "arrival.duties")
    return next(one for one in duties.children if one.about == role)


def settle_duty(play: Play, duty: ev.Duty) -> None:
    command = SettleDuty(role="commander", duty=duty, why=Line("Agreed."), settler=ANN)
    play.do(EVALUATOR, command)


def test_the_spread_of_duty_ratings_is_in_the_interval_too() -> None:
    leaf = duties_of(played((ANN, "P"), (BO, "P"), duties=("skilled", "unclear")))
    assert (leaf.lo, leaf.point, leaf.hi) == (0.2, 0.6, 1.0)


def test_a_settled_duty_counts_in_place_of_the_median_and_closes_the_interval() -> None:
    play = played((ANN, "P"), (BO, "P"), duties=("skilled", "unclear"))
    settle_duty(play, "adequate")
    leaf = duties_of(play)
    assert (leaf.lo, leaf.point, leaf.hi) == (0.65, 0.65, 0.65)
    assert leaf.evidence == "adjudicated"
    settled = next(e.seq for e in play.session.entries if isinstance(e.event, ev.DutySettled))
    given = {mark.seq for mark, _ in play.session.state.duties.values()}
    assert {*given, settled} <= set(leaf.entries)


@pytest.mark.parametrize("duty", ["not-observed", "not-applicable"])
def test_the_meeting_may_say_that_duties_were_not_seen_or_not_called_for(duty) -> None:
    play = played((ANN, "P"), (BO, "P"), duties=("skilled", "unclear"))
    settle_duty(play, duty)
    leaf = duties_of(play)
    assert leaf.point is None
    assert leaf.is_applicable == (duty == "not-observed")


def test_duties_are_talked_over_where_they_differ_until_they_are_settled() -> None:
    (one,) = duty_verdicts(played((ANN, "P"), duties=("skilled", "skilled")).session.state)
    assert not one.differs
    play = played((ANN, "P"), (BO, "P"), duties=("skilled", "unclear"))
    (one,) = duty_verdicts(play.session.state)
    assert (one.differs, one.is_open) == (True, True)
    assert one.given == {"Ann": "skilled", "Bo": "unclear"}
    settle_duty(play, "adequate")
    (one,) = duty_verdicts(play.session.state)
    assert (one.differs, one.is_open) == (True, False)


def test_what_the_meeting_did_not_observe_counts_as_the_journal_has_it() -> None:
    play = played((ANN, "P"), (BO, "U"))
    settle(play, "not-observed")
    assert letter_of(play).rating == "not-observed"
    settle(play, "not-applicable")
    assert letter_of(play).rating == "not-applicable"
    assert letter_of(play).x is None


def test_a_task_is_talked_over_where_letters_differ_or_the_journal_says_otherwise() -> None:
    assert act(played((ANN, "P"), (BO, "U"))).differs
    alike = act(played((ANN, "P"), (BO, "P")))
    assert not alike.differs
    # Nobody answered in this drill: the journal says 0, the evaluators .95.
    assert (alike.auto, alike.human) == (0.0, 0.95)
    assert alike.is_apart
    assert alike.is_open
    assert not act(played((ANN, "U"), (BO, "not-observed"))).differs


def test_a_settled_task_is_open_no_longer() -> None:
    play = played((ANN, "P"), (BO, "U"))
    assert act(play).is_open
    settle(play, "M")
    assert act(play).differs
    assert not act(play).is_open


def rated(*columns: str) -> Drill:
    """A drill in which each column of letters is a rater's, task by task."""
    drill = Drill()
    for rater, column in zip("abc", columns, strict=False):
        for n, letter in enumerate(column):
            drill.rate(5, f"task-{n}", letter, rater)
    return drill


def test_agreement_is_said_from_ten_tasks_rated_twice() -> None:
    few = reliability(rated("PSMU" * 3, "PSMU" * 2).state())
    assert (few.alpha.value, few.alpha.n) == (None, 8)
    enough = reliability(rated("PSMU" * 3, "PSMU" * 3).state())
    assert (enough.alpha.value, enough.alpha.n) == (1.0, 12)
    assert enough.kappa is not None
    assert enough.kappa.value == 1.0


def test_kappa_is_for_two_raters_only() -> None:
    three = reliability(rated("PSMU" * 3, "PSMU" * 3, "PSMU" * 3).state())
    assert three.kappa is None
    assert three.alpha.value == 1.0


def test_settling_raises_the_agreement_and_leaves_the_raw_one() -> None:
    drill = rated("PPPPPPSSMMUU", "PPPPPPSSUUMM")
    before = reliability(drill.state())
    for task in ("task-8", "task-9"):
        event = ev.TaskSettled(task=task, rating="M", why=Line("So."), settler=Line("a"))
        drill.add(8, event, by="evaluator")
    state = drill.state()
    assert reliability(state) == before
    after = reliability(state, settled=True)
    assert before.alpha.value < after.alpha.value < 1.0
    assert before.kappa.value < after.kappa.value
    assert after.alpha.n == before.alpha.n == 12


def with_duties(*columns: tuple[ev.Duty, ...]) -> Drill:
    """A drill in which each column of duty ratings is a rater's, role by role."""
    drill = Drill()
    for rater, column in zip("abc", columns, strict=False):
        for n, duty in enumerate(column):
            event = ev.DutyRated(role=f"role-{n}", rater=Line(rater), duty=duty)
            drill.add(5, event, by="evaluator")
    return drill


def test_agreement_on_duties_has_its_own_figure_and_its_own_n() -> None:
    scale: tuple[ev.Duty, ...] = ("skilled", "adequate", "unclear", "not-observed")
    few = reliability(with_duties(scale * 3, scale * 3).state())
    assert few.duties == (None, 9)
    enough = with_duties(scale[:3] * 4, scale[:3] * 3 + scale[:1] * 3)
    before = reliability(enough.state())
    assert before.duties.n == 12
    assert before.duties.value is not None
    assert before.alpha == (None, 0)
    for n in (10, 11):
        event = ev.DutySettled(
            role=f"role-{n}", duty="adequate", why=Line("So."), settler=Line("a")
        )
        enough.add(8, event, by="evaluator")
    assert reliability(enough.state()) == before
    after = reliability(enough.state(), settled=True)
    assert after.duties.value is not None
    assert before.duties.value < after.duties.value == 1.0


def apart() -> Drill:
    """Two raters who agree about as well as chance."""
    return rated("PSMUPSMUPSMU", "UMSPUMSPUMSP").end(7)


def test_raters_who_disagree_must_meet_before_a_grade_is_final() -> None:
    drill = apart()
    assert needs_meeting(drill.state())
    assert assess(drill.state()).pending == "result.agreement-insufficient"
    drill.add(8, ev.MeetingClosed(present=(ANN, BO)), by="evaluator")
    assert has_met(drill.state())
    assert assess(drill.state()).pending == ""


def test_a_rating_after_the_meeting_makes_another_meeting_needed() -> None:
    drill = apart()
    drill.add(8, ev.MeetingClosed(present=(ANN, BO)), by="evaluator")
    drill.rate(9, "task-0", "U", "c")
    assert needs_meeting(drill.state())


def test_a_duty_rated_after_the_meeting_was_not_talked_over_either() -> None:
    drill = apart()
    drill.add(8, ev.MeetingClosed(present=(ANN, BO)), by="evaluator")
    duty = ev.DutyRated(role="commander", rater=Line("c"), duty="unclear")
    drill.add(9, duty, by="evaluator")
    assert not has_met(drill.state())


def test_while_a_meeting_is_needed_no_grade_is_better_than_provisional() -> None:
    drill = apart()
    found = assess(drill.state())
    drill.add(8, ev.MeetingClosed(present=(ANN, BO)), by="evaluator")
    met = assess(drill.state())
    for id in ("result", "combined"):
        assert getattr(found, id).footing != "graded"
        assert getattr(found, id).final == getattr(met, id).final
    assert found.process == met.process


def test_few_ratings_need_no_meeting() -> None:
    assert not needs_meeting(rated("PSMU", "UMSP").state())


def pointed(*columns: tuple[str, list[float]]) -> Play:
    """Evaluators who filled in a form of twelve point items."""
    items = [
        {"kind": "points", "id": f"p{n}", "title": {"en": "Point", "zh": "分"}, "most": 10}
        for n in range(12)
    ]
    section = {"id": "one", "title": {"en": "One", "zh": "一"}, "item": items}
    play = Play(forms=(a_form(section=[section]),))
    play.do(FACILITATOR, EndDrill())
    for name, points in columns:
        answers = tuple(
            ev.Answer(item=f"p{n}", number=number, why=Prose("Taken off."))
            for n, number in enumerate(points)
        )
        play.do(EVALUATOR, FillForm(form="sheet", answers=answers, filler=Line(name)))
    return play


def test_icc_is_over_the_points_that_all_gave() -> None:
    first = [9.0, 6.0, 8.0, 7.0, 10.0, 6.0] * 2
    same = reliability(pointed(("Ann", first), ("Bo", first)).session.state).icc
    assert same is not None
    assert same.value == pytest.approx(1.0)
    assert same.n == 12
    second = [2.0, 1.0, 4.0, 1.0, 5.0, 2.0] * 2
    third = [5.0, 3.0, 6.0, 2.0, 6.0, 4.0] * 2
    fourth = [8.0, 2.0, 8.0, 6.0, 9.0, 7.0] * 2
    columns = (first, second, third, fourth)
    named = zip(("Ann", "Bo", "Cy", "Di"), columns, strict=True)
    found = reliability(pointed(*named).session.state).icc
    assert found is not None
    assert found.value == pytest.approx(icc(list(zip(*columns, strict=True))))


def test_icc_says_nothing_of_one_hand_or_of_few_items() -> None:
    points = [9.0, 6.0, 8.0]
    assert reliability(pointed(("Ann", points)).session.state).icc is None
    few = reliability(pointed(("Ann", points), ("Bo", points)).session.state).icc
    assert few is not None
    assert (few.value, few.n) == (None, 3)
