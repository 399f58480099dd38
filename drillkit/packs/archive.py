"""A pack in a zip: looked through before anything of it is written, and then only its own files."""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from platformdirs import user_cache_path

from drillkit import whole
from drillkit.packs.diagnostic import PackFaults
from drillkit.packs.source import LARGEST, SCENARIO_FILE, fault

LARGEST_ZIP: Final = 20_000_000
"""Bytes of a zip that is looked into; a long pack with its sources packs into a hundredth."""
MOST_FILES: Final = 500
"""Files in a zip; a pack has three."""
LARGEST_UNPACKED: Final = 20_000_000
"""Bytes of all that is written of one zip."""

_WANTED: Final = (".toml", ".md")
"""What a pack is made of; whatever else is in the zip stays there."""


def unpacked(path: Path) -> Path:
    """The folder of the pack in the zip at `path`, written below the user's cache.

    The folder is named by what the zip holds, so the same zip is unpacked once. Nothing is ever
    written for a zip that is refused. Raises PackFaults with one sentence.
    """
    if path.stat().st_size > LARGEST_ZIP:
        raise _refused(path, "zip-too-big", most=LARGEST_ZIP // 1_000_000)
    raw = path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            files = dict(_files(path, archive))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as problem:
        raise _refused(path, "zip-broken", detail=str(problem)) from problem
    if any(str(above) in files for name in files for above in PurePosixPath(name).parents):
        raise _refused(path, "zip-broken", detail="a file is a folder, too")
    folder = user_cache_path("drillkit", appauthor=False) / "packs"
    folder /= f"{path.stem}-{sha256(raw).hexdigest()[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        whole.put(folder / name, content)
    return folder


def _files(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The pack's own files, by name, each read no further than it may be long."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise _refused(path, "zip-too-many", n=len(entries), most=MOST_FILES)
    for entry in entries:
        _must_be_harmless(path, entry)
    home, total = _home(path, entries), 0
    for entry in entries:
        name = PurePosixPath(entry.filename)
        if name.is_relative_to(home) and name.suffix in _WANTED and not entry.is_dir():
            with archive.open(entry) as file:
                content = file.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise _refused(
                    path, "zip-file-too-big", name=entry.filename, most=LARGEST // 1_000_000
                )
            total += len(content)
            if total > LARGEST_UNPACKED:
                raise _refused(path, "zip-too-big", most=LARGEST_UNPACKED // 1_000_000)
            yield str(name.relative_to(home)), content


def _home(path: Path, entries: Sequence[zipfile.ZipInfo]) -> PurePosixPath:
    """The folder of the one pack in the zip: all others lie inside it, to be built on."""
    names = (PurePosixPath(entry.filename) for entry in entries)
    homes = sorted(
        (name.parent for name in names if name.name == SCENARIO_FILE),
        key=lambda home: len(home.parts),
    )
    if not homes:
        raise _refused(path, "zip-no-pack", name=SCENARIO_FILE)
    if not all(one.is_relative_to(homes[0]) for one in homes) or homes.count(homes[0]) > 1:
        raise _refused(path, "zip-many-packs", name=SCENARIO_FILE)
    return homes[0]


def _must_be_harmless(path: Path, entry: zipfile.ZipInfo) -> None:
    name = PurePosixPath(entry.filename)
    is_odd = "\\" in entry.filename or ":" in entry.filename or "\0" in entry.filename
    if name.is_absolute() or ".." in name.parts or is_odd:
        raise _refused(path, "zip-leads-out", name=entry.filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refused(path, "zip-link", name=entry.filename)
    if entry.flag_bits & 0x1:
        raise _refused(path, "zip-locked", name=entry.filename)
    if entry.file_size > LARGEST and name.suffix in _WANTED:
        raise _refused(path, "zip-file-too-big", name=entry.filename, most=LARGEST // 1_000_000)


def _refused(path: Path, key: str, **values: object) -> PackFaults:
    return PackFaults((fault(path, f"packs.{key}", **values),))
