"""Forms on the screen: what keys put down, what is kept, what is handed in, and the hot wash."""

from contextlib import asynccontextmanager

import pytest
import worlds
from worlds import Play
from worlds_staff import NARROW, a_desk, notices, opens, sends
from worlds_ui import (
    HOSTILE,
    assert_golden,
    live,
    press,
    screen_text,
    settled,
    until,
    until_shown,
)

from drillkit.core.script import Refused
from drillkit.desk import LocalDesk
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER, Line
from drillkit.model.commands import (
    AcknowledgeCall,
    Arrive,
    EndDrill,
    FillForm,
    GiveResponse,
    TakeSeat,
)
from drillkit.model.events import Answer
from drillkit.model.text import Prose
from drillkit.packs.forms import forms
from drillkit.rehearse.play import SimClock
from drillkit.ui.app import Terminal
from drillkit.ui.drafts import Drafts
from drillkit.ui.screens.form import FormScreen
from drillkit.ui.screens.forms import FormsScreen
from drillkit.ui.screens.hot_wash import HotWash
from drillkit.ui.screens.own_desk import OwnDesk
from drillkit.ui.screens.rating import Rater
from drillkit.ui.widgets.banner import Banner
from drillkit.ui.widgets.fields import Words

RECORD, HUNDRED, FEEDBACK = forms()


@asynccontextmanager
async def filling(form=HUNDRED, *, size=NARROW, lang="en", drafts=None, answer=True, **more):
    """The form on a terminal, and what has been handed in."""
    sent = []

    async def send(answers):
        sent.append(answers)
        return answer

    screen = FormScreen(form, send, drafts or Drafts(), **more)
    app = Terminal(screen, lang)
    app.sent = sent
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.screen is screen and app.focused)
        yield pilot


def sent_of(pilot):
    return pilot.app.sent


# -- keys ------------------------------------------------------------------------------------------


@live
async def test_digits_choose_an_option_enter_goes_on_and_an_item_may_be_unobserved():
    async with filling(RECORD) as pilot:
        await press(pilot, "2", "enter", "n", "enter", "right", "right", "ctrl+s", "y")
        await until(pilot, lambda: sent_of(pilot))
        assert sent_of(pilot) == [
            (
                Answer(item="suitability", choice="partly"),
                Answer(item="sufficiency", choice="not-observed"),
                Answer(item="arrival", choice="mostly-prompt"),
            )
        ]


@live
async def test_points_are_typed_or_stepped_and_what_is_taken_off_needs_its_reason():
    async with filling() as pilot:
        await press(pilot, "3", ".", "5", "ctrl+s")
        await until_shown(pilot, "! Say why points are taken off.")
        assert sent_of(pilot) == []
        assert pilot.app.focused.id == "why-objectives"
        await press(pilot, "=Two were vague", "enter", "right", "enter", "x", "left", "left")
        await press(pilot, "ctrl+s")
        await until_shown(pilot, "! Say why points are taken off.")
        await press(pilot, "=No maps", "ctrl+s", "y")
        await until(pilot, lambda: sent_of(pilot))
        assert sent_of(pilot) == [
            (
                Answer(item="objectives", number=3.5, why=Prose("Two were vague")),
                Answer(item="departments", number=3),
                Answer(item="venue", number=2.5, why=Prose("No maps")),
            )
        ]


@pytest.mark.parametrize("typed", ["9", "3.3", "."])
@live
async def test_points_that_the_item_cannot_have_are_named(typed):
    async with filling() as pilot:
        await press(pilot, *typed, "ctrl+s")
        await until_shown(pilot, "! Give 0 to 4 points in steps of 0.5.")
        assert sent_of(pilot) == []


@live
async def test_only_what_may_be_out_of_question_is_said_to_be():
    async with filling() as pilot:
        await press(pilot, "x")
        assert "not applicable" not in screen_text(pilot.app).split("1.2")[0]
        await press(pilot, "down", "down", "x")
        await until_shown(pilot, "x (•) not applicable")


@live
async def test_the_head_says_what_it_comes_to_and_an_empty_form_is_not_handed_in():
    async with filling(lang="zh") as pilot:
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: notices(pilot))
        assert sent_of(pilot) == []
        await press(pilot, "2", "enter", "=只说了一半", "enter", "3")
        await until_shown(pilot, "71.43 分（观察 7%）")


@live
async def test_a_refused_form_stays_as_it_is():
    async with filling(FEEDBACK, answer=False) as pilot:
        await press(pilot, "=Radios", "ctrl+s", "y")
        await until(pilot, lambda: sent_of(pilot))
        assert isinstance(pilot.app.screen, FormScreen)
        assert "Radios" in screen_text(pilot.app)


@live
async def test_a_form_with_empty_items_is_not_handed_in_unasked():
    async with filling(FEEDBACK) as pilot:
        await press(pilot, "=Radios", "ctrl+s")
        await until_shown(pilot, "18 items are empty.")
        await press(pilot, "n")
        assert sent_of(pilot) == []
        assert pilot.app.focused.id == "words-did-not"
        await press(pilot, "ctrl+s", "y")
        await until(pilot, lambda: sent_of(pilot))


@live
async def test_hostile_words_do_no_harm():
    async with filling(FEEDBACK) as pilot:
        await press(pilot, f"={HOSTILE}", "ctrl+s", "y")
        await until(pilot, lambda: sent_of(pilot))
        assert sent_of(pilot)[0][0].text == Prose(HOSTILE)
        assert "\x1b" not in screen_text(pilot.app)


# -- what is kept ----------------------------------------------------------------------------------


@live
async def test_a_draft_is_there_again_on_another_terminal_until_it_is_handed_in():
    drafts = Drafts()
    async with filling(drafts=drafts) as pilot:
        await press(pilot, "3", "enter", "=Vague", "escape")
    async with filling(drafts=drafts) as pilot:
        await until_shown(pilot, "Vague")
        assert "3 of 4" in screen_text(pilot.app)
        await press(pilot, "ctrl+s", "y")
        await until(pilot, lambda: sent_of(pilot))
        assert sent_of(pilot) == [(Answer(item="objectives", number=3, why=Prose("Vague")),)]
    async with filling(drafts=drafts) as pilot:
        assert "0 of 29 filled in" in screen_text(pilot.app)


# -- the evaluators' list --------------------------------------------------------------------------


def a_drill(*, ended=True):
    play = Play(forms=forms())
    for role in ("commander", "liaison", "supplies"):
        play.do(role, AcknowledgeCall(), at=0)
        play.do(role, Arrive())
    play.minutes(3)
    play.do("commander", GiveResponse(inject="alarm", options=("pump-out",)))
    play.minutes(40)
    if ended:
        play.do(FACILITATOR, EndDrill())
    return play


@asynccontextmanager
async def listing(play, *, size=NARROW, lang="en", name="Zhou", seat=EVALUATOR):
    desk = a_desk(play, seat)
    screen = FormsScreen(desk, Rater(name=name))
    app = Terminal(screen, lang)
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.screen is screen and screen.book)
        if play.session.state.ended:
            await until(pilot, lambda: screen.assessment)
        yield pilot, desk


@live
async def test_what_the_evidence_proposes_is_handed_in_only_when_a_person_confirms_it():
    async with listing(a_drill()) as (pilot, desk):
        await press(pilot, "enter")
        await opens(pilot, FormScreen)
        await press(pilot, "1", "down", "down")
        await until_shown(pilot, "1 (?) Prompt and accurate")
        await until_shown(pilot, "≈ Role arrival: 100.0 points (entries")
        await until_shown(pilot, "Proposed. Enter confirms it")
        await press(pilot, "enter")
        await until_shown(pilot, "1 (•) Prompt and accurate")
        await press(pilot, "ctrl+s")
        await until_shown(pilot, "have not been confirmed")
        await press(pilot, "y")
        answers = (
            Answer(item="suitability", choice="full"),
            Answer(item="arrival", choice="prompt"),
        )
        command = FillForm(form="drill-record", filler=Line("Zhou"), answers=answers)
        await sends(pilot, desk, command)


@live
async def test_declining_to_hand_in_the_unconfirmed_leads_to_the_first_of_them():
    async with listing(a_drill()) as (pilot, desk):
        await press(pilot, "enter")
        await opens(pilot, FormScreen)
        await press(pilot, "1", "ctrl+s")
        await until_shown(pilot, "have not been confirmed")
        await press(pilot, "n")
        await until(pilot, lambda: getattr(pilot.app.focused, "id", "") == "face-arrival")
        assert desk.sent == []


@live
async def test_confirmed_points_bring_their_evidence_as_the_reason_to_be_edited():
    async with listing(a_drill()) as (pilot, desk):
        await press(pilot, "down", "enter")
        form = await opens(pilot, FormScreen)
        form.query_one("#face-resources").focus()
        await settled(pilot.app)
        number = form.query_one("#face-resources").put.number
        await press(pilot, "enter", "ctrl+s", "y")
        await until(pilot, lambda: desk.sent)
        (answer,) = desk.sent[0].answers
        assert f"{answer.number:g}" == number
        assert answer.why.startswith("Supply allocation: ")


@live
async def test_what_one_has_handed_in_is_shown_and_replaced():
    play = a_drill()
    before = (Answer(item="arrival", choice="key-absent"),)
    play.do(EVALUATOR, FillForm(form="drill-record", filler=Line("Zhou"), answers=before))
    async with listing(play) as (pilot, desk):
        await until_shown(pilot, "1 handed in")
        await until_shown(pilot, "Zhou at 40:00 (entry")
        await press(pilot, "enter")
        form = await opens(pilot, FormScreen)
        await until_shown(pilot, "replaces what was handed in")
        assert form.query_one("#face-arrival").put.choice == "key-absent"
        form.query_one("#face-arrival").focus()
        await press(pilot, "3", "ctrl+s", "y")
        after = (Answer(item="arrival", choice="some-absent"),)
        await sends(pilot, desk, FillForm(form="drill-record", filler=Line("Zhou"), answers=after))


@live
async def test_a_name_is_asked_for_and_forms_wait_for_the_end():
    async with listing(a_drill(), name="") as (pilot, desk):
        await press(pilot, "enter")
        await until_shown(pilot, "Whose name stands on the form?")
        await press(pilot, "=Zhou", "enter")
        await opens(pilot, FormScreen)
        await press(pilot, "1", "ctrl+s", "y")
        await until(pilot, lambda: desk.sent)
        assert desk.sent[0].filler == "Zhou"
    async with listing(a_drill(ended=False)) as (pilot, desk):
        await press(pilot, "enter")
        await until(pilot, lambda: notices(pilot))
        assert not isinstance(pilot.app.screen, FormScreen)


@live
async def test_staff_see_how_many_gave_feedback_and_what_they_say():
    play = a_drill(ended=False)
    for line, person in (("l1", "Ann"), ("l2", "Bao")):
        play.do("liaison", TakeSeat(line=line, person=Line(person)))
    play.do(FACILITATOR, EndDrill())
    words = (Answer(item="change", text=Prose(HOSTILE)), Answer(item="plausible", number=4))
    play.do(OBSERVER, FillForm(form="feedback", answers=words))
    async with listing(play, size=(120, 40), seat=FACILITATOR) as (pilot, _):
        await until_shown(pilot, "1 of 2 handed in")
        await press(pilot, "end")
        await until_shown(pilot, "4.0 on average, 100% gave 4 or 5 (n = 1)")
        await until_shown(pilot, "[TODO]")
        await press(pilot, "enter")
        await until(pilot, lambda: notices(pilot))
        assert "Ann" not in screen_text(pilot.app)


# -- the hot wash ----------------------------------------------------------------------------------


class Wash:
    """Ann's own terminal in a drill that a test brings to its end."""

    def __init__(self, *, drafts=None, play=None, size=NARROW, lang="en"):
        self.play = play or Play(forms=forms())
        if play is None:
            self.play.do("liaison", TakeSeat(line="l1", person=Line("Ann")))
            self.play.do("liaison", AcknowledgeCall())
            self.play.do("liaison", Arrive())
        session, clock = self.play.session, SimClock(0, 0)
        self.drafts = drafts or Drafts()
        desk = LocalDesk(session, "liaison", clock, via="Ann")
        self.screen = OwnDesk(desk, "l1", self.drafts, LocalDesk(session, OBSERVER, clock))
        self.app = Terminal(self.screen, lang)
        self._size = size

    async def __aenter__(self):
        self._running = self.app.run_test(size=self._size, notifications=True)
        self.pilot = await self._running.__aenter__()
        await until(self.pilot, lambda: self.screen.page is not None)
        return self

    async def __aexit__(self, *problem):
        await self._running.__aexit__(*problem)

    async def press(self, *keys):
        await press(self.pilot, *keys)

    async def shown(self, said):
        await until_shown(self.pilot, said)

    def end(self):
        self.play.do(FACILITATOR, EndDrill())

    @property
    def filled(self):
        return [e for e in self.play.session.entries if e.event.kind == "form_filled"]


@live
async def test_at_the_end_one_key_leads_to_the_form_and_what_is_said_goes_out_by_name():
    async with Wash() as ann:
        ann.end()
        await ann.shown("Enter: say how it went")
        await ann.press("enter")
        await opens(ann.pilot, HotWash)
        await ann.press("enter", "=The pumps", "ctrl+s", "y")
        await ann.shown("Thank you for your feedback. Enter")
        (entry,) = ann.filled
        assert (entry.by, entry.via) == ("liaison", "Ann")
        assert (entry.event.filler, entry.event.role) == ("Ann", "liaison")
        assert entry.event.answers == (Answer(item="went-well", text=Prose("The pumps")),)


@live
async def test_who_has_given_a_name_may_look_again_and_replace_it_under_the_same_name():
    async with Wash() as ann:
        ann.end()
        await ann.shown("Enter: say how it went")
        await ann.press("enter")
        await opens(ann.pilot, HotWash)
        await ann.press("enter", "=The pumps", "ctrl+s", "y")
        await ann.shown("Thank you for your feedback. Enter")
        await ann.press("enter")
        wash = await opens(ann.pilot, HotWash)
        await ann.shown("The pumps")
        assert wash._signed.value == "by-name"
        wash._signed.focus()
        await ann.press("right")
        assert wash._signed.value == "by-name"
        wash.query_one("#face-plausible").focus()
        await ann.press("4", "ctrl+s", "y")
        await until(ann.pilot, lambda: len(ann.filled) == 2)
        assert len(ann.play.session.state.filled) == 1


@live
async def test_without_a_name_the_entry_names_nobody_and_the_form_is_done():
    async with Wash() as ann:
        ann.end()
        await ann.shown("Enter: say how it went")
        await ann.press("enter")
        await opens(ann.pilot, HotWash)
        await ann.press("right")
        await ann.shown("the journal does not tell whose it is")
        await ann.press("down", "=Less noise", "ctrl+s", "y")
        await ann.shown("The drill is over. Thank you.")
        (entry,) = ann.filled
        assert "Ann" not in str(entry)
        assert "liaison" not in str(entry)
        assert (entry.by, entry.via, entry.event.filler) == (OBSERVER, "", "")
        assert not ann.screen.query_one(Banner).can_focus
        left = [ann.drafts.get(f"form-feedback-{item.id}") for item in FEEDBACK.items()]
        assert set(left) == {None}
    async with Wash(drafts=ann.drafts, play=ann.play) as again:
        await again.shown("The drill is over. Thank you.")


@live
async def test_a_line_lost_while_writing_loses_nothing():
    async with Wash() as ann:
        ann.end()
        await ann.shown("Enter: say how it went")
        await ann.press("enter")
        await opens(ann.pilot, HotWash)
        await ann.press("down", "=Half a thou")
    async with Wash(drafts=ann.drafts, play=ann.play) as again:
        await again.shown("Enter: say how it went")
        await again.press("enter")
        await again.shown("Half a thou")


@live
async def test_who_is_writing_when_the_drill_ends_goes_on_writing():
    async with Wash() as ann:
        await ann.press("2", "n")
        words = ann.screen.query_one("#message-text", Words)
        words.focus()
        await settled(ann.app)
        await ann.press("=Where are")
        ann.end()
        await ann.shown("Ctrl+G: say how it went")
        await ann.press("=n't you?")
        assert ann.app.screen is ann.screen
        assert words.text == "Where aren't you?"


@live
async def test_a_drill_without_forms_just_ends():
    play = worlds.Play()
    play.do("liaison", TakeSeat(line="l1", person=Line("Ann")))
    async with Wash(play=play) as ann:
        ann.end()
        await ann.shown("The drill is over. Thank you.")


@live
async def test_a_refusal_is_said_and_the_form_stays():
    async with Wash() as ann:
        ann.end()
        await ann.shown("Enter: say how it went")
        await ann.press("enter")
        wash = await opens(ann.pilot, HotWash)

        async def refuse(_):
            raise Refused("form-after-end")

        wash._hand.desk.send = refuse
        await ann.press("down", "=Well", "ctrl+s", "y")
        await until(ann.pilot, lambda: notices(ann.pilot))
        assert ann.app.screen is wash


@live
async def test_the_forms_look_as_noted():
    async with listing(a_drill()) as (pilot, _):
        await press(pilot, "enter")
        form = await opens(pilot, FormScreen)
        form.query_one("#face-arrival").focus()
        await until_shown(pilot, "Proposed. Enter confirms it")
        assert_golden("form-record-80-en", pilot.app)
    async with Wash(lang="zh", size=(120, 40)) as ann:
        ann.end()
        await ann.shown("填写反馈表")
        await ann.press("enter")
        await opens(ann.pilot, HotWash)
        await ann.press("down", "=水泵及时到位", "tab", "tab", "tab", "4")
        assert_golden("form-feedback-120-zh", ann.app)
