"""What a stranger stumbled over: questions, forms, notices, keys, help and the palette."""

import unicodedata

import pytest
from worlds import Play
from worlds_desk import Seat, a_need, a_shipment
from worlds_staff import NARROW, a_desk, an_ended_play, notices, opens, sends, shown, types
from worlds_ui import (
    FakeDesk,
    a_plan,
    live,
    opening,
    press,
    screen_text,
    until,
    until_shown,
)

from drillkit.core.chronicle import sentence
from drillkit.core.fold import fold
from drillkit.core.names import Names
from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.text import Prose
from drillkit.ui.app import Terminal
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.control import ControlScreen
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.desk import DeskScreen
from drillkit.ui.screens.dialogs import Form
from drillkit.ui.widgets.fields import Words

# -- reports ---------------------------------------------------------------------------------------


@live
async def test_a_report_without_a_word_is_not_filed():
    async with Seat() as seat:
        await seat.press("4", "enter", "space", "ctrl+s")
        await seat.shown("There is nothing in it yet")
        assert seat.sent == []


@live
async def test_a_report_with_empty_elements_is_filed_only_when_one_says_so():
    async with Seat() as seat:
        await seat.press("4", "enter", "=Flood", "ctrl+s")
        await seat.shown("1 of 2 required elements is empty: How many")
        await seat.press("n")
        await seat.gone("required elements")
        assert seat.sent == []
        assert seat.app.focused is seat.app.screen.query(Words).last()
        await seat.press("ctrl+s", "y")
        await seat.asked()
        assert seat.sent == [do.FileReport(rule="first-report", elements={"what": Prose("Flood")})]


# -- supplies --------------------------------------------------------------------------------------


@live
async def test_what_is_typed_replaces_the_quantity_that_stands_there():
    async with Seat("logistics") as seat:
        await seat.happens(a_need())
        await seat.press("3", "enter", "escape", "enter", "1", "5", "0", "ctrl+s")
        await seat.asked()
        assert seat.sent[0].quantity == 150


@live
async def test_the_sheet_begins_with_what_is_missing_and_not_under_way():
    async with Seat("logistics") as seat:
        await seat.happens(a_need(), a_shipment(quantity=120))
        await seat.press("3", "enter", "ctrl+s")
        await seat.asked()
        assert seat.sent[0].quantity == 180


@live
async def test_an_opened_sheet_is_filled_anew_from_the_line_under_the_cursor():
    async with Seat("logistics") as seat:
        await seat.happens(a_need(), a_need("n2", 40))
        await seat.press("3", "enter", "escape", "down", "enter", "ctrl+s")
        await seat.asked()
        assert seat.sent[0].quantity == 40
        assert seat.sent[0].need == "n2"


def _three_depots():
    """One that is nearest and has little, one that is far and has most; each with a vehicle."""

    def depot(id, named, quantity, vehicle):
        return {
            "id": id,
            "title": {"en": named, "zh": "仓库"},
            "stock": [{"item": "sandbag", "quantity": quantity}],
            "vehicle": [{"id": vehicle, "title": {"en": vehicle, "zh": "车"}, "capacity": 90}],
        }

    ways = (("far", "9m"), ("near", "2m"), ("mid", "4m"))
    return a_plan(
        depot=[
            depot("far", "Far", 900, "van"),
            depot("near", "Near", 10, "cart"),
            depot("mid", "The depot behind the old railway works", 500, "lorry"),
        ],
        route=[{"depot": id, "site": "gate", "time": time} for id, time in ways],
    )


@live
async def test_the_depot_offered_first_has_enough_and_the_quickest_way_and_its_own_vehicles():
    entries = opening("logistics", plan=_three_depots())
    async with Seat("logistics", entries=entries) as seat:
        await seat.happens(a_need())
        await seat.press("3", "enter")
        await seat.shown("The depot behin…")
        await seat.shown("has 500 bags.")
        assert "The way takes 4:00." in seat.text
        assert "Carries 90 at a time." in seat.text
        await seat.press("shift+tab", "right")
        await seat.shown("lorry")
        await seat.press("right")
        await seat.shown("any that fits")
        assert "2/2" not in seat.text.split("Vehicle")[1].splitlines()[0]
        await seat.press("ctrl+s")
        await seat.asked()
        assert seat.sent[0].depot == "mid"


# -- forms and questions ---------------------------------------------------------------------------


@live
async def test_what_is_wrong_with_a_tall_form_is_in_sight_and_in_focus():
    control = ControlScreen(a_desk(Play()), FakeDesk)
    async with shown(control, NARROW) as pilot:
        await pilot.press("a")
        form = await opens(pilot, Form)
        await types(pilot, "leak")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "Text: There is nothing in it yet")
        assert form.focused is form.query_one("#body")
        form.query_one("#body", Words).text = "x" * (Prose.LIMIT + 1)
        await pilot.press("ctrl+s")
        await until_shown(pilot, f"Text: The text has {Prose.LIMIT + 1} characters")


@live
async def test_a_form_in_which_something_is_written_is_not_thrown_away_unasked():
    control = ControlScreen(desk := a_desk(Play()), FakeDesk)
    async with shown(control) as pilot:
        await pilot.press("x")
        form = await opens(pilot, Form)
        await press(pilot, "n", "o", "escape")
        await until_shown(pilot, "throws it away")
        await press(pilot, "enter", "n")
        assert pilot.app.screen is form
        assert form.query_one("#why").value == "no"
        await press(pilot, "backspace", "backspace", "escape")
        await opens(pilot, ControlScreen)
        assert desk.sent == []


@live
async def test_enter_is_no_answer_to_a_question():
    control = ControlScreen(desk := a_desk(Play()), FakeDesk)
    async with shown(control) as pilot:
        await pilot.press("r")
        await opens(pilot, AskScreen)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, AskScreen)
        await press(pilot, "n")
        await opens(pilot, ControlScreen)
        assert desk.sent == []


@live
async def test_a_terminal_with_a_question_of_its_own_asks_it_before_it_ends():
    app = Terminal(DeskScreen(FakeDesk("medical", opening("medical"))))
    app.leave_question = lambda: "ui.quit-host"
    async with app.run_test(size=NARROW) as pilot:
        await until_shown(pilot, "Briefing")
        await press(pilot, "ctrl+q")
        await until_shown(pilot, "the drill stands paused")
        await press(pilot, "n")
        assert app._exit is False
        await press(pilot, "ctrl+q", "y")
        await until(pilot, lambda: app._exit)


# -- notices ---------------------------------------------------------------------------------------


@live
async def test_notices_are_two_at_most_above_the_keys_and_lie_over_nothing():
    async with Seat(size=(120, 30), lang="zh") as seat:
        for there in range(9):
            seat.app.screen.notice(
                "refused.beyond-stock", there=there, asked=300, item="沙袋", depot="后院的仓库"
            )
        await seat.shown("后院的仓库的沙袋库存为 8，不能发出 300。")
        *above, one, two, keys = seat.text.splitlines()
        assert "库存为 7，不能发出 300。" in one
        assert "库存为 8，不能发出 300。" in two
        assert "F1 帮助" in keys
        assert "库存" not in "\n".join(above)


@live
async def test_a_chinese_notice_keeps_its_characters_where_something_below_has_an_edge():
    async with Seat(size=(120, 30), lang="zh") as seat:
        said = "库存" * 70
        for lead in ("", "a"):
            seat.app.screen.app.notify(lead + said, markup=False)
            await until(
                seat.pilot,
                lambda lead=lead: "".join(
                    line.strip("▌ ") for line in seat.text.splitlines() if "库存" in line
                ).endswith(lead + said),
            )


# -- keys, help, palette ---------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (50, 24)])
@live
async def test_help_and_language_are_always_in_the_key_line(size, lang):
    async with shown(ControlScreen(a_desk(Play()), FakeDesk), size, lang) as pilot:
        keys = screen_text(pilot.app).splitlines()[-1]
        assert keys.endswith("F1 Help  F2 中文" if lang == "en" else "F1 帮助  F2 English")
        width = sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in keys)
        assert width <= size[0]


@live
async def test_help_shows_real_signs_the_screen_s_own_keys_first_and_nothing_twice():
    async with shown(ControlScreen(a_desk(Play()), FakeDesk), (120, 70)) as pilot:
        await pilot.press("f1")
        await until_shown(pilot, "Up  To the line above")
        said = screen_text(pilot.app)
        assert "+ =  Faster" in said
        assert "-  Slower" in said
        assert "space  Start/pause" in said
        for sign in ("plus", "minus", "equals_sign"):
            assert sign not in said
        assert said.index("Start/pause") < said.index("To the line above") < said.index("F2  中文")
    async with shown(DebriefScreen(a_desk(an_ended_play())), (120, 70)) as pilot:
        await pilot.press("f1")
        await until_shown(pilot, "Up  To the line above")
        assert screen_text(pilot.app).count("enter  Open ") == 1


@live
async def test_the_palette_finds_by_what_is_told_of_a_key_and_lists_no_cursor_keys():
    control = ControlScreen(a_desk(Play()), FakeDesk)
    async with shown(control, lang="zh") as pilot:
        await press(pilot, "ctrl+p")
        await until_shown(pilot, "开始/暂停")
        assert "移到上一行" not in screen_text(pilot.app)
        await press(pilot, "=xyzzy")
        await until_shown(pilot, "没有找到")
        await press(pilot, "enter", "f2", "ctrl+p")
        await until_shown(pilot, "Start/pause")
        await press(pilot, "=speed")
        await until_shown(pilot, "Faster")
        assert "Slower" in screen_text(pilot.app)


# -- the debrief -----------------------------------------------------------------------------------


@live
async def test_next_entry_goes_through_those_of_the_thing_under_the_cursor():
    debrief = DebriefScreen(a_desk(an_ended_play()))
    async with shown(debrief) as pilot:
        await press(pilot, "2", "enter", "n", "2")
        first = debrief._evidence
        place = next(
            i
            for i, one in enumerate(debrief.assessment.findings)
            if one.entries and frozenset(one.entries) != first
        )
        await press(pilot, "home", *["down"] * place, "n")
        lesson = debrief.assessment.findings[place]
        assert debrief._evidence == frozenset(lesson.entries)
        assert debrief.feeds["log"].chosen.seq == min(lesson.entries)


@live
async def test_next_entry_of_what_rests_on_none_says_so():
    debrief = DebriefScreen(a_desk(an_ended_play()))
    async with shown(debrief) as pilot:
        await press(pilot, "2", "enter", "3")
        scores = debrief.feeds["scores"]
        while scores.chosen.caps:
            await press(pilot, "down")
        await press(pilot, "n")
        await until(pilot, lambda: "No entry of the journal" in "".join(notices(pilot)))
        assert debrief.pane == "scores"


@live
async def test_the_root_is_part_of_nothing_and_one_number_is_no_interval():
    debrief = DebriefScreen(a_desk(an_ended_play()))
    async with shown(debrief) as pilot:
        assert "part of" not in screen_text(pilot.app)
        await press(pilot, "o", *["down"] * 4)
        await until_shown(pilot, "100.0  100% observed")
        assert "part of" in screen_text(pilot.app)


# -- words -----------------------------------------------------------------------------------------


def test_a_speed_and_a_report_read_as_people_say_them():
    filed = ev.ReportFiled(
        report="r1",
        rule="first-report",
        stage="initial",
        sender="medical",
        to=("commander",),
        elements={"what": Prose("水")},
    )
    entries = opening("medical")
    seq = len(entries)
    from worlds_ui import entry

    entries += [entry(seq, 0, ev.SpeedSet(speed=20.0)), entry(seq + 1, 0, filed)]
    names = Names(fold(entries))
    assert "20 times" in sentence(entries[-2], names, "en")
    assert "按实际时间的 20 倍" in sentence(entries[-2], names, "zh")
    assert "初报" not in sentence(entries[-1], names, "zh")
    assert "（首报）" in sentence(entries[-1], names, "zh")


def test_the_chinese_words_name_a_thing_in_one_way():
    from pathlib import Path

    import drillkit.words

    for file in sorted((Path(drillkit.words.__file__).parent / "zh").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        for other in ("角色", "条目", "导调人员"):
            assert other not in text, (file.name, other)


@live
async def test_a_speed_that_is_typed_replaces_the_one_that_stands_there() -> None:
    control = ControlScreen(desk := a_desk(Play()), FakeDesk)
    async with shown(control) as pilot:
        await pilot.press("p")
        await opens(pilot, Form)
        await types(pilot, "10")
        await pilot.press("ctrl+s")
        await sends(pilot, desk, do.SetSpeed(speed=10))
