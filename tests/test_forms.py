"""Forms: which answers fit, who may hand them in, and what a bad form is told."""

import pytest
from worlds import Play
from worlds_forms import a_form

from drillkit.core.decide.forms import decide_form
from drillkit.core.script import Refused
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER
from drillkit.model.commands import EndDrill, FillForm
from drillkit.model.events import Answer
from drillkit.model.text import Line, Prose


def a_state(form=None):
    form = form or a_form()
    return State(stage="ended", forms={form.id: form})


def filled(answer, *, by=EVALUATOR, form=None):
    return decide_form(a_state(form), by, FillForm(form="sheet", answers=(answer,)))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(item="arrived", choice="prompt"),
        Answer(item="arrived", choice="not-observed"),
        Answer(item="orders", number=5.0),
        Answer(item="orders", number=4.5, why=Prose("Two orders came late.")),
        Answer(item="orders", choice="not-applicable"),
        Answer(item="warned", choice="no"),
        Answer(item="slips", number=3),
        Answer(item="clear", number=5),
        Answer(item="change", text=Prose("More radios.")),
    ],
)
def test_an_answer_that_its_item_knows_is_taken(answer):
    assert filled(answer)[0].answers == (answer,)


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (Answer(item="arrived", choice="perhaps"), "answer-does-not-fit"),
        (Answer(item="arrived", number=1.0), "answer-does-not-fit"),
        (Answer(item="orders", number=5.5), "answer-does-not-fit"),
        (Answer(item="orders", number=4.25, why=Prose("x")), "answer-does-not-fit"),
        (Answer(item="orders", number=4.0), "deduction-needs-reason"),
        (Answer(item="warned", choice="prompt"), "answer-does-not-fit"),
        (Answer(item="slips", number=1.5), "answer-does-not-fit"),
        (Answer(item="slips", number=-1), "answer-does-not-fit"),
        (Answer(item="clear", number=6), "answer-does-not-fit"),
        (Answer(item="clear", number=0), "answer-does-not-fit"),
        (Answer(item="change"), "answer-does-not-fit"),
        (Answer(item="nothing", choice="yes"), "unknown-form-item"),
    ],
)
def test_an_answer_that_its_item_does_not_know_is_refused(answer, refusal):
    with pytest.raises(Refused) as said:
        filled(answer)
    assert said.value.key == f"refused.{refusal}"


def test_a_players_hand_is_not_on_the_evaluators_sheet():
    with pytest.raises(Refused) as said:
        filled(Answer(item="clear", number=4), by="medical")
    assert said.value.key == "refused.evaluator-only"


def test_the_same_hand_replaces_its_form_and_anonymous_ones_add_up():
    play = Play(forms=(a_form(audience="participant"),))
    play.do(FACILITATOR, EndDrill())
    for by, filler in (("liaison", "Ann"), ("liaison", "Ann"), (OBSERVER, ""), (OBSERVER, "")):
        answers = (Answer(item="clear", number=4),)
        play.do(by, FillForm(form="sheet", filler=Line(filler), answers=answers))
    assert len(play.session.state.filled) == 3


def test_what_has_been_signed_for_is_not_changed_by_a_form():
    from types import SimpleNamespace

    state = a_state()
    answer = (Answer(item="clear", number=4),)
    state.signed = {"director": (None, SimpleNamespace(name="Qian"))}
    with pytest.raises(Refused) as said:
        decide_form(state, EVALUATOR, FillForm(form="sheet", answers=answer))
    assert said.value.key == "refused.report-signed"
