"""The large line of a desk: the key that it names does what it says, wherever the focus is."""

import pytest
from worlds_desk import Seat
from worlds_ui import briefing, entry, inject, live, opening, phase

from drillkit.model import commands as do
from drillkit.model import events as ev

CALLED = [
    entry(0, 0, briefing()),
    entry(1, 0, ev.DrillStarted()),
    entry(2, 0, phase()),
    entry(3, 0, ev.RoleCalled(role="medical")),
    entry(4, 0, inject()),
]


@pytest.mark.parametrize(
    "keys",
    [("tab",), ("tab", "enter", "tab"), ("2",), ("2", "n"), ("7",)],
    ids=["inbox", "words", "messages", "sheet", "role"],
)
@live
async def test_the_large_line_names_a_key_that_works_where_the_focus_is(keys):
    async with Seat(entries=CALLED) as seat:
        await seat.shown("YOU ARE CALLED OUT.  Enter: confirm the call")
        await seat.press(*keys)
        await seat.shown("YOU ARE CALLED OUT.  Ctrl+G: confirm the call")
        assert "^g Do it" in seat.text
        assert seat.sent.count(do.AcknowledgeCall()) == 0
        await seat.press("ctrl+g")
        assert seat.sent[-1] == do.AcknowledgeCall()
        await seat.happens(ev.CallAcknowledged(role="medical"), by="medical")
        await seat.shown("NOT AT YOUR POST.")
        await seat.press("ctrl+g")
        assert seat.sent[-1] == do.Arrive()


@live
async def test_after_a_pause_the_large_line_says_which_key_does_it():
    async with Seat(entries=CALLED) as seat:
        await seat.press("2", "n", "=On my way")
        await seat.happens(ev.DrillPaused())
        await seat.shown("The drill is paused.")
        assert "^g" not in seat.text
        await seat.press("ctrl+g")
        await seat.happens(ev.DrillResumed())
        await seat.shown("YOU ARE CALLED OUT.  Ctrl+G: confirm the call")
        await seat.press("enter")
        assert do.AcknowledgeCall() not in seat.sent
        await seat.press("ctrl+g")
        assert seat.sent[-1] == do.AcknowledgeCall()


@live
async def test_the_help_of_a_desk_tells_of_the_key_and_chinese_names_it_too():
    async with Seat(entries=CALLED, lang="zh") as seat:
        await seat.shown("按回车键确认收到")
        await seat.press("tab")
        await seat.shown("按 Ctrl+G 确认收到")
        await seat.press("f1")
        await seat.shown("Ctrl+G")
        await seat.shown("^g")


@live
async def test_a_desk_that_asks_for_nothing_has_no_such_key():
    async with Seat(entries=opening("medical")) as seat:
        assert "^g" not in seat.text
        await seat.press("ctrl+g")
        assert seat.sent == []
