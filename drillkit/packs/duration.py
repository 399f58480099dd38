"""Durations as an author writes them."""

import re
from typing import Final

from drillkit.model.base import HOUR, MINUTE, SECOND, Millis

_UNITS: Final = {
    "h": "h|hrs?|hours?|\u5c0f\u65f6|\u65f6",
    "m": "|min|mins|minutes?|\u5206\u949f?",
    "s": "secs?|seconds?|\u79d2\u949f?",
}
_MEANT: Final = re.compile(
    r"(\d+)\s*(?:" + "|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS.items()) + r")\.?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"\s*(\d+):(\d\d)(?::(\d\d))?\s*")


def meant(text: str) -> str | None:
    """What "5 minutes" or "11" must mean, as a pack takes it: "5m", "11m"; None if unclear."""
    found = _MEANT.fullmatch(text.strip())
    return f"{int(found[1])}{found.lastgroup}" if found else None


def on_a_clock(text: object) -> tuple[str, str] | None:
    """A duration with colons without them: as it is read, and with minutes first as on screens.

    None for what has no colons, and for nothing at all: "0:00".
    """
    found = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    first, second, third = (int(part or 0) for part in found.groups())
    read = first * HOUR + second * MINUTE + third * SECOND
    other = read if found[3] else first * MINUTE + second * SECOND
    return (written(read), written(other)) if read else None


def written(duration: Millis) -> str:
    """`duration` in the form that a pack takes back: "1h30m", "45s", "0s"."""
    hours, rest = divmod(duration, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, thousandths = divmod(rest, SECOND)
    parts = [f"{hours}h"] * (hours > 0) + [f"{minutes}m"] * (minutes > 0)
    if seconds or thousandths or not parts:
        parts.append(f"{seconds}.{thousandths:03d}s" if thousandths else f"{seconds}s")
    return "".join(parts)
