"""What forms are filled in with: choices, one of several, a number, and words of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from drillkit.model.text import Prose
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.dial import Dial

Options = Sequence[tuple[str, str]]
"""What can be chosen: (id, title) each."""


class Choices(Speaks, Widget, can_focus=True):
    """Options below each other, one or several of which are chosen. Long titles are wrapped."""

    DEFAULT_CSS = """
    Choices { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "keys.up", id="choices.up", tooltip="keys.up-tip", show=False),
        Binding("down", "move(1)", "keys.down", id="choices.down", tooltip="keys.down-tip",
                show=False),
        Binding("space,enter", "choose", "keys.choose", id="choices.toggle",
                tooltip="keys.choose-tip"),
    ]  # fmt: skip

    @dataclass
    class Changed(Message):
        """Another choice was made."""

        choices: "Choices"

        @property
        def control(self) -> "Choices":
            return self.choices

    def __init__(self, *, several: bool = False, label: str = "", id: str | None = None) -> None:
        """`label` is the words key of what is chosen."""
        super().__init__(id=id)
        self.several = several
        self._label = label
        self._options: Options = ()
        self._chosen: tuple[str, ...] = ()
        self._at = 0
        self._lines: list[tuple[int, Content]] = []

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of what is chosen, in the order of the options."""
        return tuple(id for id, _ in self._options if id in self._chosen)

    def offer(self, options: Options, chosen: Sequence[str] | None = None) -> None:
        """Show these options; what was chosen stays so unless `chosen` says otherwise."""
        if chosen is not None:
            self._chosen = tuple(chosen)
        self._options = options
        self._at = max(0, min(self._at, len(options) - 1))
        self.display = bool(options)
        self.refresh(layout=True)

    def relabel(self) -> None:
        super().relabel()
        self.refresh(layout=True)

    def _wrap(self, width: int) -> list[tuple[int, Content]]:
        """The lines, each with the place of its option; -1 for the label."""
        lines = [(-1, Content.styled(self.say(self._label), "dim"))] if self._label else []
        for place, (id, title) in enumerate(self._options):
            on = id in self._chosen
            mark = ("[x] " if on else "[ ] ") if self.several else ("(•) " if on else "( ) ")
            style = "bold" if on else ""
            for nth, part in enumerate(Content(title).wrap(max(8, width - 4))):
                line = Content.assemble((" " * 4 if nth else mark, style), part.stylize(style))
                if place == self._at and self.has_focus:
                    line = line.pad_right(max(0, width - line.cell_length)).stylize("on #005f87")
                lines.append((place, line))
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._wrap(width))

    def render(self) -> RenderResult:
        self._lines = self._wrap(self.size.width)
        return Content("\n").join([line for _, line in self._lines])

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        place = self._lines[event.y][0] if event.y < len(self._lines) else -1
        if place >= 0:
            self._at = place
            self.action_choose()

    def action_move(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._options) - 1))
        lines = [y for y, (place, _) in enumerate(self._lines) if place == self._at]
        if lines and isinstance(self.parent, Widget):
            corner = self.virtual_region.offset
            self.parent.scroll_to_region(
                Region(corner.x, corner.y + lines[0], 1, len(lines)), animate=False
            )
        self.refresh()

    def action_choose(self) -> None:
        if not self._options:
            return
        id = self._options[self._at][0]
        on = id in self._chosen
        kept = tuple(other for other in self._chosen if other != id) if self.several else ()
        self._chosen = kept if on else (*kept, id)
        self.refresh()
        self.post_message(self.Changed(self))


class Picker(Dial):
    """One of several values on one line, with its label before it."""

    def __init__(self, label: str, *, id: str | None = None) -> None:
        """`label` is a words key."""
        super().__init__((), id=id)
        self._label = label

    def offer(self, options: Options, value: str | None = None) -> None:
        """Show these values; the one shown stays unless `value` says otherwise."""
        wanted = self.value if value is None else value
        self._options = options
        ids = [id for id, _ in options]
        self.place = ids.index(wanted) if wanted in ids else 0
        self.refresh()

    def turn_to(self, value: str) -> None:
        """Show this value, if it is offered."""
        self.offer(self._options, value)

    def render(self) -> RenderResult:
        label = self.say(self._label)
        pad = " " * max(1, 14 - cell_len(label))
        shown = self.shown(self.size.width - cell_len(label) - len(pad))
        return Content.assemble((label, "dim"), pad, shown)


class Number(Speaks, Input):
    """A whole number; typing replaces the one that stands there."""

    DEFAULT_CSS = """
    Number, Number:focus { height: 3; border: round $border-blurred; padding: 0 1; }
    Number:focus { border: round $border; }
    """

    def __init__(self, label: str, *, id: str | None = None) -> None:
        super().__init__(restrict=r"[0-9]{0,7}", id=id)
        self.cursor_blink = False
        self._label = label

    @property
    def number(self) -> int:
        """What stands there; 0 when nothing does."""
        return int(self.value or 0)

    def relabel(self) -> None:
        super().relabel()
        self.border_title = Content(self.say(self._label))


class Words(Speaks, TextArea):
    """Text of a person's own, with the count of its characters against what it may hold."""

    DEFAULT_CSS = """
    Words { height: 6; }
    """

    def __init__(
        self, label: str, *, about: object = "", text: str = "", id: str | None = None
    ) -> None:
        """`label` is a words key; `about` fills its placeholder of that name."""
        super().__init__(text, id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.cursor_blink = False
        self._label = label
        self._about = about

    def relabel(self) -> None:
        super().relabel()
        self.border_title = Content(self.say(self._label, about=self._about))
        self._count()

    def on_text_area_changed(self) -> None:
        self._count()

    def _count(self) -> None:
        length = len(self.text)
        sign = "! " if length > Prose.LIMIT else ""
        self.border_subtitle = Content(f"{sign}{length}/{Prose.LIMIT}")
        self.set_class(length > Prose.LIMIT, "-late")
