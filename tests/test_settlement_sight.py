"""Evaluators rate blind: nobody's ratings reach another before both have handed in."""

import asyncio
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Play
from worlds_forms import a_form

from drillkit.core.fold import fold
from drillkit.core.script import Refused
from drillkit.core.sight import shown
from drillkit.desk import LocalDesk
from drillkit.model import events as ev
from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import (
    Adjudicate,
    CloseMeeting,
    Command,
    EndDrill,
    FillForm,
    LoseSeat,
    MakeNote,
    RateDuty,
    RateTask,
    SettleDuty,
    SettleTask,
    SubmitRatings,
    TakeSeat,
    VoidEntry,
)
from drillkit.model.events import Answer
from drillkit.model.text import Line, Prose
from scoring.assess import assess

ANN, BO, CY = Line("Ann"), Line("Bo"), Line("Cy")
PEOPLE = (ANN, BO, CY)
SEEN = Prose("Seen.")
GIVEN = (ev.TaskRated, ev.DutyRated)
SETTLED = (ev.TaskSettled, ev.DutySettled)


class NoClock:
    def now(self) -> int:
        return 0

    def wall(self) -> int:
        return 0

    def speed(self) -> float:
        return 1.0

    def stir(self) -> None:
        pass


def ended() -> Play:
    play = Play(forms=(a_form(),))
    play.do(FACILITATOR, EndDrill())
    return play


def rating(rater: Line, letter: ev.Rating = "P", task: str = "act") -> RateTask:
    return RateTask(task=task, rater=rater, rating=letter, why=Prose("Seen."))


def seen(play: Play, person: str = "", seat: str = EVALUATOR) -> list[ev.Entry]:
    session = play.session
    entries = session.entries
    told = (
        shown(session.script, session.state, (seat,), one, entries, person=person)
        for one in entries
    )
    return [entry for entry in told if entry is not None]


def raters(play: Play, person: str = "", seat: str = EVALUATOR) -> set[str]:
    """Whose ratings this person is told of."""
    return {one.event.rater for one in seen(play, person, seat) if isinstance(one.event, GIVEN)}


def two_have_rated() -> Play:
    play = ended()
    for rater, letter, duty in ((ANN, "P", "skilled"), (BO, "U", "unclear")):
        play.do(EVALUATOR, rating(rater, letter))
        play.do(EVALUATOR, RateDuty(role="commander", rater=rater, duty=duty, why=SEEN))
    return play


def test_an_evaluator_sees_the_ratings_of_others_when_they_have_handed_in_their_own() -> None:
    play = two_have_rated()
    assert raters(play, ANN) == {"Ann"}
    play.do(EVALUATOR, SubmitRatings(rater=BO))
    assert raters(play, ANN) == {"Ann"}
    assert raters(play, BO) == {"Bo"}
    play.do(EVALUATOR, SubmitRatings(rater=ANN))
    assert raters(play, ANN) == {"Ann", "Bo"}


def test_who_alone_has_handed_in_sees_nothing_of_those_who_have_not() -> None:
    play = two_have_rated()
    play.do(EVALUATOR, rating(CY))
    play.do(EVALUATOR, SubmitRatings(rater=ANN))
    assert raters(play, ANN) == {"Ann"}
    slip = next(one for one in play.session.entries if getattr(one.event, "rater", "") == CY)
    play.do(FACILITATOR, VoidEntry(entry=slip.seq, why=Line("A slip.")))
    assert ev.EntryVoided not in {type(one.event) for one in seen(play, ANN)}
    play.do(EVALUATOR, SubmitRatings(rater=BO))
    assert raters(play, ANN) == {"Ann", "Bo"}


def test_somebody_at_the_evaluators_seat_without_a_name_sees_nobody_s_ratings() -> None:
    assert raters(two_have_rated()) == set()


def test_the_facilitator_sees_ratings_when_all_have_handed_in_and_before_that_who_has() -> None:
    play = two_have_rated()
    play.do(EVALUATOR, SubmitRatings(rater=BO))
    assert raters(play, seat=FACILITATOR) == set()
    handed_in = [one for one in seen(play, seat=FACILITATOR) if one.by == EVALUATOR]
    assert [type(one.event) for one in handed_in] == [ev.RatingsSubmitted]
    play.do(EVALUATOR, SubmitRatings(rater=ANN))
    assert raters(play, seat=FACILITATOR) == {"Ann", "Bo"}


def test_what_the_facilitator_rates_the_facilitator_sees() -> None:
    play = two_have_rated()
    play.do(FACILITATOR, rating(CY))
    assert raters(play, seat=FACILITATOR) == {"Cy"}


def test_who_comes_late_is_told_nothing_of_what_the_meeting_said() -> None:
    play = two_have_rated()
    for rater in (ANN, BO):
        play.do(EVALUATOR, SubmitRatings(rater=rater))
    play.do(EVALUATOR, SettleTask(task="act", rating="M", why=Line("Agreed."), settler=ANN))
    duty = SettleDuty(role="commander", duty="adequate", why=Line("Agreed."), settler=ANN)
    play.do(EVALUATOR, duty)
    play.do(
        EVALUATOR, Adjudicate(measure="result.task.act", value=0.5, why=Line("Half."), decider=ANN)
    )
    play.do(EVALUATOR, CloseMeeting(present=(ANN, BO), why=Prose("Both agree.")))
    play.do(EVALUATOR, MakeNote(text=Prose("A note is open to all.")))
    kinds = {type(one.event) for one in seen(play, CY)}
    agreed = {*SETTLED, ev.ValueAdjudicated, ev.MeetingClosed, *GIVEN}
    assert not kinds & agreed
    assert ev.NoteMade in kinds
    told = {type(one.event) for one in seen(play, ANN)}
    assert agreed <= told


def test_a_measured_time_that_was_corrected_is_evidence_for_all() -> None:
    play = ended()
    play.do(FACILITATOR, Adjudicate(measure="arrival.on-time.x", value=1.0, why=Line("Slip.")))
    assert ev.ValueAdjudicated in {type(one.event) for one in seen(play, ANN)}


def test_a_rating_that_was_taken_back_is_not_told_of_either() -> None:
    play = two_have_rated()
    given = next(one for one in play.session.entries if isinstance(one.event, ev.TaskRated))
    play.do(FACILITATOR, VoidEntry(entry=given.seq, why=Line("The P was a slip.")))
    assert ev.EntryVoided not in {type(one.event) for one in seen(play, BO)}
    assert ev.EntryVoided in {type(one.event) for one in seen(play, ANN)}


def test_the_forms_that_other_evaluators_filled_in_are_hidden_too() -> None:
    play = ended()
    answers = (Answer(item="warned", choice="yes"),)
    play.do(EVALUATOR, FillForm(form="sheet", answers=answers, filler=ANN))
    assert ev.FormFilled in {type(one.event) for one in seen(play, ANN)}
    assert ev.FormFilled not in {type(one.event) for one in seen(play, BO)}


def test_a_score_on_an_evaluator_s_screen_is_computed_from_what_they_may_see() -> None:
    play, alone = two_have_rated(), ended()
    alone.do(EVALUATOR, rating(ANN))
    alone.do(EVALUATOR, RateDuty(role="commander", rater=ANN, duty="skilled"))
    blind = assess(fold(seen(play, ANN)))
    assert blind.combined.point == assess(alone.session.state).combined.point
    assert blind.combined.point != assess(play.session.state).combined.point


def test_handing_in_begins_the_evaluator_s_desk_afresh() -> None:
    async def story() -> None:
        play = two_have_rated()
        desk = LocalDesk(play.session, EVALUATOR, NoClock(), via="Ann")
        following = desk.follow()
        first = await anext(following)
        assert {one.event.rater for one in first.entries if isinstance(one.event, GIVEN)} == {"Ann"}
        await desk.send(SubmitRatings(rater=ANN))
        after = await anext(following)
        assert after.fresh
        names = {one.event.rater for one in after.entries if isinstance(one.event, GIVEN)}
        assert names == {"Ann"}
        play.do(EVALUATOR, SubmitRatings(rater=BO))
        both = await anext(following)
        assert both.fresh
        names = {one.event.rater for one in both.entries if isinstance(one.event, GIVEN)}
        assert names == {"Ann", "Bo"}
        await following.aclose()

    asyncio.run(story())


def commands() -> st.SearchStrategy[Command]:
    people = st.sampled_from(PEOPLE)
    letters = st.sampled_from(["P", "S", "M", "U", "not-observed"])
    tasks = st.sampled_from(["act", "tell"])
    return st.one_of(
        st.builds(rating, people, letters, tasks),
        st.builds(RateDuty, role=st.just("commander"), rater=people, duty=st.just("skilled")),
        st.builds(SubmitRatings, rater=people),
        st.builds(
            SettleDuty,
            role=st.just("commander"),
            duty=st.just("adequate"),
            why=st.just(Line("So.")),
            settler=people,
        ),
        st.builds(SettleTask, task=tasks, rating=letters, why=st.just(Line("So.")), settler=people),
        st.builds(
            VoidEntry, entry=st.integers(min_value=0, max_value=30), why=st.just(Line("No."))
        ),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(commands(), max_size=12))
def test_whatever_is_done_nobody_learns_of_another_s_rating_before_handing_in(done) -> None:
    play = ended()
    for command in done:
        by = FACILITATOR if isinstance(command, VoidEntry) else EVALUATOR
        with suppress(Refused):
            play.do(by, command)
        handed_in = set(play.session.state.submitted)
        for person in PEOPLE:
            told = seen(play, person)
            hidden = {one.seq for one in play.session.entries} - {one.seq for one in told}
            voids = [one.event.entry for one in told if isinstance(one.event, ev.EntryVoided)]
            assert hidden.isdisjoint(voids)
            if person not in handed_in:
                assert raters(play, person) <= {person}
                assert not any(isinstance(one.event, SETTLED) for one in told)
            else:
                assert raters(play, person) <= handed_in
                # What somebody gave who has not handed in stays hidden, though it be voided.
                given = (one.event for one in play.session.entries if isinstance(one.event, GIVEN))
                if {one.rater for one in given} <= handed_in:
                    assert told == play.session.entries
            fold(told)
        who = {rater for _, rater in (*play.session.state.ratings, *play.session.state.duties)}
        if who - handed_in:
            assert raters(play, seat=FACILITATOR) == set()


def test_two_evaluators_cannot_sit_down_under_one_name() -> None:
    play = ended()
    play.do(EVALUATOR, TakeSeat(line="l1", person=ANN))
    with pytest.raises(Refused, match="name-taken"):
        play.do(EVALUATOR, TakeSeat(line="l2", person=Line("ann")))
    play.do(EVALUATOR, LoseSeat(line="l1"))
    play.do(EVALUATOR, TakeSeat(line="l2", person=ANN))
