"""Paragraphs and tables as WordprocessingML. Every text passes `escaped`, nothing else does."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from drillkit.model.text import clean
from drillkit.report.blocks import Cell, Grid, Paragraph, Table, numbers
from drillkit.report.fonts import has_chinese

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
INK, SOFT, TINT, WHITE = "1C2733", "5A6675", "F3F6F9", "FFFFFF"
GREEN, BLUE, AMBER, RED = "2B7A57", "2A7590", "A76A12", "AD3529"
COLOURS = {
    "excellent": GREEN,
    "good": BLUE,
    "fair": AMBER,
    "poor": RED,
    "open": "6B7683",
    "strength": GREEN,
    "improvement": BLUE,
    "corrective": AMBER,
    "deficiency": RED,
    "P": GREEN,
    "S": BLUE,
    "M": AMBER,
    "U": RED,
    "in-time": GREEN,
    "late": AMBER,
    "too-late": RED,
    "missed": RED,
}
"""Tone -> colour, as in the style sheet."""
_SMALL, _FORM = 16, 18
"""Sizes of text in half points."""
_INDENT = 120
"""Twips for each level of a term."""
_NOT_XML = dict.fromkeys((0xFFFE, 0xFFFF))


def escaped(text: str) -> str:
    """The text without what XML cannot hold, and without markup."""
    return escape(clean(text).translate(_NOT_XML))


def run(
    text: str, *, bold: bool = False, colour: str = "", size: int = 0, struck: bool = False
) -> str:
    """A run of text; `size` in half points; lines stay lines."""
    # Signs that both fonts have, such as boxes, are drawn by the one whose language is written.
    look = '<w:rFonts w:hint="eastAsia"/>' if has_chinese(text) else ""
    look += "<w:b/>" * bold + "<w:strike/>" * struck
    look += f'<w:color w:val="{colour}"/>' if colour else ""
    look += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    lines = (f'<w:t xml:space="preserve">{line}</w:t>' for line in escaped(text).split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(runs: str, style: str = "", look: str = "") -> str:
    """A paragraph of runs; `look` holds further properties, in the schema's order."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{look}</w:pPr>{runs}</w:p>"


def prose(block: Paragraph) -> str:
    """A paragraph of a section as its tone asks."""
    colour = {"soft": SOFT, "cap": RED}.get(block.tone, "")
    bold = block.tone in ("bucket", "lead")
    label = run(f"{block.label} ", colour=SOFT) if block.label else ""
    size = _SMALL if block.tone == "code" else 0
    entries = run(f" [{numbers(block.entries)}]", colour=SOFT) if block.entries else ""
    return paragraph(label + run(block.text, bold=bold, colour=colour, size=size) + entries)


def table(block: Table, width: int) -> str:
    """A table `width` twips wide; its heads repeat on every page, and no row is torn."""
    widths = _widths([column.share for column in block.columns], width)
    heads = "".join(
        _cell(
            run(column.title, bold=True, size=_SMALL),
            wide,
            is_right=column.is_number,
            fill=TINT,
        )
        for column, wide in zip(block.columns, widths, strict=True)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"]
    for row in block.rows:
        tones = row.tone.split()
        depth = next((int(tone[1:]) for tone in tones if tone[0] == "d" and tone[1:].isdigit()), 0)
        is_head = "objective" in tones or depth == 1
        cells = "".join(
            _cell(
                _runs(cell, _SMALL, bold=is_head and not place, struck="voided" in tones),
                wide,
                is_right=column.is_number,
                fill=_fill(cell, TINT if is_head else ""),
                indent=max(0, depth - 1) * _INDENT if not place else 0,
            )
            for place, (cell, column, wide) in enumerate(
                zip(row.cells, block.columns, widths, strict=True)
            )
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    caption = (
        paragraph(run(block.caption, bold=True), look="<w:keepNext/>") if block.caption else ""
    )
    return caption + _ruled(widths, "".join(rows), "insideH") + paragraph("")


def grid(block: Grid, width: int) -> str:
    """A form: every cell ruled; cells span columns and rows as the grid says."""
    widths = _widths(block.shares, width)
    covering: dict[int, tuple[int, int]] = {}
    rows: list[str] = []
    for row in block.rows:
        at, cells = 0, ""
        waiting = list(row)
        while at < len(widths):
            if at in covering:
                left, across = covering.pop(at)
                wide = sum(widths[at : at + across])
                cells += _cell("", wide, across=across, fill=TINT, merge="continue")
                if left > 1:
                    covering[at] = (left - 1, across)
                at += across
                continue
            cell = waiting.pop(0)
            if cell.down > 1:
                covering[at] = (cell.down - 1, cell.across)
            cells += _cell(
                _runs(cell, _FORM, bold=cell.is_label),
                sum(widths[at : at + cell.across]),
                across=cell.across,
                fill=TINT if cell.is_label else "",
                merge="restart" if cell.down > 1 else "",
                is_middle=True,
                is_centred=cell.is_label,
            )
            at += cell.across
        # A cell of many lines may be longer than a page.
        whole = "" if any("\n" in cell.text for cell in row) else "<w:cantSplit/>"
        rows.append(f"<w:tr><w:trPr>{whole}</w:trPr>{cells}</w:tr>")
    return _ruled(widths, "".join(rows), "insideH", "insideV", "left", "right")


def _widths(shares: Sequence[float], width: int) -> list[int]:
    whole = sum(shares)
    return [round(width * share / whole) for share in shares]


def _ruled(widths: Sequence[int], rows: str, *inside: str) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{SOFT}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        if side in (*inside, "top", "bottom")
    )
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{lines}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(
    runs: str,
    width: int,
    *,
    across: int = 1,
    fill: str = "",
    merge: str = "",
    indent: int = 0,
    is_right: bool = False,
    is_middle: bool = False,
    is_centred: bool = False,
) -> str:
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    look += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    look += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    look += '<w:vAlign w:val="center"/>' if is_middle else ""
    side = "right" if is_right else "center" if is_centred else ""
    set_in = f'<w:ind w:left="{indent}"/>' if indent else ""
    lines = f'<w:jc w:val="{side}"/>' if side else ""
    spaced = f'<w:spacing w:before="30" w:after="30"/>{set_in}{lines}'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{paragraph(runs, look=spaced)}</w:tc>"


def _runs(cell: Cell, size: int, *, bold: bool = False, struck: bool = False) -> str:
    tone = cell.tone.rpartition(" ")[2]
    is_letter = cell.tone.startswith("letter ")
    colour = WHITE if is_letter else COLOURS.get(tone, "")
    bold = bold or bool(colour) or tone == "event"
    said = run(cell.text, bold=bold, colour=colour, size=size, struck=struck)
    if cell.entries:
        said += run(f"{' ' if cell.text else ''}{numbers(cell.entries)}", size=size)
    if cell.note:
        said += "<w:r><w:br/></w:r>" + run(cell.note, colour=SOFT, size=size - 2)
    return said


def _fill(cell: Cell, otherwise: str) -> str:
    """The letter of an objective stands white on its colour."""
    if cell.tone.startswith("letter "):
        return COLOURS.get(cell.tone.rpartition(" ")[2], otherwise)
    return otherwise
