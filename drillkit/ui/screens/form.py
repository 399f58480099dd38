"""A form to fill in: sections and items one under the other, kept as a draft until handed in."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from drillkit.model.events import Answer, FormFilled
from drillkit.model.form import Form
from drillkit.model.weights import Cutoffs
from drillkit.ui.drafts import Drafts
from drillkit.ui.keys import key
from drillkit.ui.language import Speaks
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.widgets.form_box import ItemBox, box_of
from drillkit.ui.widgets.form_item import ItemFace
from drillkit.ui.widgets.form_put import Slip, answer_of, draft_of, from_draft, put_of
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.still import Still
from scoring.forms import CUTOFFS, Proposal, total

Send = Callable[[tuple[Answer, ...]], Awaitable[bool]]
"""Hands the answers in; False when they were refused, which has been said then."""


class _Body(VerticalScroll, can_focus=False):
    """The items; up and down go from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "app.focus_previous", "form.key-up", id="form.up"),
        key("down", "app.focus_next", "form.key-down", id="form.down"),
        key("pageup", "page_up", "keys.page-up", id="form.page-up"),
        key("pagedown", "page_down", "keys.page-down", id="form.page-down"),
    ]


class FormScreen(Speaks, Screen[bool]):
    """Fills in one form; the answer says whether it was handed in.

    `before` is what the same hand has handed in already, `proposals` what the evidence suggests:
    only what a person has confirmed is handed in.
    """

    ABOUT = "form.about"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "hand_in", "form.key-hand-in", id="form.hand-in", show=True),
        key("escape", "leave", "form.key-leave", id="form.leave", show=True),
    ]
    DEFAULT_CSS = """
    FormScreen #form-head { height: auto; padding: 0 1; background: $panel; }
    FormScreen .form-section { height: auto; padding: 0 1; margin-bottom: 1; color: $accent; }
    FormScreen _Body { height: 1fr; padding-top: 1; }
    """

    def __init__(
        self,
        form: Form,
        send: Send,
        drafts: Drafts,
        *,
        before: FormFilled | None = None,
        proposals: Mapping[str, Proposal] | None = None,
        cutoffs: Cutoffs = CUTOFFS,
    ) -> None:
        super().__init__()
        self.form = form
        self._send = send
        self._drafts = drafts
        self._before = before
        self._cutoffs = cutoffs
        self._head = Still(id="form-head")
        self._titles = {section.id: Static(classes="form-section") for section in form.sections}
        given = {answer.item: answer for answer in before.answers} if before else None
        self._boxes: dict[str, ItemBox] = {}
        for item in form.items():
            draft = drafts.get(self._key(item.id))
            put = from_draft(draft) if draft else None
            if put is None and given is not None:
                put = put_of(given.get(item.id))
            proposal = (proposals or {}).get(item.id)
            self._boxes[item.id] = box_of(item, put, proposal)
        self._is_sending = False

    def compose(self) -> ComposeResult:
        yield self._head
        with _Body(id="form-body"):
            yield from self.above()
            for section in self.form.sections:
                yield self._titles[section.id]
                for item in section.items:
                    yield self._boxes[item.id]
        yield KeyLine(self)

    def above(self) -> Iterator[Widget]:
        """What stands above the first section."""
        yield from ()

    def on_mount(self) -> None:
        self.enter()
        self._tell()

    def enter(self) -> None:
        """Put the focus where one begins."""
        next(iter(self._boxes.values())).enter()

    @property
    def has_unsent(self) -> bool:
        return any(box.is_touched for box in self._boxes.values())

    def relabel(self) -> None:
        super().relabel()
        for section in self.form.sections:
            self._titles[section.id].update(
                Content.styled(section.title.in_(self.lang), "bold underline")
            )
        self._tell()

    # -- what is put down --------------------------------------------------------------------------

    def _key(self, item: str) -> str:
        """Where the drafts have what is put down for this item."""
        return f"form-{self.form.id}-{item}"

    def on_item_box_changed(self, event: ItemBox.Changed) -> None:
        """Keep it, as soon as it stands there."""
        event.stop()
        self._drafts.put(self._key(event.box.item.id), draft_of(event.box.put))
        self._tell()

    def on_item_face_done(self, event: ItemFace.Done) -> None:
        event.stop()
        self.focus_next()

    def _answers(self) -> dict[str, Answer | Slip]:
        """What is put down by a person, item by item; what is empty or only proposed is not."""
        found = {
            id: answer_of(box.item, box.put)
            for id, box in self._boxes.items()
            if not box.is_proposed
        }
        return {id: one for id, one in found.items() if one is not None}

    def _tell(self) -> None:
        """Say in the head how far it is filled in, and what it comes to."""
        answers = [one for one in self._answers().values() if isinstance(one, Answer)]
        waiting = sum(box.is_proposed for box in self._boxes.values())
        parts = [self.say("form.filled", n=len(answers), of=len(self._boxes))]
        if waiting:
            parts.append(self.say("form.waiting", n=waiting))
        sum_ = total(self.form, answers, self._cutoffs)
        if sum_.score is not None:
            score = self.say(
                "form.score", score=f"{sum_.score:.2f}", coverage=f"{sum_.coverage:.0%}"
            )
            grade = sum_.grade
            parts.append(score + (self.say(f"result.grade-{grade}") if grade else ""))
        if self._before is not None:
            parts.append(self.say("form.replaces"))
        title = self.form.title.in_(self.lang)
        self._head.update(Content.assemble((title, "bold"), "  ", (" · ".join(parts), "dim")))

    # -- handing in --------------------------------------------------------------------------------

    @work(group="ask", exclusive=True)
    async def action_hand_in(self) -> None:
        """Send what is put down; go to the first thing that is wrong."""
        if self._is_sending:
            return
        found = self._answers()
        for id, one in found.items():
            if isinstance(one, Slip):
                self._boxes[id].complain(one)
                return
        if not found:
            self.notice("refused.empty")
            return
        proposed = [box for box in self._boxes.values() if box.is_proposed]
        empty = [box for id, box in self._boxes.items() if id not in found and not box.is_proposed]
        left = (("form.unconfirmed", proposed), ("form.empty", empty))
        said = "\n".join(self.say(word, n=len(boxes)) for word, boxes in left if boxes)
        if said and not await self.app.push_screen_wait(AskScreen("form.hand-in-so", left=said)):
            (*proposed, *empty)[0].enter()
            return
        self._is_sending = True
        answers = tuple(one for one in found.values() if isinstance(one, Answer))
        accepted = await self._send(answers)
        self._is_sending = False
        if accepted:
            self.handed_in()
            self.dismiss(True)

    def handed_in(self) -> None:
        """It is on disk: what was put down is no draft any more."""
        for id in self._boxes:
            self._drafts.drop(self._key(id))

    def action_leave(self) -> None:
        """Back to the screen below; what is put down is kept."""
        if self.has_unsent:
            self.remark("form.kept")
        self.dismiss(False)
