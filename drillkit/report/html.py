"""A document as one HTML file that needs nothing else, for screen and paper."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from math import sqrt
from typing import Any

from markupsafe import Markup
from rich.cells import cell_len

from drillkit.report.blocks import Document, Picture, shown
from drillkit.report.inert import environment

_PAGE = 510_000.0
"""Terminal cells times squared px of type that a page of paper holds in two columns."""
_SMALLEST, _LARGEST = 6.0, 12.0
_TONGUES = {"en": "en", "zh": "zh-CN"}


def document_html(document: Document) -> str:
    """The whole document. What people wrote is escaped, and nothing in it can act."""
    return _template().render(document=document, tongue=_TONGUES[document.lang])


@cache
def _template() -> Any:
    pages = environment()
    pages.filters["links"] = _links
    pages.filters["drawn"] = _drawn
    pages.filters["printed"] = _printed
    return pages.get_template("document.html.j2")


def _printed(document: Document) -> str:
    """The height of type (px) at which the document fills one page of paper and no more."""
    cells = sum(cell_len(text) for text in _strings(asdict(document)))
    return f"{min(_LARGEST, max(_SMALLEST, sqrt(_PAGE / max(1, cells)))):.2f}"


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list() | tuple():
            for inner in value:
                yield from _strings(inner)
        case _:
            pass


def _drawn(picture: Picture) -> Markup:
    return Markup(picture.svg)  # noqa: S704  # built by an XML library


def _links(entries: Sequence[int]) -> Markup:
    """Entry numbers as links into the log."""
    first, left = shown(entries)
    links = Markup(" ").join(Markup('<a href="#e{seq}">{seq}</a>').format(seq=seq) for seq in first)
    return links + Markup(" +{left}").format(left=left) if left else links
