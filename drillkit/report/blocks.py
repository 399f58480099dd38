"""What a document says, before any format: sections made of a few kinds of blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from drillkit.model.base import Lang

Entries = tuple[int, ...]
MOST_ENTRIES = 8
"""So many entry numbers are shown; the others are counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a table. `note` stands small below it; `tone` says how it is to look.

    In a grid a cell may span columns (`across`) and rows (`down`); `is_label` marks a heading.
    """

    text: str = ""
    tone: str = ""
    note: str = ""
    entries: Entries = ()
    across: int = 1
    down: int = 1
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and its share of the width; numbers stand to the right."""

    title: str
    share: float = 1.0
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; `entry` is the journal's entry that this row is, or -1."""

    cells: tuple[Cell, ...]
    tone: str = ""
    entry: int = -1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads that repeat on every page."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled form: cells that may span, over columns of these shares of the width."""

    name: str
    shares: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they stand for."""

    pairs: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `label` stands before it, `tone` says how it is to look."""

    text: str
    tone: str = ""
    label: str = ""
    entries: Entries = ()
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short items, each with what stands out in front ("" for nothing)."""

    items: tuple[tuple[str, str], ...]
    tone: str = ""
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Scored:
    """A score at a glance: points, grade, interval; `is_whole` for the one that counts most."""

    points: str
    grade: str
    seen: str
    tone: str
    is_whole: bool = False
    kind: Literal["scored"] = "scored"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG, with its title and what it shows."""

    name: str
    title: str
    about: str
    svg: str
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Card:
    """A few blocks that belong together, under a title of their own."""

    title: str
    tone: str
    blocks: tuple[Paragraph | Bullets, ...]
    kind: Literal["card"] = "card"


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards side by side where there is room."""

    cards: tuple[Card, ...]
    kind: Literal["cards"] = "cards"


Block = Table | Grid | Facts | Paragraph | Bullets | Scored | Heading | Picture | Card | Cards


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its number ("1", or "A" for an appendix), title and blocks.

    A wide one stands on pages of its own that lie on their side, a fresh one begins a page. A long
    one is left out where only the gist is wanted.
    """

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    is_wide: bool = False
    is_fresh: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `state` is one word for every page: draft or final; `status` says more."""

    name: Literal["report", "record", "manual", "guide"]
    lang: Lang
    title: str
    subject: str
    under: str
    state: str
    is_final: bool
    status: str
    confidential: str
    sections: tuple[Section, ...]
    closing: tuple[Block, ...] = field(default=())


def texts(*cells: str) -> Row:
    """A row of plain cells."""
    return Row(tuple(Cell(cell) for cell in cells))


def shown(entries: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """The entry numbers that are shown, and how many are not."""
    return tuple(entries[:MOST_ENTRIES]), max(0, len(entries) - MOST_ENTRIES)


def numbers(entries: Sequence[int]) -> str:
    """Entry numbers in a line: "3 5 8 +4"."""
    first, left = shown(entries)
    return " ".join([*map(str, first), *([f"+{left}"] if left else [])])


def cited(sections: Sequence[Section]) -> set[int]:
    """The entries whose numbers are shown somewhere in these sections."""
    return {seq for section in sections for block in section.blocks for seq in _cited(block)}


def _cited(block: Block) -> Iterator[int]:
    match block:
        case Table(rows=rows):
            for row in rows:
                for cell in row.cells:
                    yield from shown(cell.entries)[0]
        case Paragraph(entries=entries):
            yield from shown(entries)[0]
        case Card(blocks=blocks):
            for inner in blocks:
                yield from _cited(inner)
        case Cards(cards=cards):
            for card in cards:
                yield from _cited(card)
