"""The command palette: what the keys of this screen do, in the terminal's language."""

from collections.abc import Iterator
from functools import partial

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen


def offered(screen: Screen[object]) -> Iterator[ActiveBinding]:
    """The bindings of ours that work on the screen now, each action once."""
    seen = set[str]()
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id and active.enabled and binding.tooltip and binding.id not in seen:
            seen.add(binding.id)
            yield active


class Keys(Provider):
    """Lists the bindings of the screen that the palette was opened on."""

    async def discover(self) -> Hits:
        for node, binding, *_ in offered(self.screen):
            yield DiscoveryHit(
                Content(binding.description),
                partial(self.app.run_action, binding.action, node),
                text=binding.description,
                help=binding.tooltip,
            )

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for node, binding, *_ in offered(self.screen):
            score = max(matcher.match(binding.description), matcher.match(binding.tooltip) / 2)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(binding.description),
                    partial(self.app.run_action, binding.action, node),
                    text=binding.description,
                    help=binding.tooltip,
                )
