"""The papers as files: each whole or not there at all."""

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from drillkit import whole
from drillkit.report.blocks import Document
from drillkit.report.files import ReportExists, must_be_possible
from drillkit.report.papers.guide import guide
from drillkit.report.papers.manual import manual
from drillkit.report.papers.paper import Paper

# Who writes no PDF does not wait for what draws it.


def _html(document: Document, _: datetime) -> bytes:
    from drillkit.report.html import document_html  # noqa: PLC0415

    return document_html(document).encode()


def _markdown(document: Document, _: datetime) -> bytes:
    from drillkit.report.markdown import document_markdown  # noqa: PLC0415

    return document_markdown(document).encode()


def _docx(document: Document, made: datetime) -> bytes:
    from drillkit.report.docx import document_docx  # noqa: PLC0415

    return document_docx(document, made)


def _pdf(document: Document, made: datetime) -> bytes:
    from drillkit.report.pdf import document_pdf  # noqa: PLC0415

    return document_pdf(document, made)


_WRITERS: Final[dict[str, Callable[[Document, datetime], bytes]]] = {
    "html": _html,
    "md": _markdown,
    "docx": _docx,
    "pdf": _pdf,
}
_PAPERS: Final[dict[str, Callable[[Paper], Document]]] = {
    "situation-manual": manual,
    "facilitator-guide": guide,
}
FORMATS: Final = tuple(_WRITERS)
PLAIN_FORMATS: Final = ("html", "md")
"""Those that need nothing beyond drillkit itself."""


def export_papers(
    paper: Paper,
    folder: Path,
    formats: Collection[str] = PLAIN_FORMATS,
    *,
    made: datetime,
    force: bool = False,
) -> list[Path]:
    """Write both papers in these formats into `folder`, which is made; the files written.

    `made` (UTC) is the date that they bear. Before anything is written, raises UnknownFormat;
    ExtraMissing; ReportExists for a file that is there, unless `force` is set; NoChineseFont or
    MissingCharacter for a PDF that would show boxes.
    """
    for name in formats:
        must_be_possible(name, FORMATS)
    paths = {
        (kind, name): folder / f"{kind}.{name}" for kind in _PAPERS for name in FORMATS
        if name in formats
    }  # fmt: skip
    for path in paths.values():
        if path.exists() and not force:
            raise ReportExists(path)
    documents = {kind: draw(paper) for kind, draw in _PAPERS.items()}
    contents = {path: _WRITERS[name](documents[kind], made) for (kind, name), path in paths.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in contents.items():
        whole.put(path, content)
    return list(paths.values())
