"""Whether each thing by itself makes sense: its times, what it needs, what a terminal can draw."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from drillkit.model.base import Millis, Value, millis
from drillkit.model.plan import Plan
from drillkit.model.scenario import Expect, Inject, Need, Outcome, Scenario
from drillkit.model.when import AtLeast, NotBefore, OutcomeAbove
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.duration import on_a_clock, written
from drillkit.packs.positions import Where
from drillkit.packs.source import Source

# Terminals disagree about the width of these: variation selector, joiner, skin tones, flags.
_EMOJI: Final = re.compile("[\ufe0f\u200d\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff]")

_SELECTOR: Final = "\ufe0f"

_EXPECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "respond": (),
    "tell": ("to", "fact"),
    "report": ("report",),
    "dispatch": ("need",),
    "state": ("fact",),
    "notify": ("customer",),
}
_EFFECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "stock": ("item", "quantity"),
    "route": ("site", "time"),
    "route-closed": ("site",),
    "vehicle-lost": ("vehicle",),
}
"""What each kind of action or effect must name."""


def every(value: Value, where: Where = ()) -> Iterator[tuple[Where, Value]]:
    """`value` and all values in it, each with its place in the file."""
    yield where, value
    for name, field in type(value).model_fields.items():
        inner, place = getattr(value, name), (*where, field.alias or name)
        if isinstance(inner, Value):
            yield from every(inner, place)
        elif isinstance(inner, tuple):
            for number, part in enumerate(inner):
                if isinstance(part, Value):
                    yield from every(part, (*place, number))


def _strings(value: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(inner, (*where, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _strings(inner, (*where, number))


def odd_character(text: str) -> str:
    """The first character that terminals draw in differing widths, as U+XXXX; "" if none."""
    odd = _EMOJI.search(text)
    return f"U+{ord(odd[0]):04X}" if odd else ""


def emoji_faults(source: Source) -> Iterator[Diagnostic]:
    """Characters that terminals draw with differing widths, so that a whole row shifts."""
    for where, text in _strings(source.data, ()):
        if odd := _EMOJI.search(text):
            char = odd[0]
            span, file = source.spans[where], source.file_of(where)
            at = file.text.find(char, span.start, span.end)
            start, end = (at, at + 1) if at >= 0 else (span.start, span.end)  # or it is escaped
            found = file.fault_at("packs.terminal-emoji", start, end, name=f"U+{ord(char):04X}")
            # Without the selector the sign before it is drawn as plain text: nothing is lost.
            yield replace(found, mend="") if char == _SELECTOR and at >= 0 else found


def _limits(source: Source, root: Value) -> Iterator[Diagnostic]:
    for where, value in every(root):
        for prefix in ("", "ack_", "arrive_"):
            target = getattr(value, f"{prefix}target", None)
            limit = getattr(value, f"{prefix}limit", None)
            if isinstance(target, int) and isinstance(limit, int) and limit < target:
                own = (*where, f"{prefix}limit")
                place = own if own in source.spans else (*where, f"{prefix}target")
                yield source.fault(
                    "packs.limit-before-target",
                    place,
                    limit=written(limit),
                    target=written(target),
                )


def plan_faults(source: Source, plan: Plan) -> Iterator[Diagnostic]:
    """What makes no sense in the plan."""
    yield from _limits(source, plan)
    if not any(role.commander and not role.outside for role in plan.roles):
        yield source.fault("packs.no-commander", ("role", 0), "key")


def _phases(source: Source, scenario: Scenario) -> Iterator[Diagnostic]:
    before: Millis | None = None
    for place, phase in enumerate(scenario.phases):
        where = ("phase", place, "at")
        if before is None and phase.at != 0:
            yield source.fault("packs.first-phase", where)
        elif before is not None and phase.at <= before:
            yield source.fault("packs.phase-order", where, before=written(before))
        before = phase.at
        try:
            datetime.fromisoformat(phase.clock)
        except ValueError:
            yield source.fault("packs.bad-story-time", ("phase", place, "clock"), name=phase.clock)


def _after_the_end(source: Source, where: Where, end: Millis) -> Diagnostic:
    clock = on_a_clock(source.value_at(where))
    if clock is None or millis(clock[1]) > end:
        return source.fault("packs.after-the-end", where, end=written(end))
    hours, minutes = clock
    values = {"name": source.value_at(where), "read": hours, "meant": minutes, "end": written(end)}
    return source.fault("packs.after-the-end-clock", where, **values)


def _late(source: Source, scenario: Scenario) -> Iterator[Diagnostic]:
    """Times of the script at which play is over."""
    end = scenario.length
    starts: list[tuple[Where, Millis | None]] = [
        *((("phase", place, "at"), phase.at) for place, phase in enumerate(scenario.phases)),
        *((("inject", place, "at"), inject.at) for place, inject in enumerate(scenario.injects)),
        *((("need", place, "at"), need.at) for place, need in enumerate(scenario.needs)),
    ]
    for where, value in every(scenario):
        if isinstance(value, NotBefore):
            starts.append(((*where, "not_before"), value.not_before))
    for where, at in starts:
        if at is not None and at > end:
            yield _after_the_end(source, where, end)
    dues: list[tuple[Where, Millis | None, Millis]] = [
        (("need", place, "within"), None if need.when else need.at, need.within)
        for place, need in enumerate(scenario.needs)
    ]
    for place, inject in enumerate(scenario.injects):
        at = None if inject.when else inject.at
        dues += (
            (("inject", place, "expect", number, "target"), at, expect.target)
            for number, expect in enumerate(inject.expect)
        )
    for where, at, within in dues:
        if at is not None and at <= end < at + within:
            yield source.fault(
                "packs.due-after-the-end", where, due=written(at + within), end=written(end)
            )


def _inject(source: Source, where: Where, inject: Inject) -> Iterator[Diagnostic]:
    if inject.at is None and inject.when is None and inject.kind != "contingency":
        yield source.fault("packs.inject-without-start", where, "key")
    for place, effect in enumerate(inject.effects):
        for field in _EFFECTS[effect.kind]:
            given = getattr(effect, field)
            if given is None or (field == "quantity" and given == 0):
                here = (*where, "effect", place, "kind")
                yield source.fault("packs.effect-lacks", here, kind=effect.kind, field=field)
    for place, expect in enumerate(inject.expect):
        yield from _expect(source, (*where, "expect", place), expect, inject)


def _expect(source: Source, where: Where, expect: Expect, inject: Inject) -> Iterator[Diagnostic]:
    for field in _EXPECTS[expect.action]:
        if not getattr(expect, field):
            here = (*where, "action")
            yield source.fault("packs.expect-lacks", here, action=expect.action, field=field)
    if expect.action == "respond" and not inject.words and not inject.options:
        yield source.fault("packs.no-answer-possible", (*where[:-2], "words"), inject=inject.id)


def _need(source: Source, where: Where, need: Need) -> Iterator[Diagnostic]:
    if need.at is None and need.when is None:
        yield source.fault("packs.need-without-start", where, "key")


def _outcome(source: Source, where: Where, outcome: Outcome) -> Iterator[Diagnostic]:
    if outcome.null == outcome.reference:
        yield source.fault("packs.outcome-without-range", (*where, "reference"))


def scenario_faults(source: Source, scenario: Scenario) -> Iterator[Diagnostic]:
    """What makes no sense in the scenario, looked at one by one."""
    yield from _limits(source, scenario)
    yield from _phases(source, scenario)
    yield from _late(source, scenario)
    for where, value in every(scenario):
        match value:
            case Inject():
                yield from _inject(source, where, value)
            case Need():
                yield from _need(source, where, value)
            case Outcome():
                yield from _outcome(source, where, value)
            case OutcomeAbove(above=None, below=None):
                yield source.fault("packs.outcome-without-bound", where)
            case AtLeast() if value.at_least > len(value.of):
                here = (*where, "at_least")
                yield source.fault("packs.more-than-parts", here, parts=len(value.of))
            case _:
                pass
