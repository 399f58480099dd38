"""Diagnostics as people and programs read them: with the line and carets, as JSON, for GitHub."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal, assert_never

from drillkit.packs.cells import cells
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.source import LARGEST
from drillkit.words import say

Form = Literal["text", "json", "github"]

_WIDEST: Final = 160
"""Characters of a line that are shown; the rest of a long paragraph helps nobody."""


def _lines(path: Path) -> list[str]:
    """The lines of the file as they can be shown, character for character."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST)
    except OSError:  # the diagnostic itself says that it cannot be read
        return []
    text = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    return ["".join(c if c.isprintable() else " " for c in line) for line in text.split("\n")]


def _snippet(fault: Diagnostic, lines: list[str]) -> list[str]:
    if fault.line > len(lines) or not lines[fault.line - 1]:
        return []
    line, before = lines[fault.line - 1], fault.col - 1
    start = max(0, before - _WIDEST // 2) if len(line) > _WIDEST else 0
    part = line[start : start + _WIDEST]
    marked = part[before - start : before - start + fault.width]
    number = str(fault.line)
    gutter = " " * len(number)
    padding = " " * cells(part[: before - start])
    carets = "^" * max(cells(marked), 1)
    return [f" {gutter} |", f" {number} | {part}", f" {gutter} | {padding}{carets}"]


def _text(faults: Iterable[Diagnostic], lang: str) -> str:
    files: dict[Path, list[str]] = {}
    blocks: list[str] = []
    for fault in faults:
        if fault.path not in files:
            files[fault.path] = _lines(fault.path)
        mark = say(lang, "packs.advice") if fault.severity == "advice" else ""
        place = f"{fault.path}:{fault.line}:{fault.col}: {fault.code} {mark}{fault.sentence(lang)}"
        blocks.append("\n".join([place, *_snippet(fault, files[fault.path])]))
    return "\n".join(blocks)


def _as_json(fault: Diagnostic, lang: str) -> Mapping[str, object]:
    return {
        "file": str(fault.path),
        "line": fault.line,
        "col": fault.col,
        "width": fault.width,
        "severity": fault.severity,
        "code": fault.code,
        "key": fault.key,
        "sentence": fault.sentence(lang),
        "mend": fault.mend,
    }


def _github(fault: Diagnostic, lang: str) -> str:
    """A workflow command; in its parts %, line ends, colons and commas have a meaning."""

    def safe(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    file = safe(str(fault.path)).replace(":", "%3A").replace(",", "%2C")
    said = safe(f"{fault.code} {fault.sentence(lang)}")
    level = "warning" if fault.severity == "advice" else "error"
    return f"::{level} file={file},line={fault.line},col={fault.col}::{said}"


def render(diagnostics: Iterable[Diagnostic], form: Form, lang: str) -> str:
    """The diagnostics in `form`, without a last line end; "" or "[]" for none."""
    match form:
        case "text":
            return _text(diagnostics, lang)
        case "json":
            listed = [_as_json(fault, lang) for fault in diagnostics]
            return json.dumps(listed, ensure_ascii=False, indent=2)
        case "github":
            return "\n".join(_github(fault, lang) for fault in diagnostics)
        case never:
            assert_never(never)
