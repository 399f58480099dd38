"""What is to be said of a pack before one chooses it."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from drillkit.model.base import Title
from drillkit.model.card import Card, Played
from drillkit.ui.language import Speaks
from drillkit.ui.widgets.columns import DASH
from drillkit.ui.widgets.pane import Details
from drillkit.words import listing, say

_Part = str | tuple[str, str]


def last_score(played: Sequence[Played]) -> str:
    """The combined assessment of the newest drill; "" before there is one."""
    return _points(played[0]) if played else ""


def _points(one: Played) -> str:
    return DASH if one.score is None else f"{one.score:.1f}"


class PackDetails(Speaks, Details):
    """Its summary, what it exercises, who plays, and how it went before."""

    def __init__(self) -> None:
        super().__init__()
        self._about = ""

    def show(self, card: Card, played: Sequence[Played]) -> None:
        """Tell of the pack, and of its finished drills, the newest first."""
        self._tell(Content.assemble(*self._parts(card, played)), card.where)

    def say_of_session(self, title: Title, path: str) -> None:
        """Tell of a drill on this machine."""
        self._tell(Content.assemble((title.in_(self.lang), "bold"), "\n", (path, "dim")), path)

    def clear(self) -> None:
        """There is nothing to tell of."""
        self._tell(Content(""), "")

    def _tell(self, text: Content, about: str) -> None:
        anew, self._about = about != self._about, about
        self.tell(text, anew=anew)

    def _parts(self, card: Card, played: Sequence[Played]) -> Iterator[_Part]:
        lang = self.lang
        facts = [
            self.say(f"cli.family.{card.family}"),
            " ".join(say(tongue, "home.own-name") for tongue in card.languages),
        ]
        if card.origin != "shipped":
            facts.append(self.say(f"home.origin-{card.origin}", name=card.source))
        yield card.title.in_(lang), "bold"
        yield "  "
        yield f"{card.id} · {' · '.join(facts)}", "$text-muted"
        yield f"\n{card.summary.in_(lang)}\n"
        yield from self._line(
            "exercises", listing(lang, [title.in_(lang) for title in card.capabilities])
        )
        results = [self.say("home.result", points=_points(one), day=one.day) for one in played]
        yield from self._line("results", listing(lang, results) or self.say("home.never-played"))
        yield from self._line("seats", listing(lang, [role.title.in_(lang) for role in card.roles]))
        yield self.say("home.objectives"), "bold"
        for text in card.objectives:
            yield f"\n• {text.in_(lang)}"

    def _line(self, name: str, told: str) -> Iterator[_Part]:
        yield self.say(f"home.{name}"), "bold"
        yield f" {told}\n"
