"""A participant's terminal on somebody else's host: drafts survive, and nothing reaches the host."""

import builtins
import io
import os
from pathlib import Path

import pytest
from textual.app import App
from textual.command import CommandPalette
from textual.driver import Driver
from worlds_desk import Seat, message
from worlds_ui import FakeDesk, inject, live, opening, screen_text, settled, until

from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.text import Prose
from drillkit.ui.app import Terminal
from drillkit.ui.drafts import Drafts
from drillkit.ui.palette import Keys, offered
from drillkit.ui.screens.desk import DeskScreen

PAGES = "12345678"

# -- drafts ----------------------------------------------------------------------------------------


class Place(Seat):
    """A desk screen of a person whose drafts are kept."""

    def __init__(self, drafts, entries):
        super().__init__(entries=entries)
        self.app = Terminal(DeskScreen(self.desk, drafts))


def came_in():
    desk = FakeDesk("medical", opening("medical"))
    desk.push(inject())
    return desk.entries


@live
async def test_an_unsent_answer_is_there_on_the_next_terminal():
    drafts = Drafts()
    async with Place(drafts, came_in()) as seat:
        await seat.press("end", "enter", "down", "space", "tab", "=Half an answ")
        await until(seat.pilot, lambda: drafts.get("water") == (("wait",), "Half an answ"))
    async with Place(drafts, came_in()) as seat:
        await seat.press("end")
        await seat.shown("Half an answ")
        assert "(•) Wait and see" in seat.text
        await seat.press("enter", "tab", "end", "=er", "ctrl+s")
        await seat.asked()
        assert seat.sent == [
            do.GiveResponse(inject="water", options=("wait",), text=Prose("Half an answer"))
        ]
        given = ev.ResponseGiven(
            inject="water", role="medical", options=("wait",), text=Prose("Half an answer")
        )
        await seat.happens(given, by="medical")
        await until(seat.pilot, lambda: drafts.get("water") is None)


@live
async def test_an_answer_that_arrives_keeps_what_is_being_written():
    async with Place(Drafts(), came_in()) as seat:
        await seat.press("end", "enter", "tab", "=Mine")
        given = ev.ResponseGiven(inject="water", role="medical", text=Prose("Theirs"))
        await seat.happens(given, by="medical")
        await seat.shown("Mine")


@live
async def test_an_unsent_message_and_statement_are_there_on_the_next_terminal():
    drafts = Drafts()
    async with Place(drafts, came_in()) as seat:
        await seat.press("2", "n", "tab", "=Where are")
        await until(seat.pilot, lambda: drafts.get("message-text"))
        await seat.press("f7", "n", "=All is well")
        await until(seat.pilot, lambda: drafts.get("statement-text"))
    async with Place(drafts, came_in()) as seat:
        await seat.press("2", "n")
        await seat.shown("Where are")
        await seat.press("f7", "n")
        await seat.shown("All is well")
        await seat.press("ctrl+s")
        await until(seat.pilot, lambda: drafts.get("statement-text") is None)
        assert drafts.get("message-text") == ((), "Where are")


def test_drafts_are_bounded_in_number_and_length():
    drafts = Drafts()
    for nth in range(150):
        drafts.put(f"i{nth}", ((), "x" * 100_000))
    kept = [nth for nth in range(150) if drafts.get(f"i{nth}")]
    assert kept == list(range(50, 150))
    assert len(drafts.get("i149")[1]) == 2 * Prose.LIMIT


# -- what the terminal can do ----------------------------------------------------------------------

FORBIDDEN = (
    "screenshot",
    "change_theme",
    "toggle_dark",
    "show_help_panel",
    "suspend_process",
    "open_url",
    "deliver",
    "save",
    "simulate_key",
)


@pytest.mark.parametrize("seat", ["medical", "commander", "logistics"])
@live
async def test_no_binding_and_no_command_of_a_desk_is_a_system_command(seat):
    assert {Keys} == Terminal.COMMANDS
    assert not DeskScreen.COMMANDS
    async with Seat(seat) as desk:
        await desk.happens(inject(to=(seat,)), message(to=(seat,), ack=True))
        for page in PAGES:
            await desk.press(page)
            actions = [active.binding.action for active in desk.app.screen.active_bindings.values()]
            actions += [active.binding.action for active in offered(desk.app.screen)]
            assert not [action for action in actions if any(bad in action for bad in FORBIDDEN)]
            await desk.press("escape", "ctrl+p")
            await until(desk.pilot, lambda: isinstance(desk.app.screen, CommandPalette))
            shown = screen_text(desk.app).lower()
            assert not [word for word in ("screenshot", "theme", "maximize") if word in shown]
            await desk.press("escape")
            await until(desk.pilot, lambda: isinstance(desk.app.screen, DeskScreen))


@live
async def test_no_action_of_a_desk_touches_the_host_s_disk_or_opens_anything(monkeypatch):
    """Every action that a key or the palette can reach on any page, run one by one."""
    touched = []

    def touch(name):
        return lambda *args, **kwargs: touched.append(name)

    async with Seat("commander") as desk:
        await desk.happens(inject(to=("commander",)), message(to=("commander",)))
        for page in PAGES:
            await desk.press(page)
        opened = builtins.open

        def reads_only(file, mode="r", *args, **kwargs):
            if set(mode) & set("wax+"):
                touched.append(f"open {file}")
            return opened(file, mode, *args, **kwargs)

        monkeypatch.setattr(builtins, "open", reads_only)
        monkeypatch.setattr(io, "open", reads_only)
        for name in ("write_text", "write_bytes", "mkdir", "touch"):
            monkeypatch.setattr(Path, name, touch(name))
        for name in ("system", "replace", "remove"):
            monkeypatch.setattr(os, name, touch(name))
        names = ("open_url", "save_screenshot", "deliver_screenshot", "deliver_text")
        for name in (*names, "deliver_binary", "action_suspend_process"):
            monkeypatch.setattr(App, name, touch(name))
        for name in ("open_url", "deliver_binary"):
            monkeypatch.setattr(Driver, name, touch(name))
        ran = set()
        for page in PAGES:
            await desk.press("escape", page)
            for active in list(desk.app.screen.active_bindings.values()):
                if active.binding.action in ("quit", "command_palette"):
                    continue
                ran.add(active.binding.action)
                await desk.app.run_action(active.binding.action, active.node)
                await settled(desk.app)
                if not isinstance(desk.app.screen, DeskScreen):
                    await desk.press("escape")
                    await until(desk.pilot, lambda: isinstance(desk.app.screen, DeskScreen))
        assert len(ran) > 15
        assert touched == []


@live
async def test_a_desk_never_holds_the_scenario():
    async with Seat() as seat:
        await seat.happens(inject())
        screen = seat.app.screen
        assert screen.moment.state.opened is None
        for page in PAGES:
            await seat.press(page)
        for node in screen.walk_children():
            moment = getattr(node, "moment", None)
            assert moment is None or moment.state.opened is None
