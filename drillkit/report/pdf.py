"""A document as PDF/A: drawn by typst from data, with a font that has every character in it."""

import json
import re
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from typing import Any

import typst

from drillkit.model.text import clean
from drillkit.report.blocks import MOST_ENTRIES, Document, Picture
from drillkit.report.fonts import (
    Font,
    MissingCharacter,
    NoChineseFont,
    chinese_font,
    has_chinese,
)
from drillkit.report.pictures import page_share, styled_svg

_LATIN = ("Libertinus Serif", "DejaVu Sans Mono")
"""Families that typst brings along; the second has signs that the first lacks."""
_STANDARD = "a-2b"
"""The archive standard: under it typst refuses a character that no font has, instead of a box."""
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')


def document_pdf(document: Document, made: datetime, font: Font | None = None) -> bytes:
    """The document; the same bytes for the same content and font. `made` (UTC) is its date.

    Raises NoChineseFont and MissingCharacter rather than draw boxes.
    """
    data = _data(asdict(document))
    data["most"] = MOST_ENTRIES
    for section, plain in zip(document.sections, data["sections"], strict=True):
        for block, held in zip(section.blocks, plain["blocks"], strict=True):
            if isinstance(block, Picture):
                held["svg"] = styled_svg(block)
                held["share"] = page_share(block)
    said = json.dumps(data, ensure_ascii=False)
    chosen = font or chinese_font()
    if chosen is None and has_chinese(said):
        raise NoChineseFont
    families = [*([chosen.family] if chosen else []), *_LATIN]
    template = files("drillkit.report").joinpath("templates", "document.typ").read_bytes()
    fonts = typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(chosen.path.parent)] if chosen else [],
    )
    compiler = typst.Compiler(template, font_paths=fonts)
    try:
        drawn = compiler.compile(
            format="pdf",
            sys_inputs={"data": said, "fonts": json.dumps(families)},
            pdf_standards=[_STANDARD],
            timestamp=int(made.timestamp()),
        )
    except typst.TypstError as problem:
        raise MissingCharacter(_missing(str(problem))) from problem
    assert isinstance(drawn, bytes)
    return drawn


def _data(value: Any) -> Any:
    """The value with every text in it cleaned."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _data(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_data(inner) for inner in value]
    return value


def _missing(told: str) -> str:
    found = _UNDRAWN.search(told)
    return found[1] if found else ""
