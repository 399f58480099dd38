"""A fake world for screens: a desk that is fed by hand, and the text that a screen shows."""

import asyncio
import functools
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path

import textual._wait
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot

from drillkit.core.script import Refused
from drillkit.desk import Batch, Pulse
from drillkit.model import events as ev
from drillkit.model.base import DIRECTOR, MINUTE, Text, Title
from drillkit.model.commands import Command
from drillkit.model.plan import Plan
from drillkit.model.text import Line, Prose

# Textual's pilot sleeps 20 ms and more around every key; what we wait for are conditions.
textual._wait.SLEEP_GRANULARITY = 0.002
textual._wait.SLEEP_IDLE = 0.001

HOSTILE = "[/b] [TODO] [@click=app.quit]x[/] [/ \x1b]52;c;aGk=\x07 \u202e \x9b2J end"
"""What a person may type or paste: markup, escapes, a bidi override."""

GOLDEN = Path(__file__).parent / "ui" / "golden"


def live(scene: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test on a loop of its own."""

    @functools.wraps(scene)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(scene(*args, **kwargs))

    return run


def screen_text(app: App) -> str:
    """What stands on the screen, line by line, without blanks at the ends."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def until(pilot: Pilot, condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Let the app work until the condition holds; AssertionError with the screen when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"it never came true; the screen shows:\n{screen_text(pilot.app)}")
        await asyncio.sleep(0.002)
    await pilot.pause()


async def settled(app: App) -> None:
    """All messages have been dealt with, and what they changed has its place on the screen."""
    quiet = 0
    deadline = time.monotonic() + 10
    while quiet < 5 and not app._exit and time.monotonic() < deadline:
        await asyncio.sleep(0.001)
        pumps = (app, *app.screen_stack, *app.screen.walk_children())
        waits = any(not pump._message_queue.empty() for pump in pumps)
        quiet = 0 if waits or app.screen._layout_required else quiet + 1


async def press(pilot: Pilot, *keys: str) -> None:
    """Press the keys one after another; "=some words" are put in at once, as pasting does."""
    for key in keys:
        if key.startswith("="):
            pilot.app.post_message(Paste(key[1:]))
        else:
            await pilot.press(key)
        await settled(pilot.app)


async def until_shown(pilot: Pilot, text: str) -> None:
    """Wait until the text stands on the screen; Chinese may be written without its half cells."""
    await until(pilot, lambda: text in screen_text(pilot.app))


def assert_golden(name: str, app: App) -> None:
    """The screen reads as noted in ui/golden; DRILLKIT_GOLDEN=1 notes it anew."""
    path = GOLDEN / f"{name}.txt"
    shown = screen_text(app) + "\n"
    if os.environ.get("DRILLKIT_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


class FakeDesk:
    """A desk whose entries come from the test and whose commands go nowhere but `sent`."""

    def __init__(self, seat: str, entries: Iterable[ev.Entry] = ()) -> None:
        self.seat = seat
        self.entries = list(entries)
        self.sent: list[Command] = []
        self.refusal: Refused | None = None
        self.at = 0
        self.speed = 1.0
        self.gate = asyncio.Event()
        """Cleared, what is sent waits for its answer."""
        self.gate.set()
        self._wake = asyncio.Event()

    def pulse(self) -> Pulse:
        return Pulse(self.at, self.speed)

    async def send(self, command: Command) -> tuple[ev.Entry, ...]:
        self.sent.append(command)
        await self.gate.wait()
        if self.refusal:
            raise self.refusal
        return ()

    def push(self, *events: ev.Event, by: str = DIRECTOR, at: int | None = None) -> None:
        """These happened now, or at `at` ms."""
        for event in events:
            self.entries.append(entry(len(self.entries), self.at if at is None else at, event, by))
        self._wake.set()

    async def follow(self) -> AsyncIterator[Batch]:
        told = len(self.entries)
        yield Batch(tuple(self.entries), fresh=True)
        while True:
            if told == len(self.entries):
                await self._wake.wait()
            self._wake.clear()
            new, told = self.entries[told:], len(self.entries)
            yield Batch(tuple(new))


def entry(seq: int, at: int, event: ev.Event, by: str = DIRECTOR) -> ev.Entry:
    return ev.Entry(seq=seq, at=at, wall=0, by=by, via=Line(), command=f"c{seq}", event=event)


def title(en: str, zh: str) -> Title:
    return Title(en=Line(en), zh=Line(zh))


def text(en: str, zh: str) -> Text:
    return Text(en=Prose(en), zh=Prose(zh))


def a_plan(**more: object) -> Plan:
    """A small plant with four roles and an outside partner."""

    def two(en: str, zh: str) -> dict[str, str]:
        return {"en": en, "zh": zh}

    def role(id: str, en: str, zh: str, **rest: object) -> dict[str, object]:
        duties = two(f"Does what a {en.lower()} does.", f"履行{zh}的职责。")
        return {"id": id, "title": two(en, zh), "duties": duties, **rest}

    return Plan.model_validate(
        {
            "id": "small-plan",
            "title": two("Flood plan", "防汛预案"),
            "organisation": two("Riverside hospital", "河畔医院"),
            "group": [{"id": "post", "title": two("Command post", "指挥部"), "quorum": 2}],
            "role": [
                role(
                    "commander",
                    "Incident commander",
                    "总指挥",
                    group="post",
                    key=True,
                    commander=True,
                    may=["command", "release"],
                    alternates=["logistics"],
                ),
                role(
                    "medical",
                    "Medical coordinator",
                    "医疗协调员",
                    group="post",
                    may=["report", "notify"],
                ),
                role("logistics", "Logistics", "物资保障", may=["supply"]),
                role("press", "Press officer", "新闻发言人", may=["release"]),
                role("fire", "Fire brigade", "消防队", outside=True),
            ],
            "channel": [{"sender": "medical", "to": ["commander", "logistics"]}],
            "report": [
                {
                    "id": "first-report",
                    "title": two("First report", "首报"),
                    "trigger": two("Patients are in danger.", "患者处于危险之中。"),
                    "sender": "medical",
                    "to": ["commander"],
                    "limit": "15m",
                    "element": [
                        {"id": "what", "title": two("What happened", "发生了什么")},
                        {"id": "how-many", "title": two("How many are affected", "受影响人数")},
                    ],
                }
            ],
            "release": {"drafters": ["press"], "approvers": ["commander"], "spokesperson": "press"},
            "item": [
                {
                    "id": "sandbag",
                    "title": two("Sandbags", "沙袋"),
                    "unit": two("bag", "袋"),
                    "floor": 50,
                },
                {"id": "pump", "title": two("Pumps", "水泵"), "unit": two("pump", "台")},
            ],
            "site": [
                {"id": "gate", "title": two("North gate", "北门")},
                {"id": "cellar", "title": two("Cellar", "地下室")},
            ],
            "depot": [
                {
                    "id": "yard",
                    "title": two("Yard", "后院仓库"),
                    "stock": [
                        {"item": "sandbag", "quantity": 400},
                        {"item": "pump", "quantity": 3},
                    ],
                    "vehicle": [{"id": "truck", "title": two("Truck", "卡车"), "capacity": 200}],
                },
            ],
            "route": [
                {"depot": "yard", "site": "gate", "time": "5m"},
                {"depot": "yard", "site": "cellar", "time": "8m"},
            ],
            "customer": [
                {
                    "id": "dialysis",
                    "title": two("Dialysis patients", "透析患者"),
                    "kind": "operational",
                    "grade": "high",
                    "treatment": two("Call each family.", "逐户电话通知。"),
                    "owner": "medical",
                    "notify_within": "20m",
                }
            ],
            **more,
        },
        context={"pack": True},
    )


def briefing(plan: Plan | None = None) -> ev.BriefingGiven:
    return ev.BriefingGiven(
        title=title("The river rises", "河水上涨"),
        family="natural_disaster",
        grade=2,
        briefing=text("It has rained for three days.", "雨已经下了三天。"),
        length=60 * MINUTE,
        plan=plan or a_plan(),
    )


def phase() -> ev.PhaseBegun:
    return ev.PhaseBegun(
        phase="one", title=title("Warning", "预警"), clock="2026-07-20 13:00", ratio=2.0, script=0
    )


def inject(id: str = "water", **more: object) -> ev.InjectReleased:
    """Water in the basement, for the medical coordinator, who has 2 minutes, 4 at most."""
    told: dict[str, object] = {
        "inject": id,
        "type": "expected-action",
        "title": title("Water in the basement", "地下室进水"),
        "body": text("Water stands 10 cm deep. What do you do?", "积水深达十厘米。您如何处置？"),
        "sender": "fire",
        "to": ("medical",),
        "means": "phone",
        "facts": (ev.FactRef("depth", title("10 cm of water", "积水十厘米")),),
        "options": (
            ev.Choice("move", title("Move the patients", "转移患者")),
            ev.Choice("wait", title("Wait and see", "先观察")),
        ),
        "due": (ev.Due("medical", 2 * MINUTE, 4 * MINUTE),),
        **more,
    }
    return ev.InjectReleased(**told)


def opening(*seats: str, plan: Plan | None = None) -> list[ev.Entry]:
    """A drill under way, in which these roles are at their posts."""
    events: list[ev.Event] = [briefing(plan), ev.DrillStarted(), phase()]
    for seat in seats:
        events += [ev.RoleCalled(role=seat), ev.CallAcknowledged(role=seat)]
        events += [ev.RoleArrived(role=seat, evidence="declared")]
    return [entry(seq, 0, event) for seq, event in enumerate(events)]
