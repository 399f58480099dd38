"""A change tried without a file: "roles.medical.arrive_by=20m", put into what a pack says."""

import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final, get_origin

from pydantic.fields import FieldInfo

from drillkit.model.base import MINUTE, Value, millis
from drillkit.model.plan import Stock
from drillkit.packs.diagnostic import nearest
from drillkit.packs.duration import written
from drillkit.packs.positions import Span, Where
from drillkit.packs.shape import keys_of, model_in
from drillkit.packs.source import Source

SCENARIO: Final = "scenario"
"""The first part of a path into the scenario; any other leads into the plan."""
MOST_VALUES: Final = 40
"""Values of one sweep; more make no clearer picture."""

_SYNONYMS: Final[Mapping[str, str]] = {"arrive_by": "arrive_target", "ack_by": "ack_target"}
_NAMES: Final = ("id", "item", "depot", "site", "role", "customer", "sender")
"""What picks one of several tables, where it has these keys; an id does so alone."""
_OBVIOUS: Final = ("quantity", "capacity", "time")
"""The one number that a table is about."""
_SHOWN: Final = 16
"""Names in one sentence."""


class SettingFault(Exception):
    """It cannot be set; `key` and `values` name the sentence (area compare)."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = f"compare.set-{key}"
        self.values = values


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands at the path is to be this value, as people write it."""

    path: str
    value: str

    @classmethod
    def read(cls, text: str) -> "Setting":
        """The setting "PATH=VALUE". Raises SettingFault."""
        path, equals, value = text.partition("=")
        parts = path.strip().split(".")
        if not equals or not value.strip() or not all(parts):
            raise SettingFault("form", text=text)
        return cls(path.strip(), value.strip())

    def __str__(self) -> str:
        return f"{self.path}={self.value}"

    @property
    def is_of_scenario(self) -> bool:
        return self.path.split(".")[0] == SCENARIO


def swept(text: str) -> tuple[Setting, ...]:
    """The settings of "PATH=2..12", "PATH=2..12/2" or "PATH=2,4,8". Raises SettingFault."""
    one = Setting.read(text)
    return tuple(replace(one, value=value) for value in _values(one.value))


def _values(text: str) -> Sequence[str]:
    if ".." not in text:
        values = [part.strip() for part in text.split(",") if part.strip()]
    else:
        span, _, step = text.partition("/")
        low, _, high = span.partition("..")
        values = _numbers(low, high, step) or _durations(low, high, step)
    if not 2 <= len(values) <= MOST_VALUES or len(set(values)) < len(values):
        raise SettingFault("range", text=text, most=MOST_VALUES)
    return values


def _numbers(low: str, high: str, step: str) -> list[str]:
    try:
        return _between(int(low), int(high), int(step or 1), str)
    except ValueError:
        return []


def _durations(low: str, high: str, step: str) -> list[str]:
    try:
        by = millis(step) if step else MINUTE
        return _between(millis(low), millis(high), by, written)
    except ValueError:
        return []


def _between(low: int, high: int, step: int, write: Callable[[int], str]) -> list[str]:
    if step < 1 or high < low or (high - low) // step >= MOST_VALUES:
        return []
    return [write(value) for value in range(low, high + 1, step)]


def with_settings(source: Source, model: type[Value], settings: Sequence[Setting]) -> Source:
    """The file as it would be with these settings, which are in it. Raises SettingFault."""
    for setting in settings:
        source = _put(source, model, setting)
    return source


def _put(source: Source, model: type[Value], setting: Setting) -> Source:
    data: dict[str, Any] = deepcopy(dict(source.data))
    parts = deque(setting.path.split("."))
    if parts[0] in (SCENARIO, "plan"):
        parts.popleft()
    table, owner, shelf = data, model, list[Any]()
    while True:
        part = parts.popleft().replace("-", "_") if parts else ""
        key, field = _key(setting, owner, part) if part else _obvious(setting, owner)
        inner, is_list = model_in(field.annotation), _is_list(field)
        if inner is None or not (parts or is_list):
            break
        if is_list:
            shelf = table.setdefault(key, [])
            table = shelf[_pick(setting, inner, shelf, parts, key)]
        else:
            table = table.setdefault(key, {})
        owner = inner
        if not isinstance(table, dict):
            raise SettingFault("nothing-below", path=setting.path, part=key)
    if parts:
        raise SettingFault("nothing-below", path=setting.path, part=key)
    before, table[key] = table.get(key), _value(setting.value, table.get(key), field)
    if owner is Stock and table[key] == 0:
        shelf.remove(table)
    if part in _SYNONYMS:
        _move_limit(table, key, before)
    spans, files = _placed(source, data)
    return replace(source, data=data, spans=spans, files=files)


def _move_limit(table: dict[str, Any], key: str, before: object) -> None:
    """The limit behind a target that was moved by its plain name, as far behind as it was."""
    limit = key.replace("target", "limit")
    try:
        late = millis(str(table[limit])) - millis(str(before)) + millis(str(table[key]))
    except (KeyError, ValueError):
        return
    table[limit] = written(max(0, late))


def _is_list(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple


def _key(setting: Setting, owner: type[Value], part: str) -> tuple[str, FieldInfo]:
    """The key that a part of the path means, in the singular or the plural."""
    keys = keys_of(owner)
    by_name = {name: field.alias or name for name, field in owner.model_fields.items()}
    for meant in (part, _SYNONYMS.get(part, part), f"{part}s", part.removesuffix("s")):
        key = by_name.get(meant, meant)
        if key in keys:
            return key, keys[key]
    known = {*keys, *by_name} | ({SCENARIO} if "plan" in owner.__name__.lower() else set())
    raise _unknown(setting, part, known)


def _unknown(setting: Setting, part: str, known: set[str]) -> SettingFault:
    close = nearest(part, known)
    if close:
        return SettingFault("unknown-near", path=setting.path, part=part, near=close)
    return SettingFault("unknown", path=setting.path, part=part, known=_listed(known))


def _listed(names: Iterable[str]) -> str:
    first = sorted(names)
    return ", ".join(first[:_SHOWN]) + (", ..." if len(first) > _SHOWN else "")


def _obvious(setting: Setting, owner: type[Value]) -> tuple[str, FieldInfo]:
    keys = keys_of(owner)
    for key in _OBVIOUS:
        if key in keys:
            return key, keys[key]
    raise SettingFault("which-key", path=setting.path, known=_listed(keys))


def _pick(
    setting: Setting, owner: type[Value], elements: list[Any], parts: deque[str], key: str
) -> int:
    """The place of the table that the next parts name; a stock that is not there is put there."""
    places, said = list(range(len(elements))), set[str]()
    while len(places) != 1 or not said:
        known = {name for place in places for name in _names(elements[place])} - said
        if not parts:
            raise SettingFault("which", path=setting.path, part=key, known=_listed(known))
        part = parts.popleft()
        found = [place for place in places if part in _names(elements[place])]
        if not found and owner is Stock:
            elements.append({"item": part})
            return len(elements) - 1
        if not found:
            raise _unknown(setting, part, known)
        places = found
        said.add(part)
    if parts and parts[0] in _names(elements[places[0]]) and parts[0] not in keys_of(owner):
        # All that names it may be said, even where less would do.
        parts.popleft()
    return places[0]


def _names(table: Any) -> list[str]:
    if not isinstance(table, Mapping):
        return []
    if "id" in table:
        return [str(table["id"])]
    return [str(table[key]) for key in _NAMES if key in table]


def _value(text: str, old: object, field: FieldInfo) -> object:
    """The value as TOML has it, or else the words as they stand."""
    if isinstance(old, str) and not text.startswith(('"', "'")):
        return text
    try:
        read = tomllib.loads(f"v = {text}")
    except tomllib.TOMLDecodeError:
        read = dict[str, Any]()
    value: object = read["v"] if list(read) == ["v"] else text
    if _is_list(field) and isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return text if isinstance(value, date | time) else value


def _placed(source: Source, data: Any) -> tuple[Mapping[Where, Span], Mapping[Where, Source]]:
    """A place for everything; what is new stands where the table around it does."""
    spans, files = dict(source.spans), dict(source.files)
    nowhere = Span(0, 1, 0, 1)
    for where in _places(data, ()):
        if where not in spans:
            spans[where] = spans.get(where[:-1], nowhere)
            if where[:-1] in files:
                files[where] = files[where[:-1]]
    return spans, files


def _places(data: Any, where: Where) -> Iterator[Where]:
    match data:
        case dict():
            inner = list(data.items())
        case list():
            inner = list(enumerate(data))
        case _:
            return
    for key, value in inner:
        yield (*where, key)
        yield from _places(value, (*where, key))
