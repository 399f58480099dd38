"""What Textual keeps of terminals that have gone, undone: a host serves hundreds in one process."""

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(1024)
def _inner_outer(base: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base + background), Style(background=base)


def install() -> None:
    """Look the backgrounds of widgets up by their colours alone.

    Textual caches the method with its `self`: up to 1,024 widgets of closed terminals stay, with
    every line that they drew, some 150 KB each.
    """

    def get_inner_outer(_: StylesCache, base: Color, background: Color) -> tuple[Style, Style]:
        return _inner_outer(base, background)

    setattr(StylesCache, "get_inner_outer", get_inner_outer)  # noqa: B010 - the types differ
