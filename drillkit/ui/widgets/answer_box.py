"""Where a role answers one inject: options, words, what was answered before, and the draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from drillkit.core.clocks import face
from drillkit.core.records import Response
from drillkit.model.events import InjectReleased
from drillkit.model.text import Prose, TextTooLong
from drillkit.ui.drafts import Draft, Drafts
from drillkit.ui.language import Speaks
from drillkit.ui.moment import Moment
from drillkit.ui.widgets.fields import Choices, Words
from drillkit.ui.widgets.still import Still

_BLANK: Draft = ((), "")


class AnswerBox(Speaks, Vertical):
    """Keeps a draft for each inject until its answer has come back as an entry."""

    DEFAULT_CSS = """
    AnswerBox { height: auto; margin-top: 1; }
    AnswerBox #answer-past, AnswerBox #answer-note { height: auto; }
    AnswerBox #answer-past { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "give", "keys.answer", id="desk.answer", tooltip="keys.answer-tip"),
    ]

    @dataclass
    class Given(Message):
        """The role wants to answer; the box is told by `came_back` what became of it."""

        box: "AnswerBox"
        inject: str
        options: tuple[str, ...]
        text: Prose

    @dataclass
    class Taken(Message):
        """The answer that stands here has come back as an entry."""

        box: "AnswerBox"

    def __init__(self, drafts: Drafts | None = None) -> None:
        """`drafts` holds what was written before, perhaps on another terminal."""
        super().__init__()
        self.past = Still(id="answer-past")
        self.choices = Choices(label="ui.choose-one", id="answer-choices")
        self.words = Words("ui.your-words", id="answer-words")
        self.note = Still(id="answer-note")
        self._inject: InjectReleased | None = None
        self._responses: Sequence[Response] = ()
        self._drafts = drafts or Drafts()
        self._own = set[str]()
        self._sending: dict[str, tuple[int, Draft]] = {}
        self._failed = set[str]()

    def compose(self) -> ComposeResult:
        yield self.past
        yield self.choices
        yield self.words
        yield self.note

    @property
    def is_open(self) -> bool:
        """There is something to choose or to write."""
        return self.display and (self.choices.display or self.words.display)

    @property
    def has_unsent(self) -> bool:
        self._keep()
        return any(self._drafts.get(id) for id in self._own)

    def show(
        self,
        inject: InjectReleased | None,
        responses: Sequence[Response],
        moment: Moment,
        seats: Sequence[str],
    ) -> None:
        """Be the box of this inject, to which the role has answered so; None: of nothing.

        What another than these seats answered, a substitute, is said to be theirs.
        """
        changed = (inject and inject.inject) != (self._inject and self._inject.inject)
        if changed:
            self._keep()
        self._inject = inject
        before, self._responses = self._responses, tuple(responses)
        self.display = inject is not None
        if inject is None:
            return
        id = inject.inject
        sent = self._sending.get(id)
        if sent and len(responses) > sent[0]:
            del self._sending[id]
            if self._now() == sent[1] or changed:
                self._drafts.drop(id)
                changed = True
                self.post_message(self.Taken(self))
        if changed or (len(before) != len(responses) and not self._drafts.get(id)):
            self._load(id)
        titles = [(option.id, option.title.in_(moment.lang)) for option in inject.options]
        open_still = inject.revise or not responses
        self.choices.several = inject.several
        self.choices.offer(titles if open_still else ())
        self.words.display = open_still and inject.words
        self._show_past(dict(titles), moment, seats)
        self._show_note()

    def came_back(self, inject: str, *, accepted: bool) -> None:
        """What became of the answer that was given: accepted ones clear when their entry shows."""
        if not accepted:
            self._sending.pop(inject, None)
            self._failed.add(inject)
        self._show_note()

    def action_give(self) -> None:
        inject = self._inject
        if inject is None or inject.inject in self._sending:
            return
        options, written = draft = self._now()
        try:
            text = Prose(written)
        except TextTooLong as problem:
            self.notice("ui.too-long", length=problem.length, limit=problem.limit)
            return
        if self._responses and draft == self._base():
            self.notice("ui.same-answer")
            return
        self._sending[inject.inject] = (len(self._responses), draft)
        self._failed.discard(inject.inject)
        self._show_note()
        self.post_message(self.Given(self, inject.inject, options, text))

    def on_choices_changed(self) -> None:
        self._edited()

    def on_text_area_changed(self) -> None:
        self._edited()

    def _edited(self) -> None:
        self._keep()
        if self._inject and self._failed:
            self._failed.discard(self._inject.inject)
        self._show_note()

    def relabel(self) -> None:
        super().relabel()
        self._show_note()

    # -- drafts ------------------------------------------------------------------------------------

    def _now(self) -> Draft:
        return self.choices.chosen if self.choices.display else (), self.words.text

    def _base(self) -> Draft:
        """What was answered last: a new answer replaces it, so it begins as that one."""
        if not self._responses:
            return _BLANK
        return self._responses[-1].options, self._responses[-1].text

    def _keep(self) -> None:
        if self._inject is None:
            return
        id, draft = self._inject.inject, self._now()
        if draft == self._base():
            self._drafts.drop(id)
        elif draft != self._drafts.get(id):
            self._drafts.put(id, draft)
            self._own.add(id)

    def _load(self, id: str) -> None:
        options, text = self._drafts.get(id) or self._base()
        self.choices.offer([(option, option) for option in options], options)
        if self.words.text != text:
            self.words.load_text(text)
            self.words.move_cursor(self.words.document.end)

    # -- what is said ------------------------------------------------------------------------------

    def _show_past(self, titles: dict[str, str], moment: Moment, seats: Sequence[str]) -> None:
        lines = list[str]()
        for response in self._responses:
            chosen = [titles.get(option, option) for option in response.options]
            answer = " / ".join([*chosen, *filter(None, [response.text])])
            at, by = face(response.given.at), response.given.by
            if by in seats or moment.names is None:
                lines.append(self.say("ui.answered", at=at, answer=answer))
            else:
                who = moment.names.role(by, moment.lang)
                lines.append(self.say("ui.answered-by", at=at, who=who, answer=answer))
        self.past.display = bool(lines)
        self.past.update(Content("\n".join(lines)))

    def _show_note(self) -> None:
        inject = self._inject
        if inject is None:
            return
        key, style = "ui.how-to-answer", "dim"
        if inject.inject in self._sending:
            key, style = "ui.sending", "bold $warning"
        elif inject.inject in self._failed:
            key, style = "ui.kept", "bold $warning"
        elif self._responses and not inject.revise:
            key = "ui.one-answer-given"
        elif self._responses:
            key = "ui.may-revise"
        self.set_class(key == "ui.sending", "-sending")
        self.note.update(Content.styled(self.say(key), style))
