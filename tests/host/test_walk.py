"""A walk through all that a participant can press over SSH: none of it reaches the host's machine,
the far end's clipboard, or what others know.
"""

import copy
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.app import App
from textual.driver import Driver
from textual.widgets import Input, TextArea
from worlds import SCENARIO, Play, a_scenario
from worlds_host import KEY, House, connected, on_loop, terminal, until
from worlds_ui import settled

from drillkit.host.admission import Admission
from drillkit.host.listening import listen
from drillkit.host.room import RemoteTerminal, Room
from drillkit.host.ssh import Gate, Limits
from drillkit.model.base import FACILITATOR, MINUTE
from drillkit.model.commands import Arrive, SendMessage, StartDrill
from drillkit.model.text import Prose
from drillkit.rehearse.play import SimClock
from drillkit.ui.palette import Keys
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.desk import _PAGES, DeskScreen
from drillkit.ui.screens.help import HelpScreen
from drillkit.ui.screens.lobby import LobbyScreen

SECRET = "Zanzibar"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_ACTS = ("subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
         "os.kill", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link",
         "os.system", "os.truncate", "pty.spawn", "shutil.", "socket.connect", "tempfile.",
         "webbrowser.", "sqlite3.")  # fmt: skip
_LEAVE = ("quit", "go_in", "command_palette")
"""What leads away from the screen that is walked through."""
_watched: list[list[str]] = []


def _audit(event: str, args: tuple[object, ...]) -> None:
    """The interpreter says what it is about to do, whoever asked for it."""
    if not _watched:
        return
    if event == "open":
        path, _, flags = args
        if isinstance(flags, int) and flags & _WRITES and "__pycache__" not in str(path):
            _watched[-1].append(f"open {path}")
    elif event.startswith(_ACTS):
        _watched[-1].append(event)


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was done to the machine meanwhile."""
    if not getattr(sys, "_drillkit_audit", False):
        sys.addaudithook(_audit)  # it cannot be taken back; without a list it does nothing
        sys._drillkit_audit = True
    done: list[str] = []
    for owner, names in (
        (App, ("open_url", "save_screenshot", "deliver_screenshot", "deliver_text", "suspend",
               "deliver_binary", "action_suspend_process", "action_screenshot")),
        (Driver, ("open_url", "deliver_binary", "suspend_application_mode")),
    ):  # fmt: skip
        for name in names:
            monkeypatch.setattr(owner, name, lambda *_, name=name, **__: done.append(name))
    _watched.append(done)
    try:
        yield done
    finally:
        _watched.pop()


def test_the_watch_sees_what_it_should(monkeypatch, tmp_path):
    with watched(monkeypatch) as done:
        (tmp_path / "a").write_text("x")
        (tmp_path / "a").read_text()
        os.system("true")
        App.open_url(None, "x")
    assert [one.split(" ")[0] for one in done] == ["open", "os.system", "open_url"]
    (tmp_path / "a").write_text("x")
    assert len(done) == 3


def a_secret_play() -> Play:
    """A drill in which all that a liaison must not know yet, or ever, holds one word."""
    told = copy.deepcopy(SCENARIO)
    for inject in told["inject"]:
        inject["notes"] = dict.fromkeys(("en", "zh"), f"{SECRET} notes")
        for expected in inject.get("expect", ()):
            expected["text"] = dict.fromkeys(("en", "zh"), f"{SECRET} expected")
        if "liaison" not in inject["to"]:
            for part in (inject, *inject.get("option", ())):
                for key in {"title", "body"} & part.keys():
                    part[key] = {lang: f"{SECRET} {part[key][lang]}" for lang in part[key]}
    return Play(a_scenario(**told), started=False)


class Walk:
    """One participant's terminal over SSH, with the app at its other end."""

    def __init__(self, play: Play, room: Room, screen) -> None:
        self.play = play
        self.room = room
        self.far = screen
        self.ran: set[tuple[str, type]] = set()
        """Actions, each with what it was run on."""

    @property
    def app(self) -> RemoteTerminal:
        return next(iter(self.room._apps.values()))

    async def run(self, action: str, node) -> None:
        with self.app._context():
            await self.app.run_action(action, node)
        await settled(self.app)

    async def to(self, page: str) -> None:
        await self.run(f"page('{page}')", self.app.screen)

    async def home(self, kind: type) -> None:
        """Leave whatever lies over the screen."""
        while not isinstance(self.app.screen, kind):
            with self.app._context():
                self.app.pop_screen()
            await settled(self.app)

    async def every_key(self, kind: type) -> None:
        """Run each binding that works now, one by one."""
        for active in list(self.app.screen.active_bindings.values()):
            action, node = active.binding.action, active.node
            if action not in _LEAVE and node.is_attached and (action, type(node)) not in self.ran:
                self.ran.add((action, type(node)))
                await self.run(action, node)
                await self.home(kind)

    async def every_command(self, kind: type) -> None:
        """Choose each entry of the palette that no key has been pressed for, one by one."""
        with self.app._context():
            hits = [hit async for hit in Keys(self.app.screen).discover()]
        for hit in hits:
            action, node = hit.command.args
            if action not in _LEAVE and (action, type(node)) not in self.ran:
                self.ran.add((action, type(node)))
                with self.app._context():
                    await hit.command()
                await settled(self.app)
                await self.home(kind)

    async def copy_everything(self) -> None:
        """Mark all text on the screen and in its fields, and copy it by every way there is."""
        screen = self.app.screen
        with self.app._context():
            screen.text_select_all()
            screen.action_copy_text()
            for field in screen.query("Input, TextArea").results(Input | TextArea):
                field.insert("12", 0) if isinstance(field, Input) else field.insert("12")
                field.select_all()
                field.action_copy()
                field.action_cut()
                assert "12" in self.app.clipboard
        await settled(self.app)

    def is_discreet(self) -> None:
        """Nothing that was ever sent tells what this role must not know, or writes a clipboard."""
        sent = bytes(self.far.received)
        assert SECRET.encode() not in sent, self.far.text
        assert b"\x1b]52" not in sent


async def a_room(play: Play) -> tuple[Room, House]:
    admission = Admission(time.monotonic)
    room = Room(play.session, SimClock(0, 0), "en", admission, lambda: None)
    codes = admission.issue(room.seats)
    house = House(Gate(admission, room.serve, Limits()), admission, codes)
    house.port = await house.gate.open(listen("127.0.0.1", 0), KEY)
    return room, house


@on_loop
async def test_nothing_that_a_participant_can_press_touches_anything_but_the_drill(monkeypatch):
    play = a_secret_play()
    room, house = await a_room(play)
    async with connected(house, "liaison") as connection:
        channel, screen = await terminal(connection, 100, 40)
        await until(lambda: "EXERCISE" in screen.text)
        walk = Walk(play, room, screen)
        with watched(monkeypatch) as done:
            await walk.copy_everything()
            channel.write(b"Ann\r")
            await until(lambda: "It rains." in screen.text)
            await walk.every_key(LobbyScreen)
            await walk.every_command(LobbyScreen)
            await walk.copy_everything()
            play.do(FACILITATOR, StartDrill())
            await until(lambda: isinstance(walk.app.screen, DeskScreen))
            play.do("commander", Arrive())
            play.do("commander", SendMessage(to=("supplies",), means="radio", text=Prose(SECRET)))
            play.until(12 * MINUTE)
            await until(lambda: "calls" in screen.text or "Call" in screen.text)
            for page in _PAGES:
                await walk.to(page)
                await walk.every_key(DeskScreen)
                await walk.to(page)
                await walk.every_command(DeskScreen)
                await walk.to(page)
                await walk.copy_everything()
                walk.is_discreet()
            await walk.run("help", walk.app)
            await until(lambda: isinstance(walk.app.screen, HelpScreen))
            await walk.copy_everything()
            await walk.home(DeskScreen)
            for raw in (b"\x1a", b"\x1c", b"\x03", b"\x16", b"\x10"):
                channel.write(raw)
                await settled(walk.app)
            await walk.home(DeskScreen)
        walk.is_discreet()
        assert done == []
        assert len(walk.ran) > 40, walk.ran
        channel.write(b"\x11")
        await until(lambda: screen.is_closed or isinstance(walk.app.screen, AskScreen))
    await house.gate.close()
