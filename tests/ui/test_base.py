"""The base of every terminal: language, help, palette, quitting, and line breaking in Chinese."""

import inspect
import pkgutil
import random
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich._wrap import divide_line
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from worlds_ui import (
    HOSTILE,
    FakeDesk,
    entry,
    inject,
    live,
    opening,
    press,
    screen_text,
    text,
    title,
    until,
    until_shown,
)

import drillkit.ui
from drillkit.core.chronicle import sentence
from drillkit.model import events as ev
from drillkit.model.base import LANGS
from drillkit.model.text import Line, Prose, TextTooLong
from drillkit.ui import chinese
from drillkit.ui.app import Terminal
from drillkit.ui.screens.desk import DeskScreen
from drillkit.ui.widgets.deadline import countdown, hurries, left
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.fields import Choices, Number, Picker, Words
from drillkit.words import say


def _nodes():
    for module in pkgutil.walk_packages(drillkit.ui.__path__, "drillkit.ui."):
        for _, found in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(found, DOMNode) and found.__module__ == module.name:
                yield found


def test_every_binding_has_an_id_and_words_in_both_languages():
    bindings = [binding for node in _nodes() for binding in node.__dict__.get("BINDINGS", ())]
    assert len(bindings) > 30
    for binding in bindings:
        assert isinstance(binding, Binding)
        assert binding.id, binding
        for lang in LANGS:
            assert say(lang, binding.description)
            assert say(lang, binding.tooltip)


@live
async def test_f2_switches_the_language_of_everything_on_the_screen():
    desk = FakeDesk("medical", [*opening("medical"), entry(9, 0, inject())])
    app = Terminal(DeskScreen(desk))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "Water in the basement")
        english = screen_text(app)
        await press(pilot, "f2")
        await until_shown(pilot, "地下室进水")
        assert "医疗协调员" in screen_text(app)
        for word in ("Water", "Inbox", "Medical", "Answer within", "Your words", "Help"):
            assert word in english
            assert word not in screen_text(app)
        await press(pilot, "f2")
        await until_shown(pilot, "Water in the basement")
        assert screen_text(app) == english


@live
async def test_help_tells_what_the_screen_is_for_and_lists_its_keys():
    app = Terminal(DeskScreen(FakeDesk("medical", opening("medical"))), "zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "情况通报")
        await press(pilot, "f1")
        await until_shown(pilot, "这是一个岗位的席位")
        assert "F3" in screen_text(app)
        assert "离开本终端" in screen_text(app)
        await press(pilot, "escape")
        await until(pilot, lambda: "这是一个岗位的席位" not in screen_text(app))


@live
async def test_the_palette_speaks_the_language_and_does_what_is_chosen():
    app = Terminal(DeskScreen(FakeDesk("medical", opening("medical"))), "zh")
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "情况通报")
        await press(pilot, "ctrl+p")
        await until_shown(pilot, "查找命令")
        await until_shown(pilot, "库存、需求、申请和在途物资")
        assert "Screenshot" not in screen_text(app)
        await press(pilot, "=物资")
        await until(pilot, lambda: "岗位的职责" not in screen_text(app))
        await press(pilot, "enter")
        await until_shown(pilot, "沙袋  后院仓库")


@live
async def test_quitting_asks_only_when_something_is_unsent():
    desk = FakeDesk("medical", [*opening("medical"), entry(9, 0, inject())])
    app = Terminal(DeskScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Water in the basement")
        await press(pilot, "enter", "tab", "H", "i", "ctrl+q")
        await until_shown(pilot, "is not sent yet")
        await press(pilot, "n")
        await until(pilot, lambda: "is not sent yet" not in screen_text(app))
        assert app._exit is False
        await press(pilot, "ctrl+q")
        await until_shown(pilot, "is not sent yet")
        await press(pilot, "y")
        await until(pilot, lambda: app._exit)


@live
async def test_quitting_with_nothing_unsent_leaves_at_once():
    app = Terminal(DeskScreen(FakeDesk("medical", opening("medical"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Briefing")
        await press(pilot, "ctrl+q")
        await until(pilot, lambda: app._exit)


@live
async def test_ctrl_c_says_how_to_leave_and_does_not():
    app = Terminal(DeskScreen(FakeDesk("medical", opening("medical"))), "zh")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "情况通报")
        await press(pilot, "ctrl+c")
        await until_shown(pilot, "按 ctrl+q 离开本终端")
        assert app._exit is False


# -- Chinese line breaking -------------------------------------------------------------------------

_MARKS = "，。、；：？！）》〉”’】」』〕…"


def _samples():
    dice = random.Random(7)
    letters = "水位大坝传感器读数 wo rd AB12 " + _MARKS + "（《“【「"
    for _ in range(500):
        yield "".join(dice.choice(letters) for _ in range(dice.randint(1, 60)))


def test_textual_breaks_chinese_between_characters_and_loses_nothing():
    chinese.install()
    for sample in _samples():
        lines = Content(sample).wrap(20)
        assert all(line.cell_length <= 20 for line in lines)
        assert "".join(line.plain for line in lines).split() == sample.split() or (
            "".join("".join(line.plain for line in lines).split()) == "".join(sample.split())
        )


def test_no_line_begins_with_a_closing_mark():
    chinese.install()
    said = "水位传感器读数异常，请立即检查：大坝（北段）、闸门。谢谢！"
    for width in range(6, 40):
        lines = [line.plain for line in Content(said).wrap(width)]
        assert not any(line[:1] in _MARKS for line in lines[1:]), (width, lines)


def test_rich_is_taught_as_well():
    chinese.install()
    assert divide_line("水位 大坝传感器读数异常", 8) != []
    assert divide_line("大坝传感器读数", 4) == [2, 4, 6]


# -- the feed --------------------------------------------------------------------------------------


def _feed_app(rows: int) -> tuple[Terminal, Feed[int]]:
    from textual.screen import Screen

    feed = Feed[int](lambda nth: Row((((f"row {nth}", ""),),)), empty="desk.log-empty")

    class Only(Screen[None]):
        def compose(self):
            yield feed

        def on_mount(self):
            feed.show(range(rows))
            feed.focus()

    return Terminal(Only()), feed


@live
async def test_a_feed_of_a_hundred_thousand_rows_draws_only_what_is_in_sight():
    app, feed = _feed_app(100_000)
    async with app.run_test(size=(40, 10)) as pilot:
        await until_shown(pilot, "row 0")
        await press(pilot, "end")
        await until_shown(pilot, "row 99999")
        assert "row 99989" not in screen_text(app)
        await press(pilot, "pageup")
        assert feed.chosen == 99_989
        assert len(feed._lines) <= 10


@live
async def test_a_feed_follows_new_rows_only_when_its_end_was_in_sight():
    app, feed = _feed_app(20)
    async with app.run_test(size=(40, 10)) as pilot:
        await until_shown(pilot, "row 0")
        feed.show(range(21))
        await pilot.pause()
        assert "row 20" not in screen_text(app)
        await press(pilot, "end")
        feed.show(range(22))
        await until_shown(pilot, "row 21")
        assert feed.chosen == 20


@live
async def test_a_click_points_and_the_wheel_scrolls():
    app, feed = _feed_app(50)
    async with app.run_test(size=(40, 10)) as pilot:
        await until_shown(pilot, "row 0")
        await pilot.click(Feed, offset=(3, 4))
        assert feed.chosen == 4
        feed._scroll(_Wheel(), 3)
        await pilot.pause()
        assert screen_text(app).startswith("row 3")


class _Wheel:
    def stop(self):
        """Nothing above would scroll."""


@live
async def test_an_empty_feed_says_so_in_whole_words():
    app, _ = _feed_app(0)
    async with app.run_test(size=(16, 10)) as pilot:
        await until_shown(pilot, "Nothing has")
        assert "happened yet." in screen_text(app)


# -- fields and times ------------------------------------------------------------------------------


class Node:
    """A stand-in for the node that asks: how its terminal counts is all that matters."""

    lang = "en"

    def __init__(self, *, counts_seconds):
        self.counts_seconds = counts_seconds

    def say(self, key, **values):
        return say(self.lang, key, **values)


FINE, COARSE = Node(counts_seconds=True), Node(counts_seconds=False)


@pytest.mark.parametrize(
    ("at", "fine", "coarse"),
    [
        (0, ("5:00", "time"), ("5 min", "time")),
        (1, ("5:00", "time"), ("5 min", "time")),
        (179_999, ("2:01", "time"), ("3 min", "time")),
        (180_000, ("2:00", "time"), ("2:00", "time")),
        (299_001, ("0:01", "time"), ("0:01", "time")),
        (300_000, ("! 5:00", "warning"), ("! 5 min", "warning")),
        (599_999, ("! 0:01", "warning"), ("! 0:01", "warning")),
        (600_000, ("!! +0:00", "late"), ("!! +0:00", "late")),
        (725_000, ("!! +2:05", "late"), ("!! +2 min", "late")),
    ],
)
def test_a_countdown_goes_to_the_target_then_to_the_limit_then_says_how_late(at, fine, coarse):
    due = ev.Due("medical", 300_000, 600_000)
    assert countdown(due, at, FINE) == fine
    assert countdown(due, at, COARSE) == coarse


@given(at=st.integers(0, 1_000_000))
def test_what_shows_seconds_is_drawn_every_second(at):
    due = ev.Due("medical", 300_000, 600_000)
    shows_seconds = ":" in countdown(due, at, COARSE)[0]
    assert hurries(due, at) or not shows_seconds


def test_a_second_that_has_begun_counts_whole():
    assert [left(ms, FINE) for ms in (1, 1000, 1001)] == ["0:01", "0:01", "0:02"]


@live
async def test_fields_take_hostile_text_and_keys():
    from textual.screen import Screen

    one, several = Choices(label="ui.choose-one"), Choices(several=True)
    picker, number, words = Picker("desk.item"), Number("desk.quantity"), Words("ui.your-words")

    class Fields(Screen[None]):
        def compose(self):
            yield from (one, several, picker, number, words)

        def on_mount(self):
            for field in (one, several, picker):
                field.offer([("a", "Alpha"), ("b", str(Prose(HOSTILE))), ("c", "Gamma")])
            one.focus()

    app = Terminal(Fields())
    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, "( ) Alpha")
        await press(pilot, "down", "enter", "up", "space")
        assert one.chosen == ("a",)
        await press(pilot, "tab", "space", "down", "space", "down")
        assert several.chosen == ("a", "b")
        await press(pilot, "tab", "right")
        assert picker.value == "b"
        await press(pilot, "g")
        assert picker.value == "c"
        await press(pilot, "tab", "x", "4", "2")
        assert number.number == 42
        await press(pilot, "tab", "=[/b] [TODO]")
        assert words.text == "[/b] [TODO]"
        assert "[x] [/b] [TODO] [@click=app.quit]x[/]" in screen_text(app)
        assert "11/8000" in screen_text(app)
        await pilot.click(Choices, offset=(2, 3))
        assert one.chosen == ("c",)


def test_a_sentence_with_hostile_words_is_plain_text():
    from drillkit.core.fold import fold
    from drillkit.core.names import Names

    entries = [*opening("medical"), entry(6, 1, ev.BroadcastMade(text=Prose(HOSTILE)))]
    said = sentence(entries[-1], Names(fold(entries)), "en")
    assert "\x1b" not in said
    assert "[TODO]" in said
    assert title("a", "甲").in_("zh") == "甲"
    assert text("a", "甲").in_("en") == "a"
    with pytest.raises(TextTooLong):
        Line("x" * 301)
