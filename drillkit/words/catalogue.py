"""Reads a catalogue: the little TOML that sentences need, in the time that `--help` can spare.

tomllib takes a third of what `drillkit --help` takes in all. A catalogue holds comments, tables,
and strings in double quotes on one line or between three of them; a test reads each one with
tomllib too and expects the same.
"""

from collections.abc import Mapping

Words = Mapping[str, str | Mapping[str, str]]

_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def read(text: str, area: str) -> Words:
    """The sentences, flat: {"area.key": "..."}; a plural as {"one": ..., "other": ...}."""
    flat: dict[str, str | dict[str, str]] = {}
    table = area
    lines = iter(text.splitlines())
    for line in lines:
        line = line.strip()  # noqa: PLW2901
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            table = f"{area}.{line[1:-1]}"
            continue
        key, _, value = line.partition(" = ")
        key = key.strip('"')
        if value == '"""':
            body = "".join(f"{more}\n" for more in iter(lines.__next__, '"""'))
        elif value.startswith("{"):
            raise ValueError(f"{area}: a plural is written as two keys, not inline: {line}")
        else:
            body = value[1:-1]
        _put(flat, f"{table}.{key}", _unescape(body) if "\\" in body else body)
    return flat


def _put(flat: dict[str, str | dict[str, str]], key: str, sentence: str) -> None:
    stem, _, number = key.rpartition(".")
    if number in {"one", "other"}:
        plural = flat.setdefault(stem, {})
        assert isinstance(plural, dict)
        plural[number] = sentence
    else:
        flat[key] = sentence


def _unescape(body: str) -> str:
    first, *rest = body.split("\\")
    out, pending = [first], iter(rest)
    for part in pending:
        if part:
            out.append(_ESCAPES[part[0]] + part[1:])
        else:  # two backslashes in a row stand for one
            out.append("\\" + next(pending, ""))
    return "".join(out)
