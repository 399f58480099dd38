"""Every sentence the program says, in both languages: words/<lang>/<area>.toml, looked up by key.

The key "desk.send" is the entry `send` of desk.toml. A plural is a table with `one` and `other`,
chosen by the value named `n`. Placeholders are str.format fields by name.
"""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class TwoTongued(Protocol):
    """A text that exists in both languages, such as a Title."""

    def in_(self, lang: str, /) -> str: ...


# Not pathlib and importlib.resources: they would take longer than all that --help does.
_HERE = os.path.dirname(__file__)  # noqa: PTH120

Words = Mapping[str, str | Mapping[str, str]]


def _flat(table: Mapping[str, Any], prefix: str) -> dict[str, str | Mapping[str, str]]:
    flat: dict[str, str | Mapping[str, str]] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, Mapping) and set(value) != {"one", "other"}:
            flat.update(_flat(value, name))
        else:
            flat[name] = value
    return flat


@cache
def area(lang: str, name: str) -> Words:
    """The sentences of one area, flat: {"desk.send": "Send", ...}."""
    with open(os.path.join(_HERE, lang, f"{name}.toml"), "rb") as file:  # noqa: PTH118, PTH123
        return _flat(tomllib.load(file), name)


def say(lang: str, key: str, **values: object) -> str:
    """The sentence `key` in `lang` ("en" or "zh"), with its placeholders filled.

    A value that exists in both languages is taken in `lang`.

    Raises KeyError for a key that does not exist: a mistake in the program.
    """
    sentence = area(lang, key.partition(".")[0])[key]
    if isinstance(sentence, Mapping):
        sentence = sentence["one" if values.get("n") == 1 else "other"]
    if not values:
        return sentence
    return sentence.format(**{name: _in(lang, value) for name, value in values.items()})


def _in(lang: str, value: object) -> object:
    return value.in_(lang) if isinstance(value, TwoTongued) else value


def listing(lang: str, parts: list[str]) -> str:
    """Join the parts as a list is written in `lang`."""
    return ("、" if lang == "zh" else ", ").join(parts)


def chosen_language(asked: str | None = None) -> str:
    """`asked`, else DRILLKIT_LANG, else what the locale says: "zh" for any Chinese, else "en"."""
    names = (asked, *map(os.environ.get, ("DRILLKIT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES")))
    first = next((name for name in (*names, os.environ.get("LANG")) if name), "en")
    return "zh" if first.lower().startswith("zh") else "en"
