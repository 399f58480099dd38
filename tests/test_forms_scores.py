"""What the evidence proposes for a form, what a filled one comes to, and what participants say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import Play
from worlds_forms import a_form
from worlds_staff import an_ended_play

from drillkit.core.decide.forms import decide_form
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER
from drillkit.model.commands import (
    AcknowledgeCall,
    Arrive,
    DispatchSupplies,
    EndDrill,
    FillForm,
)
from drillkit.model.events import Answer, FormFilled, PlanReviewed
from drillkit.model.form import NOT_APPLICABLE, NOT_OBSERVED, ChoiceItem
from drillkit.model.text import Line, Prose
from drillkit.packs.forms import forms
from scoring.assess import assess
from scoring.forms import proposals, proposed, summary, total

RECORD, HUNDRED, FEEDBACK = forms()


def a_drill(come="commander liaison supplies", send=0):
    """Half an hour in which these roles come at once, and so many bags are sent."""
    play = Play()
    for role in come.split():
        play.do(role, AcknowledgeCall(), at=0)
        play.do(role, Arrive())
    if send:
        play.minutes(6)
        order = DispatchSupplies(
            depot="south", site="gate", item="bag", quantity=send, need="bags-gate"
        )
        play.do("supplies", order)
    play.minutes(59)
    play.do(FACILITATOR, EndDrill())
    return play


def chosen(play, review=None):
    answers = proposed(RECORD, assess(play.session.state), review)
    return {id: answer.choice for id, answer in answers.items()}


# -- proposals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("come", "option"),
    [
        ("commander liaison supplies", "prompt"),
        ("commander liaison", "some-absent"),
        ("liaison supplies", "key-absent"),
    ],
)
def test_the_arrival_is_ticked_by_who_came(come, option):
    assert chosen(a_drill(come))["arrival"] == option


def test_what_has_no_verdict_or_one_that_the_paper_lacks_is_left_to_a_person():
    ticks = chosen(an_ended_play())
    assert {"suitability", "sufficiency", "fire-service", "medical-rescue"}.isdisjoint(ticks)
    assert ticks["report-up"] == "report-missing"


def test_the_review_of_the_plan_ticks_the_plans_own_items():
    ticks = chosen(an_ended_play(), PlanReviewed(suitability="partly", sufficiency="insufficient"))
    assert (ticks["suitability"], ticks["sufficiency"]) == ("partly", "insufficient")


def test_a_proposal_tells_what_it_rests_on():
    play = an_ended_play()
    assessment = assess(play.session.state)
    one = proposals(RECORD, assessment)["arrival"]
    assert (one.words, one.points) == ("score.arrival", assessment.arrival.final)
    assert one.entries == assessment.arrival.measure.entries
    assert one.entries


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.id)
def test_what_is_proposed_can_be_handed_in_once_a_person_gives_the_reasons(form):
    review = PlanReviewed(suitability="full", sufficiency="mostly")
    for play in (an_ended_play(), a_drill("commander"), a_drill(send=40)):
        answers = proposed(form, assess(play.session.state), review).values()
        state = State(stage="ended", forms={form.id: form})
        for answer in answers:
            reasoned = Answer(
                item=answer.item, choice=answer.choice, number=answer.number, why=Prose("Seen.")
            )
            decide_form(state, EVALUATOR, FillForm(form=form.id, answers=(reasoned,)))


@pytest.mark.parametrize(
    ("points", "option"), [(100, "a"), (80, "a"), (79.96, "a"), (79.9, "b"), (40, "b"), (39, "c")]
)
def test_points_tick_the_option_that_they_reach(points, option):
    from dataclasses import replace

    options = [{"id": id, "title": {"en": id, "zh": "甲"}} for id in "abc"]
    item = ChoiceItem.model_validate(
        {
            "kind": "choice",
            "id": "it",
            "title": {"en": "It", "zh": "它"},
            "options": options,
            "evidence": {"measure": "process", "at_least": (80, 40)},
        }
    )
    form = a_form(section=[{"id": "s", "title": {"en": "S", "zh": "段"}, "item": [item]}])
    assessment = assess(an_ended_play().session.state)
    process = replace(assessment.process, final=float(points))
    assert proposed(form, replace(assessment, process=process))["it"].choice == option
    nothing = replace(assessment, process=replace(assessment.process, final=None))
    assert proposed(form, nothing) == {}


# -- totals ----------------------------------------------------------------------------------------


def full(form, **changes):
    """Full points for every item but these: a number, or what is said in place of one."""
    answers = []
    for item in form.items():
        given = changes.get(item.id.replace("-", "_"), item.most)
        if isinstance(given, str):
            answers.append(Answer(item=item.id, choice=given))
        elif given is not None:
            answers.append(Answer(item=item.id, number=given))
    return answers


@pytest.mark.parametrize(
    ("changes", "score", "coverage", "grade"),
    [
        ({}, 100.0, 1.0, "excellent"),
        ({"orders": 0, "response": 0}, 90.0, 1.0, "excellent"),
        ({"orders": 0, "response": 0, "pace": 4.5}, 89.5, 1.0, "good"),
        # Not applicable leaves the sum: 95 of 97.
        ({"venue": NOT_APPLICABLE, "orders": 3}, 97.94, 1.0, "excellent"),
        # Not observed is no zero: 95 of 95, and what was not seen is told.
        ({"orders": NOT_OBSERVED}, 100.0, 0.95, "excellent"),
        ({"orders": None}, 100.0, 0.95, "excellent"),
        ({"orders": 0}, 95.0, 1.0, "excellent"),
    ],
)
def test_the_100_points_are_what_was_earned_of_what_could_be(changes, score, coverage, grade):
    sum_ = total(HUNDRED, full(HUNDRED, **changes))
    assert (sum_.score, round(sum_.coverage, 4), sum_.grade) == (score, coverage, grade)


def test_where_less_than_six_tenths_were_observed_there_is_no_grade():
    some = [answer for answer in full(HUNDRED) if answer.item in ("orders", "response", "pace")]
    sum_ = total(HUNDRED, some)
    assert (sum_.score, sum_.coverage, sum_.grade) == (100.0, 0.15, None)
    assert sum_.footing == "insufficient"
    nothing = total(HUNDRED, [])
    assert (nothing.score, nothing.points, nothing.applicable, nothing.grade) == (
        None,
        0.0,
        100.0,
        None,
    )


def test_every_kind_adds_what_it_says():
    answers = [
        Answer(item="arrived", choice="late"),
        Answer(item="orders", number=4.0),
        Answer(item="warned", choice="yes"),
        Answer(item="slips", number=9),
        Answer(item="clear", number=1),
        Answer(item="change", text=Prose("All.")),
    ]
    sum_ = total(a_form(), answers)
    assert (sum_.points, sum_.most, sum_.applicable) == (0 + 4 + 1 + 0, 1 + 5 + 1 + 4, 11)


def test_a_form_without_points_comes_to_nothing_and_has_no_grade():
    sum_ = total(RECORD, [Answer(item="arrival", choice="prompt")])
    assert (sum_.score, sum_.applicable, sum_.grade) == (None, 0.0, None)


@st.composite
def _filled(draw):
    answers = []
    for item in HUNDRED.items():
        said = [NOT_OBSERVED, None, *([NOT_APPLICABLE] if item.optional else [])]
        steps = st.integers(0, round(item.most / item.step)).map(lambda n, i=item: n * i.step)
        given = draw(st.one_of(st.sampled_from(said), steps))
        if isinstance(given, str):
            answers.append(Answer(item=item.id, choice=given))
        elif given is not None:
            answers.append(Answer(item=item.id, number=given))
    return answers


@given(_filled())
def test_a_total_stays_in_its_bounds_and_leaving_out_the_unobserved_changes_nothing(answers):
    sum_ = total(HUNDRED, answers)
    assert 0 <= sum_.points <= sum_.most <= sum_.applicable <= 100
    assert 0 <= sum_.coverage <= 1
    assert (sum_.score is None) == (sum_.most == 0)
    seen = [answer for answer in answers if answer.choice != NOT_OBSERVED]
    assert total(HUNDRED, seen) == sum_


# -- what participants say -------------------------------------------------------------------------


def said(*answers, filler=""):
    return FormFilled(form="feedback", filler=Line(filler), answers=answers)


def test_the_summary_counts_averages_and_keeps_the_words():
    filled = [
        said(Answer(item="plausible", number=5), Answer(item="change", text=Prose("Radios."))),
        said(Answer(item="plausible", number=4)),
        said(Answer(item="plausible", number=2), Answer(item="change", text=Prose("Lunch."))),
        FormFilled(form="other", answers=(Answer(item="plausible", number=1),)),
    ]
    by_item = {one.item: one for one in summary(FEEDBACK, filled)}
    assert list(by_item) == [item.id for item in FEEDBACK.items()]
    scale = by_item["plausible"]
    assert (scale.n, scale.mean, scale.share) == (3, pytest.approx(11 / 3), pytest.approx(2 / 3))
    assert by_item["change"].texts == ("Radios.", "Lunch.")
    silent = by_item["my-duties"]
    assert (silent.n, silent.mean, silent.share, silent.texts) == (0, None, None, ())


def test_the_summary_counts_choices():
    filled = [
        FormFilled(form="sheet", answers=(Answer(item="arrived", choice=choice),))
        for choice in ("late", "prompt", "late")
    ]
    by_item = {one.item: one for one in summary(a_form(), filled)}
    assert by_item["arrived"].counts == {"late": 2, "prompt": 1}


def test_no_score_changes_by_what_is_put_into_a_form():
    play = Play(forms=forms())
    play.do("commander", AcknowledgeCall(), at=0)
    play.minutes(40)
    play.do(FACILITATOR, EndDrill())
    before = assess(play.session.state)
    worst = [Answer(item=item.id, number=1) for item in FEEDBACK.items() if item.kind == "scale"]
    play.do(OBSERVER, FillForm(form="feedback", answers=tuple(worst)))
    ticks = tuple(Answer(item=item.id, choice=item.options[-1].id) for item in RECORD.items())
    play.do(EVALUATOR, FillForm(form="drill-record", filler=Line("Zhou"), answers=ticks))
    none = tuple(Answer(item=item.id, number=0, why=Prose("No.")) for item in HUNDRED.items())
    play.do(EVALUATOR, FillForm(form="tabletop-100", filler=Line("Zhou"), answers=none))
    assert len(play.session.state.filled) == 3
    assert assess(play.session.state) == before
