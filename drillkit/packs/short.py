"""The short form of a pack, looked at as the pack is: faults stand where it is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from drillkit.core.short import ShortForm
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.positions import Where
from drillkit.packs.source import Source


def source_of(source: Source, short: ShortForm) -> Source:
    """The file as if the short form were written in it, each thing where the whole one stands."""
    data: dict[str, Any] = short.scenario.model_dump(mode="json", exclude_defaults=True)
    places = dict(_places(data, (), source.data, ()))
    spans = {here: source.spans[there] for here, there in places.items() if there in source.spans}
    files = {here: source.files[there] for here, there in places.items() if there in source.files}
    return replace(source, data=data, spans=spans, files=files)


def _places(
    data: object, here: Where, written: object, there: Where
) -> Iterator[tuple[Where, Where]]:
    """Each place in `data`, and where the same is written."""
    yield here, there
    match data:
        case dict() if isinstance(written, Mapping):
            for key, value in data.items():
                if key in written:
                    yield from _places(value, (*here, key), written[key], (*there, key))
        case list() if isinstance(written, Sequence):
            for place, value in enumerate(data):
                old = _same(value, place, written)
                if old < len(written):
                    yield from _places(value, (*here, place), written[old], (*there, old))
        case _:
            pass


def _same(value: object, place: int, written: Sequence[object]) -> int:
    """Where the thing of this name is written; without a name, at its own place."""
    name = value.get("id") if isinstance(value, Mapping) else None
    for old, thing in enumerate(written):
        if name is not None and isinstance(thing, Mapping) and thing.get("id") == name:
            return old
    return place


def short_faults(source: Source, short: ShortForm) -> Iterator[Diagnostic]:
    """What keeps the short form from being a drill of its own."""
    if not any(one.at is not None for one in short.scenario.injects):
        yield source.fault("packs.short-nothing", ("inject", 0), "key")
    elif short.fit < 1:
        yield source.fault("packs.short-full", ("length",), share=f"{short.fit:.0%}")
