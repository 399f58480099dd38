"""What the facilitator does: run the clock, steer injects, speak, correct, take seats."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from drillkit.core.clocks import face, script_time
from drillkit.core.script import Refused
from drillkit.desk import Desk
from drillkit.model.base import MINUTE, Millis
from drillkit.model.commands import (
    AddInject,
    Broadcast,
    CallOut,
    Command,
    DeferInject,
    EndDrill,
    FreeInject,
    HoldInject,
    JumpToNext,
    PauseDrill,
    ReleaseInject,
    ResumeDrill,
    SendMessage,
    SetSpeed,
    SkipInject,
    StartDrill,
    VoidEntry,
)
from drillkit.model.events import Entry
from drillkit.ui.drafts import Drafts
from drillkit.ui.keys import key
from drillkit.ui.relief import Relief
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.asking import AskingScreen
from drillkit.ui.screens.checks import (
    MEANS,
    a_message,
    a_speed,
    a_text,
    an_inject,
    chosen_means,
    minutes_and_reason,
)
from drillkit.ui.screens.dialogs import (
    Field,
    LineField,
    OneField,
    Options,
    ProseField,
    SeveralField,
)
from drillkit.ui.screens.hot_seat import HotSeat
from drillkit.ui.screens.seats import SeatsScreen
from drillkit.ui.unfinished import unfinished
from drillkit.ui.widgets.timeline import Cue
from drillkit.words import say

SPEEDS = (0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 60.0, 120.0, 600.0, 3600.0)

_IN_PLAY = {
    *("run", "faster", "speed", "end"),
    *("release", "hold", "defer", "skip", "jump", "add", "broadcast", "partner", "call_out"),
}
"""The actions that a drill that is over takes no more."""


class Steering(AskingScreen):
    """The facilitator's commands; a subclass says what is chosen and shows the drill."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "run", "control.key-run", id="control.run", show=True),
        key("r", "release", "control.key-release", id="control.release", show=True),
        key("h", "hold", "control.key-hold", id="control.hold", show=True),
        key("d", "defer", "control.key-defer", id="control.defer"),
        key("x", "skip", "control.key-skip", id="control.skip"),
        key("n", "jump", "control.key-jump", id="control.jump"),
        key("a", "add", "control.key-add", id="control.add", show=True),
        key("b", "broadcast", "control.key-broadcast", id="control.broadcast"),
        key("m", "partner", "control.key-partner", id="control.partner"),
        key("s", "seat", "control.key-seat", id="control.seat", show=True),
        key("c", "call_out", "control.key-call-out", id="control.call-out"),
        key("v", "void", "control.key-void", id="control.void"),
        key("plus,equals_sign", "faster(1)", "control.key-faster", id="control.faster"),
        key("minus", "faster(-1)", "control.key-slower", id="control.slower"),
        key("p", "speed", "control.key-speed", id="control.speed"),
        key("ctrl+e", "end", "control.key-end", id="control.end", show=True),
    ]

    def __init__(
        self,
        desk: Desk,
        take_seat: Callable[[str], Desk],
        stand_ins: Relief,
    ) -> None:
        super().__init__(desk)
        self._take_seat = take_seat
        self.stand_ins = stand_ins
        self._seats = dict[str, Desk]()
        self._drafts = defaultdict[str, Drafts](Drafts)

    # -- what a subclass says ----------------------------------------------------------------------

    def chosen_cue(self) -> Cue | None:
        """The inject that the commands are about."""
        raise NotImplementedError

    def chosen_entry(self) -> Entry | None:
        """The entry that the commands are about."""
        raise NotImplementedError

    def cues(self) -> Sequence[Cue]:
        """The script as it stands."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """After the end nothing is steered any more."""
        return action not in _IN_PLAY or self.moment.state.stage != "ended"

    # -- the clock ---------------------------------------------------------------------------------

    @work(group="ask")
    async def action_run(self) -> None:
        """Start, pause or go on."""
        match self.moment.state.stage:
            case "briefing":
                if await self.app.push_screen_wait(self._start_question()):
                    await self.ask(StartDrill())
            case "running":
                await self.ask(PauseDrill())
            case "paused":
                await self.ask(ResumeDrill())
            case _:
                self.notice("refused.ended")

    def _start_question(self) -> AskScreen:
        players = len(self.book.script.players) if self.book else 0
        first = next((cue for cue in self.cues() if cue.planned is not None), None)
        return AskScreen(
            "control.ask-start",
            n=players,
            title=first.title if first else "",
            time=face(first.planned or 0) if first else "",
        )

    @work(group="ask")
    async def action_jump(self) -> None:
        if not self.moment.state.is_open:
            self._not_open()
            return
        following = self._following()
        if following is None:
            self.notice("refused.nothing-ahead")
            return
        cue, by = following
        if not await self.asks_sure("control.ask-jump", title=cue.title, by=face(by)):
            return
        still = self._following()
        if still is None or still[0].inject != cue.inject:  # it came while the question stood
            self.notice("control.came-meanwhile", title=cue.title)
            return
        await self.ask(JumpToNext())

    def _following(self) -> tuple[Cue, Millis] | None:
        """The next planned inject, and how far ahead of the script it stands."""
        now = script_time(self.moment.state, self.desk.pulse().at)
        ahead = [
            (cue, cue.planned - now)
            for cue in self.cues()
            if cue.status == "planned" and cue.planned is not None and cue.planned > now
        ]
        return min(ahead, key=lambda each: each[1]) if ahead else None

    @work(group="ask")
    async def action_faster(self, step: int) -> None:
        now = self.moment.state.speed
        ahead = [speed for speed in SPEEDS if (speed > now if step > 0 else speed < now)]
        if ahead:
            await self.ask(SetSpeed(speed=ahead[0] if step > 0 else ahead[-1]))

    @work(group="ask")
    async def action_speed(self) -> None:
        field = LineField("speed", "control.speed", f"{self.moment.state.speed:g}")
        filled = await self.asks_form("control.speed-title", [field], check=a_speed)
        if filled:
            await self.ask(SetSpeed(speed=float(filled.lines["speed"])))

    @work(group="ask")
    async def action_end(self) -> None:
        state = self.moment.state
        if not state.is_open:
            self._not_open()
            return
        left = unfinished(state, self.lang)
        about = "\n".join(left) or self.say("control.nothing-open")
        fields: list[Field] = [
            LineField("why", "control.why-optional"),
            SeveralField("how", "", [("aborted", self.say("control.aborted"))]),
        ]
        filled = await self.asks_form("control.end-title", fields, about=about)
        if filled:
            await self.ask(
                EndDrill(why=filled.lines["why"], aborted="aborted" in filled.several["how"])
            )

    def _not_open(self) -> None:
        stage = self.moment.state.stage
        self.notice("refused.ended" if stage == "ended" else "refused.not-started")

    # -- the script --------------------------------------------------------------------------------

    @work(group="ask")
    async def action_release(self) -> None:
        if (cue := self._to_come()) and await self.asks_sure(
            "control.ask-release", title=cue.title
        ):
            await self.ask(ReleaseInject(inject=cue.inject))

    @work(group="ask")
    async def action_hold(self) -> None:
        """Keep the chosen inject back, or let it go its way again."""
        cue = self._to_come()
        if cue is None:
            return
        if cue.status == "held":
            await self.ask(FreeInject(inject=cue.inject))
        elif why := await self.asks_why("control.hold-title", cue.title):
            await self.ask(HoldInject(inject=cue.inject, why=why))

    @work(group="ask")
    async def action_skip(self) -> None:
        cue = self._to_come()
        if cue and (why := await self.asks_why("control.skip-title", cue.title)):
            await self.ask(SkipInject(inject=cue.inject, why=why))

    @work(group="ask")
    async def action_defer(self) -> None:
        cue = self._to_come()
        if cue is None:
            return
        fields = [LineField("minutes", "control.minutes", "5"), LineField("why", "control.why")]
        filled = await self.asks_form(
            "control.defer-title", fields, about=cue.title, check=minutes_and_reason
        )
        if filled:
            by = round(float(filled.lines["minutes"]) * MINUTE)
            await self.ask(DeferInject(inject=cue.inject, by=by, why=filled.lines["why"]))

    @work(group="ask")
    async def action_add(self) -> None:
        partners, players = self._roles(outside=True), self._roles(outside=False)
        fields: list[Field] = [
            LineField("title", "control.title"),
            ProseField("body", "control.body"),
            SeveralField("to", "control.to", players),
            OneField("sender", "control.sender", [*partners, *players]),
            OneField("means", "control.means", self._means(), "phone"),
            LineField("limit", "control.answer-within", "0"),
        ]
        filled = await self.asks_form("control.add-title", fields, check=an_inject)
        if filled:
            await self.ask(
                AddInject(
                    title=filled.lines["title"],
                    body=filled.proses["body"],
                    sender=filled.ones["sender"],
                    to=filled.several["to"],
                    means=chosen_means(filled),
                    limit=round(float(filled.lines["limit"] or 0) * MINUTE),
                )
            )

    def _to_come(self) -> Cue | None:
        """The chosen inject, if it has not been released; else a notice says so."""
        cue = self.chosen_cue()
        if cue is None:
            self.notice("control.none-chosen")
        elif cue.status == "skipped":
            self.notice("refused.already-skipped")
        elif cue.status not in ("planned", "held"):
            self.notice("refused.already-released")
        else:
            return cue
        return None

    # -- people ------------------------------------------------------------------------------------

    @work(group="ask")
    async def action_broadcast(self) -> None:
        fields = [ProseField("text", "control.text")]
        filled = await self.asks_form("control.broadcast-title", fields, check=a_text)
        if filled:
            await self.ask(Broadcast(text=filled.proses["text"]))

    @work(group="ask")
    async def action_call_out(self) -> None:
        if await self.asks_sure("control.ask-call-out"):
            await self.ask(CallOut())

    @work(group="ask")
    async def action_partner(self) -> None:
        """Say something in the name of an outside partner."""
        partners = self._roles(outside=True)
        if not partners:
            self.notice("control.no-partners")
            return
        fields: list[Field] = [
            OneField("sender", "control.sender", partners, self._addressed()),
            SeveralField("to", "control.to", self._roles(outside=False)),
            OneField("means", "control.means", self._means(), "phone"),
            ProseField("text", "control.text"),
        ]
        filled = await self.asks_form("control.partner-title", fields, check=a_message)
        if filled:
            command = SendMessage(
                to=filled.several["to"], text=filled.proses["text"], means=chosen_means(filled)
            )
            await self._ask_as(filled.ones["sender"], command)

    def _addressed(self) -> str:
        """The outside partner that the chosen entry was addressed to, if any."""
        entry = self.chosen_entry()
        to: tuple[str, ...] = getattr(entry.event, "to", ()) if entry else ()
        roles = self.book.script.roles if self.book else {}
        return next((role for role in to if role in roles and roles[role].outside), "")

    @work(group="ask")
    async def action_seat(self) -> None:
        """Sit down in any role's place; leaving its screen comes back here."""
        if self.book is None:
            return
        role = await self.app.push_screen_wait(
            SeatsScreen(self.book, self.moment, self.stand_ins.simulated)
        )
        if role:
            if role in self.stand_ins.simulated:
                self.notice("control.stand-in-rests")
            rise = self.stand_ins.relieve(role)
            seat = HotSeat(self._seat_at(role), self._drafts[role])
            self.app.push_screen(seat, lambda _: rise())

    @work(group="ask")
    async def action_void(self) -> None:
        entry, state = self.chosen_entry(), self.moment.state
        if entry is None:
            self.notice("control.no-entry")
            return
        if entry.seq in state.voided:
            self.notice("refused.already-voided", entry=entry.seq)
            return
        if entry.seq not in state.correctable:
            self.notice("refused.not-correctable", entry=entry.seq)
            return
        about = self.told(entry)
        if why := await self.asks_why("control.void-title", about, entry=entry.seq):
            await self.ask(VoidEntry(entry=entry.seq, why=why))

    # -- helps -------------------------------------------------------------------------------------

    def _seat_at(self, role: str) -> Desk:
        if role not in self._seats:
            self._seats[role] = self._take_seat(role)
        return self._seats[role]

    async def _ask_as(self, role: str, command: Command) -> None:
        try:
            await self._seat_at(role).send(command)
        except Refused as refusal:
            self.notice(refusal.key, **refusal.values)

    def _roles(self, *, outside: bool) -> Options:
        if self.book is None:
            return ()
        return [
            (role.id, role.title.in_(self.lang))
            for role in self.book.script.plan.roles
            if role.outside is outside
        ]

    def _means(self) -> Options:
        return [(means, say(self.lang, f"log.means.{means}")) for means in MEANS]
