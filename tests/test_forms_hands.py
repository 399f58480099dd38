"""Whose hand a form is in: who may know of it, and how one without a name names nobody."""

import json
import time
from types import SimpleNamespace

import pytest
from worlds import Play

from drillkit.core.script import Refused
from drillkit.desk import LocalDesk
from drillkit.host.admission import Admission
from drillkit.host.room import Room
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER
from drillkit.model.commands import EndDrill, FillForm, LeaveSeat, TakeSeat
from drillkit.model.events import Answer, FormFilled, FormHandedOut, entry_adapter
from drillkit.model.text import Line
from drillkit.packs.forms import forms
from drillkit.rehearse.play import SimClock

GOOD = (Answer(item="plausible", number=5),)


def an_end(**more):
    """A drill that is over, in which Ann sits at the liaison's terminal."""
    play = Play(**{"forms": forms(), **more})
    play.do("liaison", TakeSeat(line="liaison-7-1", person=Line("Ann")))
    play.do(FACILITATOR, EndDrill())
    return play


def kept(entry):
    return entry_adapter().dump_json(entry).decode()


def test_participants_get_the_forms_for_them_at_the_end_and_not_before():
    play = Play(forms=forms())
    assert "feedback" not in play.session.state.forms
    assert {"drill-record", "tabletop-100"} == set(play.session.state.forms)
    play.do(FACILITATOR, EndDrill())
    handed = [e for e in play.session.entries if isinstance(e.event, FormHandedOut)]
    assert [entry.event.form.id for entry in handed] == ["feedback"]
    for seat in ("commander", "office", OBSERVER, EVALUATOR):
        desk = LocalDesk(play.session, seat, SimClock(0, 0))
        assert desk.visible(handed) == tuple(handed)


@pytest.mark.parametrize(
    ("seat", "sees"),
    [
        (FACILITATOR, True),
        (EVALUATOR, True),
        (OBSERVER, False),
        ("liaison", False),
        ("commander", False),
        ("office", False),
    ],
)
def test_a_filled_form_reaches_the_staff_alone(seat, sees):
    play = an_end()
    command = FillForm(form="feedback", filler=Line("Ann"), answers=GOOD)
    entries = play.do("liaison", command)
    desk = LocalDesk(play.session, seat, SimClock(0, 0))
    assert bool(desk.visible(entries)) is sees


def test_a_form_by_name_stands_under_the_seat_that_it_came_from():
    play = an_end()
    forged = FillForm(form="feedback", filler=Line("Ann"), role="commander", answers=GOOD)
    (entry,) = play.do("liaison", forged)
    assert entry.event.role == "liaison"


def test_a_seat_of_ones_own_hands_in_nothing_without_a_name():
    play = an_end()
    with pytest.raises(Refused) as said:
        play.do("liaison", FillForm(form="feedback", answers=GOOD))
    assert said.value.key == "refused.anonymous-from-seat"


def test_the_entry_of_an_anonymous_form_has_no_trace_of_the_person():
    play = an_end()
    room = Room(play.session, SimClock(0, 0), "en", Admission(time.monotonic), lambda: None)
    screens = [
        room._screen(role, line, LocalDesk(play.session, role, room.clock, via=person))
        for role, line, person in (
            ("liaison", "liaison-7-1", "Ann"),
            ("commander", "commander-9-2", "Bao"),
        )
    ]
    written = []
    for screen in screens:
        (entry,) = screen._nobody.say(
            FillForm(form="feedback", role=screen.desk.seat, answers=GOOD)
        )
        written.append(json.loads(kept(entry)))
        for trace in ("Ann", "Bao", "liaison", "commander"):
            assert trace not in kept(entry)
    ann, bao = written
    # Nothing differs but the order in which they came.
    assert ann.pop("seq") + 1 == bao.pop("seq")
    first, second = (one.pop("command").rpartition(".") for one in (ann, bao))
    assert first[0] == second[0]
    assert (first[2], second[2]) == ("1", "2")
    assert ann == bao
    assert (ann["by"], ann["via"]) == (OBSERVER, "")
    assert ann["event"]["role"] == ann["event"]["filler"] == ""


def test_what_evaluators_write_is_kept_for_the_same_person_at_another_terminal():
    room = Room(an_end().session, SimClock(0, 0), "en", Admission(time.monotonic), lambda: None)
    kept_by = []
    for line, person in (("e1", "Zhou"), ("e2", "Lin"), ("e3", "Zhou")):
        desk = LocalDesk(room.session, EVALUATOR, room.clock, via=person)
        desk.say(TakeSeat(line=line, person=Line(person)))
        app = room._apps[line] = SimpleNamespace(drafts=None)
        room._screen(EVALUATOR, line, desk)
        kept_by.append(app.drafts)
        del room._apps[line]
        desk.say(LeaveSeat(line=line))
    zhou, lin, again = kept_by
    assert zhou is again
    assert zhou is not lin


def test_anonymous_forms_count_each_for_itself_and_named_ones_replace():
    play = an_end()
    named = FillForm(form="feedback", filler=Line("Ann"), answers=GOOD)
    for by, command in (
        ("liaison", named),
        (OBSERVER, FillForm(form="feedback", answers=GOOD)),
        ("liaison", named),
        (OBSERVER, FillForm(form="feedback", answers=GOOD)),
    ):
        play.do(by, command)
    filled = [event for _, event in play.session.state.filled.values()]
    assert sorted(str(one.filler) for one in filled) == ["", "", "Ann"]


def test_one_item_has_one_answer():
    play = an_end()
    with pytest.raises(Refused) as said:
        play.do(OBSERVER, FillForm(form="feedback", answers=(*GOOD, *GOOD)))
    assert said.value.key == "refused.answered-twice"


def test_a_journal_from_before_there_were_forms_still_opens_and_ends():
    play = an_end(forms=())
    old = [json.loads(kept(entry)) for entry in play.session.entries]
    assert old[0]["event"].pop("forms") == []
    opened = entry_adapter().validate_python(old[0], strict=False)
    assert opened == play.session.entries[0]
    assert not any(isinstance(e.event, FormHandedOut | FormFilled) for e in play.session.entries)
