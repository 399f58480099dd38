"""Checks of filled-in forms: each gives the words key of what is wrong, or ""."""

import math
from typing import get_args

from drillkit.core.decide.facilitator import FASTEST, SLOWEST
from drillkit.model.scenario import Means
from drillkit.ui.screens.dialogs import Filled, needs_reason

MEANS: tuple[Means, ...] = get_args(Means)
MOST_MINUTES = 24 * 60


def number(text: str) -> float | None:
    """The finite number that is written there."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def chosen_means(filled: Filled) -> Means:
    """The field `means` as what it is."""
    return next(means for means in MEANS if means == filled.ones["means"])


def a_speed(filled: Filled) -> str:
    """The field `speed` holds a speed that the clock can run at."""
    speed = number(filled.lines["speed"])
    fits = speed is not None and SLOWEST <= speed <= FASTEST
    return "" if fits else "control.speed-range"


def minutes_and_reason(filled: Filled) -> str:
    """The fields `minutes` and `why` are filled in."""
    minutes = number(filled.lines["minutes"])
    if minutes is None or not 0 < minutes <= MOST_MINUTES:
        return "control.minutes-range"
    return needs_reason(filled)


def a_text(filled: Filled) -> str:
    """The field `text` holds something."""
    return "" if filled.proses["text"] else "refused.empty"


def a_message(filled: Filled) -> str:
    """There is a text, and somebody to receive it."""
    return a_text(filled) if filled.several["to"] else "refused.no-recipient"


def an_inject(filled: Filled) -> str:
    """There are a title, a body, recipients, and a number of minutes."""
    if not filled.lines["title"] or not filled.proses["body"]:
        return "refused.empty"
    if not filled.several["to"]:
        return "refused.no-recipient"
    limit = number(filled.lines["limit"] or "0")
    return "" if limit is not None and 0 <= limit <= MOST_MINUTES else "control.limit-range"


def points_and_reason(filled: Filled) -> str:
    """A value from 0 to 100, or none, with a reason."""
    written = filled.lines["value"]
    value = number(written) if written else 0.0
    if value is None or not 0 <= value <= 100:
        return "debrief.value-range"
    return needs_reason(filled)
