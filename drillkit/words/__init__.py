"""Every sentence the program says, in both languages: words/<lang>/<area>.toml, looked up by key.

The key "desk.send" is the entry `send` of desk.toml. A plural is a table with `one` and `other`,
chosen by the value named `n`. Placeholders are str.format fields by name.
"""

import os
from collections.abc import Mapping
from functools import cache

from drillkit.words.catalogue import Words, read

_SINGLE = str.maketrans("\u201c\u201d", "\u2018\u2019")
# Not pathlib and importlib.resources: they would take longer than all that --help does.
_HERE = os.path.dirname(__file__)  # noqa: PTH120


@cache
def area(lang: str, name: str) -> Words:
    """The sentences of one area, flat: {"desk.send": "Send", ...}."""
    path = os.path.join(_HERE, lang, f"{name}.toml")  # noqa: PTH118
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        return read(file.read(), name)


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
    filled = {name: _in(lang, value) for name, value in values.items()}
    if "“{" in sentence:
        filled = {
            name: _within_quotes(value) if f"“{{{name}}}”" in sentence else value
            for name, value in filled.items()
        }
    return sentence.format(**filled)


def _within_quotes(value: object) -> object:
    """What stands between quotation marks has single ones of its own."""
    return value.translate(_SINGLE) if isinstance(value, str) else value


def _in(lang: str, value: object) -> object:
    in_ = getattr(value, "in_", None)
    return value if in_ is None else in_(lang)


def listing(lang: str, parts: list[str]) -> str:
    """Join the parts as a list is written in `lang`."""
    return say(lang, "list.separator").join(parts)


def chosen_language(asked: str | None = None) -> str:
    """`asked`, else DRILLKIT_LANG, else what the locale says: "zh" for any Chinese, else "en"."""
    names = (asked, *map(os.environ.get, ("DRILLKIT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES")))
    first = next((name for name in (*names, os.environ.get("LANG")) if name), "en")
    return "zh" if first.lower().startswith("zh") else "en"
