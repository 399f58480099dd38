"""The debrief: the scores and all that they rest on, the letters, the lessons, the journal."""

from collections.abc import Collection, Sequence
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from drillkit.desk import Desk
from drillkit.lessons.collect import Played
from drillkit.lessons.follow_up import Verdict, verdicts
from drillkit.model.events import Entry
from drillkit.model.text import Line
from drillkit.replay import Player
from drillkit.ui.foresight import Background, Foresight
from drillkit.ui.keys import key
from drillkit.ui.screens.adjudicating import ruled, ruling_form
from drillkit.ui.screens.assessed import AssessedScreen
from drillkit.ui.screens.settlement import SettlementScreen
from drillkit.ui.widgets.feed import Feed, Row
from drillkit.ui.widgets.followed import verdict_details, verdict_row
from drillkit.ui.widgets.key_line import KeyLine
from drillkit.ui.widgets.letter_table import (
    finding_details,
    finding_row,
    letter_details,
    letter_row,
    letters,
)
from drillkit.ui.widgets.score_table import (
    Term,
    inner,
    score_details,
    score_row,
    term_details,
    term_row,
    terms,
    verdict,
)
from drillkit.ui.widgets.watch import logged
from scoring.assessment import Assessment, Finding, ObjectiveLetter, Score, TaskLetter

if TYPE_CHECKING:
    from drillkit.rehearse.among import Among

PANES = ("terms", "lessons", "scores", "letters", "log")


class DebriefScreen(AssessedScreen):
    """From the one number down to the entries that it rests on."""

    PANES = PANES
    LEFT = ("terms", "lessons")
    AREA = "debrief"
    ABOUT = "debrief.about"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            key(str(number), f"pane('{name}')", f"debrief.key-{name}", id=f"debrief.pane-{name}")
            for number, name in enumerate(PANES, 1)
        ),
        key(
            "right,enter",
            "evidence",
            "debrief.key-evidence",
            id="debrief.evidence",
            show=True,
            shown_as="enter",
        ),
        key("n", "next_evidence", "debrief.key-next", id="debrief.next", show=True),
        key("p", "replay", "debrief.key-replay", id="debrief.replay", show=True),
        key("o", "open_all", "debrief.key-open-all", id="debrief.open-all", show=True),
        key("a", "adjudicate", "debrief.key-adjudicate", id="debrief.adjudicate"),
        key("escape", "leave", "debrief.key-leave", id="debrief.leave", show=True),
        key("m", "meeting", "evaluation.key-meeting", id="debrief.meeting", show=True),
        key("w", "among", "among.key-open", id="debrief.among", show=True),
    ]
    DEFAULT_CSS = """
    DebriefScreen {
        #verdict { height: auto; min-height: 3; max-height: 5; padding: 0 1; background: $surface; }
        #pane-lessons { height: 40%; }
        #pane-scores { height: 13; }
        Details { height: 9; }
        &.-narrow Details { height: 8; }
    }
    """

    def __init__(self, desk: Desk, foresight: Foresight | None = None) -> None:
        """`foresight` is given where simulated teams may play beside this."""
        super().__init__(desk)
        self._foresight = foresight
        self._among: Background[Among] = Background()
        self._placed: Assessment | None = None
        """The assessment that was placed among simulated teams."""
        self._opened = {"combined", "process"}
        self._evidence: frozenset[int] = frozenset()
        self._log: list[Entry] = []
        self._verdicts: list[Verdict] = []
        self._judged: Assessment | None = None
        """The assessment that the verdicts were made from."""
        self._verdict = Static(id="verdict")
        self.lay_out(
            {
                "terms": Feed[Term](self._draw_term, empty="debrief.computing", id="terms"),
                "lessons": Feed[Verdict | Finding](
                    self._draw_finding, empty="debrief.no-lessons", id="lessons"
                ),
                "scores": Feed[Score](
                    self._draw_score, tall=2, empty="debrief.computing", id="scores"
                ),
                "letters": Feed[ObjectiveLetter | TaskLetter](
                    self._draw_letter, empty="debrief.computing", id="letters"
                ),
                "log": Feed[Entry](self._draw_evidence, empty="control.no-log", id="log"),
            }
        )

    def compose(self) -> ComposeResult:
        yield self._verdict
        yield self.tabs
        with Horizontal(id="panes"):
            with self.left:
                yield self.panes["terms"]
                yield self.panes["lessons"]
            with self.right:
                yield self.panes["scores"]
                yield self.panes["letters"]
                yield self.panes["log"]
        yield self.details
        yield KeyLine(self)

    # -- drawing -----------------------------------------------------------------------------------

    def draw(self) -> None:
        self._log = logged(self.moment.entries)
        self.feeds["log"].show(self._log)
        if self.assessment is not None:
            self._show_terms(terms(self.assessment, self._opened))
            self.feeds["lessons"].show((*self._followed_up(), *self.assessment.findings))
            self.feeds["scores"].show(self.assessment.scores()[::-1])
            self.feeds["letters"].show(tuple(letters(self.assessment)))
        self._verdict.update(self._said_verdict())
        self.tell()

    def _show_terms(self, found: Sequence[Term]) -> None:
        """Show these terms; the cursor stays on its term, and in sight."""
        feed = self.feeds["terms"]
        path = feed.chosen.path if feed.chosen else ""
        feed.show(found)
        feed.point(next((i for i, term in enumerate(found) if term.path == path), 0))

    def _said_verdict(self) -> Content:
        """The drill, and the one number with its grade and footing."""
        assert self.book is not None
        title = self.book.script.scenario.title.in_(self.lang)
        head = Content.assemble((self.say("debrief.head"), "bold $accent"), " ", (title, "bold"))
        if self.is_computing or self.assessment is None:
            waiting = Content.styled(self.say("debrief.computing"), "italic $text-muted")
            return Content("\n").join([head, waiting])
        return Content("\n").join([head, *verdict(self.assessment, self.lang)])

    def _draw_term(self, term: Term) -> Row:
        assert self.book is not None
        assert self.assessment is not None
        return term_row(term, self.book, self.assessment.weights.cutoffs)

    def _followed_up(self) -> list[Verdict]:
        """What the drill says of the lessons of its briefing, made once for each assessment."""
        opened, assessment = self.moment.state.opened, self.assessment
        if opened is None or assessment is None or not opened.lessons:
            return []
        if self._judged is not assessment:
            self._judged = assessment
            self._verdicts = verdicts(opened.lessons, Played(self.moment.state, assessment))
        return self._verdicts

    def _draw_finding(self, finding: Verdict | Finding) -> Row:
        assert self.book is not None
        if isinstance(finding, Verdict):
            return verdict_row(finding, self.lang)
        return finding_row(finding, self.book)

    def _draw_score(self, score: Score) -> Row:
        assert self.assessment is not None
        return score_row(score, self.assessment.weights.cutoffs, self.lang)

    def _draw_letter(self, one: ObjectiveLetter | TaskLetter) -> Row:
        assert self.book is not None
        return letter_row(one, self.book)

    def _draw_evidence(self, entry: Entry) -> Row:
        mark = ("▸", "unread") if entry.seq in self._evidence else (" ", "")
        return Row(((mark, *self.draw_entry(entry).lines[0]),))

    def told_of(self, thing: object) -> Content:
        assert self.book is not None
        match thing:
            case Term():
                return term_details(thing, self.book)
            case Score():
                return score_details(thing, self.book)
            case ObjectiveLetter() | TaskLetter():
                return letter_details(thing, self.book)
            case Finding():
                return finding_details(thing, self.book)
            case Verdict():
                return verdict_details(thing, self.lang)
            case Entry():
                return self.told_of_entry(thing)
            case _:
                return Content("")

    # -- keys --------------------------------------------------------------------------------------

    def on_feed_opened(self) -> None:
        self.action_evidence()

    def action_evidence(self) -> None:
        """Open a term into its parts, or go to the entries that the chosen thing rests on."""
        match self.feeds[self.pane].chosen:
            case Term(measure=measure) if measure.children:
                self._opened ^= {measure.id}
                self.draw()
            case Entry() | None:
                pass
            case one:
                self._go_to(_evidence(one))

    def _go_to(self, entries: Collection[int]) -> None:
        if not entries:
            self.remark("debrief.no-evidence")
            return
        self._evidence = frozenset(entries)
        self.action_pane("log")
        self.feeds["log"].update_lines()
        self._point_at(min(entries))

    def action_next_evidence(self) -> None:
        """Go on to the next entry of the chosen thing's, round and round.

        In the journal the thing is the one that one came from.
        """
        if self.pane != "log":
            entries = _evidence(self.feeds[self.pane].chosen)
            if not entries or entries != self._evidence:
                self._go_to(entries)
                return
        if not self._evidence:
            self.remark("debrief.no-evidence")
            return
        here = self.feeds["log"].chosen
        after = {seq for seq in self._evidence if here is not None and seq > here.seq}
        self.action_pane("log")
        self._point_at(min(after or self._evidence))

    def action_replay(self) -> None:
        """See the moment from which on there is evidence for the chosen thing."""
        # The replay shows the facilitator's screen, from which debriefs are opened.
        from drillkit.ui.screens.replay import Replay, replay_screen  # noqa: PLC0415

        thing = self.feeds[self.pane].chosen
        entries = {thing.seq} if isinstance(thing, Entry) else set(_evidence(thing))
        if isinstance(thing, Score) and not entries:
            # Where the plan itself was at fault the opening is the evidence: no moment of play.
            entries = set(thing.measure.entries) - {0}
        if not entries:
            self.remark("debrief.no-evidence")
            return
        # Ratings that are kept from this seat leave gaps; the play before them is whole.
        whole = (one for place, one in enumerate(self.moment.entries) if one.seq == place)
        player = Player(tuple(whole), monotonic)
        player.go_to_entry(min(entries))
        findings = self.assessment.findings if self.assessment else ()
        self.app.push_screen(replay_screen(Replay(player, findings), self.desk.seat))

    def _point_at(self, seq: int) -> None:
        place = next((i for i, entry in enumerate(self._log) if entry.seq >= seq), None)
        if place is not None:
            self.feeds["log"].point(place)
            self.tell()

    def action_open_all(self) -> None:
        """Open every term, or close all but the first two levels."""
        if self.assessment is None:
            return
        every = inner(self.assessment.combined.measure)
        self._opened = {"combined", "process"} if self._opened >= every else every
        self.draw()

    def action_meeting(self) -> None:
        """Go to what the evaluators settle, and to the director's signature."""
        if self.moment.state.ended is None:
            self.notice("refused.rate-after-end")
        else:
            self.app.push_screen(SettlementScreen(self.desk))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Simulated teams are asked only where there are some."""
        return action != "among" or self._foresight is not None

    def action_among(self) -> None:
        """Where the drill stands among simulated teams: made in the background."""
        if self._foresight is None or self.assessment is None or self.is_computing:
            self.remark("debrief.computing")
            return
        # SimPy stands behind it, for which the debrief does not wait.
        from drillkit.ui.screens.among import AmongScreen  # noqa: PLC0415

        if self._placed is not self.assessment:
            self._placed = self.assessment
            self._among.stop()
            self._among = Background()
        self.app.push_screen(AmongScreen(self._among, self._foresight, self.assessment))

    def on_unmount(self) -> None:
        self._among.stop()

    @work(group="ask")
    async def action_adjudicate(self) -> None:
        """Set the value of the chosen leaf, or take a setting back, with a reason."""
        term = self.feeds["terms"].chosen
        if not isinstance(term, Term) or term.measure.children:
            self.notice("debrief.leaf-only")
            return
        measure = term.measure.id
        about = term_details(term, self.book).plain if self.book else ""
        form = ruling_form(self.moment.state, measure, about, self.lang)
        filled = await self.app.push_screen_wait(form)
        if filled:
            await self.ask(ruled(filled, measure, Line()))


def _evidence(thing: object) -> frozenset[int]:
    """The entries that a thing of the debrief rests on."""
    match thing:
        case Term(measure=measure) | ObjectiveLetter(measure=measure):
            return frozenset(measure.entries)
        case Score(caps=caps):
            return frozenset(seq for cap in caps for seq in cap.entries)
        case TaskLetter(entries=entries) | Finding(entries=entries) | Verdict(entries=entries):
            return frozenset(entries)
        case _:
            return frozenset()
