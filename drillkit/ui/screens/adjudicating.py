"""The form by which a value is set, or a setting taken back, and what it asks for."""

from functools import partial

from drillkit.core.state import State
from drillkit.model.commands import Adjudicate, RestoreValue
from drillkit.model.text import Line
from drillkit.ui.screens.checks import number
from drillkit.ui.screens.dialogs import Fault, Filled, Form, LineField, OneField, needs_reason
from drillkit.ui.widgets.columns import plain_points
from drillkit.words import say

POINTS, UNSEEN, RESTORE = "points", "unseen", "restore"


def ruling_form(state: State, measure: str, about: str, lang: str) -> Form:
    """Asks for points, for "not observed", or to take back what was set; always with a reason."""
    found = state.adjudicated.get(measure)
    kinds = (POINTS, UNSEEN, RESTORE) if found else (POINTS, UNSEEN)
    options = [(kind, say(lang, f"debrief.ruling-{kind}")) for kind in kinds]
    stands = found[1].value if found else None
    before = "" if stands is None else plain_points(stands)
    fields = [
        OneField("ruling", "debrief.ruling", options, POINTS),
        LineField("value", "debrief.value", before),
        LineField("why", "control.why"),
    ]
    check = partial(_a_ruling, before)
    return Form("debrief.adjudicate-title", fields, about=about, check=check)


def ruled(filled: Filled, measure: str, decider: Line) -> Adjudicate | RestoreValue:
    """What the filled form asks for."""
    why, kind = filled.lines["why"], filled.ones["ruling"]
    if kind == RESTORE:
        return RestoreValue(measure=measure, why=why, decider=decider)
    value = float(filled.lines["value"]) / 100 if kind == POINTS else None
    return Adjudicate(measure=measure, value=value, why=why, decider=decider)


def _a_ruling(before: str, filled: Filled) -> Fault | None:
    """Points from 0 to 100 where points are set, and only there; a reason for whatever is."""
    written = filled.lines["value"]
    if filled.ones["ruling"] == POINTS:
        value = number(written)
        if value is None or not 0 <= value <= 100:
            return Fault("value", "debrief.value-range")
    elif written not in ("", before):
        return Fault("value", "debrief.value-unused")
    return needs_reason(filled)
