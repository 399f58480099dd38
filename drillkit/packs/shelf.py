"""Where packs are found: below a folder, among those shipped and installed."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from drillkit.packs.archive import unpacked
from drillkit.packs.diagnostic import nearest
from drillkit.packs.source import SCENARIO_FILE

GROUP: Final = "drillkit.packs"
"""The entry points by which an installed package says that it holds packs."""


class PackNotFound(Exception):
    """There is no pack of that name; `nearest` is the shipped one that is spelled most like it."""

    def __init__(self, name: str, nearest: str | None) -> None:
        super().__init__(f"no pack {name!r}")
        self.name = name
        self.nearest = nearest


def packs_under(path: Path) -> list[Path]:
    """`path` itself if it is a pack, else every pack folder below it, in order of name."""
    if (path / SCENARIO_FILE).is_file():
        return [path]
    return sorted(file.parent for file in path.rglob(SCENARIO_FILE) if file.is_file())


def shipped() -> list[Path]:
    """The pack folders that come with the program; a folder's name is the id of its scenario."""
    return packs_under(Path(str(files("scenarios"))))


def installed() -> list[Path]:
    """The pack folders of other Python packages, which name themselves in the group GROUP."""
    return [folder for _, folder in installed_by()]


def installed_by() -> list[tuple[str, Path]]:
    """The installed pack folders, each with the name of the package that brings it.

    The entry point's value is a package that holds packs. It is looked for and never imported: a
    pack is data, and nothing of it runs.
    """
    # Only who lists or misspells packs waits for these two.
    from importlib.metadata import entry_points  # noqa: PLC0415
    from importlib.util import find_spec  # noqa: PLC0415

    found: list[tuple[str, Path]] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        top, *below = point.value.partition(":")[0].split(".")
        try:
            spec = find_spec(top)
        except (ImportError, ValueError):  # somebody else's slip must not hide the others
            continue
        package = point.dist.name if point.dist else point.name
        for place in (spec.submodule_search_locations or ()) if spec else ():
            found += ((package, folder) for folder in packs_under(Path(place).joinpath(*below)))
    return found


def by_id(name: str) -> Path:
    """The folder of the shipped or installed pack with that id. Raises PackNotFound."""
    known = {folder.name: folder for folder in shipped()}
    if name not in known:
        known |= {folder.name: folder for folder in installed() if folder.name not in known}
    if name in known:
        return known[name]
    raise PackNotFound(name, nearest(name, known))


def find(name: str) -> Path:
    """The existing path `name`, or the shipped or installed pack with that id.

    A zip is unpacked first; the scenario's file means its pack. Raises PackNotFound, and
    PackFaults for a zip that is refused.
    """
    path = Path(name)
    if path.name == SCENARIO_FILE and path.is_file():
        return path.parent
    if path.is_file() and path.suffix.lower() == ".zip":
        return unpacked(path)
    if path.exists():
        return path
    try:
        return by_id(name)
    except PackNotFound as problem:
        raise PackNotFound(name, _beside(path) or problem.nearest) from None


def _beside(path: Path) -> str | None:
    """The pack in the same folder that is spelled most like the one that is not there."""
    try:
        packs = [file.parent.name for file in path.parent.glob(f"*/{SCENARIO_FILE}")]
    except (OSError, ValueError):  # no folder can have such a name
        return None
    near = nearest(path.name, packs)
    return near and str(path.with_name(near))


def must_be_free(folder: Path) -> None:
    """Raises FileExistsError when the folder holds anything already, or is a file."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not an empty folder")
