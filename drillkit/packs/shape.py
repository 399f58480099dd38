"""Whether a file has the shape of its model: pydantic's errors, each brought to its place."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from drillkit.model.base import LANGS, Lang, Text, Title, Value
from drillkit.model.when import CONDITIONS, AllOf
from drillkit.packs.diagnostic import Diagnostic, as_name, nearest
from drillkit.packs.duration import meant
from drillkit.packs.positions import Where
from drillkit.packs.source import Source

V = TypeVar("V", bound=Value)

_PLAIN: Final[Mapping[str, str]] = {
    "string_type": "packs.need-text",
    "int_type": "packs.need-integer",
    "float_type": "packs.need-number",
    "bool_type": "packs.need-boolean",
    "tuple_type": "packs.need-list",
    "model_type": "packs.need-table",
    "duration": "packs.duration",
    "blank": "packs.blank",
    "finite_number": "packs.not-finite",
}
_BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "greater_than": ("packs.not-above", "gt"),
    "greater_than_equal": ("packs.below-least", "ge"),
    "less_than": ("packs.not-below", "lt"),
    "less_than_equal": ("packs.above-most", "le"),
    "string_too_long": ("packs.text-too-long", "max_length"),
    "text_too_long": ("packs.text-too-long", "limit"),
    "too_short": ("packs.too-few", "min_length"),
}
_OF_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "form-not-falling": ("at_least",),
    "form-no-points": ("measure",),
    "form-no-measure": ("at_least",),
    "form-one-less": ("evidence", "at_least"),
    "form-steps": ("step",),
    "form-kept-id": ("options", "at", "id"),
    "form-twice": ("options", "at", "id"),
    "form-item-twice": ("section", "at", "item", "place", "id"),
}
"""The faults that a form's models find, and where below them each stands; "at" and "place" are
numbers that the fault tells."""
_MEANT: Final[Mapping[str, str]] = {
    "after": "released",
    "and": "all",
    "at": "not_before",
    "done": "milestone",
    "late": "overdue",
    "not": "none",
    "or": "any",
    "sent": "released",
    "time": "not_before",
    "told": "knows",
}
"""Words that people take for the keys of conditions, and that are spelled like others or none."""
_EITHER = re.compile(r"'([^']*)'|(\d+)")
_STORY_TIME: Final = r"^\d{4}-"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where pydantic's `loc` leads: the way in the data, and the model that holds its last key."""

    where: Where
    owner: type[Value]


def model_in(annotation: Any) -> type[Value] | None:
    """The model of what the annotation lets in, be it one, a list or nothing; None for none."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Value) else None
    inner = (model_in(part) for part in get_args(annotation))
    return next((model for model in inner if model is not None), None)


def keys_of(model: type[Value]) -> dict[str, FieldInfo]:
    """The keys as a pack writes them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _kinds(annotation: Any) -> Mapping[str, type[Value]]:
    """The models that a key `kind` tells apart, by that word; none where there is no such key."""
    for part in get_args(annotation):
        if found := _kinds(part):
            return found
    if get_origin(annotation) is Annotated and (union := get_args(get_args(annotation)[0])):
        models = [one for one in union if isinstance(one, type) and issubclass(one, Value)]
        if len(models) == len(union):
            return {get_args(one.model_fields["kind"].annotation)[0]: one for one in models}
    return {}


def _follow(model: type[Value], loc: Where) -> _Place:
    """Leave out of `loc` the names of kinds, of conditions or of items: they are no keys there."""
    where: Where = ()
    owner: type[Value] = model
    current: type[Value] | None = model
    kind_follows = conditions = False
    kinds: Mapping[str, type[Value]] = {}
    for part in loc:
        if kind_follows:
            current, kind_follows = CONDITIONS[str(part)], False
            continue
        if where and isinstance(where[-1], int) and part in kinds:
            current = kinds[str(part)]
            continue
        where = (*where, part)
        if isinstance(part, int):
            kind_follows = conditions
        elif current is not None:
            owner = current
            field = keys_of(owner).get(part)
            current = model_in(field.annotation) if field else None
            kinds = _kinds(field.annotation) if field else {}
            conditions = current is AllOf
            kind_follows = conditions and get_origin(field and field.annotation) is not tuple
    return _Place(where, owner)


def _value_at(data: Any, where: Where) -> Any:
    for part in where:
        data = data[part]
    return data


def _unknown_key(source: Source, place: _Place) -> Diagnostic:
    key = str(place.where[-1])
    table = _value_at(source.data, place.where[:-1])
    free = set(keys_of(place.owner)) - set(table)
    if issubclass(place.owner, Title | Text) and len(free) == 1:
        close = free.pop()  # whatever it is called, it is meant to be the other language
    else:
        close = nearest(key, free) or nearest(key, keys_of(place.owner))
    found = source.fault("packs.unknown-key", place.where, "key", name=key, nearest=close)
    return source.slip(found, place.where, key, close if close in free else None)


def _missing(source: Source, place: _Place) -> Diagnostic:
    *above, key = place.where
    table = tuple(above)
    other = "zh" if key == "en" else "en"
    if issubclass(place.owner, Title | Text) and other in _value_at(source.data, table):
        name = table[-1]
        return source.fault("packs.missing-half", table, "key", name=name, half=key, other=other)
    part: Literal["key", "value"] = "value" if table and isinstance(table[-1], int) else "key"
    return source.fault("packs.missing-key", table, part, name=key)


def _not_one_of(
    source: Source, where: Where, got: object, error: ErrorDetails, said: str = "expected"
) -> Diagnostic:
    expected = error.get("ctx", {}).get(said, "")
    names = [word or number for word, number in _EITHER.findall(expected)]
    close = nearest(str(got), names)
    listed = ", ".join(names)
    found = source.fault("packs.not-one-of", where, name=got, choices=listed, nearest=close)
    return source.slip(found, where, str(got), close)


def _condition(source: Source, where: Where, got: object) -> Diagnostic:
    names = ", ".join(CONDITIONS)
    if isinstance(got, Mapping):
        for key in got:
            if close := _MEANT.get(key) or nearest(key, CONDITIONS):
                place = (*where, key)
                return source.fault("packs.condition", place, "key", choices=names, nearest=close)
    return source.fault("packs.condition", where, choices=names)


def _header_name(where: Where) -> str:
    """The name of a header as it is written there: without the places in lists."""
    return ".".join(part for part in where if isinstance(part, str))


def _diagnose(source: Source, place: _Place, error: ErrorDetails) -> Diagnostic:
    kind, context, where = error["type"], error.get("ctx", {}), place.where
    if kind == "missing":
        return _missing(source, place)
    if kind == "extra_forbidden":
        return _unknown_key(source, place)
    got = _value_at(source.data, where)
    if kind in _OF_FORMS:
        below = (context[part] if part in ("at", "place") else part for part in _OF_FORMS[kind])
        return source.fault(f"packs.{kind}", (*where, *below), **context)
    if kind == "union_tag_invalid":
        return _not_one_of(source, (*where, "kind"), got["kind"], error, "expected_tags")
    if kind == "union_tag_not_found":
        return source.fault("packs.missing-key", where, "key", name="kind")
    if kind == "literal_error":
        return _not_one_of(source, where, got, error)
    if kind == "condition":
        return _condition(source, where, got)
    if kind == "model_type" and context.get("class_name") in {"Title", "Text"}:
        return source.fault("packs.need-both", where, name=where[-1])
    if kind == "string_pattern_mismatch":
        story = str(context["pattern"]).startswith(_STORY_TIME)
        if story:
            return source.fault("packs.bad-story-time", where, name=got)
        return source.fault("packs.bad-id", where, name=got, nearest=as_name(got))
    if kind == "duration" and (near := meant(str(got))):
        return source.fault("packs.duration-unit", where, name=got, meant=near)
    if kind == "less_than_equal" and isinstance(got, str):
        return source.fault("packs.duration-too-long", where, name=got)
    if kind in _BOUNDS:
        key, bound = _BOUNDS[kind]
        return source.fault(key, where, bound=context[bound])
    if kind == "tuple_type" and isinstance(got, Mapping) and source.is_header(where):
        return source.fault("packs.need-tables", where, name=_header_name(where))
    if kind in _PLAIN:
        return source.fault(_PLAIN[kind], where, name=got)
    return source.fault("packs.other-shape", where, detail=error["msg"])


def _is_echo(source: Source, place: _Place, error: ErrorDetails, misspelt: set[Where]) -> bool:
    """One slip, one diagnostic: a key that is spelled wrong is not missing as well."""
    where = place.where
    is_filled = where[-1:] in (("en",), ("zh",)) and where not in source.spans
    if is_filled and _halves(_value_at(source.data, where[:-1])):
        return True  # the half that it was filled in from has the slip
    if error["type"] == "too_short":  # said also of a list whose elements are all refused
        return bool(_value_at(source.data, where))
    return error["type"] == "missing" and where in misspelt


def _halves(table: Any) -> bool:
    """Both halves of a text are there."""
    return isinstance(table, Mapping) and all(lang in table for lang in LANGS)


def _filled(value: Any, lang: Lang) -> Any:
    """The data of a file in one language: the other half of each text is that one, too."""
    if isinstance(value, list):
        return [_filled(part, lang) for part in value]
    if not isinstance(value, Mapping):
        return value
    if list(value) == [lang]:
        return dict.fromkeys(LANGS, value[lang])
    return {key: _filled(part, lang) for key, part in value.items()}


def model_of(source: Source, model: type[V]) -> tuple[V | None, list[Diagnostic]]:
    """The value that `source` describes, or None and all that is wrong with its shape."""
    one = source.data.get("lang")
    if one in LANGS:
        source = replace(source, data=_filled(source.data, one))
    # JSON, because only there strict takes a list for a tuple; a date becomes what no field takes.
    as_json = json.dumps(source.data, default=lambda _: {})
    try:
        value = model.model_validate_json(
            as_json, strict=True, context={"pack": True}, by_alias=True, by_name=False
        )
    except ValidationError as refusal:
        errors = [(_follow(model, e["loc"]), e) for e in refusal.errors(include_url=False)]
    else:
        return value, []
    misspelt: set[Where] = set()
    for place, error in errors:
        if error["type"] == "extra_forbidden":
            close = _unknown_key(source, place).values.get("nearest", "")
            misspelt.add((*place.where[:-1], close))
    return None, [
        _diagnose(source, place, error)
        for place, error in errors
        if not _is_echo(source, place, error, misspelt)
    ]
