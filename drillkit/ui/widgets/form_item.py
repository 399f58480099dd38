"""One item of a form on the screen: what it asks, what was put down, and on what evidence."""

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from drillkit.model.form import (
    NOT_APPLICABLE,
    NOT_OBSERVED,
    CheckItem,
    ChoiceItem,
    DeductItem,
    Item,
    PointsItem,
    ScaleItem,
    WordsItem,
)
from drillkit.ui.keys import key
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.columns import DASH
from drillkit.ui.widgets.form_put import Put, Slip, unrated, values
from drillkit.words import listing
from scoring.forms import Proposal

_ENTRIES = 6
"""Entries that a line of evidence names; the debrief has them all."""
_LONGEST_NUMBER = 6
_UNRATED_KEYS = {NOT_OBSERVED: "n", NOT_APPLICABLE: "x"}


class ItemFace(Speaks, Widget, can_focus=True):
    """The item drawn: its title, and a line for all that may be chosen."""

    DEFAULT_CSS = """
    ItemFace { height: auto; width: 1fr; padding: 0 1; border-left: outer $background; }
    ItemFace:focus { border-left: outer $accent; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "confirm", "form.key-confirm", id="item.confirm", show=True),
        key("left", "turn(-1)", "form.key-less", id="item.less"),
        key("right,space", "turn(1)", "form.key-more", id="item.more"),
        key("n", f"say_unrated('{NOT_OBSERVED}')", "form.key-unobserved", id="item.unobserved",
            show=True),
        key("x", f"say_unrated('{NOT_APPLICABLE}')", "form.key-out", id="item.out", show=True),
        key("backspace,delete", "rub_out", "form.key-clear", id="item.clear"),
    ]  # fmt: skip

    @dataclass
    class Changed(Message):
        """Another answer stands here, by a person's hand."""

        put: Put

    @dataclass
    class Done(Message):
        """The person goes on to the next item."""

    def __init__(self, item: Item, proposal: Proposal | None) -> None:
        super().__init__(id=f"face-{item.id}")
        self.item = item
        self.proposal = proposal
        self.put = Put()
        self.is_proposed = False
        """What stands here is the evidence's, and nobody has confirmed it."""
        self.slip: Slip | None = None
        self._fresh = True
        """The next digit begins a number anew."""

    def show(self, put: Put, *, is_proposed: bool) -> None:
        """Let this stand here."""
        self.put, self.is_proposed, self.slip = put, is_proposed, None
        self.refresh(layout=True)

    def complain(self, slip: Slip) -> None:
        """Say what is wrong with it."""
        self.slip = slip
        self.refresh(layout=True)

    def relabel(self) -> None:
        super().relabel()
        self.refresh(layout=True)

    def on_focus(self) -> None:
        self._fresh = True

    # -- keys --------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A digit chooses an option, or is typed into a number."""
        sign = event.character or ""
        if not sign or sign not in "0123456789.":
            return
        event.stop()
        options = values(self.item)
        if isinstance(self.item, PointsItem | DeductItem):
            before = "" if self._fresh or self.put.choice else self.put.number
            if len(before) < _LONGEST_NUMBER:
                self._change(Put(number=before + sign, why=self.put.why))
            self._fresh = False
        elif sign.isdecimal() and 1 <= int(sign) <= len(options):
            self._choose(options[int(sign) - 1])

    def action_turn(self, by: int) -> None:
        """To the next option, or a step of points up or down."""
        match self.item:
            case PointsItem() as item:
                self._step(by * item.step, item.most, item.most)
            case DeductItem():
                self._step(by, 10 ** (_LONGEST_NUMBER - 1), 0)
            case _:
                options = values(self.item)
                now = self.put.choice or self.put.number
                place = options.index(now) + by if now in options else 0
                self._choose(options[max(0, min(place, len(options) - 1))])

    def _step(self, by: float, most: float, start: float) -> None:
        try:
            number = min(most, max(0.0, float(self.put.number) + by))
        except ValueError:
            number = start
        self._change(Put(number=f"{number:g}", why=self.put.why))

    def _choose(self, value: str) -> None:
        self._change(Put(number=value) if isinstance(self.item, ScaleItem) else Put(choice=value))

    def action_say_unrated(self, value: str) -> None:
        if value in unrated(self.item):
            self._change(Put(choice=value))

    def action_rub_out(self) -> None:
        """Take back the last figure of a number, or the choice."""
        if isinstance(self.item, PointsItem | DeductItem) and self.put.number:
            self._fresh = False
            self._change(replace(self.put, number=self.put.number[:-1]))
        else:
            self._change(Put())

    def action_confirm(self) -> None:
        """What stands here is right; on to the next item."""
        if self.is_proposed:
            self._change(self.put)
        self.post_message(self.Done())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "say_unrated" or parameters[0] in unrated(self.item)

    def _change(self, put: Put) -> None:
        self.show(put, is_proposed=False)
        self.post_message(self.Changed(put))

    # -- drawing -----------------------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def render(self) -> RenderResult:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        title = Content.styled(self.item.title.in_(self.lang) + self._mark(), "bold")
        return [
            line
            for part in (title, *self._body(), *self._notes())
            for line in part.wrap(max(8, width))
        ]

    def _mark(self) -> str:
        return " ▲" if isinstance(self.item, PointsItem) and self.item.optional else ""

    def _body(self) -> list[Content]:
        unrated_line = self._in_line(
            [(_UNRATED_KEYS[one], one, self.say(f"form.{one}")) for one in unrated(self.item)]
        )
        match self.item:
            case ChoiceItem() as item:
                options = [
                    self._option(str(nth), option.id, option.title.in_(self.lang))
                    for nth, option in enumerate(item.options, 1)
                ]
                return [*options, unrated_line]
            case CheckItem():
                both = [("1", "yes", self.say("form.yes")), ("2", "no", self.say("form.no"))]
                return [self._in_line(both) + unrated_line]
            case ScaleItem():
                line = self._in_line([("", place, place) for place in values(self.item)])
                ends = Content.styled(self.say("form.scale-ends"), "dim")
                return [Content.assemble(line, "  ", ends)]
            case PointsItem() as item:
                number = self._number(self.say("form.points", most=f"{item.most:g}"))
                return [number + unrated_line]
            case DeductItem() as item:
                worth = self.say("form.times", each=f"{item.each:g}", most=f"{item.most:g}")
                return [self._number(worth)]
            case WordsItem():
                return []

    def _option(self, sign: str, value: str, title: str) -> Content:
        is_on = value in (self.put.choice, self.put.number)
        mark = "( )" if not is_on else "(?)" if self.is_proposed else "(•)"
        style = "" if not is_on else "$warning" if self.is_proposed else "bold $success"
        lead = f"{sign} " if sign else ""
        return Content.assemble("  ", (lead, "dim"), (f"{mark} {title}", style))

    def _in_line(self, options: list[tuple[str, str, str]]) -> Content:
        return Content("").join([self._option(*option) for option in options])

    def _number(self, of: str) -> Content:
        style = "$warning" if self.is_proposed else "bold $success"
        number = self.put.number or DASH
        sign = "? " if self.is_proposed else ""
        return Content.assemble("  ", (f"{sign}{number}", style), (f" {of}", "dim"))

    def _notes(self) -> list[Content]:
        notes: list[Content] = []
        if self.proposal is not None:
            notes.append(Content.styled(f"  ≈ {self.evidence()}", "dim"))
        if self.is_proposed:
            notes.append(Content.styled(f"  {self.say('form.confirm')}", "$warning"))
        if self.slip is not None:
            said = self.say(self.slip.said, **self.slip.values)
            notes.append(Content.styled(f"  ! {said}", "bold $error"))
        return notes

    def evidence(self) -> str:
        """What the proposed answer rests on, in a sentence."""
        proposal = self.proposal
        assert proposal is not None
        if not proposal.words:
            return self.say("form.from-review")
        measure = self.say(proposal.words)
        if proposal.points is not None:
            measure = self.say("form.from-points", measure=measure, points=f"{proposal.points:.1f}")
        if not proposal.entries:
            return measure
        shown = listing(self.lang, [str(seq) for seq in proposal.entries[:_ENTRIES]])
        entries = shown + ("…" if len(proposal.entries) > _ENTRIES else "")
        n = len(proposal.entries)
        return self.say("form.from-entries", measure=measure, entries=entries, n=n)
