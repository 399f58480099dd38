"""Read a stored body: bodies of older versions are brought to today's, one step a version."""

import json
from collections.abc import Callable
from typing import Any

from drillkit.model.events import Entry, entry_adapter

VERSION = 1
"""The version that bodies are written in; it rises by one when any kind changes its shape."""

Body = dict[str, Any]

UPCASTS: dict[tuple[str, int], Callable[[Body], Body]] = {}
"""(kind, version) -> the step of that parsed body to version + 1; none where nothing changed."""


class NewerBody(ValueError):
    """The body was written by a newer drillkit."""


def marker() -> bytes:
    """What every body of today's version begins with, so that its version is known unparsed."""
    return b'{"v":%d,' % VERSION


def decode(body: bytes) -> Entry:
    """The entry that was stored as `body`.

    Raises NewerBody for a version to come, and ValueError for what is no entry.
    """
    # The codec ignores "v", as it ignores every key that an entry does not have.
    return entry_adapter().validate_json(body if body.startswith(marker()) else _today(body))


def _today(body: bytes) -> bytes:
    match json.loads(body):
        case {"v": int(written), "event": {"kind": str()}} as parsed:
            if written > VERSION:
                raise NewerBody(f"version {written} is newer than {VERSION}")
            for version in range(written, VERSION):
                if step := UPCASTS.get((parsed["event"]["kind"], version)):
                    parsed = step(parsed)
            return json.dumps(parsed).encode()
        case _:
            raise ValueError("the body has no version or no kind")
