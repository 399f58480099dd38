"""Who of an organisation's plan takes which part of a scenario that was written for another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from drillkit.model.base import Title
from drillkit.model.plan import Plan, Role
from drillkit.packs.diagnostic import Diagnostic, nearest
from drillkit.packs.source import Source


@dataclass(slots=True)
class Cast:
    """The parts of a scenario and the roles that take them."""

    parts: dict[str, str] = field(default_factory=dict)
    """The role of the plan for each role that the scenario names."""
    brought: list[Role] = field(default_factory=list)
    """Roles of the pack's own plan that come along, for the facilitator to speak for."""
    faults: list[Diagnostic] = field(default_factory=list)
    advice: list[Diagnostic] = field(default_factory=list)


def cast(
    own: Plan,
    plan: Plan,
    source: Source,
    *,
    wanted: Mapping[str, str],
    vital: Mapping[str, str],
    asked: Mapping[str, str],
) -> Cast:
    """Find for each wanted role of the pack's `own` plan one of `plan`, which `source` describes.

    What is `asked` goes first, then `plays`, the same id, the same function, and for partners
    outside the same title. Roles that are `vital` must be found; `wanted` and `vital` say for
    what, by an id. Other roles come along for the facilitator to speak for.
    """
    found = Cast(faults=list(_misasked(own, plan, source, asked)))
    for role in own.roles:
        if role.id in wanted and (match := _certain(role, plan, asked)):
            found.parts[role.id] = match
    for role in own.roles:
        if role.id not in wanted or role.id in found.parts:
            continue
        if match := _similar(role, plan, set(found.parts.values())):
            found.parts[role.id] = match
        elif role.id in vital:
            values = {"role": role.id, "what": vital[role.id]}
            does = role.does()
            key = "packs.lacks-function" if does else "packs.lacks-role"
            name = {"function": does[0]} if does else {}
            found.faults.append(source.fault(key, ("role",), "key", **values, **name))
        else:
            _bring(found, role, plan, source)
    found.advice += _double(found, own, plan, source)
    return found


def _misasked(
    own: Plan, plan: Plan, source: Source, asked: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """What is asked for roles that are not there."""
    parts, roles = [role.id for role in own.roles], [role.id for role in plan.roles]
    for part, role in asked.items():
        if part not in parts:
            close = nearest(part, parts)
            yield source.fault("packs.map-no-part", (), name=part, nearest=close)
        elif role not in roles:
            close = nearest(role, roles)
            yield source.fault("packs.map-no-role", (), name=role, nearest=close)
        elif own.roles[parts.index(part)].outside != plan.roles[roles.index(role)].outside:
            yield source.fault("packs.map-outside", (), part=part, name=role)


def _certain(role: Role, plan: Plan, asked: Mapping[str, str]) -> str | None:
    """The one that somebody named for this part, or that has its id."""
    if role.id in asked:
        return asked[role.id]
    fit = [other for other in plan.roles if other.outside == role.outside]
    named = next((other.id for other in fit if role.id in other.plays), None)
    return named or next((other.id for other in fit if other.id == role.id), None)


def _similar(role: Role, plan: Plan, taken: set[str]) -> str | None:
    """The one with the same function, foremost and free if there is such; outside, the title."""
    if role.outside:
        return next(
            (other.id for other in plan.roles if other.outside and is_same(role, other)), None
        )
    for function in role.does():
        holders = [other for other in plan.players() if function in other.does()]
        holders.sort(key=lambda other: (other.id in taken, other.does().index(function)))
        if holders:
            return holders[0].id
    return None


class Titled(Protocol):
    """What has an id and a title."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> Title: ...


def is_same(one: Titled, other: Titled) -> bool:
    """They have the same title, in either language."""
    return one.title.en.casefold() == other.title.en.casefold() or one.title.zh == other.title.zh


def _bring(found: Cast, role: Role, plan: Plan, source: Source) -> None:
    """The role comes along, outside, under an id that is free."""
    ids = {other.id for other in (*plan.roles, *found.brought)}
    id = role.id
    while id in ids:
        id = f"{id}-2"
    found.parts[role.id] = id
    bare = {"outside": True, "group": None, "alternates": (), "key": False, "commander": False}
    found.brought.append(role.model_copy(update={"id": id, "may": (), **bare}))
    if not role.outside:
        found.advice.append(source.fault("packs.poorer-role", ("role",), "key", role=role.id))


def _double(found: Cast, own: Plan, plan: Plan, source: Source) -> Iterator[Diagnostic]:
    """Roles that take more than one part from inside."""
    inside = {role.id for role in own.players()}
    for place, role in enumerate(plan.roles):
        parts = [part for part, taker in found.parts.items() if taker == role.id and part in inside]
        if len(parts) > 1:
            where = ("role", place, "id")
            yield source.fault("packs.poorer-double", where, name=role.id, roles=", ".join(parts))
