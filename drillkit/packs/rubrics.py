"""Weight sets: those that come with the program, by id, and an organisation's own, by file."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from drillkit.model.weights import WeightSet
from drillkit.packs.diagnostic import Diagnostic, PackFaults, nearest
from drillkit.packs.shape import model_of
from drillkit.packs.source import Source, read

STANDARD = "standard"

_SUMS = ("arrival", "supplies", "information", "result", "process", "combined")
"""The tables whose values are weights of one sum."""
_CREDITS = {"alternate", "substitute"}
"""What stands among them and is none."""
_PROVISIONAL = "provisional_from"


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
    source = read(path)
    value, faults = model_of(source, WeightSet)
    if value is None or faults:
        raise PackFaults(tuple(faults))
    if senseless := tuple(_senseless(source, value)):
        raise PackFaults(senseless)
    return value


def _senseless(source: Source, value: WeightSet) -> Iterator[Diagnostic]:
    """What no score can be computed from, or no grade given by."""
    for name in _SUMS:
        weights = getattr(value, name).model_dump(exclude=_CREDITS)
        if not any(weights.values()):
            yield source.fault("packs.weights-nothing", (name,), "key", name=name)
    cutoffs = value.cutoffs
    for upper, lower in (("excellent", "good"), ("good", "fair"), ("graded_from", _PROVISIONAL)):
        if getattr(cutoffs, lower) > getattr(cutoffs, upper):
            where = ("cutoffs", lower)
            yield source.fault("packs.cutoffs-order", where, name=lower, upper=upper)
