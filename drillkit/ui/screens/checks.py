"""Checks of filled-in forms: each gives the field and what is wrong with it, or None."""

import math
import re
from collections.abc import Sequence
from typing import get_args

from drillkit.core.decide.facilitator import FASTEST, SLOWEST
from drillkit.model.scenario import Means
from drillkit.model.text import Line
from drillkit.ui.screens.dialogs import Fault, Filled, needs_reason

MEANS: tuple[Means, ...] = get_args(Means)
MOST_MINUTES = 24 * 60


def number(text: str) -> float | None:
    """The finite number that is written there."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def names_in(written: str) -> tuple[Line, ...]:
    """The names in a line, parted by commas of either language."""
    names: Sequence[str] = re.split("[,;\u3001\uff0c\uff1b]", written)
    return tuple(Line(name.strip()) for name in names if name.strip())


def chosen_means(filled: Filled) -> Means:
    """The field `means` as what it is."""
    return next(means for means in MEANS if means == filled.ones["means"])


def a_speed(filled: Filled) -> Fault | None:
    """The field `speed` holds a speed that the clock can run at."""
    speed = number(filled.lines["speed"])
    fits = speed is not None and SLOWEST <= speed <= FASTEST
    return None if fits else Fault("speed", "control.speed-range")


def minutes_and_reason(filled: Filled) -> Fault | None:
    """The fields `minutes` and `why` are filled in."""
    minutes = number(filled.lines["minutes"])
    if minutes is None or not 0 < minutes <= MOST_MINUTES:
        return Fault("minutes", "control.minutes-range")
    return needs_reason(filled)


def a_text(filled: Filled) -> Fault | None:
    """The field `text` holds something."""
    return None if filled.proses["text"] else Fault("text", "refused.empty")


def a_message(filled: Filled) -> Fault | None:
    """There is a text, and somebody to receive it."""
    return a_text(filled) if filled.several["to"] else Fault("to", "refused.no-recipient")


def an_inject(filled: Filled) -> Fault | None:
    """There are a title, a body, recipients, and a number of minutes."""
    if not filled.lines["title"]:
        return Fault("title", "refused.empty")
    if not filled.proses["body"]:
        return Fault("body", "refused.empty")
    if not filled.several["to"]:
        return Fault("to", "refused.no-recipient")
    limit = number(filled.lines["limit"] or "0")
    fits = limit is not None and 0 <= limit <= MOST_MINUTES
    return None if fits else Fault("limit", "control.limit-range")
