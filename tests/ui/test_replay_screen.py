"""A replay on screen: the seats' own screens, the line above them, and the way there."""

from contextlib import AbstractAsyncContextManager

import pytest
from textual.pilot import Pilot
from worlds import Play
from worlds_staff import NARROW, WIDE, a_desk, a_hostile_play, an_ended_play, notices, opens, shown
from worlds_ui import assert_golden, live, press, screen_text, until, until_shown

from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE, OBSERVER, Lang
from drillkit.replay import Landmark, Player
from drillkit.ui.screens.ask import ChooseScreen
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.dialogs import Form
from drillkit.ui.screens.replay import (
    InReplay,
    Replay,
    ReplayedControl,
    ReplayedDesk,
    replay_screen,
    seats,
)
from drillkit.ui.widgets.scrubber import track
from scoring.assess import assess


class Watch:
    """A stopwatch in the test's hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def a_replay(play: Play | None = None, watch: Watch | None = None) -> Replay:
    session = (play or an_ended_play()).session
    player = Player(session.entries, watch or Watch())
    return Replay(player, assess(session.state).findings)


def seen_from(
    replay: Replay, seat: str, size: tuple[int, int] = WIDE, lang: Lang = "en"
) -> AbstractAsyncContextManager[Pilot]:
    screen = replay_screen(replay, seat)
    # Participants' and observers' screens open no book.
    screen.book = getattr(screen, "book", None) or seat not in (FACILITATOR, EVALUATOR)
    return shown(screen, size, lang)


@live
async def test_the_facilitators_screen_stands_under_the_line_of_the_drill() -> None:
    replay = a_replay()
    replay.player.go_to(5 * MINUTE)
    async with seen_from(replay, FACILITATOR) as pilot:
        await until_shown(pilot, "entry")
        assert_golden("replay-120x40-en", pilot.app)


@live
async def test_a_role_sees_its_desk_in_chinese_on_a_narrow_terminal() -> None:
    replay = a_replay()
    replay.player.go_to(5 * MINUTE)
    async with seen_from(replay, "commander", NARROW, "zh") as pilot:
        await until_shown(pilot, "Water is rising")
        assert_golden("replay-desk-80x24-zh", pilot.app)


@live
async def test_every_seat_of_the_drill_can_be_seen_at_every_moment() -> None:
    replay = a_replay()
    for seat in seats(replay.player):
        async with seen_from(replay, seat) as pilot:
            for place in (0.9, 0.1, 0.5):
                replay.player.go_to(int(replay.player.end * place))
                seen = replay.player.seen
                await until(pilot, lambda: pilot.app.screen.moment.entries)
                assert all(entry.seq < seen for entry in pilot.app.screen.moment.entries)
    assert set(replay.player.script.roles) < set(seats(replay.player))


@live
async def test_going_back_takes_away_what_had_not_happened_yet() -> None:
    replay = a_replay()
    async with seen_from(replay, "commander") as pilot:
        replay.player.go_to(5 * MINUTE)
        await until_shown(pilot, "Water is rising")
        replay.player.go_to(3 * MINUTE)
        await until(pilot, lambda: "Water is rising" not in screen_text(pilot.app))
        replay.player.go_to(5 * MINUTE)
        await until_shown(pilot, "Water is rising")


@live
async def test_the_keys_move_through_time() -> None:
    player = (replay := a_replay()).player
    async with seen_from(replay, FACILITATOR) as pilot:
        for keys, at in (
            (("right", "right"), 20_000),
            (("left",), 10_000),
            (("right_square_bracket",), 70_000),
            (("shift+right",), 130_000),
            (("left_square_bracket", "shift+left"), 10_000),
        ):
            await press(pilot, *keys)
            assert player.at == at
        seen = player.seen
        await press(pilot, "full_stop")
        assert player.seen == seen + 1
        await press(pilot, "comma")
        assert player.seen == seen


@live
async def test_space_plays_and_the_digits_say_how_fast() -> None:
    watch = Watch()
    player = (replay := a_replay(watch=watch)).player
    async with seen_from(replay, "commander") as pilot:
        await press(pilot, "7", "space")
        assert (player.is_playing, player.speed) == (True, 60.0)
        watch.seconds = 4
        await until_shown(pilot, "Water is rising")
        await press(pilot, "space")
        assert not player.is_playing
        assert player.at == 4 * MINUTE


@live
async def test_n_goes_from_finding_to_note_and_back() -> None:
    player = (replay := a_replay()).player
    worth = [
        mark.seq
        for mark in replay.landmarks(FACILITATOR)
        if mark.kind in ("note", "finding", "strength")
    ]
    places = sorted(set(worth))
    async with seen_from(replay, FACILITATOR) as pilot:
        player.go_to_entry(0)
        seen = []
        for _ in places:
            await press(pilot, "n")
            seen.append(player.seen - 1)
        assert seen == [place for place in places if place > 0] + [places[-1]] * (0 in places)
        await press(pilot, "n")
        await until(pilot, lambda: "no further" in "".join(notices(pilot)))
        await press(pilot, "N")
        assert player.seen - 1 == places[-2]


@live
async def test_a_note_is_told_to_the_staff_and_only_hinted_at_to_a_role() -> None:
    replay = a_replay()
    note = next(mark for mark in replay.landmarks(FACILITATOR) if mark.kind == "note")
    for seat, told, kept in (
        (FACILITATOR, "Note: Calm and quick", "a note"),
        ("commander", "a note", "Calm and quick"),
    ):
        async with seen_from(replay, seat) as pilot:
            replay.player.go_to_entry(note.seq)
            await until_shown(pilot, told)
            assert kept not in screen_text(pilot.app).splitlines()[0]


@live
async def test_g_asks_for_a_time_and_complains_of_what_is_none() -> None:
    player = (replay := a_replay()).player
    async with seen_from(replay, FACILITATOR) as pilot:
        await press(pilot, "g")
        await opens(pilot, Form)
        await press(pilot, "=late", "ctrl+s")
        await until_shown(pilot, "Write minutes")
        await press(pilot, *["backspace"] * 4, "=4:30", "ctrl+s")
        await opens(pilot, ReplayedControl)
        assert player.at == 4 * MINUTE + 30_000


@live
async def test_r_shows_the_same_moment_from_another_seat() -> None:
    player = (replay := a_replay()).player
    player.go_to(5 * MINUTE)
    async with seen_from(replay, FACILITATOR) as pilot:
        await press(pilot, "r")
        await opens(pilot, ChooseScreen)
        await press(pilot, "down", "down", "down", "enter")
        screen = await opens(pilot, ReplayedDesk)
        assert isinstance(screen, ReplayedDesk)
        assert screen.desk.seat == "commander"
        assert player.at == 5 * MINUTE


@pytest.mark.parametrize("name", ["h", "a", "x", "v", "s", "e", "ctrl+e", "plus"])
@live
async def test_what_steers_a_drill_is_refused_before_it_asks_anything(name: str) -> None:
    async with seen_from(a_replay(), FACILITATOR) as pilot:
        await press(pilot, name)
        await until(pilot, lambda: "cannot be changed" in "".join(notices(pilot)))
        assert isinstance(pilot.app.screen, ReplayedControl)


@live
async def test_what_a_role_would_send_is_refused_with_a_sentence() -> None:
    replay = a_replay()
    replay.player.go_to(2 * MINUTE)
    async with seen_from(replay, "supplies") as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: "cannot be changed" in "".join(notices(pilot)))
        assert replay.player.seen < len(replay.player.entries)


@live
async def test_the_function_keys_choose_panes_and_pages() -> None:
    replay = a_replay()
    async with seen_from(replay, FACILITATOR) as pilot:
        await press(pilot, "f8")
        assert pilot.app.screen.pane == "log"
    async with seen_from(replay, "commander") as pilot:
        await until(pilot, lambda: pilot.app.screen.page)
        await press(pilot, "f5")
        await until(pilot, lambda: pilot.app.screen.page.NAME == "supplies")


@live
async def test_a_click_on_the_line_goes_there() -> None:
    player = (replay := a_replay()).player
    async with seen_from(replay, FACILITATOR) as pilot:
        await pilot.click("Scrubber", offset=(60, 1))
        assert abs(player.at - player.end / 2) < player.end / 50


@live
async def test_the_end_of_the_drill_opens_no_debrief_over_the_replay() -> None:
    player = (replay := a_replay()).player
    async with seen_from(replay, FACILITATOR) as pilot:
        player.go_to(player.end - 1000)
        await until(pilot, lambda: pilot.app.screen.moment.state.stage == "running")
        player.go_to(player.end)
        await until(pilot, lambda: pilot.app.screen.moment.state.stage == "ended")
        assert isinstance(pilot.app.screen, ReplayedControl)


@live
async def test_hostile_words_stand_as_they_are() -> None:
    replay = a_replay(a_hostile_play())
    for seat in (FACILITATOR, EVALUATOR, OBSERVER, "commander"):
        async with seen_from(replay, seat) as pilot:
            for _ in range(4):
                await press(pilot, "n")
            assert "\x1b" not in screen_text(pilot.app)


@live
async def test_one_key_leads_from_a_lesson_to_its_moment_and_escape_back() -> None:
    play = an_ended_play()
    debrief = DebriefScreen(a_desk(play))
    async with shown(debrief) as pilot:
        await until(pilot, lambda: debrief.assessment and not debrief.is_computing)
        await press(pilot, "2", "p")
        screen = await opens(pilot, ReplayedControl)
        finding = debrief.assessment.findings[0]
        assert isinstance(screen, InReplay)
        assert screen.player.seen - 1 == min(finding.entries)
        await press(pilot, "escape")
        await opens(pilot, DebriefScreen)


@live
async def test_a_score_leads_to_the_first_entry_that_it_rests_on() -> None:
    debrief = DebriefScreen(a_desk(an_ended_play()))
    async with shown(debrief) as pilot:
        await until(pilot, lambda: debrief.assessment and not debrief.is_computing)
        assert debrief.assessment.combined.measure.entries[0] == 0
        await press(pilot, "3", "p")
        screen = await opens(pilot, ReplayedControl)
        assert isinstance(screen, InReplay)
        assert screen.player.seen - 1 == debrief.assessment.combined.measure.entries[1]


def test_on_the_line_the_place_hides_all_and_a_finding_hides_an_inject() -> None:
    marks = [Landmark(50, 1, "finding", "L01"), Landmark(50, 2, "inject"), Landmark(0, 0, "note")]
    drawn = "".join(sign for sign, _ in track(marks, 99, 100, 10))
    assert drawn == "✎━━━━◆━━━┃"
    assert track(marks, 0, 100, 0) == []
    assert len(track(marks, 0, 0, 10)) == 10
