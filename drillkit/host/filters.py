"""The last sieve before the wire: no text on a screen may say anything to a terminal.

What people write is cleaned where it comes in (model.text). This holds for whatever got past that:
a title from elsewhere, an error's words, what stands unsent in a field.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_DRIVES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""C0 and C1 controls, DEL, separators, bidi overrides and isolates, the BOM: all without width, so
that a line stays as long as it was. Joiners stay; a lone surrogate becomes "?" when it is sent."""


class Sieve(LineFilter):
    """Takes out of every segment what could drive a terminal; its style and width stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [Segment(_DRIVES.sub("", text), style, control) for text, style, control in segments]
