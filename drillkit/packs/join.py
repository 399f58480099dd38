"""A file laid over the one that it builds on: tables meet by name, all else takes its place."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from drillkit.model.base import millis
from drillkit.packs.diagnostic import Diagnostic, PackFaults, nearest
from drillkit.packs.positions import Span, Where
from drillkit.packs.source import Source

INCLUDE: Final = "include"
DROP: Final = "drop"

_BY_ID: Final = ("id",)
_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "stock": ("item",),
    "route": ("depot", "site"),
    "recipient": ("role",),
    "at_risk": ("customer",),
}
"""What tells the tables of a list apart that have no id."""
_ONE_WHOLE: Final = "when"
"""Two halves of two conditions would make one that nobody wrote."""
_PHASE: Final = ("phase",)


def joined(base: Source, over: Source) -> Source:
    """What `over` says, and what `base` says where `over` is silent.

    Tables meet key by key. Lists of named tables meet name by name, and what is new comes last; a
    phase stands where its time says. Any other value of `over` replaces that of `base`. What
    `over` lists in `drop` is left out of `base` first. Everything keeps the place in the file that
    it came from. Raises PackFaults for a drop of what is not there.
    """
    return _Joint(base, over).made()


class _Bit(NamedTuple):
    """Something of one of the two files: what it is, and where it stands there."""

    value: Any
    where: Where

    def at(self, step: str | int) -> "_Bit":
        return _Bit(self.value[step], (*self.where, step))


class _Joint:
    """One joining of two files: `old` is of the base, `new` lies over it, `to` is the place in
    what is made.
    """

    def __init__(self, base: Source, over: Source) -> None:
        self.base, self.over = base, over
        self.spans: dict[Where, Span] = {}
        self.files: dict[Where, Source] = {}
        self.dropped = _dropped(base, over)

    def made(self) -> Source:
        own = {key: value for key, value in self.over.data.items() if key not in (INCLUDE, DROP)}
        data = self._tables(_Bit(self.base.data, ()), _Bit(own, ()), ())
        return replace(self.over, data=data, spans=self.spans, files=self.files)

    def _note(self, file: Source, where: Where, to: Where) -> None:
        if where in file.spans:
            self.spans[to] = file.spans[where]
            if (origin := file.file_of(where)) is not self.over:
                self.files[to] = origin

    def _take(self, file: Source, bit: _Bit, to: Where) -> Any:
        """The value as it is in its file, without what is dropped."""
        self._note(file, bit.where, to)
        gone = self.dropped if file is self.base else frozenset[Where]()
        match bit.value:
            case dict() as table:
                kept = [key for key in table if (*bit.where, key) not in gone]
                return {key: self._take(file, bit.at(key), (*to, key)) for key in kept}
            case list() as elements:
                left = [nth for nth in range(len(elements)) if (*bit.where, nth) not in gone]
                return [
                    self._take(file, bit.at(nth), (*to, place)) for place, nth in enumerate(left)
                ]
            case plain:
                return plain

    def _tables(self, old: _Bit, new: _Bit, to: Where) -> dict[str, Any]:
        self._note(self.over, new.where, to)
        made: dict[str, Any] = {}
        for key in {**old.value, **new.value}:
            here = (*to, key)
            is_old = key in old.value and (*old.where, key) not in self.dropped
            if key in new.value and is_old:
                made[key] = self._meet(old.at(key), new.at(key), here)
            elif key in new.value:
                made[key] = self._take(self.over, new.at(key), here)
            elif is_old:
                made[key] = self._take(self.base, old.at(key), here)
        return made

    def _meet(self, old: _Bit, new: _Bit, to: Where) -> Any:
        match old.value, new.value:
            case dict(), dict() if to[-1] != _ONE_WHOLE:
                return self._tables(old, new, to)
            case list() as elements, list() if _are_named(to[-1], elements):
                return self._lists(old, new, to)
            case _:
                return self._take(self.over, new, to)

    def _lists(self, old: _Bit, new: _Bit, to: Where) -> list[Any]:
        self._note(self.over, new.where, to)
        kept = [old.at(nth) for nth in range(len(old.value))]
        kept = [bit for bit in kept if bit.where not in self.dropped]
        known = {_name(to[-1], bit.value): place for place, bit in enumerate(kept)}
        pairs: list[_Pair] = [(bit, None) for bit in kept]
        for nth, element in enumerate(new.value):
            # Who names one twice is told so: only the first of them meets it.
            place = known.pop(_name(to[-1], element), None)
            if place is None:
                pairs.append((None, new.at(nth)))
            else:
                pairs[place] = (pairs[place][0], new.at(nth))
        if to == _PHASE:
            pairs = _in_time(pairs)
        return [self._element(pair, (*to, place)) for place, pair in enumerate(pairs)]

    def _element(self, pair: "_Pair", to: Where) -> Any:
        match pair:
            case (_Bit() as old, _Bit() as new):
                return self._tables(old, new, to)
            case (_Bit() as old, None):
                return self._take(self.base, old, to)
            case (_, new):
                assert new is not None, "a pair has one side at least"
                return self._take(self.over, new, to)


_Pair = tuple[_Bit | None, _Bit | None]
"""What the base says of one thing, and what lies over it; one of the two at least."""


def _name(key: str | int, element: Any) -> tuple[str, ...] | None:
    """What the element of the list `key` is called; None when it has no name."""
    if not isinstance(element, Mapping):
        return None
    parts = _BY.get(str(key), _BY_ID)
    name = tuple(element[part] for part in parts if isinstance(element.get(part), str))
    return name if len(name) == len(parts) else None


def _are_named(key: str | int, elements: list[Any]) -> bool:
    return all(_name(key, element) is not None for element in elements)


def _in_time(pairs: list[_Pair]) -> list[_Pair]:
    """The phases by their time; as they come where one has none that can be read."""

    def at(pair: _Pair) -> int:
        said = [bit.value["at"] for bit in pair if bit and "at" in bit.value]
        return millis(said[-1])

    try:
        return sorted(pairs, key=at)
    except (ValueError, TypeError, AttributeError, IndexError):  # it has a diagnostic of its own
        return pairs


def _dropped(base: Source, over: Source) -> frozenset[Where]:
    """Where in `base` that stands what `over` drops. Raises PackFaults."""
    names = over.data.get(DROP, [])
    if not isinstance(names, list):
        raise PackFaults((over.fault("packs.need-list", (DROP,)),))
    found, faults = set[Where](), list[Diagnostic]()
    for nth, name in enumerate(names):
        if not isinstance(name, str):
            faults.append(over.fault("packs.need-text", (DROP, nth)))
            continue
        where, close = _place(base.data, name)
        if where is None:
            faults.append(over.fault("packs.drop-unknown", (DROP, nth), name=name, nearest=close))
        else:
            found.add(where)
    if faults:
        raise PackFaults(tuple(faults))
    return frozenset(found)


def _place(data: Any, path: str) -> tuple[Where | None, str | None]:
    """Where "inject.alarm.option.hold" stands; else None, and the path that was meant perhaps."""
    where: Where = ()
    said, parts = list[str](), deque(path.split("."))
    while parts:
        if isinstance(data, Mapping):
            step, known = parts.popleft(), {str(key): key for key in data}
        elif isinstance(data, list) and _are_named(where[-1], data):
            names = _BY.get(str(where[-1]), _BY_ID)
            step = ".".join(parts.popleft() for _ in names if parts)
            known = {".".join(_name(where[-1], one) or ()): nth for nth, one in enumerate(data)}
        else:
            return None, None
        if step not in known:
            return None, _meant(said, step, known, parts)
        where, data = (*where, known[step]), data[known[step]]
        said.append(step)
    return where, None


def _meant(
    said: Sequence[str], step: str, known: Mapping[str, Any], rest: Sequence[str]
) -> str | None:
    close = nearest(step, known)
    return ".".join([*said, close, *rest]) if close else None
