"""Lessons on the screen: the register, the lobby's card, the debrief, and a plan revised by keys."""

import sys
from dataclasses import replace
from pathlib import Path

import pexpect
import pytest
from worlds_lessons import a_lesson, a_register, a_sighting
from worlds_result import Drill, two
from worlds_ui import FakeDesk, live, press, screen_text, until, until_shown

from drillkit import packs
from drillkit.lessons.follow_up import reminder
from drillkit.lessons.register import Register
from drillkit.model import events as ev
from drillkit.ui.app import Terminal
from drillkit.ui.screens.debrief import DebriefScreen
from drillkit.ui.screens.lessons import LessonsScreen
from drillkit.ui.screens.lobby import LobbyScreen
from drillkit.ui.widgets.followed import reminders

HOSTILE = "[/b] [@click=app.quit]x[/] [/"


def screen(folder: Path) -> LessonsScreen:
    return LessonsScreen(Register(folder), on="2027-02-20", by="Safety")


@live
async def test_the_screen_lists_each_lesson_with_status_age_owner_and_due(tmp_path: Path):
    a_register(tmp_path, a_lesson(), a_lesson("verified", id="done"))
    app = Terminal(screen(tmp_path))
    async with app.run_test(size=(120, 24)) as pilot:
        await until_shown(pilot, "Key post taken late: Medic")
        shown = screen_text(app)
        for part in (
            "identified",
            "medic · 40 days · OVERDUE 2027-02-15",
            "verified",
            "Call earlier",
        ):
            assert part in shown
        await press(pilot, "o")
        assert "verified (" not in screen_text(app)


@live
async def test_a_lesson_is_agreed_assigned_implemented_by_keys(tmp_path: Path):
    a_register(tmp_path, a_lesson())
    app = Terminal(screen(tmp_path))

    def lesson():
        return Register(tmp_path).find("late-key-role-medic")

    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, "Key post taken late: Medic")
        await press(pilot, "a")
        await until_shown(pilot, "Agree that something is to be done")
        await press(pilot, "n")
        assert lesson().status == "identified"
        await press(pilot, "a", "y")
        await until(pilot, lambda: lesson().status == "agreed")
        await press(pilot, "s")
        await until_shown(pilot, "Due (2027-02-15)")
        await press(pilot, "tab", *["backspace"] * 10, "=2027-03-15", "ctrl+s")
        await until(pilot, lambda: lesson().due == "2027-03-15")
        await press(pilot, "i")
        await until_shown(pilot, "What was done?")
        await press(pilot, "=Text messages", "ctrl+s")
        await until(pilot, lambda: lesson().status == "implemented")
        last = lesson().steps[-1]
        assert (last.why, last.by, last.on) == ("Text messages", "Safety", "2027-02-20")
        await press(pilot, "enter")
        await until_shown(pilot, "implemented, Safety: Text messages")


@live
async def test_a_refused_step_is_said_and_nothing_is_lost(tmp_path: Path):
    a_register(tmp_path, a_lesson())
    (tmp_path / "bad.toml").write_text("level = 3", encoding="utf-8")
    app = Terminal(screen(tmp_path))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until_shown(pilot, "1 file could not be read.")
        await press(pilot, "x")
        await until_shown(pilot, "Why is it rejected?")
        await press(pilot, "ctrl+s")
        await until_shown(pilot, "Say why late-key-role-medic is rejected")
        assert Register(tmp_path).find("late-key-role-medic").status == "identified"


@live
async def test_hostile_text_in_a_lesson_stays_text(tmp_path: Path):
    title = {"en": HOSTILE, "zh": HOSTILE}
    a_register(tmp_path, a_lesson(title=title, text=title))
    app = Terminal(screen(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, HOSTILE)
        await press(pilot, "enter")
        await until_shown(pilot, f"To do: {HOSTILE}")


@live
async def test_an_empty_register_says_how_to_begin(tmp_path: Path):
    app = Terminal(screen(tmp_path / "none"), "zh")
    async with app.run_test(size=(100, 30)) as pilot:
        await until_shown(pilot, "lessons collect FILE.drill")
        await press(pilot, "a", "s", "i", "x", "enter", "escape")


# -- in a drill ------------------------------------------------------------------------------------


def remembering(drill: Drill) -> Drill:
    """The drill, opened with two lessons: one will hold, the other is not exercised enough."""
    lessons = (
        a_lesson("implemented"),
        a_lesson(id="other", title=two("Other"), tasks=["judged"], rule=""),
    )
    opened, briefing = drill.entries[0], drill.entries[1]
    assert isinstance(opened.event, ev.SessionOpened)
    assert isinstance(briefing.event, ev.BriefingGiven)
    told = tuple(reminder(lesson, drill.plan) for lesson in lessons)
    for entry, change in ((opened, {"lessons": lessons}), (briefing, {"lessons": told})):
        event = replace(entry.event, **change)
        drill.entries[entry.seq] = replace(entry, event=event)
    return drill


@live
async def test_the_lobby_shows_the_open_lessons_with_the_briefing():
    drill = remembering(Drill())
    desk = FakeDesk("medic", drill.entries[1:2])
    lobby = LobbyScreen("medic", "medic", lambda _: desk, desk, lambda _: None, person="Ann")
    app = Terminal(lobby)
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "2 open lessons of earlier drills")
        assert "• Key post taken late: Medic · Medic" in screen_text(app)


def test_a_briefing_lists_twelve_lessons_and_counts_the_others():
    told = reminder(a_lesson(), Drill().plan)
    text = "".join(
        part if isinstance(part, str) else part[0] for part in reminders([told] * 14, "en")
    )
    assert text.count("•") == 12
    assert text.endswith("and 2 more")
    assert reminders([], "en") == []


@live
async def test_the_debrief_says_which_lessons_held():
    drill = remembering(Drill()).call(0, "medic").arrive(3, "medic").end(60)
    app = Terminal(DebriefScreen(FakeDesk("facilitator", drill.entries)))
    async with app.run_test(size=(140, 40)) as pilot:
        await until_shown(pilot, "✓ held  Key post taken late: Medic")
        assert "○ open  Other  what it is about was not observed" in screen_text(app)
        await press(pilot, "2")
        await until_shown(pilot, "it measured 100.0 points (P)")
        await press(pilot, "enter")
        await until_shown(pilot, "▸")


# -- at a real terminal ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "accepted"), [("ynq", 1), ("na", 2), ("q", 0), ("nnn", 0), ("?yq", 1)]
)
def test_a_person_accepts_or_declines_each_change(tmp_path: Path, answers: str, accepted: int):
    pack = packs.find("riverside-hospital-flood")
    late = [
        a_lesson(
            id=f"late-role-{id}",
            rule="late-role",
            subject={"kind": "role", "id": id, "title": two(id)},
            drill=[{**a_sighting(), "took": 1_500_000}],
        )
        for id in ("supplies", "transport", "commander")
    ]
    a_register(tmp_path / "register", *late)
    words = ["-m", "drillkit", "lessons", "revise", "--plan", str(pack / "plan.toml")]
    words += [
        "--lessons",
        str(tmp_path / "register"),
        "--to",
        str(tmp_path / "next.toml"),
        "--on",
        "2026-08-01",
    ]
    child = pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=60, dimensions=(50, 200))
    for answer in answers:
        child.expect_exact("[q]uit: ")
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert (tmp_path / "next.toml").exists() is (accepted > 0)
    if accepted:
        assert f"{accepted} change" in child.before
