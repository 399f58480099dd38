"""A slip in a TOML text, before anybody knows which file it is."""

from collections.abc import Mapping
from typing import NamedTuple


class Slip(NamedTuple):
    """The sentence's key and values, and the offsets between which the slip stands."""

    key: str
    start: int
    end: int
    values: Mapping[str, object] = {}
    mend: str | None = None
