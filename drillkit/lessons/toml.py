"""TOML that people edit too: what changed is put in place, their comments and order stay."""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import tomlkit
from tomlkit.items import AoT, Item

from drillkit.model.base import Value
from drillkit.packs.duration import written as duration


def data_of(value: Value) -> dict[str, Any]:
    """The value as a file says it: what is at its default is left out, durations as written."""
    data: dict[str, Any] = {}
    for name, field in type(value).model_fields.items():
        inner = getattr(value, name)
        if inner is None or (inner == field.default and not field.is_required()):
            continue
        data[field.alias or name] = _plain(inner, is_time=name == "took")
    return data


def _plain(inner: Any, *, is_time: bool) -> Any:
    if isinstance(inner, Value):
        return data_of(inner)
    if isinstance(inner, tuple):
        return [_plain(one, is_time=False) for one in inner]
    if is_time:
        return duration(inner)
    return str(inner) if isinstance(inner, str) else inner


def fresh(data: Mapping[str, Any]) -> str:
    """A new file."""
    document = tomlkit.document()
    _fill(document, data)
    return tomlkit.dumps(document)


def changed(text: str, data: Mapping[str, Any]) -> str:
    """The file `text` made to say `data`; what it says already stays as it is written."""
    document = tomlkit.parse(text)
    _bring(document, data)
    return tomlkit.dumps(document)


def table(data: Mapping[str, Any]) -> tomlkit.items.Table:
    """An element of a list of tables."""
    made = tomlkit.table()
    _fill(made, data)
    return made


def _fill(into: Any, data: Mapping[str, Any]) -> None:
    for path, value in _leaves(data):
        key = tomlkit.key(list(path)) if len(path) > 1 else path[0]
        into.append(key, _item(value))


def _leaves(data: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Tables are written as dotted keys, lists of tables under their own headers."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value


def _item(value: Any) -> Item:
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        listed = tomlkit.aot()
        for one in value:
            listed.append(table(one))
        return listed
    return tomlkit.item(value)


def _bring(into: MutableMapping[str, Any], data: Mapping[str, Any]) -> None:
    for key in [key for key in into if key not in data]:
        del into[key]
    for key, value in data.items():
        old = into.get(key)
        if isinstance(value, Mapping) and isinstance(old, MutableMapping):
            _bring(old, value)
        elif isinstance(old, AoT) and isinstance(value, list):
            _bring_list(old, value)
        elif old is None:
            _fill(into, {key: value})
        elif _unwrapped(old) != value:
            into[key] = _item(value)


def _bring_list(old: AoT, new: list[Mapping[str, Any]]) -> None:
    del old[len(new) :]
    for place, data in enumerate(new):
        if place < len(old):
            _bring(old[place], data)
        else:
            old.append(table(data))


def _unwrapped(old: Any) -> Any:
    return old.unwrap() if hasattr(old, "unwrap") else old
