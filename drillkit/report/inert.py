"""How an HTML page is filled in: what people wrote is escaped and cleaned, whichever page it is."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from drillkit.model.text import clean


def environment() -> Environment:
    """The templates of this package. A name that a page lacks is an error, never nothing."""
    return Environment(
        loader=PackageLoader("drillkit.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned,
    )


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
