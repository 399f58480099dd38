"""Where packs are found: below a folder, among those shipped, and a new one to start from."""

from importlib.resources import files
from pathlib import Path

from drillkit.packs.diagnostic import nearest
from drillkit.packs.pack import PLAN_FILE, SCENARIO_FILE
from drillkit.packs.schema import write_schemas


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


def find(name: str) -> Path:
    """The existing path `name`, or the shipped pack with that id. Raises PackNotFound."""
    path = Path(name)
    if path.exists():
        return path
    known = {folder.name: folder for folder in shipped()}
    if name in known:
        return known[name]
    raise PackNotFound(name, nearest(name, known))


def write_new(folder: Path) -> None:
    """Write a small complete pack into `folder`, with the schemas that editors read.

    Raises FileExistsError when the folder holds anything already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    template = files(__package__ or "") / "template"
    for name in (SCENARIO_FILE, PLAN_FILE):
        (folder / name).write_bytes((template / name).read_bytes())
    write_schemas(folder)
