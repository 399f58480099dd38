"""The drill told in sentences: what each entry says, with names in place of ids."""

from collections.abc import Iterable, Iterator
from typing import Any

from drillkit.core.clocks import face
from drillkit.core.measured import measure
from drillkit.core.names import SEATED, Names, headline
from drillkit.model.base import Lang
from drillkit.model.events import (
    CustomerNotified,
    DoorChanged,
    DrillEnded,
    Entry,
    LeadNamed,
    OutcomeMoved,
    ReportFiled,
    ReportReopened,
    ResponseGiven,
    RoleArrived,
    RouteChanged,
    ScriptJumped,
    SpeedSet,
    StockChanged,
    SuppliesDispatched,
    TasksAssigned,
    ValueAdjudicated,
)
from drillkit.words import listing, say

__all__ = ["Names", "actor", "headline", "kind_title", "number", "sentence"]


def actor(entry: Entry, names: Names, lang: Lang) -> str:
    """Who acted, and who really sat there where that was somebody else."""
    role = names.role(entry.by, lang)
    if not entry.via or entry.via == entry.by:
        return role
    via = say(lang, f"log.seat.{entry.via}") if entry.via in SEATED else entry.via
    return say(lang, "log.seated", role=role, via=via)


def kind_title(entry: Entry, lang: Lang) -> str:
    """What kind of entry it is, in a word or two."""
    return say(lang, f"log.kind.{entry.event.kind}")


def sentence(entry: Entry, names: Names, lang: Lang) -> str:
    """What the entry says. It has several lines where people wrote several.

    It is plain text with words of people in it: whoever shows it guards it as such.
    """
    values = _values(entry.event, names, lang)
    parts = [say(lang, f"log.{_key(entry.event)}", **values)]
    n = len(getattr(entry.event, "entries", ()))
    parts += [say(lang, f"log.tail.{tail}", n=n, **values) for tail in _tails(entry.event)]
    return " ".join(parts)


def _key(event: Any) -> str:
    match event:
        case RoleArrived() if event.substitute:
            return "role_arrived_substitute"
        case DoorChanged():
            return f"door_changed_{event.change}"
        case DrillEnded(aborted=True):
            return "drill_ended_aborted"
        case StockChanged() if event.by < 0:
            return "stock_changed_lost"
        case StockChanged(by=0):
            return "stock_changed_none"
        case OutcomeMoved(rate=0.0):
            return "outcome_moved_still"
        case RouteChanged(time=None):
            return "route_changed_closed"
        case ValueAdjudicated(value=None):
            return "value_adjudicated_unobserved"
        case ReportReopened(void=void) if void:
            return "report_reopened_void"
        case TasksAssigned(tasks=()):
            return "tasks_assigned_cleared"
        case LeadNamed(name=""):
            return "lead_named_cleared"
    return event.kind


def _tails(event: Any) -> Iterator[str]:
    """The further sentences that the event gives cause to (keys of log.tail)."""
    match event:
        case RoleArrived() if event.evidence != "actual":
            yield "evidence"
        case SuppliesDispatched() if event.vehicle:
            yield "vehicle"
        case CustomerNotified() if event.text:
            yield "text"
    for said in ("why", "left", "facts", "unsupported", "entries"):
        if getattr(event, said, None):
            yield said
    if getattr(event, "decider", ""):
        yield "decider"
    for true in ("ack", "meeting", "life_critical", "harmed", "unsafe", "noncompliant", "short"):
        if getattr(event, true, False):
            yield true
    for false in ("confirmed", "authorised"):
        if not getattr(event, false, True):
            yield f"not_{false}"


def _read(field: str, value: Any, names: Names, lang: Lang) -> object:
    """What a field of this name means in words, in whatever event it stands."""
    match field:
        case "role" | "seat" | "sender" | "was" | "wanted" | "substitute":
            return names.role(value, lang)
        case "to":
            return names.roles(value, lang)
        case (
            "inject"
            | "group"
            | "site"
            | "depot"
            | "item"
            | "vehicle"
            | "rule"
            | "customer"
            | "outcome"
            | "task"
            | "due"
            | "order"
            | "shipment"
            | "message"
        ):
            return getattr(names, field)(value, lang)
        case "tasks":
            return _quoted((names.task(id, lang) for id in value), lang)
        case "form":
            return names.form(value, lang)
        case "measure":
            return measure(names, value, lang)
        case "present" | "void":
            return listing(lang, value)
        case "statement":
            return names.statement(value)
        case "scenario" | "plan":
            return value.title.in_(lang)
        case "title":
            return value.in_(lang)
        case "facts":
            return _quoted((fact.title.in_(lang) for fact in value), lang)
        case "unsupported":
            return _quoted((names.fact(id, lang) for id in value), lang)
        case "entries":
            return listing(lang, [str(seq) for seq in value])
        case "limit_at" | "arrives_at" | "script":
            return face(value)
        case (
            "means"
            | "stage"
            | "conduct"
            | "evidence"
            | "duty"
            | "rating"
            | "office"
            | "suitability"
            | "sufficiency"
        ):
            return say(lang, f"log.{field}.{value}")
    return value


def _quoted(texts: Iterable[str], lang: Lang) -> str:
    return listing(lang, [say(lang, "log.quoted", text=text) for text in texts])


def _values(event: Any, names: Names, lang: Lang) -> dict[str, object]:
    """The placeholders of the event's sentences, in words."""
    values: dict[str, object] = {}
    for name in event.__slots__:
        value = getattr(event, name)
        values[name] = _read(name, value, names, lang) if value not in ("", None) else value
    match event:
        case SpeedSet():
            values["speed"] = number(event.speed)
        case ScriptJumped():
            values["by"] = face(event.by)
        case RouteChanged() if event.time is not None:
            values["time"] = face(event.time)
        case StockChanged():
            values["goods"] = names.goods(event.item, abs(event.by), lang)
            values["item"] = names.item(event.item, lang)
        case OutcomeMoved():
            value = names.amount(event.outcome, standing(event.value), lang)
            values |= {"value": value, "rate": f"{event.rate:+.4g}"}
        case ValueAdjudicated() if event.value is not None:
            values["value"] = number(100 * event.value)
        case ResponseGiven():
            answer = names.options(event.inject, event.options, lang)
            values["answer"] = listing(lang, [*answer, *([event.text] if event.text else [])])
        case ReportFiled():
            lines = [
                say(lang, "log.element", name=names.element(event.rule, id, lang), text=text)
                for id, text in event.elements.items()
            ]
            values["elements"] = "\n".join(lines)
        case _ if "item" in values and "quantity" in values:
            values["goods"] = names.goods(event.item, event.quantity, lang)
    return values


def standing(value: float) -> str:
    """Where an outcome stands, for reading: from 10 on whole, as nobody moves 0.4 of a patient."""
    return number(round(value, 0 if abs(value) >= 10 else 1))


def number(value: float) -> str:
    """A quantity for reading: at most two decimals, none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
