"""A key of a screen, with its words found by rule."""

from textual.binding import Binding


def key(keys: str, action: str, word: str, *, id: str, show: bool = False) -> Binding:
    """The binding of `keys` to `action`; `word` is its words key, `<word>-tip` its tooltip's."""
    return Binding(keys, action, word, id=id, tooltip=f"{word}-tip", show=show)
