"""The facilitator's screen: what it shows of a play, and what its keys ask the desk for."""

import unicodedata

import pytest
from textual.pilot import Pilot
from worlds import Play, a_scenario
from worlds_staff import (
    NARROW,
    WIDE,
    a_desk,
    a_hostile_play,
    a_play,
    feed,
    notices,
    opens,
    sends,
    shown,
    types,
)
from worlds_ui import FakeDesk, assert_golden, live, screen_text, until, until_shown

from drillkit.core.script import Refused
from drillkit.desk import LocalDesk
from drillkit.model.base import FACILITATOR, MINUTE
from drillkit.model.commands import (
    AddInject,
    Broadcast,
    CallOut,
    DeferInject,
    EndDrill,
    FreeInject,
    HoldInject,
    JumpToNext,
    PauseDrill,
    ReleaseInject,
    ResumeDrill,
    SendMessage,
    SetSpeed,
    SkipInject,
    StartDrill,
    VoidEntry,
)
from drillkit.model.events import MessageSent
from drillkit.model.text import Line, Prose
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.dialogs import Form
from drillkit.ui.screens.evaluation import EvaluationScreen
from drillkit.ui.screens.hot_seat import HotSeat
from drillkit.ui.screens.seats import SeatsScreen


def a_control(play: Play) -> tuple[ControlScreen, FakeDesk]:
    desk = a_desk(play)
    return ControlScreen(desk, lambda role: FakeDesk(role, play.session.entries)), desk


async def confirm(pilot: Pilot) -> None:
    await pilot.press("ctrl+s")
    await opens(pilot, ControlScreen)


# -- what it shows ---------------------------------------------------------------------------------


@live
async def test_a_wide_terminal_shows_everything_at_once() -> None:
    control, _ = a_control(a_play())
    async with shown(control) as pilot:
        await until_shown(pilot, "Text: Nobody acted.")
        assert_golden("control-120x40-en", pilot.app)


@live
async def test_a_narrow_terminal_shows_one_pane_in_chinese() -> None:
    control, _ = a_control(a_play())
    async with shown(control, NARROW, "zh") as pilot:
        await until_shown(pilot, "正文：中文 Nobody acted.")
        assert_golden("control-80x24-zh", pilot.app)


@live
async def test_digits_change_the_pane_of_a_narrow_terminal() -> None:
    control, _ = a_control(a_play())
    async with shown(control, NARROW) as pilot:
        assert "Alarm" in screen_text(pilot.app)
        for digit, text in ("2", "at the post"), ("3", "Water is rising"), ("4", "30/60"):
            await pilot.press(digit)
            await until_shown(pilot, text)
        await pilot.press("5")
        await until_shown(pilot, "Combined assessment")
        await pilot.press("6")
        await pilot.press("home")
        await until_shown(pilot, "Play begins.")


@live
async def test_the_language_changes_while_it_is_looked_at() -> None:
    control, _ = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("f2")
        await until_shown(pilot, "已发布")
        text = screen_text(pilot.app)
        assert "综合评估" in text
        assert "已到位" in text
        assert "released" not in text


@live
async def test_a_deadline_runs_down_and_then_counts_up() -> None:
    play = a_play()
    control, desk = a_control(play)
    async with shown(control) as pilot:
        assert "3:00 left" in screen_text(pilot.app)
        desk.at = 17 * MINUTE
        await until_shown(pilot, "1:00 left")
        play.minutes(19)
        feed(desk, tuple(play.session.entries[len(desk.entries) :]))
        desk.at = 19 * MINUTE
        await until_shown(pilot, "1:00 late")
        assert "! overdue" in screen_text(pilot.app)


@live
async def test_controller_notes_of_the_chosen_inject_can_be_read() -> None:
    scenario = a_scenario()
    first = scenario.injects[0]
    noted = first.model_copy(update={"notes": first.body.model_copy(update={"en": Prose("Wait!")})})
    play = Play(scenario.model_copy(update={"injects": (noted, *scenario.injects[1:])}))
    control, _ = a_control(play)
    async with shown(control) as pilot:
        await until_shown(pilot, "Notes for controllers: Wait!")
        await until_shown(pilot, "Expected: Commander: Decides to pump.")


@live
async def test_who_does_not_come_in_time_is_marked_late() -> None:
    play = Play()
    play.minutes(40)
    control, _ = a_control(play)
    async with shown(control) as pilot:
        assert "! Commander" in screen_text(pilot.app)
        assert "37:00 late" in screen_text(pilot.app)


@live
async def test_hostile_words_neither_harm_nor_vanish() -> None:
    for size in WIDE, NARROW:
        control, desk = a_control(a_hostile_play())
        async with shown(control, size) as pilot:
            for digit in "123456":
                await pilot.press(digit)
                await pilot.press("end")
                await pilot.pause()
                text = screen_text(pilot.app)
                assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
            await pilot.press("3")
            await until_shown(pilot, "[/b] [TODO] [@click=app.quit]x[/]")
            assert desk.sent == []


# -- the clock -------------------------------------------------------------------------------------


@live
async def test_the_start_says_what_will_happen_and_asks() -> None:
    control, desk = a_control(Play(started=False))
    async with shown(control) as pilot:
        await pilot.press("space")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "roles are called out. The first inject is “Alarm”")
        await pilot.press("n")
        await opens(pilot, ControlScreen)
        assert desk.sent == []
        await pilot.press("space")
        await opens(pilot, AskScreen)
        await pilot.press("y")
        await sends(pilot, desk, StartDrill())


@live
async def test_space_pauses_and_goes_on() -> None:
    play = a_play()
    control, desk = a_control(play)
    async with shown(control) as pilot:
        await pilot.press("space")
        await sends(pilot, desk, PauseDrill())
        feed(desk, play.do(FACILITATOR, PauseDrill()))
        await until_shown(pilot, "paused")
        await pilot.press("space")
        await sends(pilot, desk, ResumeDrill())


@live
async def test_the_clock_is_made_faster_slower_and_set() -> None:
    control, desk = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("plus")
        await sends(pilot, desk, SetSpeed(speed=1.5))
        await pilot.press("minus")
        await sends(pilot, desk, SetSpeed(speed=0.5))
        await pilot.press("p")
        await opens(pilot, Form)
        await pilot.press("end", "backspace")
        await types(pilot, "9999")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "from 0.1 to 3600")
        await pilot.press(*["backspace"] * 4)
        await types(pilot, "60")
        await confirm(pilot)
        await sends(pilot, desk, SetSpeed(speed=60))


@live
async def test_the_script_is_brought_forward_when_one_is_sure() -> None:
    play = Play().minutes(1)
    control, desk = a_control(play)
    async with shown(control) as pilot:
        await pilot.press("n")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "forward by 1:00, to “Alarm”")
        await pilot.press("y")
        await sends(pilot, desk, JumpToNext())


@live
async def test_an_inject_that_comes_while_the_question_stands_moves_no_other() -> None:
    play = Play().minutes(1)
    control, desk = a_control(play)
    async with shown(control) as pilot:
        await pilot.press("n")
        await opens(pilot, AskScreen)
        before = len(play.session.entries)
        play.minutes(3)
        feed(desk, play.session.entries[before:])
        await until(pilot, lambda: "alarm" in control.moment.state.injects)
        await pilot.press("y")
        await until(pilot, lambda: any("“Alarm” has come" in said for said in notices(pilot)))
        assert desk.sent == []


@live
async def test_before_the_start_the_script_is_not_brought_forward_and_nothing_is_asked() -> None:
    control, desk = a_control(Play(started=False))
    async with shown(control) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: notices(pilot) == ["The drill has not started yet."])
        assert desk.sent == []


@live
async def test_nothing_is_brought_forward_when_nothing_lies_ahead() -> None:
    control, desk = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: notices(pilot) == ["No planned inject lies ahead."])
        assert desk.sent == []


@live
async def test_the_end_shows_what_is_open_and_takes_a_reason() -> None:
    control, desk = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("ctrl+e")
        await until_shown(pilot, "1 expected answer has not come")
        text = screen_text(pilot.app)
        assert "1 need has not been met" in text
        assert "shipment" not in text
        await types(pilot, "fire")
        await pilot.press("enter", "space")
        await confirm(pilot)
        await sends(pilot, desk, EndDrill(why=Line("fire"), aborted=True))


@live
async def test_the_debrief_opens_by_itself_after_the_end() -> None:
    play = a_play()
    control, desk = a_control(play)
    async with shown(control) as pilot:
        assert "l Debrief" not in screen_text(pilot.app)
        feed(desk, play.do(FACILITATOR, EndDrill()))
        await opens(pilot, DebriefScreen)
        await pilot.press("escape")
        await opens(pilot, ControlScreen)
        await pilot.press("l")
        await opens(pilot, DebriefScreen)


@live
async def test_a_drill_that_had_ended_before_opens_no_debrief_by_itself() -> None:
    play = a_play()
    play.do(FACILITATOR, EndDrill())
    control, _ = a_control(play)
    async with shown(control) as pilot:
        await pilot.pause()
        assert pilot.app.screen is control


# -- the script ------------------------------------------------------------------------------------


@live
async def test_an_inject_is_released_when_one_is_sure() -> None:
    control, desk = a_control(Play())
    async with shown(control) as pilot:
        await pilot.press("down", "r")
        await opens(pilot, AskScreen)
        await until_shown(pilot, "Release “Call” now?")
        await pilot.press("y")
        await sends(pilot, desk, ReleaseInject(inject="call"))


@live
async def test_what_is_out_cannot_be_released_held_or_skipped() -> None:
    control, desk = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("home")
        for key in "rhxd":
            await pilot.press(key)
        await until(pilot, lambda: notices(pilot) == ["That inject has been released already."] * 2)
        assert desk.sent == []


@live
async def test_holding_back_needs_a_reason_and_freeing_none() -> None:
    play = Play()
    control, desk = a_control(play)
    async with shown(control) as pilot:
        await pilot.press("h")
        await opens(pilot, Form)
        await pilot.press("enter")
        await until_shown(pilot, "Give a reason")
        await types(pilot, "too soon")
        await pilot.press("enter")
        held = HoldInject(inject="alarm", why=Line("too soon"))
        await sends(pilot, desk, held)
        feed(desk, play.do(FACILITATOR, held))
        await until_shown(pilot, "= held")
        await until_shown(pilot, "Reason: too soon")
        await pilot.press("h")
        await sends(pilot, desk, FreeInject(inject="alarm"))


@live
async def test_skipping_and_deferring_take_a_reason() -> None:
    control, desk = a_control(Play())
    async with shown(control) as pilot:
        await pilot.press("x")
        await opens(pilot, Form)
        await types(pilot, "no time")
        await confirm(pilot)
        await sends(pilot, desk, SkipInject(inject="alarm", why=Line("no time")))
        await pilot.press("d")
        await opens(pilot, Form)
        await pilot.press("end", "backspace")
        await types(pilot, "0")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "The minutes are a number above 0.")
        await pilot.press("backspace")
        await types(pilot, "2.5")
        await pilot.press("enter")
        await types(pilot, "slow")
        await confirm(pilot)
        deferred = DeferInject(inject="alarm", by=150_000, why=Line("slow"))
        await sends(pilot, desk, deferred)


@live
async def test_leaving_a_form_does_nothing() -> None:
    control, desk = a_control(Play())
    async with shown(control) as pilot:
        await pilot.press("x")
        await opens(pilot, Form)
        await types(pilot, "no")
        await pilot.press("escape")
        await opens(pilot, AskScreen)
        await pilot.press("y")
        await opens(pilot, ControlScreen)
        assert desk.sent == []


@live
async def test_an_ad_hoc_inject_is_written_and_sent() -> None:
    control, desk = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("a")
        await opens(pilot, Form)
        await types(pilot, "leak")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "Text: There is nothing in it yet")
        await types(pilot, "gas")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "To: Choose who is to receive it.")
        # Two recipients, from the outside partner, by radio, three minutes.
        await pilot.press("space", "down", "space", "tab", "tab", "right", "tab")
        await pilot.press("backspace")
        await types(pilot, "3")
        await pilot.press("enter")
        await sends(
            pilot,
            desk,
            AddInject(
                title=Line("leak"),
                body=Prose("gas"),
                sender="office",
                to=("commander", "liaison"),
                means="radio",
                limit=3 * MINUTE,
            ),
        )


# -- people ----------------------------------------------------------------------------------------


@live
async def test_everybody_is_told_and_called() -> None:
    control, desk = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("b")
        await opens(pilot, Form)
        await types(pilot, "lunch")
        await confirm(pilot)
        await sends(pilot, desk, Broadcast(text=Prose("lunch")))
        await pilot.press("c")
        await opens(pilot, AskScreen)
        await pilot.press("y")
        await sends(pilot, desk, CallOut())


@live
async def test_an_outside_partner_speaks_from_its_own_seat() -> None:
    play = a_play()
    office = FakeDesk("office", play.session.entries)
    taken: list[str] = []

    def take(role: str) -> FakeDesk:
        taken.append(role)
        return office

    control = ControlScreen(a_desk(play), take)
    async with shown(control) as pilot:
        await pilot.press("m")
        await opens(pilot, Form)
        await pilot.press("tab", "down", "space", "tab", "tab")
        await types(pilot, "who")
        await confirm(pilot)
        await sends(pilot, office, SendMessage(to=("liaison",), text=Prose("who")))
        assert taken == ["office"]


@live
async def test_a_refusal_is_said_in_words() -> None:
    play = a_play()
    control, desk = a_control(play)
    desk.refusal = Refused("already-paused")
    async with shown(control) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: notices(pilot) == ["The drill is already paused."])


@live
async def test_the_facilitator_sits_down_and_stands_up_again() -> None:
    control, _ = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("s")
        await opens(pilot, SeatsScreen)
        await until_shown(pilot, "outside partner")
        await pilot.press("down", "enter")
        await opens(pilot, HotSeat)
        await until_shown(pilot, "Liaison")
        await pilot.press("escape")
        await opens(pilot, ControlScreen)


class FakeRelief:
    """Stand-ins in one seat, who keep what they are asked."""

    simulated = ("liaison",)

    def __init__(self):
        self.resting = []

    def relieve(self, role):
        self.resting.append(role)
        return lambda: self.resting.remove(role)


@live
async def test_a_stand_in_rests_while_the_facilitator_sits_in_its_place() -> None:
    play, relief = Play(), FakeRelief()
    control = ControlScreen(
        a_desk(play), lambda role: FakeDesk(role, play.session.entries), stand_ins=relief
    )
    async with shown(control) as pilot:
        await pilot.press("s")
        await opens(pilot, SeatsScreen)
        await until_shown(pilot, "stand-in")
        await pilot.press("enter")
        await opens(pilot, HotSeat)
        assert (notices(pilot), relief.resting) == ([], ["commander"])
        await pilot.press("escape", "s")
        await opens(pilot, SeatsScreen)
        assert relief.resting == []
        await pilot.press("down", "enter")
        await opens(pilot, HotSeat)
        await until(
            pilot,
            lambda: notices(pilot) == ["The stand-in of this role rests while you sit here."],
        )
        assert relief.resting == ["liaison"]


@live
async def test_a_message_is_taken_back_with_a_reason_and_its_start_cannot_be() -> None:
    play = a_play()
    control, desk = a_control(play)
    message = next(one.seq for one in desk.entries if isinstance(one.event, MessageSent))
    async with shown(control) as pilot:
        await pilot.press("3", "v")
        await opens(pilot, Form)
        await until_shown(pilot, "Water is rising")
        await types(pilot, "wrong")
        await confirm(pilot)
        void = VoidEntry(entry=message, why=Line("wrong"))
        await sends(pilot, desk, void)
        feed(desk, play.do(FACILITATOR, void))
        await until_shown(pilot, "Taken back: wrong")
        await pilot.press("6", "home", "v")
        await until(pilot, lambda: "cannot be corrected" in "".join(notices(pilot)))


@live
async def test_the_evaluation_guide_is_one_key_away() -> None:
    control, _ = a_control(a_play())
    async with shown(control) as pilot:
        await pilot.press("e")
        await opens(pilot, EvaluationScreen)
        await pilot.press("escape")
        await opens(pilot, ControlScreen)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_key_has_words(lang: str) -> None:
    async def look() -> None:
        control, _ = a_control(a_play())
        async with shown(control, lang=lang) as pilot:  # type: ignore[arg-type]
            for active in pilot.app.screen.active_bindings.values():
                if active.binding.id:
                    assert "." not in active.binding.description
                    assert not active.binding.tooltip.startswith("control.")

    live(look)()


class HandClock:
    """Exercise time that stands where the test puts it."""

    at = 0

    def now(self) -> int:
        return self.at

    def wall(self) -> int:
        return self.at

    def speed(self) -> float:
        return 1.0

    def stir(self) -> None:
        """Nothing waits for it."""


@live
async def test_a_real_desk_starts_plays_and_ends_a_drill() -> None:
    play, clock = Play(started=False), HandClock()
    control = ControlScreen(
        LocalDesk(play.session, FACILITATOR, clock),
        lambda role: LocalDesk(play.session, role, clock, "facilitator"),
    )
    async with shown(control) as pilot:
        await pilot.press("space")
        await opens(pilot, AskScreen)
        await pilot.press("y")
        await until_shown(pilot, "Play begins.")
        await pilot.press("r")
        await opens(pilot, AskScreen)
        await pilot.press("y")
        await until_shown(pilot, "▶ released")
        await pilot.press("ctrl+e")
        await opens(pilot, Form)
        await pilot.press("ctrl+s")
        await opens(pilot, DebriefScreen)
        await until_shown(pilot, "Combined assessment")
    assert play.session.state.stage == "ended"
