"""The script as the facilitator sees it: its cues in order, and conditions in words."""

from worlds import Play, a_plan, a_scenario
from worlds_staff import a_play

from drillkit.core.book import Book
from drillkit.core.in_words import in_words
from drillkit.core.script import Script
from drillkit.model.base import FACILITATOR, MINUTE
from drillkit.model.commands import (
    AddInject,
    DeferInject,
    EndDrill,
)
from drillkit.model.text import Line, Prose
from drillkit.model.when import AllOf, AnyOf, NoneOf
from drillkit.ui.widgets.timeline import cues


def test_an_ad_hoc_inject_stands_behind_what_was_released_before_it() -> None:
    play = a_play()
    play.do(
        FACILITATOR,
        AddInject(title=Line("Press"), body=Prose("Ask."), sender="office", to=("liaison",)),
    )
    state = play.session.state
    book = Book(play.session.script, "en")
    titles = [cue.title for cue in cues(state, book, play.now)]
    assert titles == ["Alarm", "Call", "Dry", "Press", "Wet", "Spare"]


def test_after_the_end_nothing_counts_down() -> None:
    play = a_play()
    book = Book(play.session.script, "en")
    assert any(cue.left is not None for cue in cues(play.session.state, book, play.now))
    play.do(FACILITATOR, EndDrill())
    assert all(cue.left is None for cue in cues(play.session.state, book, play.now))


def test_a_deferred_inject_moves_to_its_new_place() -> None:
    play = Play()
    play.do(FACILITATOR, DeferInject(inject="alarm", by=20 * MINUTE, why=Line("late start")))
    found = cues(play.session.state, Book(play.session.script, "en"), play.now)
    assert [cue.inject for cue in found][:2] == ["call", "dry"]
    alarm = next(cue for cue in found if cue.inject == "alarm")
    assert alarm.deferred
    assert alarm.planned == alarm.left == 22 * MINUTE


def test_conditions_are_said_in_words() -> None:
    when = AllOf.model_validate(
        {
            "all": [
                {"any": [{"milestone": "flooded"}, {"arrived": "commander"}]},
                {"none": [{"answered": "alarm", "option": "wait", "role": "commander"}]},
                {"at_least": 1, "of": [{"overdue": "call"}, {"knows": "liaison", "fact": "water"}]},
                {"delivered": "bags-gate", "share": 0.5},
                {"outcome": "dry-rooms", "below": 4},
                {"not_before": "12m"},
                {"reported": "tell-office"},
                {"stated": "truth"},
                {"released": "dry"},
            ]
        },
        context={"pack": True},
    )
    script = Script(a_scenario(), a_plan())
    assert in_words(when, Book(script, "en")) == (
        "(“Flooded” is reached or Commander is at the post) and "
        "not yet: Commander answers “Alarm” with “Wait” and "
        "at least 1 of: an answer to “Call” is overdue, Liaison knows “Water in the cellar” and "
        "“Bags at the gate” is met to 50 % and Dry rooms is at most 4 and "
        "the script is at 12:00 or later and “First report” is filed and "
        "“Two are missing” is public and “Dry” is released"
    )
    chinese = in_words(when, Book(script, "zh"))
    assert "已达到“中文 Flooded”或中文 Commander已到位" in chinese


def test_one_part_alone_needs_no_brackets() -> None:
    book = Book(Script(a_scenario(), a_plan()), "en")
    alone = AllOf.model_validate({"all": [{"any": [{"released": "dry"}]}]})
    assert isinstance(alone.all[0], AnyOf)
    assert in_words(alone, book) == "“Dry” is released"
    never = NoneOf.model_validate({"none": [{"released": "dry"}, {"released": "wet"}]})
    assert in_words(never, book) == "not yet: “Dry” is released or “Wet” is released"
