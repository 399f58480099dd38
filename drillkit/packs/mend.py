"""Repairs that need nobody's judgement, put into the files where the diagnostics stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drillkit import whole
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.pack import lint

_ROUNDS: Final = 20
"""Checks at most. A repair may bring to light what hid behind it, never the same again."""


class Unmendable(Exception):
    """The file changed while it was looked at; nothing was written to it. `path` names it."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@dataclass(frozen=True, slots=True)
class Change:
    """What stood at a place, and what stands there now."""

    found: Diagnostic
    was: str
    now: str


def mend(folder: Path) -> tuple[Change, ...]:
    """Mend the pack in `folder` until nothing is left that can be mended; what was changed.

    Comments, order and line ends stay as they are; each file is written whole or not at all.
    Raises Unmendable, OSError.
    """
    changes: list[Change] = []
    for _ in range(_ROUNDS):
        before = {path: path.read_bytes() for path in sorted(folder.glob("*.toml"))}
        mendable = [
            found for found in lint(folder) if found.mend is not None and found.path in before
        ]
        if not mendable:
            break
        for path in dict.fromkeys(found.path for found in mendable):
            here = [found for found in mendable if found.path == path]
            changes += _mend_file(path, before[path], here)
    return tuple(changes)


def _mend_file(path: Path, raw: bytes, found: Iterable[Diagnostic]) -> list[Change]:
    text = raw.decode("utf-8")
    changed, changes = mended(text.removeprefix("\ufeff"), found)
    if changes:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        if path.read_bytes() != raw:
            raise Unmendable(path)
        place = path.resolve()
        mode = place.stat().st_mode
        whole.put(place, (mark + changed).encode())
        place.chmod(mode)
    return changes


def mended(text: str, found: Iterable[Diagnostic]) -> tuple[str, list[Change]]:
    """The text with the mends in place, and what each did, in the order of the text.

    Of two that overlap, one waits for the next check.
    """
    lines = text.split("\n")  # columns count from the start of a line: its end may be CR LF
    changes: list[Change] = []
    done: dict[int, int] = {}
    for one in sorted(found, key=lambda one: (one.line, -one.col)):
        line, start = lines[one.line - 1], one.col - 1
        end = start + one.width
        if one.mend is None or end > done.get(one.line, len(line)):
            continue
        done[one.line] = start
        lines[one.line - 1] = line[:start] + one.mend + line[end:]
        changes.append(Change(one, line[start:end], one.mend))
    return "\n".join(lines), sorted(
        changes, key=lambda change: (change.found.line, change.found.col)
    )
