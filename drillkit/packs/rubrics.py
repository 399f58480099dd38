"""Weight sets: those that come with the program, by id, and an organisation's own, by file."""

from importlib.resources import files
from pathlib import Path

from drillkit.model.weights import WeightSet
from drillkit.packs.diagnostic import PackFaults, nearest
from drillkit.packs.shape import model_of
from drillkit.packs.source import read

STANDARD = "standard"


class WeightsNotFound(Exception):
    """There is no weight set of that name; `nearest` is spelled most like it."""

    def __init__(self, name: str, nearest: str | None) -> None:
        super().__init__(f"no weights {name!r}")
        self.name = name
        self.nearest = nearest


def weights(name: str = STANDARD) -> WeightSet:
    """The weight set with this id, or in the TOML file of this path.

    Raises WeightsNotFound, or PackFaults with all that is wrong with the file.
    """
    path = Path(name)
    if not path.is_file():
        folder = Path(str(files("scoring"))) / "rubrics"
        known = {file.stem: file for file in sorted(folder.glob("*.toml"))}
        if name not in known:
            raise WeightsNotFound(name, nearest(name, known))
        path = known[name]
    value, faults = model_of(read(path), WeightSet)
    if value is None or faults:
        raise PackFaults(tuple(faults))
    return value
