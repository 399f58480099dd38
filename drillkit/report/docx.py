"""A document in Word's format: real headings, tables that repeat their heads, charts as PNG."""

import io
import zipfile
from copy import deepcopy
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from drillkit.model.text import clean
from drillkit.report.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Scored,
    Section,
    Table,
)
from drillkit.report.docx_parts import (
    COLOURS,
    INK,
    NAMESPACE,
    SOFT,
    grid,
    paragraph,
    prose,
    run,
    table,
)
from drillkit.report.fonts import Font, chinese_font
from drillkit.report.pictures import page_share, png
from drillkit.words import say

_LATIN, _CHINESE = "Arial", "Microsoft YaHei"
_PAGE, _MARGIN = (Mm(210), Mm(297)), Mm(18)
_TWIP = 635
"""EMU in a twentieth of a point."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BIG, _PLAIN_SIZE = 44, 26


def document_docx(document: Document, made: datetime, font: Font | None = None) -> bytes:
    """The document; the same bytes for the same content. `made` (UTC) is the date it bears.

    Charts are drawn with `font`, or the best one with Chinese characters that is found here; where
    one is needed and there is none, a sentence stands in the place of the chart.
    """
    writer = _Writer(document, font or chinese_font())
    writer.write()
    writer.date(made)
    return writer.bytes()


class _Writer:
    """One document in the making."""

    def __init__(self, document: Document, font: Font | None) -> None:
        self._document = document
        self._font = font
        self._word: Word = docx.Document()
        self._body: Any = self._word.element.body
        self._page: Any = self._body.sectPr
        self._width = 0

    def write(self) -> None:
        _set_fonts(self._word)
        self._set_page()
        self._cover()
        for section in self._document.sections:
            self._section(section)
        for block in self._document.closing:
            self._block(block)

    def date(self, made: datetime) -> None:
        properties = self._word.core_properties
        properties.title = clean(f"{self._document.title}: {self._document.subject}")[:255]
        properties.author = properties.last_modified_by = "drillkit"
        properties.created = properties.modified = made.replace(tzinfo=None)
        properties.comments = ""

    def bytes(self) -> bytes:
        """The file, with its parts dated alike: python-docx would write the time of day into it."""
        raw, out = io.BytesIO(), io.BytesIO()
        self._word.save(raw)
        with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name in parts.namelist():
                part = zipfile.ZipInfo(name, _EPOCH)
                part.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(part, parts.read(name))
        return out.getvalue()

    # -- pages -------------------------------------------------------------------------------------

    def _set_page(self) -> None:
        section = self._word.sections[0]
        section.page_width, section.page_height = _PAGE
        section.left_margin = section.right_margin = _MARGIN
        section.top_margin = section.bottom_margin = _MARGIN
        self._width = self._inner(_PAGE[0])
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        for name, place in (("Header", head), ("Footer", foot)):
            place.style = name
        title = self._document.title
        head._p.append(_element(run(f"{title}  ", colour=SOFT, size=16)))  # noqa: SLF001
        state = run(self._document.state, bold=True, colour=COLOURS["fair"], size=16)
        if self._document.is_final:
            state = run(self._document.state, bold=True, colour=COLOURS["excellent"], size=16)
        head._p.append(_element(state))  # noqa: SLF001
        foot._p.append(_element(run(f"{self._document.status}   ", colour=SOFT, size=16)))  # noqa: SLF001
        for code in ("PAGE", "NUMPAGES"):
            foot._p.append(_field(code))  # noqa: SLF001
            if code == "PAGE":
                foot._p.append(_element(run(" / ", colour=SOFT, size=16)))  # noqa: SLF001

    def _inner(self, width: int) -> int:
        return (width - 2 * _MARGIN) // _TWIP

    def _end_pages(self, *, wide: bool) -> None:
        """End a stretch of pages here: what came before lies on its side, or stands."""
        pages = deepcopy(self._page)
        if wide:
            size = pages.find(qn("w:pgSz"))
            size.set(qn("w:w"), str(_PAGE[1] // _TWIP))
            size.set(qn("w:h"), str(_PAGE[0] // _TWIP))
            size.set(qn("w:orient"), "landscape")
        end = OxmlElement("w:p")
        look = OxmlElement("w:pPr")
        look.append(pages)
        end.append(look)
        self._page.addprevious(end)

    # -- content -----------------------------------------------------------------------------------

    def _cover(self) -> None:
        document = self._document
        colour = COLOURS["excellent" if document.is_final else "fair"]
        is_report = document.name == "report"
        title, under = (
            (document.subject, document.title) if is_report else (document.title, document.subject)
        )
        self._add(
            paragraph(run(document.status, bold=True, colour=colour)),
            paragraph(run(title, bold=True, colour=INK, size=_BIG if is_report else 32)),
            paragraph(run(under, colour=SOFT)),
            *(
                paragraph(run(line, colour=SOFT))
                for line in (document.under, document.confidential)
                if line
            ),
        )

    def _section(self, section: Section) -> None:
        if section.is_wide:
            self._end_pages(wide=False)
            self._width = self._inner(_PAGE[1])
        if section.title:
            fresh = "<w:pageBreakBefore/>" if section.is_fresh else ""
            self._add(paragraph(run(section.title), "Heading1", fresh))
        for block in section.blocks:
            self._block(block)
        if section.is_wide:
            self._end_pages(wide=True)
            self._width = self._inner(_PAGE[0])

    def _block(self, block: Block) -> None:
        match block:
            case Table():
                self._add(table(block, self._width))
            case Grid():
                self._add(grid(block, self._width), paragraph(""))
            case Facts():
                for label, said in block.pairs:
                    self._add(paragraph(run(f"{label}  ", colour=SOFT) + run(said), look=_TIGHT))
                self._add(paragraph(""))
            case Paragraph():
                self._add(prose(block))
            case Bullets():
                for strong, said in block.items:
                    front = run(f"{strong} ", bold=True) if strong else ""
                    self._add(paragraph(front + run(said), "ListBullet"))
            case Scored():
                self._add(_scored(block))
            case Heading():
                self._add(paragraph(run(block.text), "Heading2"))
            case Picture():
                self._picture(block)
            case Card():
                self._card(block)
            case Cards():
                for card in block.cards:
                    self._card(card)

    def _card(self, card: Card) -> None:
        colour = COLOURS.get(card.tone.rpartition(" ")[2], INK)
        self._add(paragraph(run(card.title, bold=True, colour=colour), "Heading3"))
        for block in card.blocks:
            self._block(block)

    def _picture(self, picture: Picture) -> None:
        self._add(
            paragraph(
                run(f"{picture.title}  ", bold=True) + run(picture.about, colour=SOFT),
                look="<w:keepNext/>",
            )
        )
        drawn = png(picture, self._font)
        if drawn is None:
            told = say(self._document.lang, "report.no-picture")
            self._add(paragraph(run(told, colour=COLOURS["fair"])))
            return
        width = round(self._width * _TWIP * page_share(picture))
        inline = self._word.part.new_pic_inline(io.BytesIO(drawn), width=width)
        inline.docPr.set("descr", clean(f"{picture.title}. {picture.about}"))
        holder = _element(paragraph("<w:r/>"))
        drawing = OxmlElement("w:drawing")
        drawing.append(inline)
        holder.find(qn("w:r")).append(drawing)
        self._page.addprevious(holder)

    def _add(self, *parts: str) -> None:
        for element in list(_element("".join(parts), many=True)):
            self._page.addprevious(element)


_TIGHT = '<w:spacing w:after="20"/>'


def _scored(block: Scored) -> str:
    colour = COLOURS[block.tone]
    size = _BIG if block.is_whole else _PLAIN_SIZE
    return paragraph(
        run(f"{block.points}  ", bold=True, colour=colour, size=size)
        + run(f"{block.grade}  ", bold=True, colour=colour)
        + run(block.seen, colour=SOFT)
    )


def _element(xml: str, *, many: bool = False) -> Any:
    """The element that the XML stands for, or with `many` a holder of several."""
    holder = parse_xml(f"<w:body {NAMESPACE}>{xml}</w:body>")
    return holder if many else holder[0]


def _field(code: str) -> Any:
    """A field that Word fills in: the number of the page, or of all pages."""
    shown = run("1", colour=SOFT, size=16)
    return _element(f'<w:fldSimple w:instr=" {code} ">{shown}</w:fldSimple>')


def _set_fonts(word: Word) -> None:
    """Name a Latin and a Chinese font in every style: a theme's would win over one named once."""
    root: Any = word.styles.element
    for look in root.iter(qn("w:docDefaults")):
        for fonts in look.iter(qn("w:rFonts")):
            _name_fonts(fonts)
        for tongue in look.iter(qn("w:lang")):
            tongue.set(qn("w:eastAsia"), "zh-CN")
    for style in root.iter(qn("w:style")):
        if style.get(qn("w:type")) != "numbering":
            _name_fonts(style.get_or_add_rPr().get_or_add_rFonts())
    normal: Any = word.styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for level, size in ((1, 16), (2, 13), (3, 11)):
        heading: Any = word.styles[f"Heading {level}"]
        heading.font.size, heading.font.color.rgb = Pt(size), RGBColor.from_string(INK)
        heading.paragraph_format.keep_with_next = True


def _name_fonts(fonts: Any) -> None:
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for kind, family in (
        ("ascii", _LATIN),
        ("hAnsi", _LATIN),
        ("cs", _LATIN),
        ("eastAsia", _CHINESE),
    ):
        fonts.set(qn(f"w:{kind}"), family)
