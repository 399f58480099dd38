"""A sheet to draw on. The XML library escapes whatever people wrote."""

from xml.etree import ElementTree as ET

from rich.cells import cell_len, set_cell_size

from drillkit.model.base import MINUTE, Millis
from drillkit.model.text import clean

FONT = 12.0
"""Height of ordinary text in px."""
_CELL = 0.56
"""Width of a terminal cell in heights of the font; a Chinese character takes two."""
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440)


def text_width(text: str, size: float = FONT) -> float:
    """About how many px the text is wide."""
    return cell_len(text) * _CELL * size


def fit(text: str, width: float, size: float = FONT) -> str:
    """The first line of the text, cut with an ellipsis where it is wider than `width` px."""
    line = clean(text).partition("\n")[0].strip()
    cells = max(1, int(width / (_CELL * size)))
    return line if cell_len(line) <= cells else set_cell_size(line, cells - 1).rstrip() + "…"


def minute_ticks(end: Millis, most: int = 12) -> list[Millis]:
    """Even times from 0 to `end` (ms), at most `most` steps apart."""
    steps = (step * MINUTE for step in _STEPS)
    step = next((step for step in steps if end <= step * most), _STEPS[-1] * MINUTE)
    return list(range(0, end + 1, step))


class Sheet:
    """An SVG picture of `width` x `height` px with a name and a description for who cannot see."""

    def __init__(self, width: float, height: float, title: str, about: str, kind: str) -> None:
        self.root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_n(width)} {_n(height)}",
                "width": _n(width),
                "height": _n(height),
                "role": "img",
                "class": f"chart {kind}",
                "aria-labelledby": f"{kind}-title {kind}-about",
            },
        )
        ET.SubElement(self.root, "title", {"id": f"{kind}-title"}).text = clean(title)
        ET.SubElement(self.root, "desc", {"id": f"{kind}-about"}).text = clean(about)
        self._kind = kind

    def hatch(self) -> None:
        """Make the fill of class "hatched" a hatch, so that colour is not the only sign."""
        pattern = ET.SubElement(
            ET.SubElement(self.root, "defs"),
            "pattern",
            {
                "id": f"{self._kind}-hatch",
                "width": "5",
                "height": "5",
                "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            },
        )
        ET.SubElement(pattern, "rect", {"width": "5", "height": "5", "class": "hatch-ground"})
        ET.SubElement(pattern, "rect", {"width": "2", "height": "5", "class": "hatch-line"})

    def hatched(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A box filled with the hatch."""
        box = self.box(x, y, width, height, kind)
        box.set("fill", f"url(#{self._kind}-hatch)")

    def box(
        self, x: float, y: float, width: float, height: float, kind: str, *, round: float = 2
    ) -> ET.Element:
        size = {"width": _n(max(0.0, width)), "height": _n(height), "rx": _n(round)}
        return self._add("rect", kind, x=_n(x), y=_n(y), **size)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        self._add("line", kind, x1=_n(x1), y1=_n(y1), x2=_n(x2), y2=_n(y2))

    def path(self, d: str, kind: str) -> None:
        self._add("path", kind, d=d)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        kind: str = "",
        *,
        anchor: str = "start",
        turn: float = 0,
    ) -> None:
        """Text with its baseline at y; `anchor` start, middle or end; `turn` in degrees."""
        element = self._add("text", kind, x=_n(x), y=_n(y), **{"text-anchor": anchor})
        if turn:
            element.set("transform", f"rotate({_n(turn)} {_n(x)} {_n(y)})")
        element.text = clean(text)

    def __str__(self) -> str:
        return ET.tostring(self.root, encoding="unicode")

    def _add(self, tag: str, kind: str, **attributes: str) -> ET.Element:
        return ET.SubElement(self.root, tag, {**attributes, **({"class": kind} if kind else {})})


def _n(x: float) -> str:
    return f"{x:.1f}".removesuffix(".0")
