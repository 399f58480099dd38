"""A document as one HTML file that needs nothing else, for screen and paper."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from drillkit.report.blocks import Document, Picture, shown
from drillkit.report.inert import environment

_TONGUES = {"en": "en", "zh": "zh-CN"}


def document_html(document: Document) -> str:
    """The whole document. What people wrote is escaped, and nothing in it can act."""
    return _template().render(document=document, tongue=_TONGUES[document.lang])


@cache
def _template() -> Any:
    pages = environment()
    pages.filters["links"] = _links
    pages.filters["drawn"] = _drawn
    return pages.get_template("document.html.j2")


def _drawn(picture: Picture) -> Markup:
    return Markup(picture.svg)  # noqa: S704  # built by an XML library


def _links(entries: Sequence[int]) -> Markup:
    """Entry numbers as links into the log."""
    first, left = shown(entries)
    links = Markup(" ").join(Markup('<a href="#e{seq}">{seq}</a>').format(seq=seq) for seq in first)
    return links + Markup(" +{left}").format(left=left) if left else links
