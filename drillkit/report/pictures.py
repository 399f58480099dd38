"""Charts for documents that take no style sheet from outside: as plain SVG, and as PNG."""

import re
from functools import cache
from importlib.resources import files

from drillkit.report.blocks import Picture
from drillkit.report.fonts import Font, has_chinese

_ZOOM = 1.4
"""About 200 points to the inch across a page; drawing costs time by the point."""
_TALLEST = 1.3
"""Height over width of what still fits on a page below its title."""
_SIZE = re.compile(r' width="([\d.]+)" height="([\d.]+)"')
_VARIABLE = re.compile(r"--([\w-]+):\s*([^;]+);")
_USED = re.compile(r"var\(--([\w-]+)\)")


@cache
def chart_style() -> str:
    """The rules for charts from the style sheet, in daylight colours and without variables."""
    sheet = files("drillkit.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    colours = dict(_VARIABLE.findall(sheet.partition("}")[0]))
    rules = (line for line in sheet.splitlines() if line.startswith(".chart"))
    plain = "\n".join(rules).replace("font-family: inherit;", "")
    return _USED.sub(lambda used: colours[used[1]], plain)


def styled_svg(picture: Picture) -> str:
    """The chart with its style inside."""
    head, _, rest = picture.svg.partition(">")
    return f"{head}><style>{chart_style()}</style>{rest}"


def page_share(picture: Picture) -> float:
    """The share of the page's width (0..1) at which the chart is no taller than a page."""
    found = _SIZE.search(picture.svg)
    assert found is not None
    return min(1.0, _TALLEST * float(found[1]) / float(found[2]))


def png(picture: Picture, font: Font | None) -> bytes | None:
    """The chart as PNG; None where it has Chinese in it and no font can show that."""
    if font is None and has_chinese(picture.svg):
        return None
    from resvg_py import svg_to_bytes  # noqa: PLC0415  # only who writes Word needs it

    chosen = font.family if font else "DejaVu Sans"
    return svg_to_bytes(
        svg_string=picture.svg,
        style_sheet=f"{chart_style()}\n.chart text {{ font-family: '{chosen}'; }}",
        font_files=[str(font.path)] if font else None,
        skip_system_fonts=font is not None,
        font_family=chosen,
        sans_serif_family=chosen,
        zoom=_ZOOM * page_share(picture),
    )
