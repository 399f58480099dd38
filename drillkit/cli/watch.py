"""Check again whenever a file of a pack changes, beside an editor."""

import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from drillkit.cli.failed import Failed
from drillkit.model.base import Lang
from drillkit.packs import PackFaults, PackNotFound
from drillkit.words import say

_EVERY: Final = 0.5
"""Seconds between two looks. A look is one stat of three files; watchfiles would be a compiled
package more, and inotify sees nothing on network drives and in shared folders."""

_CLEAR: Final = "\x1b[2J\x1b[3J\x1b[H"

_Seen = Mapping[Path, tuple[int, int] | None]


def watch(targets: Callable[[], Sequence[Path]], report: Callable[[], int], lang: Lang) -> int:
    """Report now and after each change, until Ctrl-C; the answer is the last report's status."""
    targets()  # a name that is wrong from the start is not waited for
    seen: _Seen | None = None
    status = 0
    # A shell starts what it puts in the background deaf to Ctrl-C; whoever sends it means it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        while True:
            now = _look(targets)
            if now != seen:
                # An editor may still be writing: what stands still for one look is looked at.
                while (later := _later(targets)) != now:
                    now = later
                seen = now
                status = _once(report, lang)
                clock = time.strftime("%H:%M:%S")
                print(say(lang, "cli.check-watching", time=clock), flush=True)
            time.sleep(_EVERY)
    except KeyboardInterrupt:
        print(flush=True)
        return status
    finally:
        signal.signal(signal.SIGINT, before)


def _later(targets: Callable[[], Sequence[Path]]) -> _Seen:
    time.sleep(_EVERY / 5)
    return _look(targets)


def _once(report: Callable[[], int], lang: Lang) -> int:
    if sys.stdout.isatty():
        print(_CLEAR, end="")
    try:
        return report()
    except (Failed, PackFaults, PackNotFound, OSError) as problem:
        from drillkit.cli.faults import tell

        return tell(problem, lang)  # the folder may come back


def _look(targets: Callable[[], Sequence[Path]]) -> _Seen:
    """The files of the packs with their times and sizes; None for one that is not there."""
    try:
        paths = targets()
    except (Failed, PackFaults, PackNotFound, OSError):
        return {}
    files = (file for path in paths for file in (path.glob("*.toml") if path.is_dir() else [path]))
    return {file: _stamp(file) for file in files}


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
