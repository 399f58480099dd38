"""A document as GitHub Markdown: without pictures, and without its long sections."""

import re
from collections.abc import Iterable, Iterator, Sequence

from drillkit.model.text import clean
from drillkit.report.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Scored,
    Table,
    numbers,
)

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&!$]")
_LINK = re.compile(r"(?i)(?<=[a-z]):(?=//)|(?<=www)\.")


def plain(text: str) -> str:
    """Text on one line that Markdown shows as it stands: no mark, tag, table edge or link."""
    line = " ".join(clean(text).split())
    return _LINK.sub(lambda found: f"\\{found[0]}", _MARKS.sub(lambda found: f"\\{found[0]}", line))


def document_markdown(document: Document) -> str:
    """The document, for reading beside other text."""
    return "\n".join(_lines(document)).rstrip() + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {plain(document.title)}: {plain(document.subject)}"
    yield ""
    yield f"**{plain(document.status)}** {plain(document.confidential)}"
    yield ""
    for section in document.sections:
        if not section.is_long:
            yield f"## {plain(section.title)}"
            yield ""
            for block in section.blocks:
                yield from _block(block)
    for block in document.closing:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Table():
            if block.caption:
                yield f"**{plain(block.caption)}**"
                yield ""
            heads = [column.title for column in block.columns]
            yield from _table(heads, ([_cell(cell) for cell in row.cells] for row in block.rows))
        case Grid():
            yield from _grid(block)
        case Facts():
            for label, said in block.pairs:
                yield f"- **{plain(label)}** {plain(said)}"
            yield ""
        case Paragraph():
            if line := _paragraph(block):
                yield line
                yield ""
        case Bullets():
            for strong, said in block.items:
                yield f"- **{plain(strong)}** {plain(said)}" if strong else f"- {plain(said)}"
            yield ""
        case Scored():
            yield f"**{plain(block.points)} {plain(block.grade)}** {plain(block.seen)}"
            yield ""
        case Heading():
            yield f"### {plain(block.text)}"
            yield ""
        case Card():
            yield f"**{plain(block.title)}**"
            yield ""
            for inner in block.blocks:
                yield from _block(inner)
        case Cards():
            for card in block.cards:
                yield from _block(card)
        case _:
            return


def _paragraph(block: Paragraph) -> str:
    label = f"*{plain(block.label)}* " if block.label else ""
    entries = f" ({numbers(block.entries)})" if block.entries else ""
    return f"{label}{plain(block.text)}{entries}"


def _cell(cell: Cell) -> str:
    return " ".join(part for part in (cell.text, numbers(cell.entries), cell.note) if part)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(map(plain, heads)) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(map(plain, row)) + " |"
    yield ""


def _grid(grid: Grid) -> Iterator[str]:
    """A form as a list: Markdown has no cells that span."""
    for row in grid.rows:
        said = (
            f"**{plain(cell.text)}**" if cell.is_label else plain(_cell(cell))
            for cell in row
            if cell.text
        )
        if line := " ".join(said):
            yield f"- {line}"
    yield ""
