"""Pieces of drawn lines: text in columns of exact width, and the same pieces as Content."""

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from textual.content import Content

Piece = tuple[str, str]
"""A text and its tone, as Feed draws it."""

DASH = "\N{EN DASH}"

STYLES = {
    "dim": "dim",
    "quiet": "dim",
    "strong": "bold",
    "unread": "bold $accent",
    "warning": "$warning",
    "late": "bold $error",
    "done": "$success",
    "time": "$secondary",
}
"""The tones of Feed where a line is no row of one."""


def cut(text: str, width: int) -> str:
    """The text in exactly `width` cells (1 or more), where it is longer: cut with an ellipsis."""
    kept = set_cell_size(text, width - 1)
    if not text.startswith(kept):
        # Half of a wide character has become a blank, which stands behind what is cut.
        return kept[:-1] + "… "
    return kept + "…"


def fit(text: str, width: int, tone: str = "", *, right: bool = False) -> Piece:
    """The text in exactly `width` cells, cut with an ellipsis where it is longer."""
    wide = cell_len(text)
    if wide > width:
        text = cut(text, width) if width > 0 else ""
    elif right:
        text = " " * (width - wide) + text
    else:
        text += " " * (width - wide)
    return text, tone


def plain_points(share: float) -> str:
    """A share as points, with one decimal where they are not whole."""
    return f"{100 * share:.1f}".removesuffix(".0")


def gauge(share: float, width: int, tone: str) -> tuple[Piece, Piece]:
    """A bar of `width` cells, filled to `share` (0..1)."""
    full = round(min(1.0, max(0.0, share)) * width)
    return ("█" * full, tone), ("░" * (width - full), "quiet")


def content(pieces: Iterable[Piece]) -> Content:
    """The pieces as Content, for widgets that are no Feed."""
    return Content.assemble(*((text, STYLES[tone]) if tone else text for text, tone in pieces))
