"""The command palette: what the keys of this screen do, in the terminal's language."""

from functools import partial

from textual.app import App
from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from drillkit.ui.widgets.dial import Dial
from drillkit.ui.widgets.feed import Feed
from drillkit.ui.widgets.fields import Choices
from drillkit.words import say

_LISTS = (Feed, Choices, Dial)
"""What only moves a cursor or turns a value: its keys come late, and are no commands."""


def offered(screen: Screen[object]) -> list[ActiveBinding]:
    """The bindings of ours that work on the screen now, each action once.

    The screen's own come first, then those of lists, then those of every screen.
    """
    found = dict[str, ActiveBinding]()
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id and active.enabled and binding.tooltip:
            found.setdefault(binding.id, active)
    return sorted(found.values(), key=_rank)


def _rank(active: ActiveBinding) -> int:
    return 2 if isinstance(active.node, App) else int(isinstance(active.node, _LISTS))


class Keys(Provider):
    """Lists the bindings of the screen that the palette was opened on."""

    def _commands(self) -> list[ActiveBinding]:
        return [one for one in offered(self.screen) if not isinstance(one.node, _LISTS)]

    async def discover(self) -> Hits:
        for node, binding, *_ in self._commands():
            yield DiscoveryHit(
                Content(binding.description),
                partial(self.app.run_action, binding.action, node),
                text=binding.description,
                help=binding.tooltip,
            )

    async def search(self, query: str) -> Hits:
        matcher, found = self.matcher(query), False
        for node, binding, *_ in self._commands():
            score = max(matcher.match(binding.description), matcher.match(binding.tooltip) / 2)
            if score > 0:
                found = True
                yield Hit(
                    score,
                    matcher.highlight(binding.description),
                    partial(self.app.run_action, binding.action, node),
                    text=binding.description,
                    help=binding.tooltip,
                )
        if not found:
            # Textual's own sentence for this is English.
            none = say(getattr(self.app, "lang", "en"), "ui.no-command")
            yield Hit(1, Content(none), _nothing, text=none)


def _nothing() -> None:
    """What choosing the sentence that nothing was found does."""
