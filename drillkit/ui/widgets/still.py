"""Words that are drawn anew only when they say something else."""

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class Still(Static):
    """A Static that may be told the same thing a hundred times for the price of comparing it.

    Static lays the whole screen out again at every update; what stays the same must not cost that.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._said: tuple[str, object] = ("", "")

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        # Two Contents count as equal in Textual when only their texts are.
        said = (content.plain, content.spans) if isinstance(content, Content) else ("", content)
        if said != self._said:
            self._said = said
            super().update(content, layout=layout)
