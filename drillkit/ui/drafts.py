"""What a person has written and not sent: it outlives the terminal that it was written on."""

from drillkit.model.text import Prose

Draft = tuple[tuple[str, ...], str]
"""The options chosen and the words written."""

_MOST = 100
"""Drafts that are kept; the ones longest untouched go first."""

_LONGEST = 2 * Prose.LIMIT
"""Characters of a draft: more than can be sent, so that what is too long can still be cut."""


class Drafts:
    """The drafts of one person in one role, by key: an inject's id, or a text field's."""

    def __init__(self) -> None:
        self._drafts = dict[str, Draft]()

    def get(self, key: str) -> Draft | None:
        return self._drafts.get(key)

    def put(self, key: str, draft: Draft) -> None:
        """Keep this one in place of the one before."""
        options, text = draft
        self._drafts.pop(key, None)
        self._drafts[key] = (options, text[:_LONGEST])
        if len(self._drafts) > _MOST:
            self.drop(next(iter(self._drafts)))

    def drop(self, key: str) -> None:
        self._drafts.pop(key, None)
