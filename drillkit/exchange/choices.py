"""The words that evaluators choose from, as whoever fills in a workbook may write them."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from drillkit.exchange.cells import fold
from drillkit.model.base import LANGS, Lang

T = TypeVar("T")
Labels = Callable[[Lang], Iterable[tuple[T, str]]]
"""Each thing to choose with a word for it; a thing may have several words."""


class Choices(Generic[T]):
    """What can be chosen, by its words in the language of the workbook or in another."""

    def __init__(self, lang: Lang, labels: Labels[T]) -> None:
        self._own = {fold(label): one for one, label in labels(lang)}
        self._foreign = {fold(label): one for other in LANGS for one, label in labels(other)}

    def own(self, value: object) -> T | None:
        """The choice that the value is a word for, in the language of the workbook."""
        return self._own.get(fold(value))

    def foreign(self, value: object) -> T | None:
        """The choice that the value is a word for, in any language."""
        return self._foreign.get(fold(value))
