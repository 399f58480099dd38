"""Durations as an author writes them."""

from drillkit.model.base import HOUR, MINUTE, SECOND, Millis


def written(duration: Millis) -> str:
    """`duration` in the form that a pack takes back: "1h30m", "45s", "0s"."""
    hours, rest = divmod(duration, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, thousandths = divmod(rest, SECOND)
    parts = [f"{hours}h"] * (hours > 0) + [f"{minutes}m"] * (minutes > 0)
    if seconds or thousandths or not parts:
        parts.append(f"{seconds}.{thousandths:03d}s" if thousandths else f"{seconds}s")
    return "".join(parts)
