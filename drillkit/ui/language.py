"""The terminal's language: one for an app, switched while it runs; bindings and titles follow."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.screen import Screen

from drillkit.model.base import Lang
from drillkit.words import say

if TYPE_CHECKING:
    from textual.dom import DOMNode as _Node
else:
    # A mixin must not be a DOMNode: Textual takes styles from the first base that is one.
    _Node = object

_KEY = re.compile(r"[a-z]+\.[a-z0-9-]+")


class Speaks(_Node):
    """A screen or widget that says its sentences in the app's language.

    A binding's `description` and `tooltip` in class bodies are words keys: they are read before
    the language is known, and replaced when the node is mounted and whenever it changes.
    """

    @property
    def lang(self) -> Lang:
        return getattr(self.app, "lang", "en")

    @property
    def counts_seconds(self) -> bool:
        """Whether times run by the second here, or by the minute as long as there is no hurry.

        A line drawn every second on a hundred terminals would keep the host busy with nothing else.
        """
        return getattr(self.app, "counts_seconds", True)

    def say(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values)

    def notice(self, key: str, **values: object) -> None:
        """A sentence above the keys that something is not as wanted; never markup."""
        self.app.notify(self.say(key, **values), severity="warning", markup=False)

    def remark(self, key: str, **values: object) -> None:
        """A sentence above the keys that is good to know; never markup."""
        self.app.notify(self.say(key, **values), severity="information", timeout=3, markup=False)

    def on_mount(self) -> None:
        """Textual calls this beside the subclass's own: each class of the family gets its turn."""
        self.relabel()

    def relabel(self) -> None:
        """Put the bindings' words in the app's language. Subclasses redraw their own sentences."""
        declared = type(self)._merged_bindings  # noqa: SLF001 - Textual has no public way
        if declared is None:
            return
        for key, bindings in declared.key_to_bindings.items():
            self._bindings.key_to_bindings[key] = [
                replace(
                    binding,
                    description=self._word(binding.description),
                    tooltip=self._word(binding.tooltip),
                )
                for binding in bindings
            ]
        if isinstance(self, Screen):
            self.refresh_bindings()

    def _word(self, key: str) -> str:
        # Textual's own bindings carry English here, ours a key.
        return self.say(key) if _KEY.fullmatch(key) else key
