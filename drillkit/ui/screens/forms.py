"""The forms of a drill: who has handed in what, and the way to fill one in."""

from typing import ClassVar, Protocol

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from drillkit.desk import Desk
from drillkit.model.base import Line
from drillkit.model.commands import FillForm
from drillkit.model.events import Answer
from drillkit.model.form import Form
from drillkit.model.weights import Cutoffs
from drillkit.ui.drafts import Drafts
from drillkit.ui.keys import key
from drillkit.ui.screens.ask import LineScreen
from drillkit.ui.screens.assessed import AssessedScreen
from drillkit.ui.screens.form import FormScreen
from drillkit.ui.widgets.clock_face import ClockFace
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.form_list import all_forms, filled_in, form_details, form_row
from drillkit.ui.widgets.key_line import KeyLine
from scoring.forms import CUTOFFS, proposals


class Named(Protocol):
    """Who fills in forms at this terminal; "" while that is not known."""

    name: str


class FormsScreen(AssessedScreen):
    """A row for each form; Enter fills in one that is for evaluators."""

    PANES = ("forms",)
    LEFT = ("forms",)
    AREA = "form"
    ASSESSES_PLAY = False
    ABOUT = "form.about-list"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "fill_in", "form.key-fill-in", id="forms.fill-in", show=True),
        key("escape", "leave", "debrief.key-leave", id="forms.leave", show=True),
    ]
    DEFAULT_CSS = """
    FormsScreen {
        #left { height: 9; }
        Details { height: 1fr; }
    }
    """

    def __init__(self, desk: Desk, who: Named) -> None:
        super().__init__(desk)
        self._who = who
        self._clock = ClockFace(desk.seat, desk.pulse)
        feed = Feed[Form](self._draw_form, tall=2, empty="form.no-forms", id="forms")
        self.lay_out({"forms": feed})

    def compose(self) -> ComposeResult:
        yield self._clock.data_bind(FormsScreen.moment)
        with self.left:
            yield self.panes["forms"]
        yield self.details
        yield KeyLine(self)

    def on_mount(self) -> None:
        self.beat()

    def tick(self) -> None:
        self._clock.tick()

    def draw(self) -> None:
        self.feeds["forms"].show(all_forms(self.moment.state))
        self.tell()

    def _draw_form(self, form: Form) -> Row:
        return form_row(form, self.moment.state, self.lang)

    def told_of(self, thing: object) -> Content:
        names = self.moment.names
        assert names is not None
        assert isinstance(thing, Form)
        return form_details(thing, self.moment.state, names, self._cutoffs, self.lang)

    @property
    def _cutoffs(self) -> Cutoffs:
        opened = self.moment.state.opened
        return opened.weights.cutoffs if opened else CUTOFFS

    # -- filling in --------------------------------------------------------------------------------

    def on_feed_opened(self, event: Feed.Opened) -> None:
        event.stop()
        self.action_fill_in()

    @work(group="ask", exclusive=True)
    async def action_fill_in(self) -> None:
        """Fill in the chosen form, or replace what the same hand has put down."""
        form = self.feeds["forms"].chosen
        if form is None:
            return
        if self.moment.state.ended is None:
            self.notice("refused.form-after-end")
        elif form.audience == "participant":
            self.notice("form.for-participants")
        elif await self._is_known():
            await self._fill_in(form)

    async def _is_known(self) -> bool:
        """A form for evaluators has a name on it."""
        if not self._who.name:
            name = await self.app.push_screen_wait(LineScreen("form.your-name"))
            self._who.name = name or ""
        return bool(self._who.name)

    async def _fill_in(self, form: Form) -> None:
        state, filler = self.moment.state, Line(self._who.name)
        review = state.review[1] if state.review else None
        suggested = proposals(form, self.assessment, review) if self.assessment else {}
        before = next(
            (one for _, one in filled_in(state, form) if (one.filler, one.role) == (filler, "")),
            None,
        )

        async def hand_in(answers: tuple[Answer, ...]) -> bool:
            return await self.ask(FillForm(form=form.id, answers=answers, filler=filler))

        drafts = getattr(self.app, "drafts", None) or Drafts()
        screen = FormScreen(
            form,
            hand_in,
            drafts,
            before=before,
            proposals=suggested,
            cutoffs=self._cutoffs,
        )
        if await self.app.push_screen_wait(screen):
            self.remark("form.on-file")
