"""A small drill as the staff's screens see it, and an open terminal to press keys on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from worlds import Play
from worlds_ui import HOSTILE, FakeDesk, until

from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE, SECOND, Lang
from drillkit.model.commands import (
    AcknowledgeCall,
    AddInject,
    Adjudicate,
    Arrive,
    Command,
    DispatchSupplies,
    EndDrill,
    GiveResponse,
    JudgeConduct,
    MakeNote,
    SendMessage,
)
from drillkit.model.events import Entry
from drillkit.model.text import Line, Prose
from drillkit.report.drill import every
from drillkit.ui.app import Terminal
from scoring.assess import assess

WIDE, NARROW = (120, 40), (80, 24)


def a_play() -> Play:
    """Fifteen minutes of the small drill: two inject answers, a message, a shipment, a note."""
    play = Play()
    play.do("commander", AcknowledgeCall(), at=20 * SECOND)
    play.do("commander", Arrive(), at=MINUTE)
    play.do("liaison", Arrive(), at=MINUTE + 10 * SECOND)
    play.minutes(2)
    play.do(
        "commander",
        GiveResponse(inject="alarm", options=("pump-out",), text=Prose("Start all pumps")),
        at=200 * SECOND,
    )
    play.do(
        "liaison",
        SendMessage(to=("commander",), text=Prose("Water is rising"), ack=True),
        at=230 * SECOND,
    )
    play.minutes(6)
    play.do("supplies", Arrive())
    play.do(
        "supplies",
        DispatchSupplies(depot="north", site="gate", item="bag", quantity=30, need="bags-gate"),
    )
    play.minutes(15)
    play.do(EVALUATOR, MakeNote(text=Prose("Calm and quick"), task="act"))
    return play


def an_ended_play() -> Play:
    play = a_play().minutes(30)
    play.do(FACILITATOR, EndDrill())
    return play


def a_capped_play() -> Play:
    """A good drill with a false report: 87.7 as measured, 59.0 by the limit."""
    play = an_ended_play()
    rule = play.session.state.plan.reports[0].id
    play.do(EVALUATOR, JudgeConduct(rule=rule, conduct="false", why=Line("It was made up")))
    for measure in every(assess(play.session.state).combined.measure):
        if not measure.children and measure.standing == "value":
            play.do(FACILITATOR, Adjudicate(measure=measure.id, value=0.85, why=Line("Seen")))
    return play


def a_hostile_play() -> Play:
    """A play in which everybody writes what should harm a terminal."""
    play = a_play()
    text = Prose(HOSTILE)
    play.do("liaison", SendMessage(to=("commander",), text=text))
    play.do("liaison", GiveResponse(inject="call", text=text))
    play.do(EVALUATOR, MakeNote(text=text, task="act"))
    play.do(
        FACILITATOR,
        AddInject(title=Line(HOSTILE), body=text, sender="office", to=("commander",), limit=MINUTE),
    )
    return play


def a_desk(play: Play, seat: str = FACILITATOR) -> FakeDesk:
    desk = FakeDesk(seat, play.session.entries)
    desk.at = play.now
    return desk


def feed(desk: FakeDesk, entries: tuple[Entry, ...]) -> None:
    """Let the desk tell of these entries of the same play."""
    for entry in entries:
        desk.push(entry.event, by=entry.by, at=entry.at)


@asynccontextmanager
async def shown(
    screen: Screen[Any], size: tuple[int, int] = WIDE, lang: Lang = "en"
) -> AsyncIterator[Pilot]:
    """A terminal that shows the screen, drawn from all that its desk has told."""
    app = Terminal(screen, lang)
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: app.screen is screen and getattr(screen, "book", None))
        if getattr(screen, "ASSESSES_PLAY", False):
            await until(pilot, lambda: not screen.is_computing)
        yield pilot


async def opens(pilot: Pilot, kind: type[Screen[Any]]) -> Screen[Any]:
    """Wait until a screen of this kind is on top."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    return pilot.app.screen


async def types(pilot: Pilot, text: str) -> None:
    """Press the text's letters."""
    names = {" ": "space", ".": "full_stop", "-": "minus"}
    await pilot.press(*(names.get(letter, letter) for letter in text))


async def sends(pilot: Pilot, desk: FakeDesk, command: Command) -> None:
    """Wait until the desk has been asked for something; it must be this."""
    await until(pilot, lambda: desk.sent)
    assert desk.sent.pop(0) == command


def notices(pilot: Pilot) -> list[str]:
    return [str(notification.message) for notification in pilot.app._notifications]
