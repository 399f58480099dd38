"""A sheet to fill in beside a list: what is written stays until it has been accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from drillkit.model.commands import Command
from drillkit.model.events import FactRef
from drillkit.model.text import TextTooLong
from drillkit.ui.language import Speaks
from drillkit.ui.moment import Moment
from drillkit.ui.pages.page import Asked
from drillkit.ui.widgets.fields import Choices


class Sheet(Speaks, VerticalScroll, can_focus=False):
    """Composes into one command; after a refusal it stays as it is."""

    DEFAULT_CSS = """
    Sheet { height: 1fr; width: 1fr; padding: 0 1; border-left: solid $border-blurred; }
    Sheet > .sheet-head { text-style: bold; height: auto; }
    Sheet > .sheet-note { color: $text-muted; height: auto; margin-bottom: 1; }
    Sheet > Choices { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "keys.send", id="sheet.send", tooltip="keys.send-tip"),
        Binding("escape", "leave", "keys.leave-sheet", id="sheet.leave",
                tooltip="keys.leave-sheet-tip"),
    ]  # fmt: skip

    @dataclass
    class Left(Message):
        """Whoever filled it in has sent it, or goes back to the list."""

        sheet: "Sheet"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.head = Static(classes="sheet-head", markup=False)
        self.note = Static(classes="sheet-note", markup=False)
        self.display = False
        self._sending = False

    @property
    def has_unsent(self) -> bool:
        """Somebody has written something here."""
        raise NotImplementedError

    def command(self) -> Command:
        """What is asked for. Raises TextTooLong."""
        raise NotImplementedError

    def clear(self) -> None:
        """Make it a blank sheet."""
        raise NotImplementedError

    def head_is(self, head: str, note: str = "") -> None:
        self.head.update(Content(head))
        self.note.update(Content(note))
        self.note.display = bool(note)

    def action_send(self) -> None:
        if self._sending:
            return
        try:
            command = self.command()
        except TextTooLong as problem:
            self.notice("ui.too-long", length=problem.length, limit=problem.limit)
        else:
            self._sending = True
            self.post_message(Asked(command, self._came_back))

    def action_leave(self) -> None:
        self.post_message(self.Left(self))

    def _came_back(self, accepted: bool) -> None:
        self._sending = False
        if accepted:
            self.clear()
            self.post_message(self.Left(self))


class Citing(Sheet):
    """A sheet on which facts that the role knows can be cited."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.facts = Choices(several=True, label="desk.cite")
        self.flags = Choices(several=True, label="desk.marks")

    def offer_facts(self, moment: Moment, seats: Iterable[str]) -> None:
        """Show the facts that one of the seats knows, or that are public."""
        self.facts.offer([(fact.id, fact.title.in_(moment.lang)) for fact in known(moment, seats)])


def known(moment: Moment, seats: Iterable[str]) -> list[FactRef]:
    """The facts that one of the seats knows, the newest first."""
    state = moment.state
    since = dict(state.public)
    for seat in seats:
        since |= state.knows[seat]
    order = sorted(since, key=lambda fact: since[fact].seq, reverse=True)
    return [state.fact_refs[fact] for fact in order if fact in state.fact_refs]
