"""What goes onto the wire: whatever a widget is given to show, no byte of it drives a terminal."""

import asyncio
import re

import pyte
import pytest
from rich.segment import Segment
from rich.text import Text
from textual.app import ComposeResult
from textual.color import Color
from textual.content import Content
from textual.screen import Screen
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Input,
    Label,
    Log,
    OptionList,
    RadioButton,
    RichLog,
    Static,
    TextArea,
)
from textual.widgets.option_list import Option
from worlds_host import on_loop, until

from drillkit.host.filters import Sieve
from drillkit.host.terminal import ChannelTerminal

PAYLOADS = [
    "\x1b]52;c;aGk=\x07",  # writes the clipboard
    "\x1b]0;title\x07",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[77;88r",
    "\x1b[99;99H",
    "\x1b[?1337h",
    "\x1bP+q544e\x1b\\",  # asks the terminal, and types the answer
    "\x1b_Gf=24;AAAA\x1b\\",
    "\x1b^private\x1b\\",
    "\x1b[>0q",
    "\x1bc",
    "\x1b#8",
    "\x9b77;88r",
    "\x9d52;c;aGk=\x9c",
    "\x90q\x9c",
    "\x00",
    "\x07\x08\x0b\x0c",
    "\x0e\x0f",
    "\x05",
    "\x7f",
    "\x84\x85\x8d",
    "\u2028\u2029",
    "\u202a\u202b\u202d\u202e\u202c",
    "\u2066\u2067\u2068\u2069",
    "\ufeff",
    "\ud800\udfff",
]
OURS = re.compile(r"\x1b\[[?<>=]?[\d;]*\$?[@-~]|\x1b\]22;[a-z-]*\x07|\n")
"""What Textual writes by itself: control sequences, shapes of the pointer, and ends of lines."""
HARMLESS = "王芳 👩‍👩‍👧 🇨🇳 👍🏽 ❤️ é नमस्ते می‌خواهم ﷺ"
KINDS = 15


class Wire:
    """A channel that keeps what is sent."""

    size = (80, 60)
    environment = {"TERM": "xterm-256color"}  # noqa: RUF012

    def __init__(self) -> None:
        self.sent = ""

    def send(self, text: str, *, must: bool = False) -> None:
        self.sent += text.encode("utf-8", "replace").decode()

    def hold(self, held: bool, /) -> None: ...

    def hang_up(self) -> None: ...

    on_input = on_resize = staticmethod(lambda *_: None)


class Everything(Screen[None]):
    """The same text in a widget of each kind, numbered."""

    CSS = """
    Everything > * { height: 3; }
    Everything > Log, Everything > RichLog { height: 5; }
    Static.framed { border: solid red; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        kinds = iter(f"{chr(ord('A') + n)}({self.text})" for n in range(KINDS))
        yield Static(next(kinds), markup=False)
        yield Static(Content(next(kinds)))
        yield Label(next(kinds), markup=False)
        yield Input(next(kinds))
        yield Input(placeholder=next(kinds))
        yield TextArea(next(kinds))
        yield Button(Content(next(kinds)))
        yield Checkbox(Content(next(kinds)))
        yield RadioButton(Content(next(kinds)))
        yield OptionList(Option(Content(next(kinds))))
        framed = Static("", classes="framed")
        framed.border_title = Content(next(kinds))
        framed.border_subtitle = Content(next(kinds))
        yield framed
        table = DataTable[Text]()
        table.add_column("x")
        yield table
        log, rich_log = Log(), RichLog()
        yield log
        yield rich_log
        self.rest = (table, log, rich_log, list(kinds))

    def on_mount(self) -> None:
        table, log, rich_log, texts = self.rest
        table.add_row(Text(texts[0]))
        log.write_line(texts[1])
        rich_log.write(texts[2].replace("\n", ""))
        self.notify(f"Z({self.text})", markup=False)


async def on_the_wire(screen: Screen[None], shown: str) -> tuple[str, ChannelTerminal]:
    """What the wire carried when all of `shown` could be read."""
    wire = Wire()
    app = ChannelTerminal(screen, "en", wire)
    running = asyncio.create_task(app.run_async(size=wire.size))
    seen = pyte.Screen(*wire.size)

    def reads() -> bool:
        seen.reset()
        pyte.Stream(seen).feed(wire.sent)
        return all(f"{mark}(" in "\n".join(seen.display) for mark in shown)

    try:
        await until(reads)
        app.copy_to_clipboard(f"{screen!r}")
    finally:
        app.exit()
        await running
    return wire.sent, app


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@on_loop
async def test_no_widget_sends_what_drives_a_terminal(payload: str):
    marks = "".join(chr(ord("A") + n) for n in range(KINDS)) + "Z"
    sent, _ = await on_the_wire(Everything(payload), marks)
    assert payload not in sent
    rest = OURS.sub("", sent)
    assert sorted({sign for sign in rest if not sign.isprintable()}) == []


@on_loop
async def test_the_other_scripts_and_joined_emoji_arrive_whole():
    sent, _ = await on_the_wire(Everything(HARMLESS), "AZ")
    assert sent.count(HARMLESS) >= 8


@on_loop
async def test_what_is_copied_never_reaches_the_clipboard_of_the_far_end():
    sent, app = await on_the_wire(Everything("x"), "AZ")
    assert "\x1b]52" not in sent
    assert "Everything" in app.clipboard


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_the_sieve_leaves_style_and_width(payload: str):
    sieve, black = Sieve(), Color(0, 0, 0)
    before = [Segment("医生 "), Segment(f"a{payload}b"), Segment("👩‍👩‍👧 e\u0301")]
    after = sieve.apply(before, black)
    assert [one.text for one in (after[0], after[2])] == [
        one.text for one in (before[0], before[2])
    ]
    assert after[1].text.encode("utf-8", "replace").decode().isprintable()
    assert after[1].text[0] + after[1].text[-1] == "ab"
    assert Segment.get_line_length(after) == Segment.get_line_length(before)
    assert sieve.apply(after[1:2], black) == after[1:2]
