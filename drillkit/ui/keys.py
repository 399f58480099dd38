"""A key of a screen, with its words found by rule."""

from textual.binding import Binding


def key(
    keys: str, action: str, word: str, *, id: str, show: bool = False, shown_as: str | None = None
) -> Binding:
    """The binding of `keys` to `action`; `word` is its words key, `<word>-tip` its tooltip's."""
    tip = f"{word}-tip"
    return Binding(keys, action, word, id=id, tooltip=tip, show=show, key_display=shown_as)
